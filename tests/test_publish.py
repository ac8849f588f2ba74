"""Notebooks and buttons for Binder and Colab, and the book as a PDF, and what the README shows."""

import re
import shutil
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pandas as pd
import pytest
import yaml

from zputils import figures
from zputils.paths import BOOK, ROOT

for needed in ("jupytext", "playwright"):  # of the book, not of the package
    pytest.importorskip(needed)
ADDRESS = "https://github.com/OWNER/NAME"


def script(name):
    """A script of publish/ as a module."""
    spec = spec_from_file_location(name, ROOT / "publish" / f"{name}.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


badges, launch, pdf, picture = map(script, ("badges", "launch", "pdf", "picture"))
chromium = next(filter(None, map(shutil.which, pdf.NAMES)), None)
needs_chromium = pytest.mark.skipif(chromium is None, reason="Chromium is not installed")


# -- Binder and Colab ----------------------------------------------------------------------------------


def test_a_notebook_for_colab_is_the_page_after_one_cell_that_fetches_the_package():
    text = launch.notebook(BOOK / "04-combined.md", ADDRESS, "main")
    first, *page = launch.jupytext.reads(text, fmt="ipynb").cells
    code = [cell.source for cell in page if cell.cell_type == "code"]
    assert f"git clone --quiet --depth 1 --branch main {ADDRESS} " in first.source
    assert len(code) == (BOOK / "04-combined.md").read_text(encoding="utf-8").count("```{code-cell}")


def test_the_configuration_gains_the_buttons_and_loses_nothing():
    plain = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    added = yaml.safe_load(launch.configuration(ADDRESS, "main"))
    assert added.keys() - plain.keys() == {"repository", "launch_buttons"}
    assert {key: added[key] for key in plain} == plain
    assert added["repository"] == {"url": ADDRESS, "branch": "main"}


@pytest.mark.parametrize("address", ["", "https://example.org/OWNER/NAME", "https://github.com/OWNER"])
def test_an_address_that_colab_does_not_know_is_refused(address):
    with pytest.raises(SystemExit, match="OWNER/NAME"):
        launch.main(address)


def test_binder_installs_the_lock_and_this_package_on_a_supported_python():
    binder = ROOT / "binder"
    assert (binder / "requirements.txt").read_text(encoding="utf-8").split() == ["-r", "../requirements.txt"]
    assert "pip install --no-deps" in (binder / "postBuild").read_text(encoding="utf-8")
    assert (binder / "postBuild").stat().st_mode & 0o100
    major, minor = re.fullmatch(r"python-(\d+)\.(\d+)\n", (binder / "runtime.txt").read_text(encoding="utf-8")).groups()
    assert f'requires-python = ">={major}.{minor}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_book_itself_names_no_address_of_a_repository():
    assert "repository" not in yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))


# -- PDF -----------------------------------------------------------------------------------------------


@pytest.fixture
def html(tmp_path):
    """Write a page of HTML with this body, where MathJax is ready at once."""
    def write(body):
        page = tmp_path / "page.html"
        script = "<script>MathJax = {startup: {promise: Promise.resolve()}}</script>"
        page.write_text(f"{script}{body}", encoding="utf-8")
        return page

    return write


def test_without_chromium_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", str(Path(sys.prefix) / "none"))
    monkeypatch.delenv("CHROMIUM", raising=False)
    with pytest.raises(SystemExit, match="Debian: chromium"):
        pdf.browser()


@needs_chromium
def test_a_page_is_printed(html, tmp_path):
    pdf.printed(chromium, html("<h1>Title</h1>"), tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF-")


@needs_chromium
@pytest.mark.parametrize("body, complaint", [('<img src="none.svg">', "none.svg"),
                                             ("<mjx-merror></mjx-merror>", "not typeset: 1")])
def test_a_page_with_a_fault_is_not_printed(html, tmp_path, body, complaint):
    with pytest.raises(RuntimeError, match=complaint):
        pdf.printed(chromium, html(body), tmp_path / "page.pdf")
    assert not (tmp_path / "page.pdf").exists()


# -- README --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def table():
    """What Fig. 4.1 draws."""
    return figures.draw("fig-4.1").table


def test_the_picture_is_small_and_shows_what_is_computed(table):
    assert picture.PICTURE.stat().st_size < 150_000
    pd.testing.assert_frame_equal(picture.drawn(), picture.digest(table), rtol=1e-4, check_dtype=False)


def test_a_curve_that_moves_by_a_percent_is_noticed(table):
    moved = table.assign(y=table.y.where(table.curve != "SHiP", 1.01 * table.y))
    with pytest.raises(AssertionError):
        pd.testing.assert_frame_equal(picture.drawn(), picture.digest(moved), rtol=1e-4, check_dtype=False)


def test_the_badges_say_what_the_project_says():
    drawn = {file.name: file.read_text(encoding="utf-8") for file in (ROOT / "_static").glob("badge-*.svg")}
    assert drawn == badges.badges()
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert "arXiv: 2108.05147" in drawn["badge-arxiv.svg"]
    assert citation["references"][0]["identifiers"][0]["value"] == "arXiv:2108.05147"


def test_what_the_readme_shows_and_links_is_here():
    linked = re.findall(r"\]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    local = [target for target in linked if not target.startswith("https://")]
    assert len(local) >= 5 and all((ROOT / target).is_file() for target in local)


def test_the_tree_of_the_readme_is_the_repository():
    tree = re.findall(r"^    (\S+) {2,}\S", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    folders = {entry.name + "/" for entry in ROOT.iterdir() if entry.is_dir() and (entry.name == "_static" or
               entry.name[0] not in "._") and not entry.name.endswith(".egg-info")}
    assert all((ROOT / entry).exists() for entry in tree)
    assert folders <= set(tree)
