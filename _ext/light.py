"""Sphinx extension: a lighter book. Out goes what no page loads, pictures that are there twice, and colours unseen."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote

from PIL import Image

UNUSED = (  # below _static; MathJax needs tex-chtml.js, its fonts, and the extensions that a command loads by itself
    "**/*.map", "**/*.ttf", "**/*.LICENSE.txt", "**/*-macros.html", "locales", "scripts/fontawesome.js",
    "mathjax/a11y", "mathjax/adaptors", "mathjax/sre", "mathjax/ui", "mathjax/output/svg", "mathjax/output/svg.js",
    "mathjax/input/mml", "mathjax/input/asciimath", "mathjax/input/*.js", "mathjax/[!t]*.js",
    "mathjax/tex-[!c]*.js", "mathjax/tex-chtml-*.js", "mathjax/output/chtml.js", "mathjax/output/chtml/fonts/tex.js",
    "mathjax/input/tex/extensions/all-packages.js",
    "fig-4.1.png", "badge-*.svg")  # of the README


UNSIZED = re.compile(r'<img (?![^>]*\b(?:width|height|style)=)(?=[^>]*\bsrc="([^":]+)")')
POINTS = re.compile(r'<svg[^>]* width="([\d.]+)pt" height="([\d.]+)pt"')


def delete(path):
    """A file, or a folder with what is in it."""
    if path.is_dir():
        for child in path.iterdir():
            delete(child)
        path.rmdir()
    else:
        path.unlink(missing_ok=True)


def delete_unused(book):
    for pattern in UNUSED:
        for path in list((book / "_static").glob(pattern)):
            delete(path)


def share_pictures(book):
    """A figure that is also offered as a file is there once: its page shows that file."""
    offered = {file.read_bytes().strip(): file.relative_to(book) for file in book.glob("_downloads/*/*.svg")}
    shown = {file: offered.get(file.read_bytes().strip()) for file in book.glob("_images/*.svg")}
    twins = {file: twin for file, twin in shown.items() if twin}
    for page in book.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for file, twin in twins.items():
            text = text.replace(file.relative_to(book).as_posix(), twin.as_posix())
        page.write_text(text, encoding="utf-8")
    for file in twins:
        file.unlink()


def reduce_colours(book):
    """Pictures with 256 colours, which are a third of the size; lines on white need no more."""
    def reduce(file):
        with Image.open(file) as picture:
            fewer = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
        fewer.save(file, optimize=True)

    with ThreadPoolExecutor() as pool:
        list(pool.map(reduce, book.glob("_images/*.png")))  # a list: so that an error is raised


def size(file):
    """Width and height of a picture in pixels of a page, or None."""
    if file.suffix == ".svg":
        found = POINTS.search(file.read_text(encoding="utf-8"))
        return found and [round(float(points) * 4 / 3) for points in found.groups()]
    with Image.open(file) as picture:
        return picture.size


def state_sizes(book):
    """A page leaves each picture its room before it is there, so that nothing moves."""
    def sized(found):
        beside, above = (folder / unquote(found[1]) for folder in (page.parent, book))
        known = size(beside if beside.exists() else above)  # the book as one page has addresses from the folder above
        return f'<img width="{known[0]}" height="{known[1]}" ' if known else found[0]

    for page in book.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(UNSIZED.sub(sized, text), encoding="utf-8")


def lighten(app, exception):
    """All of it, once the book is written."""
    for step in (delete_unused, share_pictures, reduce_colours, state_sizes) if exception is None else ():
        step(Path(app.outdir))


def setup(app):
    app.config.templates_path.append(str(Path(__file__).parent / "templates"))
    app.connect("build-finished", lighten)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
