"""The figures of the paper by name."""

from collections.abc import Callable, Sequence
from typing import Any

from .. import checks
from . import fig_2_2, fig_3_1, fig_3_2, fig_3_3, fig_4_1
from .limit_figure import LimitFigure

DRAW: dict[str, Callable[..., LimitFigure]] = {
    "fig-2.2": fig_2_2.viable, "fig-3.1": fig_3_1.simplified, "fig-3.2": fig_3_2.ship,
    "fig-3.3": fig_3_3.seaquest_and_faser, "fig-4.1": fig_4_1.combined}
PANELS = {"fig-2.2": fig_2_2.PANELS, "fig-3.1": fig_3_1.PANELS, "fig-3.2": fig_3_2.PANELS, "fig-3.3": fig_3_3.PANELS,
          "fig-4.1": fig_4_1.PANELS}
NAMES = tuple(DRAW)


def draw(name: str, **parameters: Any) -> LimitFigure:
    """The figure of this name, with its function's own parameters; KeyError with all names for another one.

    :param name: of a figure, "fig-3.2".
    :param parameters: those of its function.

    >>> draw("fig-3.3").name
    'fig-3.3'
    """
    return DRAW[checks.choice("figure", name, DRAW)](**parameters)


def listing() -> str:
    """A line for each figure: its name, its file, what it shows.

    >>> print(listing().splitlines()[0])
    fig-2.2  fig_2_2.viable  Fig. 2.2, or some of its panels.
    """
    return "\n".join(f"{name}  {draws.__module__.split('.')[-1]}.{draws.__name__}  {str(draws.__doc__).splitlines()[0]}"
                     for name, draws in DRAW.items())


def main(names: Sequence[str] = NAMES) -> None:
    """Draw and save the figures of these names.

    :param names: of figures; all when there are none.
    """
    for figure in [draw(name) for name in names]:
        figure.save()
