"""Importing the package in a fresh process, against starting Python and importing what it is built on."""

import subprocess
import sys

from timing import best, row

BASE = "import numpy, scipy.optimize, scipy.constants, pandas, particle"


def main():
    """Print the times."""
    for statement in ("pass", BASE, "import zputils", "import zputils.bounds", "import zputils.plotting"):
        seconds, _ = best(lambda statement=statement: subprocess.run([sys.executable, "-c", statement], check=True), 3)
        row(f"python -c '{statement}'" if len(statement) < 40 else "  its dependencies alone", seconds)
