"""Nothing in the data is executed, and no page starts a program: read from the syntax of every source."""

import ast

import pytest

from zputils.paths import BOOK, DATA, ROOT

jupytext = pytest.importorskip("jupytext")  # of the book, not of the package
SOURCES = [*sorted((ROOT / "zputils").rglob("*.py")), ROOT / "publish" / "tidy.py"]
PAGES = sorted(page for page in BOOK.glob("*.md") if "\nkernelspec:" in page.read_text(encoding="utf-8"))
PICKLES = {"pickle", "cPickle", "cloudpickle", "dill", "joblib", "marshal", "shelve"}
PROGRAMS = {"subprocess", "os.system", "os.popen", "pty"}
EXECUTING = {"eval", "exec", "compile", "__import__"}


def name(node):
    """What is called, as it is written: `np.load`."""
    return ast.unparse(node) if isinstance(node, (ast.Name, ast.Attribute)) else ""


def reasons(node):
    """What is unsafe about a node of a syntax tree."""
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        modules = {alias.name for alias in node.names} | {getattr(node, "module", None) or ""}
        yield from {module.split(".")[0] for module in modules} & (PICKLES | PROGRAMS)
    if isinstance(node, ast.Attribute) and name(node) in PROGRAMS:
        yield name(node)
    if isinstance(node, ast.Call):
        called, given = name(node.func), {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
        if called in EXECUTING or called.endswith("_pickle"):
            yield called
        if given.get("allow_pickle") == "True":
            yield "allow_pickle=True"
        if called in ("np.load", "numpy.load") and given.get("allow_pickle") != "False":
            yield "np.load without allow_pickle=False"
        if called in ("yaml.load", "yaml.load_all") and "SafeLoader" not in ast.unparse(node):
            yield "yaml.load without SafeLoader"


def unsafe(text):
    """Everything unsafe in a source; SyntaxError where a page holds commands of the notebook."""
    return [reason for node in ast.walk(ast.parse(text)) for reason in reasons(node)]


@pytest.mark.parametrize("text", [
    "import pickle", "from pickle import loads", "import joblib as j", "pd.read_pickle(f)", "frame.to_pickle(f)",
    "eval(text)", "exec(text)", "np.load(f)", "np.load(f, allow_pickle=True)", "np.savez(f, x, allow_pickle=True)",
    "yaml.load(f)", "yaml.load(f, Loader=yaml.Loader)", "import subprocess", "os.system(text)", "__import__(text)",
    "from subprocess import run", "def f():\n    return [eval(x) for x in y]"])
def test_what_is_unsafe_is_found(text):
    assert unsafe(text)


@pytest.mark.parametrize("text", ["np.load(f, allow_pickle=False)", "yaml.safe_load(f)", "re.compile(text)",
                                  "yaml.load(f, Loader=yaml.SafeLoader)", "import os", "zputils.curves.load(name)"])
def test_what_is_safe_passes(text):
    assert not unsafe(text)


def test_no_source_executes_what_it_reads():
    found = {path: unsafe(path.read_text(encoding="utf-8")) for path in SOURCES}
    assert len(found) > 150 and {path: reasons for path, reasons in found.items() if reasons} == {}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_page_executes_what_it_reads_or_starts_a_program(path):
    cells = [cell.source for cell in jupytext.read(path).cells if cell.cell_type == "code"]
    assert not [reason for cell in cells for reason in unsafe(cell)]


def test_the_data_are_text():
    for path in (path for path in DATA.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        assert path.suffix in (".csv", ".md", ".bib") and not path.is_symlink(), path
        assert "\0" not in path.read_text(encoding="utf-8"), path
