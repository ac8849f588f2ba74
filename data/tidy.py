"""Make the project's tidy files from a folder of published numbers, or accept a table the project has recomputed.

    python data/tidy.py INPUT    every published file from the folder INPUT
    python data/tidy.py NAME     the checksum of the computed table NAME

`data/catalogue.csv` says what every file is. Its column `source` is the file of INPUT it comes from; it is
empty where the numbers are computed (see `register`). This script writes the files, the columns `cleaning` and
`sha256` of the catalogue, and data/README.md.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import tidy_later

from zputils.curves import GAP, sha256
from zputils.paths import DATA, plain_errors, replacing

CATALOGUE = DATA / "catalogue.csv"

# From this epsilon on a row of a dark-photon search stands for "no limit": 1 and 1e5 are placeholders; the two
# named tables also have rows on a straight line (in epsilon, row by row) from a placeholder to the first
# published point. Electron g-2 is computed, also above 1.
NO_LIMIT = {"A1_Merkel2014avp": 0.01, "KLOE_Anastasi2018azp_combined": 0.005,
            "AMMe_Bodas2021fsy_cs": np.inf, "AMMe_Bodas2021fsy_rb": np.inf}
THINNING = 1e-4  # largest relative change of a linearly interpolated value where a table is thinned


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
    done = [f"{backward} rows out of order sorted"] * bool(backward)
    done += [f"{repeated} repeated masses merged, the widest exclusion kept"] * bool(repeated)
    return frame.groupby("m_GeV", as_index=False).agg(rules), "; ".join(done)


def mark_gaps(frame, no_limit):
    """Rows whose coupling reaches `no_limit`: dropped at the ends, where the curve just ends, kept as gaps inside."""
    gap = frame.iloc[:, 1] >= no_limit
    first, last = frame.index[~gap][[0, -1]]
    inside = gap[first:last].sum()
    frame.loc[gap, frame.columns[1:]] = np.nan
    done = (f"{gap.sum()} rows without a limit ({frame.columns[1]} >= {no_limit:g}): "
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


def tidy_table(row, frame):
    """(tidy table, what was done)."""
    return split_ratio(frame) if row["name"] == "bbn_cmb_mass_bounds" else (frame, "none needed")


def clean(row, frame):
    """(tidy file, what was done) for a row of the catalogue: what its source asks for, then what every curve does."""
    first = ""
    if row.source.startswith("later/"):
        frame, first = tidy_later.prepare(row, frame)
        if row.kind in ("table", "map"):
            return frame, first
    frame, then = (tidy_table if row.kind == "table" else tidy_curve)(row, frame)
    return frame, "; ".join(step for step in (first, then) if step and (step != "none needed" or not first))


# -- writing -------------------------------------------------------------------------------------------------


def write(row, frame):
    """Write the file of a catalogue row, its provenance in `#` lines; return its checksum."""
    paper = f"arXiv:{row.arxiv} ({row.inspire})" if row.arxiv else row.inspire
    head = (f"# {row.what}. Model: {row.model}.\n"
            f"# Source: {paper}; read from {row.read_from}, {row.location}. {row.how_obtained}.\n"
            f"# Version {row.version}; full record: row {row['name']} of catalogue.csv.\n")
    text = head + frame.to_csv(index=False, float_format="%.6g", na_rep=GAP, lineterminator="\n")
    with replacing(DATA / row.file) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")
    return sha256(text)


README = """# Data

Every curve and every table the project uses, one row each in [`catalogue.csv`](catalogue.csv): what it is, the
model it holds for, confidence level, publication (arXiv number, INSPIRE key), figure or table, how the numbers were
obtained, caveats, what was cleaned, and the sha256 that `zputils.curves` checks before it believes a file.
This page is written from the catalogue by `python data/tidy.py INPUT`.

## Format
- `#` lines with the provenance, a header with the unit in each column's name, then the rows.
- A curve has `m_GeV` and `g` or `epsilon` (excluded above), or `epsilon_lower` and `epsilon_upper` (excluded or probed
  between). `epsilon`: g_f = epsilon e Q_f. `g`: g_mu of L_mu - L_tau. Masses rise strictly.
- `NA` in every column but the mass is a gap: a mass without a limit, such as a veto on a resonance. There is no limit
  anywhere between the rows around it.
- An outline (kind `outline`) is in drawing order.
- Kinds of dark-photon limits: `prompt`, `displaced` (with `L_dec_m`, `L_sh_m`: lengths of the decay volume and the
  shielding in metres), `invisible` (published for a branching ratio `published_br`; `leptons` there means decays to
  leptons alone), `indirect`, and `map` (`m_GeV`, `epsilon`, `ratio` of the observed limit to the expected events,
  excluded below 1; 1e6 where nothing is expected). `proper_time_rule`
  names the largest proper time a prompt search accepts; `conditions` says it in words.
- `trust`: `high` where publication and curve are certain, `medium` where a detail (level,
  geometry, mixture) could not be confirmed, `inferred` where the publication itself is inferred.
- `missing_bounds.csv`, beside the catalogue, lists what exists in the literature and is not here, and why.
- Nothing is smoothed. Every published point is kept, except where the row of a table or map says it is thinned.

## How to extend
- **Published numbers.** Add a row to `catalogue.csv` (`source` is the file's path in the input folder; `cleaning` and
  `sha256` stay empty) and run `python data/tidy.py INPUT`.
- **Numbers the project computes.** Once: `register(name, frame, file=..., what=..., model=..., kind="table", x=...,
  y=..., how_obtained="Computed by ...", version=...)` from `tidy.py`, without `frame` where another program has written
  the file. Such rows have no `source`. When a recomputed file is right, `python data/tidy.py NAME` accepts it.
- **A limit of your own**, outside the catalogue: `zputils.curves.read_curve(path)` reads and checks it.
"""


def readme(rows):
    """The README: the text above, then a heading per file."""
    def section(row):
        paper = f"[arXiv:{row.arxiv}](https://arxiv.org/abs/{row.arxiv})" if row.arxiv else "no arXiv number"
        facts = {"Model": row.model, "Confidence level": row.confidence_level,
                 "Columns": f"`{row.x}`; `{'`, `'.join(row.y.split())}` ({row.y_unit})",
                 "From": f"{row.inspire}, {paper}; read from {row.read_from}, {row.location}",
                 "How made": row.how_obtained, "Cleaning": row.cleaning, "Caveats": row.caveats}
        lines = [f"- {fact}: {text}" for fact, text in facts.items() if text]
        return "\n".join([f"### {row.file}", f"{row.what}.", "", *lines, ""])

    return "\n".join([README, "## Files", "", *(section(row) for _, row in rows.iterrows())])


def read_catalogue():
    return pd.read_csv(CATALOGUE, dtype=str, keep_default_na=False)


def save_catalogue(rows):
    """Write the catalogue and, from it, the README."""
    with replacing(CATALOGUE) as temporary:
        rows.to_csv(temporary, index=False, lineterminator="\n")
    with replacing(DATA / "README.md") as temporary:
        temporary.write_text(readme(rows), encoding="utf-8", newline="\n")


def register(name, frame=None, **columns):
    """Add or update the catalogue's row of numbers the project computes, and write them when `frame` is given.

    Without `frame` the file is there already. columns: file (relative to data/), what, model, kind, x, y,
    how_obtained, version and any other column of the catalogue; KeyError for one it does not have or for published
    numbers, which come from INPUT.
    """
    rows = read_catalogue().set_index("name", drop=False)
    if unknown := set(columns) - set(rows.columns):
        raise KeyError(f"{sorted(unknown)}: not among the catalogue's columns {', '.join(rows.columns)}")
    if name in rows.index and rows.source[name]:
        raise KeyError(f"{name}: published numbers, made from {rows.source[name]}")
    known = rows.loc[name].to_dict() if name in rows.index else {**dict.fromkeys(rows.columns, ""), "name": name}
    row = pd.Series({**known, **columns})
    if not row.file:
        raise KeyError(f"{name}: not in the catalogue, and no file is given")
    row["sha256"] = sha256((DATA / row.file).read_text(encoding="utf-8")) if frame is None else write(row, frame)
    rows.loc[name] = row
    save_catalogue(rows)


def main(source):
    rows = read_catalogue()
    for i, row in rows[rows.source != ""].iterrows():
        frame, cleaning = clean(row, pd.read_csv(source / row.source, comment="#"))
        rows.loc[i, ["cleaning", "sha256"]] = cleaning, write(row, frame)
    save_catalogue(rows)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with plain_errors():
        main(Path(sys.argv[1])) if Path(sys.argv[1]).is_dir() else register(sys.argv[1])
