"""Claims of Sections 3.1 and 3.2: how a beam dump works, and what heavy and hadronic states add."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from .. import curves
from ..constants import HBAR_C, M_MU, M_TAU
from ..experiments.electron_dump import ELECTRON_DUMP, electron_model
from ..methods.calibration import threshold
from ..physics import displaced
from ..physics.production import dipole_form_factor_squared, vmd_form_factor_squared
from .claim import Claim
from .wording import MOST, about, above, below, boundary, exactly, similar

OURS = "g_nu = 20 g_e is our example: the text prints no ratio"


def claims() -> Iterator[Claim]:
    """All of them, in the order of the paper.

    >>> next(claims()).id
    'rate-identity'
    """
    yield from _simplified()
    yield from _hadronic()


def _reach(ratio, m=0.1):
    return ELECTRON_DUMP.reach(electron_model(ratio), m)


def closed_form(g: np.ndarray, ratio: float, m: float = 0.1) -> np.ndarray:
    """R-bar by Eq. 3.8 for the dump of Section 3.1, electron mass neglected.

    :param g: (n,) couplings g_e.
    :param ratio: g_nu/g_e.
    :param m: GeV.
    :returns: (n,).

    >>> f"{closed_form(1e-6, 5):.2e}"
    '3.17e-16'
    """
    dump = ELECTRON_DUMP.geometry
    width = g**2 * (1 + ratio**2 / 2)
    shield, decay = (length * m**2 / (12 * np.pi * dump.momentum * HBAR_C) for length in (dump.shield, dump.decay))
    return g**4 / width * np.exp(-shield * width) * -np.expm1(-decay * width)


def _identity(g=1e-6, ratio=5):
    return closed_form(g, ratio) / np.exp(ELECTRON_DUMP.log_rate(electron_model(ratio), 0.1, g))


def _moves(edge, ratio=20):
    """Factor by which an edge at 100 MeV moves from g_nu = 0 to this ratio."""
    return np.exp(abs(np.log(_reach(0)[edge] / _reach(ratio)[edge])))


def fall_by_branching(ratio: float) -> float:
    """Factor by which BR_vis alone would lower the upper edge at 100 MeV, with the lifetime of g_nu = 0.

    :param ratio: g_nu/g_e.
    :returns: a ratio of couplings.

    >>> f"{fall_by_branching(20):.2f}"
    '1.18'
    """
    dump = ELECTRON_DUMP
    fewer = replace(dump, sensitivity=threshold(dump) * (1 + ratio**2 / 2))
    return float(_reach(0)[1] / fewer.reach(electron_model(0), 0.1)[1])


def heaviest(ratio: float) -> float:
    """The heaviest Z' in GeV that the dump of Section 3.1 sees, g_nu/g_e = ratio.

    :param ratio: g_nu/g_e.
    :returns: GeV.

    >>> f"{heaviest(5):.1f} GeV"
    '18.0 GeV'
    """
    return displaced.last(lambda m: np.isfinite(_reach(ratio, m)[0]), 2e-3, 1e4)


def _simplified():
    yield Claim(
        id="rate-identity", section="3.1, Eq. 3.8", paper="1", within=exactly(1), compute=_identity,
        statement="The closed form of R-bar over its definition, 100 MeV, g_nu = 5 g_e")
    yield Claim(
        id="edges-move", section="3.1", paper="> 1", within=above(1), compute=lambda: _moves(1) / _moves(0),
        statement="g_nu moves the upper edge more than the lower: the one factor over the other", caveat=OURS)
    yield Claim(
        id="edge-cause", section="3.1", paper="because of BR_vis", within=MOST,
        statement="The upper edge falls because BR_vis is reduced: its part of the fall, in ln g",
        compute=lambda: np.log(fall_by_branching(20)) / np.log(_moves(1)), caveat=OURS)
    yield Claim(
        id="contours-shrink", section="3.1, Fig. 3.1", paper="< 1", within=below(1), caveat=OURS,
        statement="Heaviest mass seen at g_nu = 20 g_e over that at g_nu = 0",
        compute=lambda: heaviest(20) / heaviest(0))


def _vector_mesons(m: float) -> float:
    """Bremsstrahlung with vector mesons in the form factor over that with the dipole, at m in GeV.

    >>> f"{_vector_mesons(0.5):.1f}"
    '3.9'
    """
    return float(vmd_form_factor_squared(m) / dipole_form_factor_squared(m))


def _hadronic():
    yield Claim(id="muon-threshold", section="3.2", statement="Twice the muon mass", paper="212", unit="MeV",
                within=about(212), compute=lambda: 2e3 * M_MU, caveat="211.3, which rounds to 211")
    yield Claim(id="tau-threshold", section="3.2", statement="Twice the tau mass", paper="3.5", unit="GeV",
                within=about(3.5), compute=lambda: 2 * M_TAU)
    yield Claim(id="r-data-low", section="3.2", statement="Where data on R begin", paper="0.3", unit="GeV",
                within=boundary(0.3), compute=lambda: curves.table("pdg_rratio_2020").E_cm_GeV.min())
    yield Claim(id="r-data-high", section="3.2", statement="Where data on R end", paper="200", unit="GeV",
                within=boundary(200), compute=lambda: curves.table("pdg_rratio_2020").E_cm_GeV.max())
    yield Claim(id="vmd-below", section="3.2, footnote 10", paper="not significant", within=similar(1),
                statement="Production with vector mesons over the dipole's, at half of 500 MeV",
                compute=lambda: _vector_mesons(0.25))
    yield Claim(id="vmd-above", section="3.2, footnote 10", paper="significant",
                within=above(2, "'significant': more than a factor of two"),
                statement="Production with vector mesons over the dipole's, at 500 MeV",
                compute=lambda: _vector_mesons(0.5))
    yield Claim(id="vmd-stronger", section="3.2, footnote 10", paper="> 1", within=above(1),
                statement="The dipole is conservative: least ratio of the two, 0.1 to 1.3 GeV",
                compute=lambda: min(map(_vector_mesons, np.geomspace(0.1, 1.3, 200))))
