"""Future beam dumps: the rate of visible decays behind the shielding, and the couplings they reach.

R-bar = g_p^2 sigma(m)/sigma(100 MeV) P BR_vis (Eq. 3.15; Eq. 3.7 when production is independent of mass),
P = exp(-L_sh/L_flight) [1 - exp(-L_dec/L_flight)] (Eq. 3.2).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial

import numpy as np

from .. import checks, curves
from ..constants import HBAR_C
from ..physics import decays, displaced, hadrons
from ..physics.models import ZPrime
from ..physics.production import M_REFERENCE, bremsstrahlung_source, yields_source


@dataclass(frozen=True)
class Geometry:
    """Shielding and decay length in m, and the momentum of the Z' in GeV (Table 1).

    >>> Geometry(shield=60, decay=50, momentum=200).momentum
    200
    """

    shield: float
    decay: float
    momentum: float

    def __post_init__(self):
        for name in ("shield", "decay", "momentum"):
            checks.real(name, getattr(self, name), 0, open_low=True)

    def log_decay_lengths(self, model, m, r_shift=0.0):
        """ln of L_dec/L_flight per unit of the coupling squared (Eq. 3.9), -inf if stable.

        m: (n,) GeV; r_shift: moves the hadronic width, in errors of R.

        >>> y = np.exp(Geometry(60, 50, 200).log_decay_lengths(ZPrime.dark_photon(), 0.1))
        >>> f"{y * 1e-7**2:.2e}"  # decay regions per flight length at epsilon = 1e-7
        '3.08e-04'
        """
        with np.errstate(divide="ignore"):
            return np.log(decays.total_width(model, m, r_shift)) + np.log(self.decay * m / (self.momentum * HBAR_C))

    def log_probability(self, model, m, g):
        """ln P, the probability to decay between L_sh and L_sh + L_dec (Eq. 3.2), at m (GeV) and g, which broadcast.

        >>> probability = np.exp(Geometry(60, 50, 200).log_probability(ZPrime.dark_photon(), 0.1, [1e-8, 1e-7, 1e-6]))
        >>> [f"{p:.1e}" for p in probability]
        ['3.1e-06', '3.1e-04', '2.9e-02']
        """
        log_y = self.log_decay_lengths(model, checks.mass(m)) + 2 * np.log(checks.real("g", g, 0, open_low=True))
        with np.errstate(invalid="ignore"):
            log_p = displaced.log_shape(log_y, self.shield / self.decay) - log_y
        return np.where(np.isneginf(log_y), -np.inf, log_p)


@dataclass(frozen=True)
class BeamDump:
    """A beam dump: geometry, how Z's are produced, and the R-bar it is sensitive to.

    source(model, m): g_p^2 sigma/sigma* per unit of the reference coupling squared, an array over m in GeV.
    sensitivity: R-bar at the edge of the reach. published: the catalogued dark-photon reach;
    when `sensitivity` is None it is the R-bar at that curve's lower edge at 100 MeV. visible: decay
    channels that count. mass_range: GeV, where `source` holds. references: BibTeX keys. r_shift: moves the
    measured R, and with it the hadronic width, by that many of its errors.

    >>> source = partial(bremsstrahlung_source, beam_energy=120)
    >>> mine = BeamDump("mine", Geometry(10, 5, 60), 120, source, published="", sensitivity=1e-18)
    >>> [f"{g:.1e}" for g in mine.reach(ZPrime.muonic(), 0.05)]
    ['1.8e-05', '4.3e-03']
    """

    name: str
    geometry: Geometry
    beam_energy: float
    source: Callable
    published: str
    sensitivity: float | None = None
    visible: tuple[str, ...] = decays.VISIBLE
    tables: tuple[str, ...] = ()
    mass_range: tuple[float, float] = (0.0, np.inf)
    references: tuple[str, ...] = ()
    r_shift: float = 0.0

    def __post_init__(self):
        checks.real("r_shift", self.r_shift)
        checks.real("beam_energy", self.beam_energy, 0, open_low=True)
        if self.sensitivity is not None:
            checks.real("sensitivity", self.sensitivity, 0, open_low=True)

    def needs(self, model=None):
        """Catalogue names of what the reach of a model, or of any when None, is made from.

        The `tables` that `source` reads, the calibration on a dark photon, hadronic widths.

        >>> SHIP.needs(), SHIP.needs(ZPrime.dark_photon())
        (('pdg_rratio_2020', 'vmd_hadronic_ratios'), ('pdg_rratio_2020',))
        """
        calibration = (self.published, hadrons.R_TABLE) if self.sensitivity is None else ()
        return tuple(dict.fromkeys((*self.tables, *calibration, *hadrons.tables(model))))

    def _log_scale(self, model, m):
        """ln of what multiplies the shape of `roots` in R-bar, ln of L_dec/L_flight per coupling squared, (n,) each.

        The first is -inf where nothing is produced or nothing visible decays.
        """
        log_y = self.geometry.log_decay_lengths(model, m, self.r_shift)
        visible = np.nan_to_num(decays.branching_ratio(model, m, self.visible, self.r_shift))
        with np.errstate(divide="ignore", invalid="ignore"):
            log_scale = np.log(self.source(model, m) * visible) - log_y
        return np.where(np.isneginf(log_y), -np.inf, log_scale), log_y

    def log_rate(self, model, m, g):
        """ln R-bar (Eq. 3.15) at masses m (GeV) and couplings g, which broadcast; -inf where it vanishes.

        >>> [f"{rate:.1e}" for rate in np.exp(SHIP.log_rate(ZPrime.muonic(), 0.05, [1e-5, 1e-4, 1e-3]))]
        ['3.2e-19', '3.1e-15', '2.3e-12']
        """
        log_scale, log_y = self._log_scale(model, checks.mass(m, *self.mass_range))
        log_g2 = 2 * np.log(checks.real("g", g, 0, open_low=True))
        return log_scale + displaced.log_shape(log_y + log_g2, self.geometry.shield / self.geometry.decay)

    def reach(self, model, m):
        """The couplings that are probed, (lower, upper), each of the shape of m, nan where there is no reach.

        m: masses in GeV inside `mass_range`, ValueError outside. The couplings are the model's reference coupling.

        >>> lower, upper = SHIP.reach(ZPrime.muonic(g_nu=0.1), [0.01, 0.1, 0.2])
        >>> [f"{g:.1e}" for g in lower], [f"{g:.1e}" for g in upper]
        (['8.8e-06', '2.8e-06', '2.0e-06'], ['8.9e-04', '7.3e-05', '3.4e-05'])
        """
        log_scale, log_y = self._log_scale(model, checks.mass(m, *self.mass_range))
        edges = displaced.crossings(np.log(threshold(self)) - log_scale, self.geometry.shield / self.geometry.decay)
        return tuple(np.exp((edge - log_y) / 2) for edge in edges)

    def why(self, model):
        """Why there is no reach at any mass, or None.

        >>> SHIP.why(ZPrime(mu=1.0))
        'no coupling to what produces it: protons'
        >>> print(SHIP.why(ZPrime.muonic()))
        None
        """
        low, high = self.mass_range
        m = np.geomspace(max(low, 1e-3), min(high, 10.0), 100)
        if not np.any(self.source(model, m)):
            return "no coupling to what produces it: protons"
        if not np.any(np.nan_to_num(decays.branching_ratio(model, m, self.visible))):
            return "no visible decay"
        return "too few visible decays at any coupling" if np.isnan(self.reach(model, m)[0]).all() else None

    def calibrated(self, model, m, lower):
        """The same experiment with the sensitivity that puts the lower edge at coupling `lower` at mass m (GeV).

        >>> dump = SHIP.calibrated(ZPrime.dark_photon(), 0.1, lower=1e-7)
        >>> f"{dump.reach(ZPrime.dark_photon(), 0.1)[0]:.2e}"
        '1.00e-07'
        """
        return replace(self, sensitivity=float(np.exp(self.log_rate(model, m, lower))))

    def at_momentum(self, momentum):
        """The same experiment with another Z' momentum in GeV.

        >>> SHIP.at_momentum(100).geometry.momentum
        100
        """
        return replace(self, geometry=replace(self.geometry, momentum=momentum))


@cache
def threshold(dump):
    """R-bar at the edge of a dump's reach: as given, or from its published lower edge at 100 MeV.

    >>> f"{threshold(SHIP):.2e}"
    '7.50e-21'
    >>> f"{threshold(SEAQUEST):.2e}"
    '2.95e-18'
    """
    if dump.sensitivity is not None:
        return dump.sensitivity
    lower = curves.load(dump.published).lower_at(M_REFERENCE)
    return dump.calibrated(ZPrime.dark_photon(), M_REFERENCE, lower).sensitivity


def inferred_source(model, m, published, geometry):
    """g_p^2 sigma/sigma* from a published dark-photon lower edge: Eq. 3.15 inverted there.

    Production is taken to scale with g_p^2. m: (n,) GeV inside the published curve, ValueError outside.

    >>> source = inferred_source(ZPrime.muonic(), [0.05, 0.1, 0.2], FASER.published, FASER.geometry)
    >>> [f"{s:.1e}" for s in source / source[1]]
    ['4.7e+00', '1.0e+00', '2.4e-01']
    """
    edge, photon = curves.load(published), ZPrime.dark_photon()
    m = checks.mass(m, edge.m[0], edge.m[-1])

    def production(m):
        g = edge.lower_at(m)
        return np.exp(-geometry.log_probability(photon, m, g)) / (g**2 * decays.branching_ratio(photon, m))

    return model.proton**2 * (production(m) / production(np.asarray(M_REFERENCE)))


# Table 1. The momentum is half the beam energy (Sec. 3.3).
SHIP = BeamDump(
    "SHiP", Geometry(60, 50, 200), 400, partial(bremsstrahlung_source, beam_energy=400),
    "SHiP_Ahdida2020new_brem_dipole",
    sensitivity=0.75e-20,  # as the paper prints for p = 200 GeV (Sec. 3.3)
    mass_range=(1e-3, 10.0), references=("Ahdida:2020new",))

SEAQUEST = BeamDump(
    "SeaQuest", Geometry(5, 1, 60), 120, yields_source, "SeaQuest_phase1_Berlin2018",
    visible=("e", "mu"),  # the published reach dips at the rho only if hadrons do not count: Sec. 3.3 shows both
    tables=("dark_photon_yields_120GeV",),
    mass_range=(1.1e-3, 9.0), references=("Berlin:2018pwi",))

_FASER_GEOMETRY = Geometry(480, 15, 3500)
FASER = BeamDump(
    "FASER", _FASER_GEOMETRY, 7000,
    partial(inferred_source, published="FASER2_Ariga2018uku", geometry=_FASER_GEOMETRY), "FASER2_Ariga2018uku",
    tables=("FASER2_Ariga2018uku", hadrons.R_TABLE),
    mass_range=(0.01, 1.3451), references=("Ariga:2018uku",))
