"""How a curve looks, on every page the same."""

from typing import NamedTuple

# A hue for each class of experiment, shades of it for its members. All can be read as text on white and on the grey of
# what is excluded, and those that meet in a figure of the paper are told apart by readers who see no green.
BLACK = "#222222"
WINE, ROSE, PURPLE = "#530146", "#ad1ad2", "#7d3f98"  # muons
BLUE, INDIGO, CYAN, SLATE = "#0d4bb7", "#002964", "#2b65a4", "#4f6c82"  # neutrinos
OLIVE, MOSS = "#2b2c00", "#5f6110"  # early universe
VERMILLION, BROWN, ORANGE = "#b84300", "#701f0c", "#9c5a00"  # beam dumps
TEAL, GREEN = "#07767e", "#117733"  # electron targets
MAGENTA, PLUM = "#c0186a", "#8a1250"  # e+e- colliders
UMBER, SOOT = "#6c480a", "#200109"  # hadrons, moments


class Look(NamedTuple):
    """Text, colour and line style of a curve. A dashed line is planned, and nothing else is dashed.

    :param text: its name, with mathematics as matplotlib has it.
    :param color: of line and shade.
    :param linestyle: matplotlib's; dashed for what is planned, and nothing else.

    >>> Look("CCFR", BLUE).linestyle
    '-'
    """

    text: str
    color: str
    linestyle: str | tuple[int, tuple[int, ...]] = "-"
