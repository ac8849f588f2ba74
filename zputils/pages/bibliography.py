"""The references of the book and of the catalogue: `data/references.bib`, read once."""

from functools import cache

from .. import checks
from ..paths import REFERENCES

try:
    from pybtex.database import BibliographyData, Entry, parse_file
except ModuleNotFoundError as error:
    raise checks.without_extra("zputils.pages", error, "book") from error


@cache
def entries() -> dict[str, Entry]:
    """{BibTeX key: entry} of every reference.

    >>> entries()["NA64:2024klw"].fields["eprint"]
    '2401.01708'
    """
    return dict(parse_file(REFERENCES).entries)


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
    return BibliographyData({key: entry(key)}).to_string("bibtex")


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
