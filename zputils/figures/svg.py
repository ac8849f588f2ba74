"""Smaller SVG files that look the same: no point that moves a line by less than 0.15 pt, no third decimal."""

import re

import numpy as np
from numpy.typing import NDArray

TOLERANCE = {"line": 0.15, "area": 0.4}  # pt; the edge of an area is under its line, which is wider
MANY = 5  # points of a path that is worth it; letters and markers have fewer or are curves
PATH = re.compile(r'<path( id="\w+")? d="([MLz0-9 .\-\n]+)"')
NUMBER = re.compile(r"(?<![\w#.])-?\d+\.\d{3,}(?![\w.])")
DECIMAL = re.compile(r"-?\d+\.\d+")
PLACES = re.compile(r' (?:d|x|y)="[^"]*"|translate\([^)]*\)')  # not scale(0.015625), which is the size of every letter

HALO = re.compile(r'<path (d="[^"]*") style="fill: (#\w+); stroke: #ffffff; stroke-width: 2.5"/>\s*'
                  r'<path \1 style="fill: \2"/>')
TICK = re.compile(r'(<use [^>]*) style="stroke: #000000; stroke-width: 0\.\d"/>')
SPACES = re.compile(r"\s*(?<![\w.])([MLQCz])\s+")
GROUP = re.compile(r'<g id="(?:line2d|[xy]tick|text)_\d+">')
ALONE = re.compile(r"<g>\n(<use [^>]*/>)\n</g>")
INDENT = re.compile(r"\n +(?=<)")


def smaller(text: str) -> str:
    """The text of an SVG file with its paths of straight lines simplified and its places to two decimals.

    Letters with a halo become one path, painted stroke first, and keep their size.

    :param text: of the file.

    >>> smaller('<path d="M 1 2" transform="translate(1.2345 6) scale(0.015625)"/>')
    '<path d="M1 2" transform="translate(1.23 6) scale(0.015625)"/>'
    >>> smaller('<path d="M 0 0 L 1 0.001 L 2 0 "/>')  # too short to be worth it
    '<path d="M0 0L1 0L2 0 "/>'
    >>> smaller('<path d="M 0 0 ' + "".join(f"L {x} 0.001 " for x in range(1, 20)) + '"/>')
    '<path d="M0 0L19 0"/>'
    """
    text = PATH.sub(_simpler, text)
    text = HALO.sub(_letters, text).replace(" stroke-dashoffset: 0;", "")
    text = INDENT.sub("\n", TICK.sub(r"\1/>", text))  # a tick's mark has that stroke where it is defined
    text = ALONE.sub(r"\1", ALONE.sub(r"\1", GROUP.sub("<g>", text)))
    return PLACES.sub(lambda found: SPACES.sub(r"\1", NUMBER.sub(_rounded, found[0])), text)


def _simpler(found):
    name, commands = found[1] or "", found[2]
    if commands.count("L") < MANY:
        return found[0]
    tolerance = TOLERANCE["area" if name else "line"]  # areas are defined by name and used once
    return f'<path{name} d="{"".join(_subpath(part, tolerance) for part in commands.split("M")[1:])}"'


def _letters(found):
    """A name with its halo: one path, of letters to a tenth of a point."""
    outline = DECIMAL.sub(lambda number: f"{round(float(number[0]), 1):g}", found[1])
    return f'<path {outline} style="fill: {found[2]}; stroke: #ffffff; stroke-width: 2.5; paint-order: stroke"/>'


def _subpath(part, tolerance):
    closed = "z" in part
    points = np.array(re.findall(r"-?[\d.]+", part), float).reshape(-1, 2)
    kept = simplified(points, tolerance)
    return "M" + "L".join(f"{_two(x)} {_two(y)}" for x, y in kept) + "z" * closed


def _rounded(found):
    return _two(float(found[0]))


def _two(number):
    return f"{round(number, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def simplified(points: NDArray, tolerance: float) -> NDArray:
    """The points (n, 2) of a line that are needed to stay within `tolerance` of it (Ramer, Douglas and Peucker).

    :param points: (n, 2).
    :param tolerance: in the units of the points.
    :returns: (k, 2).

    >>> simplified(np.array([[0, 0], [1, 0.01], [2, 0], [3, 1]]), 0.05).tolist()
    [[0.0, 0.0], [2.0, 0.0], [3.0, 1.0]]
    """
    needed = np.zeros(len(points), bool)
    needed[[0, -1]] = True
    waiting = [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        away = _distance(points[first + 1:last], points[first], points[last])
        worst = int(np.argmax(away))
        if away[worst] > tolerance:
            middle = first + 1 + worst
            needed[middle] = True
            waiting += [(first, middle), (middle, last)]
    return points[needed]


def _distance(points, start, end):
    """How far points (n, 2) are from the segment between two others, (n,)."""
    along = end - start
    length = along @ along
    part = np.clip((points - start) @ along / length, 0, 1) if length else np.zeros(len(points))
    return np.hypot(*(points - start - part[:, None] * along).T)
