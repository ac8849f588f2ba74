"""The one equation of every search for a produced Z': as many events as the published edge, or as are needed.

With the production R, the width to what is seen and the whole width Gamma, all per coupling squared, ::

    g^2 R BR P(g^2 Gamma) = N.

P is 1, or the fraction of decays between the proper times t0 and t1: for a search that loses late decays t0 = 0 and P
only rises; behind a shield it rises and falls, and the equation has two solutions. In y = (t1 - t0) g^2 Gamma that is
the one curve of `physics.displaced`: ln y + ln P = ln N - ln(R BR) + ln((t1 - t0) Gamma).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..physics import displaced
from .fixed_width import FixedWidth
from .region import Region


@dataclass(frozen=True, eq=False)
class Events:
    """What a search needs of a model at masses m, whoever the model is.

    m: (n,) GeV. log_events: ln N, (n,), nan where the search says nothing. produced, seen, width: functions of a model
    that give, (n,) each, its production R, and in GeV the width to what is searched for and to everything, per unit of
    the reference coupling squared; `seen` None for a Z' that need not decay. log_time: ln of t1 - t0 in 1/GeV, (n,), or
    None where the lifetime does not matter. shield: t0/(t1 - t0), 0 for a search that only loses late decays.
    states, shift: the channels of `physics.forms.channels` that `seen` is made of, and the shift of their R. fixed: a
    function of a model that gives what of `seen` and `width` does not go with the coupling, GeV, or None
    (`zputils.methods.fixed_width`).

    >>> from zputils import SHIP, ZPrime
    >>> kernel = SHIP.kernel(np.array([0.1]))
    >>> f"{kernel.region(ZPrime.muonic()).lower[0, 0]:.1e}"
    '2.8e-06'
    """

    m: np.ndarray
    log_events: np.ndarray
    produced: Callable
    seen: Callable | None = None
    width: Callable | None = None
    log_time: np.ndarray | None = None
    shield: float = 0.0
    states: tuple[str, ...] = ()
    shift: float = 0.0
    fixed: Callable | None = None

    def terms(self, model) -> tuple[np.ndarray, np.ndarray]:
        """ln(R BR) and ln of (t1 - t0) Gamma per coupling squared, (n,) each; -inf or nan without events.

        The second is 0 where the lifetime does not matter.

        >>> from zputils import SHIP, ZPrime
        >>> SHIP.kernel(np.array([0.1])).terms(ZPrime.universal_leptons())[0].tolist()  # protons produce none
        [-inf]
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            strength = np.log(self.produced(model))
            if self.seen is None:
                return strength, np.zeros_like(self.m)
            log_seen, log_width = np.log(self.seen(model)), np.log(self.width(model))
            none = np.isneginf(strength) | np.isneginf(log_seen) | np.isneginf(log_width)
            strength = np.where(none, -np.inf, strength + log_seen - log_width)
            return strength, np.zeros_like(self.m) if self.log_time is None else log_width + self.log_time

    def log_count(self, model, g) -> np.ndarray:
        """ln of events over those needed at couplings g, which broadcast against m; -inf where there are none.

        >>> from zputils import SHIP, ZPrime
        >>> kernel = SHIP.kernel(np.array([0.1]))
        >>> edge = kernel.region(ZPrime.muonic()).lower[0]
        >>> abs(float(kernel.log_count(ZPrime.muonic(), edge)[0])) < 1e-12
        True
        """
        if (rate := self._rate(model)) is not None:
            return rate.log_count(2 * np.log(g)) - self.log_events
        strength, log_y = self.terms(model)
        log_g2 = 2 * np.log(g)
        with np.errstate(invalid="ignore"):
            log_t = log_y + log_g2
            survival = 0.0 if self.log_time is None else displaced.log_shape(log_t, self.shield) - log_t
            return np.where(np.isneginf(strength), -np.inf, strength + log_g2 + survival - self.log_events)

    def region(self, model) -> Region:
        """The couplings that give at least the events needed.

        >>> from zputils import SHIP, ZPrime
        >>> SHIP.kernel(np.array([0.1])).region(ZPrime.universal_leptons()).empty
        True
        """
        if (rate := self._rate(model)) is not None:
            return Region.of(self.m, *(tuple(np.exp(edge / 2) for edge in rate.crossings(self.log_events)),))
        need, log_y = self._need(model)
        if self.log_time is None:
            return Region.of(self.m, (np.exp(need / 2), np.inf))
        if not self.shield:
            return Region.of(self.m, (np.exp((displaced.rise(need) - log_y) / 2), np.inf))
        return Region.of(self.m, [np.exp((edge - log_y) / 2) for edge in displaced.crossings(need, self.shield)])

    def with_tips(self, model) -> Region:
        """As `region` for one model, with a row wherever the two edges meet between neighbouring masses.

        Between the mass that has a reach and the one that has none the surplus of events at the best coupling and ln of
        that coupling are taken as linear in ln m.

        >>> from zputils import ZPrime, bounds
        >>> search = bounds.get("E141")
        >>> search.region(ZPrime.muonic()).m.size >= search.masses.size
        True
        """
        region = self.region(model)
        if self.log_time is None or not self.shield or self._rate(model) is not None:
            return region
        top = displaced.peak(self.shield)
        need, log_y = self._need(model)
        surplus, best = displaced.log_shape(top, self.shield) - need, top - log_y
        return tips(region, surplus, best)

    def _rate(self, model):
        """The rate of a model with a width that does not go with the coupling, None for the others."""
        fixed = self.fixed(model) if self.fixed is not None and model.channels else None
        if fixed is None:
            return None
        with np.errstate(divide="ignore", invalid="ignore"):
            width = self.width(model)
            terms = np.log([*np.broadcast_arrays(self.produced(model), self.seen(model), fixed[0],
                                                 np.nan_to_num(width), fixed[1])])
        return FixedWidth(*terms, self.log_time, self.shield)

    def _need(self, model):
        """ln N - ln(R BR) + ln of (t1 - t0) Gamma, nan where nothing is known or produced; and the last term."""
        strength, log_y = self.terms(model)
        with np.errstate(invalid="ignore"):
            need = self.log_events - strength + log_y
        return np.where(np.isfinite(need), need, np.nan), log_y


def tips(region: Region, surplus: np.ndarray, log_best: np.ndarray) -> Region:
    """A region of one interval with a row wherever its two edges meet between neighbouring masses.

    surplus: ln of events over those needed at the best coupling, log_best: ln of that coupling squared, (n,) each.

    >>> region = Region.of(np.array([0.1, 0.4]), ([1e-3, np.nan], [2e-3, np.nan]))
    >>> f"{tips(region, np.array([1.0, -1.0]), np.log([2e-6, 2e-6])).m[1]:.3f}"
    '0.200'
    """
    ends = np.isnan(region.lower[0])
    at = np.flatnonzero((ends[1:] != ends[:-1]) & np.isfinite(surplus[1:]) & np.isfinite(surplus[:-1]))
    share = np.clip(surplus[at] / (surplus[at] - surplus[at + 1]), 0, 1)
    log_m, tip = (x[at] + share * (x[at + 1] - x[at]) for x in (np.log(region.m), log_best))
    edges = (region.m, np.exp(log_m)), (region.lower[0], np.exp(tip / 2)), (region.upper[0], np.exp(tip / 2))
    m, lower, upper = (np.insert(values, at + 1, new) for values, new in edges)
    return Region.of(m, (lower, upper))
