"""How one curve is drawn, in a figure of the paper or in axes of your own."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib import pyplot as plt

from . import looks
from .looks import GREY, MASS


@dataclass(frozen=True)
class Line:
    """How one curve is drawn: the keywords that every drawing method of `LimitFigure` takes.

    :param curve: the name of a look of `zputils.figures.looks`.
    :param grey: a bound that an earlier panel introduced.
    :param dashed: of the line.
    :param thin: of the line.
    :param linestyle: matplotlib's, instead of the curve's own.
    :param filled: shade the region.
    :param label: True names the curve at a free spot beside it, (x, y) there, False not at all.
    :param text: the name, when it is not the curve's own.
    :param legend: name it in the panel's legend instead.
    :param paint: a colour instead of the curve's own.

    >>> Line("CCFR", grey=True, text="CCFR today").name
    'CCFR today'
    """

    curve: str
    grey: bool = False
    dashed: bool = False
    thin: bool = False
    linestyle: str | None = None
    filled: bool = True
    label: bool | tuple = True
    text: str | None = None
    legend: bool = False
    paint: str | None = None

    def __post_init__(self) -> None:
        looks.look(self.curve)

    @property
    def name(self) -> str:
        """What the curve is called in the figure.

        >>> Line("BBN+CMB").name
        'BBN+CMB'
        """
        return self.text or looks.look(self.curve).text

    @property
    def color(self) -> str:
        """The curve's colour, or the grey of what is known already.

        >>> Line("CCFR", grey=True).color == Line("DUNE", grey=True).color
        True
        """
        return self.paint or (GREY if self.grey else looks.look(self.curve).color)

    @property
    def line(self) -> dict[str, Any]:
        """Keywords of `ax.plot`.

        >>> Line("CCFR", dashed=True).line["linestyle"]
        '--'
        """
        own = self.linestyle or looks.look(self.curve).linestyle
        return {"color": self.color, "linestyle": "--" if self.dashed else own,
                "linewidth": 0.6 if self.paint else 0.8 if self.thin or self.grey else 1.3}


def style(curve: str, **look: Any) -> dict:
    """Keywords of `ax.plot` that give a curve the look it has on every page.

    :param curve: the name of its look.
    :param look: fields of `zputils.figures.line.Line`.

    >>> style("DUNE")["linestyle"]
    '--'
    """
    return Line(curve, **look).line


def log_axes(n: int = 1, *, x: str = MASS, y: str = "") -> Any:
    """n logarithmic axes side by side, for a plot that is not a figure of the paper: one axes, or an array of n.

    :param n: how many.
    :param x: label of the horizontal axis.
    :param y: label of the vertical one.

    >>> left, right = log_axes(2, y="coupling")
    >>> left.get_xscale(), right.get_ylabel()
    ('log', 'coupling')
    >>> plt.close()
    """
    _, axes = plt.subplots(1, n, figsize=(6.6 if n > 1 else 4.6, 3.3), layout="constrained")
    for ax in np.atleast_1d(axes):
        ax.set(xscale="log", yscale="log", xlabel=x, ylabel=y)
    return axes
