"""One reach of 1000 masses, both edges, against a scalar Brent loop and against contours of a 400 x 400 grid."""

from math import exp, expm1, log

import numpy as np
from contourpy import contour_generator
from scipy.optimize import brentq

from zputils import SHIP, ZPrime
from zputils.methods.calibration import threshold
from zputils.physics import decays, displaced

MODEL = ZPrime.muonic(g_nu=0.2)
MASSES = np.geomspace(2e-3, 2, 1000)
SHIELD_TO_DECAY = SHIP.geometry.shield / SHIP.geometry.decay


def edges(m, top):
    """(lower, upper) at one mass from two calls of brentq; `top`: ln y at the peak, which is the same at every mass."""
    def shape(x):
        return 2 * x - SHIELD_TO_DECAY * exp(x) + log(-expm1(-exp(x)) / exp(x))

    log_y = float(np.log(decays.total_width(MODEL, m)) + SHIP.geometry.log_time(m))
    produced = float(SHIP.source(MODEL, m) * decays.branching_ratio(MODEL, m))
    level = log(threshold(SHIP)) - log(produced) + log_y
    if level > shape(top):
        return np.nan, np.nan
    brackets = (-60.0, top), (top, 6.0)
    return [exp((brentq(lambda x: shape(x) - level, *bracket, xtol=1e-12) - log_y) / 2) for bracket in brackets]


def one_by_one():
    """(2, n): the reach, one mass after the other."""
    top = float(displaced.peak(SHIELD_TO_DECAY))
    return np.transpose([edges(m, top) for m in MASSES.tolist()])


def contours(n=400):
    """The reach as polygons in (ln m, ln g), from the rate on an n x n grid."""
    m, g = np.geomspace(MASSES[0], MASSES[-1], n), np.geomspace(1e-8, 1e-1, n)
    rate = SHIP.log_rate(MODEL, m, g[:, None])
    return contour_generator(np.log(m), np.log(g), rate).lines(np.log(threshold(SHIP)))


def vectorised():
    """(2, n): the reach of the package."""
    return np.array(SHIP.reach(MODEL, MASSES))


def on_the_contours(lines, reach):
    """Whether contours, which interpolate, follow the reach to the spacing of their grid."""
    for log_m, log_g in (line.T for line in lines):
        inside = np.interp(log_m, np.log(MASSES), np.isfinite(reach[0])) == 1
        off = [np.abs(log_g - np.interp(log_m, np.log(MASSES), np.log(edge)))[inside] for edge in reach]
        assert inside.any() and np.median(np.min(off, axis=0)) < np.log(1e7) / 400


def the_same(reach, expected):
    np.testing.assert_allclose(reach, expected, rtol=1e-9)
