"""Claims of Sections 1 and 2: couplings, the anomaly, and what is excluded today."""

import numpy as np

from .. import bounds, curves
from ..constants import ALPHA, E_CHARGE, M_E, M_MU, M_TAU, SIN2_W
from ..methods.thermal import mass_bound
from ..physics.decays import lepton_width, neutrino_width
from ..physics.g_minus_2 import ANOMALY_2021, band
from ..physics.models import ZPrime, loop_couplings, mixing_couplings
from .claim import ABOUT, ALL, DIGITS, EXACT, ORDER, SOME, WEAK, Claim, unchecked


def claims():
    """All of them, in the order of the paper.

    >>> claims()[0].id
    'significance'
    """
    return (*_introduction(), *_mixing(), *_band(), *_muons_and_neutrinos(), *_cosmology(), *_lower_panels())


def _smallest_electron_coupling():
    searches = (bounds.get(name) for name in bounds.named("fig-2.2") if getattr(bounds.get(name), "shield", None))
    return E_CHARGE * min(np.nanmin(search.region(ZPrime.dark_photon()).lowest) for search in searches)


def _introduction():
    yield Claim("significance", "1; 2.3", "The anomaly is this many standard deviations", "4.2", 4.11, 4.29,
                "half a unit of the last digit of 4.2, and of both numbers of Eq. 2.14 (1 %)", "sigma",
                lambda: ANOMALY_2021.significance, "Eq. 2.14 as printed gives 4.25; the unrounded inputs give 4.2")
    yield unchecked("lattice", "1, footnote 1", "A lattice result makes the discrepancy much smaller", "much smaller",
                    "no number is given")
    yield Claim("babar-start", "1", "A Z' lighter than two muons avoids BaBar: where its limit begins, over 2 m_mu",
                "1", 1.0, np.inf, SOME, "2 m_mu", lambda: curves.load("BaBar4mu_Lees2016_LmuLtau").m[0] / (2 * M_MU))
    yield Claim("electron-limits", "1", "Couplings to electrons are excluded down to this size", "O(1e-8)",
                10**-8.5, 10**-7.5, ORDER, "", _smallest_electron_coupling, "laboratory searches in the catalogue only")
    yield unchecked("nu-right", "2.1, footnote 2", "Largest coupling of a light right-handed neutrino", "1e-8",
                    "taken from a figure of another paper; right-handed neutrinos are not part of this model")


def _limit_error(expected, m, epsilon, theta):
    """Largest difference of (g_eL, g_eR, g_nuL), scaled to its g_eR, from the expected triple, scaled likewise."""
    g_l, g_r = mixing_couplings(m, epsilon, theta, "e")
    g_nu, _ = mixing_couplings(m, epsilon, theta, "nu_e")
    return np.max(np.abs(np.array([g_l, g_r, g_nu]) / g_r - np.array(expected) / expected[1]))


def _mixing():
    yield Claim("dark-photon-limit", "2.2, Eq. 2.8", "Kinetic mixing of a light Z': error of (1, 1, 0)", "0", 0, 1e-3,
                EXACT, "", lambda: _limit_error((1, 1, 0), 1e-3, 1.0, 0.0))
    yield Claim("hypercharge-limit", "2.2, Eq. 2.9", "Kinetic mixing of a heavy Z': error of (1/2, 1, 1/2)", "0", 0,
                1e-3, EXACT, "", lambda: _limit_error((0.5, 1, 0.5), 1e5, 1.0, 0.0))
    yield Claim("z-like-limit", "2.2, Eq. 2.10", "Mass mixing alone: error of the Z's couplings", "0", 0, 1e-3, EXACT,
                "", lambda: _limit_error((SIN2_W - 0.5, SIN2_W, 0.5), 0.1, 0.0, 0.01),
                "the limit is epsilon to 0, as the text says; the equation prints infinity")
    yield Claim("loop-at-tau", "2.2, Eqs. 2.11, 2.12", "The loop with Lambda = m_tau over the loop of L_mu - L_tau",
                "1", 0.999, 1.001, EXACT, "",
                lambda: ALPHA / (3 * np.pi) * np.log((M_TAU / M_MU) ** 2) / abs(loop_couplings()["e"]))


def _band():
    yield Claim("g-light", "2.3", "g_mu for a Z' much lighter than the muon", "4.5e-4", 4.05e-4, 4.95e-4, ABOUT, "",
                lambda: band(1e-3)[1])
    yield Claim("g-heavy", "2.3", "g_mu at 10 GeV", "0.05", 0.045, 0.055, ABOUT, "", lambda: band(10.0)[1])
    yield Claim("g-slope", "2.3", "Far above the muon g_mu grows as this power of the mass", "1", 0.9, 1.1, ABOUT, "",
                lambda: np.log2(band(10.0)[1] / band(5.0)[1]))


def excluded(model, names, low, high):
    """Fraction of the band, in ln g and ln m, excluded from `low` to `high` GeV; BaBar's gap at the J/psi left out.

    >>> f"{excluded(ZPrime.muonic(), ['BaBar 4mu'], 0.25, 2.0):.2f}"
    '1.00'
    """
    m = np.geomspace(low, high, 400)
    m = m[(m < 3.0) | (m > 3.2)]
    return bounds.coverage(model, m, [name for name in names if bounds.get(name).why(model) is None]).mean()


def _muons_and_neutrinos():
    muons, pair = ZPrime.muonic(loop=False), ZPrime.muonic(g_nu=1)
    yield Claim("muon-only-above", "2.3, Fig. 2.2", "Muons alone: part of the band BaBar and CMS exclude above 2 m_mu",
                "all", 0.99, 1, ALL, "", lambda: excluded(muons, bounds.MUON_SEARCHES, 2 * M_MU * (1 + 1e-6), 10.0),
                "up to 10 GeV, without BaBar's gap at the J/psi")
    yield Claim("muon-only-below", "2.3, Fig. 2.2", "Muons alone: part of the band excluded below 2 m_mu", "none",
                0, 0.01, ALL, "", lambda: excluded(muons, bounds.MUON_SEARCHES, 1e-3, 2 * M_MU * (1 - 1e-6)))
    yield Claim("neutrino-window", "2.3, Fig. 2.2", "Muons and nu_mu alike: part of the band still free below 2 m_mu",
                "some", 0.01, 0.99, SOME, "", lambda: 1 - excluded(pair, bounds.EXISTING, 1e-3, 2 * M_MU * (1 - 1e-6)))
    yield unchecked("charm-ii", "2.3, footnote 7", "CHARM II is weaker than CCFR above about 100 MeV", "100 MeV",
                    "no data of CHARM II are in the catalogue")


DECADES = np.geomspace(1e-6, 1e6, 1201)  # the ratios between the last finite rows of the table


def _cosmology():
    pair = ZPrime.muonic(g_nu=1)
    ratio = 2 * pair.e**2
    yield Claim("electron-mass", "2.3, Eq. 2.15", "Ratio of widths over 2 g_e^2/g_nu^2 at 4.9 MeV", "1", 0.9, 1.1,
                ABOUT, "", lambda: lepton_width(4.9e-3, pair.e, M_E) / neutrino_width(4.9e-3, 1.0) / ratio)
    yield Claim("bbn-loop", "2.3", "Smallest mass that BBN and CMB allow for g_nu = g_mu", "4.9", 4.85, 4.95, DIGITS,
                "MeV", lambda: 1e3 * mass_bound(ratio))
    yield Claim("bbn-smallest", "2.3", "Smallest of these bounds over all ratios", "1.3", 1.25, 1.35, DIGITS, "MeV",
                lambda: 1e3 * mass_bound(DECADES).min())
    yield Claim("bbn-largest", "2.3", "Largest of these bounds over all ratios", "9.4", 9.35, 9.45, DIGITS, "MeV",
                lambda: 1e3 * mass_bound(DECADES).max(),
                f"at 1e6, the largest finite ratio of the table; {1e3 * mass_bound(np.inf):.1f} for electrons alone")
    yield Claim("white-dwarfs", "2.3", "White dwarfs against Borexino, 2 to 20 MeV: largest factor between them", "1",
                1, 2, WEAK, "", _dwarfs_over_borexino)


def _dwarfs_over_borexino():
    m = np.geomspace(2.2e-3, 2e-2, 50)
    ratio = curves.load("WhiteDwarf_LmuLtau").at(m) / curves.load("Borexino_LmuLtau").at(m)
    return np.exp(np.abs(np.log(ratio)).max())


def everything():
    """Every existing bound the paper names, and the dark-photon searches.

    >>> "CCFR" in everything()
    True
    """
    return (*bounds.EXISTING, *bounds.named("fig-2.2"))


def _gain(model, names):
    """What the bounds of `names` add to the excluded part of the band, 1 MeV to 10 GeV."""
    return excluded(model, everything(), 1e-3, 10.0) - excluded(model, set(everything()) - names, 1e-3, 10.0)


def _lower_panels():
    for name, model in (("leptons", ZPrime.universal_leptons()), ("fermions", ZPrime.all_fermions())):
        yield Claim(f"universal-{name}", "2.3, Fig. 2.2", f"The same coupling to all {name}: part of the band excluded",
                    "all", 0.99, 1, ALL, "", lambda model=model: excluded(model, everything(), 1e-3, 10.0),
                    "1 MeV to 10 GeV, without BaBar's gap at the J/psi")
    yield Claim("e137-orsay", "2.3, footnote 8", "What E137 and Orsay add to the excluded part of the band", "nothing",
                0, 0.01, ALL, "", lambda: _gain(ZPrime.universal_leptons(), {"E137", "Orsay"}))
