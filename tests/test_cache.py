"""The build cache: entries are read while nothing has changed, and made anew when anything has."""

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest

from zputils import SHIP, ZPrime, cache
from zputils.paths import ROOT
from zputils.physics import cosmology, decays, trident_rates
from zputils.physics.scatterer import nucleons, nucleus

FRAME = pd.DataFrame({"name": ["ä", "", "2.10"], "x": [1 / 3, np.nan, -np.inf],
                      "n": [1, 2, 2**60], "yes": [True, False, True]})


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "FOLDER", tmp_path / "cache")
    return tmp_path / "cache"


def cached(function):
    """A cached function as one of zputils."""
    function.__module__, function.__qualname__ = "zputils.example", "function"
    return cache.cached(function)


@pytest.fixture
def counted(folder):
    """A cached function and the list of the calls that were computed."""
    calls = []

    @cached
    def double(x, times=2):
        calls.append(x)
        return times * np.asarray(x)

    return double, calls


def test_a_function_outside_zputils_is_not_kept(folder):
    assert cache.cached(lambda x: x + 1)(1) == cache.cached(lambda x: x + 2)(0) == 2 and not folder.exists()


def test_an_entry_is_read(counted):
    double, calls = counted
    first, second, third = double(1.5), double(x=1.5), double(1.5, times=2)
    assert first == second == third == 3.0 and calls == [1.5]


@pytest.mark.parametrize("result", [np.array([[1 / 3, np.nan], [np.inf, -0.0]]), np.arange(3), np.array(["a", "bc"])])
def test_an_array_comes_back_bit_by_bit(folder, result):
    function = cached(lambda: result)
    function()
    back = function()
    assert back.dtype == result.dtype and back.tobytes() == result.tobytes()


def test_a_frame_comes_back(folder):
    function = cached(lambda: FRAME)
    pd.testing.assert_frame_equal(function(), function(), check_exact=True)
    assert len(list(folder.iterdir())) == 1


def test_other_arguments_make_other_entries(counted):
    double, calls = counted
    for x in (1, 1.0, np.float32(1), [1], (1, 1), np.array([1]), np.array([1.0]), np.array([[1.0]])):
        double(x)
    double(1, times=3)
    assert len(calls) == 9


def test_models_experiments_and_functions_are_told_apart():
    values = [ZPrime.muonic(), ZPrime.muonic(0.1), ZPrime.muonic(loop=False), SHIP, replace(SHIP, sensitivity=1e-20),
              nucleus("Fe"), nucleus("Ar"), nucleons("Fe"), nucleons("Fe", blocked=False), decays.total_width,
              partial(decays.total_width, m=1.0), partial(decays.total_width, m=2.0), {"m": 1.0}, None, "None"]
    assert len({cache._spelled(value) for value in values}) == len(values)


@pytest.mark.parametrize("value", [lambda: 0, object(), np.array([None]), {1, 2}, np.sin])
def test_a_call_that_nothing_tells_apart_is_not_kept(counted, folder, value):
    double, calls = counted
    for _ in range(2):
        with suppress(TypeError):  # from the multiplication
            double(value)
    assert len(calls) == 2 and not folder.exists()


def test_a_result_of_objects_is_refused(folder):
    with pytest.raises(TypeError, match="Python objects"):
        cached(lambda: np.array([None]))()
    assert not any(folder.iterdir())


@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[:-1], lambda data: data[: len(data) // 2],
                                    lambda data: bytes([data[0] ^ 1]) + data[1:], lambda data: data + b"x",
                                    lambda data: data[:90] + bytes([data[90] ^ 128]) + data[91:]])
def test_a_damaged_entry_is_computed_again(counted, folder, damage):
    double, calls = counted
    double(1.5)
    (entry,) = folder.iterdir()
    good = entry.read_bytes()
    entry.write_bytes(damage(good))
    assert double(1.5) == 3.0 and calls == [1.5, 1.5]
    assert entry.read_bytes() == good and list(folder.iterdir()) == [entry]


def test_what_another_process_computes_is_waited_for(folder):
    code = ("import sys, time; from pathlib import Path; from zputils import cache; cache.FOLDER = Path(sys.argv[1])\n"
            "def slow():\n    time.sleep(0.5); print('computed'); return 1.0\n"
            "slow.__module__ = 'zputils.example'; print(float(cache.cached(slow)()))")
    both = [subprocess.Popen([sys.executable, "-c", code, folder], cwd=ROOT, stdout=subprocess.PIPE, text=True)
            for _ in range(2)]
    said = sorted(process.communicate()[0] for process in both)
    assert said == ["1.0\n", "computed\n1.0\n"] and len(list(folder.iterdir())) == 1


def test_a_killed_process_holds_nobody_up(counted, folder):
    double, calls = counted
    double(1.5)
    (entry,) = folder.iterdir()
    entry.rename(lock := entry.with_name(f".{entry.name}.lock"))  # as it leaves one behind: nobody has it locked
    assert double(1.5) == 3.0 and calls == [1.5, 1.5] and not lock.exists()


def test_a_cache_that_cannot_be_written_does_no_harm(counted, folder):
    folder.write_text("in the way", encoding="utf-8")
    double, calls = counted
    assert double(1.0) == double(1.0) == 2.0 and calls == [1.0, 1.0]
    assert folder.read_text(encoding="utf-8") == "in the way"


def test_off_nothing_is_kept(counted, monkeypatch):
    monkeypatch.setattr(cache, "FOLDER", None)
    double, calls = counted
    assert double(1.0) == double(1.0) and calls == [1.0, 1.0]


@pytest.mark.parametrize("call", [
    partial(cosmology.n_eff, [1e-3, 1e-2], 1e-4), partial(cosmology.n_eff_decays, 2e-3, 1e-20),
    partial(trident_rates.cross_section, nucleus("Fe"), np.array([3.0, 160.0]), 5)])
def test_what_is_kept_is_what_is_computed(folder, call):
    computed, kept = call(), call()
    np.testing.assert_array_equal(kept, computed)
    assert kept.shape == computed.shape and len(list(folder.iterdir())) == 1


# -- an edit, on a copy of the package ------------------------------------------------------------------

SHOW = "from zputils import claims; print(claims.ledger().set_index('id').computed['muon-threshold'])"


@pytest.fixture
def copy(tmp_path):
    for name in ("zputils", "data"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def shown(copy):
    """What the copy's ledger says, with only one claim to compute."""
    environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", SHOW]
    return float(subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=True).stdout)


def edit(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.slow
def test_an_edit_refreshes_what_depends_on_it(copy):
    package, entries = copy / "zputils", copy / "_build" / "cache"
    edit(package / "claims" / "__init__.py", "for part in PARTS", "for part in [section_3]")
    edit(package / "claims" / "section_3.py", "yield from _simplified()", "pass")
    first = shown(copy)
    (entry,) = entries.iterdir()
    before = entry.stat().st_mtime_ns
    assert shown(copy) == first and entry.stat().st_mtime_ns == before, "an unchanged package reads its entry"
    edit(package / "claims" / "section_3.py", "lambda: 2e3 * M_MU", "lambda: 3e3 * M_MU")
    assert shown(copy) == pytest.approx(1.5 * first)
    with open(copy / "data" / "catalogue.csv", "a", encoding="utf-8") as catalogue:
        catalogue.write("\n")
    shown(copy)
    assert len(list(entries.iterdir())) == 3, "the data's checksums are part of the key"
