"""Event rates at a million points (m, g), against the exp, expm1 and log that they cannot do without."""

import numpy as np

from zputils import SEAQUEST, SHIP, ZPrime
from zputils.physics import decays

MODEL = ZPrime.muonic(g_nu=0.2)
M, G = np.geomspace(2e-3, 2, 200)[:, None], np.geomspace(1e-8, 1e-2, 5000)
LOG_Y = np.log(decays.total_width(MODEL, M)) + SHIP.geometry.log_time(M) + 2 * np.log(G)


def bare():
    """exp, expm1 and log of an array."""
    return np.log(-np.expm1(-np.exp(LOG_Y)))


def ship():
    return SHIP.log_rate(MODEL, M, G)


def seaquest():
    return SEAQUEST.log_rate(MODEL, M, G)


def same_shape(ours, plain):
    assert ours.shape == plain.shape
