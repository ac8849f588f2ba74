"""The numbers behind the claims of Section 3.3: what a coupling to neutrinos does to each reach."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from .. import bounds, shares
from ..constants import M_MU
from ..experiments.faser import FASER
from ..experiments.predicted import FASER_2
from ..experiments.seaquest import SEAQUEST
from ..experiments.ship import SHIP
from ..methods.beam_dump import BeamDump
from ..methods.calibration import threshold
from ..physics import displaced
from ..physics.models import QUARKS, ZPrime
from .reproduced import PHOTON, at_fraction

HIGH = np.geomspace(0.213, 0.6, 400)


def looped(ratio: float, factor: float = 1.0) -> ZPrime:
    """The muonic Z' with loop-induced couplings `factor` times those of Eq. 2.12, g_nu/g_mu = ratio.

    :param ratio: g_nu/g_mu.
    :param factor: on the loop.

    >>> looped(0.2, 3).e / looped(0.2).e
    3.0
    """
    model = ZPrime.muonic(g_nu=ratio)
    return replace(model, **{f: factor * getattr(model, f) for f in ("e", *QUARKS)})


def upper_edge_falls(model: ZPrime | None = None, dump: BeamDump = SHIP) -> float:
    """Factor by which the neutrino coupling of `model`, 0.2 g_mu when None, lowers SHiP's upper edge at 100 MeV.

    :param model: with a neutrino coupling; g_nu = 0.2 g_mu when None.
    :param dump: the experiment.
    :returns: a ratio of couplings.

    >>> f"{upper_edge_falls():.1f}"
    '55.4'
    """
    model = looped(0.2) if model is None else model
    return float(dump.reach(replace(model, nu_mu=0.0), 0.1)[1] / dump.reach(model, 0.1)[1])


def light_end(model: ZPrime | None = None, dump: BeamDump = SHIP) -> float:
    """The mass in MeV below the muon threshold at which SHiP's reach closes.

    :param model: with a neutrino coupling; g_nu = 2 g_mu when None.
    :param dump: the experiment.
    :returns: MeV.

    >>> f"{light_end():.1f} MeV"
    '8.7 MeV'
    """
    model = looped(2) if model is None else model
    return 1e3 * displaced.last(lambda m: np.isfinite(dump.reach(model, m)[0]), 2e-3, 2 * M_MU)


def heavy_start() -> float:
    """The mass in MeV at which SHiP's reach opens again, g_nu = 2 g_mu.

    :returns: MeV.

    >>> f"{heavy_start():.1f} MeV"
    '211.3 MeV'
    """
    return 1e3 * displaced.first(lambda m: np.isfinite(_muonic_edge(2, m)), 0.1, 1.0)


def _muonic_edge(ratio: float, m: ArrayLike, side: int = 1, dump: BeamDump = SHIP) -> np.ndarray:
    """An edge of the reach for a muonic Z', g_nu/g_mu = ratio; m: (n,) GeV; side: 0 for the lower, 1 for the upper.

    >>> f"{_muonic_edge(0, 0.05):.1e}"
    '3.5e-03'
    """
    return dump.reach(looped(ratio), m)[side]


def high_masses(ratio: float) -> float:
    """Largest factor between SHiP's upper edges at this ratio and at 0, 213 to 600 MeV.

    :param ratio: g_nu/g_mu.
    :returns: a ratio of couplings.

    >>> f"{high_masses(0.2):.2f}"
    '1.06'
    """
    return float(np.exp(np.nanmax(np.abs(np.log(_muonic_edge(ratio, HIGH) / _muonic_edge(0, HIGH))))))


def drop(side: int, dump: BeamDump = SHIP) -> float:
    """An edge at 200 MeV over that at 225 MeV, without neutrinos.

    :param side: 0 for the lower edge, 1 for the upper.
    :param dump: the experiment.
    :returns: a ratio of couplings.

    >>> f"{drop(1):.0f}"
    '263'
    """
    return float(_muonic_edge(0, 0.2, side, dump) / _muonic_edge(0, 0.225, side, dump))


def doubled_proton() -> float:
    """What a doubled g_p adds to the part of the band that SHiP and SeaQuest cover, 2 MeV to 2 m_mu.

    :returns: a share of the band.

    >>> f"{doubled_proton():.3f}"
    '0.006'
    """
    loop = looped(0)
    doubled = replace(loop, **{quark: 2 * getattr(loop, quark) for quark in QUARKS})
    one, two = (shares.covered(model, bounds.DUMPS, 2e-3, shares.THRESHOLD) for model in (loop, doubled))
    return two - one


def phase_two() -> float:
    """SeaQuest's lower edge at 50 MeV with the 1e20 protons of its second phase, over that with 1.44e18.

    :returns: a ratio of couplings.

    >>> f"{phase_two():.2f}"
    '0.35'
    """
    second = replace(SEAQUEST, sensitivity=threshold(at_fraction(SEAQUEST, PHOTON, 0.5)) * 1.44e18 / 1e20)
    return float(_muonic_edge(0, 0.05, 0, second) / _muonic_edge(0, 0.05, 0, SEAQUEST))


def faser_coverage(ratio: float, read: Callable[[ZPrime], ZPrime] = lambda model: model) -> float:
    """Largest part of the band at any mass that FASER covers, g_nu/g_mu = ratio, for the model that `read` returns.

    :param ratio: g_nu/g_mu.
    :param read: what becomes of the model first.
    :returns: from 0 to 1.

    >>> faser_coverage(0)
    1.0
    """
    low = FASER.mass_range[0]
    m = np.append(low, shares.masses(low, 0.6))
    return float(bounds.coverage(read(looped(ratio)), m, ["FASER"]).max())


def faser_by_events(ratio: float) -> str:
    """The same with a spectrum of momenta and a count of events, nothing calibrated (page 3.4), in words.

    :param ratio: g_nu/g_mu.

    >>> faser_by_events(0)
    'with a spectrum of momenta and counted events: 1'
    """
    m = shares.masses(0.0103, 0.6)
    part = bounds.coverage(looped(ratio), m, [FASER_2]).max()
    return f"with a spectrum of momenta and counted events: {part:.2g}"


def protons_on_target(cross_section: float = 75.4) -> float:
    """Collisions in 3 ab^-1.

    :param cross_section: mb; by default the inelastic one at 13 TeV of arXiv:1803.10974.
    :returns: a number of collisions.

    >>> f"{protons_on_target():.2e}"
    '2.26e+17'
    """
    return 3e42 * cross_section * 1e-27
