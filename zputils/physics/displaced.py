"""Where a displaced-decay rate crosses its threshold, on both sides of its peak.

A particle that is produced with a rate ~ g^2, has to survive a proper time t0 and to decay before t1,
gives events ~ g^2 exp(-t0 Gamma) [1 - exp(-(t1 - t0) Gamma)] (Eqs. 3.4, 3.8), with a width Gamma ~ g^2.
In y = (t1 - t0) Gamma, the decay length of the fiducial region in units of the flight length, every
such rate is the same function of y::

    ln rate = ln y - s y + ln(1 - exp(-y)) + constant,    s = t0/(t1 - t0) = L_sh/L_dec.

It is concave in ln y, so it has one peak and crosses a lower value twice. One solver serves every beam
dump, published or planned.
"""

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import checks


def log_shape(log_y: NDArray | float, s: NDArray | float) -> np.ndarray:
    """ln y - s y + ln(1 - exp(-y)), the logarithm of the rate as a function of ln y, for s >= 0.

    :param log_y: any shape.
    :param s: L_sh/L_dec, which broadcasts.
    :returns: of the broadcast shape.

    >>> f"{np.exp(log_shape(np.log(0.5), s=1.2)):.3f}"
    '0.108'
    """
    y = np.exp(np.clip(log_y, -690, 690))  # inside the range of doubles; only ln y matters below
    return 2 * log_y - s * y + np.log(-np.expm1(-y) / y)


def peak(s: ArrayLike) -> np.ndarray:
    """ln y at the peak: the root of 1 - s y + y/(e^y - 1) = 0, in ln y.

    :param s: L_sh/L_dec > 0, any shape.
    :returns: of the shape of s.

    >>> f"{np.exp(peak(1.2)):.3f}"
    '1.251'
    """
    s = checks.real("s", s, 0, open_low=True)
    return _peak(float(s)) if s.ndim == 0 else _peaks(s)


def _peaks(s):
    """By Newton's method in y, from 1/s: the slope there is > 0, falls and is convex, so no step passes the root."""
    y = 1 / np.asarray(s)
    for _ in range(20):  # six reach the last digit
        rest = np.expm1(np.minimum(y, 700.0))
        y = y + (1 - s * y + y / rest) / (s + (y / rest * (rest + 1) - 1) / rest)
    return np.log(y)


_peak = cache(_peaks)  # one for each experiment, asked for at every reach


def _slope(log_y, s):
    """Derivative of `log_shape` by ln y: 1 - s y + y/(e^y - 1)."""
    y = np.exp(np.clip(log_y, -690, 690))
    return 1 - s * y + y / np.expm1(np.minimum(y, 700.0))


def _steps(log_y, level, s, side, top):
    """The root of log_shape = level below the peak `top` (side = -1) or above it (side = 1), from the outer end.

    Each step goes to the root of the parabola that has value, slope and curvature there: the error becomes its third
    power, also next to the peak, where the slope vanishes. At most some ten steps, three in general.
    """
    found, at = np.array(log_y, float), np.arange(np.size(log_y))  # each stops by itself, whatever the others do
    for _ in range(60):
        moved = _step(log_y, level, s, side, top)
        found[at] = moved
        size = abs(moved - log_y)
        far = (size > 1e-6 * np.minimum(abs(moved - top), 1)) & (size > 1e-15 * abs(moved))
        if not far.any():
            break
        at, log_y, level, s, top = (_where(far, x) for x in (at, moved, level, s, top))
    return found


def _where(some, x):
    """Elements of an array; a number as it is."""
    return np.broadcast_to(x, some.shape)[some] if np.ndim(x) else x


def _step(log_y, level, s, side, top):
    """One of `_steps`."""
    y = np.exp(np.minimum(log_y, 690.0))
    lost = np.expm1(-y)
    ends = -y * (1 + lost) / lost  # y/(e^y - 1)
    excess, slope, bend = log_y - s * y + np.log(-lost) - level, 1 - s * y + ends, s * y - ends * (1 - y - ends)
    slope = side * np.minimum(side * slope, 0.0)  # at the peak itself rounding may turn it
    gap = slope - side * np.sqrt(np.maximum(slope**2 + 2 * excess * bend, 0.0))
    moved = log_y - 2 * np.divide(excess, gap, out=np.zeros_like(gap), where=gap != 0)
    return np.minimum(moved, top) if side < 0 else np.maximum(moved, top)


def crossings(level: NDArray, s: NDArray | float, top: NDArray | float | None = None) -> tuple[np.ndarray, np.ndarray]:
    """ln y at which `log_shape` equals `level`: below and above the peak, nan where it stays below.

    :param level: any shape.
    :param s: L_sh/L_dec > 0, broadcast against level; where level is nan the answer is nan.
    :param top: `peak(s)`, for whoever has it already.
    :returns: (lower, upper).

    >>> lower, upper = crossings(-3.0, s=1.2)
    >>> [f"{log_shape(log_y, 1.2):.6f}" for log_y in (lower, upper)]
    ['-3.000000', '-3.000000']
    >>> float(crossings(0.0, s=1.2)[0])  # above the peak
    nan
    """
    top = peak(s) if top is None else top
    highest = log_shape(top, s)
    level = np.broadcast_to(level, np.broadcast_shapes(np.shape(level), np.shape(s))).astype(float)
    # A level that was computed at the peak may come out above it by rounding.
    reachable = np.isfinite(level) & (level <= highest + 8 * np.finfo(float).eps * (1 + np.abs(highest)))
    level, s, top = np.minimum(level, highest)[reachable], _where(reachable, s), _where(reachable, top)
    edges = np.full((2, *reachable.shape), np.nan)
    left, right = np.minimum(_below(level, s), top), np.maximum(_above(level, s), top)
    edges[:, reachable] = _steps(left, level, s, -1, top), _steps(right, level, s, 1, top)
    return tuple(edges)


def _below(level, s):
    """Less than ln y of the lower crossing, and close to it where y is small.

    There 2 ln y = level + s y - ln[(1 - e^-y)/y]. The right-hand side rises with y and is at least
    level + (s + 1/2) y - y^2/24, so that ln y >= level/2, and putting this y in gives more.
    """
    y = np.exp(level / 2)
    return (level + np.maximum((s + 0.5) * y - y**2 / 24, 0.0)) / 2


def _above(level, s):
    """More than ln y of the upper crossing, and close to it where y is large.

    There u = s y solves u - ln u <= z = -level - ln s, and u <= z + (2 z - 2)^(1/2) for z >= 1 (arXiv:1601.04895, on
    the Lambert function). One of Newton's steps from there stays above.
    """
    z = np.maximum(-level - np.log(s), 1.01)
    u = z + np.sqrt(2 * z - 2)
    return np.log(u * (z + np.log(u) - 1) / (u - 1) / s)


def rise(level: ArrayLike) -> np.ndarray:
    """ln y at which `log_shape` equals `level` without shielding, s = 0, where it only rises; nan where level is.

    :param level: any shape.
    :returns: ln y, of that shape.

    >>> f"{log_shape(rise(-3.0), 0.0):.6f}"
    '-3.000000'
    """
    level = np.asarray(level, float)
    known = np.isfinite(level)
    safe = np.where(known, level, 0.0)
    # 1 - e^-y lies below the smaller of 1 and y.
    found = _steps(np.maximum(safe, safe / 2).ravel(), safe.ravel(), 0.0, -1, np.inf)
    return np.where(known, found.reshape(level.shape), np.nan)


def lower_of_pair(log_ratio: ArrayLike, s: ArrayLike) -> np.ndarray:
    """ln y of the lower of two crossings of one level that are `log_ratio` apart in ln y.

    The root of ln rate(x + log_ratio) = ln rate(x); x lies below the peak by less than log_ratio, and by half of it
    when the two are close.

    :param log_ratio: any shape, >= 0, broadcast against s: L_sh/L_dec > 0.
    :param s: L_sh/L_dec > 0.
    :returns: ln y, of the broadcast shape.

    >>> lower, upper = crossings(-3.0, s=1.2)
    >>> f"{lower_of_pair(upper - lower, s=1.2) - lower:.6f}"
    '0.000000'
    """
    log_ratio = checks.real("log_ratio", log_ratio, 0)
    log_ratio, s, top = np.broadcast_arrays(log_ratio, s, peak(s))
    apart = np.maximum(log_ratio, 1e-6)  # closer ones cannot be told apart in double precision
    return np.where(log_ratio < apart, top - log_ratio / 2, _level_pair(apart, s, top))


def _level_pair(apart, s, top):
    """The root of log_shape(x + apart) - log_shape(x), which falls from top - apart to top: Newton's, or halves."""
    low, high = top - apart, top
    log_y = np.clip(np.log((2 * apart + 1) / s) - apart, low, top - apart / 2)  # where the shield alone decides
    done = np.zeros(np.shape(log_y), bool)  # each stops by itself, so that its last bit does not depend on the others
    for _ in range(100):
        value = log_shape(log_y + apart, s) - log_shape(log_y, s)
        low, high = np.where(value > 0, log_y, low), np.where(value > 0, high, log_y)
        moved = log_y - value / (_slope(log_y + apart, s) - _slope(log_y, s))
        moved = np.where((moved >= low) & (moved <= high), moved, (low + high) / 2)
        step, log_y = abs(moved - log_y), np.where(done, log_y, moved)
        done |= ~(step > 1e-9)  # the next would be its square
        if done.all():
            break
    return log_y


def last(condition: Callable, low: float, high: float) -> float:
    """The largest x in [low, high], both > 0, at which `condition`, a function of an array, holds; nan where nowhere.

    By dividing the interval again and again, down to rounding: for where a reach ends, beyond which there is no
    number to find a root of. What holds for less than 1/400 of the interval, in ln x, may be missed.

    :param condition: x, (n,) -> (n,) booleans.
    :param low: the least x, > 0.
    :param high: the largest x.
    :returns: x.

    >>> f"{last(lambda x: x**2 < 2, 1.0, 10.0):.6f}"
    '1.414214'
    """
    while True:
        x = np.geomspace(low, high, 401)
        held = np.flatnonzero(condition(x))
        if not held.size:
            return np.nan
        if held[-1] == x.size - 1 or high / low < 1 + 1e-12:
            return float(x[held[-1]])
        low, high = x[held[-1]], x[held[-1] + 1]


def first(condition: Callable, low: float, high: float) -> float:
    """As `last`, but the smallest x.

    :param condition: x, (n,) -> (n,) booleans.
    :param low: the least x, > 0.
    :param high: the largest x.
    :returns: x.

    >>> f"{first(lambda x: x**2 > 2, 1.0, 10.0):.6f}"
    '1.414214'
    """
    return 1 / last(lambda x: condition(1 / x), 1 / high, 1 / low)
