"""Coverage of the g-2 band by eleven bounds, in blocks of models, against one model after the other."""

from tempfile import TemporaryDirectory

import numpy as np

from bench.ten_million import NAMES
from zputils import bounds, scan

GRID = scan.Grid(np.geomspace(2e-3, 9, 500), g_nu=np.geomspace(1e-3, 1, 20), epsilon=np.geomspace(1e-3, 1, 10))


def one_by_one():
    """(models, m): one model after the other."""
    return np.array([bounds.coverage(scan.muonic(g_nu, epsilon=epsilon), GRID.m, NAMES)
                     for g_nu in GRID.axes["g_nu"] for epsilon in GRID.axes["epsilon"]])


def together():
    """(models, m): all at once."""
    return scan.evaluate(GRID, NAMES, ["coverage"]).coverage.to_numpy().reshape(-1, GRID.m.size)


def stored(workers):
    """(models, m): through a store on disk, with threads."""
    with TemporaryDirectory() as folder:
        data = scan.run(GRID, NAMES, f"{folder}/scan", ["coverage"], workers=workers, points=20_000, progress=False)
        return data.coverage.to_numpy().reshape(-1, GRID.m.size)


def the_same(ours, plain):
    np.testing.assert_allclose(ours, plain, atol=1e-12)
