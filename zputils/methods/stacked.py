"""Many searches for a produced Z' in one evaluation: the equation of `methods.events` at all their masses at once.

Production and widths are forms in the couplings (`physics.forms`), tabulated once, so that a model costs three products
of a matrix and a vector, and one solution for each sort of search.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import checks
from ..physics import decays, displaced, forms
from ..physics.hadrons import MASS_MAX
from ..physics.models import Couplings, ZPrime
from .bound import Bound, inside, not_all_beyond
from .events import Events, tips
from .recast import Recast
from .region import Region

PROMPT, LOSING, BEHIND = 0, 1, 2  # no word on the lifetime; late decays are lost; decays behind a shield


@dataclass(frozen=True, eq=False)
class Stacked:
    """The kernels of several searches, one after the other: N masses in all.

    :param kernels: the searches.
    :param squares: their production.
    :param seen: (21, N), the forms of the width to what is seen and to everything, 0 for a Z' that need not decay.
    :param width: (21, N), the forms of the width to what is seen and to everything, 0 for a Z' that need not decay.

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

        :param kernels: of the searches.

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
        each = np.repeat([kernel.widths is None for kernel in self.kernels], [kernel.m.size for kernel in self.kernels])
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

    def terms(self, model: Couplings) -> tuple[np.ndarray, np.ndarray]:
        """ln(R BR), and ln of (t1 - t0) Gamma per coupling squared where the lifetime matters, (N,) each.

        :param model: the Z'.
        :returns: (N,) each.

        >>> from zputils import bounds
        >>> stack = Stacked.of([bounds.get("BaBar").kernel(np.array([0.5]))])
        >>> [f"{np.exp(stack.terms(k * ZPrime.dark_photon())[0][0]):.2f}" for k in (1, 2)]  # BR is 0.81
        ['0.81', '3.23']
        """
        pairs = forms.products(model)
        seen, width = (np.einsum("p,pn->n", pairs, form) for form in (self.seen, self.width))  # no threads to start
        seen[self._virtual] = width[self._virtual] = 1.0
        with np.errstate(divide="ignore", invalid="ignore"):
            log_width = np.log(width)
            return np.log(self.squares(model, width.size) * seen) - log_width, log_width

    def edges(self, model: Couplings) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Lower and upper edge, `need` and ln y of `Events` at all masses, (N,) each; nan where there is none.

        :param model: the Z'.
        :returns: (N,) each.

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

    def regions(self, model: Couplings, with_tips: Sequence[bool] | None = None) -> list[Region]:
        """What each search excludes, as `Events.region` or, for those with tips, as `Events.with_tips`.

        :param model: the Z'.
        :param with_tips: of each search, whether; none when None.

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
    if kernel.widths is None:
        one = np.zeros((len(forms.PAIRS), n))
        return one, one
    by_channel = forms.channels(kernel.m, kernel.shift)  # the same for every search at these masses
    whole = forms.total(by_channel[channel] for channel in decays.CHANNELS)
    seen = forms.total(by_channel[state] for state in kernel.states)
    return forms.matrix(seen, n), forms.matrix(whole, n)


def known_masses(kernel: Events) -> NDArray:
    """The masses of a search, one of those where it speaks in the place of those where it does not, (n,).

    :param kernel: of a search.
    :returns: (n,) GeV.

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


def regions(bounds: Sequence[Bound], model: Couplings, m: ArrayLike | None = None) -> list[Region]:
    """The `Region` of each of several bounds.

    Those that `Stacked` takes are evaluated together. Empty where a bound says nothing of these masses; a `MassWarning`
    when all of them are heavier than those of every bound.

    :param bounds: those that are asked.
    :param model: the Z'.
    :param m: (n,) GeV; each bound's own masses when None.

    >>> from zputils import ZPrime, bounds
    >>> seen, beyond = regions([bounds.get("DUNE"), bounds.get("BaBar")], ZPrime.muonic(g_nu=1), 20.0)
    >>> seen.empty, beyond.empty
    (False, True)
    """
    at = None if m is None else not_all_beyond(bounds, checks.masses(m))
    asked = [bound for bound in bounds if at is None or inside(bound, at)]
    found = _together(tuple(bound for bound in asked if _one(model, at) and _taken(bound)), model, at)
    found |= {id(bound): bound.region(model, at) for bound in asked if id(bound) not in found}
    if at is not None:
        found = {id(bound): Region.of(at, (np.nan, np.nan)) for bound in bounds} | found
    return [found[id(bound)] for bound in bounds]


def _taken(bound):
    """Whether a bound is kept in a stack; one of the user's own, with arrays in it, is not."""
    try:
        return bound.stacks and hash(bound) is not None
    except TypeError:  # it cannot be a key
        return False


def _one(model, m):
    """Whether the forms hold: not for couplings that run, axial ones and further decays, or many models at once."""
    plain = isinstance(model, ZPrime) and not model.channels and not any(model.axial.values())
    return plain and (m is None or np.max(m, initial=0) <= MASS_MAX)


def _together(bounds, model, m):
    """{id of a bound: its region}, all in one evaluation."""
    if not bounds:
        return {}
    stack = _stack(bounds, None if m is None else np.ascontiguousarray(m, float).tobytes())
    tips = [m is None and isinstance(bound, Recast) for bound in bounds]
    return dict(zip(map(id, bounds), stack.regions(model, tips), strict=True))
