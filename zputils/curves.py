"""The catalogue of published curves and tables: load one by name, checked.

Every file is a row of `data/catalogue.csv`. A curve's file holds `m_GeV` and either one column of
couplings (`g`, `epsilon`: excluded above) or an edge on each side (`epsilon_lower`, `epsilon_upper`:
excluded or probed between). Its masses rise strictly; a row that reads `NA` in every other column marks
a gap, masses at which the experiment sets no limit (a veto on a meson resonance, say).
"""

import hashlib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from io import StringIO
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pandas as pd

from . import checks
from .paths import DATA

GAP = "NA"
TABLES = "table", "map"  # kinds that are no curve: `table` returns their columns


@dataclass(frozen=True, eq=False)
class Curve:
    """A limit (one edge, `upper` is None) or a region between two edges; arrays are read-only.

    m: (n,) GeV; lower, upper: (n,) couplings, nan in gaps; coupling: what they are, `g` or `epsilon`;
    outline: m is in drawing order instead of rising, and the curve cannot be interpolated.

    >>> curve = load("CCFR_Altmannshofer2014_LmuLtau")
    >>> curve.coupling, curve.m.size == curve.lower.size
    ('g', True)
    """

    name: str
    coupling: str
    m: np.ndarray
    lower: np.ndarray
    upper: np.ndarray | None = None
    outline: bool = False

    @property
    def limit(self):
        """The coupling above which the model is excluded; AttributeError for a region with two edges.

        >>> f"{load('CCFR_Altmannshofer2014_LmuLtau').limit.min():.1e}"
        '8.0e-04'
        """
        if self.upper is not None:
            raise AttributeError(f"curve {self.name} has a lower and an upper edge, not one limit")
        return self.lower

    def lower_at(self, m):
        """Limit or lower edge at masses m, log-log interpolated; nan in gaps and outside the curve.

        There is no limit where the experiment published none, so nan is the answer there, not an error.
        m: any shape, GeV. ValueError for a mass <= 0, nan, or for an outline.

        >>> ship = load("SHiP_Ahdida2020new_brem_dipole")
        >>> f"{ship.lower_at(0.1):.2e}"
        '5.28e-08'
        >>> ship.lower_at([0.1, 100.0]).round(10).tolist()
        [5.28e-08, nan]
        """
        return self._interpolate(m, self.lower)

    def upper_at(self, m):
        """Upper edge at masses m, as `lower_at`.

        >>> f"{load('SHiP_Ahdida2020new_brem_dipole').upper_at(0.1):.2e}"
        '3.06e-05'
        """
        if self.upper is None:
            raise ValueError(f"curve {self.name} has no upper edge")
        return self._interpolate(m, self.upper)

    def at(self, m):
        """`limit` at masses m for a curve with one edge, (lower, upper) for one with two; as `lower_at`.

        >>> lower, upper = load("SHiP_Ahdida2020new_brem_dipole").at(0.1)
        >>> f"{lower:.2e} {upper:.2e}"
        '5.28e-08 3.06e-05'
        """
        return self.lower_at(m) if self.upper is None else (self.lower_at(m), self.upper_at(m))

    def _interpolate(self, m, values):
        if self.outline:
            raise ValueError(f"curve {self.name} is an outline in drawing order, not a function of the mass")
        log_m = np.log(checks.mass(m))
        return np.exp(np.interp(log_m, np.log(self.m), np.log(values), left=np.nan, right=np.nan))[()]


@cache
def catalogue():
    """What every file of `data/` is, where it is from and what was done to it: a DataFrame indexed by name.

    >>> catalogue().loc["pdg_rratio_2020", "kind"]
    'table'
    """
    frame = pd.read_csv(DATA / "catalogue.csv", dtype=str, keep_default_na=False)
    repeated = frame.name[frame.name.duplicated()]
    if len(repeated):
        raise ValueError(f"catalogue.csv: name {repeated.iloc[0]} has two rows")
    _refuse_unsaid(frame[~frame.kind.isin(TABLES) & (frame.source != "")])
    return frame.set_index("name")


def _refuse_unsaid(rows):
    """ValueError for a published curve that does not say where it was published or at what level it excludes."""
    for column in ("inspire", "confidence_level"):
        unsaid = rows.name[rows[column] == ""]
        if len(unsaid):
            raise ValueError(f"catalogue.csv, row {unsaid.iloc[0]}: {column} is missing; every curve says where it was "
                             "published and at what confidence level (or that it is not recorded)")


def names(kind=None):
    """Names of the files in the catalogue, those of one kind when given (`limit`, `reach`, `prompt`, `table` ...).

    >>> "pdg_rratio_2020" in names("table")
    True
    """
    frame = catalogue()
    if kind is None:
        return frame.index.tolist()
    checks.choice("kind", kind, sorted(set(frame.kind)))
    return frame.index[frame.kind == kind].tolist()


def entry(name):
    """The catalogue's row of a name, or KeyError with the names that look like it.

    >>> entry("NA64mu_Andreev2024klw").arxiv
    '2401.01708'
    """
    if name not in catalogue().index:
        close = get_close_matches(str(name), names(), n=3, cutoff=0.4)
        raise KeyError(f"no curve or table {name!r} in data/catalogue.csv; close: {', '.join(close) or 'none'}")
    return catalogue().loc[name]


def anchor(name):
    """The id of a name on the page that shows the catalogue; KeyError for an unknown name.

    >>> anchor("Borexino_LmuLtau")
    'data-borexino-lmultau'
    """
    return f"data-{entry(name).name.lower().replace('_', '-')}"


def link(name):
    """A Markdown link, from any page of the book, to what is said there of a name.

    >>> link("Borexino_LmuLtau")
    '[Borexino_LmuLtau](#data-borexino-lmultau)'
    """
    return f"[{name}](#{anchor(name)})"


def inspire(key):
    """Where INSPIRE has the publication of a BibTeX key.

    >>> inspire("Bellini:2011rx")
    'https://inspirehep.net/literature?q=texkeys%3ABellini%3A2011rx'
    """
    return f"https://inspirehep.net/literature?q=texkeys%3A{quote(key, safe='')}"


def address(row):
    """Where the publication of a catalogue row is: at the arXiv, or at INSPIRE if it is not there.

    >>> address(entry("Borexino_LmuLtau"))
    'https://arxiv.org/abs/1104.1816'
    """
    return f"https://arxiv.org/abs/{row.arxiv}" if row.arxiv else inspire(row.inspire)


def _checked_text(row):
    """The text of a catalogued file, or ValueError when it is not the file that was catalogued."""
    path = DATA / row.file
    if not path.is_file():
        raise ValueError(f"{row.file}: the file is missing")
    text = _text(path, row.file)
    if sha256(text) != row.sha256:
        raise ValueError(f"{row.file}: sha256 {sha256(text)[:12]}... is not the catalogue's {row.sha256[:12]}...")
    return text


def _text(path, source):
    """The text of a file, its line ends as \\n; ValueError when it is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"{source}: not a text file, {error}") from error


def sha256(text):
    """Checksum of a data file's text with `\\n` line ends.

    >>> sha256("m_GeV,g")[:12]
    '384a3615bff7'
    """
    return hashlib.sha256(text.encode()).hexdigest()


def _parse(text, source):
    """Columns as strings, indexed by line number; `#` lines and the header come first."""
    lines = text.splitlines()
    comments = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    width = lines[comments].count(",") if comments < len(lines) else 0
    for number, line in enumerate(lines[comments:], comments + 1):
        if line.count(",") != width:
            raise ValueError(f"{source}, line {number}: {line.count(',') + 1} values, the header has {width + 1}")
    if len(lines) - comments < 2:
        raise ValueError(f"{source}: no rows")
    try:
        frame = pd.read_csv(StringIO("\n".join(lines[comments:])), dtype=str, keep_default_na=False)
    except pd.errors.ParserError as error:  # an open quotation mark, say
        raise ValueError(f"{source}: {error}") from error
    except pd.errors.EmptyDataError as error:
        raise ValueError(f"{source}: no header") from error
    frame.index += comments + 2
    return frame


def _numbers(column, source):
    """A column as floats; ValueError with line and column for a value that is not a finite number."""
    values = pd.to_numeric(column, errors="coerce")
    bad = ~np.isfinite(values)
    if bad.any():
        line = bad.idxmax()
        raise ValueError(f"{source}, line {line}: {column.name} = {column[line]!r} is not a finite number")
    return values.astype(float)


def _numbers_or_gaps(column, source):
    return _numbers(column[column != GAP], source).reindex(column.index)


def _refuse(bad, column, source, rule):
    """ValueError for the first True in `bad` (indexed by line)."""
    if bad.any():
        line = bad.idxmax()
        raise ValueError(f"{source}, line {line}: {column.name} = {column[line]:g}, {rule}")


def _edges(columns, source):
    """The names of the coupling columns: X or X_lower, X_upper, where X is g or epsilon."""
    for coupling in ("g", "epsilon"):
        for edges in ([coupling], [f"{coupling}_lower", f"{coupling}_upper"]):
            if columns == ["m_GeV", *edges]:
                return edges
    raise ValueError(f"{source}: columns {columns}; a curve has m_GeV, then X or X_lower, X_upper; X is g or epsilon")


def _curve(text, name, source, outline=False):
    """Parse and check the text of a curve's file."""
    frame = _parse(text, source)
    edges = _edges(frame.columns.tolist(), source)
    gap = (frame[edges] == GAP).all(axis=1)
    if gap.iloc[0] or gap.iloc[-1]:
        raise ValueError(f"{source}, line {gap.index[0 if gap.iloc[0] else -1]}: a gap at the end of the curve")
    m = _numbers(frame.m_GeV, source)
    values = pd.DataFrame({edge: _numbers(frame.loc[~gap, edge], source).reindex(frame.index) for edge in edges})
    for column in (m, *(values[edge] for edge in edges)):
        _refuse(column <= 0, column, source, "must be > 0")
    if not outline:
        _refuse(m.diff() <= 0, m, source, "masses must rise from row to row")
    if len(edges) == 2:
        _refuse(values[edges[0]] > values[edges[1]], values[edges[0]], source, f"must not exceed {edges[1]}")
    arrays = [_read_only(column) for column in (m, *(values[edge] for edge in edges))]
    return Curve(name, edges[0].split("_")[0], *arrays, outline=outline)


def _read_only(column):
    array = column.to_numpy(copy=True)
    array.flags.writeable = False
    return array


@cache
def load(name):
    """The `Curve` of this name. KeyError for an unknown name; ValueError with file, line and column for a
    file that is not the catalogued one or not a curve.

    >>> load("SHiP_Ahdida2020new_brem_dipole").coupling
    'epsilon'
    """
    row = entry(name)
    if row.kind in TABLES:
        raise KeyError(f"{name!r} is a {row.kind}: use curves.table")
    return _curve(_checked_text(row), name, row.file, outline=row.kind == "outline")


@cache
def _table(name):
    row = entry(name)
    frame = _parse(_checked_text(row), row.file)
    required = row.x.split() + row.y.split()
    missing = [column for column in required if column not in frame]
    if missing:
        raise ValueError(f"{row.file}: column {missing[0]} is missing; there are {', '.join(frame)}")
    text = row.labels.split()
    return frame.apply(lambda column: column if column.name in text else _numbers_or_gaps(column, row.file))


def table(name):
    """A copy of the table (or of a curve's columns) of this name as a DataFrame; errors as `load`.

    >>> f"{table('pdg_rratio_2020').E_cm_GeV.min():.2f}"  # GeV
    '0.30'
    """
    row = entry(name)
    if row.kind in TABLES:
        return _table(name).reset_index(drop=True)
    curve = load(name)
    columns = [row.x, *row.y.split()]
    arrays = [curve.m, curve.lower] + ([] if curve.upper is None else [curve.upper])
    return pd.DataFrame(dict(zip(columns, arrays, strict=True)))


def read_curve(path):
    """A `Curve` from a file of your own (columns in the module's docstring), with the same checks but the checksum.

    Lines that start with `#` are comments. ValueError names file, line and column.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "mine.csv"
    ...     pd.DataFrame({"m_GeV": [0.01, 0.1], "g": [1e-3, 2e-3]}).to_csv(path, index=False)
    ...     curve = read_curve(path)
    >>> curve.name, curve.limit.tolist()
    ('mine', [0.001, 0.002])
    """
    path = Path(path)
    return _curve(_text(path, str(path)), path.stem, str(path))
