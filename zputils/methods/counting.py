"""From neutrino counts to excluded couplings: what counting experiments share.

A Z' adds to the weak amplitude, so that a count is an exact polynomial in x = g^2: one is excluded outside the roots of
two quadratics, several together by `chi_squared`.
"""

from abc import abstractmethod
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import checks
from ..physics.couplings import NEUTRINOS, Couplings
from ..physics.running import chiral
from . import count_edges
from .bound import Bound, no_coupling_to
from .chi_squared import ChiSquared
from .polynomial import Kernel, chiral_kernel, vector_kernel
from .region import Region

WORDS = {"e": "electrons", "mu": "muons",
         ("nu_e",): "electron neutrinos", ("nu_mu",): "muon neutrinos", NEUTRINOS: "neutrinos"}
Intervals = tuple[tuple[np.ndarray, np.ndarray], ...]


@dataclass(frozen=True, kw_only=True)
class Counting(Bound):
    """One or more counts, and the couplings that they exclude together.

    `lepton` is the charged one that is scattered on or produced, whose axial coupling matters, empty for none;
    `neutrinos` are the flavours that come in.

    :param group: of `bound.GROUPS`.

    >>> from zputils.experiments.borexino import BOREXINO
    >>> from zputils.experiments.coherent import COHERENT_FUTURE
    >>> isinstance(BOREXINO, Counting), isinstance(COHERENT_FUTURE, Counting)
    (True, True)
    """

    group: str = field(default="neutrinos", repr=False)
    lepton: ClassVar[str] = ""
    neutrinos: ClassVar[tuple[str, ...]] = ()

    @property
    def q2(self) -> float:
        """-q^2 in GeV^2 that stands for all of the scattering where a coupling depends on it.

        >>> from zputils.experiments.ccfr import CCFR
        >>> CCFR.q2
        0.0
        """
        return 0.0

    @property
    def confidence(self) -> str:
        """The two-sided level in words.

        >>> from zputils.experiments.borexino import BOREXINO
        >>> BOREXINO.confidence
        '95 %'
        """
        return f"{100 * self.level:g} %"  # type: ignore[attr-defined]  # each kind has its level

    def products(self, model: Couplings) -> list:
        """J products of couplings per unit of the reference coupling squared, numbers or (k, 1).

        :param model: the Z'.

        >>> from zputils import ZPrime
        >>> from zputils.experiments.borexino import BOREXINO
        >>> BOREXINO.products(ZPrime(e=2.0, nu_mu=0.1))  # g_e g_nu of each flavour
        [0.0, 0.2, 0.0]
        """
        return [getattr(model, self.lepton) * getattr(model, nu) for nu in self.neutrinos]

    @abstractmethod
    def kernel(self, m: np.ndarray) -> Kernel:
        """The counts at masses m, (n,) GeV, for any couplings.

        With a `lepton` it takes a second argument: (l, r), by which a unit of x is in g_L and g_R of that lepton.
        """

    def response(self, model: Couplings, m: np.ndarray) -> tuple[Kernel, np.ndarray]:
        """The kernel and the products that a model needs at masses m, (n,) GeV.

        Those of vector couplings, or, with an axial one, of g_L, of g_R and of both together: N is a quadratic form in
        the two, and p_L p_R = 2 [(p_L + p_R)/2]^2 - (p_L^2 + p_R^2)/2.

        :param model: the Z'.
        :param m: (n,) GeV.
        :returns: the kernel, and the products, (J, k).

        >>> from zputils import ZPrime
        >>> from zputils.experiments.ccfr import CCFR
        >>> kernel, products = CCFR.response(ZPrime(mu=1.0, nu_mu=1.0, mu_axial=-1.0), np.array([0.1]))
        >>> products[:, 0].tolist()  # left-handed muons alone, coupling 2
        [2.0, 0.0, 1.0]
        """
        if not self.lepton or not np.any(getattr(model, f"{self.lepton}_axial")):
            return vector_kernel(self, m), _flat(self.products(model), m.size)
        left, right = (self.products(chiral(model, self.lepton, sign)) for sign in (-1, 1))
        return chiral_kernel(self, m), _flat(left + right + self.products(model), m.size)

    @property
    @abstractmethod
    def nuisances(self) -> np.ndarray:
        """(K, B): by which fraction one standard deviation of each nuisance moves each predicted count."""

    @abstractmethod
    def measured(self, n0: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Observed counts and their errors, (B,); those of a projection are the Standard Model's `n0`.

        :param n0: (B,), the Standard Model's counts.
        :returns: (B,) each.
        """

    @property
    def z(self) -> float:
        """Standard deviations at `level`, two-sided.

        >>> from zputils.experiments.borexino import BOREXINO
        >>> f"{BOREXINO.z:.2f}"  # level 0.95
        '1.96'
        """
        return NormalDist().inv_cdf((1 + self.level) / 2)  # type: ignore[attr-defined]

    def counts(self, model: Couplings, m: ArrayLike) -> tuple[NDArray, NDArray, NDArray]:
        """N0, N1(m), N2(m) of N = N0 + N1 x + N2 x^2, x = g^2, all bins together.

        :param model: the Z'.
        :param m: any shape, GeV.
        :returns: a number, and two arrays of the shape of m.

        >>> from zputils import ZPrime
        >>> from zputils.experiments.borexino import BOREXINO
        >>> n0, n1, n2 = BOREXINO.counts(ZPrime.l_mu_minus_l_tau(loop=False), 0.01)  # nothing couples to electrons
        >>> n0.item(), n1.item(), n2.item()
        (47.5, 0.0, 0.0)
        """
        m = checks.mass(m)
        kernel, products = self.response(model.spacelike(m.ravel(), self.q2), m.ravel())
        found = kernel.at(products)
        n1, n2 = (part.sum(axis=(0, 1)).reshape(m.shape)[()] for part in found)
        return kernel.n0.sum(), n1, n2

    def chi_squared(self, kernel: Kernel, products: np.ndarray) -> ChiSquared:
        """chi^2 of k models, by their products (J, k), at the n masses of a kernel: k n items side by side.

        :param kernel: of `response`.
        :param products: (J, k).

        >>> from zputils.experiments.charm_ii import CHARM_II
        >>> chi2 = CHARM_II.chi_squared(CHARM_II.kernel(np.array([0.1])), np.array([[0.0]]))
        >>> f"{chi2([[0.0]]).item():.2f}"  # of the Standard Model
        '0.53'
        """
        n1, n2 = (part.reshape(len(kernel.n0), -1) for part in kernel.at(products))
        return ChiSquared(kernel.n0, n1, n2, *self.measured(kernel.n0), self.nuisances)

    def solved(self, kernel: Kernel, direction: NDArray) -> np.ndarray:
        """The edges in x of k directions in the space of products, at the n masses of a kernel.

        :param kernel: of `response`.
        :param direction: (J, k).
        :returns: (2, intervals, k, n): lower and upper.

        >>> from zputils.experiments.charm_ii import CHARM_II
        >>> CHARM_II.solved(CHARM_II.kernel(np.array([0.1])), np.array([[1.0, -1.0]])).shape
        (2, 5, 2, 1)
        """
        edges = np.stack(self.chi_squared(kernel, direction).excluded(self.z**2))
        return edges.reshape(*edges.shape[:2], direction.shape[1], kernel.linear.shape[-1])

    def regions(self, model: Couplings, m: ArrayLike) -> Intervals:
        """Excluded couplings: closed intervals (lower, upper), rising, then the endless one above `limit`, to inf.

        Where destructive interference leaves too few events an interval ends below the limit. Each is nan where there
        is none; how many there are is fixed by the experiment.

        :param model: the Z'.
        :param m: any shape, GeV; edges have that shape, (k, n) for k `ZPrimes`.
        :raises ValueError: for a mass <= 0 or nan, or counts that exclude the Standard Model.

        >>> from zputils import ZPrime
        >>> from zputils.experiments.coherent import COHERENT_CSI
        >>> island, above = COHERENT_CSI.regions(ZPrime.muonic(g_nu=1), 0.1)
        >>> [f"{g:.1e}" for g in (*island, *above)]
        ['4.4e-03', '6.9e-03', '8.7e-03', 'inf']
        """
        m = checks.mass(m)
        model = model.spacelike(m.ravel(), self.q2)
        values = np.broadcast_arrays(*model.couplings.values(), *model.axial.values())
        unit = np.max(np.abs(values), axis=0)  # in its units squares of couplings are finite
        unit = np.where(unit > 1e-300, unit, np.inf)[()]  # no limit on no couplings
        kernel, products = self.response(model * (1 / unit), m.ravel())
        strength = np.max(np.abs(products), axis=0)
        direction = products / np.where(strength > 0, strength, 1)
        found = count_edges.edges(self, m.ravel(), kernel, direction)
        with np.errstate(divide="ignore", invalid="ignore"):
            g = found / (np.sqrt(strength if strength.ndim == 2 else strength[:, None]) * np.atleast_2d(unit))
        g = g.reshape(*found.shape[:2], *np.broadcast_shapes(np.shape(unit), (m.size,))[:-1], *m.shape)
        return tuple((lower[()], upper[()]) for lower, upper in zip(*g, strict=True))

    def region(self, model: Couplings, m: ArrayLike | None = None) -> Region:
        """The couplings that are excluded: what `regions` has, at masses m, (n,) GeV, `MASSES` when None.

        >>> from zputils import ZPrime
        >>> from zputils.experiments.coherent import COHERENT_CSI
        >>> COHERENT_CSI.region(ZPrime.muonic(g_nu=1), 0.1).lower.shape
        (2, 1)
        """
        m = self.at(m)
        return Region.of(m, *self.regions(checks.instance("model", model, Couplings), m))

    def why_not(self, model: Couplings) -> str | None:
        """Why there is no limit on a model at any mass, or None if there is one.

        >>> from zputils import ZPrime
        >>> from zputils.experiments.ccfr import CCFR
        >>> CCFR.why_not(ZPrime.muonic(g_nu=0))
        'no coupling to muon neutrinos'
        """
        model = model.spacelike(self.masses, self.q2)
        return (no_coupling_to(WORDS[self.lepton], model.strength(self.lepton))
                or no_coupling_to(WORDS[self.neutrinos], *(getattr(model, nu) for nu in self.neutrinos)))

    def limit(self, model: Couplings, m: ArrayLike) -> NDArray:
        """The coupling above which all are excluded (the outermost edge), nan for none.

        :param model: the Z'.
        :param m: any shape, GeV.
        :returns: of the shape of m.

        >>> from zputils import ZPrime
        >>> from zputils.experiments.ccfr import CCFR
        >>> [f"{g:.1e}" for g in CCFR.limit(ZPrime.muonic(g_nu=1), [0.01, 0.1])]
        ['8.7e-04', '1.1e-03']
        """
        return self.regions(model, m)[-1][0]


def _flat(products, n):
    """Products of couplings as (J, k), or (J, k, n) where they depend on n masses."""
    stacked = np.stack(np.broadcast_arrays(*products))
    by_mass = stacked.ndim > 1 and n > 1 and stacked.shape[-1] == n
    return stacked.reshape(len(products), -1, n) if by_mass else stacked.reshape(len(products), -1)
