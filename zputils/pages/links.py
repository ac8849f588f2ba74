"""Where a reader of the book finds a curve and its publication."""

from urllib.parse import quote

import pandas as pd

from ..curves import entry


def anchor(name: str) -> str:
    """The id of a name on the page that shows the catalogue; KeyError for an unknown name.

    :param name: of the catalogue.

    >>> anchor("Borexino_LmuLtau")
    'data-borexino-lmultau'
    """
    return f"data-{entry(name).name.lower().replace('_', '-')}"


def link(name: str) -> str:
    """A Markdown link, from any page of the book, to what is said there of a name.

    :param name: of the catalogue.

    >>> link("Borexino_LmuLtau")
    '[Borexino_LmuLtau](#data-borexino-lmultau)'
    """
    return f"[{name}](#{anchor(name)})"


def inspire(key: str) -> str:
    """Where INSPIRE has the publication of a BibTeX key.

    :param key: of `references.bib`.

    >>> inspire("Bellini:2011rx")
    'https://inspirehep.net/literature?q=texkeys%3ABellini%3A2011rx'
    """
    return f"https://inspirehep.net/literature?q=texkeys%3A{quote(key, safe='')}"


def address(row: pd.Series) -> str:
    """Where the publication of a catalogue row is: at the arXiv, or at INSPIRE if it is not there.

    :param row: of the catalogue.

    >>> address(entry("Borexino_LmuLtau"))
    'https://arxiv.org/abs/1104.1816'
    """
    return f"https://arxiv.org/abs/{row.arxiv}" if row.arxiv else inspire(row.inspire)
