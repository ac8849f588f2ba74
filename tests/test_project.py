"""What holds the repository together: references, the lock, the table of contents, the citation file."""

import ast
import os
import re
import subprocess
from importlib.metadata import version

import pytest
import yaml
from pybtex.database import parse_file

from zputils import curves
from zputils.paths import BOOK, REFERENCES, ROOT

PAGES = sorted(BOOK.glob("*.md"))
KEY = re.compile(r"\{cite[a-z:]*\}`([^`]+)`")


@pytest.fixture(scope="module")
def bibliography():
    return parse_file(REFERENCES).entries


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_citation_is_in_the_bibliography(page, bibliography):
    cited = {key.strip() for keys in KEY.findall(page.read_text(encoding="utf-8")) for key in keys.split(",")}
    assert cited <= set(bibliography)


def test_every_source_of_the_catalogue_is_in_the_bibliography(bibliography):
    assert set(curves.catalogue().inspire) - {""} <= set(bibliography)


def test_the_catalogue_and_the_bibliography_agree_on_arxiv_numbers(bibliography):
    sources = curves.catalogue().query("arxiv != ''")
    eprints = {key: bibliography[key].fields.get("eprint") for key in sources.inspire}
    assert {key: eprints[key] for key in sources.inspire} == dict(zip(sources.inspire, sources.arxiv, strict=True))


def test_every_reference_has_what_finds_it(bibliography):
    for entry in bibliography.values():
        assert entry.persons["author"] and entry.fields["title"], entry.key
        assert 1950 < int(entry.fields["year"]) < 2030, entry.key
        assert "eprint" in entry.fields or {"journal", "volume", "pages"} <= set(entry.fields), entry.key


def test_no_paper_is_in_the_bibliography_twice(bibliography):
    for field in ("eprint", "doi"):
        values = [entry.fields[field] for entry in bibliography.values() if field in entry.fields]
        assert len(values) == len(set(values))


def test_every_page_is_in_the_table_of_contents():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    listed = [toc["root"], *re.findall(r"file: (\S+)", (ROOT / "_toc.yml").read_text(encoding="utf-8"))]
    assert sorted(listed) == sorted(f"book/{page.stem}" for page in PAGES)


def test_the_lock_pins_what_was_chosen_with_hashes_and_names_no_host():
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    chosen = re.findall(r"^[\w-]+", (ROOT / "requirements.in").read_text(encoding="utf-8"), re.MULTILINE)
    pinned = dict(re.findall(r"^([\w.-]+)==(\S+)", lock, re.MULTILINE))
    assert set(chosen) <= set(pinned)
    assert lock.count("\n    --hash=sha256:") >= len(pinned)
    assert all(f"{name}=={pin}" in lock for name, pin in pinned.items())
    assert "://" not in lock and "index-url" not in lock


def test_the_citation_file_names_this_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["version"] == version("zputils")
    assert citation["references"][0]["identifiers"][0]["value"] == "arXiv:2108.05147"


def test_ci_runs_the_two_commands_of_the_readme_and_what_it_calls_the_others():
    commands = re.findall(r"^make \w+", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    ci = re.findall(r"^make [\w-]+", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE)
    assert commands[:2] == ["make book", "make test"]
    assert ci == ["make test", "make test-wheel", "make book", "make test-slow", "make test-web", "make test-others"]


def opens_text(call):
    """Whether a call reads or writes a file as text and does not say how it is encoded."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    binary = any(isinstance(part, ast.Constant) and "b" in str(part.value) for part in call.args[1:2])
    text = name in ("read_text", "write_text") or (name == "open" and isinstance(call.func, ast.Name) and not binary)
    return text and "encoding" not in {keyword.arg for keyword in call.keywords}


def test_text_files_are_utf_8_whatever_the_locale():
    files = [file for folder in ("zputils", "tests", "bench", "publish", "data", "_ext", ".ci")
             for file in sorted((ROOT / folder).rglob("*.py"))]
    found = [f"{file.relative_to(ROOT)}:{node.lineno}" for file in files
             for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
             if isinstance(node, ast.Call) and opens_text(node)]
    assert len(files) > 100 and not found, "no encoding is given"


def test_the_users_settings_do_not_reach_what_make_runs():
    hostile = {"PYTHONPATH": "/elsewhere", "PYTHONSTARTUP": "/start.py", "PYTHONHASHSEED": "7",
               "JUPYTER_PATH": "/kernels", "MATPLOTLIBRC": "/usetex", "IPYTHONDIR": "/ipython",
               "MPLBACKEND": "Qt5Agg", "LC_ALL": "C"}
    variables = {name: value for name, value in os.environ.items() if name != "HOME"} | hostile
    run = subprocess.run(["make", "--no-print-directory", "--eval", "show: ; @env", "show"], cwd=ROOT, env=variables,
                         capture_output=True, text=True, check=True, encoding="utf-8")
    seen = dict(line.split("=", 1) for line in run.stdout.splitlines() if "=" in line)
    assert {"PYTHONPATH", "PYTHONSTARTUP", "PYTHONHASHSEED", "JUPYTER_PATH", "MPLBACKEND"}.isdisjoint(seen)
    assert seen["MATPLOTLIBRC"] == str(ROOT / "_ext" / "matplotlibrc") and seen["PYTHONUTF8"] == "1"
    assert seen["IPYTHONDIR"].startswith(str(ROOT)) and seen["HOME"].startswith(str(ROOT))
