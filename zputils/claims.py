"""The ledger: every quantitative statement of the paper, computed and judged."""

import os

import pandas as pd

from . import claims_combined, claims_dumps, claims_framework
from .claim import VERDICTS, Claim
from .paths import BUILD

__all__ = ["CLAIMS", "VERDICTS", "Claim", "ledger", "write"]

CLAIMS = (*claims_framework.claims(), *claims_dumps.claims(), *claims_combined.claims())
COLUMNS = ("id", "section", "statement", "paper", "computed", "unit", "verdict", "note")


def ledger(claims=CLAIMS):
    """A DataFrame with a row per claim and the columns COLUMNS; `computed` is nan where nothing can be."""
    return pd.DataFrame([[getattr(claim, column) for column in COLUMNS] for claim in claims], columns=list(COLUMNS))


def write(path=BUILD / "claims.csv"):
    """Write the ledger and return it; a reader finds the old file or the new one, never a part."""
    table = ledger()
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        table.to_csv(temporary, index=False, lineterminator="\n")
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    return table


if __name__ == "__main__":
    print(write().verdict.value_counts())
