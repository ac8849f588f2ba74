"""Cleaning of the curves that came after the paper: `tidy.py` calls `prepare` for every source in later/."""

import numpy as np
import pandas as pd

from zputils.constants import M_E
from zputils.methods.published_map import NO_LIMIT as NO_RATIO

# Masses (GeV) that are kept, and why the others are not: only what says something of the experiment.
KEPT = {
    "CMS_CMS2019buh":
        (0, 45, "above, mixing with hypercharge makes at least a fifth more events than photon-like couplings"),
    "NA62_CortinaGil2023nhs": (0.00506, np.inf, "below, the outline closes along the edge of the published plot"),
    "FASER_Abreu2023tle_BL": (0.01, np.inf, "below, the outline closes along the edge of the published plot"),
}
RATIO_TOLERANCE = 0.01  # largest change of a ratio that is interpolated in ln ratio against ln epsilon


def prepare(row, frame):
    """(the curve or map with the columns of row.y, what was done) from a file of later/."""
    if row.kind == "map":
        return thin_map(frame.rename(columns={"r": "ratio"}))
    frame = name_columns(row, frame)
    done = []
    for keep, why in rules(row):
        inside = keep(frame.m_GeV)
        done += [f"{rows((~inside).sum())} dropped: {why}"] * bool((~inside).any())
        frame = frame[inside].reset_index(drop=True)
    return frame, "; ".join(done)


def rows(count):
    """So many rows, in words."""
    return "1 row" if count == 1 else f"{count} rows"


def name_columns(row, frame):
    """The columns of row.y by their names; rows without a limit get the placeholder 1, which `tidy.mark_gaps` knows."""
    edges = row.y.split()
    names = {"lower": edges[0], "g_mu": "g"} | ({"upper": edges[1]} if edges[1:] else {})
    frame = frame.rename(columns={old: new for old, new in names.items() if old in frame and new not in frame})
    return frame[["m_GeV", *edges]].fillna(1.0)


def rules(row):
    """What decides which masses of a row are kept: pairs of a function of the masses and the reason."""
    if row["name"] in KEPT:
        low, high, why = KEPT[row["name"]]
        yield lambda m: (m >= low) & (m <= high), why
    if row.final_states == "e":
        yield lambda m: m > 2 * M_E, "below 2 m_e there is no decay to e e"


def thin_map(frame):
    """Points enough that ln ratio, linear in ln epsilon between them, is good to RATIO_TOLERANCE, mass by mass."""
    points = len(frame)
    frame = frame.assign(ratio=frame.ratio.clip(upper=NO_RATIO))
    kept = pd.concat([group.iloc[_corners(np.log(group.epsilon), np.log(group.ratio))]
                      for _, group in frame.groupby("m_GeV")])
    return kept, (f"{points} points thinned to {len(kept)}, no ratio interpolated in ln against ln epsilon "
                  f"changes by more than {RATIO_TOLERANCE:g} of itself; ratios above {NO_RATIO:g}, where no candidate "
                  "is expected, set to it")


def _corners(x, y):
    x, y, keep = np.asarray(x), np.asarray(y), [0]
    for j in range(2, len(x)):
        i = keep[-1]
        if np.any(np.abs(np.interp(x[i:j], x[[i, j]], y[[i, j]]) - y[i:j]) > RATIO_TOLERANCE):
            keep.append(j - 1)
    return [*keep, len(x) - 1]
