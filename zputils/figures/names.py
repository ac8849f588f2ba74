"""The names of curves: at a spot beside each, or in a legend; and remarks."""

from collections import defaultdict
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from numpy.typing import NDArray

from . import label_spots, looks
from .line import Line
from .looks import Panel

HALO = [withStroke(linewidth=2.5, foreground="white")]
SHORT = 8  # points of what is seen of a curve that is too short to be named


class Names:
    """What is to be written into each panel.

    :param axes: {panel: matplotlib axes}.
    :param panels: {panel: `looks.Panel`}.

    >>> from zputils.figures import fig_3_3, layout
    >>> Names(layout.axes(fig_3_3.PANELS)[1], fig_3_3.PANELS).place()
    """

    def __init__(self, axes: dict[str, Axes], panels: dict[str, Panel]) -> None:
        self.axes, self.panels = axes, panels
        self.drawn: dict[str, list[tuple[Line, NDArray]]] = defaultdict(list)  # panel -> (line, curve) as drawn
        self._waiting: dict[str, list[tuple[Line, NDArray]]] = defaultdict(list)  # panel -> (line, curve) to be named
        self._notes: dict[str, list[Text]] = defaultdict(list)  # panel -> remarks, which names keep clear of
        self._entries: dict[str, list[Line2D]] = defaultdict(list)  # panel -> what its legend lists
        self._labels: list[Text] = []  # names as drawn

    def add(self, panel: str, line: Line, path: NDArray) -> None:
        """A curve as drawn: no name will cover it, and it is named as its `Line` says.

        :param panel: of the figure.
        :param line: how it is drawn.
        :param path: (2, n), in data.

        >>> from zputils.figures import fig_3_3, layout, line
        >>> names = Names(layout.axes(fig_3_3.PANELS)[1], fig_3_3.PANELS)
        >>> names.add("faser", line.Line("FASER"), np.array([[0.01, 0.1], [1e-3, 1e-3]]))
        >>> len(names.drawn["faser"])
        1
        """
        self.drawn[panel].append((line, path))
        if line.legend:
            self.legend(panel, line)
        elif line.label:
            self._waiting[panel].append((line, path))

    def legend(self, panel: str, line: Line) -> None:
        """Name a curve in the panel's legend.

        :param panel: of the figure.
        :param line: how it is drawn.

        >>> from zputils.figures import fig_3_3, layout, line
        >>> names = Names(layout.axes(fig_3_3.PANELS)[1], fig_3_3.PANELS)
        >>> names.legend("faser", line.Line("FASER"))
        >>> names.axes["faser"].get_legend().texts[0].get_text()
        'FASER'
        """
        self._entries[panel].append(Line2D([], [], label=line.name, **line.line))
        place: Any = self.panels[panel].legend
        self.axes[panel].legend(handles=self._entries[panel], loc=place)

    def note(self, panel: str, text: str, spot: tuple[float, float], **options: Any) -> None:
        """A remark at a spot (x, y).

        :param panel: of the figure.
        :param text: what is said.
        :param spot: (x, y) in data.
        :param options: of `ax.text`.

        >>> from zputils.figures import fig_3_3, layout
        >>> names = Names(layout.axes(fig_3_3.PANELS)[1], fig_3_3.PANELS)
        >>> names.note("faser", "here", (0.1, 1e-3))
        >>> names.axes["faser"].texts[0].get_text()
        'here'
        """
        look: dict[str, Any] = {"fontsize": 8, "color": looks.BLACK, "ha": "center", "va": "center",
                                "path_effects": HALO}
        self._notes[panel].append(self.axes[panel].text(*spot, text, zorder=5, in_layout=False, **look | options))

    def seen(self, panel: str) -> tuple[str, ...]:
        """Names of the curves of which something can be seen in a panel, in the order of drawing.

        :param panel: of the figure.
        :returns: names of curves.

        >>> from zputils.figures import fig_3_3, layout, line
        >>> names = Names(layout.axes(fig_3_3.PANELS)[1], fig_3_3.PANELS)
        >>> names.add("faser", line.Line("FASER"), np.array([[0.01, 0.1], [1e-3, 1e-3]]))
        >>> names.seen("faser")
        ('FASER',)
        """
        return tuple(line.curve for line, path in self.drawn.get(panel, ())
                     if len(label_spots.trace(self.axes[panel], path)) > SHORT)

    def place(self) -> None:
        """Name the curves, anew each time: first those with a place of their own, then each at its freest spot.

        >>> from zputils.figures import fig_3_3, layout, line
        >>> names = Names(layout.axes(fig_3_3.PANELS)[1], fig_3_3.PANELS)
        >>> names.add("faser", line.Line("FASER"), np.array([[0.01, 0.1], [1e-3, 1e-3]]))
        >>> names.place()
        >>> names.axes["faser"].texts[0].get_text()
        'FASER'
        """
        while self._labels:
            self._labels.pop().remove()
        for panel, waiting in self._waiting.items():
            ax, crowd = self.axes[panel], self._crowd(panel)
            for line, path in sorted(waiting, key=lambda entry: entry[0].label is True):
                text = self._label(ax, line, path, crowd)
                if text is not None:
                    self._labels.append(text)
                    crowd = np.concatenate([crowd, label_spots.fill(text.get_window_extent())])

    def _crowd(self, panel):
        """Points (n, 2) in pixels that no name should cover."""
        ax = self.axes[panel]
        return np.concatenate([*(label_spots.trace(ax, path) for _, path in self.drawn[panel]),
                               *(label_spots.fill(text.get_window_extent()) for text in self._notes[panel])])

    def _label(self, ax, line, path, crowd):
        """The name of a curve at its place, None where none is free."""
        text = ax.text(0.5, 0.5, line.name, color=line.color, fontsize=8.5, ha="center", va="center",
                       path_effects=HALO, zorder=5, in_layout=False)
        spot, seen = line.label, label_spots.trace(ax, path)
        if spot is True:
            spot = label_spots.free_spot(ax, text.get_window_extent().size, seen, crowd) if len(seen) > SHORT else None
        if spot is None:
            return text.remove()
        text.set_position(spot)
        return text
