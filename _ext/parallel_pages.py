"""Sphinx extension: execute the pages at the same time, as many as there are processors, while others are read.

myst-nb executes a page when Sphinx reads it, one after the other. Here all are handed to a few threads before the first
is read, as myst-nb would read them; those without code are read first, each other one when it has its outputs, which
myst-nb finds in its cache (`execute_notebooks: cache`), and at the end those that show what pages write. The cache is
emptied first: its key is the text of a page, and a page must not survive a change of what it imports.
"""

import gc
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import single_nb_execution
from myst_nb.core.read import create_nb_reader
from sphinx.errors import ExtensionError
from sphinx.util import logging

import zputils

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


def execute(page, timeout):
    """(path, result) of executing a page in its folder."""
    path, book = page
    return path, single_nb_execution(book, cwd=os.path.dirname(path), timeout=timeout, allow_errors=False)


def store(cache, path, result):
    """Keep the outputs for myst-nb; ExtensionError for a page that failed."""
    if result.err is not None:
        raise ExtensionError(f"{path}: a cell failed\n{result.exc_string}")
    LOGGER.info("executed %s in %.1f s", path, result.time)
    bundle = CacheBundleIn(result.nb, path, data={"execution_seconds": result.time})
    cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


class Execution:
    """The pages of one build, on their way."""

    def __init__(self):
        self.pool = ThreadPoolExecutor(os.cpu_count())
        self.waiting = {}  # name of a page -> its future
        self.cache = None

    def start(self, app, env, names):
        """Begin with those pages that the configuration names as slow; let Sphinx read what has no code meanwhile."""
        check_place()
        gc.set_threshold(100_000)  # the book stays in memory: to look often what is no longer wanted takes 8 of 38 s
        self.cache = get_cache(env.mystnb_config.execution_cache_path)
        self.cache.clear_cache()
        names.sort(key=lambda name: name not in app.config.slow_pages)
        for name in names:
            if page := notebook(env, name):
                self.waiting[name] = self.pool.submit(execute, page, env.mystnb_config.execution_timeout)
        showing = {name for name in names if SHOWN in Path(env.doc2path(name)).read_text(encoding="utf-8")}
        names.sort(key=lambda name: (name in showing, name in self.waiting))

    def finish(self, app, name, source):
        """Wait for the outputs of a page that is about to be read, for those of all if it shows what a page writes."""
        for page in [*self.waiting] if SHOWN in source[0] else [name]:
            if page in self.waiting:
                store(self.cache, *self.waiting.pop(page).result())

    def end(self, app, exception):
        """Pages that have not begun when a build fails are left."""
        self.pool.shutdown(cancel_futures=True)


def setup(app):
    execution = Execution()
    app.add_config_value("slow_pages", [], "", list)
    app.connect("env-before-read-docs", execution.start)
    app.connect("source-read", execution.finish)
    app.connect("build-finished", execution.end)
    return {"parallel_read_safe": False, "parallel_write_safe": True}  # the process that starts them waits for them
