"""How a curve looks, on every page the same."""

from typing import NamedTuple

# Okabe-Ito and Tol's muted palette, the light ones darkened to read as text.
BLACK, WINE, ORANGE, TEAL, BLUE, INDIGO, VERMILLION, GREEN, ROSE, PURPLE, OLIVE, BROWN, CYAN = (
    "#222222", "#882255", "#b87700", "#1b8a7a", "#0072b2", "#332288", "#d55e00", "#117733", "#cc6677", "#aa4499",
    "#888822", "#661100", "#3a8fb7")


class Look(NamedTuple):
    """Text, colour and line style of a curve. A solid line is a limit or a reach, a dashed one a second of its kind.

    >>> Look("CCFR", BLUE).linestyle
    '-'
    """

    text: str
    color: str
    linestyle: str | tuple[int, tuple[int, ...]] = "-"
