"""Points of as many masses, against all bounds: by tables of their edges, against every mass solved for."""

import numpy as np

from zputils import ZPrime, bounds
from zputils.methods.between import covered

MODEL = ZPrime.muonic(g_nu=0.1)
BOUNDS = [bound for bound in bounds.chosen() if not bound.future]
N = 30_000
_random = np.random.default_rng(1)
M, G = np.exp(_random.uniform(*np.log([1e-3, 10]), N)), np.exp(_random.uniform(np.log(1e-8), 0, N))
ORDER = np.argsort(M)


def by_tables():
    """Whether anything excludes each point, the masses rising."""
    return covered(BOUNDS, MODEL, M[ORDER], G[ORDER])


def one_by_one():
    """The same, each bound at every mass."""
    regions = bounds.regions(BOUNDS, MODEL, M[ORDER])
    return np.any([region.contains(G[ORDER]) for region in regions], axis=0)


def the_same(ours, plain):
    """Not one point differs."""
    np.testing.assert_array_equal(ours, plain)
