"""Sphinx extension: the scripts of the interactive figure, on its page alone, and three defaults undone."""

from pathlib import Path

PAGE = "book/appendix-explore"
SCRIPTS = tuple(Path(__file__).parent / name for name in ("explore_plot.js", "explore.js"))


def add_files(app):
    app.config.html_static_path.extend(map(str, SCRIPTS))


def add_scripts(app, pagename, templatename, context, doctree):
    for script in SCRIPTS if pagename == PAGE else ():
        app.add_js_file(script.name, loading_method="defer")


def remove_thebe(app):
    """Live cells are not offered; sphinx-thebe would point each page to a foreign host, and fail at doing it twice."""
    for event in ("env-before-read-docs", "doctree-resolved"):
        for listener in list(app.events.listeners[event]):
            if listener.handler.__module__ == "sphinx_thebe":
                app.disconnect(listener.id)


def keep_numbers(app, config):
    """Captions carry the paper's numbers; sphinx-jupyterbook-latex sets numfig, whatever _config.yml says."""
    config.numfig = False


def setup(app):
    app.set_html_assets_policy("always")  # titles in the sidebar hold mathematics, on pages without it too
    app.connect("builder-inited", add_files)
    app.connect("html-page-context", add_scripts)
    app.connect("config-inited", keep_numbers, priority=900)
    remove_thebe(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
