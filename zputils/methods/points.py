"""What bounds say of points (m, g): which of them exclude one, or will probe it, and by what margin."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import checks
from ..physics.models import Couplings
from .between import covered, in_parts
from .bound import Bound, not_all_beyond
from .region import Region
from .stacked import regions

if TYPE_CHECKING:
    import pandas as pd


MANY = 20_000  # masses, of which each is solved for; the edges between more of them are tabulated
AT_ONCE = 1_000_000  # points that are looked at together: more would only take memory
COLUMNS = ["future", "margin", "lower", "upper", "confidence", "references"]


def margin(region: Region, g: ArrayLike, at: Any = ...) -> NDArray:
    """By what factor couplings may change, up and down, before they reach the nearest edge of a region.

    max over the intervals of min(g/lower, upper/g): above 1 inside, 1 on an edge, below 1 outside, where 1/margin is
    the factor to the nearest edge; inf where every coupling is excluded; nan where the region is empty.

    :param region: of couplings.
    :param g: couplings above 0, which broadcast against the masses.
    :param at: indices of the masses, any shape; all when left out.
    :returns: of the broadcast shape.

    >>> region = Region.of(np.array([0.1]), (1e-6, 1e-4), (1e-2, np.inf))
    >>> [f"{x:.3g}" for x in margin(region, [1e-7, 4e-6, 5e-5, 0.05])]
    ['0.1', '4', '2', '5']
    """
    g, factor = np.asarray(g, float), np.asarray(np.nan)
    for lower, upper in region.intervals:
        if not np.isnan(lower).all():
            with np.errstate(divide="ignore"):
                factor = np.fmax(factor, np.minimum(g / lower[at], upper[at] / g))
    return np.broadcast_to(factor, np.broadcast_shapes(np.shape(factor), g.shape, np.shape(region.m[at])))


@dataclass(frozen=True, eq=False)
class Points:
    """What bounds say of many points (m, g) of one model.

    :param model: whose reference coupling g is.
    :param bounds: those that were asked.
    :param g: the couplings; they and `at` broadcast to the shape of the points.
    :param masses: every mass that occurs, GeV, rising.
    :param at: where the mass of each point is among them.

    >>> from zputils import ZPrime, bounds
    >>> points = bounds.excluded_by(ZPrime.muonic(g_nu=1), m=[[0.02], [0.05]], g=[1e-5, 1e-3, 1e-2])
    >>> points.excluded.tolist(), points.margin("CCFR").shape
    ([[False, True, True], [False, True, True]], (2, 3))
    """

    model: Couplings
    bounds: tuple[Bound, ...]
    g: NDArray
    masses: NDArray
    at: NDArray

    @classmethod
    def of(cls, model: Couplings, m: ArrayLike, g: ArrayLike, bounds: Sequence[Bound]) -> "Points":
        """Ask `bounds` of points (m, g), two arrays that broadcast; each mass that occurs is computed once.

        Of more than `MANY` different masses the edges are tabulated (`zputils.methods.between`).

        :param model: the Z'.
        :param m: GeV.
        :param g: the reference coupling.
        :param bounds: those that are asked.

        >>> from zputils import SHIP, ZPrime
        >>> Points.of(ZPrime.muonic(), [0.1, 0.1, 0.2], 1e-5, [SHIP]).probed.tolist()
        [True, True, True]
        """
        checks.instance("model", model, Couplings)
        m, g = checks.mass(m), checks.real("g", g, 0, open_low=True)
        np.broadcast_shapes(m.shape, g.shape)
        masses, at = np.unique(checks.masses(m.ravel()), return_inverse=True)
        points = cls(model, tuple(bounds), g, masses, at.reshape(m.shape))
        _ = not_all_beyond(bounds, masses) if masses.size > MANY else points.regions  # what is beyond is said now
        return points

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """What each bound says at every mass that occurs.

        >>> from zputils import SHIP, ZPrime
        >>> len(Points.of(ZPrime.muonic(), [0.1, 0.1, 0.2], 1e-5, [SHIP]).regions[0].m)
        2
        """
        return tuple(regions(self.bounds, self.model, self.masses))

    def margin(self, name: str) -> NDArray:
        """By what factor g is inside what the bound of this name excludes or probes (`margin`), of the points' shape.

        :param name: of a bound.
        :returns: of the points' shape.

        >>> from zputils import SHIP, ZPrime
        >>> Points.of(ZPrime.muonic(), [0.1, 0.1], [1e-7, 1e-5], [SHIP]).margin("SHiP").round(2).tolist()
        [0.04, 3.58]
        """
        names = [bound.name for bound in self.bounds]
        place = names.index(checks.choice("bound", name, names))
        if self.masses.size <= MANY:
            return margin(self.regions[place], self.g, self.at)
        return margin(in_parts(self.bounds[place], self.model, self.masses, MANY), self.g, self.at)

    @property
    def excluded(self) -> NDArray:
        """Whether anything that is measured excludes each point.

        >>> from zputils import ZPrime, bounds
        >>> bounds.excluded_by(ZPrime.muonic(), [0.1, 0.5], 0.01).excluded.tolist()
        [False, True]
        """
        return self._by_any(future=False)

    @property
    def probed(self) -> NDArray:
        """Whether anything that is planned will probe each point.

        >>> from zputils import ZPrime, bounds
        >>> bounds.excluded_by(ZPrime.muonic(), [0.1, 0.1], [1e-8, 1e-5]).probed.tolist()
        [False, True]
        """
        return self._by_any(future=True)

    def _by_any(self, future):
        if self.masses.size > MANY:
            return self._by_table([bound for bound in self.bounds if bound.future == future])
        found = np.zeros(np.broadcast_shapes(self.g.shape, self.at.shape), bool)
        for bound, region in zip(self.bounds, self.regions, strict=True):
            if bound.future == future and not region.empty:
                found |= margin(region, self.g, self.at) >= 1
        return found

    def _by_table(self, bounds):
        g, at = np.broadcast_arrays(self.g, self.at)
        found, order = np.zeros(g.size, bool), np.argsort(at, axis=None, kind="stable")
        for part in np.array_split(order, -(-g.size // AT_ONCE)):
            found[part] = covered(bounds, self.model, self.masses[at.flat[part]], g.flat[part])
        return found.reshape(g.shape)

    def table(self) -> "pd.DataFrame":
        """For one point: the bounds that exclude or will probe it, what is measured first, the largest margin first.

        Columns `future`; `margin`; `lower` and `upper`, the edges around it; `confidence`; `references`.

        >>> from zputils import ZPrime, bounds
        >>> list(bounds.excluded_by(ZPrime.muonic(), 0.1, 1e-5, ["CCFR", "SHiP"]).index)
        ['SHiP']
        """
        import pandas as pd

        return pd.DataFrame.from_dict(self.rows(), orient="index", columns=COLUMNS)

    def rows(self) -> dict[str, tuple]:
        """The same as {name of a bound: its values of `COLUMNS`}, without the time that pandas takes to load.

        :returns: {bound: a value for each column}.

        >>> from zputils import ZPrime, bounds
        >>> Points.of(ZPrime.muonic(), 0.1, 1e-5, [bounds.get("SHiP")]).rows()["SHiP"][0]
        True
        """
        (g,), (at,) = self.g.ravel(), self.at.ravel()
        rows = {bound.name: _row(bound, region, g, at) for bound, region in zip(self.bounds, self.regions, strict=True)}
        there = [(name, row) for name, row in rows.items() if row]
        return dict(sorted(there, key=lambda item: (item[1][0], -item[1][1])))  # what is measured, the largest margin


def _row(bound, region, g, at):
    """One bound's row of a table, None for one that does not exclude or probe the point."""
    inside = [(lower[at], upper[at]) for lower, upper in region.intervals if lower[at] <= g <= upper[at]]
    if not inside:
        return None
    lower, upper = inside[0]
    return (bound.future, float(margin(region, g, at)), lower, upper, bound.confidence, " ".join(bound.references))
