"""What may be done with the numbers: the licence that each place where some were read states."""

from functools import cache

import pandas as pd

from . import curves
from .paths import DATA


@cache
def stated() -> pd.DataFrame:
    """`data/licences.csv`: a row for each place where numbers were read, by its name in the catalogue; text only.

    >>> stated().licence["FORESEE"]
    'MIT'
    """
    return pd.read_csv(DATA / "licences.csv", dtype=str, keep_default_na=False).set_index("source")


def of(name: str) -> dict[str, str]:
    """{source: licence} of a catalogue name; empty for numbers of the project's own. KeyError for an unknown name.

    :param name: of the catalogue.

    >>> of("NA62_CortinaGil2023nhs"), of("trident_dune_argon")
    ({'FORESEE': 'MIT'}, {})
    """
    row = curves.entry(name)
    return {source: licence for source, licence in stated().licence.items()
            if source in f"{row.read_from} {row.how_obtained}"}
