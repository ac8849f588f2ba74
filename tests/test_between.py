"""Many points of different masses: decided by a table, and the same as when each is solved for."""

import numpy as np
import pytest

from zputils import ZPrime, bounds
from zputils.methods import points
from zputils.methods.between import covered, in_parts
from zputils.methods.bound import inside

N = 3000
MODELS = {"muonic": ZPrime.muonic(g_nu=0.1), "B - L": ZPrime.b_minus_l(), "photon": ZPrime.dark_photon()}


@pytest.fixture(scope="module")
def drawn():
    rng = np.random.default_rng(5)
    return np.sort(np.exp(rng.uniform(*np.log([1e-3, 10]), N))), np.exp(rng.uniform(np.log(1e-8), 0, N))


@pytest.mark.parametrize("model", MODELS)
def test_every_point_is_what_it_is_when_solved_for(drawn, model):
    m, g = drawn
    for bound in bounds.chosen():
        if inside(bound, m):
            expected = bound.region(MODELS[model], m).contains(g)
            np.testing.assert_array_equal(covered([bound], MODELS[model], m, g), expected, err_msg=bound.name)


def test_the_same_points_whether_many_or_few(drawn, monkeypatch):
    m, g = drawn
    few = bounds.excluded_by(MODELS["muonic"], m[::-1], g)
    answers = few.excluded, few.probed, few.margin("SHiP")
    monkeypatch.setattr(points, "MANY", 100)
    monkeypatch.setattr(points, "AT_ONCE", 1000)
    many = bounds.excluded_by(MODELS["muonic"], m[::-1], g)
    for one, other in zip(answers, (many.excluded, many.probed, many.margin("SHiP")), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-9)


def test_points_of_any_shape(monkeypatch):
    monkeypatch.setattr(points, "MANY", 3)
    m, g = np.geomspace(0.01, 1, 5)[:, None], np.geomspace(1e-6, 1e-2, 7)
    found = bounds.excluded_by(MODELS["muonic"], m, g).excluded
    monkeypatch.setattr(points, "MANY", 100)
    np.testing.assert_array_equal(found, bounds.excluded_by(MODELS["muonic"], m, g).excluded)


def test_a_region_in_parts_is_the_region():
    search, m = bounds.get("LHCb displaced"), np.geomspace(0.215, 0.34, 50)
    whole, parts = search.region(MODELS["photon"], m), in_parts(search, MODELS["photon"], m, 7)
    np.testing.assert_array_equal(whole.lower, parts.lower[:len(whole.lower)])
    assert np.isnan(parts.lower[len(whole.lower):]).all()


def test_no_interval_is_missed_at_any_mass():
    """Their middles, over masses much closer together than the table's, where it might step over a narrow one."""
    model = ZPrime(e=0.01, mu=-1.0, nu_mu=0.3, nu_e=-0.02, u=0.1, d=-0.4, s=0.02)
    for bound in bounds.chosen():
        low, high = max(bound.mass_range[0], 1e-3), min(bound.mass_range[1], 10.0)
        m = np.geomspace(low * (1 + 1e-9), high * (1 - 1e-9), 5000)
        region = in_parts(bound, model, m, 5000)
        for lower, upper in region.intervals:
            at = np.flatnonzero(~np.isnan(lower))
            middle = np.sqrt(np.maximum(lower[at], 1e-12) * np.minimum(upper[at], 1e4))
            assert covered([bound], model, m[at], middle).all(), bound.name
