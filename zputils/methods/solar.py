"""Solar neutrinos on electrons: the 7Be line in Borexino. Energies in GeV."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .. import checks
from ..constants import GEV2_TO_CM2, M_E, SIN2_W_LOW
from ..physics.models import NEUTRINOS
from ..physics.nu_electron import interference, nu_electron, with_propagator
from ..physics.recoils import DAY, gauss_legendre, max_recoil
from .detector import CountingExperiment
from .polynomial import Kernel


@dataclass(frozen=True, kw_only=True)
class SolarNeutrinos(CountingExperiment):
    """Elastic scattering of one solar line on electrons.

    :param energy: of the neutrino.
    :param window: recoils seen.
    :param survival: P_ee, the rest shared equally by nu_mu and nu_tau.
    :param expected: the experiment's Standard Model count (the Z' enters as a ratio, in which flux, mass and radiative
        corrections cancel).
    :param flux: cm^-2 s^-1.
    :param electrons: in the target.

    >>> from zputils.experiments.borexino import BOREXINO
    >>> BOREXINO.observed, BOREXINO.expected
    (46.0, 47.5)
    """

    lepton = "e"
    neutrinos = NEUTRINOS
    energy: float
    window: tuple[float, float]
    survival: float
    expected: float
    flux: float
    electrons: float

    def __post_init__(self) -> None:
        super().__post_init__()
        top = float(max_recoil(self.energy, M_E))
        checks.real("window[0] [GeV]", self.window[0], 0, min(self.window[1], top), open_high=True)
        checks.real("survival", self.survival, 0, 1)

    @property
    def flavours(self) -> NDArray:
        """Fractions of nu_e, nu_mu, nu_tau at the detector.

        >>> from zputils.experiments.borexino import BOREXINO
        >>> BOREXINO.flavours.round(3).tolist()
        [0.53, 0.235, 0.235]
        """
        return np.array([self.survival, (1 - self.survival) / 2, (1 - self.survival) / 2])

    @property
    def _g_l(self):
        """g_L = s_W^2 + 1/2 for nu_e, - 1/2 for the others, (3, 1); g_R is s_W^2 for all."""
        return SIN2_W_LOW + np.array([[0.5], [-0.5], [-0.5]])

    def standard_model(self) -> float:
        """Scatterings per day, all recoils: flux x cross section at tree level x electrons.

        :returns: per day.

        >>> from zputils.experiments.borexino import BOREXINO
        >>> f"{BOREXINO.standard_model():.0f}"  # a day
        '49'
        """
        recoil, weight = gauss_legendre(0.0, max_recoil(self.energy, M_E))
        weak = nu_electron(recoil, self.energy, self._g_l, SIN2_W_LOW)
        return self.flux * DAY * self.electrons * GEV2_TO_CM2 * self.flavours @ weak @ weight

    def kernel(self, m: NDArray, chirality: tuple[int, int] = (1, 1)) -> Kernel:
        """g_L and g_R both gain g_nu g_e/[2 sqrt2 G_F (m^2 + 2 m_e T)] per x = g^2; N0 is `expected`; one bin.

        >>> from zputils.experiments.borexino import BOREXINO
        >>> from zputils import ZPrime
        >>> n0, n1, n2 = BOREXINO.counts(ZPrime.muonic(g_nu=1), 0.01)
        >>> f"{n0:.1f} {n1:.1e} {n2:.1e}"
        '47.5 1.9e+07 5.6e+13'
        """
        recoil, weight = gauss_legendre(self.window[0], min(self.window[1], float(max_recoil(self.energy, M_E))))
        weak, *parts = interference(recoil, self.energy, self._g_l, SIN2_W_LOW, *chirality)
        share = self.flavours[:, None] * weight * self.expected / (self.flavours @ weak @ weight)
        cross, alone = (part * share for part in parts)
        linear, quadratic = with_propagator(recoil, cross, alone, m)
        return Kernel(np.array([self.expected]), linear[:, None], quadratic[:, None])

