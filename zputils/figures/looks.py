"""What figures look like: the panel, and one look per curve on every page. Experiments bring their own look."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .. import checks
from ..experiments.register import register
from ..methods.look import (
    BLACK,
    BLUE,
    BROWN,
    MAGENTA,
    MOSS,
    OLIVE,
    ORANGE,
    PURPLE,
    ROSE,
    SOOT,
    TEAL,
    UMBER,
    VERMILLION,
    WINE,
    Look,
)

STYLE = Path(__file__).with_name("zputils.mplstyle")
MASS = r"$m_{Z'}$ [GeV]"
GREY = "0.4"
BAND = "#009e73"  # the inside of the g-2 band; its line is darker, to be read as text


class Panel(NamedTuple):
    """One panel: title, y label and range, x label and range, place of its legend; both axes are logarithmic.

    :param title: over the panel.
    :param y: label of the vertical axis.
    :param ylim: its range.
    :param x: label of the horizontal one.
    :param xlim: its range.
    :param legend: where that is, none when empty.

    >>> Panel("SHiP", "$g$", (1e-6, 0.1)).xlim
    (0.001, 10.0)
    """

    title: str
    y: str
    ylim: tuple
    x: str = MASS
    xlim: tuple = (1e-3, 10.0)
    legend: str = "best"


# Classes of experiments: what a key calls them, and their colour.
CLASSES = {"muons": ("muons", WINE), "neutrinos": (r"$\nu$ scattering", BLUE),
           "early universe": ("early universe", OLIVE), "beam dumps": ("beam dumps", VERMILLION),
           "electron targets": ("electron targets", TEAL),
           "e+e- colliders": ("$e^+e^-$ colliders", MAGENTA), "hadrons": ("hadrons", UMBER),
           "moments": ("$(g-2)_e$", SOOT)}

# Curves that belong to no experiment, and published ones that figures compare with.
OTHERS = {
    "g-2": Look(r"$(g-2)_\mu$", "#15553f"),
    "white dwarfs": Look("white dwarfs", MOSS, ":"),
    "SHiP published": Look("published", VERMILLION),
    "SeaQuest published": Look("published", BROWN),
    "FASER published": Look("published", ORANGE),
    "sensitivity": Look("sensitivity", UMBER, ":"),
    "g_nu/g_e=0": Look(r"$g_\nu/g_e=0$", BLACK),
    "g_nu/g_e=5": Look("5", BLUE),
    "g_nu/g_e=20": Look("20", TEAL),
    "g_nu/g_e=50": Look("50", VERMILLION),
    "g_nu/g_e=100": Look("100", ROSE),
    "g_nu/g_mu=0": Look(r"$g_\nu/g_\mu=0$", BLACK),
    "g_nu/g_mu=0.2": Look(r"$g_\nu/g_\mu=0.2$", BLUE),
    "g_nu/g_mu=2": Look(r"$g_\nu/g_\mu=2$", ROSE),
    "p=100 GeV": Look("$p=100$ GeV", TEAL, ":"),
    "p=200 GeV": Look("$p=200$ GeV", PURPLE),
    "p=300 GeV": Look("$p=300$ GeV", UMBER, "-."),
}


@cache
def curves() -> dict[str, Look]:
    """The look of every curve by its name.

    >>> curves()["DUNE"].color == curves()["CCFR"].color, curves()["DUNE"].linestyle
    (False, '--')
    """
    return OTHERS | {name: bound.look or Look(name, BLACK) for name, bound in register().items()}


def look(curve: str) -> Look:
    """The look of one curve; KeyError with the nearest names for an unknown one.

    :param curve: the name of its look.

    >>> look("SHiP").text
    'SHiP'
    """
    return curves()[checks.choice("curve", curve, curves())]


@contextmanager
def project_style() -> Iterator[None]:
    """The project's matplotlib style inside the block, and the user's own again after it.

    >>> import matplotlib
    >>> before = matplotlib.rcParams["font.size"]
    >>> with project_style():
    ...     pass
    >>> matplotlib.rcParams["font.size"] == before
    True
    """
    import matplotlib.style

    with matplotlib.style.context(STYLE):
        yield


def use_style() -> None:
    """Make the project's matplotlib style the one of this session, as the pages of the book do.

    >>> use_style()
    """
    import matplotlib.style

    matplotlib.style.use(STYLE)
