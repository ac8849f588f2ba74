"""The rooms of the package: imports go downwards, nothing goes in a circle, and one file adds an experiment."""

import ast
import shutil
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from zputils import bounds, curves
from zputils.paths import DATA, ROOT

PACKAGE = ROOT / "zputils"
# From the ground up: a module may import what stands before it, and its own room.
ROOMS = ("ground", "physics", "methods", "experiments", "bounds", "shares", "variations", "figures", "claims", "scan",
         "pages", "arguments", "command", "__main__")


def name_of(file):
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(file, inside_functions=False):
    """Names of the modules that a file imports when it is imported itself, or at all."""
    tree, package = ast.parse(file.read_text(encoding="utf-8")), name_of(file).split(".")
    package = package if file.name == "__init__.py" else package[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (inside_functions or node.col_offset == 0):
            base = package[:len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *filter(None, [node.module])])
            yield from (f"{module}.{alias.name}" if f"{module}.{alias.name}" in MODULES else module
                        for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


FILES = sorted(file for file in PACKAGE.rglob("*.py"))
MODULES = {name_of(file): file for file in FILES}


def room(module):
    second = module.split(".")[1] if "." in module else "top"
    return second if second in ROOMS else "ground"


def test_no_module_imports_from_a_room_above_its_own():
    upwards = [(module, imported) for module, file in MODULES.items() if module != "zputils"
               for imported in imports(file, inside_functions=True) if imported in MODULES and imported != "zputils"
               and ROOMS.index(room(imported)) > ROOMS.index(room(module))]
    assert len(MODULES) > 150 and upwards == []


def test_no_circle():
    graph = {module: {name for name in imports(file) if name in MODULES and name != module}
             for module, file in MODULES.items()}
    graph.pop("zputils")  # it offers names from everywhere, when they are asked for
    assert len(list(TopologicalSorter(graph).static_order())) >= len(graph)


EXPERIMENT = '''
"""A search that does not exist."""

from ..methods.look import BLUE, Look
from ..methods.recast import Recast

MADE_UP = Recast(name="Made-up", group="e+e- colliders", data="Made_Up", production="e+e- annihilation",
                 final_states=("e",), references=("Lees:2014xha",), look=Look("made up", BLUE), figures=("later",))

BOUNDS = (MADE_UP,)
'''
QUESTIONS = """
import numpy as np
from zputils import ZPrime, bounds, figures, scan
from zputils.pages import data_page, explore, hepdata
model, m = ZPrime.universal_leptons(), np.array([0.05, 0.5])
assert bounds.summary(model, m).loc["Made-up", "coupling"] > 0
assert "Made-up" in explore.NAMES
data = scan.evaluate(scan.Grid(m=m, g_nu=[0.1]), ["Made-up"])
assert data.lower.sel(bound="Made-up").notnull().any()
assert "data-made-up" in data_page.overview().text and data_page.uses("Made_Up")["bounds"] == ["Made-up"]
figure = figures.combined(ratios=(1,), later=("Made-up",), variant="-made-up")
assert any("Made-up" in column.values for column in hepdata.table(figure, "gnu_1").variables)
print("found")
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The package and its data with one experiment more: a file of its own and its data, in the catalogue."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("zputils", "data", "book"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.ipynb"))
    (folder / "zputils/experiments/made_up.py").write_text(EXPERIMENT.lstrip(), encoding="utf-8")
    source = DATA / curves.entry("BaBar_Lees2014xha").file
    (folder / "data/dark_photon/Made_Up.csv").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    row = (DATA / "catalogue.csv").read_text(encoding="utf-8").splitlines()
    (mine,) = (line for line in row if line.startswith("BaBar_Lees2014xha,"))
    mine = mine.replace("BaBar_Lees2014xha,dark_photon/BaBar_Lees2014xha.csv", "Made_Up,dark_photon/Made_Up.csv", 1)
    lines = [*row, mine.replace(",BaBar,", ",Made-up,", 1), ""]
    (folder / "data/catalogue.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder


def run(folder, text):
    return subprocess.run([sys.executable, "-c", text], cwd=folder, env={"PYTHONPATH": str(folder), "PATH": ""},
                          capture_output=True, text=True)


@pytest.mark.slow
def test_one_file_and_its_data_add_an_experiment(copy):
    answer = run(copy, QUESTIONS)
    assert answer.stdout == "found\n", answer.stderr


def test_a_name_that_is_taken_is_refused(copy):
    file = copy / "zputils/experiments/made_up.py"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('name="Made-up"', 'name="BaBar"'), encoding="utf-8")
    answer = run(copy, "from zputils import bounds")
    file.write_text(text, encoding="utf-8")
    assert "made_up.py: another experiment is called 'BaBar' already" in answer.stderr


def test_every_bound_comes_from_a_file_named_in_the_register():
    files = {Path(sys.modules[type(bound).__module__].__file__).parent.name for bound in bounds.register().values()}
    assert files == {"methods"}


def test_an_experiment_has_one_name():
    """What the catalogue calls the experiment of a curve is what the bound that reads it is called."""
    named = {name: curves.entry(data).experiment for name, bound in bounds.register().items()
             if (data := getattr(bound, "data", "") or getattr(bound, "published", "")) in curves.names()}
    assert len(named) > 60 and named == {name: name for name in named}


def test_a_channel_has_one_name():
    """What the catalogue says a search has seen is what its bound counts; "none" is a Z' that need not decay."""
    seen = {bound.name: bound.final_states for bound in bounds.register().values() if hasattr(bound, "final_states")}
    told = {bound.name: curves.entry(bound.data).final_states for bound in bounds.register().values()
            if hasattr(bound, "final_states")}
    assert len(seen) > 50 and told == {name: " ".join(states) or "none" for name, states in seen.items()}
