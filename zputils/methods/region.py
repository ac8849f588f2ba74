"""What a bound says of a model: the couplings that are excluded, or probed, at each mass."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import checks

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Region:
    """A set of intervals of couplings at each mass.

    A row of `lower` and `upper` is one interval followed along the mass.

    :param m: (n,) GeV.
    :param lower: (p, n), the ends of p intervals at each mass, or (p, k, n) for k models side by side; nan where there
        are fewer, `upper` inf where all above `lower` is excluded, `lower` 0 where every coupling is.
    :param upper: (p, n), the ends of p intervals at each mass, or (p, k, n) for k models side by side; nan where there
        are fewer, `upper` inf where all above `lower` is excluded, `lower` 0 where every coupling is.

    >>> region = Region(np.array([0.1, 0.2]), np.array([[1e-3, np.nan]]), np.array([[np.inf, np.nan]]))
    >>> region.contains(2e-3).tolist()
    [True, False]
    """

    m: np.ndarray
    lower: np.ndarray
    upper: np.ndarray

    @classmethod
    def of(cls, m: NDArray, *intervals: tuple[ArrayLike, ArrayLike]) -> "Region":
        """From intervals (lower, upper), each broadcast against m; nan in one of them is nan in both.

        :param m: (n,) GeV.
        :param intervals: (lower, upper) of each.

        >>> Region.of(np.array([0.1, 0.2]), ([1e-3, np.nan], np.inf)).upper.tolist()
        [[inf, nan]]
        """
        pairs = [np.broadcast_arrays(m, *pair)[1:] for pair in intervals]
        shape = len(pairs), *(np.shape(pairs[0][0]) if pairs else np.shape(m))
        lower, upper = (np.array([pair[side] for pair in pairs], float).reshape(shape) for side in (0, 1))
        lower[np.isnan(upper)] = upper[np.isnan(lower)] = np.nan
        return cls(m, lower, upper)

    @property
    def intervals(self) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
        """The intervals one by one: (lower, upper), each (n,).

        >>> Region.of(np.array([0.1]), (1.0, 2.0), (3.0, np.inf)).intervals[0]
        (array([1.]), array([2.]))
        """
        return tuple(zip(self.lower, self.upper, strict=True))

    @property
    def lowest(self) -> np.ndarray:
        """The smallest coupling of the region at each mass, (n,), nan where there is none.

        >>> Region.of(np.array([0.1]), (3.0, 4.0), (1.0, 2.0)).lowest.tolist()
        [1.0]
        """
        return np.fmin.reduce(self.lower, axis=0)

    @property
    def highest(self) -> np.ndarray:
        """The largest coupling of the region at each mass, (n,), inf without end and nan where there is none.

        >>> Region.of(np.array([0.1]), (3.0, 4.0), (1.0, 2.0)).highest.tolist()
        [4.0]
        """
        return np.fmax.reduce(self.upper, axis=0)

    @property
    def limit(self) -> np.ndarray:
        """The coupling above which every coupling is in the region, (n,), nan where there is none.

        >>> Region.of(np.array([0.1]), (1.0, 2.0), (3.0, np.inf)).limit.tolist()
        [3.0]
        """
        return np.fmin.reduce(np.where(np.isinf(self.upper), self.lower, np.nan), axis=0)

    @property
    def empty(self) -> bool:
        """Whether there is no coupling at any mass.

        >>> Region.of(np.array([0.1]), (np.nan, np.nan)).empty
        True
        """
        return bool(np.isnan(self.lower).all())

    def contains(self, g: ArrayLike) -> np.ndarray:
        """Whether couplings g, which broadcast against m, are in the region, their edges included: (n,).

        :param g: couplings.
        :returns: (n,) booleans.

        >>> Region.of(np.array([0.1, 0.2]), (1e-3, np.inf)).contains([1e-4, 1e-3]).tolist()
        [False, True]
        """
        g = checks.real("g", g, 0)
        return np.any((self.lower <= g) & (g <= self.upper), axis=0)

    def scaled(self, factor: float | NDArray) -> "Region":
        """The same region with every coupling times a factor.

        :param factor: on couplings, a number or (n,).

        >>> Region.of(np.array([0.1]), (1.0, np.inf)).scaled(2).lower.tolist()
        [[2.0]]
        """
        return Region(self.m, self.lower * factor, self.upper * factor)

    def pieces(self) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """The region as `(m, lower, upper)` of connected pieces, each (n,): for a figure, which bridges no gap.

        :returns: (n,) each.

        >>> region = Region.of(np.array([0.1, 0.2, 0.3]), ([1.0, np.nan, 1.0], [2.0, np.nan, np.inf]))
        >>> [(m.tolist(), float(upper[0])) for m, _, upper in region.pieces()]
        [([0.1], 2.0), ([0.3], inf)]
        """
        runs = [(row, run) for row, lower in enumerate(self.lower)
                for run in np.ma.clump_unmasked(np.ma.masked_invalid(lower))]
        return [(self.m[part], self.lower[row, part], self.upper[row, part])
                for row, run in runs for part in _of_one_kind(self.upper[row], run)]

    def table(self) -> "pd.DataFrame":
        """The pieces as the rows of a DataFrame: `piece`, `m` in GeV, `lower`, `upper`.

        >>> Region.of(np.array([0.1, 0.2]), ([1.0, 2.0], np.inf)).table().piece.tolist()
        [0, 0]
        """
        import pandas as pd

        rows = [(piece, *row) for piece, columns in enumerate(self.pieces()) for row in zip(*columns, strict=True)]
        return pd.DataFrame(rows, columns=["piece", "m", "lower", "upper"])

    def _repr_html_(self):
        return self.table()._repr_html_()


def _of_one_kind(upper, run):
    """A slice cut where an interval turns from a closed into an open one."""
    cuts = np.flatnonzero(np.diff(np.isinf(upper[run]))) + run.start + 1
    return [slice(a, b) for a, b in zip([run.start, *cuts], [*cuts, run.stop], strict=True)]
