import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from zputils import claims
from zputils.claims.claim import Claim, unchecked
from zputils.constants import HBAR_C, M_MU

CHECKED = Claim("x", "1", "two", "2", 1.5, 2.5, "half a unit of the last digit", "m", compute=lambda: 2.0)
BY_ID = {claim.id: claim for claim in claims.CLAIMS}


@pytest.fixture(scope="module")
def table():
    return claims.ledger()


@pytest.fixture
def computed(table, monkeypatch):
    """The ledger as it was computed above: what is made of it need not compute it again."""
    monkeypatch.setattr(claims, "ledger", lambda: table)


@pytest.mark.parametrize("claim, verdict", [
    (CHECKED, "reproduced"),
    (replace(CHECKED, caveat="at 1 GeV"), "reproduced with a caveat"),
    (replace(CHECKED, compute=lambda: 3.0), "not reproduced"),
    (replace(CHECKED, compute=lambda: 3.0, caveat="at 1 GeV"), "not reproduced"),
    (replace(CHECKED, compute=lambda: np.nan), "not reproduced"),
    (replace(CHECKED, compute=lambda: 2.5), "reproduced"),
    (unchecked("y", "1", "two", "2", "no data"), "cannot be checked")])
def test_every_verdict(claim, verdict):
    assert claim.verdict == verdict and verdict in claims.VERDICTS


def test_a_changed_function_changes_the_verdict():
    """No claim survives a value just outside its range; one that failed passes with a value inside."""
    for claim in (claim for claim in claims.CLAIMS if claim.compute):
        for wrong in (np.nextafter(claim.low, -np.inf), np.nextafter(claim.high, np.inf)):
            if np.isfinite(wrong):
                assert replace(claim, compute=lambda wrong=wrong: wrong).verdict == "not reproduced", claim.id
        assert replace(claim, compute=lambda claim=claim: claim.low).verdict.startswith("reproduced"), claim.id


def test_a_changed_ledger_shows_it():
    good = BY_ID["g-light"]
    twice = replace(good, compute=lambda: 2 * good.computed)
    assert list(claims.ledger([good, twice]).verdict) == ["reproduced", "not reproduced"]


@pytest.mark.parametrize("change, message", [
    ({"section": ""}, "section"), ({"tolerance": ""}, "tolerance"), ({"low": 3.0}, "low = 3"),
    ({"low": np.nan}, "low = nan"), ({"compute": None}, "either compute or a reason"),
    ({"reason": "no data"}, "either compute or a reason")])
def test_an_incomplete_claim_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        replace(CHECKED, **change)


def test_every_claim_is_located_judged_and_explained(table):
    assert len(table) >= 40 and table.id.is_unique
    assert (table[["section", "statement", "paper", "verdict", "note"]] != "").all(axis=None)
    assert set(table.verdict) <= set(claims.VERDICTS)
    checked = table.verdict != "cannot be checked"
    assert np.array_equal(np.isfinite(table.computed), checked)


def test_values_against_arithmetic_by_hand():
    """Numbers that need no more than a line: thresholds, R-bar at the lower edge, the light limit of g-2."""
    assert BY_ID["muon-threshold"].computed == pytest.approx(2e3 * M_MU)
    coupling = BY_ID["ship-anchor"].computed * np.sqrt((1 - 0.23121) * 4 * np.pi / 137.036)
    by_hand = coupling**4 * 0.1**2 * 50 / (12 * np.pi * 200 * HBAR_C)
    assert BY_ID["rate-200"].computed == pytest.approx(by_hand, rel=2e-3)
    assert BY_ID["g-light"].computed == pytest.approx(np.sqrt(8 * np.pi**2 * 25.1e-10), rel=0.02)


def test_the_sections_together_make_the_ledger():
    found = {claim.id for section in claims.SECTIONS for claim in claims.of(section)}
    assert found == set(BY_ID)
    assert [claim.id for claim in claims.of("2.1")] == ["nu-right"]
    assert {claim.id for claim in claims.of("5")} >= {"equal-dune", "dumps-0.01"}
    with pytest.raises(ValueError, match=r"section = '6' makes no claim; those that do: 1, 2.1"):
        claims.of("6")


def test_a_note_counts_and_links(computed):
    text = claims.note("4").text
    assert all(f"appendix-claims.html#claim-{claim.id}\"" in text for claim in claims.of("4"))
    counts = {name: int(n) for n, name in re.findall(r"(\d+) ([a-z ]+)", text.splitlines()[0].split(": ")[1])}
    assert sum(counts.values()) == len(claims.of("4")) and set(counts) <= set(claims.VERDICTS)


def test_the_spread_is_told_and_changes_no_verdict():
    wide = replace(CHECKED, spread=lambda: (0.0, 9.0))
    assert wide.note.endswith("our own choices move it from 0 to 9") and wide.verdict == CHECKED.verdict
    for claim in (claim for claim in claims.CLAIMS if claim.spread):
        low, high = claim.spread()
        assert low <= claim.computed * (1 + 1e-9) and claim.computed <= high * (1 + 1e-9), claim.id


def test_the_file_holds_the_ledger(tmp_path, table, computed):
    path = tmp_path / "new" / "claims.csv"
    claims.write(path)
    back = pd.read_csv(path, keep_default_na=False, na_values={"computed": [""]}, dtype={"section": str, "paper": str})
    assert list(back.columns) == ["id", "section", "statement", "paper", "computed", "unit", "verdict", "note"]
    pd.testing.assert_frame_equal(back, table, check_dtype=False)


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch, computed):
    path = tmp_path / "claims.csv"
    path.write_text("old", encoding="utf-8")

    def interrupted(frame, target, **options):
        target.write_text("half", encoding="utf-8")
        raise OSError("disk full")

    monkeypatch.setattr(pd.DataFrame, "to_csv", interrupted)
    with pytest.raises(OSError, match="disk full"):
        claims.write(path)
    assert path.read_text(encoding="utf-8") == "old" and list(tmp_path.iterdir()) == [path]
