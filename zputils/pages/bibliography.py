"""What pages say of a reference of `data/references.bib`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import checks, references

if TYPE_CHECKING:
    from pybtex.database import Entry


def entry(key: str) -> Entry:
    """The reference of a BibTeX key; KeyError with the nearest keys for an unknown one.

    :param key: of `references.bib`.

    >>> entry("NA64:2024klw").type
    'article'
    """
    return references.library()[checks.choice("key", key, references.library())]


def citation(key: str) -> str:
    """A reference in one line: who, year, and the arXiv number or the journal. KeyError for an unknown key.

    :param key: of `references.bib`.

    >>> citation("TheBABAR:2016rlg")
    'BaBar 2016, arXiv:1606.03501'
    """
    found = entry(key)
    first, *others = found.persons["author"]
    author = " ".join(map(str, first.rich_last_names)) + (" et al." if others else "")
    where = (f"arXiv:{found.fields['eprint']}" if "eprint" in found.fields else
             "{journal} {volume}, {pages}".format(**found.fields))
    return f"{found.fields.get('collaboration', author)} {found.fields['year']}, {where}".replace("--", "–")
