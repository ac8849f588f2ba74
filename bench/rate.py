"""Event rates per point (m, g) against the exp, expm1 and log that they cannot do without."""

import numpy as np
from timing import best, row

from zputils import SEAQUEST, SHIP, ZPrime, roots

MODEL = ZPrime.muonic(g_nu=0.2)


def bare(x):
    """exp, expm1 and log of an array."""
    return np.log(-np.expm1(-np.exp(x)))


def main(masses=200, couplings=5000):
    """Print times per point."""
    m, g = np.geomspace(2e-3, 2, masses)[:, None], np.geomspace(1e-8, 1e-2, couplings)
    log_y = SHIP.geometry.log_decay_lengths(MODEL, m) + 2 * np.log(g)
    seconds, _ = best(lambda: bare(log_y))
    row(f"exp, expm1, log of {log_y.size} numbers", seconds)
    for what, function in {
            "  the shape of a rate": lambda: roots.log_shape(log_y, 1.2),
            "  SeaQuest, with yields and widths at every mass": lambda: SEAQUEST.log_rate(MODEL, m, g),
            "  SHiP, with bremsstrahlung integrated at every mass": lambda: SHIP.log_rate(MODEL, m, g)}.items():
        rate, _ = best(function)
        row(what, rate, rate / seconds)
