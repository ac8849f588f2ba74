"""Make the project's tidy files from a folder of published numbers, add a curve, or accept a recomputed table.

    python publish/tidy.py INPUT                       every published file that is in the folder INPUT
    python publish/tidy.py add mine.csv what=... ...   one more curve, with what is known about it
    python publish/tidy.py NAME                        the checksum of the computed table NAME

`data/catalogue.csv` says what every file is. Its column `source` is the file of INPUT it comes from; it is
empty where the numbers are computed (see `zputils.entries.accept`). This script writes the files, the columns
`cleaning` and `sha256` of the catalogue, and data/README.md. Run again, or on data/ itself, it changes nothing.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import tidy_later

from zputils import curves, entries

# From this epsilon on a row of a dark-photon search stands for "no limit": 1 and 1e5 are placeholders; the two
# named tables also have rows on a straight line (in epsilon, row by row) from a placeholder to the first
# published point. Electron g-2 is computed, also above 1.
NO_LIMIT = {"A1_Merkel2014avp": 0.01, "KLOE_Anastasi2018azp_combined": 0.005,
            "AMMe_Bodas2021fsy_cs": np.inf, "AMMe_Bodas2021fsy_rb": np.inf}


# -- cleaning: each step returns a DataFrame and what was done ---------------------------------------------


def split_outline(frame):
    """A closed outline, upper branch first with the mass rising, as two edges on the union of both branches' masses.

    Each branch is interpolated log-log; the row of the largest mass belongs to both.
    """
    tip = frame.m_GeV.idxmax()
    upper, lower = frame.loc[:tip], frame.loc[tip:].iloc[::-1]
    start = max(upper.m_GeV.iloc[0], lower.m_GeV.iloc[0])
    m = np.unique(frame.m_GeV[frame.m_GeV >= start])
    edges = [np.exp(np.interp(np.log(m), np.log(b.m_GeV), np.log(b.epsilon))) for b in (lower, upper)]
    done = (f"outline of {len(frame)} points split at its largest mass into two edges on the {len(m)} masses of both "
            f"branches, {(frame.m_GeV < start).sum()} point where only one branch exists dropped")
    return pd.DataFrame({"m_GeV": m, "epsilon_lower": edges[0], "epsilon_upper": edges[1]}), done


def order(frame):
    """Rows in rising mass, one per mass: of repeated masses the smallest coupling, of an upper edge the largest."""
    backward, repeated = (frame.m_GeV.diff() < 0).sum(), frame.m_GeV.duplicated().sum()
    rules = {column: "max" if column.endswith("_upper") else "min" for column in frame.columns[1:]}
    done = [f"{tidy_later.rows(backward)} out of order sorted"] * bool(backward)
    done += [f"{repeated} repeated masses merged, the widest exclusion kept"] * bool(repeated)
    return frame.groupby("m_GeV", as_index=False).agg(rules), "; ".join(done)


def mark_gaps(frame, no_limit):
    """Rows whose coupling reaches `no_limit`: dropped at the ends, where the curve just ends, kept as gaps inside."""
    gap = frame.iloc[:, 1] >= no_limit
    first, last = frame.index[~gap][[0, -1]]
    inside = gap[first:last].sum()
    frame.loc[gap, frame.columns[1:]] = np.nan
    done = (f"{tidy_later.rows(gap.sum())} without a limit ({frame.columns[1]} >= {no_limit:g}): "
            f"{gap.sum() - inside} at the ends dropped, {inside} inside kept as gaps")
    return frame.loc[first:last], done if gap.any() else ""


def tidy_curve(row, frame):
    """(tidy curve, what was done) for a row of the catalogue."""
    if row.kind == "outline":
        return frame, "kept in drawing order"
    if row.y == "epsilon":
        frame = frame.rename(columns={"epsilon_lower": "epsilon"})
    done = []
    if "epsilon_upper" in row.y and "epsilon_upper" not in frame:
        frame, step = split_outline(frame)
        done.append(step)
    frame, step = order(frame)
    done.append(step)
    frame, step = mark_gaps(frame, NO_LIMIT.get(row["name"], 1.0))
    done.append(step)
    return frame, "; ".join(filter(None, done)) or "none needed"


def split_ratio(frame):
    """The ratio e_to_nu, inf for electrons alone, as parts to electrons and to neutrinos, each finite; MeV as GeV."""
    ratio = frame.e_to_nu
    parts = {"electrons": ratio.replace(np.inf, 1.0), "neutrinos": np.isfinite(ratio).astype(int)}
    masses = {name.replace("MeV", "GeV"): frame[name] / 1e3 for name in frame if name.endswith("_MeV")}
    return pd.DataFrame({**parts, **masses, "N_eff": frame.N_eff}), "ratio split into two parts, MeV to GeV"


def tidy_spectrum(row, frame):
    """(tidy spectrum or yields, what was done): a unit in every name, FASER 2, which has another, out of the yields."""
    names = {"E_low": "E_low_GeV", "E_high": "E_high_GeV", "N_all": "N_all_per_proton",
             "N_inside": "N_inside_per_proton", "r": "g_nu_over_g_mu", "p_mean": "p_mean_GeV",
             "N": next(y for y in row.y.split() if y.startswith("N_"))}
    if row["name"] == "gmu_yields":
        frame = frame[~frame.facility.str.startswith("FASER")]
    return frame.rename(columns=names), "columns named after their units"


def tidy_table(row, frame):
    """(tidy table, what was done)."""
    if row.file.startswith("spectra/"):
        return tidy_spectrum(row, frame)
    return split_ratio(frame) if row["name"] == "bbn_cmb_mass_bounds" else (frame, "none needed")


def clean(row, frame):
    """(tidy file, what was done) for a row of the catalogue: what its source asks for, then what every curve does."""
    if row.source.startswith("later/"):
        frame, first = tidy_later.prepare(row, frame)
        frame, then = (frame, "") if row.kind == "map" else tidy_curve(row, frame)
        return frame, "; ".join(step for step in (first, then) if step and (step != "none needed" or not first))
    return (tidy_table if row.kind == "table" else tidy_curve)(row, frame)


# -- the command line ----------------------------------------------------------------------------------------


def main(source):
    """Every published file of the folder `source`, but what is tidy already or not there; a line on what was done."""
    rows, count = entries.catalogued(), {"written": 0, "as they were": 0, "without their input": 0}
    tidy = set(rows.sha256)
    for name, row in rows[rows.source != ""].iterrows():
        path = source / row.source
        if not path.is_file():
            count["without their input"] += 1
        elif entries.checksum(path) in tidy:  # this one, or another that comes from the same input
            count["as they were"] += 1
        else:
            frame, cleaning = clean(row, pd.read_csv(path, comment="#"))
            rows.loc[name, ["cleaning", "sha256"]] = cleaning, entries.write(row, frame)
            count["written"] += 1
    entries.save(rows)
    return ", ".join(f"{number} {what}" for what, number in count.items())


def add(path, *facts):
    """Catalogue the curve of a file; facts: key=value, the keys of `zputils.curves.add`."""
    told = dict(fact.split("=", 1) for fact in facts if "=" in fact)
    if len(told) < len(facts):
        raise ValueError(f"{facts}: facts are written key=value, each once")
    row = curves.add(path, **told)
    return f"{row.file} is in the catalogue; cleaning: {row.cleaning}"


def command(arguments):
    """What the arguments ask for; a line on what was done."""
    if len(arguments) > 1 and arguments[0] == "add":
        return add(*arguments[1:])
    if len(arguments) != 1:
        sys.exit(__doc__)
    if Path(arguments[0]).is_dir():
        return main(Path(arguments[0]))
    return f"{entries.accept(arguments[0]).file} is accepted"


if __name__ == "__main__":
    try:
        print(command(sys.argv[1:]))
    except (KeyError, OSError, ValueError) as error:
        sys.exit(str(error.args[0] if isinstance(error, KeyError) else error))
