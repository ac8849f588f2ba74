"""A scan on disk: a zarr group that says what it holds, which models are done, and of which sources it was made.

A block's chunks are written first and `done` last. zarr (from 3.1.3) puts each chunk under its name only when it is
whole, so that a kill at any moment leaves a store in which every model is done or missing.
"""

import hashlib
import os
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import xarray as xr
import zarr

from ..curves import sha256
from ..paths import DATA
from .evaluate import OUTPUTS, dims

PACKAGE = Path(__file__).parent.parent
CODEC = zarr.codecs.BloscCodec(cname="zstd", shuffle="shuffle")


@cache
def sources():
    """Checksum of every source file and of the catalogue, which holds those of the data, by name.

    >>> len(sources()["bounds.py"])
    16
    """
    files = {str(path.relative_to(PACKAGE)): path for path in sorted(PACKAGE.rglob("*.py"))}
    files["../data/catalogue.csv"] = DATA / "catalogue.csv"
    return {name: sha256(path.read_text(encoding="utf-8"))[:16] for name, path in files.items()}


def record(grid, names, outputs, anomaly):
    """What decides on the numbers, apart from the axes, in a form that JSON keeps.

    >>> from zputils.physics.g_minus_2 import ANOMALY_2021
    >>> from zputils.scan import Grid
    >>> record(Grid(m=0.1), ["CCFR"], ["lower"], ANOMALY_2021)["model"]
    'zputils.scan.grid.muonic'
    """
    corners = grid.part([slice(None, None, max(1, len(values) - 1)) for values in grid.axes.values()])
    return {"model": f"{grid.model.__module__}.{grid.model.__qualname__}",
            "model's couplings": hashlib.sha256(corners.models().table.tobytes()).hexdigest()[:16],
            "bounds": list(names), "outputs": list(outputs),
            "anomaly": [anomaly.value, anomaly.error], "sources": sources()}


def create(path, grid, record, chunks):
    """An empty store in the place of what is there, completely or not at all; OSError names the path.

    >>> from zputils.physics.g_minus_2 import ANOMALY_2021
    >>> from zputils.scan import Grid
    >>> grid = Grid(m=0.1, g_nu=[0.1, 1])
    >>> with TemporaryDirectory() as folder:
    ...     create(f"{folder}/scan", grid, record(grid, ["CCFR"], ["lower"], ANOMALY_2021), chunks=(1, 1, 1))
    ...     sorted(attach(f"{folder}/scan"))
    ['done', 'epsilon', 'g_e', 'g_nu', 'lower', 'm']
    """
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as scratch:
            _fill_in(zarr.open_group(f"{scratch}/store", mode="w", zarr_format=3), grid, record, chunks)
            if path.exists():
                os.rename(path, f"{scratch}/old")
            os.rename(f"{scratch}/store", path)
    except OSError as error:
        raise OSError(f"{path} is not written: {error}") from error


def _fill_in(group, grid, record, chunks):
    """The coordinates, and the arrays without a value."""
    group.attrs["scan"] = record
    for name, values in (*grid.axes.items(), ("m", grid.m)):
        group.create_array(name, data=values, chunks=values.shape, dimension_names=[name])
    block = (*chunks, grid.m.size)
    sizes = dict(zip(grid.dims, grid.shape, strict=True)) | {"bound": len(record["bounds"])}
    for output in record["outputs"]:
        names = dims(grid, output)
        group.create_array(output, shape=[sizes[name] for name in names], dtype=float, fill_value=np.nan,
                           chunks=(1,) * (len(names) - len(block)) + block, compressors=CODEC,
                           dimension_names=names, attributes={"long_name": OUTPUTS[output]})
    group.create_array("done", shape=grid.shape[:-1], chunks=chunks, dtype=bool, fill_value=False,
                       dimension_names=grid.dims[:-1])


def attach(path, mode="r"):
    """The zarr group of a scan; FileNotFoundError, ValueError where there is none.

    >>> attach("nowhere")
    Traceback (most recent call last):
    FileNotFoundError: nowhere: there is no scan
    """
    if not Path(path).exists():
        raise FileNotFoundError(f"{path}: there is no scan")
    try:
        group = zarr.open_group(path, mode=mode)
    except (FileNotFoundError, ValueError) as error:
        raise ValueError(f"{path} is not a scan: {error}") from error
    if "scan" not in group.attrs:
        raise ValueError(f"{path} is not a scan: it does not say what it holds")
    return group


def differences(group, grid, record):
    """How the scan in a store differs from the one that is wanted, a list of texts.

    >>> from zputils.physics.g_minus_2 import ANOMALY_2021
    >>> from zputils.scan import Grid
    >>> grid, other = Grid(m=0.1), Grid(m=0.2)
    >>> with TemporaryDirectory() as folder:
    ...     create(f"{folder}/scan", grid, about := record(grid, ["CCFR"], ["lower"], ANOMALY_2021), chunks=(1, 1, 1))
    ...     differences(attach(f"{folder}/scan"), other, about)
    ['another m']
    """
    axes = [f"another {name}" for name, values in (*grid.axes.items(), ("m", grid.m))
            if name not in group or not np.array_equal(group[name][:], values)]
    found = group.attrs["scan"]
    settings = [f"{key} {found[key]}, not {value}" for key, value in record.items()
                if key != "sources" and found[key] != value]
    old, new = found["sources"], record["sources"]
    files = [name for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)]
    return axes + settings + [f"made with another zputils/{name}" for name in files]


def missing(group, grid):
    """The blocks that are not done.

    >>> from zputils.physics.g_minus_2 import ANOMALY_2021
    >>> from zputils.scan import Grid
    >>> grid = Grid(m=0.1, g_nu=[0.1, 1])
    >>> with TemporaryDirectory() as folder:
    ...     create(f"{folder}/scan", grid, record(grid, ["CCFR"], ["lower"], ANOMALY_2021), chunks=(1, 1, 1))
    ...     len(missing(attach(f"{folder}/scan"), grid))
    2
    """
    done = group["done"][...]
    return [block for block in grid.blocks(group["done"].chunks) if not done[block].all()]


def put(group, block, data):
    """Write what `evaluate` gave for a block, and then that it is done.

    >>> from zputils.physics.g_minus_2 import ANOMALY_2021
    >>> from zputils.scan import Grid, evaluate
    >>> grid = Grid(m=0.1, g_nu=[0.1, 1])
    >>> with TemporaryDirectory() as folder:
    ...     create(f"{folder}/scan", grid, record(grid, ["CCFR"], ["lower"], ANOMALY_2021), chunks=(1, 1, 1))
    ...     first, second = grid.blocks((1, 1, 1))
    ...     put(attach(f"{folder}/scan", "r+"), second, evaluate(grid.part(second), ["CCFR"], ["lower"]))
    ...     missing(attach(f"{folder}/scan"), grid) == [first]
    True
    """
    for output, array in data.data_vars.items():
        for bound in np.ndindex(array.shape[:array.ndim - len(block) - 1]):  # chunk by chunk: one error at most
            group[output][(*bound, *block, slice(None))] = array.to_numpy()[bound]
    group["done"][block] = True


def load(path, partial=False):
    """A finished scan as an xarray Dataset, read from disk when asked for.

    lower and upper over (bound, parameters, m), coverage over (parameters, m), done over the parameters. ValueError for
    a scan that is not finished, unless `partial`: then what is missing is nan, and `done` false.

    >>> from zputils.physics.g_minus_2 import ANOMALY_2021
    >>> from zputils.scan import Grid
    >>> grid = Grid(m=0.1, g_nu=[0.1, 1])
    >>> with TemporaryDirectory() as folder:
    ...     create(f"{folder}/scan", grid, record(grid, ["CCFR"], ["lower"], ANOMALY_2021), chunks=(1, 1, 1))
    ...     load(f"{folder}/scan", partial=True).done.squeeze().to_numpy().tolist()
    [False, False]
    """
    group = attach(path)
    data = xr.open_zarr(path, consolidated=False, chunks={})
    left = int(data.done.size - data.done.sum())
    if left and not partial:
        raise ValueError(f"{path}: {left} of {data.done.size} models are missing; the same run() computes them")
    scan = group.attrs["scan"]
    return data.assign_coords(bound=scan["bounds"]) if "bound" in data.dims else data
