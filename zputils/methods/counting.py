"""From a neutrino count to a limit: what counting experiments share.

A Z' adds to the weak amplitude, so that a count is an exact polynomial N0 + N1 x + N2 x^2 in x = g^2, N1 being the
interference. A limit is the root of a quadratic.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from .. import checks

KEV = 1e-6  # GeV
DAY = 86400.0  # s


def max_recoil(energy, mass):
    """T_max = 2 E^2/(M + 2E): the largest recoil energy of a target at rest, GeV.

    >>> f"{max_recoil(862 * KEV, 511 * KEV) / KEV:.0f}"  # keV, an electron hit by a solar 7Be neutrino
    '665'
    """
    return 2 * energy**2 / (mass + 2 * energy)


def min_energy(recoil, mass):
    """E_min = [T + sqrt(T^2 + 2 M T)]/2: the least neutrino energy for a recoil T, GeV (inverts `max_recoil`).

    >>> f"{min_energy(665 * KEV, 511 * KEV) / KEV:.0f}"  # keV
    '862'
    """
    return (recoil + np.sqrt(recoil**2 + 2 * mass * recoil)) / 2


def gauss_legendre(*edges, order=8):
    """Nodes and weights, (..., n), on the intervals between `edges` (two or more, numbers or arrays that broadcast).

    >>> x, weight = gauss_legendre(0.0, np.pi)
    >>> f"{np.sin(x) @ weight:.9f}"
    '2.000000000'
    """
    x, w = np.polynomial.legendre.leggauss(order)
    edges = np.stack(np.broadcast_arrays(*edges), axis=-1)[..., None]
    low, width = edges[..., :-1, :], np.diff(edges, axis=-2)
    shape = (*low.shape[:-2], low.shape[-2] * order)
    return (low + width * (x + 1) / 2).reshape(shape), (width * w / 2).reshape(shape)


def quadratic_roots(a, b, c):
    """The two real roots of a x^2 + b x + c in rising order, nan where there are none or a = 0.

    >>> [float(root) for root in quadratic_roots(1.0, -3.0, 2.0)]
    [1.0, 2.0]
    >>> [float(root) for root in quadratic_roots(1.0, 0.0, 1.0)]
    [nan, nan]
    """
    real = (b**2 >= 4 * a * c) & (a > 0)
    a, b, c = (np.where(real, value, stand_in) for value, stand_in in ((a, 1), (b, 3), (c, 2)))
    q = -(b + np.copysign(np.sqrt(b**2 - 4 * a * c), b)) / 2
    first, second = np.where(real, q / a, np.nan), np.where(real, c / q, np.nan)
    return np.minimum(first, second), np.maximum(first, second)


def _coupling(x):
    """g = sqrt(x) where x = g^2 > 0, else nan."""
    return np.sqrt(np.where(x > 0, x, np.nan))[()]


@dataclass(frozen=True, kw_only=True)
class CountingExperiment(ABC):
    """A count and what it excludes.

    observed, error: the count and its error, None for a projection (observed = the Standard Model, error = its
    root); systematic: relative uncertainty of the prediction; level: of the two-sided exclusion. A count N is
    excluded when (N - observed)^2 > z^2 [error^2 + (systematic N)^2], the chi^2 with the normalisation profiled.

    >>> from zputils.scattering import BOREXINO
    >>> isinstance(BOREXINO, CountingExperiment)
    True
    """

    name: str
    observed: float | None = None
    error: float | None = None
    systematic: float
    level: float
    references: tuple[str, ...] = ()

    def __post_init__(self):
        checks.real("level", self.level, 0, 1, open_low=True, open_high=True)
        checks.real("systematic", self.systematic, 0, 1 / self.z, open_high=True)

    @property
    def z(self):
        """Standard deviations at `level`, two-sided.

        >>> from zputils.scattering import BOREXINO
        >>> f"{BOREXINO.z:.2f}"  # level 0.95
        '1.96'
        """
        return -ndtri((1 - self.level) / 2)

    @property
    def inputs(self):
        """Catalogue names of the tables the counts need.

        >>> from zputils.scattering import BOREXINO
        >>> BOREXINO.inputs
        ()
        """
        return ()

    @abstractmethod
    def counts(self, model, m):
        """N0, N1(m), N2(m) of N = N0 + N1 x + N2 x^2, x = g^2; m: any shape, GeV."""

    @abstractmethod
    def why(self, model):
        """Why there is no limit on this model at any mass, or None if there is one."""

    def allowed(self, standard):
        """The least and the largest count that is not excluded; `standard`: the Standard Model's.

        >>> from zputils.methods.trident import CCFR
        >>> [f"{count:.2f}" for count in CCFR.allowed(1.0)]
        ['0.27', '1.37']
        """
        observed, error = (standard, np.sqrt(standard)) if self.observed is None else (self.observed, self.error)
        a = 1 - (self.z * self.systematic) ** 2
        low, high = quadratic_roots(a, -2 * observed, observed**2 - (self.z * error) ** 2)
        if not low <= standard <= high:
            raise ValueError(f"{self.name}: the Standard Model's {standard:.4g} events are outside "
                             f"[{low:.4g}, {high:.4g}]")
        return low, high

    def regions(self, model, m):
        """Excluded couplings as ((lower, upper), (lower, upper)): an island below `limit`, and all above it.

        The island, where destructive interference leaves too few events, is nan where there is none; the upper
        end of the second interval is inf. m: any shape, GeV. ValueError for a mass <= 0 or nan.

        >>> from zputils import ZPrime
        >>> from zputils.scattering import COHERENT_CSI
        >>> island, above = COHERENT_CSI.regions(ZPrime.muonic(g_nu=1), 0.1)
        >>> [f"{g:.1e}" for g in (*island, *above)]
        ['4.4e-03', '6.9e-03', '8.7e-03', 'inf']
        """
        scale = np.max(np.abs(list(model.couplings.values())), axis=0)  # in its units squares of couplings are finite
        scale = np.where(scale > 1e-300, scale, np.inf)[()]  # no limit on no couplings
        n0, n1, n2 = self.counts(model * (1 / scale), checks.mass(m))
        low, high = self.allowed(n0)
        lower, upper = (_coupling(x) / scale for x in quadratic_roots(n2, n1, n0 - low))
        limit = _coupling(quadratic_roots(n2, n1, n0 - high)[1]) / scale
        return (lower, upper), (limit, np.where(np.isnan(limit), np.nan, np.inf)[()])

    def limit(self, model, m):
        """The coupling above which every coupling is excluded (the outermost edge), nan where `why` says why.

        >>> from zputils import ZPrime
        >>> from zputils.methods.trident import CCFR
        >>> [f"{g:.1e}" for g in CCFR.limit(ZPrime.muonic(g_nu=1), [0.01, 0.1])]
        ['8.7e-04', '1.1e-03']
        """
        return self.regions(model, m)[-1][0]


@dataclass(frozen=True)
class AnyOf:
    """Experiments of which one is enough to exclude. Two targets fill the gap that interference leaves in each.

    >>> from zputils.scattering import COHERENT_FUTURE
    >>> [experiment.name for experiment in COHERENT_FUTURE.experiments]
    ['COHERENT NaI', 'COHERENT Ar']
    """

    name: str
    experiments: tuple[CountingExperiment, ...]

    @property
    def level(self):
        """The level at which they exclude, the same for all.

        >>> from zputils.scattering import COHERENT_FUTURE
        >>> COHERENT_FUTURE.level
        0.9
        """
        (level,) = {experiment.level for experiment in self.experiments}
        return level

    @property
    def inputs(self):
        """Catalogue names of the tables that any of them needs.

        >>> from zputils.scattering import COHERENT_CSI
        >>> AnyOf("one", (COHERENT_CSI,)).inputs
        ('coherent_csi_acceptance',)
        """
        return tuple(name for experiment in self.experiments for name in experiment.inputs)

    def regions(self, model, m):
        """The excluded intervals of each experiment in turn, as `CountingExperiment.regions`; they may overlap.

        >>> from zputils import ZPrime
        >>> from zputils.scattering import COHERENT_FUTURE
        >>> len(COHERENT_FUTURE.regions(ZPrime.muonic(g_nu=1), 0.1))  # an island and a half-line from each target
        4
        """
        return tuple(region for experiment in self.experiments for region in experiment.regions(model, m))

    def limit(self, model, m):
        """The coupling above which each coupling is excluded by one experiment or another; m: any shape, GeV.

        >>> from zputils import ZPrime
        >>> from zputils.scattering import COHERENT_FUTURE
        >>> f"{COHERENT_FUTURE.limit(ZPrime.muonic(g_nu=1), 0.1):.1e}"
        '1.3e-03'
        """
        regions = self.regions(model, m)
        limit = np.fmin.reduce([lower for lower, _ in regions[1::2]])
        for _ in self.experiments:
            for lower, upper in regions[::2]:
                limit = np.where((lower < limit) & (limit <= upper), lower, limit)
        return limit[()]

    def why(self, model):
        """Why there is no limit on this model at any mass, or None if there is one.

        >>> from zputils import ZPrime
        >>> from zputils.scattering import COHERENT_FUTURE
        >>> print(COHERENT_FUTURE.why(ZPrime.muonic(g_nu=1)))
        None
        """
        reasons = [experiment.why(model) for experiment in self.experiments]
        return None if None in reasons else "; ".join(reasons)
