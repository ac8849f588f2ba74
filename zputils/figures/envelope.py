"""Bounds of one class as one area: of each bound's edge, what no other bound of the class covers."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from . import label_spots

STEP = 1.0  # pixels between the points at which an edge is asked whether it is covered
OFTEN = 400  # points in one segment at most: one that leaves the axes far behind needs no more
Pieces = Sequence[tuple[NDArray, NDArray, NDArray]]  # (m, lower, upper) of each
HUGE = 1e300  # stands for an upper edge without end, which cannot be interpolated
CLOSE = 1e-6  # relative: points this near to an edge are on it, however the way to pixels and back was rounded


def outer(ax: Axes, edges: Sequence[NDArray], pieces: Sequence[Pieces]) -> list[NDArray]:
    """The edges of a class without what lies inside another member, nan where something is cut out.

    Where members begin or end at one mass, what they share of this edge is the first one's. A list of paths (2, k).

    :param ax: axes to draw into.
    :param edges: the path (2, n) of each member, nan between its pieces.
    :param pieces: for each member its pieces (m, lower, upper), each (n,), as `Region.pieces` has them.
    :returns: paths, (2, k) each.

    >>> from matplotlib.figure import Figure
    >>> log = {"xscale": "log", "yscale": "log", "xlim": (1, 10), "ylim": (1, 10)}
    >>> ax = Figure(figsize=(1, 1), dpi=20).add_axes((0, 0, 1, 1), **log)
    >>> m, g = np.array([1.0, 10.0]), np.array([2.0, 2.0])
    >>> low, high = outer(ax, [(m, g), (m, 2 * g)], [[(m, g, g + np.inf)], [(m, 2 * g, g + np.inf)]])
    >>> bool(np.isfinite(low).all()), bool(np.isfinite(high).any())
    (True, False)
    """
    dense = [_densified(ax, edge) for edge in edges]
    hidden = [covered(path, [*chain(*pieces[:member])], ends=True) | covered(path, [*chain(*pieces[member + 1:])])
              for member, path in enumerate(dense)]
    return [np.where(inside | _alone(inside), np.nan, path) for inside, path in zip(hidden, dense, strict=True)]


def _alone(hidden: NDArray) -> NDArray:
    """Points (n,) whose neighbours are both hidden: what is left of an edge that another one continues.

    >>> _alone(np.array([False, True, False, False])).tolist()
    [True, False, False, False]
    """
    before, after = np.r_[True, hidden[:-1]], np.r_[hidden[1:], True]
    return before & after


def seen(ax: Axes, path: NDArray) -> int:
    """How much of a path (2, n) is inside the axes: in points `label_spots.SPACING` apart.

    :param ax: axes to draw into.
    :param path: (2, n), in data.
    :returns: a number of points.

    >>> from matplotlib.figure import Figure
    >>> seen(Figure(figsize=(1, 1), dpi=30).add_axes((0, 0, 1, 1)), [[0, 0.25], [0.5, 0.5]])
    4
    """
    return len(label_spots.trace(ax, path))


def _densified(ax: Axes, edge: NDArray) -> NDArray:
    """The same path (2, n) with points in between, `STEP` pixels apart: (2, k).

    >>> from matplotlib.figure import Figure
    >>> ax = Figure(figsize=(1, 1), dpi=4).add_axes((0, 0, 1, 1))
    >>> _densified(ax, [[0, 1], [0.5, 0.5]])[0].tolist()
    [0.0, 0.25, 0.5, 0.75, 1.0]
    """
    edge = np.asarray(edge, float)
    pixels = ax.transData.transform(edge.T)
    length = np.nan_to_num(np.hypot(*np.diff(pixels, axis=0).T), posinf=0.0)
    count = np.clip(np.ceil(length / STEP), 1, OFTEN).astype(int)
    part = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    segment = np.repeat(np.arange(len(count)), count)
    between = pixels[segment] + np.diff(pixels, axis=0)[segment] * (part / count[segment])[:, None]
    found = ax.transData.inverted().transform(between).T
    found[:, part == 0] = edge[:, :-1]  # what was given stays as it was
    return np.column_stack([found, edge[:, -1:]])


def covered(path: NDArray, pieces: Pieces, ends: bool = False) -> NDArray:
    """Which points of a path (2, n) lie inside one of the pieces (m, lower, upper), their edges excluded: (n,).

    :param path: (2, n), in data.
    :param pieces: (m, lower, upper), each (n,).
    :param ends: include the first and the last mass of each piece.
    :returns: (n,) booleans.

    >>> m = np.array([1.0, 2.0])
    >>> piece = m, np.array([1.0, 1.0]), np.array([3.0, 3.0])
    >>> path = np.array([[1.0, 1.2, 1.5, 3.0], [2.0, 2.0, 1.0, 2.0]])
    >>> covered(path, [piece]).tolist(), covered(path, [piece], ends=True).tolist()
    ([False, True, False, False], [True, True, False, False])
    """
    log_m, log_g = np.log(path)
    inside = np.zeros(np.shape(log_m), bool)
    for m, lower, upper in pieces:
        start, end = np.log(m[[0, -1]]) + np.array([-CLOSE, CLOSE]) * (1 if ends else -1)
        low, high = (np.interp(log_m, np.log(m), np.log(np.clip(edge, 1 / HUGE, HUGE))) for edge in (lower, upper))
        inside |= (log_m > start) & (log_m < end) & (log_g > low + CLOSE) & (log_g < high - CLOSE)
    return inside
