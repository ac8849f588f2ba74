"""Neutrino-electron scattering: the solar 7Be line in Borexino, the muon neutrinos of CHARM II. Energies in GeV."""

from dataclasses import dataclass

import numpy as np

from . import checks
from .constants import AVOGADRO, G_FERMI, GEV2_TO_CM2, M_E, SIN2_W_LOW
from .counting import DAY, KEV, CountingExperiment, Kernel, gauss_legendre, max_recoil, quadratic_roots
from .models import NEUTRINOS


def nu_electron(recoil, energy, g_l, g_r):
    """dsigma/dT = (2 G_F^2 m_e/pi) [g_L^2 + g_R^2 (1-T/E)^2 - g_L g_R m_e T/E^2], GeV^-3; arguments broadcast.

    >>> f"{nu_electron(0.0, 862 * KEV, 0.5 + SIN2_W_LOW, SIN2_W_LOW):.1e}"
    '2.7e-14'
    """
    kinematic = g_l**2 + g_r**2 * (1 - recoil / energy) ** 2 - g_l * g_r * M_E * recoil / energy**2
    return 2 * G_FERMI**2 * M_E / np.pi * kinematic


def interference(recoil, energy, g_l, g_r):
    """dsigma/dT of the weak force, of its interference with a Z' and of the Z' alone when it adds 1 to g_L and to g_R.

    >>> weak, cross, alone = interference(1e-4, 1e-3, 0.7, 0.2)
    >>> bool(np.isclose(weak + 0.1 * cross + 0.01 * alone, nu_electron(1e-4, 1e-3, 0.8, 0.3)))
    True
    """
    weak, alone = nu_electron(recoil, energy, g_l, g_r), nu_electron(recoil, energy, 1, 1)
    return weak, nu_electron(recoil, energy, g_l + 1, g_r + 1) - weak - alone, alone


def _with_propagator(recoil, cross, alone, m):
    """What goes with p x and (p x)^2, each (J, n): a Z' adds p x/[2 sqrt2 G_F (m^2 + 2 m_e T)] to g_L and to g_R.

    cross, alone: (J, T), from `interference`, with the weights of an integral over T; p = g_nu g_e.
    """
    propagator = 1 / (2 * np.sqrt(2) * G_FERMI * (m**2 + 2 * M_E * recoil[:, None]))
    return cross @ propagator, alone @ propagator**2


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

    @property
    def _g_l(self):
        """g_L = s_W^2 + 1/2 for nu_e, - 1/2 for the others, (3, 1); g_R is s_W^2 for all."""
        return SIN2_W_LOW + np.array([[0.5], [-0.5], [-0.5]])

    def standard_model(self):
        """Scatterings per day, all recoils: flux x cross section at tree level x electrons.

        >>> f"{BOREXINO.standard_model():.0f}"  # a day
        '49'
        """
        recoil, weight = gauss_legendre(0.0, max_recoil(self.energy, M_E))
        weak = nu_electron(recoil, self.energy, self._g_l, SIN2_W_LOW)
        return self.flux * DAY * self.electrons * GEV2_TO_CM2 * self.flavours @ weak @ weight

    def products(self, model):
        """g_e g_nu of each flavour.

        >>> from zputils import ZPrime
        >>> BOREXINO.products(ZPrime(e=2.0, nu_mu=0.1))
        [0.0, 0.2, 0.0]
        """
        return [model.e * getattr(model, nu) for nu in NEUTRINOS]

    def kernel(self, m):
        """g_L and g_R both gain g_nu g_e/[2 sqrt2 G_F (m^2 + 2 m_e T)] per x = g^2; N0 is `expected`; one bin.

        >>> from zputils import ZPrime
        >>> n0, n1, n2 = BOREXINO.counts(ZPrime.muonic(g_nu=1), 0.01)
        >>> f"{n0:.1f} {n1:.1e} {n2:.1e}"
        '47.5 1.9e+07 5.6e+13'
        """
        recoil, weight = gauss_legendre(self.window[0], min(self.window[1], max_recoil(self.energy, M_E)))
        weak, *parts = interference(recoil, self.energy, self._g_l, SIN2_W_LOW)
        share = self.flavours[:, None] * weight * self.expected / (self.flavours @ weak @ weight)
        linear, quadratic = _with_propagator(recoil, *(part * share for part in parts), m)
        return Kernel(np.array([self.expected]), linear[:, None], quadratic[:, None])

    def why(self, model):
        """Why there is no limit on this model at any mass, or None if there is one.

        >>> from zputils import ZPrime
        >>> BOREXINO.why(ZPrime.muonic(g_nu=0))
        'Borexino: no coupling to neutrinos'
        """
        return _lacking(self.name, model.e, model.nu, "neutrinos")


# arXiv:1104.1816: counts per day in 100 t from the 862 keV line, 46.0 +- 1.5 +1.5-1.6 for 47.5 +- 3.4 expected with
# oscillations; its fit sees recoils from 270 keV to the end of the spectrum. Flux: 5.00e9 of the high-metallicity
# solar model (arXiv:1104.1639), 89.6 % of it in this line. Pseudocumene C9H12: 66 electrons per 120.19 g/mol.
# The level is that of the trident limits drawn beside it.
BOREXINO = SolarNeutrinos(name="Borexino", observed=46.0, error=float(np.hypot(1.5, 1.55)), systematic=3.4 / 47.5,
                          level=0.95, energy=862 * KEV, window=(270 * KEV, 665 * KEV), survival=0.53, expected=47.5,
                          flux=0.896 * 5.00e9, electrons=1e8 * AVOGADRO * 66 / 120.19,
                          references=("Bellini:2011rx", "Serenelli:2011py"))


# What arXiv:1803.05466 takes to be Borexino's limit: a rate 30 % above the expected one, whatever was measured.
BOREXINO_EXCESS = 0.3


def at_excess(experiment, excess, model, m):
    """The coupling at which an experiment's rate is 1 + excess times the Standard Model's; m: any shape, GeV.

    >>> from zputils import ZPrime
    >>> f"{at_excess(BOREXINO, BOREXINO_EXCESS, ZPrime.l_mu_minus_l_tau(), 0.01) / 0.01:.3f}"  # per GeV
    '0.060'
    """
    n0, n1, n2 = experiment.counts(model, m)
    return np.sqrt(quadratic_roots(n2, n1, -excess * n0)[1])


@dataclass(frozen=True, kw_only=True)
class MuonNeutrinoBeams(CountingExperiment):
    """nu_mu e and nubar_mu e scattering, one bin each, in units of the Standard Model's rates.

    energies: mean energies of nu_mu and nubar_mu; window: recoils seen; vector, axial: the couplings g_V and g_A of the
    electron that were measured, each (value, error). The two rates go as g_V^2 + g_A^2 + g_V g_A and
    g_V^2 + g_A^2 - g_V g_A: for small g_V its error is that of their ratio, 2 dg_V/g_A, and the error of g_A that of
    their mean, 2 dg_A/g_A. `errors` turns them into one of each rate alone and one of both.

    >>> CHARM_II.n_bins, CHARM_II.energies
    (2, (23.7, 19.1))
    """

    energies: tuple[float, float]
    window: tuple[float, float]
    vector: tuple[float, float]
    axial: tuple[float, float]
    systematic: float = 0.0

    def __post_init__(self):
        super().__post_init__()
        checks.real("window[0] [GeV]", self.window[0], 0, min(*self.energies, self.window[1]), open_high=True)

    @property
    def n_bins(self):
        """Two: neutrinos and antineutrinos.

        >>> CHARM_II.n_bins
        2
        """
        return 2

    @property
    def errors(self):
        """Relative errors: of each rate alone, sqrt2 dg_V/g_A, and common to both, what is left of 2 dg_A/g_A.

        >>> [f"{error:.3f}" for error in CHARM_II.errors]
        ['0.048', '0.059']
        """
        alone, mean = np.sqrt(2) * self.vector[1] / abs(self.axial[0]), 2 * self.axial[1] / abs(self.axial[0])
        return alone, np.sqrt(mean**2 - alone**2 / 2)

    @property
    def nuisances(self):
        """(1, 2): the normalisation of both rates.

        >>> CHARM_II.nuisances.round(3).tolist()
        [[0.059, 0.059]]
        """
        return np.full((1, 2), self.errors[1])

    def measured(self, n0):
        """The rates of the measured couplings, in units of the Standard Model's, and their errors, (2,).

        >>> [values.round(3).tolist() for values in CHARM_II.measured(np.ones(2))]
        [[1.042, 0.983], [0.05, 0.047]]
        """
        rates = self._rates((self.vector[0] + self.axial[0]) / 2, (self.vector[0] - self.axial[0]) / 2)
        observed = n0 * rates / self._rates(SIN2_W_LOW - 0.5, SIN2_W_LOW)
        return observed, self.errors[0] * observed

    def _rates(self, g_l, g_r):
        return np.array([parts[1][0].sum() for parts in self._parts(g_l, g_r)])

    def _parts(self, g_l, g_r):
        """For neutrinos and antineutrinos, which see g_L and g_R exchanged: recoils and `interference`, with weights."""
        for energy, couplings in zip(self.energies, ((g_l, g_r), (g_r, g_l)), strict=True):
            top = min(self.window[1], max_recoil(energy, M_E))
            recoil, weight = gauss_legendre(*np.geomspace(self.window[0], top, 4))
            yield recoil, [part * weight for part in interference(recoil, energy, *couplings)]

    def products(self, model):
        """g_e g_nu_mu.

        >>> from zputils import ZPrime
        >>> CHARM_II.products(ZPrime(e=2.0, nu_mu=0.1))
        [0.2]
        """
        return [model.e * model.nu_mu]

    def kernel(self, m):
        """Rates over the Standard Model's, two bins.

        >>> kernel = CHARM_II.kernel(np.array([0.1]))
        >>> kernel.n0.tolist(), (kernel.linear[0, :, 0] * 1e-6).round(3).tolist()  # nubar_mu e interferes the other way
        ([1.0, 1.0], [-6.179, 6.717])
        """
        found = [_with_propagator(recoil, cross, alone, m) / weak.sum()
                 for recoil, (weak, cross, alone) in self._parts(SIN2_W_LOW - 0.5, SIN2_W_LOW)]
        return Kernel(np.ones(2), *np.moveaxis(found, 0, 1)[:, None])

    def why(self, model):
        """Why there is no limit on this model at any mass, or None if there is one.

        >>> from zputils import ZPrime
        >>> CHARM_II.why(ZPrime.muonic(g_nu=0))
        'CHARM II: no coupling to muon neutrinos'
        """
        return _lacking(self.name, model.e, model.nu_mu, "muon neutrinos")


def _lacking(name, g_e, g_nu, neutrinos):
    if not g_e:
        return f"{name}: no coupling to electrons"
    return None if g_nu else f"{name}: no coupling to {neutrinos}"


# Phys. Lett. B 335 (1994) 246: g_V = -0.035 +- 0.012 +- 0.012, g_A = -0.503 +- 0.006 +- 0.016, from rates and recoil
# spectra of electrons of 3 to 24 GeV; in the Standard Model sin^2 theta_W = 0.2324 +- 0.0083 from the ratio alone. Mean
# energies of the two beams 23.7 and 19.1 GeV, which stand for the spectra. The level is that of the tridents.
CHARM_II = MuonNeutrinoBeams(name="CHARM II", level=0.95, energies=(23.7, 19.1), window=(3.0, 24.0),
                             vector=(-0.035, float(np.hypot(0.012, 0.012))), axial=(-0.503, float(np.hypot(0.006, 0.016))),
                             references=("CHARM-II:1994dzw",))
