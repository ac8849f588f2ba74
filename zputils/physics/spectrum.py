"""Decays behind a shield of particles with a spectrum of momenta, and where their number crosses a level.

A beam of particles with weights w_i at momenta p_i, of mass m and width Gamma, gives::

    N ~ t sum_i w_i {exp(-L_sh t/p_i) - exp(-(L_sh + L_dec) t/p_i)},    t = m Gamma/(hbar c),

if they are produced in proportion to the width, as a Z' is with its coupling squared. N rises like t^2 at small t and
falls like exp(-L_sh t/p_max) at large t. In ln t each momentum gives the same concave curve, shifted by ln p (Eqs. 3.4
and 3.8 of arXiv:2108.05147). Their sum has one maximum if w p is log-concave in ln p, as a log-concave shape folded
with a log-concave weight is log-concave. It may have two if few fast particles are produced along with many slow ones.
Nothing here relies on there being one: all turning points are found first, unless there is but one and a place near it
is above the level, and there is at most one crossing between two of them. With a dip below the level, what is above it
are two intervals.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import checks
from . import displaced

STEP = 0.5  # in ln t, where turning points are looked for: what one momentum gives varies over e-folds
_TINY = np.finfo(float).tiny
_ALL = slice(None)


@dataclass(frozen=True, eq=False)
class Beam:
    """Particles that fly through a shield and are seen if they decay in the region behind it.

    :param momenta: (n, k) GeV, k momenta at each of n masses.
    :param weights: (n, k) >= 0, how many particles have each momentum; zeros alone where none is produced.
    :param shield: L_sh in metres, > 0.
    :param decay: L_dec in metres, > 0.
    :raises ValueError: for a momentum, weight or length that is not a number in its range.

    >>> beam = Beam([[100.0, 300.0]], [[1.0, 0.5]], shield=60, decay=50)
    >>> f"{np.exp(beam.log_number(np.log([2.0]))[0]):.2f}"  # t = 2 GeV/m
    '0.57'
    """

    momenta: NDArray
    weights: NDArray
    shield: float
    decay: float
    _slowest: NDArray = field(init=False, repr=False)
    _fastest: NDArray = field(init=False, repr=False)
    _y: NDArray = field(init=False, repr=False)
    _lag: NDArray = field(init=False, repr=False)

    def __post_init__(self) -> None:
        momenta, weights = np.broadcast_arrays(
            np.atleast_2d(checks.real("momenta", self.momenta, 0, open_low=True)),
            np.atleast_2d(checks.real("weights", self.weights, 0)))
        there = (weights > 0) | ~(weights > 0).any(axis=-1, keepdims=True)
        lengths = {name: float(checks.real(name, getattr(self, name), 0, open_low=True))
                   for name in ("shield", "decay")}
        slowest, fastest = (np.min(momenta, axis=-1, where=there, initial=np.inf),
                            np.max(momenta, axis=-1, where=there, initial=0.0))
        lag = np.maximum(1 / momenta - 1 / fastest[:, None], 0)  # negative only where there is no particle
        derived = {"_slowest": slowest, "_fastest": fastest, "_y": lengths["decay"] / momenta,
                   "_lag": lengths["shield"] * lag}
        for name, value in {"momenta": momenta, "weights": weights, **lengths, **derived}.items():
            object.__setattr__(self, name, value)

    def log_number(self, log_t: ArrayLike, rows: NDArray | slice = _ALL) -> NDArray:
        """ln of t sum_i w_i {exp(-L_sh t/p_i) - exp(-(L_sh + L_dec) t/p_i)}, -inf where there is no particle.

        :param log_t: (j,), ln of m Gamma/(hbar c) in GeV/m, one for each of `rows`.
        :param rows: (j,), which of the n masses; all of them if not given.
        :returns: (j,)

        >>> Beam([[100.0]], [[0.0]], 60, 50).log_number([0.0]).tolist()
        [-inf]
        """
        t, _, seen, _ = self._seen(log_t, rows)
        with np.errstate(divide="ignore"):
            return np.log(seen.sum(axis=-1)) + np.asarray(log_t) - self.shield * t[:, 0] / self._fastest[rows]

    def slope(self, log_t: ArrayLike, rows: NDArray | slice = _ALL) -> NDArray:
        """The derivative of `log_number` by ln t: the mean of that of each momentum over the particles that are seen.

        :param log_t: as for `log_number`.
        :param rows: as for `log_number`.
        :returns: (j,), 2 for small t; 0 where there is no particle.

        >>> f"{Beam([[100.0]], [[1.0]], 60, 50).slope([-20.0])[0]:.6f}"
        '2.000000'
        """
        _, y, seen, decayed = self._seen(log_t, rows)
        slopes = 1 - self.shield / self.decay * y + y * (1 - decayed) / decayed
        return np.sum(seen * slopes, axis=-1) / np.maximum(seen.sum(axis=-1), _TINY)

    def _seen(self, log_t, rows):
        """t, decay regions per flight length y, particles seen over exp(-L_sh t/p_max), 1 - e^-y: (j, k) but for t."""
        t = np.exp(np.clip(log_t, -690, 690))[:, None]
        y = np.maximum(t * self._y[rows], _TINY)
        decayed = -np.expm1(-y)
        return t, y, self.weights[rows] * np.exp(-t * self._lag[rows]) * decayed, decayed

    def turning_points(self) -> NDArray:
        """ln t at every maximum and minimum of `log_number` in rising order: max, min, max ...

        A momentum alone has its maximum where L_dec t/p is at `displaced.peak`, so all lie between those of the slowest
        and of the fastest particle.

        :returns: (n, j), j odd; rows that have fewer are filled up with nan.

        >>> beam = Beam([[100.0, 100.0], [1.0, 1000.0]], [[1.0, 1.0], [1e6, 1.0]], shield=60, decay=50)
        >>> beam.turning_points().round(1).tolist()
        [[0.9, nan, nan], [-3.7, -1.1, 3.2]]
        """
        return self._turns(*self._rising())

    def _rising(self):
        """ln t from before the first turning point to behind the last, and whether `log_number` rises there: (n, j)."""
        alone = displaced.peak(self.shield / self.decay) - np.log(self.decay)
        low, high = alone + np.log(self._slowest) - 1e-9, alone + np.log(self._fastest) + 1e-9
        steps = int(np.ceil(np.max(high - low, initial=0.0) / STEP)) + 1
        grid = np.linspace(low, high, steps + 1, axis=-1)
        rising = np.stack([self.slope(column) > 0 for column in grid.T[1:-1]] or [np.empty(0, bool)], axis=-1)
        rising = np.pad(rising.reshape(len(grid), -1), ((0, 0), (1, 1)), constant_values=((0, 0), (True, False)))
        return grid, rising

    def _turns(self, grid, rising):
        return self._solve(self.slope, grid, rising, accuracy=1e-9)  # the number itself is then good to 1e-18

    def _turns_or_above(self, level):
        """As `turning_points`; a ln t before the only maximum will do where the number there is above `level`."""
        grid, rising = self._rising()
        row, last = np.arange(len(grid)), rising.sum(axis=-1) - 1
        one = rising[row, last] & ~(rising[:, 1:] & ~rising[:, :-1]).any(axis=-1)
        before = grid[row, last]
        enough = one & ~(self.log_number(before) < level)
        turns = self._turns(grid, rising & ~enough[:, None])
        turns[enough, 0] = before[enough]
        return turns

    def crossings(self, level: ArrayLike) -> tuple[NDArray, NDArray]:
        """ln t at which `log_number` rises through a level and falls below it again.

        :param level: (n,); nothing crosses a level that is nan or infinite.
        :returns: (lower, upper), each (n, j): j intervals above the level, one unless there is a dip below it. Rows
            that have fewer are filled up with nan.

        >>> beam = Beam([[100.0]], [[1.0]], shield=60, decay=50)
        >>> lower, upper = beam.crossings([-3.0])
        >>> [f"{beam.log_number(edge[:, 0])[0]:.6f}" for edge in (lower, upper)]
        ['-3.000000', '-3.000000']
        """
        level = np.broadcast_to(np.asarray(level, float), len(self.weights))
        turns = self._turns_or_above(level)
        values = self._at(turns)
        highest = np.nanmax(values, axis=-1, initial=-np.inf)
        # A level that was computed at a maximum may come out above it by rounding.
        rounding = 8 * np.finfo(float).eps * (1 + np.abs(np.where(np.isfinite(level), level, 0.0)))
        reachable = np.isfinite(level) & (level <= highest + rounding)
        level = np.where(reachable, np.minimum(level, highest), np.nan)
        above = np.pad(values >= level[:, None], ((0, 0), (1, 1)))
        ends = self._before(level, turns[:, 0]), self._after(level, np.nanmax(turns, axis=-1))
        knots = np.column_stack([ends[0], turns, ends[1]])
        knots = np.where(np.isnan(knots), knots[:, -1:], knots)
        edges = self._solve(lambda log_t, rows: self.log_number(log_t, rows) - level[rows], knots, above, least=2)
        return edges[:, 0::2], edges[:, 1::2]

    def _at(self, turns):
        """`log_number` at turning points, (n, j), -inf where they are nan."""
        columns = [self.log_number(np.nan_to_num(column)) for column in turns.T]
        return np.where(np.isnan(turns), -np.inf, np.stack(columns, axis=-1))

    def _before(self, level, first):
        """A ln t <= `first` at which the number is below `level`: 1 - exp(-y) <= y and exp(-y) <= 1."""
        with np.errstate(divide="ignore"):
            bound = np.log(self.decay * np.sum(self.weights / self.momenta, axis=-1))
        return np.fmin((level - bound) / 2, first) - 1e-9

    def _after(self, level, last):
        """A ln t >= `last` at which the number is below `level`: with v = L_sh t/p_max, ln v <= v/2 + ln 2 - 1."""
        scale = np.log(self._fastest / self.shield)
        with np.errstate(divide="ignore"):
            depth = np.log(2) - 1 - (level - scale - np.log(self.weights.sum(axis=-1)))
        return np.fmax(np.log(2 * np.fmax(depth, 1.0)) + scale, last) + 1e-9

    @staticmethod
    def _solve(function, knots, state, accuracy=0.0, least=1):
        """The roots of function(ln t, rows) between neighbours in knots, (n, j), whose boolean `state` differs."""
        from scipy.optimize import elementwise

        rows, left = np.nonzero(state[:, :-1] != state[:, 1:])
        counts = np.bincount(rows, minlength=len(knots))
        result = np.full((len(knots), max(np.max(counts, initial=0), least)), np.nan)
        if rows.size:
            result[rows, np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)] = elementwise.find_root(
                lambda log_t, i: function(log_t, i.astype(int)), (knots[rows, left], knots[rows, left + 1]),
                args=(rows,), tolerances={"xatol": accuracy}).x
        return result
