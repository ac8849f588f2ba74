"""Claims of Section 3.3: SHiP, SeaQuest and FASER, their reproduction, and what neutrinos do to them."""

from collections.abc import Iterator
from functools import partial

from .. import curves
from ..experiments.faser import FASER
from ..experiments.seaquest import SEAQUEST
from ..experiments.ship import SHIP
from ..methods.calibration import threshold
from ..physics.models import ZPrime
from ..variations import spread
from . import case_studies as case
from . import reproduced
from .claim import Claim
from .reproduced import HYPERCHARGE, PHOTON, off_resonances
from .wording import NONE, Range, above, accurate, below, boundary, digits, exactly, of_order, similar


def claims() -> Iterator[Claim]:
    """All of them, in the order of the paper.

    >>> next(claims()).id
    'ship-anchor'
    """
    for part in (_rates, _ship, _loop, _neutrinos, _reproduced, _other_dumps, _half_the_energy, _faser):
        yield from part()


def _rates():
    yield Claim(id="ship-anchor", section="3.3", statement="SHiP's published lower edge at 100 MeV", paper="5.28e-8",
                within=digits(5.28e-8, 1e-10), compute=lambda: curves.load(SHIP.published).lower_at(0.1))
    yield Claim(
        id="rate", section="3.3", paper="0.75e-20", within=digits(0.75e-20, 1e-22),
        statement="R-bar that puts SHiP's edge there, p = 200 GeV", compute=lambda: threshold(reproduced.ship(200)),
        caveat="the other two printed ones, 0.5e-20 and 1.5e-20, follow from it by 1/p")
    yield Claim(
        id="rate-ratio", section="3.3", paper="3",
        within=Range(1.45 / 0.55, 1.55 / 0.45, "both to " + digits(1, 1).rule),
        statement="The largest of the three R-bar over the smallest",
        compute=lambda: threshold(reproduced.ship(100)) / threshold(reproduced.ship(300)),
        caveat="the paper's text does not print the momenta: 300, 200 and 100 GeV")


def _ship():
    yield Claim(
        id="ship-accuracy", section="3.3, Fig. 3.2", paper="small", within=accurate(),
        statement="Largest deviation from SHiP's published reach, p = 200 GeV",
        compute=lambda: reproduced.deviation(reproduced.ship(200), HYPERCHARGE, off_resonances(SHIP)),
        caveat="up to 2.1 GeV, short of the tip")
    yield Claim(
        id="ship-momentum", section="3.3", paper="1", within=similar(1),
        statement="SHiP's upper edge at 50 MeV, p = 300 over 100 GeV",
        compute=lambda: reproduced.momentum_ratio(SHIP, HYPERCHARGE),
        caveat="it goes a little faster than sqrt(p)")


def _loop():
    yield Claim(id="proton-coupling", section="3.3", statement="g_p/g_e from the loop", paper="-1",
                within=exactly(-1), compute=lambda: ZPrime.muonic().proton / ZPrime.muonic().e)
    yield Claim(
        id="proton-o1", section="3.3", paper="small", within=Range(-0.25, 0.25, "'not qualitatively': a quarter of it"),
        statement="Change of the band's part that SHiP and SeaQuest cover below 2 m_mu, g_p doubled",
        compute=case.doubled_proton)
    for edge, name in ((0, "lower"), (1, "upper")):
        yield Claim(
            id=f"drop-{name}", section="3.3", paper="very substantial", within=above(2, "more than a factor of two"),
            statement=f"SHiP, g_nu = 0: the {name} edge at 200 over 225 MeV",
            compute=partial(case.drop, edge), spread=partial(spread, partial(case.drop, edge), "SHiP"))


def _neutrinos():
    yield Claim(id="nu-high", section="3.3", paper="1", within=similar(1), compute=partial(case.high_masses, 0.2),
                statement="SHiP, g_nu = 0.2 g_mu: largest factor on the upper edge, 213 to 600 MeV")
    yield Claim(id="nu-low", section="3.3", paper="10", within=of_order(10), compute=case.upper_edge_falls,
                statement="SHiP, g_nu = 0.2 g_mu: factor by which the upper edge falls at 100 MeV",
                spread=partial(spread, partial(case.upper_edge_falls, None), "SHiP"))
    yield Claim(id="nu-2-high", section="3.3", paper="affected", compute=partial(case.high_masses, 2),
                within=above(1.2, "'affected': more than the 20 % of an agreement"),
                statement="SHiP, g_nu = 2 g_mu: largest factor on the upper edge, 213 to 600 MeV")
    yield Claim(id="nu-2-light", section="3.3", paper="80", unit="MeV", within=boundary(80), compute=case.light_end,
                statement="SHiP, g_nu = 2 g_mu: end of the light region",
                spread=partial(spread, partial(case.light_end, None), "SHiP"))
    yield Claim(id="nu-2-heavy", section="3.3", paper="212", unit="MeV", within=boundary(212), compute=case.heavy_start,
                statement="SHiP, g_nu = 2 g_mu: start of the heavy region")


def _reproduced():
    yield Claim(
        id="seaquest-accuracy", section="3.3", paper="small", within=accurate(),
        statement="Largest deviation from SeaQuest's published reach",
        caveat="off the rho, omega and phi, up to 1.35 GeV",
        compute=lambda: reproduced.deviation(SEAQUEST, PHOTON, off_resonances(SEAQUEST)))
    yield Claim(
        id="faser-accuracy", section="3.3", paper="small", within=accurate(), compute=reproduced.faser_deviation,
        statement="Typical deviation from FASER's published upper edge",
        caveat="the median; production is inferred from the lower edge, which therefore agrees")


def _other_dumps():
    yield Claim(
        id="faser-volume", section="3.3, Table 1", statement="FASER's decay length", paper="5x3 m",
        reason="a product of a length and a width; 15 m is our reading, which a single momentum does not tell from 5 m")
    yield Claim(id="seaquest-protons", section="3.3", statement="Protons of SeaQuest's first phase", paper="1.44e18",
                reason="an input of the published reach, which fixes the rate here")
    yield Claim(id="seaquest-phase-2", section="3.3", paper="< 1", within=below(1), compute=case.phase_two,
                statement="SeaQuest's lower edge at 50 MeV with 1e20 protons, over that with 1.44e18")
    for dump in (SEAQUEST, FASER):
        yield Claim(id=f"{dump.name.lower()}-momentum", section="3.3", paper="1", within=similar(1),
                    statement=f"{dump.name}'s upper edge at 50 MeV, three quarters over a quarter of the beam energy",
                    compute=partial(reproduced.momentum_ratio, dump, PHOTON),
                    caveat="it goes a little faster than sqrt(p)")


def _half_the_energy():
    for dump, model in ((SHIP, HYPERCHARGE), (SEAQUEST, PHOTON), (FASER, PHOTON)):
        yield Claim(id=f"half-{dump.name.lower()}", section="3.3", paper="< 1", within=below(1),
                    statement=f"{dump.name}: misfit at half the beam energy over the better of 1/4 and 3/4",
                    compute=partial(reproduced.half_beats, dump, model))


def _faser():
    yield Claim(id="faser-tip", section="3.3", statement="Heaviest Z' in FASER's published reach", paper="< 3",
                within=below(3), unit="GeV", compute=lambda: curves.load(FASER.published).m[-1])
    yield Claim(
        id="faser-protons", section="3.3", statement="Protons on target that 3 ab^-1 stand for", paper="2.3e17",
        within=digits(2.3e17, 1e16), compute=case.protons_on_target,
        caveat="inelastic collisions at 13 TeV, 75.4 mb (LHCb, arXiv:1803.10974); 79.5 mb (TOTEM, arXiv:1712.06153)",
        spread=lambda: (case.protons_on_target(75.4), case.protons_on_target(79.5)))
    for ratio in (0, 0.2, 2):
        yield Claim(id=f"faser-band-{ratio}", section="3.3, Fig. 3.3", paper="none", within=NONE,
                    statement=f"Largest part of the band FASER covers, g_nu = {ratio} g_mu",
                    compute=partial(case.faser_coverage, ratio), also=partial(case.faser_by_events, ratio))
