"""One reach of 1000 masses with a spectrum of momenta, both edges, against Brent's method mass by mass."""

from math import exp, expm1, fsum, log

import numpy as np
from scipy.optimize import brentq

from zputils import ZPrime
from zputils.experiments.predicted import FASER_2

MODEL = ZPrime.muonic(g_nu=0.001)
MASSES = np.geomspace(0.011, 1.0, 1000)


def one_by_one(dump=FASER_2):
    """(2, n): the same with scalars, one mass after the other, on the same spectrum."""
    kernel = dump.kernel(MASSES)
    beam, log_t, log_scale = kernel.beam(kernel.rates(MODEL))
    ends = [edges(dump, p, w, level) for p, w, level in
            zip(beam.momenta.tolist(), beam.weights.tolist(), (log(dump.needed) - log_scale).tolist(), strict=True)]
    return np.exp((np.transpose(ends) - log_t) / 2)


def edges(dump, momenta, weights, level):
    """ln t of both crossings of one level."""
    shield, decay = dump.geometry.shield, dump.geometry.decay
    bins = [(p, w) for p, w in zip(momenta, weights, strict=True) if w > 0]

    def excess(log_t):
        t = exp(log_t)
        total = fsum(-w * exp(-shield * t / p) * expm1(-decay * t / p) for p, w in bins)
        return log_t + log(total) - level if total > 0 else -1e3

    grid = np.linspace(-12, 8, 81)
    top = max(grid, key=excess)
    if excess(top) < 0:
        return np.nan, np.nan
    return brentq(excess, -60, top, xtol=1e-12), brentq(excess, top, 12, xtol=1e-12)


def vectorised():
    return np.array(FASER_2.reach(MODEL, MASSES))


def the_same(reach, found):
    both = np.isfinite(found) & np.isfinite(reach)
    np.testing.assert_allclose(found[both], reach[both], rtol=1e-9)
    assert np.mean(np.isfinite(found) == np.isfinite(reach)) > 0.995  # a grid of 81 points may miss a tip
