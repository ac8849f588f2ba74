"""A beam dump's sensitivity and production, from its published dark-photon reach: Eq. 3.15 inverted at the edge."""

from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from .. import checks, curves
from ..physics import decays
from ..physics.models import Couplings, ZPrime
from ..physics.production import M_REFERENCE
from .geometry import Geometry

if TYPE_CHECKING:
    from .beam_dump import BeamDump


@cache
def threshold(dump: "BeamDump") -> float:
    """R-bar at the edge of a dump's reach: as given, or from its published lower edge at 100 MeV.

    With a spectrum it is the number of events that are needed.

    :param dump: the experiment.
    :returns: per coupling squared, as `log_rate` counts it.

    >>> from zputils import SEAQUEST
    >>> f"{threshold(SEAQUEST):.2e}"
    '2.95e-18'
    """
    if dump.spectrum is not None:
        return dump.needed
    if dump.sensitivity is not None:
        return dump.sensitivity
    lower = curves.load(dump.published).lower_at(M_REFERENCE)
    return float(np.exp(dump.log_rate(ZPrime.dark_photon(), M_REFERENCE, lower)))


def inferred_source(model: Couplings, m: ArrayLike, published: str, geometry: Geometry) -> np.ndarray:
    """g_p^2 sigma/sigma* from a published dark-photon lower edge: Eq. 3.15 inverted there.

    Production is taken to scale with g_p^2.

    :param model: the Z'.
    :param m: (n,) GeV inside the published curve, ValueError outside.
    :param published: a reach of the catalogue.
    :param geometry: of the dump it was published for.
    :returns: (n,).

    >>> from zputils import FASER
    >>> source = inferred_source(ZPrime.muonic(), [0.05, 0.1, 0.2], FASER.published, FASER.geometry)
    >>> [f"{s:.1e}" for s in source / source[1]]
    ['4.7e+00', '1.0e+00', '2.4e-01']
    """
    m = checks.mass(m, *curves.load(published).m[[0, -1]])
    rate = partial(_production, published, geometry)
    return abs(model.at(m).proton) ** 2 * (rate(m) / rate(np.asarray(M_REFERENCE)))


def _production(published, geometry, m):
    """1/(g^2 P BR) of a dark photon at its published lower edge."""
    g, photon = curves.load(published).lower_at(m), ZPrime.dark_photon()
    seen, whole = decays.part_and_total(photon, m, decays.VISIBLE)
    return np.exp(-geometry.log_probability(np.log(whole) + 2 * np.log(g), m)) / (g**2 * (seen / whole))
