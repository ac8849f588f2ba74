"""The numbers behind the claims of Section 3.3: how well each published reach is reproduced, with which momentum."""

from functools import cache, partial

import numpy as np
from scipy.optimize import minimize_scalar

from .. import curves
from ..experiments.faser import FASER
from ..experiments.seaquest import SEAQUEST
from ..experiments.ship import SHIP
from ..methods.beam_dump import BeamDump
from ..physics.models import ZPrime

PHOTON, HYPERCHARGE = ZPrime.dark_photon(), ZPrime.dark_photon(hypercharge=True)  # of the published reaches


@cache
def ship(p: float) -> BeamDump:
    """SHiP at momentum p (GeV), calibrated at 100 MeV to its published lower edge.

    :param p: GeV.

    >>> f"{ship(200).sensitivity:.2e}"
    '1.30e-20'
    """
    return at_fraction(SHIP, HYPERCHARGE, p / SHIP.beam_energy)


def off_resonances(dump: BeamDump) -> np.ndarray:
    """The published masses in GeV at which a reach is compared: short of the tip, SeaQuest's off the rho, omega, phi.

    :param dump: the experiment.
    :returns: (n,) GeV.

    >>> m = off_resonances(SEAQUEST)
    >>> bool(((m < 0.74) | (m > 0.82)).all())
    True
    """
    m = curves.load(dump.published).m
    if dump is SEAQUEST:
        return m[((m < 0.74) | (m > 0.82)) & (np.abs(m - 1.019) > 0.01) & (m < 1.35)]
    return m[m < 2.1] if dump is SHIP else m[:-5]


def deviation(dump: BeamDump, model: ZPrime, m: np.ndarray) -> float:
    """Largest relative difference of either edge from the published reach, at m in GeV.

    :param dump: the experiment.
    :param model: whose reach was published.
    :param m: (n,) GeV.
    :returns: relative.

    >>> deviation(SEAQUEST, PHOTON, off_resonances(SEAQUEST)) < 0.2
    True
    """
    published = curves.load(dump.published)
    return max(float(np.nanmax(np.abs(edge / at(m) - 1))) for edge, at in
               zip(dump.reach(model, m), (published.lower_at, published.upper_at), strict=True))


def at_fraction(dump: BeamDump, model: ZPrime, fraction: float) -> BeamDump:
    """The experiment at this fraction of its beam energy, calibrated at 100 MeV on its published reach for `model`.

    :param dump: the experiment.
    :param model: whose reach was published.
    :param fraction: of the beam energy.

    >>> at_fraction(SHIP, HYPERCHARGE, 0.25).geometry.momentum
    100.0
    """
    lower = curves.load(dump.published).lower_at(0.1)
    return dump.at_momentum(fraction * dump.beam_energy).calibrated(model, 0.1, lower)


def momentum_ratio(dump: BeamDump, model: ZPrime) -> float:
    """The upper edge at 50 MeV with three quarters of the beam energy over that with a quarter.

    :param dump: the experiment.
    :param model: the Z'.
    :returns: a ratio of couplings.

    >>> f"{momentum_ratio(SEAQUEST, PHOTON):.2f}"
    '1.83'
    """
    high, low = (at_fraction(dump, model, fraction).reach(model, 0.05)[1] for fraction in (0.75, 0.25))
    return float(high / low)


def faser_deviation() -> float:
    """Median relative difference of FASER's upper edge from the published one.

    :returns: relative.

    >>> f"{faser_deviation():.2f}"
    '0.04'
    """
    published = curves.load(FASER.published)
    return float(np.median(np.abs(FASER.reach(PHOTON, published.m[:-1])[1] / published.upper_at(published.m[:-1]) - 1)))


def misfit(dump: BeamDump, model: ZPrime, fraction: float) -> float:
    """Root of the mean squared ln(upper edge/published) at `off_resonances`, at this fraction of the beam energy.

    :param dump: the experiment.
    :param model: whose reach was published.
    :param fraction: of the beam energy.
    :returns: in ln g.

    >>> f"{misfit(SHIP, HYPERCHARGE, 0.5):.2f}"
    '0.08'
    """
    m = off_resonances(dump)
    upper = at_fraction(dump, model, fraction).reach(model, m)[1]
    return float(np.sqrt(np.nanmean(np.log(upper / curves.load(dump.published).upper_at(m)) ** 2)))


def best_fraction(dump: BeamDump, model: ZPrime) -> float:
    """The fraction of the beam energy at which `misfit` is least.

    :param dump: the experiment.
    :param model: whose reach was published.
    :returns: a share of the beam energy.

    >>> f"{best_fraction(SEAQUEST, PHOTON):.2f}"
    '0.56'
    """
    return float(minimize_scalar(partial(misfit, dump, model), bounds=(0.2, 0.9), method="bounded").x)


def half_beats(dump: BeamDump, model: ZPrime) -> float:
    """`misfit` at half the beam energy over the better of those at a quarter and at three quarters.

    :param dump: the experiment.
    :param model: whose reach was published.
    :returns: a ratio; below 1 half the energy is the better choice.

    >>> half_beats(FASER, PHOTON) < 1
    True
    """
    return misfit(dump, model, 0.5) / min(misfit(dump, model, fraction) for fraction in (0.25, 0.75))
