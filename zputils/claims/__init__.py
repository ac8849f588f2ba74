"""The ledger: every quantitative statement of the paper, computed and judged. `python -m zputils.claims` writes it."""

import pandas as pd

from ..cache import cached
from ..pages.notes import Note, dropdown
from ..paths import BUILD, replacing
from . import combined, dumps, framework
from .claim import VERDICTS, Claim

__all__ = ["CLAIMS", "VERDICTS", "Claim", "ledger", "note", "of", "write"]

CLAIMS = (*framework.claims(), *dumps.claims(), *combined.claims())
SECTIONS = {section for claim in CLAIMS for section in claim.sections}
COLUMNS = ("id", "section", "statement", "paper", "computed", "unit", "verdict", "note")


def ledger(claims=None):
    """A DataFrame with a row per claim and the columns COLUMNS; `computed` is nan where nothing can be.

    claims: the paper's when None, kept in the build cache.

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


def of(section):
    """The claims of a section of the paper ("2.3"), in the order of the paper; ValueError where there is none.

    >>> [claim.id for claim in of("2.1")]
    ['nu-right']
    """
    found = [claim for claim in CLAIMS if section in claim.sections]
    if not found:
        raise ValueError(f"section = {section!r} makes no claim; those that do: {', '.join(sorted(SECTIONS))}")
    return found


def note(section):
    """A `Note` with the count of verdicts in a section, and its claims with links into the ledger.

    >>> print(note("2.1").text.splitlines()[0])
    :::{dropdown} What the paper states in Section 2.1: 1 cannot be checked
    """
    found = ledger().set_index("id").loc[[claim.id for claim in of(section)]]
    count = found.verdict.value_counts().reindex(VERDICTS).dropna().astype(int)
    rows = [f'| <a href="appendix-claims.html#claim-{row.Index}">{row.statement}</a> | {row.paper} | {_value(row)} '
            f"| {row.verdict} |" for row in found.itertuples()]
    title = f"What the paper states in Section {section}: " + ", ".join(f"{n} {name}" for name, n in count.items())
    return Note(dropdown(title, "\n".join(["| statement | paper | computed | verdict |", "|---|---|---|---|", *rows])))


def _value(row):
    return f"{row.computed:.3g} {row.unit}" if pd.notna(row.computed) else ""


def write(path=BUILD / "claims.csv"):
    """Write the ledger and return it; a reader finds the old file or the new one, never a part."""
    table = ledger()
    with replacing(path) as temporary:
        table.to_csv(temporary, index=False, lineterminator="\n")
    return table
