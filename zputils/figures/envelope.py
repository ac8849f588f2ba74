"""Bounds of one class as one area: of each bound's edge, what no other bound of the class covers."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from . import label_spots

STEP = 1.0  # pixels between the points at which an edge is asked whether it is covered
OFTEN = 400  # points in one segment at most: one that leaves the axes far behind needs no more
Pieces = Sequence[tuple[NDArray, NDArray, NDArray]]  # (m, lower, upper) of each
HUGE = 1e300  # stands for an upper edge without end, which cannot be interpolated


def outer(ax: Axes, edges: Sequence[NDArray], pieces: Sequence[Pieces]) -> list[NDArray]:
    """The edges of a class without what lies inside another member, nan where something is cut out.

    A list of paths (2, k).

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
    others = [[piece for other, own in enumerate(pieces) if other != member for piece in own]
              for member in range(len(pieces))]
    return [np.where(covered(path, rest), np.nan, path) for path, rest in zip(dense, others, strict=True)]


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


def covered(path: NDArray, pieces: Pieces) -> NDArray:
    """Which points of a path (2, n) lie inside one of the pieces (m, lower, upper), their edges excluded: (n,).

    :param path: (2, n), in data.
    :param pieces: (m, lower, upper), each (n,).
    :returns: (n,) booleans.

    >>> m = np.array([1.0, 2.0])
    >>> piece = m, np.array([1.0, 1.0]), np.array([3.0, 3.0])
    >>> covered(np.array([[1.0, 1.5, 3.0], [2.0, 1.0, 2.0]]), [piece]).tolist()
    [True, False, False]
    """
    log_m, log_g = np.log(path)
    inside = np.zeros(np.shape(log_m), bool)
    for m, lower, upper in pieces:
        low, high = (np.interp(log_m, np.log(m), np.log(np.clip(edge, 1 / HUGE, HUGE)), np.nan, np.nan)
                     for edge in (lower, upper))
        inside |= (log_g > low + 1e-6) & (log_g < high - 1e-6)
    return inside
