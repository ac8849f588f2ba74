"""Neutrino-electron scattering: the solar 7Be line in Borexino. Energies in GeV."""

from dataclasses import dataclass

import numpy as np

from .. import checks
from ..constants import AVOGADRO, G_FERMI, GEV2_TO_CM2, M_E, SIN2_W_LOW
from ..physics.models import NEUTRINOS
from .counting import DAY, KEV, CountingExperiment, gauss_legendre, max_recoil


def nu_electron(recoil, energy, g_l, g_r):
    """dsigma/dT = (2 G_F^2 m_e/pi) [g_L^2 + g_R^2 (1-T/E)^2 - g_L g_R m_e T/E^2], GeV^-3; arguments broadcast.

    >>> f"{nu_electron(0.0, 862 * KEV, 0.5 + SIN2_W_LOW, SIN2_W_LOW):.1e}"
    '2.7e-14'
    """
    kinematic = g_l**2 + g_r**2 * (1 - recoil / energy) ** 2 - g_l * g_r * M_E * recoil / energy**2
    return 2 * G_FERMI**2 * M_E / np.pi * kinematic


@dataclass(frozen=True, kw_only=True)
class SolarNeutrinos(CountingExperiment):
    """Elastic scattering of one solar line on electrons.

    energy: of the neutrino; window: recoils seen; survival: P_ee, the rest shared equally by nu_mu and nu_tau;
    expected: the experiment's Standard Model count (the Z' enters as a ratio, in which flux, mass and
    radiative corrections cancel); flux: cm^-2 s^-1; electrons: in the target.

    >>> BOREXINO.observed, BOREXINO.expected
    (46.0, 47.5)
    """

    energy: float
    window: tuple[float, float]
    survival: float
    expected: float
    flux: float
    electrons: float

    def __post_init__(self):
        super().__post_init__()
        top = max_recoil(self.energy, M_E)
        checks.real("window[0] [GeV]", self.window[0], 0, min(self.window[1], top), open_high=True)
        checks.real("survival", self.survival, 0, 1)

    @property
    def flavours(self):
        """Fractions of nu_e, nu_mu, nu_tau at the detector.

        >>> BOREXINO.flavours.round(3).tolist()
        [0.53, 0.235, 0.235]
        """
        return np.array([self.survival, (1 - self.survival) / 2, (1 - self.survival) / 2])

    def _standard(self, recoil):
        """g_L (3, 1) = s_W^2 + 1/2 for nu_e, - 1/2 for the others, and dsigma/dT (3, n) with g_R = s_W^2."""
        g_l = SIN2_W_LOW + np.array([[0.5], [-0.5], [-0.5]])
        return g_l, nu_electron(recoil, self.energy, g_l, SIN2_W_LOW)

    def standard_model(self):
        """Scatterings per day, all recoils: flux x cross section at tree level x electrons.

        >>> f"{BOREXINO.standard_model():.0f}"  # a day
        '49'
        """
        recoil, weight = gauss_legendre(0.0, max_recoil(self.energy, M_E))
        _, standard = self._standard(recoil)
        return self.flux * DAY * self.electrons * GEV2_TO_CM2 * self.flavours @ standard @ weight

    def counts(self, model, m):
        """g_L and g_R both gain x g_nu g_e/[2 sqrt2 G_F (m^2 + 2 m_e T)]; N0 is `expected`.

        >>> from zputils import ZPrime
        >>> n0, n1, n2 = BOREXINO.counts(ZPrime.muonic(g_nu=1), 0.01)
        >>> f"{n0:.1f} {n1:.1e} {n2:.1e}"
        '47.5 1.9e+07 5.6e+13'
        """
        recoil, weight = gauss_legendre(self.window[0], min(self.window[1], max_recoil(self.energy, M_E)))
        g_l, standard = self._standard(recoil)
        vector = nu_electron(recoil, self.energy, 1, 1)
        cross = nu_electron(recoil, self.energy, g_l + 1, SIN2_W_LOW + 1) - standard - vector
        propagator = 1 / (2 * np.sqrt(2) * G_FERMI * (checks.mass(m)[..., None] ** 2 + 2 * M_E * recoil))
        per_sigma = self.expected / (self.flavours @ standard @ weight)
        product = [model.e * getattr(model, nu) for nu in NEUTRINOS]
        linear = sum(g * share * (propagator @ (x * weight))
                     for g, share, x in zip(product, self.flavours, cross, strict=True))
        quadratic = sum(g**2 * share for g, share in zip(product, self.flavours, strict=True))
        quadratic = quadratic * (propagator**2 @ (vector * weight))
        return self.expected, per_sigma * linear, per_sigma * quadratic

    def why(self, model):
        """Why there is no limit on this model at any mass, or None if there is one.

        >>> from zputils import ZPrime
        >>> BOREXINO.why(ZPrime.muonic(g_nu=0))
        'Borexino: no coupling to neutrinos'
        """
        if model.e == 0:
            return f"{self.name}: no coupling to electrons"
        return f"{self.name}: no coupling to neutrinos" if model.nu == 0 else None


# arXiv:1104.1816: counts per day in 100 t from the 862 keV line, 46.0 +- 1.5 +1.5-1.6 for 47.5 +- 3.4 expected with
# oscillations; its fit sees recoils from 270 keV to the end of the spectrum. Flux: 5.00e9 of the high-metallicity
# solar model (arXiv:1104.1639), 89.6 % of it in this line. Pseudocumene C9H12: 66 electrons per 120.19 g/mol.
# The level is that of the trident limits drawn beside it.
BOREXINO = SolarNeutrinos(name="Borexino", observed=46.0, error=float(np.hypot(1.5, 1.55)), systematic=3.4 / 47.5,
                          level=0.95, energy=862 * KEV, window=(270 * KEV, 665 * KEV), survival=0.53, expected=47.5,
                          flux=0.896 * 5.00e9, electrons=1e8 * AVOGADRO * 66 / 120.19,
                          references=("Bellini:2011rx", "Serenelli:2011py"))
