"""Where the blocks of a scan are computed: in threads, in processes, or on a dask cluster."""

import os
from collections.abc import Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice

import dask
import xarray as xr
from dask.callbacks import Callback
from distributed import Client, LocalCluster, as_completed
from tqdm import tqdm

from .. import bounds, checks
from ..physics.g_minus_2 import ANOMALY_2021, Anomaly
from . import chunks, provenance
from . import store as stores
from .evaluate import OUTPUTS, check, evaluate
from .grid import Grid
from .place import exists, place

IN_FLIGHT = 10_000  # blocks handed to dask at a time: what its scheduler holds does not grow with the scan
# dask has its workers give memory back at once, and two thirds of the time go into getting it again.
ALLOCATION = {f"distributed.nanny.pre-spawn-environ.MALLOC_{name}_THRESHOLD_": size
              for name, size in (("TRIM", 2**30), ("MMAP", 2**25))}


def run(grid: Grid, names: bounds.Names, store: str | os.PathLike, outputs: Sequence[str] = tuple(OUTPUTS),
        anomaly: Anomaly = ANOMALY_2021, scheduler: str | None = None, workers: int | None = None,
        points: int = 200_000, progress: bool = True, overwrite: bool = False) -> xr.Dataset:
    """Compute what is missing of a scan and return it as `load` does.

    On several machines it lies where all can write.

    The numbers depend on none of scheduler, workers and points. What is done by then stays done.

    :param grid: a `Grid`.
    :param names: of `bounds.register`, or `Bound` objects of your own.
    :param store: a folder, made when there is none, or one that a run of the same scan has begun; ``~``, ``file://``
        and what fsspec knows (``s3://bucket/scan`` with s3fs installed) are tried before anything is computed.
    :param outputs: of OUTPUTS.
    :param anomaly: measured minus predicted a_mu.
    :param scheduler: "threads" (None), "processes" or "synchronous" on this machine, the address of a dask scheduler or
        a `distributed.Client`.
    :param workers: how many threads or processes, one per core when None.
    :param points: (model, mass) to a block, when the store is made.
    :param progress: a bar.
    :param overwrite: put the scan in the place of another one.
    :raises ValueError: for a store of another grid, other bounds or other sources, and for what the bounds do not take.
    :raises KeyError: for an unknown name.
    :raises OSError: when nothing can be written.

    >>> from tempfile import TemporaryDirectory
    >>> from zputils.scan import Grid
    >>> with TemporaryDirectory() as folder:
    ...     data = run(Grid(m=0.05, g_nu=[0.01, 1]), ["SHiP"], f"{folder}/scan", progress=False)
    ...     data.coverage.squeeze().to_numpy().tolist()
    [1.0, 0.0]
    """
    names, outputs = check(names, outputs)
    checks.instance("grid", grid, Grid)
    checks.instance("anomaly", anomaly, Anomaly)
    exists(where := place(store))  # what cannot be reached fails before anything is computed
    record = provenance.record(grid, names, outputs, anomaly)
    evaluate(grid.part([slice(1)] * len(grid.axes)), names, outputs, anomaly)  # what cannot work fails before it starts
    group = _open(where, grid, record, grid.chunks(points), overwrite)
    blocks = chunks.missing(where, group, grid)
    work = partial(_work, where, grid, names, outputs, anomaly, record["sources"])
    left = sum(grid.part(block).size for block in blocks)
    with tqdm(total=grid.size, initial=grid.size - left, desc="scan", unit="point", unit_scale=True,
              disable=not progress) as bar:
        if blocks:
            _everywhere(work, blocks, scheduler, workers, bar.update)
    return chunks.load(where)


def _open(path, grid, record, sizes, overwrite):
    """The store of this scan, ready for writing."""
    if not exists(path):
        stores.create(path, grid, record, sizes)
    group = stores.attach(path, "r+")  # an error when it is anything but a scan
    different = provenance.differences(group, grid, record)
    if different and not overwrite:
        raise ValueError(f"{path} holds another scan: {'; '.join(different)}. overwrite=True (on the "
                         "command line --overwrite) starts anew")
    if different:
        stores.create(path, grid, record, sizes)
    return stores.attach(path, "r+") if different else group


def _work(path, grid, names, outputs, anomaly, sources, block):
    """Compute and write one block; the number of its points."""
    if provenance.sources() != sources:
        raise RuntimeError("a worker has other sources of zputils than the process that started the scan")
    part = grid.part(block)
    try:
        stores.put(stores.attach(path, "r+"), block, evaluate(part, names, outputs, anomaly))
    except OSError as error:
        raise OSError(f"{path} is not finished: {error}. The same run() goes on where it stopped") from error
    return part.size


def _everywhere(work, blocks, scheduler, workers, advance):
    """Do the work on every block; advance(points) as each ends."""
    workers = workers or os.cpu_count()
    if scheduler in (None, "threads", "synchronous"):
        tasks = [dask.delayed(work)(block) for block in blocks]
        with Callback(posttask=lambda key, points, *_: advance(points)):
            dask.compute(*tasks, scheduler=scheduler or "threads", num_workers=workers)
        return
    with _client(scheduler, workers) as client:
        waiting = iter(blocks)
        while batch := list(islice(waiting, IN_FLIGHT)):
            for future in as_completed(client.map(work, batch, pure=False)):
                advance(future.result())


@contextmanager
def _client(scheduler, workers):
    """A `distributed.Client`: as given, of an address, or of processes that end with this one."""
    if isinstance(scheduler, Client):
        yield scheduler
    elif scheduler == "processes":
        with dask.config.set(ALLOCATION), \
                LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0") as cluster, \
                Client(cluster) as client:
            yield client
    else:
        with Client(scheduler) as client:
            yield client
