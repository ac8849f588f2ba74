"""What a scan costs: one model at a time against models in blocks, one worker against two, each bound alone."""

import shutil

import numpy as np
import pytest

from zputils import bounds, scan

NAMES = ["BaBar 4mu", "CMS 4mu", "Borexino", "COHERENT", "CCFR", "BBN+CMB", "SHiP", "SeaQuest", "FASER", "DUNE",
         "COHERENT future"]
GRID = scan.Grid(np.geomspace(2e-3, 9, 500), g_nu=np.geomspace(1e-3, 1, 20), epsilon=np.geomspace(1e-3, 1, 10))
SEVERAL = scan.Grid(GRID.m, g_nu=np.geomspace(1e-3, 1, 100), epsilon=GRID.axes["epsilon"])


def alone():
    """(model, m): the coverage, one model after the other."""
    return np.array([bounds.coverage(scan.muonic(g_nu, epsilon=epsilon), GRID.m, NAMES)
                     for g_nu in GRID.axes["g_nu"] for epsilon in GRID.axes["epsilon"]])


def together(models):
    """The same in blocks of this many models."""
    parts = [scan.evaluate(GRID.part(block), NAMES, ["coverage"]).coverage.to_numpy().reshape(-1, GRID.m.size)
             for block in GRID.blocks(GRID.chunks(models * GRID.m.size))]
    return np.concatenate(parts)


@pytest.fixture(scope="module")
def expected():
    return alone()


@pytest.mark.parametrize("models", [0, 1, 10, 100, 200])
@pytest.mark.benchmark(group=f"coverage by eleven bounds at {GRID.size} points, models to a block (0: no scan)")
def test_blocks(benchmark, expected, models):
    function = alone if models == 0 else lambda: together(models)
    found = benchmark.pedantic(function, rounds=3 if models >= 10 else 1, warmup_rounds=int(models >= 10))
    np.testing.assert_allclose(found, expected, atol=1e-12)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.benchmark(group=f"intervals of one bound at {GRID.size} points")
def test_bound(benchmark, name):
    models, bound = GRID.models(), bounds.get(name)
    assert benchmark.pedantic(lambda: bound.region(models, GRID.m).intervals, rounds=3, warmup_rounds=1)


@pytest.mark.parametrize(("scheduler", "workers"), [("synchronous", 1), ("threads", 1), ("threads", 2),
                                                     ("processes", 1), ("processes", 2)])
@pytest.mark.benchmark(group=f"a scan of {SEVERAL.size} points into a store, starting the workers included")
def test_workers(benchmark, tmp_path, scheduler, workers):
    def run():
        shutil.rmtree(tmp_path / "scan", ignore_errors=True)
        return scan.run(SEVERAL, NAMES, tmp_path / "scan", ["coverage"], scheduler=scheduler, workers=workers,
                        points=50_000, progress=False)

    assert benchmark.pedantic(run, rounds=1).done.all()


@pytest.mark.benchmark(group="ten million points into a store, two threads")
def test_ten_million(benchmark, tmp_path):
    grid = scan.Grid(GRID.m, g_nu=np.geomspace(1e-4, 3, 200), epsilon=np.geomspace(1e-4, 1, 100))
    data = benchmark.pedantic(lambda: scan.run(grid, NAMES, tmp_path / "scan", ["coverage"], workers=2, progress=False),
                              rounds=1)
    on_disk = sum(file.stat().st_size for file in (tmp_path / "scan").rglob("*") if file.is_file())
    benchmark.extra_info["bytes per point"] = on_disk / grid.size
    assert data.done.all() and grid.size == 10**7
