"""The numbers of a figure: what is drawn, point by point, and what the file of numbers says of it."""

from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from .. import checks, curves
from ..physics.couplings import Couplings
from . import looks
from .looks import Panel

ROLES = ("low", "central", "high", "lower", "upper", "limit", "left", "outline")
COLUMNS = ["panel", "curve", "role", "piece", "x", "y"]
PAPER = '"Probing the muon g-2 with future beam dump experiments" (arXiv:2108.05147)'


class Record:
    """The points of a figure's curves, kept to eight digits, with their data, models and confidence levels.

    :param panels: {panel: `looks.Panel`}.
    :raises KeyError: for an unknown panel, curve or role.
    :raises ValueError: for a number that is not positive.

    >>> from zputils.figures import fig_3_3
    >>> record = Record(fig_3_3.PANELS)
    >>> record.add("faser", "FASER", "limit", [0.01, 0.1], 1e-3)[0].tolist()
    [0.01, 0.1]
    """

    def __init__(self, panels: dict[str, Panel]) -> None:
        self.panels = dict(panels)
        self.models: dict[str, Couplings] = {}  # panel -> the model of the bounds drawn there
        self.levels: dict[str, str] = {}  # curve -> confidence level
        self._inputs: dict[str, dict[str, None]] = {panel: {} for panel in self.panels}  # ordered sets
        self._rows: list[tuple] = []
        self._pieces: dict[tuple[str, str], int] = {}  # (panel, curve) -> how many it has

    def add(self, panel: str, curve: str, role: str, x: ArrayLike, y: ArrayLike,
            piece: int = 0) -> tuple[NDArray, NDArray]:
        """The points (n,) of a curve as they are drawn, once they are in the table; nan where there is none.

        :param panel: of the figure.
        :param curve: the name of its look.
        :param role: of `ROLES`.
        :param x: (n,).
        :param y: (n,); the two broadcast.
        :param piece: the number of the first piece.
        :returns: x and y, (n,) each.

        >>> from zputils.figures import fig_3_3
        >>> Record(fig_3_3.PANELS).add("faser", "FASER", "limit", [0.01, 0.1], [1e-3, np.nan])[1].tolist()
        [0.001, nan]
        """
        looks.look(curve)
        checks.choice("panel", panel, self.panels)
        checks.choice("role", role, ROLES)
        along, up = (_eight_digits(values) for values in np.broadcast_arrays(*np.atleast_1d(x, y)))
        there = ~np.isnan(along) & ~np.isnan(up)
        for name, values in (("x", along), ("y", up)):
            checks.real(f"{name} of {curve}, {role}", values[there], 0.0, open_low=True)
        pieces = (piece + _gaps(there)[there]).tolist()
        self._rows += [(panel, curve, role, *row) for row in zip(pieces, along[there], up[there], strict=True)]
        self._pieces[panel, curve] = max(self.next_piece(panel, curve), 1 + max(pieces, default=-1))
        return along, np.where(there, up, np.nan)

    def next_piece(self, panel: str, curve: str) -> int:
        """The number of a curve's next piece.

        :param panel: of the figure.
        :param curve: the name of its look.
        :returns: 0 for the first.

        >>> from zputils.figures import fig_3_3
        >>> Record(fig_3_3.PANELS).next_piece("faser", "FASER")
        0
        """
        return self._pieces.get((panel, curve), 0)

    def read(self, panel: str, names: Iterable[str]) -> None:
        """Note that data of these names in the catalogue went into a panel.

        :param panel: of the figure.
        :param names: of the catalogue.

        >>> from zputils.figures import fig_3_3
        >>> record = Record(fig_3_3.PANELS)
        >>> record.read("faser", ["FASER2_Ariga2018uku"])
        >>> record.inputs
        ('FASER2_Ariga2018uku',)
        """
        self._inputs[checks.choice("panel", panel, self._inputs)] |= dict.fromkeys(names)

    @property
    def inputs(self) -> tuple[str, ...]:
        """Catalogue names of the data that went in, in the order of drawing.

        >>> from zputils.figures import fig_3_3
        >>> Record(fig_3_3.PANELS).inputs
        ()
        """
        return tuple(dict.fromkeys(name for panel in self._inputs.values() for name in panel))

    def inputs_of(self, panel: str) -> tuple[str, ...]:
        """Those that went into one panel.

        :param panel: of the figure.
        :returns: names of the catalogue, each once.

        >>> from zputils.figures import fig_3_3
        >>> Record(fig_3_3.PANELS).inputs_of("faser")
        ()
        """
        return tuple(self._inputs[checks.choice("panel", panel, self._inputs)])

    @property
    def table(self) -> pd.DataFrame:
        """Everything drawn so far, a row a point; `piece` is a new number after every gap of a curve.

        >>> from zputils.figures import fig_3_3
        >>> list(Record(fig_3_3.PANELS).table)
        ['panel', 'curve', 'role', 'piece', 'x', 'y']
        """
        return pd.DataFrame(self._rows, columns=COLUMNS)

    @property
    def mixed(self) -> list[str]:
        """The confidence levels and criteria that its curves have, each once.

        >>> from zputils.figures import fig_3_3
        >>> record = Record(fig_3_3.PANELS)
        >>> record.levels = {"a": "90 %", "b": "95 %", "c": "90 %", "d": ""}
        >>> record.mixed
        ['90 %', '95 %']
        """
        return list(dict.fromkeys(level for level in self.levels.values() if level))

    def text(self, name: str) -> str:
        """The file of numbers: `#` lines on panels, units, models, confidence levels and sources, then the table.

        :param name: of the figure, such as `fig-3.3`.

        >>> from zputils.figures import fig_3_3
        >>> print(Record(fig_3_3.PANELS).text("fig-3.3").splitlines()[1])
        # panel seaquest: SeaQuest, muonic $Z'$; x: $m_{Z'}$ [GeV]; y: $g_\\mu$ (couplings have no unit)
        """
        lines = [f"{name} of {PAPER}, recomputed by zputils {_version()}"]
        lines += [f"panel {key}: {panel.title}; x: {panel.x}; y: {panel.y} (couplings have no unit)"
                  + (f"; model: {getattr(self.models[key], 'name', '')}" if key in self.models else "")
                  for key, panel in self.panels.items()]
        lines += [f"confidence level of {curve}: {level}" for curve, level in self.levels.items() if level]
        lines += [f"the levels differ: {', '.join(levels)}"] if len(levels := self.mixed) > 1 else []
        lines += [f"source {data}: {curves.entry(data).inspire or 'computed'}" for data in sorted(self.inputs)]
        return "".join(f"# {line}\n" for line in lines) + self.table.to_csv(index=False, lineterminator="\n")


def _eight_digits(values):
    return np.array([f"{value:.8g}" for value in values], float)


def _gaps(there):
    """How many gaps each point has before it, (n,); nothing before the first point is none."""
    return np.cumsum(there & ~np.append(False, there[:-1])) - 1


def _version():
    try:
        return version("zputils")
    except PackageNotFoundError:  # run from a folder, not installed
        return "(not installed)"
