"""Where the name of a curve goes: beside the curve, where it covers least of what is drawn.

Positions are in pixels, (n, 2), until the last line.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox
from numpy.typing import ArrayLike, NDArray

SPACING = 3.0  # pixels between the points that stand for a line


def trace(ax: Axes, path: NDArray) -> NDArray:
    """Points on a curve (2, n) in data, `SPACING` apart, inside the axes; nan interrupts the curve.

    :param ax: axes to draw into.
    :param path: (2, n) in the data's units.
    :returns: (2, n), in data.

    >>> from matplotlib.figure import Figure
    >>> ax = Figure(figsize=(1, 1), dpi=30).add_axes((0, 0, 1, 1))  # 30 by 30 pixels
    >>> trace(ax, [[0, 0.25], [0.5, 0.5]]).round().tolist()
    [[0.0, 15.0], [2.0, 15.0], [4.0, 15.0], [6.0, 15.0]]
    """
    ends = ax.transData.transform(np.transpose(path))
    start, step = ends[:-1], np.diff(ends, axis=0)
    kept = np.isfinite(step).all(axis=1)
    start, step = start[kept], step[kept]
    count = np.ceil(np.hypot(*step.T) / SPACING).astype(int) + 1
    part = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    points = np.repeat(start, count, axis=0) + np.repeat(step / count[:, None], count, axis=0) * part[:, None]
    return points[inside(points, ax.bbox.min, ax.bbox.max)]


def inside(points: NDArray, low: ArrayLike, high: ArrayLike) -> NDArray:
    """Which points lie in a box.

    :param points: (n, 2).
    :param low: (2,), the lower left corner.
    :param high: (2,), the upper right one.
    :returns: (n,) booleans.

    >>> inside(np.array([[1, 1], [5, 1]]), low=(0, 0), high=(2, 2)).tolist()
    [True, False]
    """
    return np.all((points >= low) & (points <= high), axis=-1)


def fill(box: Bbox) -> NDArray:
    """Points that fill a box, so that what is placed later keeps clear of it.

    :param box: in pixels.
    :returns: (n, 2) pixels.

    >>> from matplotlib.transforms import Bbox
    >>> fill(Bbox([[0, 0], [6, 3]])).tolist()
    [[0.0, 0.0], [3.0, 0.0]]
    """
    x, y = (np.arange(low, high, SPACING) for low, high in (box.intervalx, box.intervaly))
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)


def count(points: NDArray, low: NDArray, high: NDArray) -> NDArray:
    """How many points lie in each of many boxes, of whose edges the upper and the right one belong to them.

    :param points: (n, 2).
    :param low: (k, 2), the lower left corners.
    :param high: (k, 2), the upper right ones.
    :returns: (k,) integers.

    >>> low, high = np.array([[0, 0], [1, 2]]), np.array([[2, 3], [9, 8]])
    >>> count(np.array([[1, 1], [2, 3], [9, 9]]), low, high).tolist()
    [2, 1]
    """
    # Points counted on the grid of all edges; their sums from a corner give each box with four of them.
    edges = [np.unique([low[:, axis], high[:, axis]]) for axis in (0, 1)]
    places = [np.searchsorted(edge, points[:, axis]) for axis, edge in enumerate(edges)]
    sums = np.zeros([len(edge) + 1 for edge in edges], int)
    np.add.at(sums, tuple(places), 1)
    sums = sums.cumsum(axis=0).cumsum(axis=1)
    (left, bottom), (right, top) = ([np.searchsorted(edge, corner[:, axis]) for axis, edge in enumerate(edges)]
                                    for corner in (low, high))
    return sums[right, top] - sums[left, top] - sums[right, bottom] + sums[left, bottom]


def free_spot(ax: Axes, size: ArrayLike, curve: NDArray, crowd: NDArray) -> NDArray | None:
    """Centre, in data, of the box of `size` beside `curve` that covers fewest points of `crowd`.

    Among equals the one nearest the middle of the curve; None if no place is inside the axes.

    :param ax: axes to draw into.
    :param size: (2,) pixels.
    :param curve: (2, n), in data.
    :param crowd: (n, 2) pixels to keep clear of.
    :returns: (2,) in data.

    >>> from matplotlib.figure import Figure
    >>> ax = Figure(figsize=(1, 1), dpi=100).add_axes((0, 0, 1, 1))  # 100 by 100 pixels
    >>> curve = trace(ax, [[0, 1], [0.5, 0.5]])
    >>> free_spot(ax, (20, 10), curve, crowd=np.array([[50.0, 60.0]])).round(2).tolist()  # below: above is taken
    [0.49, 0.41]
    """
    anchors = curve[:: len(curve) // 80 + 1]
    half = np.asarray(size) / 2 + 2
    sides = (half + 2) * np.array([[0, 1], [0, -1], [1, 0], [-1, 0], [1, 1], [1, -1], [-1, 1], [-1, -1]])
    centres = (anchors[:, None] + sides).reshape(-1, 2)
    from_middle = np.repeat(np.abs(np.linspace(-1, 1, len(anchors))), len(sides))
    low, high = ax.bbox.min + half, ax.bbox.max - half
    fits = inside(centres, low - half, high + half)
    if not fits.any():
        return None
    centres, from_middle = np.clip(centres[fits], low, high), from_middle[fits]  # at an edge it moves in
    covered = count(crowd, centres - half, centres + half)
    return ax.transData.inverted().transform(centres[np.argmin(covered + from_middle)])
