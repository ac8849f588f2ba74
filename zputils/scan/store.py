"""A scan on disk: a zarr group that says what it holds, which models are done, and of which sources it was made.

A block's chunks are written first and `done` last. zarr (from 3.1.3) puts each chunk under its name only when it is
whole, so that a kill at any moment leaves a store in which every model is done or missing. Every chunk carries a
checksum and is written even where it holds nothing but nan: one that is damaged or gone is an error, never a nan.
Plain ``xarray.open_zarr`` opens a store, labels included.
"""

import json
import os
import warnings
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import numpy as np
import xarray as xr
import zarr
import zarr.codecs

from ..physics.g_minus_2 import ANOMALY_2021
from .evaluate import OUTPUTS, dims
from .grid import Grid
from .place import exists, is_address, place
from .provenance import record

CODECS = [zarr.codecs.BloscCodec(cname="zstd", shuffle="shuffle"), zarr.codecs.Crc32cCodec()]


def create(path: str | os.PathLike, grid: Grid, about: dict, chunks: Sequence[int]) -> None:
    """An empty store in the place of what is there, in a folder completely or not at all.

    At an address it is a scan from the moment on that it says what it holds, which is last.

    :param path: of the store.
    :param grid: models and masses.
    :param about: of `provenance.record`.
    :param chunks: values along each parameter.
    :raises OSError: naming the path.

    >>> from zputils.physics.g_minus_2 import ANOMALY_2021
    >>> from zputils.scan import Grid
    >>> grid = Grid(m=0.1, g_nu=[0.1, 1])
    >>> with TemporaryDirectory() as folder:
    ...     create(f"{folder}/scan", grid, record(grid, ["CCFR"], ["lower"], ANOMALY_2021), chunks=(1, 1, 1))
    ...     sorted(attach(f"{folder}/scan"))
    ['bound', 'done', 'epsilon', 'g_e', 'g_nu', 'lower', 'm']
    """
    where = place(path)
    try:
        if is_address(where):
            _fill_in(where, grid, about, chunks)
        else:
            _put_in_place(Path(where), grid, about, chunks)
    except OSError as error:
        raise OSError(f"{path} is not written: {error}") from error


def _put_in_place(path, grid, about, chunks):
    """Make a store beside a folder and let them change places."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as scratch:
        _fill_in(f"{scratch}/store", grid, about, chunks)
        if path.exists():
            os.rename(path, f"{scratch}/old")
        os.rename(f"{scratch}/store", path)


def _fill_in(where, grid, about, chunks):
    """A group with the coordinates, and the arrays without a value."""
    group = zarr.open_group(where, mode="w", zarr_format=3)
    for name, values in (*grid.axes.items(), ("m", grid.m)):
        group.create_array(name, data=values, chunks=values.shape, compressors=CODECS, dimension_names=[name])
    group["m"].attrs["units"] = "GeV"
    if set(about["outputs"]) != {"coverage"}:
        called = np.array(about["bounds"], dtype=object)
        group.create_array("bound", shape=called.shape, dtype="string", dimension_names=["bound"])[:] = called
    block = (*chunks, grid.m.size)
    sizes = dict(zip(grid.dims, grid.shape, strict=True)) | {"bound": len(about["bounds"])}
    for output in about["outputs"]:
        names = dims(grid, output)
        group.create_array(output, shape=[sizes[name] for name in names], dtype=float, fill_value=np.nan,
                           chunks=(1,) * (len(names) - len(block)) + block, compressors=CODECS,
                           dimension_names=names, attributes={"long_name": OUTPUTS[output]})
    group.create_array("done", shape=grid.shape[:-1], chunks=chunks, dtype=bool, fill_value=False, compressors=CODECS,
                       dimension_names=grid.dims[:-1])
    group.attrs["scan"] = json.dumps(about)
    with warnings.catch_warnings():  # so that xarray opens it at once; zarr says that not every library reads this
        warnings.simplefilter("ignore")
        zarr.consolidate_metadata(group.store)


def example(folder: str) -> tuple[str, Grid]:
    """A scan of CCFR over two models that is begun in a folder, and its grid: what the examples here begin with.

    :param folder: to make it in.
    :returns: the store's path, and the grid.

    >>> with TemporaryDirectory() as folder:
    ...     example(folder)[1].size
    2
    """
    grid = Grid(m=0.1, g_nu=[0.1, 1])
    create(f"{folder}/scan", grid, record(grid, ["CCFR"], ["lower"], ANOMALY_2021), chunks=(1, 1, 1))
    return f"{folder}/scan", grid


def attach(path: str | os.PathLike, mode: Literal["r", "r+"] = "r") -> Any:
    """The zarr group of a scan.

    :param path: of the store.
    :param mode: to read, or to write too.
    :raises FileNotFoundError: where there is nothing.
    :raises ValueError: where there is no scan.

    >>> attach("nowhere")
    Traceback (most recent call last):
    FileNotFoundError: nowhere: there is no scan
    """
    if not exists(where := place(path)):
        raise FileNotFoundError(f"{path}: there is no scan")
    try:
        group = zarr.open_group(where, mode=mode)
    except (FileNotFoundError, ValueError) as error:
        raise ValueError(f"{path} is not a scan: {error}") from error
    if "scan" not in group.attrs:
        raise ValueError(f"{path} is not a scan: it does not say what it holds")
    return group


def put(group: Any, block: tuple[slice, ...], data: xr.Dataset) -> None:
    """Write what `evaluate` gave for a block, and then that it is done.

    :param group: of `attach`.
    :param block: slices along each parameter.
    :param data: of `evaluate`.

    >>> from zputils.scan import evaluate
    >>> with TemporaryDirectory() as folder:
    ...     begun, grid = example(folder)
    ...     _, second = grid.blocks((1, 1, 1))
    ...     put(attach(begun, "r+"), second, evaluate(grid.part(second), ["CCFR"], ["lower"]))
    ...     attach(begun)["done"][...].squeeze().tolist()
    [False, True]
    """
    for output, array in data.data_vars.items():
        chunks = group[output].with_config({"write_empty_chunks": True})  # a chunk that is not there has been lost
        for bound in np.ndindex(array.shape[:array.ndim - len(block) - 1]):  # chunk by chunk: one error at most
            chunks[(*bound, *block, slice(None))] = array.to_numpy()[bound]
    group["done"][block] = True
