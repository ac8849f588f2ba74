"""Everything on one model, `bounds.summary` at all its masses, against one bound after the other."""

from itertools import count

import numpy as np

from zputils import ZPrime, bounds
from zputils.methods.bound import inside

BOUNDS = [bound for bound in bounds.chosen() if inside(bound, bounds.MASSES)]
_shares = count(1)


def model():
    """A model that was not asked about before: muons, electrons and quarks in another proportion each time."""
    return ZPrime.muonic(g_nu=0.1) + 1e-3 * next(_shares) * ZPrime.b_minus_l()


def together():
    """The model, and the smallest coupling of each bound."""
    asked = model()
    return asked, bounds.summary(asked, names=BOUNDS).coupling.to_numpy()


def one_by_one():
    """The same, each bound by itself."""
    asked = model()
    return asked, lowest(asked)


def lowest(asked):
    """The smallest coupling of each bound on a model, (bounds,), nan where there is none."""
    regions = [bound.region(asked, bounds.MASSES) for bound in BOUNDS]
    return np.array([np.fmin.reduce(region.lowest) for region in regions])


def the_same(ours, plain):
    """Ours is what each bound by itself gives for our model."""
    asked, coupling = ours
    np.testing.assert_allclose(coupling, lowest(asked), rtol=1e-9)
