"""Event rates per point (m, g) against the exp, expm1 and log that they cannot do without."""

import numpy as np
import pytest

from zputils import SEAQUEST, SHIP, ZPrime
from zputils.physics import displaced

MODEL = ZPrime.muonic(g_nu=0.2)
M, G = np.geomspace(2e-3, 2, 200)[:, None], np.geomspace(1e-8, 1e-2, 5000)  # a million points
LOG_Y = SHIP.geometry.log_decay_lengths(MODEL, M) + 2 * np.log(G)
S = SHIP.geometry.shield / SHIP.geometry.decay


def bare(x):
    """exp, expm1 and log of an array."""
    return np.log(-np.expm1(-np.exp(x)))


FUNCTIONS = {
    "exp, expm1, log": lambda: bare(LOG_Y),
    "the shape of a rate": lambda: displaced.log_shape(LOG_Y, S),
    "SeaQuest, yields and widths included": lambda: SEAQUEST.log_rate(MODEL, M, G),
    "SHiP, bremsstrahlung included": lambda: SHIP.log_rate(MODEL, M, G)}


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.benchmark(group="rate at a million points (m, g)")
def test_rate(benchmark, name):
    assert benchmark(FUNCTIONS[name]).shape == LOG_Y.shape
    # What is compared is the same: ln y - s y + ln(1 - e^-y), here where neither 1 - e^-y nor y is rounded away.
    there = np.abs(LOG_Y) < 5
    expected = LOG_Y[there] - S * np.exp(LOG_Y[there]) + bare(LOG_Y[there])
    np.testing.assert_allclose(displaced.log_shape(LOG_Y[there], S), expected, rtol=1e-12, atol=1e-12)
