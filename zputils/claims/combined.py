"""Claims of Sections 4 and 5: beam dumps and neutrino experiments together."""

from functools import cache, partial

import numpy as np

from .. import bounds, curves
from ..constants import M_MU, M_TAU
from ..physics.models import ZPrime
from ..variations import spread
from .claim import ALL, BOUNDARY, EXACT, MOST, Claim, unchecked

ASSUMED = {"COHERENT future": "for a systematic uncertainty of 5 %, which is ours: the paper gives none"}
MASSES = np.geomspace(1e-3, 10, 400)


def claims():
    """All of them, in the order of the paper.

    >>> claims()[0].id
    'scaling'
    """
    return (*_neutrinos(), *_pincer())


@cache
def covered(ratio, names):
    """Part of the band that the bounds of these names cover at MASSES, g_nu/g_mu = ratio.

    >>> covered(1, ("DUNE",)).shape == MASSES.shape
    True
    """
    return bounds.coverage(ZPrime.muonic(g_nu=ratio), MASSES, names)


def alone(name):
    """Part of what is free today at g_nu = g_mu that one experiment covers.

    >>> f"{alone('DUNE'):.2f}"
    '1.00'
    """
    free = 1 - covered(1, bounds.EXISTING)
    return ((covered(1, (*bounds.EXISTING, name)) - covered(1, bounds.EXISTING)).sum()) / free.sum()


def probed(ratio, *dumps):
    """Part of what is free today below BaBar's end that the planned experiments cover, `dumps` for SHiP and SeaQuest.

    >>> f"{probed(0.1):.2f}"
    '0.58'
    """
    inside = bounds.get("BaBar 4mu").masses.max() > MASSES
    planned = (*dumps, *bounds.NEUTRINO_REACHES) if dumps else bounds.PLANNED
    now, later = covered(ratio, bounds.EXISTING)[inside], covered(ratio, bounds.EXISTING + planned)[inside]
    return (later - now).sum() / (1 - now).sum()


def dumps_reach(ratio, *dumps, scale=M_TAU):
    """The mass in MeV up to which, from 5 MeV on, the dumps (SHiP and SeaQuest) leave at most 1 % of the band; else 0.

    scale: GeV, of the loop-induced couplings (`ZPrime.muonic`).

    >>> round(dumps_reach(0.01))  # MeV
    117
    """
    m = np.geomspace(5e-3, 2 * M_MU, 1000)
    chosen = dumps or bounds.DUMPS
    leave = bounds.coverage(ZPrime.muonic(g_nu=ratio, scale=scale), m, chosen) < 0.99
    return 1e3 * m[leave.argmax() - 1] if leave.any() and not leave[0] else 0.0


def _exponent():
    strong, weak = (bounds.get("DUNE").region(ZPrime.muonic(g_nu=r), 0.03).limit[0] for r in (1, 0.01))
    return np.log(weak / strong) / np.log(100)


def _electrons_over_tridents():
    electrons, tridents = (curves.load(f"DUNE_{name}_Ballett2019_LmuLtau") for name in ("nue", "trident"))
    return electrons.at(3e-3) / tridents.at(3e-3)


def _neutrinos():
    yield Claim("scaling", "4", "Neutrino limits on g_mu scale with this power of g_mu/g_nu", "1/2", 0.4995, 0.5005,
                EXACT, "", _exponent, "the paper writes a factor sqrt(g_nu/g_mu), which is that of the sensitivity")
    yield unchecked("texono", "4, footnote 11", "TEXONO bounds a coupling to electron neutrinos", "stringent",
                    "its data are not in the catalogue, and no number is given")
    yield Claim("electrons-tridents", "4, footnote 12", "DUNE: limit from nu e over that from tridents, 3 MeV", "2",
                1.5, 2.5, "'about a factor of two': nearest to two among whole numbers", "", _electrons_over_tridents)
    for name in ("DUNE", "COHERENT future"):
        yield Claim(f"equal-{name.split()[0].lower()}", "4; 5",
                    f"Part of the free band at g_nu = g_mu that {name} covers",
                    "all", 0.99, 1, ALL, "", lambda name=name: alone(name), ASSUMED.get(name, ""))


def _pincer():
    for ratio, high, tolerance in ((0.01, 125, BOUNDARY), (0.001, np.inf,
    BOUNDARY + ", or more: a bound for every ratio below")):
        yield Claim(f"dumps-{ratio}", "5", f"SHiP and SeaQuest cover the band up to this mass, g_nu = {ratio} g_mu",
                    "100", 75, high, tolerance, "MeV", lambda ratio=ratio: dumps_reach(ratio), "from 5 MeV on",
                    spread=lambda ratio=ratio: spread(partial(dumps_reach, ratio), *bounds.DUMPS))
    for ratio in (1, 0.1, 0.01, 0.001):
        yield Claim(f"most-{ratio}", "4, Fig. 4.1", f"Part of what is free that is probed, g_nu = {ratio} g_mu", "most",
                    0.5, 1, MOST, "", lambda ratio=ratio: probed(ratio),
                    spread=lambda ratio=ratio: spread(partial(probed, ratio), *bounds.DUMPS))
    yield Claim("all-equal", "5", "Everything together at g_nu = g_mu: part of what is free that is probed", "all",
                0.99, 1, ALL, "", lambda: probed(1))
