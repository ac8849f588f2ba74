"""The published map of ratios: read whole, recast point by point against a direct count of events."""

import io

import numpy as np
import pandas as pd
import pytest
from test_recast import PHOTON, lhcb_ratio, widths

from zputils import ZPrime, bounds, curves, facts
from zputils.methods import published_map, ratio_map
from zputils.paths import DATA

LHCB = bounds.get("LHCb displaced")
PUBLISHED = published_map.load("LHCb_Aaij2019bvg_displaced")
STRONG = ZPrime(e=0.1, mu=0.1, u=1.0, d=-0.5, s=0.2)  # many more made than a dark photon of that lifetime
MODELS = {"dark photon": PHOTON, "B-L": ZPrime.b_minus_l(), "all fermions": ZPrime.all_fermions(),
          "strong quarks": STRONG}


def directly_excluded(model, m, couplings):
    """Whether each g has more events than the observed limit: through the dark photon of the same lifetime.

    Events are in units in which a dark photon makes epsilon^2 BR times the efficiency at its lifetime.
    """
    (total, part), (photon_total, photon_part) = widths(model, m), widths(PHOTON, m)
    produced, row = lhcb_ratio(model, m), PUBLISHED.log_ratio[np.flatnonzero(PUBLISHED.m == m)[0]]
    for g in couplings:
        same = g * np.sqrt(total / photon_total)  # the epsilon of that lifetime
        ratio = np.exp(np.interp(np.log(same), PUBLISHED.log_epsilon, row, left=np.inf, right=np.inf))
        events, photon_events = g**2 * produced * part["mu"] / total, same**2 * photon_part["mu"] / photon_total
        yield ratio * photon_events / events < 1


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_the_intervals_are_where_a_direct_count_excludes(model):
    region = LHCB.region(model)
    m, found = region.m, region.intervals
    assert m.size == 99
    for i in range(0, 99, 7):
        scale = np.sqrt(widths(PHOTON, m[i])[0] / widths(model, m[i])[0])
        g = np.geomspace(3.2e-6, 3.1e-4, 500) * scale
        inside = np.any([(g > lower[i]) & (g < upper[i]) for lower, upper in found], axis=0)
        np.testing.assert_array_equal(inside, list(directly_excluded(model, m[i], g)), err_msg=str(m[i]))


def test_a_set_of_intervals_can_have_holes():
    region = LHCB.region(STRONG)
    lower, upper = region.lower, region.upper
    assert len(lower) > 1
    known = np.isfinite(lower)
    assert np.all(lower[known] < upper[known]) and np.all((upper[:-1] < lower[1:])[known[1:]])
    np.testing.assert_array_equal(LHCB.region(STRONG, PUBLISHED.m).lower, lower)


@pytest.mark.parametrize("island", ["A", "B"])
def test_a_dark_photon_gets_the_published_islands_back(island):
    """Read from another source, at the masses of the map; its edges are a row or two of the map off."""
    curve = curves.load(f"LHCb_Aaij2019bvg_island_{island}")
    wide = curve.upper > 1.3 * curve.lower
    region = LHCB.region(PHOTON, curve.m[wide])
    np.testing.assert_allclose(region.lowest, curve.lower[wide], rtol=0.02)
    np.testing.assert_allclose(region.highest, curve.upper[wide], rtol=0.02)


def test_couplings_scale_and_models_without_events_say_why():
    m = np.array([0.2301, 0.2463, 0.2591])
    once, twice = (LHCB.region(factor * PHOTON, m) for factor in (1.0, 2.0))
    np.testing.assert_allclose(twice.lower, once.lower / 2)
    np.testing.assert_allclose(twice.upper, once.upper / 2)
    assert "no coupling to what produces it" in LHCB.why_not(ZPrime.muonic(loop=False))
    assert "no decay to what is searched for: mu" in LHCB.why_not(ZPrime(u=1.0))
    assert LHCB.why_not(PHOTON) is None and LHCB.why_not(1e-3 * PHOTON) is None
    assert "too few events" in LHCB.why_not(ZPrime(u=1.0, mu=1.0, nu_mu=1e4))


def test_between_and_outside_the_masses_of_the_map():
    m = np.array([0.1, 0.2134, 0.2463, (0.2463 + 0.2476) / 2, 0.3482, 0.36])
    lowest = LHCB.region(PHOTON, m).lowest
    np.testing.assert_array_equal(np.isnan(lowest), [True, True, False, False, True, True])
    left, middle, right = (PUBLISHED.at(np.array([x]))[0] for x in (0.2463, m[3], 0.2476))
    np.testing.assert_allclose(middle, (left + right) / 2)


def test_intervals_end_where_the_map_does():
    lower, upper = ratio_map.below(np.arange(4.0), np.array([[-1, 1, 1, -1.0], [np.nan] * 4, [-1, -1, -1, -1.0]]))
    np.testing.assert_array_equal(lower, [[0, np.nan, 0], [2.5, np.nan, np.nan]])
    np.testing.assert_array_equal(upper, [[0.5, np.nan, 3], [3, np.nan, np.nan]])


# -- bad input -----------------------------------------------------------------------------------------------------

GOOD = "m_GeV,epsilon,ratio\n1,0.1,5\n1,0.2,3\n1,0.4,2\n2,0.1,5\n2,0.2,4\n2,0.4,1\n"


@pytest.mark.parametrize(("old", "new", "message"), [
    ("2,0.4,1\n", "", "row 5 .m = 2 GeV, epsilon = 0.2.: a hole: at the first mass the map ends at 0.4"),
    ("2,0.1,5\n", "", "row 4 .m = 2 GeV, epsilon = 0.2.: a hole: at the first mass the map begins at 0.1"),
    ("1,0.2,3", "1,0.2,1e9", "row 2 .m = 1 GeV, epsilon = 0.2.: a placeholder"),
    ("1,0.2,3", "1,0.2,-3", "row 2 .m = 1 GeV, epsilon = 0.2.: a ratio must be a number > 0"),
    ("1,0.4,2", "1,0.2,2", "row 3 .m = 1 GeV, epsilon = 0.2.: masses must rise"),
    ("2,0.2,4", "1,0.2,4", "row 5 .m = 1 GeV, epsilon = 0.2.: masses must rise")])
def test_a_map_that_is_none_is_refused_by_file_row_and_reason(old, new, message):
    frame = pd.read_csv(io.StringIO(GOOD))
    published_map.check(frame, "mine.csv")
    assert old in GOOD
    with pytest.raises(ValueError, match=f"mine.csv, {message}"):
        published_map.check(pd.read_csv(io.StringIO(GOOD.replace(old, new))), "mine.csv")


def test_a_hole_in_the_file_is_refused_when_it_is_read(monkeypatch):
    """A ratio that is missing is no number: refused with its row."""
    row = curves.entry("LHCb_Aaij2019bvg_displaced")
    lines = (DATA / row.file).read_text(encoding="utf-8").splitlines()
    lines[10] = lines[10].rsplit(",", 1)[0] + ",NA"
    monkeypatch.setattr(curves, "_checked_text", lambda row: "\n".join(lines))
    published_map.load.cache_clear()
    curves.forget()
    try:
        with pytest.raises(ValueError, match=r"LHCb_Aaij2019bvg_displaced.csv, row 7 .*: a ratio must be a number > 0"):
            published_map.load("LHCb_Aaij2019bvg_displaced")
    finally:
        published_map.load.cache_clear()
        curves.forget()


@pytest.mark.parametrize("column", ["inspire", "confidence_level"])
def test_a_curve_without_publication_or_confidence_level_is_refused(column):
    row = curves.entry("HPS_Adrian2018scb").to_dict() | {column: ""}
    with pytest.raises(ValueError, match=rf"catalogue.csv, row HPS_Adrian2018scb: {column} is missing"):
        facts._refuse_unsaid("HPS_Adrian2018scb", row)
