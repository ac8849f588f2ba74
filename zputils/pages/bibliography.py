"""The references of the book and of the catalogue: `data/references.bib`, read once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import checks, references

if TYPE_CHECKING:
    from pybtex.database import Entry


def entries() -> dict[str, Entry]:
    """{BibTeX key: entry} of every reference.

    >>> entries()["NA64:2024klw"].fields["eprint"]
    '2401.01708'
    """
    return references.library()


def entry(key: str) -> Entry:
    """The reference of a BibTeX key; KeyError with the nearest keys for an unknown one.

    >>> entry("NA64:2024klw").type
    'article'
    """
    return entries()[checks.choice("key", key, entries())]


def bibtex(key: str) -> str:
    """The BibTeX of a reference; KeyError with the nearest keys for an unknown one.

    >>> bibtex("NA64:2024klw").splitlines()[0]
    '@article{NA64:2024klw,'
    """
    return references.bibtex([key])


def citation(key: str) -> str:
    """A reference in one line: who, year, and the arXiv number or the journal. KeyError for an unknown key.

    >>> citation("TheBABAR:2016rlg")
    'BaBar 2016, arXiv:1606.03501'
    """
    found = entry(key)
    first, *others = found.persons["author"]
    author = " ".join(map(str, first.rich_last_names)) + (" et al." if others else "")
    where = (f"arXiv:{found.fields['eprint']}" if "eprint" in found.fields else
             "{journal} {volume}, {pages}".format(**found.fields))
    return f"{found.fields.get('collaboration', author)} {found.fields['year']}, {where}".replace("--", "–")
