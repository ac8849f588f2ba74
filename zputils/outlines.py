"""From what a file draws to what a curve is: rising masses, gaps where there is no limit, an outline's two edges.

A frame here has m_GeV and coupling columns as floats, and the file's line numbers as its index. Every step returns the
frame and what was done, in words, for whoever has to be told.
"""

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from . import checks, quantities, readers
from .constants import E_CHARGE

if TYPE_CHECKING:
    import pandas as pd

# Above g = sqrt(4 pi) perturbation theory ends: what stands there says that there is no limit.
LARGEST = {"g": np.sqrt(4 * np.pi), "epsilon": np.sqrt(4 * np.pi) / E_CHARGE}
# What files hold that do not say so: AxionLimits' and FORESEE's have two columns and no header.
FORMATS = {"csv": None, "axionlimits": ("m_eV", "epsilon"), "foresee": ("m_GeV", "epsilon")}
USUAL = (1e-4, 100.0)  # GeV, a light Z'; a curve that leaves them or begins above 1 GeV gets a second look


class CurveWarning(UserWarning):
    """What had to be guessed about a file, or looks wrong about it.

    >>> issubclass(CurveWarning, UserWarning)
    True
    """


def read(path: Path, source: str, format: str = "csv", columns: Sequence[str] | None = None,
         unit: str | None = None) -> "tuple[pd.DataFrame, list[str]]":
    """The columns of a curve, and what was guessed about its file, as `zputils.curves.read_curve` has it.

    :param path: of the file.
    :param source: what errors call the file.
    :param format: of `FORMATS`.
    :param columns: their names; those of the format, or of the header, when None.
    :param unit: of the mass, of `zputils.quantities.UNITS`; that of the header, or GeV, when None.
    :returns: the columns, and a sentence for every guess.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "mine.txt"
    ...     _ = path.write_text("1e7 1e-3\\n2e8 1e5\\n")
    ...     frame, guessed = read(path, "mine.txt", "axionlimits")
    >>> frame.to_dict("list"), guessed
    ({'m_GeV': [0.01], 'epsilon': [0.001]}, ['epsilon = 100000 and above is no limit (line 2)'])
    """
    names = columns or FORMATS[checks.choice("format", format, FORMATS)]
    if unit is not None:
        checks.choice("unit", unit, quantities.UNITS)
    content, *guessed = readers.text(path, source)
    frame, guess = quantities.decimal_commas(readers.parse(content, source, names), source)
    stated = bool(unit or format != "csv" or "m_GeV" not in frame)
    frame = rising(quantities.curve_columns(frame, source, unit))
    guessed.append(guess)
    for step in (_without_placeholders, _one_limit_or_two_edges):
        frame, guess = step(frame, source)
        guessed.append(guess)
    guessed.append(_doubts(frame, stated))
    return frame, list(filter(None, guessed))


def read_aloud(path: Path, source: str, *options: Any, up: int = 3) -> "tuple[pd.DataFrame, list[str]]":
    """As `read`, with a `CurveWarning` where something was guessed; it points `up` callers above, at the user's line.

    :param path: of the file.
    :param source: what errors call the file.
    :param options: as for `read`.
    :param up: how many callers above the user's line is.
    :returns: the columns, and what was guessed.

    >>> from zputils.paths import DATA
    >>> read_aloud(DATA / "curves" / "Borexino_LmuLtau.csv", "Borexino")[1]
    []
    """
    frame, guessed = read(path, source, *options)
    if guessed:
        warnings.warn(f"{source}: {'; '.join(guessed)}", CurveWarning, stacklevel=up)
    return frame, guessed


def _without_placeholders(frame: "pd.DataFrame", source: str) -> "tuple[pd.DataFrame, str]":
    """Rows whose coupling (1e5, or a 1 among couplings below 0.1) means "no limit": dropped at the ends, a gap inside.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"m_GeV": [1.0, 2.0, 3.0, 4.0], "g": [1e5, 1e-3, 1e5, 2e-3]})
    >>> _without_placeholders(frame, "x.csv")[0].g.tolist()
    [0.001, nan, 0.002]
    """
    values, name = frame.iloc[:, 1], frame.columns[1]
    empty = values > LARGEST[name.split("_")[0]]
    others = values[~empty & (values != 1)]
    empty |= (values == 1) & (len(others) > 0) & (others.max() < 0.1)
    if not empty.any():
        return frame, ""
    if empty.all():
        raise ValueError(f"{source}: every {name} stands for 'no limit' ({values.min():g} and above)")
    first, last = frame.index[~empty][[0, -1]]
    listed = ", ".join(map(str, frame.index[empty][:5])) + ", ..." * int(empty.sum() > 5)
    done = f"{name} = {values[empty].min():g} and above is no limit (line {listed})"
    return _with_gaps(frame, empty).loc[first:last], done


def _with_gaps(frame, empty):
    """The other rows, and one gap halfway between two of them wherever rows without a limit stood."""
    kept, m = np.flatnonzero(~empty), frame.m_GeV.to_numpy()
    before, after = (side[np.diff(kept) > 1] for side in (kept[:-1], kept[1:]))
    before, after = before[m[before] < m[after]], after[m[before] < m[after]]
    frame = frame.copy()
    frame.iloc[before + 1, 0] = np.sqrt(m[before] * m[after])
    frame.iloc[before + 1, 1:] = np.nan
    return frame.iloc[np.union1d(kept, before + 1)]


def rising(frame: "pd.DataFrame") -> "pd.DataFrame":
    """The rows from below where the masses fall throughout.

    :param frame: the columns of a curve.

    >>> import pandas as pd
    >>> rising(pd.DataFrame({"m_GeV": [2.0, 1.0], "g": [1e-3, 2e-3]})).m_GeV.tolist()
    [1.0, 2.0]
    """
    step = frame.m_GeV.diff()
    return frame.iloc[::-1] if (step < 0).any() and not (step > 0).any() else frame


def _one_per_mass(frame: "pd.DataFrame") -> "tuple[pd.DataFrame, str]":
    """Of several limits in a row at one mass, a vertical piece of a drawn line, the lowest.

    >>> import pandas as pd
    >>> _one_per_mass(pd.DataFrame({"m_GeV": [1.0, 1.0, 2.0], "g": [2e-3, 1e-3, 1e-3]}))[0].g.tolist()
    [0.001, 0.001]
    """
    merged = frame.groupby((frame.m_GeV.diff() != 0).cumsum()).agg({"m_GeV": "first", frame.columns[1]: "min"})
    if len(merged) == len(frame):
        return frame, ""
    merged.index = frame.index[frame.m_GeV.diff() != 0]
    return merged, f"{len(frame) - len(merged)} repeated masses: the lowest {frame.columns[1]} is kept"


def _one_limit_or_two_edges(frame: "pd.DataFrame", source: str) -> "tuple[pd.DataFrame, str]":
    """A limit with one value to a mass, or an outline as two edges; a file with two edges as it is.

    >>> import pandas as pd
    >>> _one_limit_or_two_edges(pd.DataFrame({"m_GeV": [1.0, 2.0], "g": [1e-3, 2e-3]}), "x.csv")[1]
    ''
    """
    if frame.shape[1] == 3:
        upper = frame.iloc[:, 2]
        quantities.refuse(upper > LARGEST[upper.name.split("_")[0]], upper, source, "is no coupling, and no edge")
        return frame, ""
    step = frame.m_GeV.diff()
    return edges(frame, source) if (step > 0).any() and (step < 0).any() else _one_per_mass(frame)


def edges(frame: "pd.DataFrame", source: str) -> "tuple[pd.DataFrame, str]":
    """An outline in drawing order, whose masses rise once and fall once on the way around, as two edges.

    A straight line closes it. The edges are given at all its masses, each branch interpolated log-log.

    :param frame: the columns of a curve.
    :param source: what errors call the file.
    :returns: the columns, and what was guessed.
    :raises ValueError: for masses that turn more often, and for an outline without a point between its ends on one
        side, unless its last point is its first: that is rather a limit with a row in the wrong place.

    >>> import pandas as pd
    >>> outline = pd.DataFrame({"m_GeV": [1.0, 4.0, 2.0, 1.0], "g": [1e-3, 1e-4, 1e-5, 1e-3]})
    >>> found, done = edges(outline, "x.csv")
    >>> done
    'the outline of 4 points is split into a lower and an upper edge on 3 masses'
    >>> found.round(6).to_dict("list")
    {'m_GeV': [1.0, 2.0, 4.0], 'g_lower': [0.001, 1e-05, 0.0001], 'g_upper': [0.001, 0.000316, 0.0001]}
    """
    path = _from_the_lightest(frame)
    tip = np.flatnonzero(path.m_GeV == path.m_GeV.max())
    there, back = path.iloc[:tip[-1] + 1], path.iloc[tip[0]:]
    drawn = frame.iloc[0].equals(frame.iloc[-1]) or min(there.m_GeV.nunique(), back.m_GeV.nunique()) > 2
    once = not ((there.m_GeV.diff() < 0).any() or (back.m_GeV.diff() > 0).any())
    if not (drawn and once) or frame.isna().any(axis=None):
        quantities.refuse(frame.m_GeV.diff() < 0, frame.m_GeV, source, "masses must rise from row to row. Sort a limit "
                          "by mass; give an outline in drawing order, one part to a file, or edges as X_lower and "
                          "X_upper")
    return _two_edges(there, back, source, len(frame))


def _from_the_lightest(frame):
    """An outline from its lightest point around to it again."""
    import pandas as pd

    points = frame.iloc[:-1] if frame.iloc[0].equals(frame.iloc[-1]) else frame
    start = int(np.argmin(points.m_GeV))
    return pd.concat([points.iloc[start:], points.iloc[:start + 1]])


def _two_edges(one, other, source, points):
    """Two branches as edges on the masses of both; ValueError where they cross."""
    import pandas as pd

    every, name = pd.concat([one, other]), one.columns[1]
    m = np.unique(every.m_GeV)
    lower, upper = sorted((one, other), key=lambda branch: np.log(_at(m, branch, "mean")).sum())
    lower, upper = _at(m, lower, "min"), _at(m, upper, "max")
    crossed = np.maximum(lower, _at(m, every, "max")) > upper * (1 + 1e-9)
    crossed |= _at(m, every, "min") < lower * (1 - 1e-9)
    if crossed.any():
        raise ValueError(f"{source}: the outline crosses itself at m_GeV = {m[crossed][0]:g}")
    both = pd.DataFrame({"m_GeV": m, f"{name}_lower": np.minimum(lower, upper), f"{name}_upper": upper})
    return both, f"the outline of {points} points is split into a lower and an upper edge on {len(m)} masses"


def _at(m, branch, pick):
    """The coupling of a branch at masses m, log-log between its points; where it is vertical, `pick` of them."""
    points = branch.groupby("m_GeV")[branch.columns[1]].agg(pick)
    between = np.exp(np.interp(np.log(m), np.log(points.index), np.log(points)))
    return np.where(np.isin(m, points.index), points.reindex(m).to_numpy(), between)


def _doubts(frame: "pd.DataFrame", stated: bool) -> str:
    """What looks wrong about the ranges of a curve, with the ranges; empty when nothing does.

    stated: the unit of the mass was said by whoever reads the file.

    >>> import pandas as pd
    >>> _doubts(pd.DataFrame({"m_GeV": [10.0, 1000.0], "g": [1e-3, 2e-3]}), stated=False)
    "masses read as 10 to 1000 GeV: unit='GeV' says that this is right; unit='MeV' or the name m_MeV converts"
    """
    low, high = frame.m_GeV.min(), frame.m_GeV.max()
    least, most = np.nanmin(frame.iloc[:, 1:]), np.nanmax(frame.iloc[:, 1:])
    said = f"masses read as {low:g} to {high:g} GeV"
    if high < least:
        return f"{said} and couplings as {least:g} to {most:g}: are the columns swapped?"
    if stated or (USUAL[0] <= low < 1 and high <= USUAL[1]):
        return ""
    return f"{said}: unit='GeV' says that this is right; unit='MeV' or the name m_MeV converts"
