"""Claims of Section 3: beam dumps, their reproduction, and what neutrinos do to them."""

from functools import cache, partial

import numpy as np
from scipy.optimize import elementwise

from .. import bounds, curves
from ..constants import HBAR_C, M_MU, M_TAU
from ..experiments.electron_dump import ELECTRON_DUMP, electron_model
from ..experiments.faser import FASER
from ..experiments.seaquest import SEAQUEST
from ..experiments.ship import SHIP, fits
from ..physics.models import ZPrime
from ..physics.production import dipole_form_factor_squared, vmd_form_factor_squared
from ..variations import spread
from .claim import ABOUT, ACCURATE, ALL, BOUNDARY, DIGITS, EXACT, ORDER, SOME, WEAK, Claim, unchecked

PHOTON, HYPERCHARGE = ZPrime.dark_photon(), ZPrime.dark_photon(hypercharge=True)
FINE = np.geomspace(2e-3, 1, 4000)


def claims():
    """All of them, in the order of the paper.

    >>> claims()[0].id
    'rate-identity'
    """
    return (*_simplified(), *_hadronic(), *_ship(), *_neutrinos(), *_other_dumps(), *_half_the_energy(), *_faser())


def _eq_3_8(g, ratio, m=0.1):
    """R-bar of Eq. 3.8 over that of Eqs. 3.2 to 3.7, at coupling g."""
    width = g**2 * (1 + ratio**2 / 2)
    y = ELECTRON_DUMP.geometry.decay * m**2 / (12 * np.pi * 200 * HBAR_C) * width
    return g**4 / width * np.exp(-1.2 * y) * -np.expm1(-y) / np.exp(ELECTRON_DUMP.log_rate(electron_model(ratio), m, g))


def _moves(edge):
    """Factor by which an edge at 100 MeV moves from g_nu = 0 to 20 g_e."""
    without, with_neutrinos = (ELECTRON_DUMP.reach(electron_model(ratio), 0.1)[edge] for ratio in (0, 20))
    return np.exp(abs(np.log(without / with_neutrinos)))


def _heaviest(ratio):
    m = np.geomspace(2e-3, 1000, 4000)
    return m[np.isfinite(ELECTRON_DUMP.reach(electron_model(ratio), m)[0])].max()


def _simplified():
    yield Claim("rate-identity", "3.1, Eq. 3.8", "The closed form of R-bar over its definition, 100 MeV, g_nu = 5 g_e",
                "1", 0.999, 1.001, EXACT, "", lambda: _eq_3_8(1e-6, 5))
    yield Claim("rate-ratio-100", "3.1, Fig. 3.1", "Largest R-bar at g_nu = 100 g_e over the sensitivity 1e-19", "< 1",
                0, 1, SOME, "", lambda: _peak(100) / 1e-19)
    yield Claim("edges-move", "3.1", "g_nu moves the upper edge more than the lower: the one factor over the other",
                "> 1", 1, np.inf, SOME, "", lambda: _moves(1) / _moves(0))
    yield Claim("contours-shrink", "3.1, Fig. 3.1", "Heaviest mass seen at g_nu = 20 g_e over that at g_nu = 0", "< 1",
                0, 1, SOME, "", lambda: _heaviest(20) / _heaviest(0))


def _peak(ratio):
    return np.exp(ELECTRON_DUMP.log_rate(electron_model(ratio), 0.1, np.geomspace(1e-9, 1e-3, 4000)).max())


def _vector_mesons_matter():
    def excess(m):
        return vmd_form_factor_squared(m) / dipole_form_factor_squared(m) - 2

    return 1e3 * elementwise.find_root(excess, (0.2, 0.7)).x


def _hadronic():
    yield Claim("muon-threshold", "3.2", "Twice the muon mass", "212", 190.8, 233.2, ABOUT, "MeV", lambda: 2e3 * M_MU,
                "211.3, which rounds to 211")
    yield Claim("tau-threshold", "3.2", "Twice the tau mass", "3.5", 3.15, 3.85, ABOUT, "GeV", lambda: 2 * M_TAU)
    yield Claim("r-data-low", "3.2", "Where data on R begin", "0.3", 0.225, 0.375, BOUNDARY, "GeV",
                lambda: curves.table("pdg_rratio_2020").E_cm_GeV.min())
    yield Claim("r-data-high", "3.2", "Where data on R end", "200", 150, 250, BOUNDARY, "GeV",
                lambda: curves.table("pdg_rratio_2020").E_cm_GeV.max())
    yield Claim("vmd", "3.2, footnote 10", "Where vector mesons make production twice the dipole's", "500", 375, 625,
                BOUNDARY, "MeV", _vector_mesons_matter,
                "'significant' read as a factor of two, which falls at the edge of the range")


@cache
def ship(p):
    """SHiP at momentum p (GeV), calibrated at 100 MeV to its published lower edge.

    >>> f"{ship(200).sensitivity:.2e}"
    '1.30e-20'
    """
    return fits((p,))[p]


def _deviation(dump, model, m):
    """Largest relative difference of either edge from the published reach."""
    published = curves.load(dump.published)
    return max(np.nanmax(np.abs(edge / at(m) - 1)) for edge, at in
               zip(dump.reach(model, m), (published.lower_at, published.upper_at), strict=True))


def _ship():
    yield Claim("ship-anchor", "3.3", "SHiP's published lower edge at 100 MeV", "5.28e-8", 5.275e-8, 5.285e-8, DIGITS,
                "", lambda: curves.load(SHIP.published).lower_at(0.1))
    for p, printed, half in ((300, 0.5, 0.05), (200, 0.75, 0.005), (100, 1.5, 0.05)):
        yield Claim(f"rate-{p}", "3.3", f"R-bar that puts SHiP's edge there, p = {p} GeV", f"{printed}e-20",
                    (printed - half) * 1e-20, (printed + half) * 1e-20, DIGITS, "",
                    lambda p=p: ship(p).sensitivity)
    yield Claim("rate-ratio", "3.3", "The largest of the three R-bar over the smallest", "3", 2.64, 3.44,
                "1.5 and 0.5, each to " + DIGITS, "", lambda: ship(100).sensitivity / ship(300).sensitivity,
                "the paper's text does not print the momenta: 300, 200 and 100 GeV")
    yield Claim("ship-accuracy", "3.3, Fig. 3.2", "Largest deviation from SHiP's published reach, p = 200 GeV", "small",
                0, 0.2, ACCURATE, "", lambda: _deviation(ship(200), HYPERCHARGE, _published_masses(SHIP, 2.1)),
                "up to 2.1 GeV, short of the tip")
    yield Claim("ship-momentum", "3.3", "SHiP's upper edge at 50 MeV, p = 300 over 100 GeV", "1", 0.5, 2, WEAK, "",
                lambda: ship(300).reach(HYPERCHARGE, 0.05)[1] / ship(100).reach(HYPERCHARGE, 0.05)[1],
                "it goes a little faster than sqrt(p)")


def _published_masses(dump, end):
    m = curves.load(dump.published).m
    return m[m < end]


def _edge(ratio, m, edge=1, dump=SHIP):
    return dump.reach(ZPrime.muonic(g_nu=ratio), m)[edge]


def light_end(model, dump=SHIP):
    """The mass in MeV below the muon threshold at which SHiP's reach closes.

    >>> round(light_end(ZPrime.muonic(g_nu=2)))  # MeV
    9
    """
    return 1e3 * FINE[np.isfinite(dump.reach(model, FINE)[0]) & (FINE < 2 * M_MU)].max()


def upper_edge_falls(change=1.0, dump=SHIP):
    """Factor by which g_nu = 0.2 g_mu lowers SHiP's upper edge at 100 MeV; loop couplings `change` times Eq. 2.12.

    >>> f"{upper_edge_falls():.1f}"
    '55.4'
    """
    return dump.reach(looped(0, change), 0.1)[1] / dump.reach(looped(0.2, change), 0.1)[1]


def looped(ratio, factor):
    """The muonic model with loop-induced couplings `factor` times those of Eq. 2.12.

    >>> looped(0.2, 3).e / looped(0.2, 1).e
    3.0
    """
    return ZPrime(mu=1.0, nu_mu=ratio) + factor * (ZPrime.muonic() + ZPrime(mu=-1.0))


def _high_masses():
    m = FINE[(FINE > 0.213) & (FINE < 0.6)]
    return np.exp(np.nanmax(np.abs(np.log(_edge(0.2, m) / _edge(0, m)))))


def _second_region():
    seen = FINE[np.isfinite(_edge(2, FINE))]
    return 1e3 * seen[seen > 0.1].min()


def _neutrinos():
    yield Claim("proton-coupling", "3.3", "g_p/g_e from the loop", "-1", -1.001, -0.999, EXACT, "",
                lambda: ZPrime.muonic().proton / ZPrime.muonic().e)
    yield Claim("proton-o1", "3.3", "Change of the band's part that SHiP and SeaQuest cover below 2 m_mu, g_p doubled",
                "small", -0.25, 0.25, "'not qualitatively': a quarter of the band", "", _doubled_proton)
    for edge, name in ((0, "lower"), (1, "upper")):
        yield Claim(f"drop-{name}", "3.3", f"SHiP, g_nu = 0: the {name} edge at 200 over 225 MeV", "very substantial",
                    2, np.inf, "more than a factor of two", "",
                    lambda edge=edge: _drop(edge), spread=lambda edge=edge: spread(partial(_drop, edge), "SHiP"))
    yield Claim("nu-high", "3.3", "SHiP, g_nu = 0.2: largest factor on the upper edge, 213 to 600 MeV", "1",
                1, 2, WEAK, "", _high_masses)
    yield Claim("nu-low", "3.3", "SHiP, g_nu = 0.2: factor by which the upper edge falls at 100 MeV", "10", 10**0.5,
                10**1.5, ORDER, "", upper_edge_falls,
                spread=lambda: spread(partial(upper_edge_falls, 1.0), "SHiP"))
    yield Claim("nu-2-light", "3.3", "SHiP, g_nu = 2 g_mu: end of the light region", "80", 60, 100, BOUNDARY, "MeV",
                lambda: light_end(ZPrime.muonic(g_nu=2)),
                spread=lambda: spread(partial(light_end, ZPrime.muonic(g_nu=2)), "SHiP"))
    yield Claim("nu-2-heavy", "3.3", "SHiP, g_nu = 2 g_mu: start of the heavy region", "212", 159, 265, BOUNDARY, "MeV",
                _second_region)


def _drop(edge, dump=SHIP):
    return _edge(0, 0.2, edge, dump) / _edge(0, 0.225, edge, dump)


def _doubled_proton():
    m, loop = np.geomspace(2e-3, 0.21, 100), ZPrime.muonic()
    doubled = loop + ZPrime(u=loop.u, d=loop.d, s=loop.s, c=loop.c, b=loop.b)
    names = ("SHiP", "SeaQuest")
    return (bounds.coverage(doubled, m, names) - bounds.coverage(loop, m, names)).mean()


def seaquest_masses():
    """SeaQuest's published masses off the rho, omega and phi, short of the tip.

    >>> m = seaquest_masses()
    >>> bool(((m < 0.74) | (m > 0.82)).all())
    True
    """
    m = curves.load(SEAQUEST.published).m
    return m[((m < 0.74) | (m > 0.82)) & (np.abs(m - 1.019) > 0.01) & (m < 1.35)]


def _other_dumps():
    yield Claim("seaquest-accuracy", "3.3", "Largest deviation from SeaQuest's published reach", "small", 0, 0.2,
                ACCURATE,
                "", lambda: _deviation(SEAQUEST, PHOTON, seaquest_masses()),
                "off the rho, omega and phi, up to 1.35 GeV")
    yield Claim("faser-accuracy", "3.3", "Typical deviation from FASER's published upper edge", "small", 0, 0.2,
                ACCURATE,
                "", _faser_deviation, "the median; production is inferred from the lower edge, which therefore agrees")
    yield unchecked("faser-volume", "3.3, Table 1", "FASER's decay length", "5x3 m",
                    "a product of a length and a width")
    yield unchecked("seaquest-protons", "3.3", "Protons of SeaQuest's first phase", "1.44e18",
                    "an input of the published reach, which fixes the rate here")


def _faser_deviation():
    published = curves.load(FASER.published)
    return np.median(np.abs(FASER.reach(PHOTON, published.m[:-1])[1] / published.upper[:-1] - 1))


def best_fraction(dump, model, m):
    """The momentum over the beam energy that minimises the mean squared ln(upper edge/published).

    >>> f"{best_fraction(SEAQUEST, PHOTON, seaquest_masses()):.2f}"
    '0.56'
    """
    published, fractions = curves.load(dump.published), np.linspace(0.2, 0.9, 71)

    def misfit(fraction):
        moved = dump.at_momentum(fraction * dump.beam_energy).calibrated(model, 0.1, published.lower_at(0.1))
        return np.nanmean(np.log(moved.reach(model, m)[1] / published.upper_at(m)) ** 2)

    return fractions[np.argmin([misfit(fraction) for fraction in fractions])]


def _half_the_energy():
    inputs = ((SHIP, HYPERCHARGE, _published_masses(SHIP, 2.1)), (SEAQUEST, PHOTON, seaquest_masses()),
              (FASER, PHOTON, curves.load(FASER.published).m[:-5]))
    for dump, model, m in inputs:
        yield Claim(f"half-{dump.name.lower()}", "3.3", f"{dump.name}: best momentum over the beam energy", "0.5",
                    0.45, 0.55, ABOUT, "", lambda dump=dump, model=model, m=m: best_fraction(dump, model, m))


def faser_coverage(ratio):
    """Largest part of the band at any mass that FASER covers.

    >>> f"{faser_coverage(0.2):.2f}"
    '0.50'
    """
    return bounds.coverage(ZPrime.muonic(g_nu=ratio), np.geomspace(0.0101, 0.6, 200), ["FASER"]).max()


def protons_on_target(cross_section=79.5):
    """Collisions in 3 ab^-1; cross_section: mb, by default the inelastic one at 13 TeV (arXiv:1712.06153).

    >>> f"{protons_on_target():.1e}"
    '2.4e+17'
    """
    return 3e42 * cross_section * 1e-27


def _faser():
    yield Claim("faser-tip", "3.3", "Heaviest Z' in FASER's published reach", "< 3", 0, 3, SOME, "GeV",
                lambda: curves.load(FASER.published).m[-1])
    yield Claim("faser-protons", "3.3", "Protons on target that 3 ab^-1 stand for", "2.3e17", 2.25e17, 2.35e17,
                DIGITS, "", protons_on_target)
    for ratio in (0, 0.2, 2):
        yield Claim(f"faser-band-{ratio}", "3.3, Fig. 3.3",
                    f"Largest part of the band FASER covers, g_nu = {ratio} g_mu",
                    "none", 0, 0.01, ALL, "", lambda ratio=ratio: faser_coverage(ratio))
