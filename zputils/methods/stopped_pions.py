"""Coherent elastic neutrino-nucleus scattering (CEvNS) at the Spallation Neutron Source: COHERENT. Energies in GeV."""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from .. import checks, curves
from ..constants import AVOGADRO, G_FERMI, GEV2_TO_CM2, M_MU, M_PI
from ..physics.couplings import Couplings
from ..physics.nuclei import NUCLEI, Nucleus, cevns
from ..physics.recoils import gauss_legendre, max_recoil, min_energy
from .bound import no_coupling_to
from .detector import CountingExperiment
from .polynomial import Kernel

E_PROMPT = (M_PI**2 - M_MU**2) / (2 * M_PI)  # nu_mu of pi+ -> mu+ nu_mu at rest, 29.8 MeV
E_DELAYED = M_MU / 2  # end point of mu+ -> e+ nu_e nubar_mu at rest


def delayed_nu_mu(energy: NDArray) -> NDArray:
    """Spectrum of nubar_mu from muon decay at rest, 64 E^2/m_mu^3 (3/4 - E/m_mu) below `E_DELAYED`, 1/GeV.

    :param energy: GeV, any shape.
    :returns: 1/GeV, of the shape of `energy`.

    >>> energy, weight = gauss_legendre(0.0, E_DELAYED)
    >>> f"{delayed_nu_mu(energy) @ weight:.6f}"  # one neutrino per decay
    '1.000000'
    """
    return 64 * energy**2 / M_MU**3 * (0.75 - energy / M_MU)


def delayed_nu_e(energy: NDArray) -> NDArray:
    """Spectrum of nu_e from muon decay at rest, 192 E^2/m_mu^3 (1/2 - E/m_mu) below `E_DELAYED`, 1/GeV.

    :param energy: GeV, any shape.
    :returns: 1/GeV, of the shape of `energy`.

    >>> energy, weight = gauss_legendre(0.0, E_DELAYED)
    >>> f"{delayed_nu_e(energy) @ weight:.6f}"  # one neutrino per decay
    '1.000000'
    """
    return 192 * energy**2 / M_MU**3 * (0.5 - energy / M_MU)


@dataclass(frozen=True, kw_only=True)
class StoppedPions(CountingExperiment):
    """CEvNS at the Spallation Neutron Source: nu_mu, then nubar_mu and nu_e, 0.08 of each per proton.

    :param target: elements in equal numbers, of `NUCLEI`.
    :param mass: kg.
    :param protons: on the SNS target.
    :param distance: m.
    :param window: recoils counted.
    :param acceptance: table of the efficiency against photoelectrons (1 without).
    :param light_yield: photoelectrons per GeV of recoil.
    :param cuts: recoils that divide the window into bins, rising.

    >>> from zputils.physics.recoils import KEV
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
    cuts: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        checks.listed("target", self.target)
        for field in ("mass", "protons", "distance") + ("light_yield",) * (self.acceptance is not None):
            checks.number(field, getattr(self, field), 0, open_low=True)
        top = max(float(max_recoil(E_DELAYED, nucleus.mass)) for nucleus in self.nuclei)
        checks.real("window[0] [GeV]", self.window[0], 0, min(self.window[1], top), open_low=True, open_high=True)

    def binned(self, bins: int) -> "StoppedPions":
        """The same experiment with recoils in so many bins, even in ln T from the threshold to the largest recoil.

        :param bins: how many.

        >>> from zputils.experiments.coherent import COHERENT_FUTURE_AR
        >>> from zputils.physics.recoils import KEV
        >>> [f"{cut / KEV:.0f}" for cut in COHERENT_FUTURE_AR.binned(3).cuts]  # keV
        ['39', '76']
        """
        top = min(self.window[1], max(float(max_recoil(E_DELAYED, nucleus.mass)) for nucleus in self.nuclei))
        edges = np.geomspace(self.window[0], top, int(checks.number("bins", bins, 1)) + 1)
        return replace(self, cuts=tuple(edges[1:-1].tolist()))

    def needs(self, model: Couplings | None = None) -> tuple[str, ...]:
        """Catalogue names of the tables the counts need.

        >>> from zputils.experiments.coherent import COHERENT_CSI
        >>> COHERENT_CSI.needs()
        ('coherent_csi_acceptance',)
        """
        return () if self.acceptance is None else (self.acceptance,)

    @property
    def nuclei(self) -> tuple[Nucleus, ...]:
        """The `Nucleus` of each element of the target.

        >>> from zputils.experiments.coherent import COHERENT_CSI
        >>> [nucleus.protons for nucleus in COHERENT_CSI.nuclei]
        [55, 53]
        """
        return tuple(NUCLEI[checks.choice("target", element, NUCLEI)] for element in self.target)

    @property
    def exposure(self) -> float:
        """Atoms of each element times neutrinos per GeV^-2 of each flavour.

        >>> from zputils.experiments.coherent import COHERENT_CSI
        >>> f"{COHERENT_CSI.exposure:.2e}"
        '3.96e+12'
        """
        atoms = self.mass * 1e3 / sum(nucleus.units for nucleus in self.nuclei) * AVOGADRO
        return atoms * 0.08 * self.protons / (4 * np.pi * (100 * self.distance) ** 2) * GEV2_TO_CM2

    def _recoils(self, nucleus):
        """Recoil nodes and weights with the efficiency in them; intervals end where the integrand has a kink."""
        top = [max_recoil(energy, nucleus.mass) for energy in (E_PROMPT, E_DELAYED)]
        table = curves.columns(self.acceptance) if self.acceptance else {}
        steps = table["photoelectrons"] / self.light_yield if table else []
        kinks = [*self.window, *top, *steps, *self.cuts]
        edges = np.unique(np.clip(kinks, self.window[0], min(self.window[1], float(top[1]))))
        recoil, weight = gauss_legendre(*edges)
        if table:
            weight = weight * np.interp(recoil * self.light_yield, table["photoelectrons"], table["acceptance"])
        return recoil, weight

    @property
    def q2(self) -> float:
        """2 M T in the mean over the Standard Model's events, GeV^2.

        >>> from zputils.experiments.coherent import COHERENT_CSI
        >>> f"{1e3 * COHERENT_CSI.q2**0.5:.0f} MeV"
        '56 MeV'
        """
        found = [(nucleus, *_events(self, nucleus)) for nucleus in self.nuclei]
        parts = [(nucleus, recoil, nucleus.weak_charge**2 * sum(events)) for nucleus, recoil, *events in found]
        total = sum(events.sum() for *_, events in parts)
        return float(sum(2 * nucleus.mass * recoil @ events for nucleus, recoil, events in parts) / total)

    @property
    def n_bins(self) -> int:
        """One more than there are cuts.

        >>> from zputils.experiments.coherent import COHERENT_CSI, COHERENT_FUTURE_AR
        >>> COHERENT_CSI.n_bins, COHERENT_FUTURE_AR.n_bins
        (1, 8)
        """
        return len(self.cuts) + 1

    def products(self, model: Couplings) -> list:
        """g_nu (Z g_p + N g_n) of each nucleus with nu_e and then with nu_mu.

        >>> from zputils.experiments.coherent import COHERENT_CSI
        >>> from zputils import ZPrime
        >>> COHERENT_CSI.products(ZPrime(nu_mu=0.1, u=2 / 3, d=-1 / 3))  # protons of charge 1
        [0.0, 5.5, 0.0, 5.300000000000001]
        """
        return [nucleus.charge(model) * g_nu for nucleus in self.nuclei for g_nu in (model.nu_e, model.nu_mu)]

    def kernel(self, m: NDArray) -> Kernel:
        """Q_V gains x g_nu (Z g_p + N g_n)/[sqrt2 G_F (m^2 + 2 M T)], for each nucleus and flavour.

        >>> from zputils.experiments.coherent import COHERENT_CSI
        >>> from zputils import ZPrime
        >>> n0, n1, n2 = COHERENT_CSI.counts(ZPrime.muonic(g_nu=1), 0.01)
        >>> f"{n0:.0f} {n1:.1e} {n2:.1e}"
        '178 -3.3e+07 2.7e+12'
        """
        parts = [self._nucleus(nucleus, m) for nucleus in self.nuclei]
        n0, linear, quadratic = (np.array(part) for part in zip(*parts, strict=True))
        shape = (2 * len(parts), self.n_bins, m.size)
        return Kernel(n0.sum(axis=0), linear.reshape(shape), quadratic.reshape(shape))

    def at_recoils(self, nucleus: Nucleus) -> tuple[NDArray, NDArray, NDArray]:
        """What scattering on one nucleus is a sum over, for Q_V = 1: -q^2 = 2 M T in GeV^2, (n,), the bin of each
        recoil, (n,), and the events of nu_e and of nu_mu, (2, n).

        :param nucleus: of the target.
        :returns: (n,) GeV^2, (n,) and (2, n).

        >>> from zputils.experiments.coherent import COHERENT_FUTURE_AR
        >>> q2, place, events = COHERENT_FUTURE_AR.at_recoils(NUCLEI["Ar"])
        >>> int(place.max()), events.shape == (2, q2.size)
        (7, True)
        """
        recoil, *events = _events(self, nucleus)
        return 2 * nucleus.mass * recoil, np.searchsorted(self.cuts, recoil), np.array(events)

    def _nucleus(self, nucleus, m):
        """n0 (B,), linear and quadratic (2, B, n) of scattering on one nucleus, of nu_e and nu_mu."""
        q2, place, events = self.at_recoils(nucleus)
        events = (place == np.arange(self.n_bins)[:, None]) * events[:, None]
        propagator = 1 / (np.sqrt(2) * G_FERMI * (m[:, None] ** 2 + q2))
        linear, quadratic = (events @ part.T for part in (propagator, propagator**2))
        return nucleus.weak_charge**2 * events.sum(axis=(0, 2)), 2 * nucleus.weak_charge * linear, quadratic

    def standard_model(self) -> NDArray:
        """Events of the Standard Model.

        :returns: (B,) events.

        >>> from zputils.experiments.coherent import COHERENT_CSI
        >>> f"{COHERENT_CSI.standard_model():.0f}"
        '178'
        """
        return self.kernel(np.ones(1)).n0.sum()

    def why_not(self, model: Couplings) -> str | None:
        """Why there is no limit on this model at any mass, or None if there is one.

        >>> from zputils.experiments.coherent import COHERENT_CSI
        >>> from zputils import ZPrime
        >>> COHERENT_CSI.why_not(ZPrime(mu=1.0, nu_mu=1.0))
        'no coupling to the nuclei'
        """
        model = model.spacelike(self.masses, self.q2)
        return (no_coupling_to("nu_e or nu_mu", model.nu_e, model.nu_mu)
                or no_coupling_to("the nuclei", *(nucleus.charge(model) for nucleus in self.nuclei)))


@cache  # the same for every model
def _events(experiment, nucleus):
    """Recoils, and the events of nu_e and nu_mu at each for Q_V = 1 (weights included), (n,) each."""
    recoil, weight = experiment._recoils(nucleus)
    energy, step = gauss_legendre(min_energy(recoil, nucleus.mass), E_DELAYED, order=4)
    sigma = cevns(recoil[:, None], energy, nucleus) * step
    nu_e, nubar_mu = ((spectrum(energy) * sigma).sum(axis=-1) for spectrum in (delayed_nu_e, delayed_nu_mu))
    weight = weight * experiment.exposure
    return recoil, weight * nu_e, weight * (nubar_mu + cevns(recoil, E_PROMPT, nucleus))
