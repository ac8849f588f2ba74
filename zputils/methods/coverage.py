"""How much of a band of couplings several bounds cover together."""

from collections.abc import Sequence
from functools import reduce

import numpy as np
from numpy.typing import ArrayLike

from .region import Region


def covered(low: ArrayLike, high: ArrayLike, regions: Sequence[Region]) -> np.ndarray:
    """Fraction of the band low < g < high, in ln g, that lies in any of the regions: the shape of low and high.

    :param low: lower edge of the band, any shape, > 0.
    :param high: upper edge, of that shape.
    :param regions: of `Region`, at the masses of the band.
    :returns: from 0 to 1, the shape of low and high; nan where the band is.
    :raises ValueError: where the band reaches down to g = 0.

    >>> from zputils.methods.region import Region
    >>> covered([1.0], [100.0], [Region.of(np.array([0.1]), (10.0, np.inf))]).tolist()
    [0.5]
    """
    low, high = np.asarray(low, float), np.asarray(high, float)
    if np.any(low == 0):
        raise ValueError("anomaly: the band reaches down to g = 0, so no fraction of ln g is defined")
    pairs = [pair for region in regions for pair in zip(region.lower, region.upper, strict=True)]
    endless = [bool(np.all(np.isposinf(upper) | np.isnan(upper))) for _, upper in pairs]
    limits = [lower for (lower, _), limit in zip(pairs, endless, strict=True) if limit]
    end = np.maximum(reduce(np.fmin, limits, high), low)  # from here on everything is excluded
    closed = [[np.minimum(np.fmax(edge, low), end) for edge in pair]  # where there is none, nothing: low to low
              for pair, limit in zip(pairs, endless, strict=True) if not limit]
    parts = [np.log(high / end), *_parts([pair for pair in closed if np.any(pair[1] > pair[0])])]
    # Added one by one: np.sum would choose an order by the shape, and the last bit of a model depend on its neighbours.
    return sum(parts, np.zeros_like(low)) / np.log(high / low)


def _parts(intervals):
    """What each of several intervals, (lower, upper), adds to those that begin below it, in ln g."""
    if len(intervals) > 1:
        lower, upper = np.array(intervals).swapaxes(0, 1)
        order = np.argsort(lower, axis=0, kind="stable")
        lower, upper = np.take_along_axis(lower, order, axis=0), np.take_along_axis(upper, order, axis=0)
        reached = np.maximum.accumulate(upper, axis=0)
        lower[1:] = np.maximum(lower[1:], reached[:-1])
        intervals = zip(lower, np.maximum(upper, lower), strict=True)
    return [np.log(upper / lower) for lower, upper in intervals]
