"""Scans of many models: reach, limits and coverage of the g-2 band over a grid, on one machine or many.

    grid = scan.Grid(m=np.geomspace(2e-3, 9, 500), g_nu=np.geomspace(1e-3, 1, 200))
    data = scan.run(grid, ["SHiP", "CCFR"], "scan.zarr")                                    # threads of this process
    data = scan.run(grid, ["SHiP", "CCFR"], "scan.zarr", scheduler="tcp://host:8786")       # a dask cluster
    data = xarray.open_zarr("scan.zarr")                                                     # later, without zputils

The grid is cut into blocks of models with every mass, each computed at once, written whole and then marked as done.
A run that was killed is taken up by the same call. `python -m zputils.scan STORE` runs an example.
Needs the optional dependencies: ``pip install '.[scan]'`` in the tree.
"""

from ..checks import without_extra

try:
    from .chunks import damaged, load
    from .evaluate import OUTPUTS, evaluate, lazy
    from .grid import LOOP_MIXING, Grid, muonic
    from .plan import Family, axis
    from .run import run
except ModuleNotFoundError as error:
    raise without_extra("zputils.scan", error, "scan") from error

__all__ = ["LOOP_MIXING", "OUTPUTS", "Family", "Grid", "axis", "damaged", "evaluate", "lazy", "load", "muonic", "run"]
