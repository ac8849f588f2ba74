"""An example scan from the command line: python -m zputils.scan STORE."""

import argparse
import sys
from collections.abc import Sequence

import numpy as np

from . import Grid, run

BOUNDS = ["BaBar 4mu", "CMS 4mu", "Borexino", "COHERENT", "CCFR", "BBN+CMB", "SHiP", "SeaQuest", "FASER", "DUNE"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run or go on with the example; 0 when it is complete, 1 with a message on what stopped it.

    :param arguments: of the command line; those that Python was called with when None.
    :returns: 0, or 1 with a message.
    """
    parser = argparse.ArgumentParser(prog="python -m zputils.scan", description="Scan a million points into STORE; "
                                     "run again to go on after a kill.")
    parser.add_argument("store", metavar="STORE", help="folder of the results, a zarr store, or its address: s3://bucket/scan")
    parser.add_argument("--scheduler", help="threads, processes, synchronous, or the address of a dask scheduler")
    parser.add_argument("--workers", type=int, help="threads or processes; one per core when not given")
    parser.add_argument("--models", type=int, default=100, help="values of each of two couplings (default 100)")
    parser.add_argument("--overwrite", action="store_true", help="put the scan in the place of another one")
    given = parser.parse_args(arguments)
    grid = Grid(m=np.geomspace(2e-3, 9, 100), g_nu=np.geomspace(1e-3, 1, given.models),
                epsilon=np.geomspace(1e-3, 0.1, given.models))
    try:
        data = run(grid, BOUNDS, given.store, scheduler=given.scheduler, workers=given.workers, points=20_000,
                   overwrite=given.overwrite, progress=sys.stderr.isatty())
    except (ImportError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{given.store}: {grid.size} points; {float(data.coverage.mean()):.1%} of the band is covered")
    return 0


if __name__ == "__main__":
    sys.exit(main())
