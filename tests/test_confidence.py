"""Every bound says at what level it excludes, by what criterion, or that its source does not state it."""

import re

import pytest

from zputils import bounds, curves, figures
from zputils.figures import fig_today
from zputils.paths import BOOK

LEVEL = re.compile(r"\d+ %|\d sigma|\d+ events|Delta N_eff")
# Where the book shows a figure whose curves are at different levels.
PAGES = {"fig-2.2": "02-3-muon-g-minus-2", "fig-4.1": "04-combined", "fig-today-gauged": "appendix-today"}
DRAW = {name: figures.draw for name in figures.NAMES} | {"fig-today-gauged": fig_today.today}


@pytest.mark.parametrize("bound", bounds.register().values(), ids=lambda bound: bound.name)
def test_a_bound_has_a_level_or_says_that_its_source_has_none(bound):
    assert LEVEL.match(bound.confidence) or bound.confidence == "not stated"


def test_what_is_not_stated_has_a_reason():
    rows = curves.catalogue()
    unsaid = rows[rows.confidence_level == "not stated"]
    assert unsaid.caveats.str.contains("state the confidence level").all()
    assert not rows.confidence_level.isin(["not recorded", "unknown"]).any()


@pytest.mark.slow
@pytest.mark.parametrize("name", DRAW)
def test_a_figure_that_mixes_levels_says_so(name):
    figure = DRAW[name](name)
    mixed = len(figure.mixed) > 1
    assert ("# the levels differ: " in figure.text(name)) == mixed
    if mixed:
        page = (BOOK / f"{PAGES[name]}.md").read_text(encoding="utf-8")
        assert re.search(r"levels? of\s+confidence|confidence levels?|the levels", page.lower())
