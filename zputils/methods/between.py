"""Whether a bound covers very many points (m, g), each of its own mass: by a table of its edges between masses.

The table is refined until the edges at the middle of a cell are those between its ends, so that a point is decided by
interpolation unless it is close to an edge or in a cell that could not be refined: such a point is solved for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .. import curves
from ..constants import CHARGED_LEPTON_MASS
from ..physics import hadrons
from ..physics.models import Couplings
from .bound import MASSES, Bound
from .region import Region

ACCURACY = 1e-3  # of ln g in the middle of a cell; points within twice that of an edge are solved for
PER_DECADE, HALVINGS = 120, 7  # masses to begin with, and how often a cell is divided in two
THRESHOLDS = np.outer([1 - 1e-6, 1 + 1e-6], [2 * mass for mass in CHARGED_LEPTON_MASS.values()]).ravel()  # GeV
FAR = 1e6  # ln g in the place of infinity


@dataclass(frozen=True, eq=False)
class Edges:
    """ln of the edges of a bound on a model at rising masses.

    :param bound: that was asked.
    :param model: it was asked about.
    :param m: (n,), GeV.
    :param edges: (2, p, n), lower and upper of p intervals, nan where there are fewer.
    :param sure: (n - 1,), whether what is between two masses follows from them.

    >>> from zputils import SHIP, ZPrime
    >>> table = Edges.of(SHIP, ZPrime.muonic(), 0.01, 1.0)
    >>> table.contain(np.array([0.05, 0.1]), np.array([1e-5, 1e-8])).tolist()
    [True, False]
    """

    bound: Bound
    model: Couplings
    m: NDArray
    edges: NDArray
    sure: NDArray

    @classmethod
    def of(cls, bound: Bound, model: Couplings, low: float, high: float) -> "Edges":
        """The table of a bound from a mass `low` to `high`, GeV.

        :param bound: whose answer is asked for.
        :param model: the Z'.
        :param low: GeV.
        :param high: GeV.

        >>> from zputils import SHIP, ZPrime
        >>> bool(Edges.of(SHIP, ZPrime.muonic(), 0.01, 1.0).sure.mean() > 0.9)
        True
        """
        m = _first_masses(bound, model, low, high)
        edges, unsure = _solved(bound, model, m), np.ones(m.size - 1, bool)
        for _ in range(HALVINGS):
            cells = np.flatnonzero(unsure)
            middle = np.sqrt(m[cells] * m[cells + 1])
            found, edges = _alike(_solved(bound, model, middle), edges)
            bad = ~_follows(found, edges[..., cells], edges[..., cells + 1])
            m, edges = np.insert(m, cells + 1, middle), np.insert(edges, cells + 1, found, axis=-1)
            unsure[cells] = bad
            unsure = np.insert(unsure, cells + 1, bad)
        return cls(bound, model, m, edges, ~unsure)

    def contain(self, m: NDArray, g: NDArray) -> NDArray:
        """Whether the bound covers points.

        :param m: (N,) GeV, rising, inside the masses of the table.
        :param g: (N,), the reference coupling.
        :returns: (N,) booleans.

        >>> from zputils import SHIP, ZPrime
        >>> Edges.of(SHIP, ZPrime.muonic(), 0.01, 1.0).contain(np.array([0.1]), np.array([1e-5])).tolist()
        [True]
        """
        inside, near, log_m, log_g = np.zeros(m.size, bool), self._doubtful(m), np.log(m), np.log(g)
        for pair in zip(*self.edges, strict=True):
            lower, upper = (np.interp(log_m, np.log(self.m), edge) for edge in pair)
            inside |= (lower <= log_g) & (log_g <= upper)
            near |= (abs(lower - log_g) < 2 * ACCURACY) | (abs(upper - log_g) < 2 * ACCURACY)
        if near.any():
            lower, upper = _solved(self.bound, self.model, m[near])
            inside[near] = ((lower <= log_g[near]) & (log_g[near] <= upper)).any(axis=0)
        return inside

    def _doubtful(self, m):
        """Whether points are in cells that are not sure."""
        begin, end = np.searchsorted(m, self.m[:-1][~self.sure]), np.searchsorted(m, self.m[1:][~self.sure], "right")
        change = np.bincount(begin, minlength=m.size + 1) - np.bincount(end, minlength=m.size + 1)
        return np.cumsum(change)[:-1] > 0


def _first_masses(bound, model, low, high):
    """Masses to begin with: even in ln m, both sides of thresholds, and those of all that the bound reads.

    Between them it is smooth, but where two edges meet.
    """
    even = np.geomspace(low, high, 2 + int(PER_DECADE * np.log10(high / low)))
    own = bound.masses if bound.masses is not MASSES else []
    return np.unique(np.clip(np.concatenate([even, own, THRESHOLDS, *map(_knots, bound.needs(model))]), low, high))


def _knots(name):
    """The masses of a curve or a table of the catalogue, GeV; none where it goes with something else."""
    if name == hadrons.R_TABLE:
        return hadrons.combined_r()[0]
    if curves.fact(name, "kind") in curves.TABLES:
        return curves.columns(name).get("m_GeV", [])
    return curves.load(name).m


def _solved(bound, model, m):
    """ln of the edges, (2, p, n), `FAR` in the place of infinity."""
    if not m.size:
        return np.empty((2, 1, 0))
    region = bound.region(model, m)
    with np.errstate(divide="ignore"):
        return np.clip(np.log([region.lower, region.upper]), -FAR, FAR)


def _alike(first, second):
    """Both with as many intervals as the one that has more."""
    most = max(first.shape[1], second.shape[1])
    return [np.pad(edges, ((0, 0), (0, most - edges.shape[1]), (0, 0)), constant_values=np.nan)
            for edges in (first, second)]


def _follows(middle, left, right):
    """Whether edges, (2, p, n), are those half-way between what is on both sides."""
    same = np.isnan(middle) & np.isnan(left) & np.isnan(right)
    return (same | (abs(middle - (left + right) / 2) < ACCURACY)).all(axis=(0, 1))


def in_parts(bound: Bound, model: Couplings, m: NDArray, size: int) -> Region:
    """The region of a bound at masses m, (n,) GeV, which are solved for `size` at a time, so that memory stays flat.

    :param bound: whose answer is asked for.
    :param model: the Z'.
    :param m: (n,) GeV.
    :param size: how many masses at a time.

    >>> from zputils import SHIP, ZPrime
    >>> in_parts(SHIP, ZPrime.muonic(), np.array([0.1, 0.2, 0.3]), 2).m.size
    3
    """
    parts = [bound.region(model, part) for part in np.array_split(m, -(-m.size // size))]
    most = max(part.lower.shape[0] for part in parts)
    pad = [((0, most - part.lower.shape[0]), (0, 0)) for part in parts]
    lower, upper = (np.concatenate([np.pad(getattr(part, side), width, constant_values=np.nan)
                                    for part, width in zip(parts, pad, strict=True)], axis=1)
                    for side in ("lower", "upper"))
    return Region(m, lower, upper)


def covered(bounds: Sequence[Bound], model: Couplings, m: NDArray, g: NDArray) -> NDArray:
    """Whether any of the bounds covers points (m, g).

    :param bounds: those that are asked.
    :param model: the Z'.
    :param m: (N,) GeV, rising.
    :param g: (N,), the reference coupling.
    :returns: (N,) booleans.

    >>> from zputils import ZPrime, bounds
    >>> covered([bounds.get("CCFR")], ZPrime.muonic(g_nu=1), np.array([0.02, 0.02]), np.array([1e-5, 1e-2])).tolist()
    [False, True]
    """
    found, left = np.zeros(m.size, bool), np.arange(m.size)
    for bound in bounds:
        low, high = bound.mass_range
        part = left[slice(*np.searchsorted(m[left], (low, np.nextafter(high, np.inf))))]
        if part.size:
            found[part] = Edges.of(bound, model, *m[part[[0, -1]]]).contain(m[part], g[part])
            left = left[~found[left]]
    return found
