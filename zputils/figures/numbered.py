"""Curves by number: for a figure of many, whose legend is a key under it or beside it."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from matplotlib.text import Text

from . import label_spots
from .names import HALO


def number(artists: Iterable[Artist]) -> list[Text]:
    """Number the lines among artists that have a name, at the freest spot beside each, and put it before the name.

    Call it when the axes have their limits, before `ax.legend()`. A line of which nothing is inside the axes loses its
    name.

    :param artists: in one and the same axes, as `zputils.bounds.draw` returns them.
    :returns: the numbers, from 1 on.

    >>> from matplotlib.figure import Figure
    >>> ax = Figure(figsize=(2, 2)).add_axes((0, 0, 1, 1))
    >>> lines = ax.plot([0, 1], [0.2, 0.2], label="first") + ax.plot([0, 1], [0.8, 0.8], label="second")
    >>> [text.get_text() for text in number(lines)], [line.get_label() for line in lines]
    (['1', '2'], ['1  first', '2  second'])
    """
    lines = [line for line in artists if isinstance(line, Line2D) and not str(line.get_label()).startswith("_")]
    if not lines:
        return []
    ax: Any = lines[0].axes
    traces = [label_spots.trace(ax, np.array(line.get_data(), float)) for line in lines]
    crowd, texts = np.concatenate(traces), list[Text]()
    for line, trace in zip(lines, traces, strict=True):
        if not len(trace):
            line.set_label("_")
            continue
        digits = str(len(texts) + 1)
        text = ax.text(0, 0, digits, color=line.get_color(), fontsize=7, ha="center", va="center", path_effects=HALO,
                       zorder=5)
        spot = label_spots.free_spot(ax, text.get_window_extent().size, trace, crowd)
        text.set_position(ax.transData.inverted().transform(trace[len(trace) // 2]) if spot is None else spot)
        line.set_label(f"{digits}  {line.get_label()}")
        crowd = np.concatenate([crowd, label_spots.fill(text.get_window_extent())])
        texts.append(text)
    return texts
