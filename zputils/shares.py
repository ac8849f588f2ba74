"""How much of the g-2 band is free, covered or probed: one definition and one set of masses for every page.

A share is a fraction of the band in ln g, averaged over ln m. Where a reach ends is solved for, not read off. What
covers the band is named, or a `Bound`, or a function (model, m) -> `Region`.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache

import numpy as np
from scipy.optimize import elementwise

from . import bounds, checks
from .constants import M_MU
from .methods.bound import inside
from .methods.region import Region
from .physics.models import Couplings

LIGHTEST, THRESHOLD, HEAVIEST = 1e-3, 2 * M_MU, 10.0  # GeV; BaBar's limit ends at 10.2 GeV
JPSI = (3.0, 3.2)  # GeV, where BaBar's search leaves out the J/psi
STEP = 0.005  # of ln m

EVERYTHING = (*bounds.EXISTING, *bounds.PLANNED)
Names = Iterable[str | bounds.Bound | Callable]


def masses(low: float = LIGHTEST, high: float = HEAVIEST) -> np.ndarray:
    """Middles of equal steps in ln m from `low` to `high` in GeV, without the gap at the J/psi: (n,) GeV.

    :param low: GeV.
    :param high: GeV.
    :returns: (n,) GeV.

    >>> m = masses(0.1, 0.2)
    >>> bool(0.1 < m[0] < m[-1] < 0.2)
    True
    """
    low, high = float(checks.mass(low, name="low")), float(checks.mass(high, low, name="high"))
    count = int(np.ceil(np.log(high / low) / STEP))
    m = low * (high / low) ** ((np.arange(count) + 0.5) / count)
    return m[(m < JPSI[0]) | (m > JPSI[1])]


def covered(model: Couplings, names: Names, low: float = LIGHTEST, high: float = HEAVIEST) -> float:
    """Share of the band from `low` to `high` GeV that the bounds of these names cover together.

    :param model: the Z'.
    :param names: of bounds.
    :param low: GeV.
    :param high: GeV.
    :returns: from 0 to 1.

    >>> from zputils import ZPrime
    >>> f"{covered(ZPrime.muonic(), ['BaBar 4mu'], 0.25, 2.0):.2f}"
    '1.00'
    """
    _, g_low, _, g_high = bounds.band(model, masses(low, high))
    regions = [_kept(model, name, low, high, STEP) for name in checks.listed("names", names)]
    return float(bounds.covered(g_low, g_high, regions).mean())


def _region(model, name, m):
    if callable(name):
        return name(model, m)
    (bound,) = bounds.chosen([name])
    return bound.region(model, m) if inside(bound, m) else Region.of(m, (np.nan, np.nan))


@lru_cache(maxsize=1024)  # what is varied is one experiment at a time; the others are the same again and again
def _kept(model, name, low, high, step):
    return _region(model, name, masses(low, high))


def _coverage(model, m, names):
    _, low, _, high = bounds.band(model, m)
    return bounds.covered(low, high, [_region(model, name, m) for name in names])


def free(model: Couplings, names: Names = bounds.EXISTING, low: float = LIGHTEST, high: float = THRESHOLD) -> float:
    """Share of the band that the bounds of these names leave, by default today's and below twice the muon mass.

    :param model: the Z'.
    :param names: of bounds.
    :param low: GeV.
    :param high: GeV.
    :returns: from 0 to 1.

    >>> from zputils import ZPrime
    >>> f"{free(ZPrime.muonic(g_nu=1)):.0%}"
    '53%'
    """
    return 1 - covered(model, names, low, high)


def probed(model: Couplings, planned: Names = bounds.PLANNED) -> float:
    """Of what today's bounds leave of the band, 1 MeV to 10 GeV, the share that `planned` ones cover.

    :param model: the Z'.
    :param planned: names of bounds.
    :returns: from 0 to 1.

    >>> from zputils import ZPrime
    >>> f"{probed(ZPrime.muonic(g_nu=0.1)):.0%}"
    '58%'
    """
    today = covered(model, bounds.EXISTING)
    return (covered(model, (*bounds.EXISTING, *planned)) - today) / (1 - today)


def covered_up_to(model: Couplings, names: Names = bounds.DUMPS, share: float = 0.99, low: float = 5e-3) -> float:
    """The mass in GeV up to which, from `low` on, the bounds cover this share of the band.

    Solved for between neighbouring `masses`; twice the muon mass where they cover it all below, nan where not even
    the band at `low`.

    :param model: the Z'.
    :param names: of bounds.
    :param share: of the band.
    :param low: GeV.
    :returns: GeV.

    >>> from zputils import ZPrime
    >>> f"{1e3 * covered_up_to(ZPrime.muonic(g_nu=0.01)):.0f} MeV"
    '117 MeV'
    """
    names = tuple(names)
    ends = _crossings(model, names, share, float(checks.mass(low, high=THRESHOLD, name="low")))
    if _coverage(model, np.array([low]), names)[0] < share:
        return np.nan
    return float(ends[0]) if ends.size else THRESHOLD


def gap(model: Couplings, names: Names = EVERYTHING, share: float = 0.5) -> tuple[float, float]:
    """(lower, upper) end in GeV of the masses below twice the muon mass where less than this share is covered.

    The outermost ones where there are several; an end of the range where it is not covered there; nan for none.

    :param model: the Z'.
    :param names: of bounds.
    :param share: of the band.
    :returns: GeV, both.

    >>> from zputils import ZPrime
    >>> "{:.0f} to {:.0f} MeV".format(*1e3 * np.array(gap(ZPrime.muonic(g_nu=0.1))))
    '24 to 145 MeV'
    """
    names, m = tuple(names), masses(high=THRESHOLD)
    bare = m[_coverage(model, m, names) < share]
    if not bare.size:
        return np.nan, np.nan
    ends = np.concatenate([_crossings(model, names, share), [LIGHTEST, THRESHOLD]])
    return float(ends[ends <= bare[0]].max()), float(ends[ends >= bare[-1]].min())


def _crossings(model, names, share, low=LIGHTEST):
    """Masses from `low` to twice the muon mass at which the covered share crosses `share`, ascending."""
    def excess(log_m):
        return _coverage(model, np.exp(np.atleast_1d(log_m)), names).reshape(np.shape(log_m)) - share

    log_m = np.log(np.concatenate([[low], masses(low, THRESHOLD), [THRESHOLD * (1 - 1e-9)]]))
    at = np.flatnonzero(np.diff(np.sign(excess(log_m))))
    if not at.size:
        return np.array([])
    return np.exp(elementwise.find_root(excess, (log_m[at], log_m[at + 1]), tolerances={"xatol": 1e-8}).x)
