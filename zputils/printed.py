"""Rows of a table as text, CSV or JSON: what the command `zputils` prints, without the time pandas takes to load."""

import csv
import io
import json
from collections.abc import Sequence

WIDEST = 70  # characters of a cell of text

Rows = Sequence[dict]


def text(rows: Rows) -> str:
    """The rows as aligned columns, numbers to three digits, nothing for nan and None.

    :param rows: {column: value} each.

    >>> print(text([{"bound": "SHiP", "coupling": 8.54e-8}, {"bound": "CCFR", "coupling": float("nan")}]))
    bound  coupling
    SHiP   8.54e-08
    CCFR
    """
    lines = [list(rows[0]), *([_cell(value) for value in row.values()] for row in rows)] if rows else [["nothing"]]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
                     for line in lines)


def _cell(value):
    if value is None or value != value:
        return ""
    cell = f"{value:.3g}" if isinstance(value, float) else str(value)
    return cell if len(cell) <= WIDEST else cell[:WIDEST - 3] + "..."


def as_csv(rows: Rows) -> str:
    """The rows as CSV with a header.

    :param rows: {column: value} each.

    >>> as_csv([{"bound": "SHiP", "coupling": 0.5}])
    'bound,coupling\\nSHiP,0.5\\n'
    """
    file = io.StringIO()
    writer = csv.DictWriter(file, rows[0] if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: "" if value != value else value for key, value in row.items()} for row in rows)
    return file.getvalue()


def as_json(rows: Rows) -> str:
    """The rows as a list of JSON objects, null for nan.

    :param rows: {column: value} each.

    >>> as_json([{"mass": float("nan")}])
    '[\\n {\\n  "mass": null\\n }\\n]'
    """
    return json.dumps([{key: None if value != value else value for key, value in row.items()} for row in rows],
                      indent=1, default=lambda value: value.item())
