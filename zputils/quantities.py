"""Columns of text as masses and couplings: numbers, gaps, units and logarithms, or an error with line and column."""

import re
from typing import TYPE_CHECKING

import numpy as np

from .readers import NUMBER

if TYPE_CHECKING:
    import pandas as pd

GAP = "NA"
UNITS = {"TeV": 1e3, "GeV": 1.0, "MeV": 1e-3, "keV": 1e-6, "eV": 1e-9}  # of the mass, in GeV
MASS = re.compile(rf"(log10_)?m_({'|'.join(UNITS)})")
EDGES = [edges for coupling in ("g", "epsilon") for edges in ((coupling,), (f"{coupling}_lower", f"{coupling}_upper"))]


def numbers(column: "pd.Series", source: str) -> "pd.Series":
    """A column as floats.

    :param column: of text, indexed by line.
    :param source: what errors call the file.
    :raises ValueError: with line and column for what is not a finite number.

    >>> import pandas as pd
    >>> numbers(pd.Series(["1e-3"], name="g"), "x.csv").tolist()
    [0.001]
    """
    import pandas as pd

    spelled = column.map(lambda cell: bool(NUMBER.fullmatch(cell)))
    values = pd.to_numeric(column.where(spelled)).astype(float)
    bad = ~np.isfinite(values)
    if bad.any():
        line = bad.idxmax()
        raise ValueError(f"{source}, line {line}: {column.name} = {column[line]!r} is not a finite number. "
                         "A mass without a limit reads NA in every other column")
    return values


def numbers_or_gaps(column: "pd.Series", source: str) -> "pd.Series":
    """As `numbers`, nan where a table reads NA.

    :param column: of text, indexed by line.
    :param source: what errors call the file.

    >>> import pandas as pd
    >>> numbers_or_gaps(pd.Series(["1e-3", "NA"], name="g"), "x.csv").tolist()
    [0.001, nan]
    """
    return numbers(column[column != GAP], source).reindex(column.index)


def decimal_commas(frame: "pd.DataFrame", source: str) -> "tuple[pd.DataFrame, str]":
    """(columns with decimal points, what was guessed), where commas stand in numbers.

    :param frame: of text, indexed by line.
    :param source: what errors call the file.
    :returns: the columns, and what was guessed.
    :raises ValueError: where points and commas both stand in numbers.

    >>> import pandas as pd
    >>> decimal_commas(pd.DataFrame({"m_GeV": ["0,01"], "g": ["1,2e-3"]}), "x.csv")[0].to_dict("list")
    {'m_GeV': ['0.01'], 'g': ['1.2e-3']}
    """
    commas, points = (frame.apply(lambda column, mark=mark: column.str.contains(mark, regex=False)) for mark in ",.")
    if not commas.to_numpy().any():
        return frame, ""
    if points.to_numpy().any():
        line = frame.index[commas.any(axis=1)][0]
        raise ValueError(f"{source}, line {line}: a comma in a number, and points in others; write all with points")
    return frame.apply(lambda column: column.str.replace(",", ".", n=1)), "commas in numbers are read as decimal points"


def curve_columns(frame: "pd.DataFrame", source: str, unit: str | None = None) -> "pd.DataFrame":
    """The columns of a curve as floats: m_GeV, then g or epsilon or their two edges, nan in rows that read NA.

    The mass may be m_MeV, m_eV and so on, and ``log10_`` may stand before any name.

    :param frame: of text, indexed by line.
    :param source: what errors call the file.
    :param unit: what the masses are in, whatever the name says.
    :raises ValueError: naming source, line and column.

    >>> import pandas as pd
    >>> curve_columns(pd.DataFrame({"m_MeV": ["100"], "g": ["1e-3"]}), "x.csv").to_dict("list")
    {'m_GeV': [0.1], 'g': [0.001]}
    """
    import pandas as pd

    names = {column.removeprefix("log10_"): column for column in frame}
    edges = next((edges for edges in EDGES if set(edges) == {name for name in names if not MASS.fullmatch(name)}), None)
    (mass, *others) = [name for name in names if MASS.fullmatch(name)] or [None]
    if mass is None or edges is None or others or len(names) != frame.shape[1]:
        raise ValueError(f"{source}: columns {list(frame)}; a curve has m_GeV (or m_MeV, m_eV), then X or X_lower, "
                         "X_upper; X is g or epsilon")
    gap = (frame[[names[edge] for edge in edges]] == GAP).all(axis=1)
    columns = {"m_GeV": _positive(frame[names[mass]], source) * UNITS[unit or mass.removeprefix("m_")]}
    columns |= {edge: _positive(frame.loc[~gap, names[edge]], source).reindex(frame.index) for edge in edges}
    return pd.DataFrame(columns)


def _positive(column, source):
    """A column of numbers > 0, or of their logarithms where its name says so."""
    values = numbers(column, source)
    if column.name.startswith("log10_"):
        with np.errstate(over="ignore"):
            values = 10**values
    refuse((values <= 0) | ~np.isfinite(values), values, source,
           f"must be > 0. No limit reads NA; a column of logarithms is named log10_{column.name}")
    return values


def refuse(bad: "pd.Series", column: "pd.Series", source: str, rule: str) -> None:
    """Refuse a column where anything in it is bad.

    :param bad: booleans, indexed by line.
    :param column: that they are of.
    :param source: what errors call the file.
    :param rule: what is wanted instead.
    :raises ValueError: naming source, line and value of the first that is.

    >>> import pandas as pd
    >>> refuse(pd.Series([True], index=[3]), pd.Series([-1.0], index=[3], name="g"), "x.csv", "must be > 0")
    Traceback (most recent call last):
        ...
    ValueError: x.csv, line 3: g = -1, must be > 0
    """
    if bad.any():
        line = bad.idxmax()
        raise ValueError(f"{source}, line {line}: {column.name} = {column[line]:g}, {rule}")
