"""What a scan's store holds by now: done, missing, lost or damaged."""

import os
from typing import Any

import numpy as np
import xarray as xr

from .grid import Grid
from .place import files, place
from .provenance import about
from .store import attach


def load(path: str | os.PathLike, partial: bool = False) -> xr.Dataset:
    """A finished scan as an xarray Dataset, read from disk when asked for.

    lower and upper over (bound, parameters, m), coverage over (parameters, m), done over the parameters.

    :param path: of the store.
    :param partial: whether an unfinished scan will do.
    :raises ValueError: for a scan that is not finished, unless `partial`: then what is missing is nan, and `done`
        false.
    :raises ValueError: too for one that has lost a chunk, and, when it is read, for a damaged chunk: delete that file,
        and the same run() fills it in.

    >>> from tempfile import TemporaryDirectory
    >>> from zputils.scan.store import example
    >>> with TemporaryDirectory() as folder:
    ...     begun, grid = example(folder)
    ...     load(begun, partial=True).done.squeeze().to_numpy().tolist()
    [False, False]
    """
    if absent := gone(path, attach(path)):
        raise ValueError(f"{path}: {len(absent)} chunks are gone, {absent[0]} first; the same run() computes them anew")
    data = xr.open_zarr(place(path), chunks={})
    left = int(data.done.size - data.done.sum())
    if left and not partial:
        raise ValueError(f"{path}: {left} of {data.done.size} models are missing; the same run() computes them")
    return data


def missing(path: str | os.PathLike, group: Any, grid: Grid) -> list[tuple[slice, ...]]:
    """The blocks that are not done, or of which a chunk is gone.

    :param path: of the store.
    :param group: its zarr group.
    :param grid: models and masses.
    :returns: slices along each parameter, for each block.

    >>> from tempfile import TemporaryDirectory
    >>> from zputils.scan.store import example
    >>> with TemporaryDirectory() as folder:
    ...     begun, grid = example(folder)
    ...     len(missing(begun, attach(begun), grid))
    2
    """
    done, chunks = group["done"][...], group["done"].chunks
    for key in gone(path, group):
        index = key.split("/c/")[1].split("/")[-1 - len(chunks):-1]
        done[tuple(slice(int(i) * step, (int(i) + 1) * step) for i, step in zip(index, chunks, strict=True))] = False
    return [block for block in grid.blocks(chunks) if not done[block].all()]


def gone(path: str | os.PathLike, group: Any) -> list[str]:
    """The chunks that were written, as `done` has it, and are not there: a sorted list of their names in the store.

    :param path: of the store.
    :param group: its zarr group.

    >>> from tempfile import TemporaryDirectory
    >>> from zputils.scan.store import example
    >>> with TemporaryDirectory() as folder:
    ...     begun, grid = example(folder)
    ...     group = attach(begun, "r+")
    ...     group["done"][...] = True
    ...     gone(begun, group)
    ['lower/c/0/0/0/0/0', 'lower/c/0/1/0/0/0']
    """
    first_of_each = tuple(slice(None, None, step) for step in group["done"].chunks)
    blocks = np.argwhere(group["done"][...][first_of_each]).tolist()
    absent = set()
    for output in about(group)["outputs"]:
        leading = np.ndindex(group[output].shape[:group[output].ndim - group["done"].ndim - 1])
        expected = {"/".join(map(str, (output, "c", *bound, *block, 0))) for bound in leading for block in blocks}
        absent |= expected - files(place(path), output)
    return sorted(absent)


def damaged(path: str | os.PathLike) -> list[str]:
    """The chunks of a scan that are gone or do not hold what was written, by their names in the store.

    Reads all of it. Deleted, they are computed anew by the same run().

    :param path: of the store.

    >>> from tempfile import TemporaryDirectory
    >>> from zputils.scan.store import example
    >>> with TemporaryDirectory() as folder:
    ...     begun, grid = example(folder)
    ...     damaged(begun)
    []
    """
    group = attach(path)
    return sorted([*gone(path, group), *(key for output in about(group)["outputs"]
                                         for key in files(place(path), output) if not _sound(group[output], key))])


def _sound(array, key):
    """Whether a chunk can be read."""
    if "/c/" not in key:
        return True
    index = map(int, key.split("/c/")[1].split("/"))
    try:
        array[tuple(slice(i * step, (i + 1) * step) for i, step in zip(index, array.chunks, strict=True))]
    except Exception:  # checksum, codec, length: whatever the damage makes of it
        return False
    return True
