"""The one equation of every search for a produced Z': as many events as the published edge, or as are needed.

With the production R, the width to what is seen and the whole width Gamma, all per coupling squared, ::

    g^2 R BR P(g^2 Gamma) = N.

P is 1, or the fraction of decays between the proper times t0 and t1: for a search that loses late decays t0 = 0 and P
only rises; behind a shield it rises and falls, and the equation has two solutions. In y = (t1 - t0) g^2 Gamma that is
the one curve of `physics.displaced`: ln y + ln P = ln N - ln(R BR) + ln((t1 - t0) Gamma).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..physics import displaced
from ..physics.couplings import Couplings
from .fixed_width import FixedWidth
from .region import Region


class Rates(NamedTuple):
    """What a model gives a search, per unit of its reference coupling squared.

    :param produced: production, (n,).
    :param seen: width to what is searched for, (n,) GeV; 1, as `whole`, for a Z' that need not decay or is not made.
    :param whole: width to everything, (n,) GeV.
    :param fixed: (of what is seen, of everything) what does not go with the coupling, (n,) GeV each; None without any.

    >>> from zputils import SHIP, ZPrime
    >>> SHIP.kernel(np.array([0.1])).rates(ZPrime.universal_leptons()).produced.tolist()  # protons produce none
    [0.0]
    """

    produced: NDArray
    seen: NDArray
    whole: NDArray
    fixed: tuple[NDArray, NDArray] | None


@dataclass(frozen=True, eq=False)
class Events:
    """What a search needs of a model at masses m, whoever the model is.

    :param m: (n,) GeV.
    :param log_events: ln N, (n,), nan where the search says nothing.
    :param produced: a function of a model that gives its production R, (n,).
    :param widths: one that gives the width to what is searched for and that to everything, (n,) GeV each, None for a Z'
        that need not decay; all per unit of the reference coupling squared.
    :param log_time: ln of t1 - t0 in 1/GeV, (n,), or None where the lifetime does not matter.
    :param shield: t0/(t1 - t0), 0 for a search that only loses late decays.
    :param states: channels of `physics.forms.channels` that are seen.
    :param shift: moves their R, by that many of its errors.
    :param fixed: a function of a model that gives what of the two widths does not go with the coupling, GeV, or None
        (`zputils.methods.fixed_width`).

    >>> from zputils import SHIP, ZPrime
    >>> kernel = SHIP.kernel(np.array([0.1]))
    >>> f"{kernel.region(ZPrime.muonic()).lower[0, 0]:.1e}"
    '2.8e-06'
    """

    m: NDArray
    log_events: NDArray
    produced: Callable[[Couplings], NDArray]
    widths: Callable[[Couplings], tuple[NDArray, NDArray]] | None = None
    log_time: NDArray | None = None
    shield: float = 0.0
    states: tuple[str, ...] = ()
    shift: float = 0.0
    fixed: Callable[[Couplings], tuple[NDArray, NDArray] | None] | None = None

    def rates(self, model: Couplings) -> Rates:
        """Production and widths of a model, each asked for once.

        :param model: the Z'.

        >>> from zputils import SHIP, ZPrime
        >>> rates = SHIP.kernel(np.array([0.1])).rates(ZPrime.dark_photon())
        >>> bool(rates.seen == rates.whole)  # it has no invisible decay
        True
        """
        produced = self.produced(model)
        if self.widths is None or not np.any(produced):  # it need not decay, or there is nothing that could
            return Rates(produced, np.ones_like(self.m), np.ones_like(self.m), None)
        fixed = self.fixed(model) if self.fixed is not None and model.channels else None
        return Rates(produced, *self.widths(model), fixed)

    def log_count(self, model: Couplings, g: ArrayLike) -> NDArray:
        """ln of events over those needed at couplings g, which broadcast against m; -inf where there are none.

        :param model: the Z'.
        :param g: the reference coupling.
        :returns: of the broadcast shape.

        >>> from zputils import SHIP, ZPrime
        >>> kernel = SHIP.kernel(np.array([0.1]))
        >>> edge = kernel.region(ZPrime.muonic()).lower[0]
        >>> abs(float(kernel.log_count(ZPrime.muonic(), edge)[0])) < 1e-12
        True
        """
        rates, log_g2 = self.rates(model), 2 * np.log(g)
        if rates.fixed is not None:
            return self._with_fixed(rates).log_count(log_g2) - self.log_events
        strength, log_y = self._terms(rates)
        with np.errstate(invalid="ignore"):
            log_t = log_y + log_g2
            survival = 0.0 if self.log_time is None else displaced.log_shape(log_t, self.shield) - log_t
            return np.where(np.isneginf(strength), -np.inf, strength + log_g2 + survival - self.log_events)

    def region(self, model: Couplings) -> Region:
        """The couplings that give at least the events needed.

        :param model: the Z'.

        >>> from zputils import SHIP, ZPrime
        >>> SHIP.kernel(np.array([0.1])).region(ZPrime.universal_leptons()).empty
        True
        """
        return self.solved(self.rates(model))

    def solved(self, rates: Rates) -> Region:
        """As `region`, of a model whose rates are known.

        :param rates: of `rates`.

        >>> from zputils import SHIP, ZPrime
        >>> kernel = SHIP.kernel(np.array([0.1]))
        >>> kernel.solved(kernel.rates(ZPrime.muonic())).empty
        False
        """
        if rates.fixed is not None:
            lower, upper = (np.exp(edge / 2) for edge in self._with_fixed(rates).crossings(self.log_events))
            return Region.of(self.m, (lower, upper))
        need, log_y = self._need(rates)
        if self.log_time is None:
            return Region.of(self.m, (np.exp(need / 2), np.inf))
        if not self.shield:
            return Region.of(self.m, (np.exp((displaced.rise(need) - log_y) / 2), np.inf))
        lower, upper = (np.exp((edge - log_y) / 2) for edge in displaced.crossings(need, self.shield))
        return Region.of(self.m, (lower, upper))

    def with_tips(self, model: Couplings) -> Region:
        """As `region` for one model, with a row wherever the two edges meet between neighbouring masses.

        Between the mass that has a reach and the one that has none the surplus of events at the best coupling and ln of
        that coupling are taken as linear in ln m.

        :param model: the Z'.

        >>> from zputils import ZPrime, bounds
        >>> search = bounds.get("E141")
        >>> search.region(ZPrime.muonic()).m.size >= search.masses.size
        True
        """
        rates = self.rates(model)
        if self.log_time is None or not self.shield or rates.fixed is not None:
            return self.solved(rates)
        top = displaced.peak(self.shield)
        need, log_y = self._need(rates)
        surplus, best = displaced.log_shape(top, self.shield) - need, top - log_y
        return tips(self.solved(rates), surplus, best)

    def _with_fixed(self, rates):
        """The events of a model with a width that does not go with the coupling."""
        with np.errstate(divide="ignore", invalid="ignore"):
            produced, seen, seen_fixed, whole, fixed = np.log([*np.broadcast_arrays(
                rates.produced, rates.seen, rates.fixed[0], np.nan_to_num(rates.whole), rates.fixed[1])])
        return FixedWidth(produced, seen, seen_fixed, whole, fixed, self.log_time, self.shield)

    def _terms(self, rates):
        """ln(R BR) and ln of (t1 - t0) Gamma per coupling squared, (n,) each; -inf or nan without events.

        The second is 0 where the lifetime does not matter.
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            strength, log_seen, log_width = np.log(rates.produced), np.log(rates.seen), np.log(rates.whole)
            none = np.isneginf(strength) | np.isneginf(log_seen) | np.isneginf(log_width)
            strength = np.where(none, -np.inf, strength + log_seen - log_width)
            return strength, np.zeros_like(self.m) if self.log_time is None else log_width + self.log_time

    def _need(self, rates):
        """ln N - ln(R BR) + ln of (t1 - t0) Gamma, nan where nothing is known or produced; and the last term."""
        strength, log_y = self._terms(rates)
        with np.errstate(invalid="ignore"):
            need = self.log_events - strength + log_y
        return np.where(np.isfinite(need), need, np.nan), log_y


def tips(region: Region, surplus: np.ndarray, log_best: np.ndarray) -> Region:
    """A region of one interval with a row wherever its two edges meet between neighbouring masses.

    :param region: of one interval at each mass.
    :param surplus: (n,), ln of events over those needed at the best coupling.
    :param log_best: (n,), ln of that coupling squared.

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
