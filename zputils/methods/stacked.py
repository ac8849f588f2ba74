"""Many searches for a produced Z' in one evaluation: the equation of `methods.events` at all their masses at once.

Production and widths are forms in the couplings (`physics.forms`), tabulated once, so that a model costs three products
of a matrix and a vector, and one solution for each sort of search.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np

from ..physics import decays, displaced, forms
from ..physics.hadrons import MASS_MAX
from ..physics.models import ZPrime
from .bound import Bound, MassWarning
from .bound import regions as one_by_one
from .events import Events, tips
from .recast import Recast
from .region import Region
from .thermal import DecaysToElectrons

PROMPT, LOSING, BEHIND = 0, 1, 2  # no word on the lifetime; late decays are lost; decays behind a shield


@dataclass(frozen=True, eq=False)
class Stacked:
    """The kernels of several searches, one after the other: N masses in all.

    kernels: the searches; squares: their production; seen, width: (21, N), the forms of the width to what is seen and
    to everything, 0 for a Z' that need not decay.

    >>> from zputils import bounds
    >>> stack = Stacked.of([bounds.get("BaBar").kernel(), bounds.get("E141").kernel()])
    >>> [region.m.size for region in stack.regions(ZPrime.dark_photon())]
    [5652, 100]
    """

    kernels: tuple[Events, ...]
    squares: forms.Squares
    seen: np.ndarray
    width: np.ndarray

    @classmethod
    def of(cls, kernels: Sequence[Events]) -> "Stacked":
        """The kernels of searches in one.

        >>> from zputils import bounds
        >>> Stacked.of([bounds.get("BaBar").kernel(np.array([0.1]))]).seen.shape
        (21, 1)
        """
        tabulated = [_widths(kernel) for kernel in kernels]
        seen, width = (np.concatenate([pair[side] for pair in tabulated], axis=1) for side in (0, 1))
        squares = [forms.Squares.of(kernel.produced, known_masses(kernel)) for kernel in kernels]
        return cls(tuple(kernels), _joined(squares, [kernel.m.size for kernel in kernels]), seen, width)

    @cached_property
    def parts(self) -> list[slice]:
        """Where each search stands.

        >>> from zputils import bounds
        >>> Stacked.of([bounds.get("BaBar").kernel(np.array([0.1, 1.0]))]).parts
        [slice(0, 2, None)]
        """
        ends = np.cumsum([0, *(kernel.m.size for kernel in self.kernels)]).tolist()
        return [slice(*pair) for pair in pairwise(ends)]

    @cached_property
    def _sort(self):
        sort = [PROMPT if kernel.log_time is None else BEHIND if kernel.shield else LOSING for kernel in self.kernels]
        each = np.repeat(sort, [kernel.m.size for kernel in self.kernels])
        return [np.flatnonzero(each == kind) for kind in (PROMPT, LOSING, BEHIND)]

    @cached_property
    def _virtual(self):
        each = np.repeat([kernel.seen is None for kernel in self.kernels], [kernel.m.size for kernel in self.kernels])
        return np.flatnonzero(each)

    @cached_property
    def _columns(self):
        """ln N, ln (t1 - t0), s, ln y at the peak and ln of the rate there, (N,) each."""
        columns = []
        for kernel in self.kernels:
            top = displaced.peak(kernel.shield) if kernel.shield else 0.0
            time = 0.0 if kernel.log_time is None else kernel.log_time
            own = kernel.log_events, time, kernel.shield, top, displaced.log_shape(top, kernel.shield)
            columns.append(np.array(np.broadcast_arrays(*own)))
        return np.concatenate(columns, axis=1)

    def terms(self, model: ZPrime) -> tuple[np.ndarray, np.ndarray]:
        """ln(R BR), and ln of (t1 - t0) Gamma per coupling squared where the lifetime matters, (N,) each.

        >>> from zputils import bounds
        >>> stack = Stacked.of([bounds.get("BaBar").kernel(np.array([0.5]))])
        >>> [f"{np.exp(stack.terms(k * ZPrime.dark_photon())[0][0]):.2f}" for k in (1, 2)]  # BR is 0.81
        ['0.81', '3.23']
        """
        pairs = forms.products(model)
        seen, width = pairs @ self.seen, pairs @ self.width
        seen[self._virtual] = width[self._virtual] = 1.0
        with np.errstate(divide="ignore", invalid="ignore"):
            log_width = np.log(width)
            return np.log(self.squares(model, width.size) * seen) - log_width, log_width

    def edges(self, model: ZPrime) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Lower and upper edge, `need` and ln y of `Events` at all masses, (N,) each; nan where there is none.

        >>> from zputils import bounds
        >>> stack = Stacked.of([bounds.get("BaBar").kernel(np.array([0.5]))])
        >>> f"{stack.edges(ZPrime.dark_photon())[0][0]:.1e}"
        '7.1e-04'
        """
        strength, log_width = self.terms(model)
        log_events, log_time, s, top, _ = self._columns
        prompt, losing, behind = self._sort
        log_y = log_width + log_time
        log_y[prompt] = 0.0
        need = log_events - strength + log_y
        need = np.where(np.isfinite(need), need, np.nan)
        edges = np.full((2, need.size), np.inf)
        edges[0, prompt] = need[prompt]
        edges[0, losing] = displaced.rise(need[losing])
        edges[:, behind] = displaced.crossings(need[behind], s[behind], top[behind])
        lower, upper = np.exp((edges - log_y) / 2)
        return lower, np.where(np.isnan(lower), np.nan, upper), need, log_y

    def regions(self, model: ZPrime, with_tips: Sequence[bool] | None = None) -> list[Region]:
        """What each search excludes, as `Events.region` or, for those with tips, as `Events.with_tips`.

        >>> from zputils import bounds
        >>> stack = Stacked.of([bounds.get("BaBar").kernel(np.array([0.5]))])
        >>> stack.regions(ZPrime.dark_photon())[0].lower.shape
        (1, 1)
        """
        lower, upper, need, log_y = self.edges(model)
        top, highest = self._columns[3:]
        surplus, best = highest - need, top - log_y
        regions = []
        tipped = with_tips or [False] * len(self.kernels)
        for kernel, part, pointed in zip(self.kernels, self.parts, tipped, strict=True):
            region = Region(kernel.m, lower[None, part], upper[None, part])
            if pointed and kernel.shield and kernel.log_time is not None:
                region = tips(region, surplus[part], best[part])
            regions.append(region)
        return regions


def _widths(kernel):
    """The forms of seen and whole width, (21, n) each."""
    n = kernel.m.size
    if kernel.seen is None:
        one = np.zeros((len(forms.PAIRS), n))
        return one, one
    by_channel = forms.channels(known_masses(kernel), kernel.shift)
    whole = forms.total(by_channel[channel] for channel in decays.CHANNELS)
    seen = forms.total(by_channel[state] for state in kernel.states)
    return forms.matrix(seen, n), forms.matrix(whole, n)


def known_masses(kernel):
    """The masses of a search, one of those where it speaks in the place of those where it does not, (n,).

    >>> from zputils import bounds
    >>> known_masses(bounds.get("KEK").kernel(np.array([0.005, 1e3]))).tolist()
    [0.005, 0.005]
    """
    speaks = np.isfinite(kernel.log_events)
    return np.where(speaks, kernel.m, kernel.m[np.argmax(speaks)] if speaks.any() else 0.1)


def _joined(squares, sizes):
    starts = np.cumsum([0, *sizes[:-1]])
    columns = zip(*((each.at + start, each.weight, each.floor, each.form)
                    for each, start in zip(squares, starts, strict=True)), strict=True)
    return forms.Squares(*map(np.concatenate, columns))


@lru_cache(maxsize=2)
def _stack(bounds, masses):
    m = None if masses is None else np.frombuffer(masses)
    return Stacked.of([bound.kernel(bound.masses if m is None else m) for bound in bounds])


def stackable(bound: Bound) -> bool:
    """Whether a bound is one that `Stacked` takes.

    >>> from zputils import bounds
    >>> stackable(bounds.get("BaBar")), stackable(bounds.get("CCFR"))
    (True, False)
    """
    return isinstance(bound.kernel(bound.masses[:1]), Events) and not isinstance(bound, DecaysToElectrons)


_stackable = lru_cache(maxsize=1000)(stackable)


def regions(model: ZPrime, bounds: Sequence[Bound], m: np.ndarray | None = None) -> list[Region]:
    """`bound.region(model, m)` of many bounds, those that `Stacked` takes in one evaluation.

    m: (n,) GeV, each at its own masses when None.

    >>> from zputils import bounds
    >>> both = [bounds.get("BaBar"), bounds.get("CCFR")]
    >>> [region.lower.shape for region in regions(ZPrime.dark_photon(), both, np.array([0.1]))]
    [(1, 1), (2, 1)]
    """
    one = isinstance(model, ZPrime) and (m is None or np.max(m) <= MASS_MAX)
    together = tuple(bound for bound in bounds if one and _stackable(bound))
    found = {}
    if together:
        stack = _stack(together, None if m is None else np.ascontiguousarray(m, float).tobytes())
        tipped = [m is None and isinstance(bound, Recast) for bound in together]
        found = dict(zip(map(id, together), stack.regions(model, tipped), strict=True))
    return [found[id(bound)] if id(bound) in found else bound.region(model, m) for bound in bounds]


def together(bounds: Sequence[Bound], model: ZPrime, m) -> list[Region]:
    """As `bound.regions` at masses m, (n,) GeV, the searches in one evaluation.

    >>> from zputils import bounds
    >>> seen, beyond = together([bounds.get("DUNE"), bounds.get("BaBar")], ZPrime.muonic(g_nu=1), np.array([0.1, 20.0]))
    >>> np.isnan(seen.lowest).tolist(), np.isnan(beyond.lowest).tolist()
    ([False, False], [False, True])
    """
    beyond = all(np.min(m) > bound.mass_range[1] for bound in bounds)  # of which `bound.regions` warns
    if beyond or not isinstance(model, ZPrime) or np.max(m) > MASS_MAX:
        return one_by_one(bounds, model, m)
    searches = [bound for bound in bounds if _hashable(bound) and _stackable(bound)]
    found = dict(zip(map(id, searches), regions(model, searches, m), strict=True))
    rest = [bound for bound in bounds if id(bound) not in found]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MassWarning)
        found |= dict(zip(map(id, rest), one_by_one(rest, model, m), strict=True))
    return [found[id(bound)] for bound in bounds]


def _hashable(bound):
    """Whether it can be kept for the next model: a bound of yours may hold an array."""
    try:
        hash(bound)
    except TypeError:
        return False
    return True
