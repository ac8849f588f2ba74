"""Writing the catalogue: a curve of one's own with what is known about it, a table the project computes, the README.

`publish/tidy.py` is the command line. Whatever is there already, the same in numbers and words, is left as it is.
"""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from . import checks, curves, outlines
from .paths import DATA, INSTALLED, replacing
from .quantities import GAP
from .readers import LINE_END
from .readers import text as decoded

TOLD = ("what", "model", "confidence_level", "inspire", "read_from", "location", "how_obtained")  # by whoever adds
OURS = ("name", "file", "source", "x", "y", "y_unit", "cleaning", "sha256")  # what the file itself decides


def add(path: str | Path, name: str | None = None, replace: bool = False, format: str = "csv",
        columns: Sequence[str] | None = None, unit: str | None = None, **facts: str) -> pd.Series:
    """Catalogue a curve of your own, and return its row; see `zputils.curves.add`.

    :param path: as `zputils.curves.add`.
    :param name: likewise.
    :param replace: likewise.
    :param format: likewise.
    :param columns: likewise.
    :param unit: likewise.
    :param facts: likewise.
    :raises ValueError: likewise.

    >>> add(DATA / "curves" / "Borexino_LmuLtau.csv").arxiv  # it is there: nothing changes
    '1104.1816'
    """
    path, rows = Path(path).expanduser(), catalogued()
    name = path.stem if name is None else name
    known = rows.loc[name] if name in rows.index else None
    if known is not None and not facts and checksum(path) == known.sha256:
        return known
    frame, guessed = outlines.read_aloud(path, str(path), format, columns, unit, up=4)
    row = _row(name, known, path, frame, guessed, facts, rows)
    different = [key for key in rows.columns if known is not None and row[key] != known[key]]
    if different and not replace:
        raise ValueError(f"{name} is in the catalogue with another {', '.join(different)}; replace=True changes it")
    if known is None or different:
        write(row, frame, "%.12g")
        rows.loc[name] = row
        save(rows)
    return row


def _row(name, known, path, frame, guessed, facts, rows):
    """The catalogue's row of a curve: what its file decides, what is told, what was known."""
    if not re.fullmatch(r"[A-Za-z0-9_]+", name):
        raise ValueError(f"name = {name!r} must be of letters, digits and _: it names a file and a link")
    for fact in facts:
        checks.choice("fact", fact, [column for column in rows.columns if column not in OURS])
    edges = list(frame.columns[1:])
    row = dict.fromkeys(rows.columns, "") | {
        "file": f"curves/{name}.csv", "kind": "limit" if len(edges) == 1 else "reach", "y_unit": "1", "labels": "",
        "version": date.today().isoformat(), "experiment": name}
    row |= ({} if known is None else known.to_dict()) | {fact: str(value) for fact, value in facts.items()}
    if missing := [fact for fact in TOLD if not row[fact]]:
        raise ValueError(f"{name}: say {', '.join(missing)}; README.md in data/ says what they are")
    same = known is not None and Path(known.source).name == path.name
    row |= {"name": name, "source": known.source if same else path.name, "x": "m_GeV", "y": " ".join(edges),
            "cleaning": "; ".join(guessed) or "none needed"}
    row = pd.Series(row)
    return row.where(row.index != "sha256", curves.sha256(text(row, frame, "%.12g")))


def checksum(path: Path) -> str:
    """The checksum of a file, whatever its line ends.

    :param path: of a file of text.

    >>> checksum(DATA / "curves" / "Borexino_LmuLtau.csv") == curves.entry("Borexino_LmuLtau").sha256
    True
    """
    return curves.sha256(LINE_END.sub("\n", decoded(path, str(path))[0]))


def text(row: pd.Series, frame: pd.DataFrame, digits: str = "%.6g") -> str:
    """The text of the file of a catalogue row: its provenance in `#` lines, then the numbers.

    :param row: of the catalogue.
    :param frame: the numbers.
    :param digits: how each is written.

    >>> text(catalogued().loc["Borexino_LmuLtau"], curves.table("Borexino_LmuLtau")).splitlines()[3]
    'm_GeV,g'
    """
    paper = f"arXiv:{row.arxiv} ({row.inspire})" if row.arxiv else row.inspire
    head = (f"# {row.what}. Model: {row.model}.\n"
            f"# Source: {paper}; read from {row.read_from}, {row.location}. {row.how_obtained}.\n"
            f"# Version {row.version}; full record: row {row['name']} of catalogue.csv.\n")
    return head + frame.to_csv(index=False, float_format=digits, na_rep=GAP, lineterminator="\n")


def write(row: pd.Series, frame: pd.DataFrame, digits: str = "%.6g") -> str:
    """Write the file of a catalogue row; its checksum.

    :param row: of the catalogue.
    :param frame: the numbers.
    :param digits: how each is written.
    :raises OSError: in an installed package, which keeps nothing new.
    """
    if INSTALLED:
        raise OSError(f"{row.file}: an installed zputils keeps no new data. Work in a copy of its repository, or use "
                      "zputils.curves.read_curve(path)")
    content = text(row, frame, digits)
    with replacing(DATA / row.file) as temporary:
        temporary.write_text(content, encoding="utf-8", newline="\n")
    return curves.sha256(content)


def catalogued() -> pd.DataFrame:
    """The catalogue as it is on disk, every column as text, indexed by name.

    >>> catalogued().loc["pdg_rratio_2020", "kind"]
    'table'
    """
    return pd.read_csv(DATA / "catalogue.csv", dtype=str, keep_default_na=False).set_index("name", drop=False)


def save(rows: pd.DataFrame) -> None:
    """Write the catalogue and, from it, the README; what was read of the old one is forgotten.

    :param rows: the whole catalogue.
    """
    with replacing(DATA / "catalogue.csv") as temporary:
        rows.to_csv(temporary, index=False, lineterminator="\n")
    with replacing(DATA / "README.md") as temporary:
        temporary.write_text(readme(rows), encoding="utf-8", newline="\n")
    curves.forget()


def accept(name: str, frame: pd.DataFrame | None = None, **columns: str) -> pd.Series:
    """Add or update the catalogue's row of numbers the project computes, and write them when `frame` is given.

    Without `frame` the file is there already.

    :param name: of the catalogue.
    :param frame: the numbers; None for a file that is there already.
    :param columns: file (relative to data/), what, model, kind, x, y, how_obtained, version and any other column of the
        catalogue; KeyError for one it does not have or for published numbers, which come from a source.
    :returns: the row.
    :raises KeyError: for a column that the catalogue does not have, or published numbers, which come from a source.
    """
    rows = catalogued()
    for column in columns:
        checks.choice("column", column, list(rows.columns))
    if name in rows.index and rows.source[name]:
        raise KeyError(f"{name}: published numbers, made from {rows.source[name]}")
    known = rows.loc[name].to_dict() if name in rows.index else {**dict.fromkeys(rows.columns, ""), "name": name}
    row = pd.Series({**known, **columns})
    if not row.file:
        raise KeyError(f"{name}: not in the catalogue, and no file is given")
    row["sha256"] = checksum(DATA / row.file) if frame is None else write(row, frame)
    rows.loc[name] = row
    save(rows)
    return row


README = """# Data

Every curve and every table the project uses, one row each in [`catalogue.csv`](catalogue.csv): what it is, the
model it holds for, confidence level, publication (arXiv number, INSPIRE key), figure or table, how the numbers were
obtained, caveats, what was cleaned, and the sha256 that `zputils.curves` checks before it believes a file.
This page is written from the catalogue by `publish/tidy.py`.

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
- `trust`: `high` where publication and curve are certain, `medium` where a detail (level, geometry, mixture) could not
  be confirmed, `inferred` where the publication itself is inferred.
- `missing_bounds.csv`, beside the catalogue, lists what exists in the literature and is not here, and why.
- [`LICENSE.md`](LICENSE.md) says what may be done with the numbers, `licences.csv` what each place states where some
  were read.
- Nothing is smoothed; nothing is thinned but the map, whose row says how well it is kept.

## How to extend
- **A published curve.** `python publish/tidy.py add mine.csv what="..." model="..." confidence_level="90 %"
  inspire="Name:2030abc" read_from="..." location="Fig. 1" how_obtained="..."`, or `zputils.curves.add("mine.csv",
  what=..., ...)`: any file that `read_curve` reads. What had to be cleaned is recorded; adding it again does nothing.
- **Many published files.** Rows in `catalogue.csv` (`source` is the file's path in a folder of raw files; `cleaning`
  and `sha256` stay empty), then `python publish/tidy.py FOLDER`. Rows whose raw file is not there, and files that are
  tidy already, stay as they are.
- **Numbers the project computes.** Once: `register(name, frame, file=..., what=..., model=..., kind="table", x=...,
  y=..., how_obtained="Computed by ...", version=...)` from `zputils.entries`, without `frame` where another program has
  written the file. Such rows have no `source`. When a recomputed file is right, `python publish/tidy.py NAME` accepts
  it.
- **A limit of your own**, outside the catalogue: `zputils.curves.read_curve(path)` reads and checks it.
"""


def _from(row):
    """Where numbers were read; nothing for those that are computed."""
    paper = f"[arXiv:{row.arxiv}](https://arxiv.org/abs/{row.arxiv})" if row.arxiv else "no arXiv number"
    return f"{row.inspire}, {paper}; read from {row.read_from}, {row.location}" if row.inspire else ""


def readme(rows: pd.DataFrame) -> str:
    """The text of the README: what is above, then a heading per file.

    :param rows: the whole catalogue.

    >>> readme(catalogued()).count("### ") == len(catalogued())
    True
    """
    def section(row):
        facts = {"Model": row.model, "Confidence level": row.confidence_level,
                 "Columns": f"`{row.x}`; `{'`, `'.join(row.y.split())}` ({row.y_unit})",
                 "From": _from(row),
                 "How made": row.how_obtained, "Cleaning": row.cleaning, "Caveats": row.caveats}
        lines = [f"- {fact}: {text}" for fact, text in facts.items() if text]
        return "\n".join([f"### {row.file}", f"{row.what}.", "", *lines, ""])

    return "\n".join([README, "## Files", "", *(section(row) for _, row in rows.iterrows())])
