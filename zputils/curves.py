"""The catalogue of published curves and tables: load one by name, checked.

Every file is a row of `data/catalogue.csv`. A curve's file holds `m_GeV` and either one column of
couplings (`g`, `epsilon`: excluded above) or an edge on each side (`epsilon_lower`, `epsilon_upper`:
excluded or probed between). Its masses rise strictly; a row that reads `NA` in every other column marks
a gap, masses at which the experiment sets no limit (a veto on a meson resonance, say).
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from . import outlines, plain, quantities, readers
from .curve import Curve as Curve
from .facts import TABLES, fact, rows
from .facts import catalogue as catalogue
from .facts import entry as entry
from .facts import names as names
from .kept import read_only
from .outlines import CurveWarning as CurveWarning  # what `read_curve` and `add` say aloud
from .paths import DATA
from .readers import sha256 as sha256  # the checksum of `catalogue.csv`

if TYPE_CHECKING:
    import pandas as pd


def forget() -> None:
    """Read the catalogue and its files anew when they are next asked for, as they have changed.

    >>> forget()
    """
    for function in (rows, load, columns):
        function.cache_clear()


def _checked_text(name):
    """The text of a catalogued file, or ValueError when it is not the file that was catalogued."""
    file, expected = fact(name, "file"), fact(name, "sha256")
    if not (DATA / file).is_file():
        raise ValueError(f"{file}: the file is missing")
    text, _ = readers.text(DATA / file, file)
    text = readers.LINE_END.sub("\n", text)
    if sha256(text) != expected:
        raise ValueError(f"{file}: sha256 {sha256(text)[:12]}... is not the catalogue's {expected[:12]}...")
    return text


def _curve(frame, name, source, outline=False):
    """The `Curve` of the columns of a file, checked."""
    m, *edges = (frame[column] for column in frame)
    gap = edges[0].isna()
    if gap.iloc[0] or gap.iloc[-1]:
        raise ValueError(f"{source}, line {gap.index[0 if gap.iloc[0] else -1]}: a gap at the end of the curve")
    if not outline:
        quantities.refuse(m.diff() <= 0, m, source, "masses must rise from row to row")
    if len(edges) == 2:
        quantities.refuse(edges[0] > edges[1], edges[0], source, f"must not exceed {edges[1].name}")
    arrays = _named(tuple(column.to_numpy(copy=True) for column in (m, *edges)))
    return Curve(name, edges[0].name.split("_")[0], **arrays, outline=outline)


def _named(arrays):
    return dict(zip(("m", "lower", "upper"), read_only(arrays), strict=False))


@cache
def load(name: str) -> Curve:
    """The `Curve` of this name.

    :param name: of the catalogue.
    :raises KeyError: for an unknown name.
    :raises ValueError: with file, line and column, for a file that is not the catalogued one or not a curve.

    >>> load("SHiP_Ahdida2020new_brem_dipole").coupling
    'epsilon'
    """
    kind, file = fact(name, "kind"), fact(name, "file")
    if kind in TABLES:
        raise KeyError(f"{name!r} is a {kind}: use curves.table")
    text, outline = _checked_text(name), kind == "outline"
    if found := plain.curve(text, outline):
        return Curve(name, found[0], **_named(found[1]), outline=outline)
    return _curve(quantities.curve_columns(readers.parse(text, file), file), name, file, outline)


@cache
def columns(name: str) -> dict[str, np.ndarray]:
    """{column: array} of the table of this name, read-only; errors as `load`.

    :param name: of the catalogue.
    :returns: {column: (n,)}.
    :raises ValueError: as `load`.

    >>> f"{columns('pdg_rratio_2020')['E_cm_GeV'].min():.2f}"  # GeV
    '0.30'
    """
    file, labels, text = fact(name, "file"), fact(name, "labels").split(), _checked_text(name)
    found = plain.columns(text)
    if found is None or any((array.dtype.kind == "f") == (column in labels) for column, array in found.items()):
        frame = readers.parse(text, file)
        found = {column: frame[column].to_numpy() if column in labels else
                 quantities.numbers_or_gaps(frame[column], file).to_numpy(copy=True) for column in frame}
    if missing := [column for column in (fact(name, "x") + " " + fact(name, "y")).split() if column not in found]:
        raise ValueError(f"{file}: column {missing[0]} is missing; there are {', '.join(found)}")
    return dict(zip(found, read_only(tuple(found.values())), strict=True))


def table(name: str) -> "pd.DataFrame":
    """A copy of the table (or of a curve's columns) of this name as a DataFrame; errors as `load`.

    :param name: of the catalogue.

    >>> f"{table('pdg_rratio_2020').E_cm_GeV.min():.2f}"  # GeV
    '0.30'
    """
    import pandas as pd

    if fact(name, "kind") in TABLES:
        return pd.DataFrame({column: array.copy() for column, array in columns(name).items()})
    curve = load(name)
    arrays = [curve.m, curve.lower] + ([] if curve.upper is None else [curve.upper])
    return pd.DataFrame(dict(zip([fact(name, "x"), *fact(name, "y").split()], arrays, strict=True)))


def read_curve(path: str | Path, format: str = "csv", columns: Sequence[str] | None = None,
               unit: str | None = None) -> Curve:
    """A `Curve` from a file of your own (columns in the module's docstring), with the same checks but the checksum.

    Comments, empty lines, a byte order mark, any order of columns with names, falling masses, m_MeV or log10_g for a
    name are read as they are meant. What has to be guessed is said in a `CurveWarning`: rows that stand for "no limit"
    become gaps, an outline becomes two edges, of several limits at one mass the lowest stays, commas in numbers are
    decimal points, comments may be Latin-1; and so is a range of masses that looks like another unit. Anything else is
    a ValueError that names file, line and column.

    :param path: ``~`` is your home.
    :param format: "csv", any text with a header; "axionlimits" (eV and epsilon) and "foresee" (GeV and epsilon), two
        columns without one.
    :param columns: names in the place of a header.
    :param unit: of the masses, `GeV`, `MeV`, `eV`, whatever the header says.

    >>> import pandas as pd
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "mine.csv"
    ...     pd.DataFrame({"m_GeV": [0.01, 0.1], "g": [1e-3, 2e-3]}).to_csv(path, index=False)
    ...     curve = read_curve(path)
    >>> curve.name, curve.limit.tolist()
    ('mine', [0.001, 0.002])
    """
    path = Path(path).expanduser()
    frame, _ = outlines.read_aloud(path, str(path), format, columns, unit)
    return _curve(frame, path.stem, str(path))


def add(path: str | Path, name: str | None = None, replace: bool = False, format: str = "csv",
        columns: Sequence[str] | None = None, unit: str | None = None, **facts: str) -> "pd.Series":
    """Catalogue a curve of your own in `data/`, and return its row: from then on it is `load(name)`.

    What had to be guessed is recorded as `cleaning`. The same again, or a file of `data/`, changes nothing.

    :param path: as for `read_curve`.
    :param name: in the catalogue; the file's when None.
    :param replace: put the curve in the place of one of that name.
    :param format: as for `read_curve`.
    :param columns: as for `read_curve`.
    :param unit: as for `read_curve`.
    :param facts: columns of the catalogue, of which what, model, confidence_level, inspire (a BibTeX key), read_from,
        location and how_obtained must be told.
    :raises ValueError: for what is missing, and for a name with other numbers or facts, unless `replace`.
    :raises KeyError: for an unknown fact.

    >>> add(DATA / "curves" / "Borexino_LmuLtau.csv").arxiv
    '1104.1816'
    """
    from . import entries  # which writes what this module reads

    return entries.add(path, name, replace, format, columns, unit, **facts)
