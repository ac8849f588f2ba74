"""Make the project's tidy files from the input folder: python data/tidy.py INPUT [--check]

`data/catalogue.csv` says what every file is; its column `source` is the file of INPUT it comes from, empty
where the numbers are computed (see `register`). This script writes the files, the columns `cleaning` and
`sha256` of the catalogue, and data/README.md.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from zputils.curves import GAP, sha256
from zputils.paths import DATA

CATALOGUE = DATA / "catalogue.csv"
NO_LIMIT = 1.0  # a dark-photon search that only reaches epsilon = 1 sets no limit: placeholders are 1 and 1e5


def read_catalogue():
    return pd.read_csv(CATALOGUE, dtype=str, keep_default_na=False)


# -- cleaning: each step takes and returns a DataFrame and adds to the list of what was done -----------


def merge_repeated(frame, done, most_restrictive=min):
    """One row per mass: the smallest coupling where a mass is repeated (the largest for an upper edge)."""
    repeated = int(frame.m_GeV.duplicated().sum())
    if not repeated:
        return frame
    rules = {c: "max" if c.endswith("_upper") else "min" for c in frame.columns[1:]}
    done.append(f"{repeated} repeated masses merged (smallest limit or widest region kept)")
    return frame.groupby("m_GeV", as_index=False, sort=False).agg(rules)


def sort_masses(frame, done):
    """Rows in rising mass."""
    backward = int((frame.m_GeV.diff() < 0).sum())
    if backward:
        done.append(f"{backward} rows out of order sorted")
    return frame.sort_values("m_GeV", kind="stable", ignore_index=True)


def mark_gaps(frame, done, is_gap):
    """Rows without a limit: dropped at the ends, where the curve just ends, and kept as gaps inside."""
    if not is_gap.any():
        return frame
    frame = frame.copy()
    frame.loc[is_gap, frame.columns[1:]] = np.nan
    first, last = frame.index[~is_gap][[0, -1]]
    inside = int(is_gap[first:last].sum())
    done.append(f"{int(is_gap.sum())} rows without a limit: {int(is_gap.sum()) - inside} at the ends dropped, "
                f"{inside} inside kept as gaps")
    return frame.loc[first:last]


def split_outline(frame, done):
    """A closed outline, upper branch first with the mass rising, as two edges on the union of both branches' masses.

    Log-log interpolation of each branch; the row of the largest mass belongs to both.
    """
    tip = frame.m_GeV.idxmax()
    upper, lower = frame.loc[:tip], frame.loc[tip:].iloc[::-1]
    start = max(upper.m_GeV.iloc[0], lower.m_GeV.iloc[0])
    m = np.unique(frame.m_GeV[frame.m_GeV >= start])
    edges = [np.exp(np.interp(np.log(m), np.log(b.m_GeV), np.log(b.epsilon))) for b in (lower, upper)]
    done.append(f"outline of {len(frame)} points split at its largest mass into two edges on {len(m)} masses; "
                f"{int((frame.m_GeV < start).sum())} point below the other branch's first mass dropped")
    return pd.DataFrame({"m_GeV": m, "epsilon_lower": edges[0], "epsilon_upper": edges[1]})


def placeholders(row, frame):
    """Rows that stand for `no limit` in the source."""
    if row.kind == "indirect":  # couplings above 1 are computed there
        return pd.Series(False, frame.index)
    value = frame.iloc[:, 1]
    bad = value >= NO_LIMIT
    if row["name"] in RAMPS:
        bad |= value > RAMPS[row["name"]]
    return bad


# Straight lines (in epsilon, row by row) from a placeholder to the first published point, not measurements:
# rows above these values.
RAMPS = {"A1_Merkel2014avp": 0.01, "KLOE_Anastasi2018azp_combined": 0.005}


def tidy_curve(row, frame):
    """(clean curve, what was done)."""
    done = []
    if row.kind == "outline":
        return frame, done
    if "epsilon_upper" not in frame and "epsilon_lower" in frame:
        frame = frame.rename(columns={"epsilon_lower": "epsilon"})
    if row["name"].startswith("SeaQuest"):
        frame = split_outline(frame, done)
    frame = sort_masses(merge_repeated(frame, done), done)
    frame = mark_gaps(frame, done, placeholders(row, frame))
    if "epsilon_upper" in frame and (frame.epsilon_lower > frame.epsilon_upper).any():
        raise ValueError(f"{row['name']}: crossed edges")
    return frame, done


# -- writing --------------------------------------------------------------------------------------------


def header(row):
    """`#` lines: what, from where, of when."""
    papers = f"arXiv:{row.arxiv}" if row.arxiv else "no arXiv number"
    return (f"# {row.what}. Model: {row.model}.\n"
            f"# Source: {papers} ({row.inspire}), {row.location}. {row.how_obtained}.\n"
            f"# Version {row.version}. Full record: data/catalogue.csv, row {row['name']}.\n")


def write(row, frame):
    """Write the file of a catalogue row and return its checksum."""
    text = header(row) + frame.to_csv(index=False, float_format="%.6g", na_rep=GAP, lineterminator="\n")
    path = DATA / row.file
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, newline="\n")
    return sha256(text)


def register(name, frame, **columns):
    """Write a table of our own making to data/ and add (or replace) its row of the catalogue.

    columns: at least file (relative to data/), what, model, kind, x, y, how_obtained (start it with `Computed`),
    version; any other column of the catalogue. `tidy.py` leaves such rows, whose `source` is empty, alone.
    """
    catalogue = read_catalogue()
    row = pd.Series({**dict.fromkeys(catalogue.columns, ""), "name": name, **columns})
    unknown = set(row.index) - set(catalogue.columns)
    if unknown:
        raise KeyError(f"{sorted(unknown)} are not columns of the catalogue: {', '.join(catalogue.columns)}")
    row["sha256"] = write(row, frame)
    rows = pd.concat([catalogue[catalogue["name"] != name], row.to_frame().T])
    save_catalogue(rows)


def save_catalogue(rows):
    """Write the catalogue and, from it, the README."""
    rows.to_csv(CATALOGUE, index=False, lineterminator="\n")


def main(source):
    rows = read_catalogue()
    for i, row in rows[rows.source != ""].iterrows():
        frame = pd.read_csv(source / row.source, comment="#")
        done = []
        if row.kind != "table":
            frame, done = tidy_curve(row, frame)
        rows.loc[i, ["cleaning", "sha256"]] = "; ".join(done) or "none needed", write(row, frame)
    save_catalogue(rows)


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
