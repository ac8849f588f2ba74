"""The same figures to the last printed digit: on two runs, with one thread and two, with the oldest libraries."""

import os
import subprocess
import sys

import pytest

from zputils.paths import ROOT

OLDEST = ROOT / ".venv-oldest" / "bin" / "python"
SHOW = """import sys
from zputils import figures
for name in figures.NAMES:
    figures.draw(name).table.to_csv(sys.stdout, index=False)"""
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def numbers(threads, python=sys.executable):
    """The CSV of every figure, one after the other, from a process of its own."""
    environment = os.environ | dict.fromkeys(THREADS, str(threads))
    return subprocess.run([python, "-c", SHOW], env=environment, capture_output=True, check=True).stdout


@pytest.fixture(scope="module")
def single():
    return numbers(1)


@pytest.mark.parametrize("threads", [1, 2])
def test_another_run_prints_the_same(single, threads):
    assert len(single.splitlines()) > 10000
    assert numbers(threads) == single


@pytest.mark.skipif(not OLDEST.exists(), reason="make test-oldest makes .venv-oldest")
def test_the_oldest_libraries_print_the_same(single):
    assert numbers(1, OLDEST) == single
