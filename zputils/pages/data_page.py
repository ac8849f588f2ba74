"""The catalogue as a page of the book: how each curve and table looks, where it is from, and who uses it."""

import os
import re
from functools import cache
from pathlib import Path

from .. import bounds, curves, figures, licences, paths, references
from . import links
from .notes import Note, dropdown
from .thumbnails import description, thumbnail
from .words import typeset

NOT_USERS = "curves", "data_page", "thumbnails", "appendix-data"  # may name any file, and say nothing of its use
QUOTED = re.compile(r"""(["'])([\w.+-]+)\1""")  # what could be a name of the catalogue
TITLE = 113  # characters in a title, at most
COLUMNS = "| what | kind | experiment | level | name in the catalogue |"


# -- what is said of each -----------------------------------------------------------------------------------


@cache
def _quoted():
    """{Markdown that names it: what it has in quotes} of the pages of the book, and of modules that read the data."""
    pages = {f"[]({page.name})": page for page in sorted(paths.BOOK.glob("*.md")) if page.stem not in NOT_USERS}
    modules = {f"`{'.'.join(module.relative_to(paths.ROOT).with_suffix('').parts)}`": module
               for module in sorted((paths.ROOT / "zputils").rglob("*.py")) if module.stem not in NOT_USERS}
    return {name: {quoted for _, quoted in QUOTED.findall(path.read_text(encoding="utf-8"))}
            for name, path in (pages | modules).items()}


@cache
def _figures():
    """{link to a figure: catalogue names of what goes into it}."""
    return {f"[{name}](#{name.replace('.', '-')})": figures.draw(name).inputs for name in figures.NAMES}


def uses(name: str) -> dict[str, list[str]]:
    """Who uses a curve or table: {"bounds": names, "figures": links, "text": links to pages, and modules}.

    A bound or figure uses what it declares as `inputs`; a page or module what its text names in quotes.

    :param name: of the catalogue.

    >>> uses("Borexino_LmuLtau")["bounds"], uses("NA64mu_Andreev2024klw")["bounds"]
    ([], ['NA64mu'])
    """
    name = curves.entry(name).name
    return {"bounds": [bound.name for bound in bounds.register().values() if name in bound.inputs],
            "figures": [link for link, inputs in _figures().items() if name in inputs],
            "text": [place for place, names in _quoted().items() if name in names]}


def _bounds_in_words(names):
    """The names, or those that are missing when they are shorter to list."""
    every = bounds.register()
    missing = [name for name in every if name not in names]
    if len(missing) >= len(names):
        return ", ".join(names)
    return "every bound" + f" but {', '.join(missing)}" * bool(missing)


def _plain(text):
    """Text of the catalogue, whose only Markdown is `code`, as Markdown."""
    return re.sub(r"([\\*\[\]<>$|~])", r"\\\1", text)


def _breakable(name):
    """A name that a narrow screen may break after an underscore."""
    return name.replace("_", "_<wbr>")


def _source(row):
    """The publication, with links, and where in it or beside it the numbers were read."""
    if not row.inspire:
        return ""
    arxiv = f", [arXiv:{row.arxiv}](https://arxiv.org/abs/{row.arxiv})" if row.arxiv else ""
    inspire = f"[{row.inspire}]({links.inspire(row.inspire)})"
    place = "" if row.read_from in ("", row.inspire) else f"; read from {row.read_from}"
    where = "; where in it is not recorded" if row.location == "not recorded" else f"; {row.location}"
    return f"{{cite:t}}`{row.inspire}`{arxiv}, {inspire}{_plain(place + where)}"


def facts(name: str) -> dict[str, str]:
    """{what: Markdown} of everything the catalogue says of a name, and its uses; what is not known is left out.

    :param name: of the catalogue.

    >>> facts("NA64mu_Andreev2024klw")["Confidence level"]
    '90 %'
    """
    row, used = curves.entry(name), uses(name)
    flight = f"decay volume {row.L_dec_m} m, shielding {row.L_sh_m} m" if row.L_dec_m else ""
    every = {"Name": f"`{row.name}`", "Model": _plain(row.model), "Confidence level": _plain(row.confidence_level),
             "Columns": f"`{row.x}`; {', '.join(f'`{y}`' for y in row.y.split())} ({_plain(row.y_unit)})",
             "Source": _source(row), "How obtained": _plain(row.how_obtained), "Cleaning": _plain(row.cleaning),
             "Production": _plain(row.production), "Final states": _plain(row.final_states.replace("_", " ")),
             "Licence": "; ".join(f"{source}: {licence}" for source, licence in licences.of(name).items()),
             "Detector": flight, "Conditions": _plain(row.conditions), "Caveats": _plain(row.caveats),
             "Trust": row.trust,
             "Bounds that need it": _bounds_in_words(used["bounds"]) if used["bounds"] else "",
             "Figures": ", ".join(used["figures"]), "Named in": ", ".join(used["text"])}
    return {what: text for what, text in every.items() if text}


SECTION = """\
({anchor})=
### {title}

::::{{grid}} 1 1 2 2
:gutter: 2

:::{{grid-item}}
:columns: 12 12 5 5
```{{image}} {image}
:alt: {alt}
:width: 288px
```
:::
:::{{grid-item}}
:columns: 12 12 7 7
{what}. {{download}}`CSV <{file}>`

{facts}
:::
::::
"""


def title(name: str) -> str:
    r"""What a curve or table is, in a few words (MyST).

    :param name: of the catalogue.

    >>> title("SeaQuest_phase1_Berlin2018")
    'SeaQuest Phase I, $1.44\\times10^{18}$ protons'
    """
    first, *others = curves.entry(name).what.split(":")[0].replace("->", "to").split(", ")
    for clause in others:
        first += f", {clause}" * (len(first) + len(clause) < TITLE)
    return typeset(_plain(first))


def section(name: str) -> str:
    """All about one curve or table: heading, thumbnail, facts, download and BibTeX, as Markdown (MyST).

    :param name: of the catalogue.
    """
    row = curves.entry(name)
    lines = "\n".join(f"- **{what}:** {text}" for what, text in facts(name).items())
    text = SECTION.format(
        anchor=links.anchor(name), title=title(name), image=_from_book(thumbnail(name)), alt=description(name),
        what=_plain(row.what), file=_from_book(paths.DATA / row.file), facts=lines)
    if not row.inspire:
        return text
    return text + "\n" + dropdown("BibTeX", f"```bibtex\n{references.bibtex([row.inspire]).strip()}\n```")


def _from_book(path):
    return Path(os.path.relpath(path, paths.BOOK)).as_posix()


def sections(*kinds: str) -> Note:
    """The sections of every name of these kinds.

    :param kinds: of the catalogue.
    """
    return Note("\n".join(section(name) for kind in kinds for name in curves.names(kind)))


def overview() -> Note:
    """Everything in one table, each title linked to its section, with kind, experiment and confidence level.

    >>> overview().text.splitlines()[0]
    '| what | kind | experiment | level | name in the catalogue |'
    """
    rows = (f"| [{title(name)}](#{links.anchor(name)}) | {row.kind} | {_plain(row.experiment)} "
            f"| {_plain(row.confidence_level)} | {_breakable(name)} |" for name, row in curves.catalogue().iterrows())
    return Note("\n".join([COLUMNS, "|---|---|---|---|---|", *rows]))
