"""Claims of Section 2: couplings, the g-2 band, and what is excluded today."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import bounds, curves, shares
from ..constants import ALPHA, M_E, M_MU, M_TAU, SIN2_W
from ..methods.thermal import mass_bound
from ..physics.decays import lepton_width, neutrino_width
from ..physics.g_minus_2 import g_mu_band
from ..physics.models import ZPrime, loop_couplings, mixing_couplings
from .claim import Claim
from .section_1 import everything
from .wording import ALL, NONE, Range, about, above, digits, exactly, similar


def claims() -> Iterator[Claim]:
    """All of them, in the order of the paper.

    >>> next(claims()).id
    'nu-right'
    """
    for part in (_couplings, _mixing, _band, _muons_and_neutrinos, _cosmology, _lower_panels):
        yield from part()


def _couplings():
    yield Claim(
        id="nu-right", section="2.1, footnote 2", statement="Largest coupling of a light right-handed neutrino",
        paper="1e-8",
        reason="taken from a figure of another paper; right-handed neutrinos are not part of this model")


def _limit_error(expected, m, epsilon, theta):
    """Largest difference of (g_eL, g_eR, g_nuL), scaled to its g_eR, from the expected triple, scaled likewise."""
    g_l, g_r = mixing_couplings(m, epsilon, theta, "e")
    g_nu, _ = mixing_couplings(m, epsilon, theta, "nu_e")
    return np.max(np.abs(np.array([g_l, g_r, g_nu]) / g_r - np.array(expected) / expected[1]))


def mass_mixing(r_m: float, theta: float = 1e-4) -> float:
    """Share of the Z in the Z', per theta, for the mass term of Eq. 2.3: from the eigenvectors of the mass matrix.

    For small theta it is 1/(1 - r_m) in size.

    :param r_m: m_Z'^2/m_Z^2.
    :param theta: the mixing angle of Eq. 2.3.
    :returns: a share per angle.

    >>> f"{mass_mixing(0.5):.3f}"
    '2.000'
    """
    _, vectors = np.linalg.eigh([[1.0, theta], [theta, r_m]])
    other = np.argmax(np.abs(vectors[1]))
    return float(abs(vectors[0, other] / vectors[1, other]) / theta)


def _mixing():
    limits = (("dark-photon-limit", "2.2, Eq. 2.8", "Kinetic mixing of a light Z': error of (1, 1, 0)",
               ((1, 1, 0), 1e-3, 1.0, 0.0), ""),
              ("hypercharge-limit", "2.2, Eq. 2.9", "Kinetic mixing of a heavy Z': error of (1/2, 1, 1/2)",
               ((0.5, 1, 0.5), 1e5, 1.0, 0.0), ""),
              ("z-like-limit", "2.2, Eq. 2.10", "Mass mixing alone: error of the Z's couplings",
               ((SIN2_W - 0.5, SIN2_W, 0.5), 0.1, 0.0, 0.01),
               "the limit is epsilon to 0, as the text says; the equation prints infinity"))
    for name, section, statement, inputs, caveat in limits:
        yield Claim(id=name, section=section, statement=statement, paper="0", within=exactly(0, scale=1),
                    compute=partial(_limit_error, *inputs), caveat=caveat)
    yield Claim(
        id="theta-vanishes", section="2.2, Eq. 2.9", paper="0", within=exactly(0, scale=1),
        statement="Mass mixing of a Z' a hundred times heavier than the Z, over that of a light one",
        compute=lambda: mass_mixing(1e4) / mass_mixing(1e-8),
        caveat="from Eq. 2.3; Eqs. 2.4 to 2.6 leave out the factor 1/(1 - r_m) that makes it vanish")
    yield Claim(
        id="loop-at-tau", section="2.2, Eqs. 2.11, 2.12", paper="1", within=exactly(1),
        statement="The loop with Lambda = m_tau over the loop of L_mu - L_tau",
        compute=lambda: ALPHA / (3 * np.pi) * np.log((M_TAU / M_MU) ** 2) / abs(loop_couplings()["e"]))


def _band():
    yield Claim(id="g-light", section="2.3", statement="g_mu for a Z' much lighter than the muon", paper="4.5e-4",
                within=about(4.5e-4), compute=lambda: g_mu_band(1e-3)[1])
    yield Claim(id="g-heavy", section="2.3", statement="g_mu at 10 GeV", paper="0.05", within=about(0.05),
                compute=lambda: g_mu_band(10.0)[1])
    yield Claim(id="g-slope", section="2.3", statement="Far above the muon g_mu grows as this power of the mass",
                paper="1", within=about(1.0), compute=lambda: np.log2(g_mu_band(10.0)[1] / g_mu_band(5.0)[1]))


def _muons_and_neutrinos():
    muons, pair = ZPrime.muonic(loop=False), ZPrime.muonic(g_nu=1)
    yield Claim(
        id="muon-only-above", section="2.3, Fig. 2.2", paper="all", within=ALL,
        statement="Muons alone: part of the band BaBar and CMS exclude above 2 m_mu",
        compute=lambda: shares.covered(muons, bounds.MUON_SEARCHES, low=shares.THRESHOLD),
        caveat="up to 10 GeV, without BaBar's gap at the J/psi")
    yield Claim(
        id="muon-only-below", section="2.3, Fig. 2.2", paper="none", within=NONE,
        statement="Muons alone: part of the band excluded below 2 m_mu",
        compute=lambda: shares.covered(muons, bounds.MUON_SEARCHES, high=shares.THRESHOLD))
    yield Claim(
        id="neutrino-window", section="2.3, Fig. 2.2", paper="some", within=Range(0.01, 0.99, "neither none nor all"),
        statement="Muons and nu_mu alike: part of the band still free below 2 m_mu", compute=lambda: shares.free(pair))
    yield Claim(
        id="charm-ii", section="2.3, footnote 7", paper="> 1", within=above(1), compute=_charm_over_ccfr,
        statement="CHARM II's limit over CCFR's, g_nu = g_mu: the least above 100 MeV")


def _charm_over_ccfr():
    m, pair = np.geomspace(0.1, 10, 100), ZPrime.muonic(g_nu=1)
    charm, ccfr = (bounds.get(name).region(pair, m).limit for name in ("CHARM II", "CCFR"))
    return np.min(charm / ccfr)


def smallest_mass(ratio: ArrayLike) -> NDArray:
    """The mass in MeV that BBN and CMB allow, for this Gamma_ee/Gamma_nunu (Eq. 2.15).

    :param ratio: any shape, 0 to inf.
    :returns: MeV, of the shape of `ratio`.

    >>> f"{smallest_mass(3.8e-5):.1f}"
    '4.9'
    """
    return 1e3 * mass_bound(ratio)


def _bounds_of_all_ratios():
    return smallest_mass(np.geomspace(1e-6, 1e6, 1201))  # what the reference tabulates


def _cosmology():
    pair = ZPrime.muonic(g_nu=1)
    ratio = 2 * pair.e**2
    yield Claim(
        id="electron-mass", section="2.3, Eq. 2.15", paper="1", within=about(1.0),
        statement="Ratio of widths over 2 g_e^2/g_nu^2 at 4.9 MeV",
        compute=lambda: lepton_width(4.9e-3, pair.e, M_E) / neutrino_width(4.9e-3, 1.0) / ratio)
    yield Claim(id="bbn-loop", section="2.3", statement="Smallest mass that BBN and CMB allow for g_nu = g_mu",
                paper="4.9", unit="MeV", within=digits(4.9, 0.1), compute=lambda: smallest_mass(ratio))
    yield Claim(id="bbn-smallest", section="2.3", statement="Smallest of these bounds over all ratios", paper="1.3",
                unit="MeV", within=digits(1.3, 0.1), compute=lambda: _bounds_of_all_ratios().min())
    yield Claim(id="bbn-largest", section="2.3", statement="Largest of these bounds over all ratios", paper="9.4",
                unit="MeV", within=digits(9.4, 0.1), compute=lambda: _bounds_of_all_ratios().max())
    yield Claim(
        id="white-dwarfs", section="2.3", paper="1", within=similar(1), compute=_dwarfs_over_borexino,
        statement="White dwarfs against Borexino, 2 to 20 MeV: largest factor between them")


def _dwarfs_over_borexino():
    m = np.geomspace(2.2e-3, 2e-2, 50)
    ratio = curves.load("WhiteDwarf_LmuLtau").lower_at(m) / curves.load("Borexino_LmuLtau").lower_at(m)
    return np.exp(np.abs(np.log(ratio)).max())


def open_with(fermion: str, ratio: float = 10.0) -> float:
    """Part of the band below 2 m_mu that stays free when this fermion couples `ratio` times as strongly as the muon.

    :param fermion: that couples besides the muon.
    :param ratio: its coupling over the muon's.
    :returns: from 0 to 1.

    >>> open_with("nu_mu")
    0.0
    """
    coupling: dict[str, Any] = {fermion: ratio}
    model = ZPrime.muonic() + ZPrime(**coupling)
    return shares.free(model, [name for name in everything() if bounds.get(name).why_not(model) is None])


def _without(names):
    return [name for name in everything() if name not in names]


def _covered(model):
    return shares.covered(model, everything())


def _gain(names):
    """What the bounds of `names` add to the excluded part of the band, the same coupling to all leptons."""
    model = ZPrime.universal_leptons()
    return _covered(model) - shares.covered(model, _without(names))


def _lower_panels():
    for name, model in (("leptons", ZPrime.universal_leptons()), ("fermions", ZPrime.all_fermions())):
        yield Claim(
            id=f"universal-{name}", section="2.3, Fig. 2.2", paper="all", within=ALL,
            statement=f"The same coupling to all {name}: part of the band excluded",
            compute=partial(_covered, model),
            caveat="1 MeV to 10 GeV, without BaBar's gap at the J/psi")
    yield Claim(
        id="e137-orsay", section="2.3, footnote 8", paper="nothing", within=NONE,
        statement="What E137 and Orsay add to the excluded part of the band", compute=lambda: _gain({"E137", "Orsay"}))
    ten = Range(0, 0.01, "'≳': a coupling ten times the muon's leaves less than 1 %")
    for fermion in ("e", "nu_mu", "u", "d"):
        yield Claim(
            id=f"hierarchy-{fermion.split('_')[0]}", section="2.3, Eq. 2.17", paper="none", within=ten,
            statement=f"g_{fermion} = 10 g_mu: part of the band still free below 2 m_mu",
            compute=partial(open_with, fermion),
            caveat="no search of the catalogue sees a coupling to quarks alone near 2 m_mu" * (fermion in "ud"))
