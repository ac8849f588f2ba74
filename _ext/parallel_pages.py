"""Sphinx extension: execute the pages at the same time, as many as there are processors, before they are read.

myst-nb executes a page when Sphinx reads it, one after the other. Here each is read as myst-nb reads it, executed, and
put into its cache, where myst-nb then finds it (`execute_notebooks: cache`). The cache is emptied first: its key is the
text of a page, and a page must not survive a change of what it imports.
"""

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
    """Execute a page in its folder."""
    path, book = page
    return path, single_nb_execution(book, cwd=os.path.dirname(path), timeout=timeout, allow_errors=False)


def store(cache, path, result):
    """Keep the outputs for myst-nb; ExtensionError for a page that failed."""
    if result.err is not None:
        raise ExtensionError(f"{path}: a cell failed\n{result.exc_string}")
    LOGGER.info("executed %s in %.1f s", path, result.time)
    bundle = CacheBundleIn(result.nb, path, data={"execution_seconds": result.time})
    cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def execute_pages(app, env, names):
    """Fill the cache, those pages first that the configuration names as slow."""
    check_place()
    cache = get_cache(env.mystnb_config.execution_cache_path)
    cache.clear_cache()
    order = sorted(names, key=lambda name: name not in app.config.slow_pages)
    pages = [page for page in (notebook(env, name) for name in order) if page]
    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        for path, result in pool.map(lambda page: execute(page, env.mystnb_config.execution_timeout), pages):
            store(cache, path, result)
    finally:
        pool.shutdown(cancel_futures=True)


def setup(app):
    app.add_config_value("slow_pages", [], "", list)
    app.connect("env-before-read-docs", execute_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
