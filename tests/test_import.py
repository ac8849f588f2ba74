"""What is loaded when: drawing and root finding only where they are needed, and the names that `zputils` offers."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import zputils
from zputils.paths import ROOT

# Named in no other file: what comes back from a question, or is reached through the bound it belongs to.
REACHED_OTHERWISE = {"Evaluated", "Map", "Ratios", "cms_mixture"}
HEAVY = ("matplotlib", "pandas", "scipy", "particle", "xarray", "numpy")


def room(name):
    """A room of the package; a test of one whose libraries are optional is skipped without them."""
    return pytest.importorskip(f"zputils.{name}", exc_type=ImportError)


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


@pytest.mark.slow
@pytest.mark.parametrize("module", ["bounds", "claims", "variations", "shares"])
def test_what_computes_does_not_draw(module):
    assert "matplotlib" not in loaded(f"import zputils.{module}")


def test_the_names_that_the_package_offers():
    assert zputils.__all__ == ["FASER", "SEAQUEST", "SHIP", "BeamDump", "Geometry", "Recast", "ZPrime"]
    assert {type(getattr(zputils, name)).__name__ for name in zputils.__all__} == {"BeamDump", "type", "ABCMeta"}
    with pytest.raises(AttributeError, match="it offers FASER, SEAQUEST"):
        zputils.Ship  # noqa: B018


@pytest.mark.parametrize("module, offered", [
    ("claims", ["CLAIMS", "VERDICTS", "Claim", "ledger", "of", "write"]),
    ("scan", ["LOOP_MIXING", "OUTPUTS", "Family", "Grid", "axis", "damaged", "evaluate", "lazy", "load", "muonic",
              "run"])])
def test_the_names_that_a_room_offers(module, offered):
    assert room(module).__all__ == offered


@pytest.mark.parametrize("module", ["bounds", "claims", "figures", "scan", "physics.hadrons"])
def test_what_is_offered_is_there_and_documented(module):
    offered = {name: getattr(room(module), name) for name in room(module).__all__}
    assert offered and all(member.__doc__ for member in offered.values() if callable(member))


def test_what_is_public_is_used_outside_its_module():
    """By another module, a page, a test or a tool; what is not has a leading underscore."""
    patterns = ("zputils/**/*.py", "tests/**/*.py", "book/*.md", "bench/*.py", "publish/*.py", "_ext/*.py", ".ci/*",
                "*.md")
    files = [file for pattern in patterns for file in ROOT.glob(pattern) if file.is_file()]
    words = {file: set(re.findall(r"\w+", file.read_text(encoding="utf-8", errors="ignore"))) for file in files}
    own = Path(__file__)
    alone = {node.name for file in files if file.is_relative_to(ROOT / "zputils")
             for node in ast.parse(file.read_text(encoding="utf-8")).body
             if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and not node.name.startswith("_")
             and not any(node.name in found for other, found in words.items() if other not in (file, own))}
    assert alone == REACHED_OTHERWISE


@pytest.mark.parametrize("words", ["bounds muonic:g_nu=0.1", "point b-l --mass 0.1 --coupling 1e-3"])
def test_the_first_answer_of_the_command_loads_numpy_alone(words):
    statement = f"from zputils.command import main\nmain({words.split()!r})"
    assert not loaded(statement) & {"matplotlib", "pandas", "scipy", "particle", "xarray"}
