"""Claims of Section 1: the anomaly, and why electrons must couple weakly."""

from collections.abc import Iterator

import numpy as np

from .. import bounds, curves, shares
from ..constants import E_CHARGE, M_MU
from ..physics.g_minus_2 import ANOMALY_2021
from ..physics.models import ZPrime
from .claim import Claim
from .wording import ALL, Range, above, below, of_order

LATTICE = {"hadronic": (707.5, 693.1), "errors": (4.1, 1.58, 5.5)}  # 1e-10: see `lattice_tension`


def claims() -> Iterator[Claim]:
    """All of them, in the order of the paper.

    >>> next(claims()).id
    'significance'
    """
    yield from _anomaly()
    yield from _introduction()


def everything() -> tuple[str, ...]:
    """Names of every existing bound that the paper draws, and of the dark-photon searches.

    :returns: names of bounds.

    >>> "CCFR" in everything()
    True
    """
    return (*bounds.EXISTING, *bounds.named("fig-2.2"))


def lattice_tension() -> float:
    """Standard deviations that are left of Eq. 2.14 with the leading hadronic term of arXiv:2002.12347.

    707.5(5.5) takes the place of 693.1(4.0), in 1e-10; the errors: the measurement's, the prediction's without that
    term (arXiv:2006.04822), the lattice's.

    :returns: standard deviations.

    >>> f"{lattice_tension():.1f}"
    '1.5'
    """
    lattice, dispersive = LATTICE["hadronic"]
    return float((1e10 * ANOMALY_2021.value - (lattice - dispersive)) / np.linalg.norm(LATTICE["errors"]))


def _smallest_electron_coupling():
    searches = (bounds.get(name) for name in bounds.named("fig-2.2") if getattr(bounds.get(name), "shield", None))
    return E_CHARGE * min(np.nanmin(search.region(ZPrime.dark_photon()).lowest) for search in searches)


def _anomaly():
    yield Claim(
        id="significance", section="1; 2.3", statement="The anomaly is this many standard deviations", paper="4.2",
        within=Range(4.11, 4.29, "half a unit of the last digit of 4.2, and of both numbers of Eq. 2.14 (1 %)"),
        unit="sigma", compute=lambda: ANOMALY_2021.significance,
        caveat="Eq. 2.14 as printed gives 4.25; the unrounded inputs give 4.2")
    yield Claim(
        id="lattice", section="1, footnote 1", paper="much smaller", unit="sigma",
        statement="What a lattice calculation leaves of the anomaly, in standard deviations",
        within=below(ANOMALY_2021.significance / 2, "'much smaller': less than half"), compute=lattice_tension,
        caveat="no number is given; 707.5(5.5)e-10 of arXiv:2002.12347 for the leading hadronic term")


def _introduction():
    yield Claim(
        id="dark-photon", section="1", statement="A dark photon: part of the band excluded", paper="all", within=ALL,
        compute=lambda: shares.covered(ZPrime.dark_photon(), everything()),
        caveat="1 MeV to 10 GeV, by the laboratory searches of the catalogue; stars and the early universe not needed")
    yield Claim(
        id="babar-start", section="1", unit="2 m_mu", paper="1", within=above(1.0),
        statement="A Z' lighter than two muons avoids BaBar: where its limit begins, over 2 m_mu",
        compute=lambda: curves.load("BaBar4mu_Lees2016_LmuLtau").m[0] / (2 * M_MU))
    yield Claim(
        id="electron-limits", section="1", statement="Couplings to electrons are excluded down to this size",
        paper="O(1e-8)", within=of_order(1e-8), compute=_smallest_electron_coupling,
        caveat="laboratory searches in the catalogue only")
