"""Sphinx extension: leave out of the built book what no page loads. Three quarters of its files come with its tools."""

from pathlib import Path

UNUSED = (  # below _static; MathJax needs tex-chtml.js, its fonts, and the extensions of TeX
    "**/*.map", "**/*.ttf", "**/*.LICENSE.txt", "**/*-macros.html", "locales", "scripts/fontawesome.js",
    "mathjax/a11y", "mathjax/adaptors", "mathjax/sre", "mathjax/ui", "mathjax/output/svg", "mathjax/output/svg.js",
    "mathjax/input/mml", "mathjax/input/asciimath", "mathjax/input/*.js", "mathjax/[!t]*.js",
    "mathjax/tex-[!c]*.js", "mathjax/tex-chtml-*.js")


def delete(path):
    """A file, or a folder with what is in it."""
    if path.is_dir():
        for child in path.iterdir():
            delete(child)
        path.rmdir()
    else:
        path.unlink(missing_ok=True)


def lighten(app, exception):
    """Delete what is unused once the book is written."""
    static = Path(app.outdir) / "_static"
    for pattern in UNUSED if exception is None else ():
        for path in list(static.glob(pattern)):
            delete(path)


def setup(app):
    app.config.templates_path.append(str(Path(__file__).parent / "templates"))
    app.connect("build-finished", lighten)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
