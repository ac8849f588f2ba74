"""What the page on today says in tables: every bound, how it was obtained and from where; what is missing."""

import re
from pathlib import Path

import pandas as pd

from .. import bounds, curves, paths
from ..figures.fig_today import trust
from ..methods.beam_dump import BeamDump
from ..methods.bound import Bound
from ..methods.muonic import MuonicSearch
from ..methods.ratio_map import MapSearch
from ..methods.recast import Recast
from . import bibliography
from .notes import Note

MISSING = "missing_bounds.csv"
# What a model must couple to where it is not a search for one production and decay.
NEEDS = {"BBN+CMB": "decays to electrons and neutrinos", "N_eff": "decays to electrons and neutrinos",
         "Borexino": "neutrinos and electrons", "COHERENT": "neutrinos and nucleons",
         "COHERENT future": "neutrinos and nucleons", "CHARM II": "muon neutrinos and electrons",
         "CCFR": "muon neutrinos and muons", "DUNE": "muon neutrinos and muons"}
METHODS = {"BBN+CMB": "table of mass bounds", "N_eff": "published curve, by the width to electrons"}


def how(bound: Bound) -> str:
    """How a bound is obtained for any model, in words.

    :param bound: whose answer is asked for.

    >>> how(bounds.get("NA62 ee")), how(bounds.get("CCFR")), how(bounds.get("NA64mu"))
    ('recast, displaced', 'computed', 'scaled by the branching ratio')
    """
    words: dict[type, str] = {MapSearch: "recast point by point", MuonicSearch: "scaled by the branching ratio",
             BeamDump: "one momentum, fitted to the published edge"}
    if type(bound) is Recast:
        return f"recast, {curves.entry(bound.data).kind}"
    return words.get(type(bound)) or METHODS.get(bound.name, "computed")


def needs(bound: Bound) -> str:
    """What a model must have for a bound to say something of it, in words.

    :param bound: whose answer is asked for.

    >>> needs(bounds.get("NA62 ee"))
    'pi0 then eta decays; seen in e'
    """
    if isinstance(bound, Recast):
        return bound.produced_by + (f"; seen in {' or '.join(bound.final_states)}" if bound.final_states else "")
    if isinstance(bound, MuonicSearch):
        return f"muons; seen in {bound.channel}"
    return NEEDS.get(bound.name) or ("protons; seen in e and mu" if isinstance(bound, BeamDump) else "neutrinos")


def every_bound() -> pd.DataFrame:
    """One row for every bound: name, what exists or is planned, year, reference, level, how, needs, trust.

    >>> every_bound().loc["NA62 ee", ["year", "level", "trust"]].tolist()
    ['2024', '90 %', 'medium']
    """
    rows = {bound.name: {"planned": bound.future, "year": bibliography.entry(bound.references[0]).fields["year"],
                         "reference": " ".join(bound.references), "level": bound.confidence, "how": how(bound),
                         "needs": needs(bound), "trust": trust(bound)} for bound in bounds.register().values()}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("bound")


def missing(source: str | Path | None = None) -> pd.DataFrame:
    """The bounds that exist in the literature and are not here, with their publication and the reason.

    :param source: a path, the table of `data/` when None.
    :raises ValueError: with file, row and reason for a row without a publication or a reason.

    >>> missing().set_index("experiment").loc["PIENU", "arxiv"]
    '2101.07381'
    """
    source = paths.DATA / MISSING if source is None else source
    frame = pd.read_csv(source, dtype=str, keep_default_na=False)
    for column, form in {"arxiv": r"\d{4}\.\d{4,5}", "experiment": ".+", "what": ".+", "why": ".+",
                         "future": "yes|no"}.items():
        bad = ~frame[column].str.fullmatch(form)
        if bad.any():
            row = int(bad.argmax())
            raise ValueError(f"{source}, row {row + 1} ({frame.experiment[row]}): {column} = {frame[column][row]!r}; "
                             "a bound that is missing names its publication at the arXiv and why it is missing")
    return frame


def _table(head, rows):
    escaped = ([re.sub(r"([|*_<>~$])", r"\\\1", cell) if plain else cell for cell, plain in row] for row in rows)
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head), *(f"| {' | '.join(row)} |" for row in escaped)]
    return Note("\n".join(lines))


def bounds_table(planned: bool) -> Note:
    """`every_bound`, those that exist or those that are planned, as a table with references.

    :param planned: those that are planned, or those that exist.

    >>> "| NA62 ee | 2024 | {cite:t}`NA62:2023nhs` |" in bounds_table(planned=False).text
    True
    """
    frame = every_bound()
    return _table(("bound", "year", "reference", "level", "how obtained", "needs", "trust"), [
        ((name, True), (row.year, True), (f"{{cite:t}}`{','.join(row.reference.split())}`", False), (row.level, True),
         (row.how, True), (row.needs, True), (row.trust, True))
        for name, row in frame[frame.planned == planned].iterrows()])


def missing_table() -> Note:
    """`missing` as a table with links.

    >>> "[2101.07381](https://arxiv.org/abs/2101.07381)" in missing_table().text
    True
    """
    return _table(("experiment", "what", "publication", "why it is not here"), [
        ((row.experiment, True), (row.what, True), (f"[{row.arxiv}](https://arxiv.org/abs/{row.arxiv})", False),
         (row.why, True)) for row in missing().itertuples()])
