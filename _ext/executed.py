"""Outputs of pages, kept in _build/executed while nothing that they are made from changes.

`make test` and `make book` execute the same pages. What one has executed the other takes, and an edit of a page's text
executes no page but those that read the text of others. A page is made from its code and from every file of the tree,
other pages and tests left out, with this Python, these packages and these SETTINGS. What the pages wrote to _build is
taken with their outputs: when one of those files is gone or is another one, nothing is taken. Nor is it when somebody
was stopped half way: then there is no seal, which names the files and is written last.
"""

import hashlib
import json
import os
import shutil
import sys
import sysconfig
from itertools import groupby
from pathlib import Path

READS_PAGES = "data_page"  # in the code of a page: it tells where the pages use what
TESTS = "tests"
SETTINGS = ("IPYTHONDIR", "MATPLOTLIBRC", "PYTHONPATH")  # of which make has its own
MADE = ".egg-info"  # by installing the tree
# What others than pages put into _build: tools, books, and files made from those of the pages.
OTHERS = {"book.pdf", "cache", "executed", "hepdata", "home", "html", "html-last", "ipython", "jupyter", "launch.yml",
          "matplotlib", "nb", "next", "singlehtml", "singlehtml-last", "uv", "wheel", "zputils-data.zip"}


def digest(*parts):
    """Of texts and bytes, in this order."""
    total = hashlib.sha256()
    for part in parts:
        total.update(hashlib.sha256(part.encode() if isinstance(part, str) else part).digest())
    return total.hexdigest()


def files(folder, left_out):
    """Every file of a folder, sorted, but for what at its top has a name in `left_out`, is hidden, or made."""
    tops = sorted(path for path in folder.glob("[!.]*") if path.name not in left_out and path.suffix != MADE)
    return [file for top in tops for file in ([top] if top.is_file() else sorted(top.rglob("*")))
            if file.is_file() and "__pycache__" not in file.parts]


class Executed:
    """The outputs that the tree `root` has, and may be taken for pages that are made from the same as now."""

    def __init__(self, root):
        self.root = Path(root)
        self.folder = self.root / "_build" / "executed"
        self.seal = self.folder / "seal.json"
        self.origin, self.text = self._tree()

    def _tree(self):
        """Digests of what all pages are made from, and of the text of all."""
        packages = sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
        parts, text = [sys.version, *packages, *(os.environ.get(name, "") for name in SETTINGS)], []
        for file in files(self.root, {"_build", TESTS}):
            (text if file.suffix == ".md" else parts).extend([str(file.relative_to(self.root)), file.read_bytes()])
        return digest(*parts), digest(*text)

    def _written(self):
        """{file in _build that pages write: its digest}."""
        build = self.root / "_build"
        return {str(file.relative_to(build)): digest(file.read_bytes()) for file in files(build, OTHERS)
                if file.suffix not in (".lock", ".log")}

    def begin(self):
        """Break the seal: pages are about to be executed. Outputs that it does not hold together any more are gone."""
        sealed = json.loads(self.seal.read_text(encoding="utf-8")) if self.seal.exists() else None
        if sealed is None or not sealed.items() <= self._written().items():
            shutil.rmtree(self.folder, ignore_errors=True)
        self.seal.unlink(missing_ok=True)

    def made_from(self, codes):
        """Digest of what a page of these cells is made from."""
        return digest(self.origin, self.text if any(READS_PAGES in code for code in codes) else "", *codes)

    def take(self, name, cells):
        """Put the kept outputs of a page into its code cells; whether there are any."""
        from nbformat import from_dict

        file = self.folder / f"{name}.json"
        kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        if kept.get("made_from") != self.made_from([cell.source for cell in cells]):
            return False
        for count, (cell, outputs) in enumerate(zip(cells, kept["outputs"], strict=True), 1):
            cell.execution_count, cell.outputs = count, [from_dict(output) for output in outputs]
        return True

    def keep(self, name, codes, outputs):
        """Keep what the cells of a page put out."""
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = {"made_from": self.made_from(codes), "outputs": outputs}
        (self.folder / f"{name}.json").write_text(json.dumps(kept), encoding="utf-8")

    def end(self):
        """Seal what is kept: no page is being executed any more. Not when the tree has changed since they began."""
        if (self.origin, self.text) == self._tree() and self.folder.exists():
            whole = self.seal.with_suffix(".new")
            whole.write_text(json.dumps(self._written()), encoding="utf-8")
            os.replace(whole, self.seal)


def shown(item):
    """What a cell that nbval tests puts out. A result behind which there is a semicolon is not shown.

    The kernel leaves it out itself where it keeps a history, which it does not for nbval.
    """
    from IPython.core.displayhook import DisplayHook

    quiet = DisplayHook.semicolon_at_end_of_expression(item.cell.source)
    return [output for output in item.test_outputs if not (quiet and output["output_type"] == "execute_result")]


class Tested:
    """Plugin of pytest: pages that nbval tests are executed, and what they put out is kept for the book."""

    def __init__(self, root):
        self.root, self.executed = root, None

    def pytest_sessionstart(self, session):
        if any(str(argument).endswith(".ipynb") for argument in session.config.args):
            self.executed = Executed(self.root)
            if not hasattr(session.config, "workerinput"):  # before any worker starts
                self.executed.begin()

    def pytest_sessionfinish(self, session, exitstatus):
        """A worker keeps the outputs of what it has tested; when all have, they are sealed."""
        if self.executed is None or exitstatus:
            return
        cells = [item for item in session.items if getattr(item, "test_outputs", None) is not None]
        for page, tested in groupby(cells, lambda item: item.path.stem):
            codes, outputs = zip(*((item.cell.source, shown(item)) for item in tested), strict=True)
            self.executed.keep(page, codes, outputs)
        if not hasattr(session.config, "workerinput"):
            self.executed.end()
