"""Coherent elastic neutrino-nucleus scattering (CEvNS) at the Spallation Neutron Source: COHERENT. Energies in GeV."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import spherical_jn

from .. import checks, curves
from ..constants import ATOMIC_MASS_UNIT, AVOGADRO, FERMI, G_FERMI, GEV2_TO_CM2, M_MU, M_PI, SIN2_W_LOW
from ..physics.models import ZPrime
from .counting import KEV, AnyOf, CountingExperiment, gauss_legendre, max_recoil, min_energy

E_PROMPT = (M_PI**2 - M_MU**2) / (2 * M_PI)  # nu_mu of pi+ -> mu+ nu_mu at rest, 29.8 MeV
E_DELAYED = M_MU / 2  # end point of mu+ -> e+ nu_e nubar_mu at rest


@dataclass(frozen=True)
class Nucleus:
    """Protons, nucleons, and the mass in atomic mass units (AME2020, doi 10.1088/1674-1137/abddaf).

    >>> Nucleus(protons=18, nucleons=40, units=39.962383) == NUCLEI["Ar"]
    True
    """

    protons: int
    nucleons: int
    units: float

    @property
    def mass(self):
        """Mass in GeV.

        >>> f"{NUCLEI['Cs'].mass:.1f}"
        '123.8'
        """
        return self.units * ATOMIC_MASS_UNIT

    @property
    def weak_charge(self):
        """Q_V = Z (1/2 - 2 s_W^2) - N/2 of the Standard Model.

        >>> f"{NUCLEI['Ar'].weak_charge:.2f}"
        '-10.59'
        """
        return self.protons * (0.5 - 2 * SIN2_W_LOW) - (self.nucleons - self.protons) / 2

    def charge(self, model):
        """Z g_p + N g_n, per unit of the reference coupling.

        >>> NUCLEI["Ar"].charge(ZPrime(u=1.0, d=-1.0))  # 18 protons of charge 1, 22 neutrons of charge -1
        -4.0
        """
        return self.protons * model.proton + (self.nucleons - self.protons) * model.neutron

    def helm(self, q_squared):
        """Helm form factor 3 j1(qR)/(qR) exp(-q^2 s^2/2), R^2 = c^2 + 7 pi^2 a^2/3 - 5 s^2, at Q^2 > 0 in GeV^2.

        c = 1.23 A^(1/3) - 0.60 fm, a = 0.52 fm, s = 0.9 fm (Lewin and Smith, Astropart. Phys. 6 (1996) 87, Eq. 4.11).

        >>> [f"{NUCLEI['Cs'].helm(q**2):.3f}" for q in (1e-4, 0.05)]
        ['1.000', '0.775']
        """
        c, a, s = (1.23 * self.nucleons ** (1 / 3) - 0.60) * FERMI, 0.52 * FERMI, 0.9 * FERMI
        x = np.sqrt(q_squared * (c**2 + 7 * np.pi**2 * a**2 / 3 - 5 * s**2))
        return 3 * spherical_jn(1, x) / x * np.exp(-q_squared * s**2 / 2)


NUCLEI = {"Na": Nucleus(11, 23, 22.989769), "Ar": Nucleus(18, 40, 39.962383),
          "I": Nucleus(53, 127, 126.904473), "Cs": Nucleus(55, 133, 132.905452)}


def cevns(recoil, energy, nucleus):
    """dsigma/dT = (G_F^2 M/pi) F^2(Q^2) (1 - M T/2E^2) for Q_V = 1, GeV^-3, 0 above `max_recoil`.

    >>> sigma = cevns(np.array([5e-6, 20e-6]), E_PROMPT, NUCLEI["Cs"])
    >>> [f"{s:.2e}" for s in sigma]
    ['2.72e-09', '0.00e+00']
    """
    m = nucleus.mass
    shape = np.where(recoil < max_recoil(energy, m), 1 - m * recoil / (2 * energy**2), 0.0)
    return G_FERMI**2 * m / np.pi * nucleus.helm(2 * m * recoil) ** 2 * shape


def delayed_nu_mu(energy):
    """Spectrum of nubar_mu from muon decay at rest, 64 E^2/m_mu^3 (3/4 - E/m_mu) below `E_DELAYED`, 1/GeV.

    >>> energy, weight = gauss_legendre(0.0, E_DELAYED)
    >>> f"{delayed_nu_mu(energy) @ weight:.6f}"  # one neutrino per decay
    '1.000000'
    """
    return 64 * energy**2 / M_MU**3 * (0.75 - energy / M_MU)


def delayed_nu_e(energy):
    """Spectrum of nu_e from muon decay at rest, 192 E^2/m_mu^3 (1/2 - E/m_mu) below `E_DELAYED`, 1/GeV.

    >>> energy, weight = gauss_legendre(0.0, E_DELAYED)
    >>> f"{delayed_nu_e(energy) @ weight:.6f}"  # one neutrino per decay
    '1.000000'
    """
    return 192 * energy**2 / M_MU**3 * (0.5 - energy / M_MU)


@dataclass(frozen=True, kw_only=True)
class StoppedPions(CountingExperiment):
    """CEvNS at the Spallation Neutron Source: nu_mu, then nubar_mu and nu_e, 0.08 of each per proton.

    target: elements in equal numbers, of `NUCLEI`; mass: kg; protons: on the SNS target; distance: m;
    window: recoils counted; acceptance: table of the efficiency against photoelectrons (1 without);
    light_yield: photoelectrons per GeV of recoil.

    >>> argon = StoppedPions(name="10 kg of argon", target=("Ar",), mass=10.0, protons=1e23, distance=28.0,
    ...                      window=(20 * KEV, np.inf), systematic=0.05, level=0.90)
    >>> f"{argon.standard_model():.0f}"
    '29'
    """

    target: tuple[str, ...]
    mass: float
    protons: float
    distance: float
    window: tuple[float, float]
    acceptance: str | None = None
    light_yield: float | None = None

    def __post_init__(self):
        super().__post_init__()
        for field in ("mass", "protons", "distance") + ("light_yield",) * (self.acceptance is not None):
            checks.real(field, getattr(self, field), 0, open_low=True)
        top = max(max_recoil(E_DELAYED, nucleus.mass) for nucleus in self.nuclei)
        checks.real("window[0] [GeV]", self.window[0], 0, min(self.window[1], top), open_low=True, open_high=True)

    @property
    def inputs(self):
        """Catalogue names of the tables the counts need.

        >>> COHERENT_CSI.inputs
        ('coherent_csi_acceptance',)
        """
        return () if self.acceptance is None else (self.acceptance,)

    @property
    def nuclei(self):
        """The `Nucleus` of each element of the target.

        >>> [nucleus.protons for nucleus in COHERENT_CSI.nuclei]
        [55, 53]
        """
        return [NUCLEI[checks.choice("target", element, NUCLEI)] for element in self.target]

    @property
    def exposure(self):
        """Atoms of each element times neutrinos per GeV^-2 of each flavour.

        >>> f"{COHERENT_CSI.exposure:.2e}"
        '3.96e+12'
        """
        atoms = self.mass * 1e3 / sum(nucleus.units for nucleus in self.nuclei) * AVOGADRO
        return atoms * 0.08 * self.protons / (4 * np.pi * (100 * self.distance) ** 2) * GEV2_TO_CM2

    def _recoils(self, nucleus):
        """Recoil nodes and weights with the efficiency in them; intervals end where the integrand has a kink."""
        top = [max_recoil(energy, nucleus.mass) for energy in (E_PROMPT, E_DELAYED)]
        table = curves.table(self.acceptance) if self.acceptance else None
        steps = [] if table is None else table.photoelectrons / self.light_yield
        edges = np.unique(np.clip([*self.window, *top, *steps], self.window[0], min(self.window[1], top[1])))
        recoil, weight = gauss_legendre(*edges)
        if table is not None:
            weight = weight * np.interp(recoil * self.light_yield, table.photoelectrons, table.acceptance)
        return recoil, weight

    def counts(self, model, m):
        """Q_V gains x g_nu (Z g_p + N g_n)/[sqrt2 G_F (m^2 + 2 M T)]; summed over nuclei and flavours.

        >>> n0, n1, n2 = COHERENT_CSI.counts(ZPrime.muonic(g_nu=1), 0.01)
        >>> f"{n0:.0f} {n1:.1e} {n2:.1e}"
        '178 -3.3e+07 2.7e+12'
        """
        m_squared = checks.mass(m)[..., None] ** 2
        n0 = n1 = n2 = 0.0
        for nucleus in self.nuclei:
            recoil, nu_e, nu_mu = _events(self, nucleus)
            charge = nucleus.charge(model)
            propagator = 1 / (np.sqrt(2) * G_FERMI * (m_squared + 2 * nucleus.mass * recoil))
            n0 += nucleus.weak_charge**2 * (nu_e + nu_mu).sum()
            for g_nu, events in ((model.nu_e, nu_e), (model.nu_mu, nu_mu)):
                n1 += 2 * nucleus.weak_charge * charge * g_nu * (propagator @ events)
                n2 += (charge * g_nu) ** 2 * (propagator**2 @ events)
        return n0, n1, n2

    def standard_model(self):
        """Events of the Standard Model.

        >>> f"{COHERENT_CSI.standard_model():.0f}"
        '178'
        """
        return self.counts(ZPrime(), 1.0)[0]

    def why(self, model):
        """Why there is no limit on this model at any mass, or None if there is one.

        >>> COHERENT_CSI.why(ZPrime(mu=1.0, nu_mu=1.0))
        'COHERENT: no coupling to the nuclei'
        """
        if model.nu_e == model.nu_mu == 0:
            return f"{self.name}: no coupling to nu_e or nu_mu"
        neutral = all(nucleus.charge(model) == 0 for nucleus in self.nuclei)
        return f"{self.name}: no coupling to the nuclei" if neutral else None


@cache  # the same for every model
def _events(experiment, nucleus):
    """Recoils, and the events of nu_e and nu_mu at each for Q_V = 1 (weights included), (n,) each."""
    recoil, weight = experiment._recoils(nucleus)
    energy, step = gauss_legendre(min_energy(recoil, nucleus.mass), E_DELAYED, order=4)
    sigma = cevns(recoil[:, None], energy, nucleus) * step
    nu_e, nubar_mu = ((spectrum(energy) * sigma).sum(axis=-1) for spectrum in (delayed_nu_e, delayed_nu_mu))
    weight = weight * experiment.exposure
    return recoil, weight * nu_e, weight * (nubar_mu + cevns(recoil, E_PROMPT, nucleus))


# arXiv:1708.01294: 14.6 kg for 308.1 days, 134 +- 22 events for 173 +- 48 expected, between 5 and 30 photoelectrons
# of 1.17 per keV. At 90 % the constructive sign falls on the published L_mu-L_tau curve (COHERENT_existing_LmuLtau).
CSI_PROTONS, CSI_DAYS = 1.76e23, 308.1
COHERENT_CSI = StoppedPions(name="COHERENT", observed=134.0, error=22.0, systematic=48 / 173, level=0.90,
                            target=("Cs", "I"), mass=14.6, protons=CSI_PROTONS, distance=19.3,
                            window=(5 / 1.17 * KEV, 30 / 1.17 * KEV), acceptance="coherent_csi_acceptance",
                            light_yield=1.17 / KEV, references=("Akimov:2017ade",))


def coherent_future(systematic=0.05):
    """COHERENT's projection: NaI and Ar, 10 tonne-years each, at an assumed systematic uncertainty.

    Thresholds and distances of arXiv:1803.01224; the proton rate of the CsI run, no backgrounds.

    >>> m, model = 0.03, ZPrime.muonic(g_nu=1)
    >>> [f"{coherent_future(systematic).limit(model, m):.1e}" for systematic in (0.02, 0.05)]
    ['4.4e-04', '3.9e-03']
    """
    shared = dict(systematic=systematic, level=0.90, mass=1e4, protons=CSI_PROTONS / CSI_DAYS * 365.25,
                  references=("Abdullah:2018ykz",))
    nai = StoppedPions(name="COHERENT NaI", target=("Na", "I"), distance=28.0, window=(13 * KEV, np.inf), **shared)
    argon = StoppedPions(name="COHERENT Ar", target=("Ar",), distance=29.0, window=(20 * KEV, np.inf), **shared)
    return AnyOf("COHERENT future", (nai, argon))


COHERENT_FUTURE = coherent_future()
COHERENT_FUTURE_NAI, COHERENT_FUTURE_AR = COHERENT_FUTURE.experiments
