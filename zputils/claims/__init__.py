"""The ledger: every quantitative statement of the paper, computed and judged. `python -m zputils.claims` writes it."""

import pandas as pd

from ..paths import BUILD, replacing
from . import combined, dumps, framework
from .claim import VERDICTS, Claim

__all__ = ["CLAIMS", "VERDICTS", "Claim", "ledger", "write"]

CLAIMS = (*framework.claims(), *dumps.claims(), *combined.claims())
COLUMNS = ("id", "section", "statement", "paper", "computed", "unit", "verdict", "note")


def ledger(claims=CLAIMS):
    """A DataFrame with a row per claim and the columns COLUMNS; `computed` is nan where nothing can be.

    >>> table = ledger(CLAIMS[:1])
    >>> table.verdict.tolist()
    ['reproduced with a caveat']
    """
    return pd.DataFrame([[getattr(claim, column) for column in COLUMNS] for claim in claims], columns=list(COLUMNS))


def write(path=BUILD / "claims.csv"):
    """Write the ledger and return it; a reader finds the old file or the new one, never a part."""
    table = ledger()
    with replacing(path) as temporary:
        table.to_csv(temporary, index=False, lineterminator="\n")
    return table
