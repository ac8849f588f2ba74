"""Events of a Z' with a width that does not go as its coupling squared, as with a fixed coupling to a dark sector.

With x = ln g^2, production R, the widths S to what is seen and W to everything per coupling squared, and those that do
not go with it, S0 and G0 (S <= W, S0 <= G0), the events of `zputils.methods.events` are ::

    ln N = x + ln R + ln(e^x S + S0) - ln(e^x W + G0) + ln P(T (e^x W + G0)),    T = t1 - t0.

Their slope in x is 1 + u_S - u_W q(y), where u_S = e^x S/(e^x S + S0), u_W likewise, y = T (e^x W + G0) and
q = 1 + s y - y/(e^y - 1), s = t0/T. Wherever it is zero with a shield it falls: u_W q = 1 + u_S there, and with
y q' >= s y >= q - 1 its own slope is u_S (1 - u_S) - u_W (1 - u_W) q - u_W^2 y q' <= -1 - u_S^2 + u_W^2 <= 0. So
there is one maximum and at most two crossings of a level. Without a shield q < 1 and events only rise.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..physics import displaced

FAR = 400.0  # |ln g^2| beyond which nobody looks for a crossing


@dataclass(frozen=True, eq=False)
class FixedWidth:
    """ln of the events of a model at masses (n,), or of k models, (k, n), as a function of ln g^2.

    :param produced: ln R, (n,), -inf where it is zero.
    :param seen: ln S, likewise.
    :param seen_fixed: ln S0, likewise.
    :param width: ln W, likewise.
    :param fixed: ln G0, likewise.
    :param log_time: ln T, (n,); None where the lifetime does not matter.
    :param shield: s.

    >>> one, none = np.zeros(1), np.full(1, -np.inf)  # half of what scales is seen, and the rest is fixed
    >>> rate = FixedWidth(one, one - np.log(2), none, one, one, None, 0.0)
    >>> [f"{x[0]:.3f}" for x in rate.crossings(np.zeros(1))]  # g^4/2 = g^2 + 1
    ['1.005', 'inf']
    """

    produced: NDArray
    seen: NDArray
    seen_fixed: NDArray
    width: NDArray
    fixed: NDArray
    log_time: NDArray | None
    shield: float

    def log_count(self, x: ArrayLike) -> NDArray:
        """ln of the events at x = ln g^2, which broadcasts; -inf where there are none.

        :param x: ln g^2.
        :returns: of the broadcast shape.

        >>> zero, none = np.zeros(1), np.full(1, -np.inf)
        >>> FixedWidth(zero, zero, none, zero, none, None, 0.0).log_count(np.log([3.0])).round(3).tolist()
        [1.099]
        """
        return _log_count(x, self.shield, *self._terms)

    def crossings(self, level: ArrayLike) -> tuple[NDArray, NDArray]:
        """x where the events cross a level of ln N, (n,): below and above their maximum, nan where they stay below.

        Without a shield, or where nothing goes with the coupling squared, the second is inf: they stay above.

        :param level: ln N, (n,).
        :returns: ln g^2, (n,) each.

        >>> zero, none = np.zeros(1), np.full(1, -np.inf)
        >>> lower, upper = FixedWidth(zero, zero, none, zero, zero, zero, 1.2).crossings(np.array([-5.0]))
        >>> bool(lower < upper)
        True
        """
        level, *terms = np.broadcast_arrays(np.asarray(level, float), *self._terms)
        known = np.isfinite(level) & np.isfinite(terms[0]) & np.isfinite(np.logaddexp(terms[1], terms[2]))
        top = self._peak(terms, known)
        at_top = _log_count(np.where(known, top, 0.0), self.shield, *terms)
        known &= ~(at_top < level)
        lower = _root(np.where(known, -FAR, np.nan), top, level, self.shield, terms)
        upper = _root(np.where(known & (top < FAR), FAR, np.nan), top, level, self.shield, terms)
        return lower, np.where(known & (top == FAR), np.inf, upper)

    @property
    def _terms(self):
        log_time = np.zeros_like(self.width) if self.log_time is None else self.log_time
        untimed = np.full_like(self.width, self.log_time is None, dtype=bool)
        return self.produced, self.seen, self.seen_fixed, self.width, self.fixed, log_time, untimed

    def _peak(self, terms, known):
        """x of the maximum, FAR where the events only rise."""
        width, fixed, log_time = terms[3:6]
        if self.log_time is None or not self.shield:
            return np.full(known.shape, FAR)
        falls = known & np.isfinite(width)
        safe = [np.where(falls, term, 0.0) for term in terms]
        s, unit = self.shield, np.where(falls, width + log_time, 0.0)
        first = np.log(0.5 / (s + 0.5)) - unit
        last = np.log(10 / s + np.exp(np.minimum(np.where(falls, fixed + log_time, 0.0), 600)) + 10) - unit
        root = _find_root(_slope, (first, last), args=(np.full(known.shape, s), *safe[1:6])).x
        return np.where(falls, np.clip(root, -FAR, FAR), FAR)


def _log_count(x, s, produced, seen, seen_fixed, width, fixed, log_time, untimed):
    log_width = np.logaddexp(x + width, fixed)
    log_y = log_width + log_time
    survival = np.where(untimed, 0.0, displaced.log_shape(log_y, s) - log_y)
    return x + produced + np.logaddexp(x + seen, seen_fixed) - log_width + survival


def _slope(x, s, seen, seen_fixed, width, fixed, log_time):
    """d ln N/dx = 1 + u_S - u_W q."""
    log_width = np.logaddexp(x + width, fixed)
    y = np.exp(np.minimum(log_width + log_time, 690))
    share = np.exp(x + seen - np.logaddexp(x + seen, seen_fixed))
    return 1 + share - np.exp(x + width - log_width) * (1 + s * y - y / np.expm1(np.minimum(y, 700.0)))


def _root(start, top, level, s, terms):
    """The crossing between start, where there are too few events, and the maximum; nan where start is."""
    inside, found = np.isfinite(start), np.full(start.shape, np.nan)
    start, top, level, *terms = (value[inside] for value in (start, top, level, *terms))

    def surplus(x, level, *terms):
        return _log_count(x, s, *terms) - level

    root = _find_root(surplus, (np.minimum(start, top), np.maximum(start, top)), args=(level, *terms))
    found[inside] = np.where(root.success, root.x, np.nan)
    return found


def _find_root(function, bracket, args):
    from scipy.optimize import elementwise  # takes longer to load than most reaches take to compute

    return elementwise.find_root(function, bracket, args=args)
