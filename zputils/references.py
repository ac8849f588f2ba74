"""The bibliography: the BibTeX entry behind every key that bounds and the catalogue name."""

from collections.abc import Iterable
from functools import cache

from . import checks
from .paths import REFERENCES


@cache
def library() -> dict:
    """{key: `pybtex.database.Entry`}, as `paths.REFERENCES` has them.

    >>> library()["Ahdida:2020new"].fields["eprint"]
    '2011.05115'
    """
    try:
        from pybtex.database import parse_file  # which takes longer to load than to read
    except ModuleNotFoundError as error:
        raise checks.without_extra("zputils.references", error, "book") from error

    return dict(parse_file(REFERENCES, bib_format="bibtex").entries.items())


def bibtex(keys: Iterable[str]) -> str:
    """The entries of `keys`, each once and in their order, as the text of a `.bib` file.

    :param keys: of `references.bib`.
    :raises KeyError: with the nearest keys for one that is not there.

    >>> print(bibtex(["Ahdida:2020new"]).splitlines()[0])
    @article{Ahdida:2020new,
    """
    entries = {key: library()[checks.choice("key", key, library())] for key in keys}
    from pybtex.database import BibliographyData
    from pybtex.database.output.bibtex import Writer

    writer = Writer()
    writer._encode = str  # it would turn the LaTeX that is there, an accent, into the text of a command
    return writer.to_string(BibliographyData(entries))
