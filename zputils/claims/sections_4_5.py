"""Claims of Sections 4 and 5: beam dumps and neutrino experiments together."""

from collections.abc import Iterator
from functools import cache, partial

import numpy as np

from .. import bounds, curves, shares
from ..constants import M_TAU
from ..experiments.coherent import coherent_future
from ..methods.beam_dump import BeamDump
from ..physics.models import ZPrime
from ..variations import spread
from .claim import Claim
from .wording import ALL, MOST, NONE, SOME, Range, boundary, exactly, similar

RATIOS = (1, 0.1, 0.01, 0.001)  # g_nu/g_mu of Fig. 4.1


def claims() -> Iterator[Claim]:
    """All of them, in the order of the paper.

    >>> next(claims()).id
    'scaling'
    """
    for part in (_neutrinos, _together, _dumps, _completely):
        yield from part()


def alone(*names: str | bounds.Bound) -> float:
    """Part of what is free today at g_nu = g_mu that these bounds cover without others.

    :param names: of one bound or several, or a bound.
    :returns: from 0 to 1.

    >>> f"{alone('DUNE'):.2f}"
    '1.00'
    """
    return shares.probed(ZPrime.muonic(g_nu=1), names)


def coherent(systematic: float) -> bounds.Bound:
    """COHERENT's future with another systematic uncertainty than the one that is drawn.

    :param systematic: relative, of each detector's prediction.

    >>> coherent(0.02).future
    True
    """
    return coherent_future(systematic)


@cache  # two claims vary the same choices
def dumps_reach(ratio: float, *dumps: bounds.Bound, scale: float = M_TAU) -> float:
    """The mass in MeV up to which, from 5 MeV on, the dumps (SHiP and SeaQuest) leave at most 1 % of the band.

    :param ratio: g_nu/g_mu.
    :param dumps: SHiP and SeaQuest, or others in their place.
    :param scale: GeV, of the loop-induced couplings (`ZPrime.muonic`).
    :returns: MeV.

    >>> round(dumps_reach(0.01))  # MeV
    117
    """
    return 1e3 * shares.covered_up_to(ZPrime.muonic(g_nu=ratio, scale=scale), dumps or bounds.DUMPS)


def probed(ratio: float, *dumps: BeamDump) -> float:
    """Part of what is free today that the planned experiments cover.

    :param ratio: g_nu/g_mu.
    :param dumps: for SHiP and SeaQuest.
    :returns: from 0 to 1.

    >>> f"{probed(0.1):.2f}"
    '0.58'
    """
    planned: shares.Names = (*dumps, *bounds.NEUTRINO_REACHES) if dumps else bounds.PLANNED
    return shares.probed(ZPrime.muonic(g_nu=ratio), planned)


def window(ratio: float, *dumps: BeamDump) -> float:
    """Where BaBar's limit begins over the mass up to which the dumps cover the band.

    :param ratio: g_nu/g_mu.
    :param dumps: for SHiP and SeaQuest.
    :returns: a ratio of masses.

    >>> f"{window(0.01):.1f}"
    '1.8'
    """
    return 1e3 * curves.load("BaBar4mu_Lees2016_LmuLtau").m[0] / dumps_reach(ratio, *dumps)


def _exponent():
    strong, weak = (bounds.get("DUNE").region(ZPrime.muonic(g_nu=r), 0.03).limit[0] for r in (1, 0.01))
    return np.log(weak / strong) / np.log(100)


def _electrons_over_tridents():
    electrons, tridents = (curves.load(f"DUNE_{name}_Ballett2019_LmuLtau") for name in ("nue", "trident"))
    return electrons.lower_at(3e-3) / tridents.lower_at(3e-3)


def _handovers():
    """Steps from g_nu/g_mu = 1 down to 0.001 at which the dumps' part grows and that of neutrinos does not."""
    dumps, neutrinos = ([shares.probed(ZPrime.muonic(g_nu=ratio), names) for ratio in RATIOS]
                        for names in (bounds.DUMPS, bounds.NEUTRINO_REACHES))
    return np.sum((np.diff(dumps) > 0) & (np.diff(neutrinos) <= 0))


def _neutrinos():
    yield Claim(
        id="scaling", section="4", statement="Neutrino limits on g_mu scale with this power of g_mu/g_nu", paper="1/2",
        within=exactly(0.5), compute=_exponent,
        caveat="the paper writes a factor sqrt(g_nu/g_mu), which is that of the sensitivity")
    yield Claim(id="texono", section="4, footnote 11", statement="TEXONO bounds a coupling to electron neutrinos",
                paper="stringent", reason="its data are not in the catalogue, and no number is given")
    yield Claim(
        id="electrons-tridents", section="4, footnote 12", paper="2", compute=_electrons_over_tridents,
        within=Range(1.5, 2.5, "'about a factor of two': nearest to two among whole numbers"),
        statement="DUNE: limit from nu e over that from tridents, 3 MeV")


def _together():
    yield Claim(
        id="complementary", section="4", paper="all 3", compute=_handovers, within=Range(3, 3, SOME),
        statement="Steps down in g_nu, of the 3 of Fig. 4.1, at which dumps see more and neutrinos no more")
    yield Claim(id="equal-dune", section="4; 5", statement="Part of the free band at g_nu = g_mu that DUNE covers",
                paper="all", within=ALL, compute=partial(alone, "DUNE"))
    yield Claim(
        id="equal-coherent", section="4; 5", paper="all", within=ALL, compute=partial(alone, "COHERENT future"),
        statement="Part of the free band at g_nu = g_mu that COHERENT future covers",
        caveat="for the systematic uncertainty that is drawn, 5 %, which is ours; it holds below 2 %: Section 4",
        spread=lambda: (alone(coherent(0.10)), alone(coherent(0.01))))
    yield Claim(
        id="faser-left-out", section="4", paper="none", within=NONE, compute=_faser_adds,
        statement="What FASER, left out of Fig. 4.1, would add to the part probed: the largest of the four panels")
    for ratio in RATIOS:
        yield Claim(
            id=f"most-{ratio}", section="4, Fig. 4.1", paper="most", within=MOST, compute=partial(probed, ratio),
            statement=f"Part of what is free that is probed, g_nu = {ratio} g_mu",
            spread=partial(spread, partial(probed, ratio), *bounds.DUMPS))


def _faser_adds():
    models = map(ZPrime.muonic, RATIOS)
    return max(shares.probed(model, (*bounds.PLANNED, "FASER")) - shares.probed(model) for model in models)


def _dumps():
    for ratio in (0.01, 0.001):
        yield Claim(
            id=f"dumps-{ratio}", section="5", paper="100", unit="MeV", within=boundary(100),
            statement=f"SHiP and SeaQuest cover the band up to this mass, g_nu = {ratio} g_mu",
            compute=partial(dumps_reach, ratio), caveat="from 5 MeV on",
            spread=partial(spread, partial(dumps_reach, ratio), *bounds.DUMPS))
    yield Claim(
        id="narrow", section="5", paper="fairly narrow", within=similar(1), compute=partial(window, 0.01),
        statement="The window that is left at g_nu = 0.01 g_mu: its upper over its lower end",
        spread=partial(spread, partial(window, 0.01), *bounds.DUMPS))


def _completely():
    models = (("all-equal", "g_nu = g_mu", ZPrime.muonic(g_nu=1)),
              ("all-gauged", "L_mu - L_tau", ZPrime.l_mu_minus_l_tau()))
    for name, title, model in models:
        yield Claim(id=name, section="5", paper="all", within=ALL, compute=partial(shares.probed, model),
                    statement=f"Everything together for {title}: part of what is free that is probed")
