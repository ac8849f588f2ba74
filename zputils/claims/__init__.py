"""The ledger: every quantitative statement of the paper, computed and judged. `python -m zputils.claims` writes it."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from ..cache import cached
from ..paths import BUILD, replacing
from . import section_1, section_2, section_3, section_3_3, sections_4_5
from .claim import VERDICTS, Claim

__all__ = ["CLAIMS", "VERDICTS", "Claim", "ledger", "of", "write"]

PARTS = (section_1, section_2, section_3, section_3_3, sections_4_5)
CLAIMS = tuple(claim for part in PARTS for claim in part.claims())
SECTIONS = {section for claim in CLAIMS for section in claim.sections}
COLUMNS = ("id", "section", "statement", "paper", "computed", "unit", "verdict", "note")


def ledger(claims: Iterable[Claim] | None = None) -> pd.DataFrame:
    """A DataFrame with a row per claim and the columns COLUMNS; `computed` is nan where nothing can be.

    :param claims: the paper's when None, kept in the build cache.

    >>> table = ledger(CLAIMS[:1])
    >>> table.verdict.tolist()
    ['reproduced with a caveat']
    """
    return _paper() if claims is None else _judged(claims)


@cached
def _paper():
    return _judged(CLAIMS)


def _judged(claims):
    return pd.DataFrame([[getattr(claim, column) for column in COLUMNS] for claim in claims], columns=list(COLUMNS))


def of(section: str) -> list[Claim]:
    """The claims of a section of the paper ("2.3"), in the order of the paper.

    :param section: as the paper counts, "2.3".
    :raises ValueError: where it makes no claim.

    >>> [claim.id for claim in of("2.1")]
    ['nu-right']
    """
    found = [claim for claim in CLAIMS if section in claim.sections]
    if not found:
        raise ValueError(f"section = {section!r} makes no claim; those that do: {', '.join(sorted(SECTIONS))}")
    return found


def write(path: str | Path = BUILD / "claims.csv") -> pd.DataFrame:
    """Write the ledger and return it; a reader finds the old file or the new one, never a part.

    :param path: of a CSV file.
    """
    table = ledger()
    with replacing(path) as temporary:
        table.to_csv(temporary, index=False, lineterminator="\n")
    return table
