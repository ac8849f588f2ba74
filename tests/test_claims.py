import re
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from zputils import SHIP, ZPrime, bounds, cache, claims, shares
from zputils.claims import case_studies, joint, section_1, section_2, section_3, wording
from zputils.claims.claim import Claim
from zputils.constants import COS_W, E_CHARGE, HBAR_C, M_MU
from zputils.pages import ledger, words
from zputils.paths import CACHE, ROOT

CHECKED = Claim(id="x", section="1", statement="two", paper="2", within=wording.digits(2, 1), unit="m",
                compute=lambda: 2.0)
UNCHECKED = Claim(id="y", section="1", statement="two", paper="2", reason="no data")
BY_ID = {claim.id: claim for claim in claims.CLAIMS}


@pytest.fixture(scope="module")
def table():
    """The ledger of this code and these data, which pages and examples share."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(cache, "FOLDER", CACHE)
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
    (UNCHECKED, "cannot be checked")])
def test_every_verdict(claim, verdict):
    assert claim.verdict == verdict and verdict in claims.VERDICTS


def test_a_changed_function_changes_the_verdict():
    """No claim survives a value just outside its range; one that failed passes with a value inside."""
    for claim in (claim for claim in claims.CLAIMS if claim.compute):
        for wrong in (np.nextafter(claim.within.low, -np.inf), np.nextafter(claim.within.high, np.inf)):
            if np.isfinite(wrong):
                assert replace(claim, compute=lambda wrong=wrong: wrong).verdict == "not reproduced", claim.id
        assert replace(claim, compute=lambda claim=claim: claim.within.low).verdict.startswith("reproduced"), claim.id


def test_a_changed_ledger_shows_it():
    good = BY_ID["g-light"]
    twice = replace(good, compute=lambda: 2 * good.computed)
    assert list(claims.ledger([good, twice]).verdict) == ["reproduced", "not reproduced"]


@pytest.mark.parametrize("change, message", [
    ({"section": ""}, "section"), ({"paper": ""}, "paper"), ({"within": None}, "compute and within, or a reason"),
    ({"compute": None}, "compute and within, or a reason"), ({"reason": "no data"}, "compute and within, or a reason"),
    ({"within": None, "compute": None}, "compute and within, or a reason")])
def test_an_incomplete_claim_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        replace(CHECKED, **change)


def test_a_claim_takes_names_not_positions():
    with pytest.raises(TypeError, match="positional"):
        Claim("x", "1", "two", "2")


@pytest.mark.parametrize("low, high, rule, message", [
    (3, 2, "rule", "low = 3"), (np.nan, 2, "rule", "low = nan"), (1, 2, "", "rule of the range 1 to 2 is empty")])
def test_an_empty_range_is_refused(low, high, rule, message):
    with pytest.raises(ValueError, match=message):
        wording.Range(low, high, rule)


@pytest.mark.parametrize("within, inside, outside", [
    (wording.digits(4.9, 0.1), (4.86, 4.94), (4.84, 4.96)), (wording.about(0.05), (0.046, 0.054), (0.044, 0.056)),
    (wording.boundary(100), (76, 124), (74, 126)), (wording.similar(1), (0.51, 1.99), (0.49, 2.01)),
    (wording.of_order(10), (3.2, 31.6), (3.1, 31.7)), (wording.exactly(-1), (-1.0009,), (-1.0011, 1)),
    (wording.ALL, (0.99, 1), (0.98,)), (wording.NONE, (0, 0.01), (0.02,)), (wording.below(1), (0, 1), (-1e-9, 1.01))])
def test_wording_becomes_the_range_that_the_page_states(within, inside, outside):
    assert all(value in within for value in inside) and not any(value in within for value in outside)


QUIET = """
import sys
import zputils.cache  # a checksum of the code and the catalogue, taken once by whatever keeps results
loaded, opened = set(sys.modules), []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
import zputils.claims
own = [name for name in opened if name.startswith(sys.path[0] or ".") and "site-packages" not in name]
files = [name for name in own if name.endswith((".csv", ".bib", ".parquet", ".npz", ".pkl", ".json"))]
drawing = [name for name in set(sys.modules) - loaded if name.startswith("matplotlib")]
print(files, drawing, len(zputils.claims.CLAIMS) > 40)
"""


def test_the_claims_are_listed_without_reading_or_drawing():
    done = subprocess.run([sys.executable, "-c", QUIET], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[] [] True", done.stdout + done.stderr


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
    assert BY_ID["rate"].computed == pytest.approx(by_hand, rel=2e-3)
    assert BY_ID["g-light"].computed == pytest.approx(np.sqrt(8 * np.pi**2 * 25.1e-10), rel=0.02)


def test_the_sections_together_make_the_ledger():
    found = {claim.id for section in claims.SECTIONS for claim in claims.of(section)}
    assert found == set(BY_ID)
    assert [claim.id for claim in claims.of("2.1")] == ["nu-right"]
    assert {claim.id for claim in claims.of("5")} >= {"equal-dune", "dumps-0.01"}
    with pytest.raises(ValueError, match=r"section = '6' makes no claim; those that do: 1, 2.1"):
        claims.of("6")


def test_a_note_counts_and_links(computed):
    text = ledger.note("4").text
    assert all(f"appendix-claims.html#claim-{claim.id}\"" in text for claim in claims.of("4"))
    counts = {name: int(n) for n, name in re.findall(r"(\d+) ([a-z ]+)", text.splitlines()[0].split(": ")[1])}
    assert sum(counts.values()) == len(claims.of("4")) and set(counts) <= set(claims.VERDICTS)


def test_the_spread_is_told_and_changes_no_verdict(table):
    wide = replace(CHECKED, spread=lambda: (0.0, 9.0))
    assert wide.note.endswith("our own choices move it from 0 to 9") and wide.verdict == CHECKED.verdict
    for row in table.itertuples():
        told = re.search(r"our own choices move it from (\S+) to (\S+?)(?:;|$)", row.note)
        assert bool(told) == bool(BY_ID[row.id].spread), row.id
        if told:
            low, high = map(float, told.groups())
            assert low <= row.computed * (1 + 5e-3) and row.computed <= high * (1 + 5e-3), row.id  # to three digits


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


# -- The numbers behind the claims ------------------------------------------------------------------


def test_the_mixing_of_a_mass_term_is_that_of_perturbation_theory():
    r_m = np.array([1e-6, 0.1, 0.5, 2.0, 30.0])
    assert [section_2.mass_mixing(r) for r in r_m] == pytest.approx(1 / np.abs(1 - r_m), rel=1e-6)


def test_the_lattice_leaves_what_its_authors_say():
    """arXiv:2002.12347 and the reviews of 2021: 107(70)e-11, 1.5 standard deviations."""
    assert section_1.lattice_tension() == pytest.approx(107 / 70, rel=0.02)


@pytest.mark.parametrize("ratio", [5, 20, 50])
def test_the_upper_edge_falls_with_the_lifetime(ratio):
    """Above the peak ln R-bar falls as lambda Gamma: the edge goes as the root of the width, times a logarithm."""
    root = np.sqrt(1 + ratio**2 / 2)
    whole, branching = section_3._moves(1, ratio), section_3.fall_by_branching(ratio)
    assert root < whole < 2.5 * root and 1 < branching < whole ** (1 / 8)


def test_the_branching_ratio_alone_moves_the_edge_of_eq_3_8():
    """At the edge of g_nu = 0 found with fewer visible decays, Eq. 3.8 times the branching ratio is the sensitivity."""
    edge = section_3._reach(0)[1] / section_3.fall_by_branching(20)
    assert section_3.closed_form(edge, 0) / (1 + 20**2 / 2) == pytest.approx(1e-19, rel=1e-3)


@pytest.mark.parametrize("ratio", [5, 20, 50])
def test_the_heaviest_mass_is_where_the_peak_meets_the_sensitivity(ratio):
    """In y = lambda_dec g^2 width, R-bar = y e^(-1.2 y) (1 - e^-y)/(lambda_dec width^2), largest near y = 1.25."""
    y = np.linspace(0.1, 5, 200001)
    top = (y * np.exp(-1.2 * y) * -np.expm1(-y)).max()
    width = 1 + ratio**2 / 2
    lam = top / (1e-19 * width**2)  # lambda_dec where the maximum is 1e-19
    by_hand = np.sqrt(lam * 12 * np.pi * 200 * HBAR_C / 50)
    assert section_3.heaviest(ratio) == pytest.approx(by_hand, rel=1e-6)


def test_the_light_region_ends_where_the_peak_meets_the_sensitivity():
    model = case_studies.looped(2)
    m = case_studies.light_end() / 1e3
    g = np.geomspace(1e-7, 1e-1, 200001)
    top = [np.exp(SHIP.log_rate(model, mass, g)).max() for mass in (m * (1 - 1e-3), m, m * (1 + 1e-3))]
    assert top[0] > SHIP.sensitivity > top[2] and top[1] == pytest.approx(SHIP.sensitivity, rel=1e-6)


def test_a_reread_bound_is_that_of_the_louder_model():
    model, m = ZPrime.muonic(g_nu=0.1), np.geomspace(5e-3, 0.2, 20)
    louder = joint.louder(model, 3.0)
    assert louder.e == 3 * model.e and louder.u == 3 * model.u and (louder.mu, louder.nu_mu) == (1.0, 0.1)
    for factor, alike in ((3.0, louder), (1.0, model)):
        read, straight = joint.reread("SHiP", factor)(model, m), bounds.get("SHiP").region(alike, m)
        np.testing.assert_array_equal([read.lower, read.upper], [straight.lower, straight.upper])


def test_the_joint_reading_as_printed_is_the_ledger(table):
    ours, value = joint.numbers(1.0), table.set_index("id").computed
    ids = ("nu-low", "nu-2-light", "dumps-0.01", "dumps-0.001", "rate", "faser-band-0", "faser-band-0.2", "bbn-loop")
    scale = dict.fromkeys(joint.PAPER, 1.0) | {"SHiP: R-bar at 200 GeV [1e-20]": 1e-20}
    assert [scale[name] * number for name, number in ours.items()] == pytest.approx(list(value[list(ids)]), rel=1e-6)
    assert list(joint.probed(1.0).values()) == pytest.approx([value[f"most-{r}"] for r in (1, 0.1, 0.01, 0.001)])


def test_the_rate_goes_as_the_fourth_power_of_the_coupling():
    """R-bar = g^4 m^2 L/(12 pi p) at the lower edge: one more c_W is cos^4, whatever the loop."""
    once, twice = (joint.numbers(1.0, cosines=n)["SHiP: R-bar at 200 GeV [1e-20]"] for n in (1, 2))
    assert twice / once == pytest.approx(COS_W**4, rel=2e-3)
    assert joint.FACTORS["loop times c_W/e"] / joint.FACTORS["loop times 1/e"] == pytest.approx(COS_W)
    assert joint.FACTORS["loop times 1/e"] == pytest.approx(1 / E_CHARGE)


# -- Shares of the band -----------------------------------------------------------------------------


def test_shares_do_not_depend_on_the_grid(monkeypatch):
    model, weak = ZPrime.muonic(g_nu=0.1), ZPrime.muonic(g_nu=0.01)
    before = shares.free(model), shares.probed(model), shares.covered_up_to(weak), *shares.gap(model)
    monkeypatch.setattr(shares, "STEP", shares.STEP / 3)
    after = shares.free(model), shares.probed(model), shares.covered_up_to(weak), *shares.gap(model)
    assert after[:2] == pytest.approx(before[:2], abs=1e-3) and after[2:] == pytest.approx(before[2:], rel=1e-6)


def test_the_ends_are_where_the_share_is_the_one_asked_for():
    model = ZPrime.muonic(g_nu=0.01)
    for share in (0.99, 0.5, 0.1):
        end = shares.covered_up_to(model, share=share)
        assert bounds.coverage(model, np.array([end]), bounds.DUMPS)[0] == pytest.approx(share, abs=1e-5)
    low, high = shares.gap(ZPrime.muonic(g_nu=0.1))
    both = bounds.coverage(ZPrime.muonic(g_nu=0.1), np.array([low, high]), shares.EVERYTHING)
    assert both == pytest.approx([0.5, 0.5], abs=1e-5)


def test_where_nothing_or_everything_is_covered():
    assert np.isnan(shares.covered_up_to(ZPrime.muonic(g_nu=0.01), ["CCFR"]))
    assert shares.covered_up_to(ZPrime.muonic(g_nu=1), ["DUNE"]) == shares.THRESHOLD
    assert np.isnan(shares.gap(ZPrime.muonic(g_nu=1), ["DUNE"])).all()
    assert shares.gap(ZPrime.muonic(), ["CCFR"]) == (shares.LIGHTEST, shares.THRESHOLD)


def test_the_masses_leave_out_the_jpsi_and_nothing_else():
    m = shares.masses()
    step = np.diff(np.log(m))
    assert not np.any((m > 3.0) & (m < 3.2)) and np.sum(step > 1.01 * step.min()) == 1
    assert shares.LIGHTEST < m[0] and m[-1] < shares.HEAVIEST
    with pytest.raises(ValueError, match="high"):
        shares.masses(1.0, 0.5)


def test_the_cards_show_every_claim_once_and_failures_first(table, computed):
    text = ledger.cards().text
    shown = re.findall(r'id="claim-([^"]+)"></span><strong>([^<]+)<', text)
    assert sorted(name for name, _ in shown) == sorted(table.id)
    assert dict(shown) == table.set_index("id").verdict.to_dict()
    assert [verdict for _, verdict in shown] == sorted((v for _, v in shown), key=ledger.WORST_FIRST.index)


def test_every_filter_leaves_cards_and_every_card_has_its_filters(computed):
    text, form = ledger.cards().text, ledger.filters()
    classes = set(" ".join(re.findall(r":class-card: claim (.*)", text)).split())
    rules = re.findall(r"main:has\(#only-(.+?):checked\) \.claim:not\(\.(.+?)\)\{display:none\}", form)
    assert {slug for slug, _ in rules} == classes and all(button == hidden for button, hidden in rules)
    assert all(f'id="only-{slug}"' in form for slug in classes)


@pytest.mark.parametrize("text, typeset", [
    ("g_nu/g_mu", r"$g_{\nu}$/$g_{\mu}$"), ("g_nu_mu = 10", r"$g_{\nu_\mu}$ = 10"),
    ("below 2 m_mu", r"below 2 $m_{\mu}$"),
    ("2 g_e^2", r"2 $g_{e}^2$"), ("L_mu - L_tau", r"$L_\mu-L_\tau$"), ("1e-8", "$10^{-8}$"), ("a muon", "a muon"),
    ("nu_mu alike", r"$\nu_{\mu}$ alike"), ("O(1e-8)", r"$\mathcal O(10^{-8})$"), ("2.3e17", r"$2.3\times10^{17}$")])
def test_symbols_are_typeset(text, typeset):
    assert words.typeset(text) == typeset


def test_no_symbol_of_the_ledger_is_left_in_plain_text(table):
    for column in ("statement", "paper", "note", "unit"):
        plain = " ".join(re.sub(r"\$[^$]+\$", "", words.typeset(text)) for text in table[column])
        assert not re.findall(r"\w*_\w+|\^|\d+e[+-]?\d+", plain)
