"""Sphinx extension: what a reader meets outside the pages: titles of tabs, the search, all data as one file."""

import re
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import yaml
from docutils import nodes

ROOT = Path(__file__).resolve().parent.parent
ARCHIVE = ROOT / "_build" / "zputils-data.zip"
LETTERS = {r"\mu": "μ", r"\nu": "ν", r"\varepsilon": "ε", r"\epsilon": "ϵ", r"\tau": "τ", "-": "−", "'": "′"}
NEVER = 1980, 1, 1, 0, 0, 0  # the same files make the same archive


CARD = """\
| | |
|---|---|
| Book and code | {authors} |
| Version | {version}, {date} |
| Licence | {licence}, numbers of our own CC0; published curves belong to their authors |
| Source | {source} |

```bibtex
@misc{{Coy:2021,
  author = {{Coy, Rupert and Xu, Xun-Jie}},
  title = {{Probing the muon g-2 with future beam dump experiments}},
  year = {{2021}},
  eprint = {{2108.05147}},
  archiveprefix = {{arXiv}}
}}

@software{{zputils,
  author = {{{{{authors}}}}},
  title = {{{title}}},
  version = {{{version}}},
  date = {{{date}}}
}}
```
"""


def card():
    """What CITATION.cff says of this book, and how to cite it, as Markdown."""
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    names = (author.get("name") or f"{author['given-names']} {author['family-names']}" for author in cff["authors"])
    source = cff.get("repository-code", "the folder that this book was built from; its README says how it is laid out")
    return CARD.format(authors=" and ".join(names), version=cff["version"], date=cff["date-released"],
                       licence=cff["license"], title=cff["title"], source=source)


def add_card(app, config):
    config.myst_substitutions = {**config.myst_substitutions, "book_card": card()}


def plain(tex):
    """Mathematics as a tab can show it: g−2."""
    for command, letter in LETTERS.items():
        tex = tex.replace(command, letter)
    return re.sub(r"[{}$\\]|_", "", tex)


def plain_titles(app, env):
    """Titles of tabs and of search results without TeX; those of the contents keep their mathematics."""
    for name, title in env.longtitles.items():
        copy = title.deepcopy()
        for math in list(copy.findall(nodes.math)):
            math.replace_self(nodes.Text(plain(math.astext())))
        env.longtitles[name] = copy


def name_once(app, page, template, context, tree):
    """The landing page's title is the book's: its tab does not say it twice, its link home still does once."""
    if page == app.config.root_doc:
        context["theme_logo"] = {**(context.get("theme_logo") or {}), "text": context["docstitle"]}
        context["docstitle"] = ""


def offer_archive(app, name, source):
    """Write what a page offers before it is read: it names a file of _build/, so that all pages have been executed."""
    if ARCHIVE.name in source[0]:
        write_archive()


def write_archive():
    """Every file of data/ and the numbers of every figure."""
    files = sorted(file for file in (ROOT / "data").rglob("*") if file.is_file() and file.suffix in (".csv", ".md"))
    figures = sorted((ROOT / "_build" / "figures").glob("*.csv"))
    with ZipFile(ARCHIVE, "w", ZIP_DEFLATED) as archive:
        for file in files + figures:
            place = file.relative_to(ROOT / "_build" if file in figures else ROOT).as_posix()
            archive.writestr(ZipInfo(f"zputils-data/{place}", NEVER), file.read_bytes(), ZIP_DEFLATED)


def skip_fields(app, what, name, obj, skip, options):
    """A field of a named tuple says nothing of its own in a docstring."""
    return True if (getattr(obj, "__doc__", None) or "").startswith("Alias for field number") else None


def setup(app):
    app.connect("config-inited", add_card)
    app.connect("env-updated", plain_titles)
    app.connect("html-page-context", name_once)
    app.connect("source-read", offer_archive, priority=900)  # after parallel_pages
    app.connect("autodoc-skip-member", skip_fields)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
