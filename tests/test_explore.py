"""The interactive figure: its numbers are those of the book, each at the ratio and the mass that stand beside it."""

import base64
import gzip
import json
import re

import numpy as np
import pytest
from pybtex.database import parse_file

from zputils import SHIP, ZPrime, bounds, paths
from zputils.constants import M_MU
from zputils.experiments.bbn_cmb import BBN_CMB
from zputils.figures import looks
from zputils.methods.calibration import threshold
from zputils.pages import bibliography, explore
from zputils.physics import g_minus_2

ROUNDED = 5.01e-4  # largest relative error of four digits


@pytest.fixture(scope="module")
def element():
    return explore.element(explore.payload())


@pytest.fixture(scope="module")
def data(element):
    """The payload as the page's script reads it, edges as arrays with nan for null."""
    packed = re.fullmatch(r".*<script[^>]*>(.*)</script></div>", element).group(1)
    read = json.loads(gzip.decompress(base64.b64decode(packed)), parse_constant=not_json)
    for curve in [*read["bands"], *(part for entry in read["bounds"] for part in entry["parts"])]:
        curve["edges"] = np.array(curve["edges"], float)
    return read


def not_json(word):
    raise ValueError(f"{word} is no JSON")


def bound(data, name):
    """The last part of a bound, which is the endless one where there are several."""
    return next(entry for entry in data["bounds"] if entry["name"] == name)["parts"][-1]


def test_small_and_in_one_element(element):
    assert len(element.encode()) < 9e5
    assert element.count("</") == 5


def test_steps_are_even_in_the_logarithm(data):
    ratios, masses = np.array(data["ratios"]), np.array(data["masses"])
    assert len(ratios) >= 60 and ratios[0] == 1e-4 and ratios[-1] == 3
    np.testing.assert_allclose(np.diff(np.log(ratios)), np.log(3e4) / (len(ratios) - 1), atol=2 * ROUNDED)
    assert (np.diff(masses) > 0).all() and masses[[0, -1]].tolist() == [1e-3, 10]
    beside = masses[np.searchsorted(masses, 2 * M_MU) + np.array([-1, 0])]
    np.testing.assert_allclose(beside, 2 * M_MU, rtol=1e-3)


def test_the_four_panels_of_the_paper_are_on_the_slider(data):
    for ratio in (1, 0.1, 0.01, 0.001):
        assert min(abs(np.array(data["ratios"]) / ratio - 1)) < 0.01


@pytest.mark.parametrize("step", [0, 40, 94])
def test_the_edges_of_ship_are_where_its_rate_is_the_threshold(data, step):
    m, model = np.array(data["masses"]), ZPrime.muonic(g_nu=data["ratios"][step])
    inside = ~np.isnan(bound(data, "SHiP")["edges"][:, step]).any(axis=0)
    assert 10 < inside.sum() < len(m)
    for edge in bound(data, "SHiP")["edges"][:, step, inside]:
        below, above = (SHIP.log_rate(model, m[inside], edge * (1 + shift)) for shift in (-ROUNDED, ROUNDED))
        crossing = np.log(threshold(SHIP))
        assert np.all((below - crossing) * (above - crossing) <= 0)


def test_where_ship_has_no_edge_no_coupling_reaches_the_threshold(data):
    m, model = np.array(data["masses"]), ZPrime.muonic(g_nu=data["ratios"][84])
    outside = m[np.isnan(bound(data, "SHiP")["edges"][0, 84]) & (m <= SHIP.mass_range[1])]
    rate = SHIP.log_rate(model, outside[:, None], np.geomspace(1e-9, 1, 400))
    assert outside.size and rate.max() < np.log(threshold(SHIP))


@pytest.mark.parametrize("name", ["CCFR", "Borexino", "COHERENT", "DUNE", "COHERENT future"])
def test_neutrino_limits_move_with_the_square_root(data, name):
    scaled = bound(data, name)["edges"][0] * np.sqrt(data["ratios"])[:, None]
    np.testing.assert_allclose(scaled, np.broadcast_to(scaled[0], scaled.shape), rtol=3 * ROUNDED)


def test_babar_counts_the_decays_to_muons(data):
    """g^2 BR(mu mu) does not depend on the ratio: BR = 1/(1 + ratio^2/2) far above threshold, neutrinos left-handed."""
    edges = bound(data, "BaBar 4mu")["edges"][0]
    at = np.argmin(abs(explore.masses(bounds.get("BaBar 4mu")) - 2.5))
    weaker = (edges[:, at] / edges[0, at]) ** 2
    np.testing.assert_allclose(weaker, 1 + np.array(data["ratios"]) ** 2 / 2, rtol=5e-3)


def test_a_published_limit_is_drawn_at_every_mass_of_its_own(data):
    entry = next(entry for entry in data["bounds"] if entry["name"] == "BaBar 4mu")
    drawn = np.array(entry["parts"][-1]["edges"])[0, 0]
    own = bounds.get("BaBar 4mu").region(ZPrime.muonic(g_nu=data["ratios"][0]))
    np.testing.assert_array_equal(entry["masses"], own.m)
    np.testing.assert_allclose(drawn, own.lowest, rtol=ROUNDED)


def test_a_left_bound_is_a_mass(data):
    masses = bound(data, "BBN+CMB")["edges"]
    assert masses.shape == (1, len(data["ratios"]))
    assert masses[0, 40] == pytest.approx(BBN_CMB.mass(ZPrime.muonic(g_nu=data["ratios"][40])), rel=ROUNDED)


def test_the_bands_are_the_anomaly_plus_minus_its_error(data):
    m = np.array(data["masses"])
    for band, anomaly in zip(data["bands"], (g_minus_2.ANOMALY_2021, g_minus_2.ANOMALY_2025), strict=True):
        low, central, high = (g_minus_2.delta_a_mu(m, g) for g in band["edges"])
        np.testing.assert_allclose(central, anomaly.value, rtol=3 * ROUNDED)
        np.testing.assert_allclose(high, anomaly.value + anomaly.error, rtol=3 * ROUNDED)
        np.testing.assert_allclose(low, max(anomaly.value - anomaly.error, 0), rtol=3 * ROUNDED)
    assert [band["year"] for band in data["bands"]] == ["2021", "2025"]


def test_every_curve_has_its_look_and_its_sources(data):
    entries = parse_file(paths.REFERENCES).entries
    for curve in data["bands"] + data["bounds"]:
        assert curve["color"] == looks.look(curve["name"]).color
        assert not set("$\\{}") & set(curve["label"] + "".join(curve["references"]))
    for entry in data["bounds"]:
        years = [entries[key].fields["year"] for key in bounds.get(entry["name"]).references]
        assert all(f" {year}, " in line for year, line in zip(years, entry["references"], strict=True))
        assert entry["future"] == bounds.get(entry["name"]).future
    assert {"BaBar 4mu", "CMS 4mu", "CCFR", "Borexino", "COHERENT", "BBN+CMB", "NA64mu", "SHiP", "SeaQuest", "FASER",
            "DUNE", "COHERENT future"} <= {entry["name"] for entry in data["bounds"]}


def test_an_unknown_reference():
    with pytest.raises(KeyError, match="Nobody:1900"):
        bibliography.citation("Nobody:1900")


@pytest.mark.parametrize("value, text", [(1 / 3, 0.3333), (123456, 123500), (np.nan, None), ([2 / 3e7], [6.667e-8])])
def test_four_digits(value, text):
    assert explore.four_digits(value) == text
