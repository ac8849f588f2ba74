"""Text files as columns: what `zputils.curves` reads, the catalogue's files and those that users bring.

A line that starts with ``#``, ``%``, ``!`` or ``//`` is a comment wherever it stands, and so is what follows a ``#``;
empty lines are skipped. Lines end with \\\\n, \\\\r\\\\n or \\\\r and with nothing else.
"""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

LINE_END = re.compile("\r\n|\r|\n")
COMMENT = ("#", "%", "!", "//")
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


def sha256(content: str) -> str:
    """Checksum of a data file's text with `\\n` line ends.

    :param content: of the file.

    >>> sha256("m_GeV,g")[:12]
    '384a3615bff7'
    """
    return hashlib.sha256(content.encode()).hexdigest()
