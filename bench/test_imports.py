"""Importing the package in a fresh process, against starting Python and importing what it is built on."""

import subprocess
import sys

import pytest

STATEMENTS = {"python": "pass", "dependencies": "import numpy, scipy.optimize, scipy.constants, pandas, particle",
              "zputils": "import zputils", "zputils.bounds": "import zputils.bounds",
              "zputils.figures.limit_figure": "import zputils.figures.limit_figure"}


@pytest.mark.parametrize("name", STATEMENTS)
@pytest.mark.benchmark(group="imports in a fresh process")
def test_imports(benchmark, name):
    command = [sys.executable, "-c", STATEMENTS[name]]
    benchmark.pedantic(subprocess.run, args=(command,), kwargs={"check": True}, rounds=5)
