"""Every page of the book in a kernel of its own, from an empty build cache: the slowest first, with its slowest cell.

A page runs once, for seconds: rounds and ratios of a benchmark would say no more.
"""

from datetime import datetime
from shutil import rmtree
from time import perf_counter

import jupytext
from nbclient import NotebookClient

from zputils import cache
from zputils.paths import BOOK


def execute(page):
    """A page as an executed notebook."""
    notebook = jupytext.read(page)
    return NotebookClient(notebook, record_timing=True, resources={"metadata": {"path": str(BOOK)}}).execute()


def slowest_cell(notebook):
    """(seconds, its last line) of the cell that took longest."""
    def seconds(cell):
        start, end = (datetime.fromisoformat(cell.metadata.execution[key].replace("Z", "+00:00"))
                      for key in ("iopub.execute_input", "shell.execute_reply"))
        return (end - start).total_seconds()

    cells = [(seconds(cell), cell.source.splitlines()[-1]) for cell in notebook.cells if "execution" in cell.metadata]
    return max(cells, default=(0.0, "no code"))


def timed(page):
    """(seconds, page, seconds and last line of its slowest cell), the start of the kernel included."""
    start = perf_counter()
    notebook = execute(page)
    return perf_counter() - start, page.stem, *slowest_cell(notebook)


if __name__ == "__main__":
    rmtree(cache.FOLDER, ignore_errors=True)
    pages = sorted(page for page in BOOK.glob("*.md") if "\nkernelspec:" in page.read_text())
    rows = sorted(map(timed, pages), reverse=True)
    for seconds, page, cell, line in rows:
        print(f"{seconds:6.1f} s  {page:24} slowest cell {cell:5.1f} s  {line:.50}")
    print(f"{sum(row[0] for row in rows):6.1f} s  all {len(rows)} pages")
