"""The same figures to the last digit: on two runs, with one thread and two, on another processor, with old packages."""

import os
import subprocess
import sys

import pytest

from zputils.paths import ROOT

OLDEST = ROOT / ".venv-oldest" / "bin" / "python"
SHOW = """import sys
from zputils import figures
for name in figures.NAMES:
    figure = figures.draw(name)
    figure.table.to_csv(sys.stdout, index=False)
    for panel in figure.names.drawn:
        print(panel, *figure.names.seen(panel), sep=",")"""
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
LOGARITHMS = "import numpy as np; print(np.log(np.linspace(1, 9, 10**5)).tobytes())"
# What numpy, the C library and OpenBLAS do on an older processor: they round logarithms and sums another way.
OLDER = {"NPY_DISABLE_CPU_FEATURES": "X86_V3", "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX2_Usable,-FMA_Usable",
         "OPENBLAS_CORETYPE": "Prescott"}


def numbers(threads, python=sys.executable, **settings):
    """The CSV of every figure and what is seen in its panels, one after the other, from a process of its own."""
    environment = os.environ | dict.fromkeys(THREADS, str(threads)) | settings
    return subprocess.run([python, "-c", SHOW], env=environment, capture_output=True, check=True).stdout


@pytest.fixture(scope="module")
def single():
    return numbers(1)


def test_another_run_with_two_threads_prints_the_same(single):
    assert len(single.splitlines()) > 10000
    assert numbers(2) == single


def test_another_processor_prints_the_same(single):
    here, there = (subprocess.run([sys.executable, "-c", LOGARITHMS], env=os.environ | settings, capture_output=True,
                                  check=True).stdout for settings in ({}, OLDER))
    if here == there:
        pytest.skip("this processor rounds as the older one does")
    assert numbers(1, **OLDER) == single


@pytest.mark.skipif(not OLDEST.exists(), reason="make test-oldest makes .venv-oldest")
def test_the_oldest_libraries_print_the_same(single):
    assert numbers(1, OLDEST) == single
