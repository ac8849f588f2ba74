"""The built book's files, without a browser: no picture is missing, and nothing is there that no page loads."""

import html
import re
from urllib.parse import unquote
from zipfile import ZipFile

import jupytext
import pytest

from zputils import curves, figures, paths

HTML = paths.BUILD / "html"
PAGES = sorted(page for page in paths.BOOK.glob("*.md") if "\nkernelspec:" in page.read_text(encoding="utf-8"))
IMAGE = re.compile(r"<img[^>]*>")
PLAIN = re.compile(r"[\s\\$]|\\[a-z]+")
LARGEST = 30e6  # bytes of the whole book
LINK = re.compile(r"""(?:href|src)="(?![a-z]+:|//)([^"#?]+)""")


def pictures(page):
    """The tags of the pictures on a built page."""
    return IMAGE.findall((HTML / "book" / f"{page.stem}.html").read_text(encoding="utf-8"))


def described(page):
    """The alternative texts that the cells of a page give their pictures."""
    cells = (cell.metadata.get("mystnb", {}) for cell in jupytext.read(page).cells)
    return [cell["image"]["alt"] for cell in cells if "alt" in cell.get("image", {})]


@pytest.fixture(scope="module", autouse=True)
def built():
    if not (HTML / "index.html").exists():
        pytest.fail(f"there is no book in {HTML}: make book")


def test_the_archive_has_the_numbers_of_every_figure():
    (archive,) = HTML.glob("_downloads/*/zputils-data.zip")
    with ZipFile(archive) as file:
        packed = {name.rpartition("/")[2]: file.read(name) for name in file.namelist() if "/figures/" in name}
    assert packed == {file.name: file.read_bytes() for file in paths.FIGURES.glob("*.csv")}
    assert {f"{name}.csv" for name in figures.NAMES} <= packed.keys()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_picture_that_a_cell_describes_is_there(page):
    shown = [html.unescape(tag) for tag in pictures(page)]
    for text in described(page):
        assert any(PLAIN.sub("", text) in PLAIN.sub("", tag) for tag in shown), f"vanished: {text}"


def test_every_picture_is_a_file():
    for page in PAGES:
        for source in re.findall(r'src="([^"]+)"', " ".join(pictures(page))):
            file = HTML / "book" / source
            assert source.startswith("data:") or file.stat().st_size > 500, f"{page.stem}: {source}"


def test_no_page_refers_to_a_file_that_is_missing():
    pages = [page for page in HTML.rglob("*.html") if "_static" not in page.parts]
    links = {(page, link) for page in pages for link in LINK.findall(page.read_text(encoding="utf-8"))}
    assert len(links) > 1000
    missing = [pair for pair in links if not (pair[0].parent / unquote(html.unescape(pair[1]))).exists()]
    assert missing == []


def test_many_authors_are_et_al_everywhere():
    pages = (page.read_text(encoding="utf-8") for page in (HTML / "book").glob("*.html"))
    text = "".join(re.sub(r'title="[^"]*"', "", page) for page in pages)
    assert text.count(">et al.<") > 100
    assert re.findall(r"\w+ and others(?:</a>)?,? ?\[?\d{4}", text) == []


def test_the_data_page_has_a_picture_of_everything():
    sources = " ".join(pictures(paths.BOOK / "appendix-data.md"))
    assert [name for name in curves.names() if f"/{name}.png" not in sources] == []


def test_no_figure_is_heavy():
    sizes = {file.name: file.stat().st_size for file in paths.FIGURES.glob("*.svg")}
    assert sizes and {name: size for name, size in sizes.items() if size > 3e5} == {}


def test_the_book_is_light():
    files = [file for file in HTML.rglob("*") if file.is_file()]
    assert [file.name for file in files if file.suffix in (".map", ".ttf")] == []
    assert sum(file.stat().st_size for file in files) < LARGEST
    assert sum(file.stat().st_size for file in files if "mathjax" in file.parts) < 3 * 2**20
    assert "fontawesome.js" not in (HTML / "book" / "index.html").read_text(encoding="utf-8")
