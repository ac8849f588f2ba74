"""What is loaded when: drawing and root finding only where they are needed, and the names that `zputils` offers."""

import subprocess
import sys

import pytest

import zputils
from zputils.paths import ROOT

HEAVY = ("matplotlib", "pandas", "scipy", "particle", "xarray", "numpy")


def loaded(statement):
    """Which libraries, and parts of scipy, a fresh process has loaded after a statement."""
    code = f"import sys\n{statement}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


def test_the_package_itself_loads_nothing():
    assert not loaded("import zputils") & set(HEAVY)


@pytest.mark.parametrize("statement", [
    "from zputils import SHIP, ZPrime\nSHIP.reach(ZPrime.muonic(g_nu=0.1), [0.01, 0.1])",
    "from zputils import SEAQUEST, ZPrime\nSEAQUEST.reach(ZPrime.dark_photon(), [0.01, 0.1])",
    "from zputils.experiments.babar import BOUNDS"])
def test_a_reach_draws_nothing_and_loads_no_solver(statement):
    assert not loaded(statement) & {"matplotlib", "scipy.optimize", "scipy.integrate", "scipy.stats", "xarray"}


@pytest.mark.parametrize("module", ["bounds", "claims", "variations", "shares"])
def test_what_computes_does_not_draw(module):
    assert "matplotlib" not in loaded(f"import zputils.{module}")


def test_the_names_that_the_package_offers():
    assert zputils.__all__ == ["FASER", "SEAQUEST", "SHIP", "BeamDump", "Geometry", "ZPrime"]
    assert {type(getattr(zputils, name)).__name__ for name in zputils.__all__} == {"BeamDump", "type", "ABCMeta"}
    with pytest.raises(AttributeError, match="it offers FASER, SEAQUEST"):
        zputils.Ship  # noqa: B018
