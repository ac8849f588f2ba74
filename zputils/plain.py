"""The catalogue's own files as arrays, without what it takes to read and to refuse any other file.

A file that is tidy has `#` lines, a header, and rows of the same number of cells, separated by commas. `columns` says
None of whatever is not: then `zputils.readers` reads it, or says what is wrong with it.
"""

import re

import numpy as np

from .quantities import EDGES

HEADER = re.compile(r"\w+(,\w+)+")
NUMBERS = re.compile(r"[-+.0-9eE\nNA]*")  # of what a column of numbers and gaps is made


def columns(content: str) -> dict[str, np.ndarray] | None:
    """The columns of a tidy file, each under its name; None for any other file.

    :param content: of the file.
    :returns: (n,) each: floats, nan where the file reads NA, or text.

    >>> columns("# a curve\\nm_GeV,g\\n0.1,1e-3\\n0.2,NA\\n")
    {'m_GeV': array([0.1, 0.2]), 'g': array([0.001,   nan])}
    >>> columns("m_GeV g\\n0.1 1e-3") is None
    True
    """
    body = [line for line in content.split("\n") if line and line[0] != "#"]
    if not body[1:] or not HEADER.fullmatch(body[0]):
        return None
    names = body.pop(0).split(",")
    if len(set(names)) < len(names) or any(line.count(",") != len(names) - 1 for line in body):
        return None
    cells = ",".join(body).split(",")
    table = _column(cells)  # all numbers, as most are: at once
    if table is not None and table.dtype.kind == "f":
        return dict(zip(names, np.ascontiguousarray(table.reshape(-1, len(names)).T), strict=True))
    found = [_column(cells[i::len(names)]) for i in range(len(names))]
    return None if any(column is None for column in found) else dict(zip(names, found, strict=True))


def _column(cells):
    """Floats, or text when a cell is none; None for what looks like neither."""
    text = "\n".join(cells)
    if not NUMBERS.fullmatch(text):
        return None if any(mark in text for mark in "\"'#;\t") else np.array(cells)
    try:
        values = np.array(text.replace("NA", "nan").split("\n"), float)
    except ValueError:
        return None
    return None if np.isinf(values).any() else values


def curve(content: str, outline: bool = False) -> tuple[str, tuple[np.ndarray, ...]] | None:
    """What a tidy curve limits, and its columns; None for what is no curve, or not tidy.

    :param content: of the file.
    :param outline: whether masses are in drawing order, not rising.
    :returns: `g` or `epsilon`, and (n,) each: masses in GeV, lower edge and, of a displaced search, upper edge.

    >>> curve("m_GeV,g\\n0.1,1e-3")
    ('g', (array([0.1]), array([0.001])))
    """
    found = columns(content) or {}
    names = next((names for names in EDGES if ["m_GeV", *names] == list(found)), None)
    if not names or any(column.dtype.kind != "f" for column in found.values()):
        return None
    m, *edges = found.values()
    gap = np.isnan(edges[0])
    good = (m > 0).all() and (outline or (np.diff(m) > 0).all()) and not (gap[0] or gap[-1])
    good = good and all(np.array_equal(np.isnan(edge), gap) and (edge[~gap] > 0).all() for edge in edges)
    return (names[0].split("_")[0], (m, *edges)) if good and not (edges[0] > edges[-1]).any() else None
