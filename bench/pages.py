"""Every page of the book in a kernel of its own, the slowest first, with its slowest cell."""

from datetime import datetime

import jupytext
from nbclient import NotebookClient
from timing import best, row

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


def main():
    """Print the time of each page, start of the kernel included."""
    pages = [page for page in BOOK.glob("*.md") if "\nkernelspec:" in page.read_text()]
    timed = sorted(((*best(lambda page=page: execute(page), repeats=1), page.stem) for page in pages),
                   key=lambda entry: entry[0], reverse=True)
    for seconds, notebook, name in timed:
        cell, line = slowest_cell(notebook)
        row(f"page {name}", seconds)
        row(f"  {line:.50}", cell)
    row(f"all {len(timed)} pages", sum(seconds for seconds, *_ in timed))
