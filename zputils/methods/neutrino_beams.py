"""Muon neutrinos of a beam on electrons: CHARM II. Energies in GeV."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from .. import checks
from ..constants import M_E, SIN2_W_LOW
from ..physics.nu_electron import interference, with_propagator
from ..physics.recoils import gauss_legendre, max_recoil
from .detector import CountingExperiment
from .polynomial import Kernel


@dataclass(frozen=True, kw_only=True)
class MuonNeutrinoBeams(CountingExperiment):
    """nu_mu e and nubar_mu e scattering, one bin each, in units of the Standard Model's rates.

    An error of g_V moves the two rates apart, one of g_A moves both together: `errors` turns them into one of each rate
    alone and one that both have in common.

    :param energies: mean energies of nu_mu and nubar_mu.
    :param window: recoils seen.
    :param vector: the couplings g_V and g_A of the electron that were measured, each (value, error).
    :param axial: the couplings g_V and g_A of the electron that were measured, each (value, error).
    :param systematic: relative, of both rates.

    >>> from zputils.experiments.charm_ii import CHARM_II
    >>> CHARM_II.n_bins, CHARM_II.energies
    (2, (23.7, 19.1))
    """

    lepton = "e"
    neutrinos = ("nu_mu",)
    energies: tuple[float, float]
    window: tuple[float, float]
    vector: tuple[float, float]
    axial: tuple[float, float]
    systematic: float = 0.0

    def __post_init__(self) -> None:
        super().__post_init__()
        checks.real("window[0] [GeV]", self.window[0], 0, min(*self.energies, self.window[1]), open_high=True)

    @property
    def n_bins(self) -> int:
        """Two: neutrinos and antineutrinos.

        >>> from zputils.experiments.charm_ii import CHARM_II
        >>> CHARM_II.n_bins
        2
        """
        return 2

    @property
    def errors(self) -> tuple[float, float]:
        """Relative errors of each rate alone and common to both, with the covariance that g_V and g_A give to them.

        >>> from zputils.experiments.charm_ii import CHARM_II
        >>> [f"{error:.3f}" for error in CHARM_II.errors]
        ['0.058', '0.054']
        """
        (g_v, d_v), (g_a, d_a) = self.vector, self.axial
        up, down = ([self._rates(g_v + sign * d_v, g_a), self._rates(g_v, g_a + sign * d_a)] for sign in (1, -1))
        shifts = np.log(np.divide(up, down)) / 2  # a row for each coupling, a column for each rate
        return np.sqrt((np.diff(shifts) ** 2).sum() / 2), np.sqrt(shifts.prod(axis=1).sum())

    @property
    def nuisances(self) -> NDArray:
        """(1, 2): the normalisation of both rates.

        >>> from zputils.experiments.charm_ii import CHARM_II
        >>> CHARM_II.nuisances.round(3).tolist()
        [[0.054, 0.054]]
        """
        return np.full((1, 2), self.errors[1])

    def measured(self, n0: NDArray) -> tuple[NDArray, NDArray]:
        """The rates of the measured couplings, in units of the Standard Model's, and their errors, (2,).

        :param n0: (2,), the Standard Model's, which are 1.

        >>> from zputils.experiments.charm_ii import CHARM_II
        >>> [values.round(3).tolist() for values in CHARM_II.measured(np.ones(2))]
        [[1.042, 0.983], [0.06, 0.057]]
        """
        observed = n0 * self._rates(self.vector[0], self.axial[0]) / self._rates(2 * SIN2_W_LOW - 0.5, -0.5)
        return observed, self.errors[0] * observed

    def _rates(self, g_v, g_a):
        return _rates(self, g_v, g_a)

    def _parts(self, g_l, g_r, chirality=(1, 1)):
        """For neutrinos and antineutrinos, which see g_L and g_R exchanged: recoils, `interference` with weights."""
        for energy, order in zip(self.energies, (slice(None), slice(None, None, -1)), strict=True):
            top = min(self.window[1], max_recoil(energy, M_E))
            recoil, weight = gauss_legendre(*np.geomspace(self.window[0], top, 4))
            parts = interference(recoil, energy, *(g_l, g_r)[order], *chirality[order])
            yield recoil, [part * weight for part in parts]

    @property
    def q2(self) -> float:
        """2 m_e times the mean recoil of the Standard Model's events, GeV^2.

        >>> from zputils.experiments.charm_ii import CHARM_II
        >>> f"{CHARM_II.q2**0.5:.2f} GeV"
        '0.11 GeV'
        """
        weak = [(recoil, parts[0]) for recoil, parts in self._parts(SIN2_W_LOW - 0.5, SIN2_W_LOW)]
        moments = [(events @ recoil, events.sum()) for recoil, events in weak]
        return 2 * M_E * float(np.divide(*np.sum(moments, axis=0)))

    def kernel(self, m: NDArray, chirality: tuple[int, int] = (1, 1)) -> Kernel:
        """Rates over the Standard Model's, two bins.

        :param m: (n,) GeV.
        :param chirality: by which a unit of x is in g_L and g_R of the electron.

        >>> from zputils.experiments.charm_ii import CHARM_II
        >>> kernel = CHARM_II.kernel(np.array([0.1]))
        >>> kernel.n0.tolist(), (kernel.linear[0, :, 0] * 1e-6).round(3).tolist()  # nubar_mu e interferes the other way
        ([1.0, 1.0], [-6.179, 6.717])
        """
        found = [with_propagator(recoil, cross, alone, m) / weak.sum()
                 for recoil, (weak, cross, alone) in self._parts(SIN2_W_LOW - 0.5, SIN2_W_LOW, chirality)]
        return Kernel(np.ones(2), *np.moveaxis(np.array(found), 0, 1)[:, None])



@cache  # asked for again and again, for the same few couplings
def _rates(experiment, g_v, g_a):
    return np.array([weak.sum() for _, (weak, *_) in experiment._parts((g_v + g_a) / 2, (g_v - g_a) / 2)])
