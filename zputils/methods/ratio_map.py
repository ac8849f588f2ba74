"""A search that published a map: observed limit over expected events, point by point in mass and epsilon.

The expected events are epsilon^2 x production x branching ratio x an efficiency that depends on the mass and on the
lifetime alone. A Z' of coupling g has the lifetime of the dark photon whose epsilon^2 = g^2 Gamma/Gamma_dp, so there
its ratio is that dark photon's times

    F = (Gamma/Gamma_dp) (R_dp BR_dp/(R BR)),

in which g cancels. Excluded is where the ratio is below 1: at each mass a set of intervals, which need not be one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..kept import by_mass
from ..physics import decays
from ..physics.models import Couplings, ZPrime
from .events import Rates
from .published_map import load
from .recast import Recast
from .region import Region


def below(log_x: NDArray, z: NDArray) -> tuple[np.ndarray, np.ndarray]:
    """Where z(x), linear in log_x between its points, is negative: (lower, upper) of each interval, (j, n) in log_x.

    An interval that reaches the first or last point ends there.

    :param log_x: (k,).
    :param z: (n, k), nan rows hold nothing. j is the largest number of intervals in a row; nan fills the rest.
    :returns: log_x, (j, n) each.

    >>> [edge.round(2).tolist() for edge in below(np.arange(5.0), np.array([[1, -1, 1, -3, -1.0]]))]
    [[[0.5], [2.25]], [[1.5], [4.0]]]
    """
    some = np.flatnonzero((z < 0).any(axis=1))
    if some.size < len(z):  # rows with nothing would only cost time
        edges = below(log_x, z[some]) if some.size else np.empty((2, 1, 0))
        whole = np.full((2, len(edges[0]), len(z)), np.nan)
        whole[:, :, some] = edges
        return whole[0], whole[1]
    inside = np.pad(z < 0, ((0, 0), (1, 1)))
    enters, leaves = inside[:, 1:] & ~inside[:, :-1], inside[:, :-1] & ~inside[:, 1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        root = log_x[:-1] + z[:, :-1] / (z[:, :-1] - z[:, 1:]) * np.diff(log_x)
    edges = np.concatenate([np.full((len(z), 1), log_x[0]), root, np.full((len(z), 1), log_x[-1])], axis=1)
    return _in_order(edges, enters), _in_order(edges, leaves)


def _in_order(values, chosen):
    """The chosen values of each row, from left to right, as (j, n); nan where a row has fewer."""
    count = np.cumsum(chosen, axis=1)
    result = np.full((max(int(chosen.sum(axis=1).max(initial=0)), 1), len(values)), np.nan)
    row, column = np.nonzero(chosen)
    result[count[row, column] - 1, row] = values[row, column]
    return result


@dataclass(frozen=True, eq=False)
class Ratios:
    """What a map needs of a model.

    :param m: (n,) GeV.
    :param log_epsilon: (k,).
    :param log_ratio: (n, k), a dark photon's.
    :param produced: as `zputils.methods.events.Events` has it.
    :param widths: likewise.

    >>> from zputils import bounds
    >>> bounds.get("LHCb displaced").kernel(np.array([0.25])).log_ratio.shape
    (1, 629)
    """

    m: np.ndarray
    log_epsilon: np.ndarray
    log_ratio: np.ndarray
    produced: Callable[[Couplings], NDArray]
    widths: Callable[[Couplings], tuple[NDArray, NDArray]]

    def rates(self, model: Couplings) -> Rates:
        """Production and widths of a model, each asked for once.

        :param model: the Z'.

        >>> from zputils import bounds
        >>> float(bounds.get("LHCb displaced").kernel().rates(ZPrime.dark_photon()).produced[0].round(9))
        1.0
        """
        return Rates(self.produced(model), *self.widths(model), None)

    @cached_property
    def _photon(self):
        return self.rates(ZPrime.dark_photon())

    def region(self, model: Couplings) -> Region:
        """The couplings at which the model's ratio is below 1.

        :param model: the Z'.

        >>> from zputils import bounds
        >>> bounds.get("LHCb displaced").kernel(np.array([0.25])).region(ZPrime.dark_photon()).lower[0].round(7)
        array([2.2e-05])
        """
        return self.solved(self.rates(model))

    def solved(self, rates: Rates) -> Region:
        """As `region`, of a model whose rates are known.

        :param rates: of `rates`.

        >>> from zputils import bounds
        >>> bounds.get("LHCb displaced").kernel().solved(Rates(*np.zeros((3, 99)), None)).empty
        True
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            log_wider = np.log(rates.whole) - np.log(self._photon.whole)  # by logarithms: no coupling is too large
            log_factor = log_wider + np.log(_events(self._photon)) - np.log(_events(rates))
        log_scale = -log_wider / 2
        z = self.log_ratio + np.where(np.isfinite(log_factor), log_factor, np.nan)[..., None]
        each = z.reshape(-1, z.shape[-1])  # mass after mass, model after model
        edges = (np.exp(edge.reshape(-1, *z.shape[:-1]) + log_scale) for edge in below(self.log_epsilon, each))
        return Region.of(self.m, *zip(*edges, strict=True))


def _events(rates):
    return rates.produced * (rates.seen / rates.whole)  # production times branching ratio


@by_mass(4)
def _kernel(search, m):
    ratios = load(search.data)
    safe_m = np.where((m >= ratios.m[0]) & (m <= ratios.m[-1]), m, ratios.m[0])
    return Ratios(m, ratios.log_epsilon, ratios.at(m), partial(search.produced, m=safe_m),
                  partial(search.widths, m=safe_m))


@dataclass(frozen=True, kw_only=True)
class MapSearch(Recast):
    """A search with a map of ratios, recast point by point.

    >>> from zputils import bounds
    >>> bounds.get("LHCb displaced").final_states
    ('mu',)
    """

    stacks = False

    @property
    def masses(self) -> np.ndarray:
        """The masses of the map in GeV, (n,).

        >>> load("LHCb_Aaij2019bvg_displaced").m.size
        99
        """
        return load(self.data).m

    def kernel(self, m: ArrayLike | None = None) -> Ratios:  # type: ignore[override]  # a map holds more than edges
        """What the map needs of a model at masses m (GeV, any shape), at its own when None.

        >>> from zputils import bounds
        >>> bounds.get("LHCb displaced").kernel().m.size
        99
        """
        return _kernel(self, self.at(m))

    def region(self, model: Couplings, m: ArrayLike | None = None) -> Region:
        """The couplings that are excluded: a set of intervals at each mass, nan outside the masses of the map.

        :param m: (n,) GeV, those of the map when None.

        >>> from zputils import bounds
        >>> bounds.get("LHCb displaced").region(ZPrime.muonic(loop=False)).empty
        True
        """
        if decays.fixed_widths(model, 1.0):
            return Region.of(self.at(m), (np.nan, np.nan))
        return super(Recast, self).region(model, m)

    def why_not(self, model: Couplings) -> str | None:
        """Why nothing is excluded at any mass of the map, or None.

        >>> from zputils import bounds
        >>> bounds.get("LHCb displaced").why_not(ZPrime.dark_photon()) is None
        True
        """
        if fixed := decays.fixed_widths(model, 1.0):
            return f"does not know widths that do not go with the coupling: {', '.join(fixed)}"
        kernel = self.kernel()
        rates = kernel.rates(model)
        return self.unseen(rates) or ("too few events at any coupling" if kernel.solved(rates).empty else None)
