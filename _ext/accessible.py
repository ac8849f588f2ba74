"""Sphinx extension: what a reader who hears the page, or has no mouse, needs and the book's tools leave out."""

import re
from html import escape
from pathlib import Path

from docutils import nodes

LENGTH = 160  # letters of a description that a search engine shows

# What the tools write -> what it should be. Names that contradict the words on a button, roles that HTML does not allow
# there, and a column that is no landmark.
MENDED = (
    (re.compile(r'(<button class="btn search-button-field[^>]*?) aria-label="Search"'), r"\1"),
    (re.compile(r'<summary aria-label="Toggle hidden content">'), "<summary>"),
    (re.compile(r'<div role="list" class="citation-list">'), '<div class="citation-list">'),
    (re.compile(r' role="doc-biblioentry"'), ""),
    (re.compile(r'<div id="pst-primary-sidebar"'), '<div id="pst-primary-sidebar" role="region" aria-label="Contents"'),
)


def mend(app, exception):
    for page in Path(app.outdir).rglob("*.html") if exception is None else ():
        text = page.read_text(encoding="utf-8")
        for pattern, better in MENDED:
            text = pattern.sub(better, text)
        page.write_text(text, encoding="utf-8")


def description(doctree):
    """The first paragraph of a page, cut at a word."""
    first = next((paragraph.astext() for paragraph in doctree.findall(nodes.paragraph)), "")
    words = " ".join(re.sub(r"[\\${}]", "", first).split())
    return words if len(words) <= LENGTH else words[:LENGTH].rsplit(" ", 1)[0] + " …"


def describe(app, pagename, templatename, context, doctree):
    if doctree is not None:
        content = escape(description(doctree), quote=True)
        context["metatags"] = context.get("metatags", "") + f'<meta name="description" content="{content}" />\n'


def add_script(app):
    app.config.html_static_path.append(str(Path(__file__).parent / "focus.js"))
    app.add_js_file("focus.js", loading_method="defer")


def setup(app):
    app.connect("builder-inited", add_script)
    app.connect("html-page-context", describe)
    app.connect("build-finished", mend)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
