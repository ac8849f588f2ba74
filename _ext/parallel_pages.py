"""Sphinx extension: execute the pages at the same time, as many as there are processors, while others are read.

myst-nb executes a page when Sphinx reads it, one after the other. Here all are handed to a few threads before the first
is read, as myst-nb would read them; those without code are read first, each other one when it has its outputs, which
myst-nb finds in its cache (`execute_notebooks: cache`), and at the end those that show what pages write. The cache is
emptied first: its key is the text of a page, and a page must not survive a change of what it imports. One that nothing
has changed for is not executed again (executed.py).
"""

import gc
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from executed import Executed
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import single_nb_execution
from myst_nb.core.read import create_nb_reader
from sphinx.errors import ExtensionError
from sphinx.util import logging

import zputils

LANGUAGE = {"name": "python", "pygments_lexer": "ipython3"}  # as a kernel says of itself, and a page alone does not
SHOWN = "_build/"  # in the text of a page: a figure or file that it, or another page, writes
LOGGER = logging.getLogger(__name__)


def check_place():
    """An environment that imports the package of another tree would compute another book."""
    package = Path(zputils.__file__).resolve().parent
    if package.parent != Path(__file__).resolve().parent.parent:
        raise ExtensionError(f"the environment imports {package}, not the package of this tree: use `make book`")


def notebook(env, name):
    """(path, notebook) of a page as myst-nb reads it, None where it has no code."""
    path = env.doc2path(name)
    text = Path(path).read_text(encoding="utf-8")
    reader = create_nb_reader(path, env.myst_config, env.mystnb_config, text)
    return reader and (path, reader.read(text))


def code(book):
    """The cells with code."""
    return [cell for cell in book.cells if cell.cell_type == "code"]


def execute(path, book, timeout):
    """The result of executing a page in its folder."""
    return single_nb_execution(book, cwd=os.path.dirname(path), timeout=timeout, allow_errors=False)


class Execution:
    """The pages of one build, on their way."""

    def __init__(self):
        self.pool = ThreadPoolExecutor(os.cpu_count())
        self.waiting = {}  # name of a page -> its path and its future
        self.cache = self.executed = None

    def start(self, app, env, names):
        """Begin with those pages that the configuration names as slow; let Sphinx read what has no code meanwhile."""
        check_place()
        gc.set_threshold(100_000)  # the book stays in memory: to look often what is no longer wanted takes 8 of 38 s
        self.cache = get_cache(env.mystnb_config.execution_cache_path)
        self.cache.clear_cache()
        self.executed = Executed(app.srcdir)
        self.executed.begin()
        names.sort(key=lambda name: name not in app.config.slow_pages)
        pages = {name: page for name in names if (page := notebook(env, name))}
        for name, (path, book) in pages.items():
            if self.executed.take(Path(path).stem, code(book)):
                self.store(path, book)
            else:
                future = self.pool.submit(execute, path, book, env.mystnb_config.execution_timeout)
                self.waiting[name] = path, future
        if len(pages) > len(self.waiting):
            LOGGER.info("%d of %d pages have the outputs of before: nothing that they are made from has changed",
                        len(pages) - len(self.waiting), len(pages))
        showing = {name for name in names if SHOWN in Path(env.doc2path(name)).read_text(encoding="utf-8")}
        names.sort(key=lambda name: (name in showing, name in self.waiting))

    def finish(self, app, name, source):
        """Wait for the outputs of a page that is about to be read, for those of all if it shows what a page writes."""
        for page in [*self.waiting] if SHOWN in source[0] else [name]:
            if page in self.waiting:
                path, future = self.waiting.pop(page)
                self.accept(path, future.result())

    def accept(self, path, result):
        """Keep the outputs; ExtensionError for a page that failed."""
        if result.err is not None:
            raise ExtensionError(f"{path}: a cell failed\n{result.exc_string}")
        LOGGER.info("executed %s in %.1f s", path, result.time)
        cells = code(result.nb)
        self.executed.keep(Path(path).stem, [cell.source for cell in cells], [cell.outputs for cell in cells])
        self.store(path, result.nb)

    def store(self, path, book):
        """Where myst-nb looks for outputs."""
        book.metadata["language_info"] = LANGUAGE
        self.cache.cache_notebook_bundle(CacheBundleIn(book, path), check_validity=False, overwrite=True)

    def read(self, app, env):
        """All pages are there."""
        self.executed.end()

    def end(self, app, exception):
        """Pages that have not begun when a build fails are left; the outputs of the others serve the next one."""
        self.pool.shutdown(cancel_futures=True)
        if exception is None or self.executed is None:
            return
        for path, future in self.waiting.values():
            if not future.cancelled() and future.exception() is None and future.result().err is None:
                self.accept(path, future.result())
        self.executed.end()


def setup(app):
    execution = Execution()
    app.add_config_value("slow_pages", [], "", list)
    app.connect("env-before-read-docs", execution.start)
    app.connect("source-read", execution.finish)
    app.connect("env-updated", execution.read)
    app.connect("build-finished", execution.end)
    return {"parallel_read_safe": False, "parallel_write_safe": True}  # the process that starts them waits for them
