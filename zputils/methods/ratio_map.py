"""A search that published a map: observed limit over expected events, point by point in mass and epsilon.

The expected events are epsilon^2 x production x branching ratio x an efficiency that depends on the mass and on the
lifetime alone. A Z' of coupling g has the lifetime of the dark photon whose epsilon^2 = g^2 Gamma/Gamma_dp, so there
its ratio is that dark photon's times

    F = (Gamma/Gamma_dp) (R_dp/R),    R = production x branching ratio,

in which g cancels. Excluded is where the ratio is below 1: at each mass a set of intervals, which need not be one.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from .. import checks, curves
from ..physics import hadrons
from ..physics.models import ZPrime

NO_LIMIT = 1e6  # the ratio at and above which a map says that nothing is expected


@dataclass(frozen=True, eq=False)
class Map:
    """m: (n,) GeV, rising; log_epsilon: (k,), rising; log_ratio: (n, k); read-only.

    >>> load("LHCb_Aaij2019bvg_displaced").m.size
    99
    """

    m: np.ndarray
    log_epsilon: np.ndarray
    log_ratio: np.ndarray

    def at(self, m):
        """ln ratio at masses m, (n, k), linear between the masses of the map; nan outside them. m: (n,) GeV.

        >>> ratios = load("LHCb_Aaij2019bvg_displaced")
        >>> bool(np.isnan(ratios.at(np.array([0.1]))).all())
        True
        """
        right = np.clip(np.searchsorted(self.m, m), 1, self.m.size - 1)
        share = ((m - self.m[right - 1]) / (self.m[right] - self.m[right - 1]))[:, None]
        ratio = (1 - share) * self.log_ratio[right - 1] + share * self.log_ratio[right]
        return np.where((share >= 0) & (share <= 1), ratio, np.nan)


@cache
def load(name):
    """The `Map` of a catalogued name; ValueError with file, line and reason for a file that is none.

    Refused: masses or epsilons that do not rise, a ratio that is not a number, not positive or above `NO_LIMIT`, and a
    mass whose epsilons do not span those of the first (a hole).

    >>> f"{np.exp(load('LHCb_Aaij2019bvg_displaced').log_ratio.min()):.2f}"
    '0.34'
    """
    frame, source = curves.table(name), curves.entry(name).file
    check(frame, source)
    groups = [group for _, group in frame.groupby("m_GeV")]
    log_epsilon = np.unique(np.log(frame.epsilon))
    log_ratio = [np.interp(log_epsilon, np.log(group.epsilon), np.log(group.ratio)) for group in groups]
    arrays = np.unique(frame.m_GeV), log_epsilon, np.array(log_ratio)
    for array in arrays:
        array.flags.writeable = False
    return Map(*arrays)


def check(frame, source):
    """ValueError naming `source`, row and reason when a table of m_GeV, epsilon, ratio is not a map without holes.

    >>> import pandas as pd
    >>> check(pd.DataFrame({"m_GeV": [1, 1], "epsilon": [0.1, 0.1], "ratio": [1, 2]}), "mine.csv")
    Traceback (most recent call last):
    ValueError: mine.csv, row 2 (m = 1 GeV, epsilon = 0.1): masses must rise, and epsilon at each mass
    """
    step, same = frame.m_GeV.diff(), frame.m_GeV.diff() == 0
    _refuse(frame, (step < 0) | same & (frame.epsilon.diff() <= 0), source,
            "masses must rise, and epsilon at each mass")
    _refuse(frame, ~(frame.ratio > 0), source, "a ratio must be > 0")
    _refuse(frame, frame.ratio > NO_LIMIT, source,
            f"a placeholder: where nothing is expected the ratio is {NO_LIMIT:g}")
    first, last = ~same, frame.m_GeV.diff(-1) != 0
    low, high = frame.epsilon.iloc[0], frame.epsilon[last].iloc[0]
    _refuse(frame, first & (frame.epsilon != low), source, f"a hole: at the first mass the map begins at {low:g}")
    _refuse(frame, last & (frame.epsilon != high), source, f"a hole: at the first mass the map ends at {high:g}")


def _refuse(frame, bad, source, reason):
    if bad.any():
        row = int(np.argmax(bad))
        m, epsilon = frame.m_GeV.iloc[row], frame.epsilon.iloc[row]
        raise ValueError(f"{source}, row {row + 1} (m = {m:g} GeV, epsilon = {epsilon:g}): {reason}")


def below(log_x, z):
    """Where z(x), linear in log_x between its points, is negative: (lower, upper) of each interval, (j, n) in log_x.

    log_x: (k,); z: (n, k), nan rows hold nothing. j is the largest number of intervals in a row; nan fills the rest.
    An interval that reaches the first or last point ends there.

    >>> [edge.round(2).tolist() for edge in below(np.arange(5.0), np.array([[1, -1, 1, -3, -1.0]]))]
    [[[0.5], [2.25]], [[1.5], [4.0]]]
    """
    inside = np.pad(z < 0, ((0, 0), (1, 1)))
    enters, leaves = inside[:, 1:] & ~inside[:, :-1], inside[:, :-1] & ~inside[:, 1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        root = log_x[:-1] + z[:, :-1] / (z[:, :-1] - z[:, 1:]) * np.diff(log_x)
    edges = np.concatenate([np.full((len(z), 1), log_x[0]), root, np.full((len(z), 1), log_x[-1])], axis=1)
    return _in_order(edges, enters), _in_order(edges, leaves)


def _in_order(values, chosen):
    """The chosen values of each row, from left to right, as (j, n); nan where a row has fewer."""
    count = np.cumsum(chosen, axis=1)
    result = np.full((max(int(chosen.sum(axis=1).max(initial=0)), 1), len(values)), np.nan)
    row, column = np.nonzero(chosen)
    result[count[row, column] - 1, row] = values[row, column]
    return result


@dataclass(frozen=True)
class MapSearch:
    """A search with a map: `search`, a `zputils.methods.recast.Recast` of kind "map", says how it makes and sees a Z'.

    >>> from zputils.methods import recast
    >>> recast.maps()[0].search.final_states
    ('mu_mu',)
    """

    search: object

    def intervals(self, model, m=None):
        """(m, ((lower, upper), ...)): the couplings excluded at each mass, each edge (n,), nan where there are fewer.

        m: (n,) GeV, the masses of the map when None.

        >>> from zputils.methods import recast
        >>> from zputils import ZPrime
        >>> m, ((lower, upper),) = recast.maps()[0].intervals(ZPrime.dark_photon(), [0.25])
        >>> f"{lower[0]:.1e} {upper[0]:.1e}"
        '2.2e-05 5.8e-05'
        """
        ratios = load(self.search.name)
        m = ratios.m if m is None else np.atleast_1d(checks.mass(m))
        inside = (m >= ratios.m[0]) & (m <= ratios.m[-1])
        log_factor, log_scale = self._scaling(model, np.where(inside, m, ratios.m[0]))
        z = ratios.at(m) + np.where(np.isfinite(log_factor), log_factor, np.nan)[:, None]
        edges = (np.exp(edge + log_scale) for edge in below(ratios.log_epsilon, z))
        return m, tuple(zip(*edges, strict=True))

    def _scaling(self, model, m):
        """(ln F, ln g/epsilon at equal lifetimes) at masses m, (n,) each; F is inf without events."""
        rate, width = self.search.rate(model, m)
        photon_rate, photon_width = self.search.rate(ZPrime.dark_photon(), m)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.log(width / photon_width * photon_rate / rate), np.log(photon_width / width) / 2

    def region(self, model, m=None):
        """(m, lower, upper) of the lowest interval at each mass, nan where nothing is excluded.

        >>> from zputils.methods import recast
        >>> from zputils import ZPrime
        >>> bool(np.isnan(recast.maps()[0].region(ZPrime.muonic(loop=False))[1]).all())
        True
        """
        m, found = self.intervals(model, m)
        return m, *found[0]

    def islands(self, model, m):
        """The intervals above the lowest one, as a tuple of (lower, upper).

        >>> from zputils.methods import recast
        >>> from zputils import ZPrime
        >>> recast.maps()[0].islands(ZPrime.dark_photon(), [0.25])
        ()
        """
        return self.intervals(model, m)[1][1:]

    def why(self, model):
        """Why nothing is excluded at any mass of the map, or None.

        >>> from zputils.methods import recast
        >>> from zputils import ZPrime
        >>> recast.maps()[0].why(ZPrime.dark_photon()) is None
        True
        """
        m = load(self.search.name).m
        return self.search.unseen(model, m) or (
            "too few events at any coupling" if np.isnan(self.region(model)[1]).all() else None)

    def needs(self, model=None):
        """Catalogue names of what the limit on a model, or on any when None, is made from.

        >>> from zputils.methods import recast
        >>> from zputils import ZPrime
        >>> recast.maps()[0].needs(ZPrime.dark_photon())[0]
        'LHCb_Aaij2019bvg_displaced'
        """
        return tuple(dict.fromkeys((*self.search.needs(model), *hadrons.tables(ZPrime.dark_photon()))))
