"""Under each section: what the paper states in it, computed and judged."""

import pandas as pd

from .. import claims
from .notes import Note, dropdown


def note(section: str) -> Note:
    """A `Note` with the count of verdicts in a section of the paper, and its claims with links into the ledger.

    >>> print(note("2.1").text.splitlines()[0])
    :::{dropdown} What the paper states in Section 2.1: 1 cannot be checked
    """
    found = claims.ledger().set_index("id").loc[[claim.id for claim in claims.of(section)]]
    count = found.verdict.value_counts().reindex(claims.VERDICTS).dropna().astype(int)
    rows = [f'| <a href="appendix-claims.html#claim-{row.Index}">{row.statement}</a> | {row.paper} | {_value(row)} '
            f"| {row.verdict} |" for row in found.itertuples()]
    title = f"What the paper states in Section {section}: " + ", ".join(f"{n} {name}" for name, n in count.items())
    return Note(dropdown(title, "\n".join(["| statement | paper | computed | verdict |", "|---|---|---|---|", *rows])))


def _value(row):
    return f"{row.computed:.3g} {row.unit}" if pd.notna(row.computed) else ""
