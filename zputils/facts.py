"""The rows of `data/catalogue.csv`: what every file of `data/` is, where it is from and what was done to it."""

import csv
from functools import cache
from typing import TYPE_CHECKING

from . import checks
from .paths import DATA

if TYPE_CHECKING:
    import pandas as pd

TABLES = ("table", "map")  # kinds that are no curve: `table` returns their columns


@cache
def rows() -> dict[str, dict[str, str]]:
    """{name: row} of the catalogue, checked: every curve says where it was published and at what level it excludes.

    :raises ValueError: for a name with two rows.

    >>> rows()["pdg_rratio_2020"]["kind"]
    'table'
    """
    with (DATA / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        listed = [(row.pop("name"), row) for row in csv.DictReader(file)]
    found: dict[str, dict[str, str]] = {}
    for name, row in listed:
        if found.setdefault(name, row) is not row:
            raise ValueError(f"catalogue.csv: name {name} has two rows")
        _refuse_unsaid(name, row)
    return found


def _refuse_unsaid(name, row):
    """ValueError for a published curve that does not say where it was published or at what level it excludes."""
    for column in ("inspire", "confidence_level"):
        if row["kind"] not in TABLES and row["source"] and not row[column]:
            raise ValueError(f"catalogue.csv, row {name}: {column} is missing; every curve says where it was "
                             "published and at what confidence level (or that it is not stated)")


def catalogue() -> "pd.DataFrame":
    """What every file of `data/` is, where it is from and what was done to it: a DataFrame indexed by name.

    >>> catalogue().loc["pdg_rratio_2020", "kind"]
    'table'
    """
    import pandas as pd

    return pd.DataFrame.from_dict(rows(), orient="index").rename_axis("name")


def names(kind: str | None = None) -> list[str]:
    """Names of the files in the catalogue, those of one kind when given (`limit`, `reach`, `prompt`, `table` ...).

    :param kind: `limit`, `reach`, `prompt`, `table` ...; every kind when None.

    >>> "pdg_rratio_2020" in names("table")
    True
    """
    if kind is not None:
        checks.choice("kind", kind, sorted({row["kind"] for row in rows().values()}))
    return [name for name, row in rows().items() if kind in (None, row["kind"])]


def entry(name: str) -> "pd.Series":
    """The catalogue's row of a name, or KeyError with the names nearest to it.

    :param name: of the catalogue.

    >>> entry("Borexino_LmuLtau").arxiv
    '1104.1816'
    """
    import pandas as pd

    return pd.Series(_row(name), name=name)


def _row(name):
    return rows()[checks.choice("curve or table", name, rows())]


def fact(name: str, column: str) -> str:
    """What the catalogue says of a name in one column; errors as `entry`, which takes a hundred times as long.

    :param name: of the catalogue.
    :param column: of the catalogue.

    >>> fact("Borexino_LmuLtau", "arxiv")
    '1104.1816'
    """
    return _row(name)[column]
