"""Text files as columns: what `zputils.curves` reads, the catalogue's files and those that users bring.

A line that starts with ``#``, ``%``, ``!`` or ``//`` is a comment wherever it stands, and so is what follows a ``#``;
empty lines are skipped. Lines end with \\\\n, \\\\r\\\\n or \\\\r and with nothing else.
"""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

LINE_END = re.compile("\r\n|\r|\n")
COMMENT = ("#", "%", "!", "//")
GAP = "NA"
UNITS = {"TeV": 1e3, "GeV": 1.0, "MeV": 1e-3, "keV": 1e-6, "eV": 1e-9}  # of the mass, in GeV
MASS = re.compile(rf"(log10_)?m_({'|'.join(UNITS)})")
EDGES = [edges for coupling in ("g", "epsilon") for edges in ((coupling,), (f"{coupling}_lower", f"{coupling}_upper"))]
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
QUOTED = re.compile(r"""^"(.*)"$|^'(.*)'$""")
BYTE_ORDER = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
SEPARATORS = (";", "\t", ",", None)  # None: blanks


def text(path: Path, source: str) -> tuple[str, str]:
    """The text of a file, and what had to be guessed to read it.

    UTF-8 or, with a byte order mark, UTF-16. Bytes that are neither are read as Latin-1, which matters in comments
    only, as no number holds any (`parse` refuses it).

    :param path: of the file.
    :param source: what errors call the file.
    :returns: the text, and a sentence on what was guessed, empty when nothing was.
    :raises ValueError: when it is not text.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "x.csv"
    ...     _ = path.write_bytes(b"# M\\xfcller")
    ...     text(path, "x.csv")
    ('# Müller', 'line 1 is not UTF-8 and read as Latin-1')
    """
    data = path.read_bytes()
    encoding = next((name for mark, name in BYTE_ORDER.items() if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding), ""
    except UnicodeDecodeError as error:
        line = len(re.findall(rb"\r\n|\r|\n", data[:error.start])) + 1
        if encoding == "utf-16" or b"\0" in data:
            raise ValueError(f"{source}, line {line}: not a text file, {error}") from error
        return data.decode("latin-1").removeprefix("ï»¿"), f"line {line} is not UTF-8 and read as Latin-1"


def lines(content: str) -> list[tuple[int, str]]:
    """Every line that says something, without its comment.

    :param content: of the file.
    :returns: (number, line) each.

    >>> lines("# a\\nm_GeV,g\\n\\n0.1,1e-3  # first\\n,,\\n")
    [(2, 'm_GeV,g'), (4, '0.1,1e-3')]
    """
    numbered = enumerate(LINE_END.split(content), 1)
    bare = ((number, "" if line.lstrip().startswith(COMMENT) else line.split("#")[0].strip(" \t"))
            for number, line in numbered)
    return [(number, line) for number, line in bare if line.strip(",; \t")]


def cells(line: str, separator: str | None) -> list[str]:
    """The values of a line, without blanks and quotation marks around them.

    :param line: of a file.
    :param separator: between values; blanks when None.

    >>> cells('"m_GeV" ; g', ";")
    ['m_GeV', 'g']
    """
    bare = re.split("[ \t]+", line) if separator is None else [cell.strip(" \t") for cell in line.split(separator)]
    return [QUOTED.sub(r"\1\2", cell) for cell in bare] if '"' in line or "'" in line else bare


def parse(content: str, source: str, names: Sequence[str] | None = None) -> "pd.DataFrame":
    """Columns of text, indexed by line number, each under its name in the first line that is no comment.

    Columns are separated by commas, semicolons, tabs or blanks, the same in every line.

    :param content: of the file.
    :param source: what errors call the file.
    :param names: of the columns, in the place of that line or for want of one.
    :raises ValueError: with source, line and what to do.

    >>> parse("m_GeV g\\n0.1 1e-3", "x.txt").to_dict("list")
    {'m_GeV': ['0.1'], 'g': ['1e-3']}
    """
    found = lines(content)
    if not found:
        raise ValueError(f"{source}: no rows")
    number, first = found[0]
    separator = _separator(first, len(names) if names else None)
    head = cells(first, separator)
    has_header = not all(map(NUMBER.fullmatch, (cell.replace(",", ".") for cell in head)))
    if not (has_header or names):
        raise ValueError(f"{source}, line {number}: numbers, but no header line before them. Write one, as m_GeV,g, "
                         "or name the columns: columns=('m_GeV', 'g')")
    rows = found[1:] if has_header else found
    return _frame(rows, list(names or head), separator, source)


def _separator(line, columns):
    """What separates the columns: the first that is there, or that gives so many columns."""
    if columns is None:
        return next(separator for separator in SEPARATORS if separator is None or separator in line)
    return next((separator for separator in SEPARATORS if len(cells(line, separator)) == columns), None)


def _frame(rows, names, separator, source):
    """The rows as a DataFrame; ValueError for a line of another length and for bytes no number holds."""
    import pandas as pd

    table = []
    for number, line in rows:
        values = cells(line, separator)
        if len(values) != len(names):
            commas = ": decimal commas? Separate columns by semicolons" if len(values) == 2 * len(names) else ""
            raise ValueError(f"{source}, line {number}: {len(values)} values, the header has {len(names)}{commas}")
        table.append(values)
    if not table:
        raise ValueError(f"{source}: no rows")
    return pd.DataFrame(table, columns=names, index=[number for number, _ in rows], dtype=str)


def numbers(column: "pd.Series", source: str) -> "pd.Series":
    """A column as floats; ValueError with line and column for what is not a finite number.

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
    """(columns with decimal points, what was guessed), where commas stand in numbers; ValueError where both do.

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

    The mass may be m_MeV, m_eV and so on, and ``log10_`` may stand before any name; ValueError names source, line and
    column.

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
    """ValueError for the first True in `bad`, which is indexed by line.

    :param bad: booleans, indexed by line.
    :param column: that they are of.
    :param source: what errors call the file.
    :param rule: what is wanted instead.
    :raises ValueError: for the first True in `bad`.

    >>> import pandas as pd
    >>> refuse(pd.Series([True], index=[3]), pd.Series([-1.0], index=[3], name="g"), "x.csv", "must be > 0")
    Traceback (most recent call last):
        ...
    ValueError: x.csv, line 3: g = -1, must be > 0
    """
    if bad.any():
        line = bad.idxmax()
        raise ValueError(f"{source}, line {line}: {column.name} = {column[line]:g}, {rule}")


def sha256(content: str) -> str:
    """Checksum of a data file's text with `\\n` line ends.

    :param content: of the file.

    >>> sha256("m_GeV,g")[:12]
    '384a3615bff7'
    """
    return hashlib.sha256(content.encode()).hexdigest()
