"""Pages come and go between their text and JupyterLab: saved unchanged, no line changes."""

import re
import shutil

import pytest

from zputils.paths import BOOK

pytest.importorskip("jupytext")  # of the book, not of the package
pytest.importorskip("jupyter_server")
from jupyter_server.services.contents.largefilemanager import LargeFileManager
from jupytext.sync_contentsmanager import build_sync_jupytext_contents_manager_class

PAGES = sorted(page.name for page in BOOK.glob("*.md") if "\nkernelspec:" in page.read_text(encoding="utf-8"))
WIDTH = 88  # what a cell shows on a laptop without scrolling
CELL = re.compile(r"^```\{code-cell\}.*?\n(?:---\n.*?\n---\n)?(.*?)^```$", re.DOTALL | re.MULTILINE)
# What JupyterLab puts into every notebook that it opens.
LANGUAGE = {"name": "python", "version": "3.11.7", "mimetype": "text/x-python", "file_extension": ".py",
            "pygments_lexer": "ipython3", "nbconvert_exporter": "python",
            "codemirror_mode": {"name": "ipython", "version": 3}}
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


@pytest.fixture
def lab(tmp_path):
    """The contents manager of `make lab`, over a copy of the pages."""
    for page in (*PAGES, "jupytext.toml"):
        shutil.copy(BOOK / page, tmp_path)
    manager = build_sync_jupytext_contents_manager_class(LargeFileManager)()
    manager.root_dir = str(tmp_path)
    return manager


@pytest.mark.filterwarnings("ignore")  # of the server, about itself
@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_is_saved_unchanged_keeps_every_line(lab, tmp_path, page):
    notebook = lab.get(page, type="notebook", content=True)["content"]
    notebook["metadata"] |= {"language_info": LANGUAGE, "kernelspec": KERNEL}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":  # as after a run
            cell["execution_count"] = 1
            cell["metadata"]["trusted"] = True
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x"}]
    lab.save({"type": "notebook", "content": notebook, "format": "json"}, page)
    assert (tmp_path / page).read_text(encoding="utf-8") == (BOOK / page).read_text(encoding="utf-8"), \
        "make pages writes every page as it is saved"


@pytest.mark.parametrize("page", PAGES)
def test_code_fits_the_page(page):
    cells = CELL.findall((BOOK / page).read_text(encoding="utf-8"))
    assert cells and [line for cell in cells for line in cell.splitlines() if len(line) > WIDTH] == []


def test_a_line_that_is_too_wide_is_seen():
    wide = "x = 1  # " + 80 * "y"
    assert CELL.findall(f"text\n```{{code-cell}} ipython3\n---\nname: z\n---\n{wide}\n```\n") == [f"{wide}\n"]
    assert len(wide) > WIDTH


@pytest.mark.parametrize("page", PAGES)
def test_imports_are_folded(page):
    """What a cell sets up stands behind a button, so that the physics call is what a reader sees."""
    text = (BOOK / page).read_text(encoding="utf-8")
    for cell in re.findall(r"^```\{code-cell\}.*?^```$", text, re.DOTALL | re.MULTILINE):
        if len(re.findall(r"^(?:import|from) ", cell, re.MULTILINE)) > 2:
            assert re.search("hide-input|remove-input|remove-cell", cell), cell
