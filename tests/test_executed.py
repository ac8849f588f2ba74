"""A page is executed again when something that it is made from has changed, and only then."""

import sys

import pytest
from executed import READS_PAGES, Executed

from zputils.paths import ROOT

nbformat = pytest.importorskip("nbformat")  # of the book, not of the package

PAGES = {"first": ["import helper", "print(helper.number)"], "uses": ["from zputils.pages import data_page"]}


@pytest.fixture
def tree(tmp_path):
    """A tree whose pages are executed, each of which has written a file."""
    for name, text in {"first.md": "text", "helper.py": "number = 1", "tests/test_helper.py": "",
                       "_build/figures/first.csv": "1", "_build/html/index.html": "", ".venv/complete": ""}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    execute(tmp_path, PAGES)
    return tmp_path


def execute(tree, pages):
    executed = Executed(tree)
    executed.begin()
    for name, codes in pages.items():
        executed.keep(name, codes, [[nbformat.v4.new_output("stream", text=code)] for code in codes])
    executed.end()


def taken(tree, **changed):
    """Names of the pages that are not executed again."""
    executed = Executed(tree)
    executed.begin()
    pages = {name: [nbformat.v4.new_code_cell(code) for code in codes] for name, codes in (PAGES | changed).items()}
    names = [name for name, cells in pages.items() if executed.take(name, cells)]
    for cells in map(pages.get, names):
        assert [cell.outputs[0].text for cell in cells] == [cell.source for cell in cells]
        assert [cell.execution_count for cell in cells] == [*range(1, len(cells) + 1)]
    executed.end()
    return names


@pytest.mark.parametrize("file", ["tests/test_helper.py", "_build/html/index.html", "_build/cache", "_build/wheel.log",
                                  ".venv/complete"])
def test_what_no_page_is_made_from(tree, file):
    (tree / file).write_text("other", encoding="utf-8")
    assert taken(tree) == [*PAGES]
    (tree / file).write_text("another", encoding="utf-8")
    assert taken(tree) == [*PAGES]


@pytest.mark.parametrize("file", ["helper.py", "data.csv", "_build/figures/first.csv"])
def test_what_every_page_is_made_from(tree, file):
    (tree / file).write_text("other", encoding="utf-8")
    assert taken(tree) == []
    execute(tree, PAGES)
    assert taken(tree) == [*PAGES]
    (tree / file).unlink()
    assert taken(tree) == []


def test_the_text_of_a_page_matters_to_one_that_reads_it(tree):
    (tree / "first.md").write_text("other text", encoding="utf-8")
    assert taken(tree) == ["first"]


def test_the_code_of_a_page_matters_to_it_alone(tree):
    assert taken(tree, first=["import helper", "print(2 * helper.number)"]) == ["uses"]
    assert taken(tree, first=["import helper\n", "print(helper.number)"]) == ["uses"]
    assert taken(tree, first=["import helper"]) == ["uses"]


def test_nothing_is_taken_from_who_was_stopped(tree):
    Executed(tree).begin()  # and killed before its end
    assert taken(tree) == []


def test_nothing_is_kept_when_the_tree_changes_meanwhile(tree):
    executed = Executed(tree)
    executed.begin()
    (tree / "helper.py").write_text("number = 2", encoding="utf-8")
    executed.keep("first", PAGES["first"], [[], []])
    executed.end()
    assert taken(tree) == []


def test_another_python_executes_all(tree, monkeypatch):
    monkeypatch.setattr(sys, "version", "4.0")
    assert taken(tree) == []


def test_another_style_executes_all(tree, monkeypatch):
    monkeypatch.setenv("MATPLOTLIBRC", "mine")
    assert taken(tree) == []


def test_who_reads_pages_is_known():
    sources = {file.stem: file.read_text(encoding="utf-8") for file in (ROOT / "zputils").rglob("*.py")}
    assert {name for name, text in sources.items() if "BOOK" in text} == {"paths", READS_PAGES}
    assert [name for name, text in sources.items() if f"import {READS_PAGES}" in text] == []
