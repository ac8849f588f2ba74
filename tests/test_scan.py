"""Scans: equal to the bounds one by one, the same wherever they are computed, and whole after any kill."""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from zputils import ZPrime, bounds
from zputils.physics.g_minus_2 import ANOMALY_2021, ANOMALY_2025
from zputils.physics.models import FERMIONS, ZPrimes

scan = pytest.importorskip("zputils.scan", exc_type=ImportError)  # optional dependencies
import xarray as xr  # noqa: E402
from distributed import Client, LocalCluster  # noqa: E402

from zputils.scan import provenance  # noqa: E402
from zputils.scan import store as stores  # noqa: E402
from zputils.scan.__main__ import main  # noqa: E402

NAMES = ["BBN+CMB", "BaBar 4mu", "Borexino", "COHERENT", "CCFR", "SHiP", "SeaQuest", "COHERENT future", "E137"]
M = np.geomspace(3e-3, 5, 23)
GRID = scan.Grid(M, g_nu=[0, 0.01, 1], g_e=[-0.01, 0, 0.1], epsilon=[0, 0.0144])
OUTPUTS = ["lower", "upper", "coverage"]


def written(path):
    """When each chunk and marker of a store was written: {file: ns}."""
    return {str(file.relative_to(path)): file.stat().st_mtime_ns for file in Path(path).rglob("*")
            if file.is_file() and not file.name.endswith(".partial")}


# -- many models side by side --------------------------------------------------------------------------

MODELS = (ZPrime.muonic(g_nu=0.1), ZPrime.b_minus_l(), ZPrime.dark_photon(), ZPrime(mu=1e-3, nu_mu=1e3),
          ZPrime(tau=1.0), ZPrime.universal_leptons(), ZPrime(), ZPrime(u=1.0, mu=1.0), -1.0 * ZPrime.muonic(g_nu=2))


@pytest.mark.parametrize("name", bounds.register())
def test_every_bound_takes_many_models_for_one(name):
    many, bound = ZPrimes.of(MODELS), bounds.get(name)
    together = bound.region(many, M).intervals
    for i, model in enumerate(MODELS):
        for found, expected in zip(together, bound.region(model, M).intervals, strict=True):
            for edges in zip(found, expected, strict=True):
                edge, alone = np.broadcast_arrays(edges[0], np.empty((len(MODELS), M.size)))[0][i], edges[1]
                np.testing.assert_allclose(edge, alone, rtol=1e-10, err_msg=f"{model}")


def test_the_band_and_its_coverage_take_many_models_for_one():
    many = bounds.coverage(ZPrimes.of(MODELS), M, NAMES)
    for found, model in zip(many, MODELS, strict=True):
        np.testing.assert_allclose(found, bounds.coverage(model, M, NAMES), atol=1e-12)
    assert np.isnan(many[MODELS.index(ZPrime(tau=1.0))]).all()


# -- the grid ------------------------------------------------------------------------------------------


def test_the_family_is_the_muonic_one_plus_a_photon_and_an_electron_coupling():
    assert scan.muonic(g_nu=0.3) == ZPrime.muonic(g_nu=0.3)
    model, photon = scan.muonic(0.3, 0.2, 0.05), 0.05 * ZPrime.dark_photon()
    assert model.e == pytest.approx(0.2 + photon.e) and (model.mu, model.tau, model.nu_mu) == (1, 0, 0.3)
    assert all(getattr(model, q) == pytest.approx(getattr(photon, q)) for q in "udscb")


def test_models_come_in_the_order_of_the_axes():
    table = dict(zip(FERMIONS, GRID.models().table[:len(FERMIONS), :, 0], strict=True))
    expected = np.array([[r, x] for r in GRID.axes["g_nu"] for x in GRID.axes["g_e"] for _ in GRID.axes["epsilon"]]).T
    np.testing.assert_array_equal(table["nu_mu"], expected[0])
    np.testing.assert_allclose(table["e"] + table["u"] * 1.5, expected[1], atol=1e-15)


@pytest.mark.parametrize("points", [1, 50, 100, 10_000])
def test_blocks_cover_each_model_once_and_keep_to_their_size(points):
    chunks, seen = GRID.chunks(points), np.zeros(GRID.shape[:-1], int)
    for block in GRID.blocks(chunks):
        seen[block] += 1
        assert seen[block].size * M.size <= max(points, M.size)
        assert GRID.part(block).size == seen[block].size * M.size
    assert (seen == 1).all()


@pytest.mark.parametrize(("axes", "error", "text"), [
    ({"m": []}, ValueError, "m: an axis is one-dimensional and not empty"),
    ({"m": [0.1, -0.1]}, ValueError, "m = -0.1 is outside"),
    ({"m": [0.2, 0.1]}, ValueError, "m: values must rise strictly, but 0.1 follows 0.2"),
    ({"m": [[0.1, 0.2]]}, ValueError, "m: an axis is one-dimensional"),
    ({"m": [0.1], "g_nu": []}, ValueError, "g_nu: an axis is"),
    ({"m": [0.1], "g_nu": [1, 1]}, ValueError, "g_nu: values must rise strictly, but 1 follows 1"),
    ({"m": [0.1], "epsilon": [0, np.nan]}, ValueError, "epsilon = nan is outside"),
    ({"m": [0.1], "g_e": "many"}, ValueError, "g_e = 'many' must be a real number|must be a real number"),
    ({"m": [0.1], "g_tau": [1]}, KeyError, "axis = 'g_tau' is not one of 'g_nu', 'g_e', 'epsilon'"),
    ({"m": [0.1], "model": lambda charge: ZPrime(mu=charge)}, ValueError, "axis charge has no values"),
])
def test_bad_axes_are_refused_by_name(axes, error, text):
    with pytest.raises(error, match=text):
        scan.Grid(**axes)


def test_a_grid_does_not_change_after_it_was_made():
    values = np.array([0.1, 0.2])
    grid = scan.Grid(values, g_nu=values)
    values[:] = 7
    assert grid.m.tolist() == grid.axes["g_nu"].tolist() == [0.1, 0.2]
    with pytest.raises(ValueError, match="read-only"):
        grid.m[0] = 1


# -- what is computed ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole():
    return scan.evaluate(GRID, NAMES)


def test_a_scan_equals_the_bounds_one_by_one(whole):
    assert whole.coverage.dims == ("g_nu", "g_e", "epsilon", "m")
    assert whole.lower.dims == whole.upper.dims == ("bound", *whole.coverage.dims)
    for g_nu, g_e, epsilon in ((0, 0, 0.0144), (1, -0.01, 0.0144), (0.01, 0.1, 0), (1, 0, 0)):
        model, here = scan.muonic(g_nu, g_e, epsilon), whole.sel(g_nu=g_nu, g_e=g_e, epsilon=epsilon)
        np.testing.assert_allclose(here.coverage, bounds.coverage(model, M, NAMES), atol=1e-12)
        for name in NAMES:
            region = bounds.get(name).region(model, M)
            np.testing.assert_allclose(here.lower.sel(bound=name), region.lowest, rtol=1e-10, err_msg=name)
            np.testing.assert_allclose(here.upper.sel(bound=name), region.highest, rtol=1e-10, err_msg=name)


def test_a_lazy_scan_computes_only_what_is_asked_for(whole):
    asked = []

    def counted(g_nu, epsilon=scan.LOOP_MIXING):
        asked.append(g_nu)
        return scan.muonic(g_nu, epsilon=epsilon)

    grid = scan.Grid(M, counted, g_nu=GRID.axes["g_nu"], epsilon=GRID.axes["epsilon"])
    data = scan.lazy(grid, NAMES, points=M.size)
    assert not asked
    one = data.coverage.sel(g_nu=0.01, epsilon=0.0144).compute(scheduler="synchronous")
    assert asked == [0.01]
    xr.testing.assert_identical(one.drop_vars(["g_nu", "epsilon"]),
                                whole.coverage.sel(g_nu=0.01, g_e=0, epsilon=0.0144, drop=True))


def test_a_family_of_your_own(tmp_path):
    grid = scan.Grid(M, lambda charge: ZPrime(mu=1, nu_mu=1, e=charge, tau=-1 - charge), charge=[-1, 0, 0.5])
    data = scan.run(grid, ["Borexino"], tmp_path / "s", outputs=["lower"], progress=False)
    alone = bounds.get("Borexino").region(grid.model(0.5), M).lowest
    np.testing.assert_allclose(data.lower.sel(charge=0.5, bound="Borexino"), alone, rtol=1e-10)
    assert set(data.data_vars) == {"lower", "done"}


# -- the same wherever it is computed ------------------------------------------------------------------


@pytest.fixture(scope="module")
def cluster():
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster:
        yield cluster


def same(found, expected):
    """Bit for bit."""
    for name, array in expected.data_vars.items():
        assert found[name].dims == array.dims
        assert found[name].to_numpy().tobytes() == array.to_numpy().tobytes(), name


@pytest.mark.parametrize("points", [60, 150, 100_000])
@pytest.mark.parametrize("scheduler", ["synchronous", "threads"])
def test_threads_give_the_same_bits(tmp_path, whole, scheduler, points):
    same(scan.run(GRID, NAMES, tmp_path / "s", scheduler=scheduler, points=points, progress=False), whole)


def test_a_cluster_gives_the_same_bits(tmp_path, whole, cluster):
    same(scan.run(GRID, NAMES, tmp_path / "a", scheduler=cluster.scheduler_address, points=60, progress=False), whole)
    with Client(cluster) as client:
        same(scan.run(GRID, NAMES, tmp_path / "b", scheduler=client, points=200, progress=False), whole)


def test_processes_give_the_same_bits(tmp_path, whole):
    same(scan.run(GRID, NAMES, tmp_path / "s", scheduler="processes", workers=1, points=200, progress=False), whole)


def test_the_bar_counts_points(tmp_path, capsys):
    scan.run(GRID, ["CCFR"], tmp_path / "s", points=60)
    assert f"{GRID.size}/{GRID.size}" in capsys.readouterr().err
    scan.run(GRID, ["CCFR"], tmp_path / "s", progress=False)
    assert not capsys.readouterr().err


# -- what is done stays done ---------------------------------------------------------------------------


def broken_off(path, blocks, monkeypatch):
    """A run that stops for want of space after some blocks."""
    put, left = stores.put, iter([True] * blocks)

    def stop(*arguments):
        if not next(left, False):
            raise OSError(28, "No space left on device")
        put(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(stores, "put", stop)
        with pytest.raises(OSError, match=r"is not finished.*No space left.*goes on"):
            scan.run(GRID, NAMES, path, points=60, scheduler="synchronous", progress=False)


def test_a_run_takes_up_what_another_left(tmp_path, whole, monkeypatch):
    broken_off(tmp_path / "s", 4, monkeypatch)
    with pytest.raises(ValueError, match="10 of 18 models are missing"):
        scan.load(tmp_path / "s")
    part = scan.load(tmp_path / "s", partial=True)
    assert int(part.done.sum()) == 8
    assert part.coverage.where(~part.done).isnull().all()
    xr.testing.assert_equal(part.coverage.where(part.done).compute(), whole.coverage.where(part.done.compute()))
    before = written(tmp_path / "s")
    same(scan.run(GRID, NAMES, tmp_path / "s", progress=False), whole)
    after = written(tmp_path / "s")
    assert {name: after[name] for name in before} == before
    assert sum(name.startswith("done/c/") for name in after.keys() - before.keys()) == 5


def test_a_block_without_its_mark_is_not_a_result(written_store):
    store, whole = written_store
    (store / "done/c/0/1/0").unlink()
    chunk = store / "coverage/c/0/1/0/0"
    chunk.write_bytes(chunk.read_bytes()[:20])  # what a kill would leave if chunks were not written whole
    with pytest.raises(ValueError, match="2 of 18 models are missing"):
        scan.load(store)
    same(scan.run(GRID, NAMES, store, progress=False), whole)


def command(store, *arguments, limit=None):
    """The command line in a process of its own; `limit`: no file may be larger, bytes."""
    def restrict():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.Popen([sys.executable, "-W", "error", "-m", "zputils.scan", str(store), *arguments],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            preexec_fn=restrict if limit else None)


def test_a_scan_survives_kills_at_any_moment(tmp_path):
    assert main([str(tmp_path / "whole"), "--models", "30"]) == 0
    rng, done = random.Random(1), {}
    for _ in range(2):
        process = command(tmp_path / "s", "--models", "30", "--workers", "1")
        start, wait = time.monotonic(), rng.uniform(0.0, 0.5)
        while time.monotonic() < start + 60 and len(list((tmp_path / "s").glob("done/c/*/*/*"))) <= len(done):
            time.sleep(0.02)
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        now = {name: at for name, at in written(tmp_path / "s").items() if name.startswith("done/c/")}
        assert done.items() <= now.items()
        done = now
    assert main([str(tmp_path / "s"), "--models", "30"]) == 0
    same(scan.load(tmp_path / "s"), scan.load(tmp_path / "whole"))
    assert done and done.items() <= written(tmp_path / "s").items()


# -- chunks that are lost or damaged -------------------------------------------------------------------


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A scan in several blocks."""
    store = tmp_path_factory.mktemp("finished") / "s"
    scan.run(GRID, NAMES, store, points=60, progress=False)
    return store


@pytest.fixture
def written_store(tmp_path, finished, whole):
    """A copy of it, to be damaged, with its numbers."""
    return shutil.copytree(finished, tmp_path / "s"), whole


CHUNKS = ["coverage/c/0/1/0/0", "lower/c/4/2/0/0/0", "upper/c/0/0/2/0/0"]


@pytest.mark.parametrize("chunk", CHUNKS)
def test_a_lost_chunk_is_an_error_and_is_computed_anew(written_store, chunk):
    store, whole = written_store
    (store / chunk).unlink()
    assert scan.damaged(store) == [chunk]
    for partial in (False, True):
        with pytest.raises(ValueError, match=f"1 chunks are gone, {chunk} first; the same run"):
            scan.load(store, partial=partial)
    before = written(store)
    same(scan.run(GRID, NAMES, store, progress=False), whole)
    block = "/".join(chunk.split("/")[-4:])
    rewritten = {name for name, at in written(store).items() if before.get(name) != at}
    assert chunk in rewritten and all(name.endswith((block, block[:-2])) for name in rewritten)


@pytest.mark.parametrize("damage", [
    lambda data: data[:20], lambda data: b"", lambda data: bytes(len(data)), lambda data: data + b"x",
    lambda data: data[:30] + bytes([data[30] ^ 1]) + data[31:], lambda data: bytes([data[0] ^ 128]) + data[1:]])
@pytest.mark.parametrize("chunk", CHUNKS[:2])
def test_a_damaged_chunk_is_an_error_and_not_a_number(written_store, chunk, damage):
    store, whole = written_store
    (store / chunk).write_bytes(damage((store / chunk).read_bytes()))
    data = scan.load(store)
    with pytest.raises(Exception, match=r"."):  # the codec's own error, or the checksum's
        data[chunk.split("/")[0]].compute()
    assert scan.damaged(store) == [chunk]
    (store / chunk).unlink()
    same(scan.run(GRID, NAMES, store, progress=False), whole)


def test_where_there_is_no_bound_the_chunk_is_there_all_the_same(tmp_path):
    data = scan.run(scan.Grid([0.01, 0.1], g_nu=0.0), ["CCFR"], tmp_path / "s", outputs=["lower"], progress=False)
    assert data.lower.isnull().all() and not scan.damaged(tmp_path / "s")


# -- where a store may be, and who reads it ------------------------------------------------------------


def test_a_home_and_a_file_address_are_folders(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    grid = scan.Grid([0.01, 0.1])
    scan.run(grid, ["CCFR"], "~/a scan", progress=False)
    scan.run(grid, ["CCFR"], f"file://{tmp_path}/b%20scan", progress=False)
    assert sorted(os.listdir(tmp_path)) == ["a scan", "b scan"]
    xr.testing.assert_identical(scan.load(f"file://{tmp_path}/a%20scan"), scan.load("~/b scan"))


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # of a filesystem that is not asynchronous
def test_an_address_is_a_store_that_goes_on_and_is_mended(whole, monkeypatch):
    fsspec = pytest.importorskip("fsspec")
    memory, address = fsspec.filesystem("memory"), f"memory://{random.random()}/scan"
    broken_off(address, 4, monkeypatch)
    with pytest.raises(ValueError, match="10 of 18 models are missing"):
        scan.load(address)
    same(scan.run(GRID, NAMES, address, progress=False), whole)
    memory.rm(f"{address}/coverage/c/0/1/0/0".removeprefix("memory:/"))
    assert scan.damaged(address) == ["coverage/c/0/1/0/0"]
    same(scan.run(GRID, NAMES, address, progress=False), whole)
    with pytest.raises(ValueError, match="holds another scan"):
        scan.run(GRID, ["CCFR"], address, progress=False)
    again = scan.run(GRID, ["CCFR"], address, progress=False, overwrite=True)
    assert again.bound.to_numpy().tolist() == ["CCFR"]


@pytest.mark.parametrize(("store", "error", "text"), [
    ("nobody://bucket/scan", ValueError, "nobody"), (Path("s3://bucket/scan"), ValueError, "give it as text"),
    ("gdrive://x", ImportError, "gdrive://x")])
def test_an_address_that_cannot_be_is_refused_before_anything_is_computed(tmp_path, monkeypatch, store, error, text):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error, match=f"store = .*{text}"):
        scan.run(scan.Grid([0.1], lambda: pytest.fail("computed")), ["CCFR"], store, progress=False)
    assert not os.listdir(tmp_path)


def test_plain_xarray_opens_a_store_and_netcdf_gives_it_back(small, tmp_path):
    grid, store = small
    plain = xr.open_zarr(store)  # a warning would be an error
    assert plain.bound.to_numpy().tolist() == ["CCFR"] and plain.m.attrs["units"] == "GeV"
    assert plain.lower.sel(bound="CCFR", g_nu=1, m=0.1).squeeze() > 0 and plain.lower.long_name
    xr.testing.assert_identical(plain, scan.load(store))
    for data in (plain, scan.load(store), scan.evaluate(grid, ["CCFR"])):
        data.to_netcdf(tmp_path / "s.nc")
        with xr.open_dataset(tmp_path / "s.nc") as back:
            xr.testing.assert_identical(back.load(), data.compute())
            assert back.bound.to_numpy().tolist() == ["CCFR"]


# -- what is refused -----------------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path):
    grid = scan.Grid([0.01, 0.1], g_nu=[0.1, 1])
    scan.run(grid, ["CCFR"], tmp_path / "s", progress=False)
    return grid, tmp_path / "s"


@pytest.mark.parametrize(("change", "text"), [
    ({"grid": scan.Grid([0.01, 0.2], g_nu=[0.1, 1])}, "another m"),
    ({"grid": scan.Grid([0.01, 0.1], g_nu=[0.1, 1, 2])}, "another g_nu"),
    ({"grid": scan.Grid([0.01, 0.1], scan.muonic, g_nu=[0.1, 0.5, 1])}, "another g_nu"),
    ({"grid": scan.Grid([0.01, 0.1], lambda g_nu, g_e: ZPrime(mu=1, e=g_e), g_nu=[0.1, 1], g_e=0)}, "model zputils"),
    ({"names": ["DUNE"]}, r"bounds \['CCFR'\], not \['DUNE'\]"),
    ({"outputs": ["lower"]}, r"outputs \['lower', 'upper', 'coverage'\], not \['lower'\]"),
    ({"anomaly": ANOMALY_2025, "outputs": ["lower"]}, "anomaly"),
])
def test_a_store_of_another_scan_is_refused_with_what_differs(small, change, text):
    grid, store = small
    with pytest.raises(ValueError, match=f"holds another scan: .*{text}.*overwrite"):
        scan.run(**{"grid": grid, "names": ["CCFR"], "store": store, "progress": False} | change)
    again = scan.run(**{"grid": grid, "names": ["CCFR"], "store": store, "progress": False, "overwrite": True} | change)
    assert json.loads(again.attrs["scan"])["bounds"] == change.get("names", ["CCFR"])
    assert os.listdir(store.parent) == ["s"]


def test_two_families_that_agree_in_the_corners_are_two(tmp_path):
    """The same name and the same couplings at the ends of every axis, but not between."""
    def family(power):
        def model(x):
            return ZPrime(mu=1.0, nu_mu=x**power)
        return scan.Grid([0.01, 0.1], model, x=[0, 0.5, 1])

    scan.run(family(1), ["CCFR"], tmp_path / "s", progress=False)
    with pytest.raises(ValueError, match=r"holds another scan: model's couplings \w+, not \w+"):
        scan.run(family(2), ["CCFR"], tmp_path / "s", progress=False)


def test_the_key_of_a_scan_does_not_depend_on_the_batches(monkeypatch):
    def couplings():
        return provenance.record(GRID, ["CCFR"], ["lower"], ANOMALY_2021)["model's couplings"]

    at_once, batches = couplings(), scan.Grid.batches
    monkeypatch.setattr(scan.Grid, "batches", lambda grid: batches(grid, 5))
    assert couplings() == at_once


def test_a_store_made_with_other_sources_is_refused(small, monkeypatch):
    grid, store = small
    changed = provenance.sources() | {"physics/displaced.py": "0"}
    monkeypatch.setattr(provenance, "sources", lambda: changed)
    with pytest.raises(ValueError, match=r"made with another zputils/physics/displaced.py"):
        scan.run(grid, ["CCFR"], store, progress=False)


def test_sources_are_those_of_the_package_and_the_catalogue(tmp_path, monkeypatch):
    shutil.copytree(provenance.PACKAGE, tmp_path / "zputils", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(provenance, "PACKAGE", tmp_path / "zputils")
    before = provenance.sources()
    assert {"bounds.py", "scan/run.py", "../data/catalogue.csv"} <= set(before)
    assert provenance.sources.__wrapped__() == before
    with open(tmp_path / "zputils/physics/displaced.py", "a", encoding="utf-8") as file:
        file.write("# changed\n")
    after = provenance.sources.__wrapped__()
    assert [name for name in before if before[name] != after[name]] == ["physics/displaced.py"]


def test_a_worker_with_other_sources_is_refused(tmp_path, monkeypatch):
    record = provenance.record
    other = {"sources": {"physics/displaced.py": "0"}}
    monkeypatch.setattr(provenance, "record", lambda *arguments: record(*arguments) | other)
    with pytest.raises(RuntimeError, match="a worker has other sources"):
        scan.run(scan.Grid([0.1]), ["CCFR"], tmp_path / "s", progress=False)


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_folder_that_is_no_scan_is_left_alone(tmp_path, overwrite):
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious/thesis.tex").write_text("x", encoding="utf-8")
    with pytest.raises(ValueError, match="precious is not a scan"):
        scan.run(scan.Grid([0.1]), ["CCFR"], tmp_path / "precious", overwrite=overwrite, progress=False)
    assert os.listdir(tmp_path / "precious") == ["thesis.tex"]


@pytest.mark.parametrize(("change", "error", "text"), [
    ({"names": ["Belle II"]}, KeyError, "bound = 'Belle II' is not one of"),
    ({"names": []}, ValueError, "at least one, and each once"),
    ({"names": ["CCFR", "CCFR"]}, ValueError, "each once"),
    ({"outputs": ["likelihood"]}, KeyError, "output = 'likelihood' is not one of"),
    ({"anomaly": ANOMALY_2025}, ValueError, "band reaches down to g = 0"),
    ({"anomaly": 25e-10}, TypeError, "anomaly = 2.5e-09 must be a Anomaly"),
    ({"names": "CCFR"}, TypeError, "names = 'CCFR' must be a list of names"),
    ({"outputs": "lower"}, TypeError, "outputs = 'lower' must be a list of names"),
    ({"grid": [0.1]}, TypeError, r"grid = \[0.1\] must be a Grid"),
    ({"names": ["Ship"]}, KeyError, "nearest: 'SHiP'"),
    ({"grid": scan.Grid([0.1], lambda g: g, g=[1, 2])}, ValueError, r"model\(1.0\) = 1.0 is not a ZPrime"),
    ({"store": "/proc/nowhere/s"}, OSError, "/proc/nowhere/s is not written"),
])
def test_what_cannot_work_fails_before_anything_is_made(tmp_path, change, error, text):
    given = {"grid": scan.Grid([0.1]), "names": ["CCFR"], "store": tmp_path / "s", "progress": False} | change
    with pytest.raises(error, match=text):
        scan.run(**given)
    assert not os.listdir(tmp_path)


def test_there_is_nothing_to_load(tmp_path):
    with pytest.raises(FileNotFoundError, match="there is no scan"):
        scan.load(tmp_path / "s")


def test_a_full_disk_ends_the_command_with_a_message(tmp_path):
    _, message = (process := command(tmp_path / "s", "--models", "20", limit=40_000)).communicate()
    assert process.returncode == 1
    assert "s is not finished" in message and "Traceback" not in message
    assert main([str(tmp_path / "s"), "--models", "20"]) == 0


def test_without_the_optional_dependencies_the_message_says_what_to_install():
    code = "import sys; sys.modules['zarr'] = None; import zputils.scan"
    message = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stderr
    assert "ImportError: zputils.scan needs zarr: pip install 'zputils[scan]'" in message
