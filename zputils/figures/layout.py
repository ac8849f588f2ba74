"""Where panels stand on a figure, and the key to colours under them."""

from typing import cast

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec, SubplotSpec
from matplotlib.lines import Line2D

from .looks import Panel

MARGINS = {"large": {"left": 0.09, "right": 0.985, "bottom": 0.1, "top": 0.95},
           1: {"left": 0.1, "right": 0.97, "bottom": 0.15, "top": 0.92, "wspace": 0.3},
           2: {"left": 0.1, "right": 0.97, "bottom": 0.075, "top": 0.96, "wspace": 0.14, "hspace": 0.13}}  # by rows
KEY = 0.55  # inches that a key of two rows takes


def axes(panels: dict[str, Panel], size: tuple[float, float] | None = None) -> tuple[Figure, dict[str, Axes]]:
    """A figure and its axes: one panel fills the page, more stand two in a row.

    :param panels: of the figure, by name.
    :param size: in inches, for a large panel.
    :returns: the figure, and its axes by panel.

    >>> from zputils.figures import fig_3_3
    >>> list(axes(fig_3_3.PANELS)[1])
    ['seaquest', 'faser']
    """
    rows, columns = -(-len(panels) // 2), min(2, len(panels))
    figure = Figure(figsize=size or (6.6, 0.5 + (2.7 if columns == 2 else 3.8) * rows))
    FigureCanvasAgg(figure)  # keeps what it has laid out, of which names are asked one by one
    grid = np.atleast_1d(figure.subplots(rows, columns, sharex=rows > 1, sharey=rows > 1,
                                         gridspec_kw=MARGINS["large" if size else min(rows, 2)])).ravel()
    for blank in grid[len(panels):]:
        blank.remove()
    for ax, panel in zip(grid, panels.values(), strict=False):
        ax.set(title=panel.title, xlabel=panel.x, ylabel=panel.y, xscale="log", yscale="log", xlim=panel.xlim,
               ylim=panel.ylim)
        if rows > 1:
            ax.label_outer()
    return figure, dict(zip(panels, grid, strict=False))


def key(figure: Figure, names: dict[str, str]) -> None:
    """Name colours, {text: colour}, under the panels of a figure, which grows by that much.

    :param figure: to draw into, or to ask.
    :param names: {text: colour}.

    >>> from zputils.figures import fig_3_3
    >>> figure, _ = axes(fig_3_3.PANELS)
    >>> key(figure, {"beam dumps": "black"})
    >>> f"{figure.get_figheight():.2f}"
    '3.75'
    """
    height, grid = figure.get_figheight(), cast(GridSpec, figure.axes[0].get_gridspec())  # `axes` has made it
    figure.set_figheight(height + KEY)
    places = grid.get_subplot_params(figure)
    bottom, top = ((place * height + KEY) / (height + KEY) for place in (places.bottom, places.top))
    grid.update(bottom=bottom, top=top)
    for ax in figure.axes:
        ax.set_position(cast(SubplotSpec, ax.get_subplotspec()).get_position(figure))
    lines = [Line2D([], [], color=color, label=text) for text, color in names.items()]
    figure.legend(handles=lines, loc="lower center", ncols=4, fontsize=8.5)
