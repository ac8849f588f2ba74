import numpy as np
import pytest

from zputils import SHIP, ZPrime, bounds, curves
from zputils.constants import M_MU
from zputils.experiments.bbn_cmb import BBN_CMB
from zputils.physics import decays, g_minus_2
from zputils.physics.cosmology import n_eff_decays


def brute_force_coverage(model, m, names, points=4000):
    """The covered fraction of ln g by testing many couplings one by one."""
    covered = []
    for mass in m:
        _, low, _, high = bounds.band(model, np.array([mass]))
        g = np.exp(np.linspace(np.log(low[0]), np.log(high[0]), points))
        hit = np.zeros(points, bool)
        for name in names:
            for lower, upper in bounds.get(name).region(model, np.array([mass])).intervals:
                hit |= (g > lower[0]) & (g < upper[0])
        covered.append(hit.mean())
    return np.array(covered)


@pytest.mark.parametrize("g_nu", [1, 0.1, 0.001])
def test_coverage_against_brute_force(g_nu):
    m = np.array([0.002, 0.008, 0.03, 0.1, 0.13, 0.2, 0.5])
    names = ["CCFR", "Borexino", "COHERENT", "BBN+CMB", "BaBar 4mu", "SHiP", "SeaQuest", "COHERENT future"]
    model = ZPrime.muonic(g_nu=g_nu)
    np.testing.assert_allclose(bounds.coverage(model, m, names), brute_force_coverage(model, m, names), atol=2e-3)


def test_coverage_is_additive_only_for_disjoint_intervals():
    model, m = ZPrime.muonic(g_nu=0.01), np.geomspace(2e-3, 0.2, 30)
    ship, both = (bounds.coverage(model, m, names) for names in (["SHiP"], ["SHiP", "SHiP"]))
    np.testing.assert_allclose(ship, both)


def test_published_muonic_limits_come_back_for_their_own_model():
    model = ZPrime.l_mu_minus_l_tau(loop=False)
    for name, curve in (("BaBar 4mu", "BaBar4mu_Lees2016_LmuLtau"), ("CMS 4mu", "CMS4mu_Sirunyan2018_LmuLtau")):
        region = bounds.get(name).region(model)
        np.testing.assert_allclose(region.limit, curves.load(curve).limit)


@pytest.mark.parametrize("name, curve", [("NA64mu", "NA64mu_Andreev2024klw"), ("NA64mu 3e11", "NA64mu_3e11"),
                                         ("NA64mu 2e13", "NA64mu_2e13"), ("NA64mu 1e14", "NA64mu_1e14"),
                                         ("Belle II invisible", "BelleII_Adachi2019otg")])
def test_limits_for_invisible_decays_alone_weaken_with_the_branching_ratio(name, curve):
    """Published for BR(invisible) = 1: L_mu - L_tau has it below 2 m_mu, and half of it far above."""
    published = curves.load(curve)
    gauged = ZPrime.l_mu_minus_l_tau(loop=False)
    region = bounds.get(name).region(gauged)
    light, heavy = region.m < 2 * M_MU, (region.m > 1) & (region.m < 3)
    np.testing.assert_allclose(region.limit[light], published.limit[light])
    share = decays.branching_ratio(gauged, region.m[heavy], "nu")
    np.testing.assert_allclose((published.limit / region.limit)[heavy] ** 2, share)
    assert np.all(abs(share - 0.5) < 0.02)
    assert bounds.get(name).future == (curve.startswith("NA64mu_") and "Andreev" not in curve)


def test_four_muon_limits_scale_with_the_branching_ratio():
    """Without neutrinos and taus every decay is seen: g^2 falls by BR_{Lmu-Ltau}(mu mu), 1/2 far above threshold."""
    m = np.array([0.5, 1.0, 3.0])
    muons, gauged = (bounds.get("BaBar 4mu").region(model, m).limit for model in
                     (ZPrime.muonic(loop=False), ZPrime.l_mu_minus_l_tau(loop=False)))
    expected = decays.branching_ratio(ZPrime.l_mu_minus_l_tau(loop=False), m, "mu")
    np.testing.assert_allclose((muons / gauged) ** 2, expected)
    assert expected[1] == pytest.approx(0.5, abs=0.01)


def test_n_eff_is_the_published_curve_and_follows_the_width_to_electrons():
    published, gauged = curves.load("Neff_Escudero2019_LmuLtau"), ZPrime.l_mu_minus_l_tau()
    region = bounds.get("N_eff").region(gauged)
    m, lower = region.m[1:], region.limit[1:]
    np.testing.assert_allclose(lower, published.lower)
    light = m < 0.009  # where nothing but decays and weak interactions matters
    width = (lower[light] * gauged.e) ** 2 * m[light] / (12 * np.pi)
    np.testing.assert_allclose(n_eff_decays(m[light], width), n_eff_decays(10.0, 0.0) + 0.5, atol=0.03)
    half = bounds.get("N_eff").region(ZPrime(e=gauged.e / 2, nu_mu=0.1), m).limit
    np.testing.assert_allclose(half, 2 * lower)
    light, heavy = bounds.get("N_eff").region(gauged, [1e-3, 0.1]).limit
    assert light == pytest.approx(published.lower[0]) and np.isnan(heavy)
    assert bounds.get("N_eff").why_not(ZPrime.muonic()) and bounds.get("N_eff").why_not(ZPrime(nu_mu=1.0))


def test_coverage_takes_bounds_and_their_names():
    model, m = ZPrime.muonic(g_nu=0.01), np.geomspace(2e-3, 0.2, 30)
    by_name, by_bound = (bounds.coverage(model, m, [which]) for which in ("SHiP", SHIP))
    np.testing.assert_array_equal(by_name, by_bound)


def test_scaling_a_model_scales_every_bound():
    model, m = ZPrime.b_minus_l(), np.array([3e-3, 0.05, 0.3])
    for name, bound in bounds.register().items():
        once, twice = bound.region(model, m), bound.region(2.0 * model, m)
        np.testing.assert_allclose(twice.lower, once.lower / 2, rtol=1e-7, err_msg=name)
        np.testing.assert_allclose(twice.upper, once.upper / 2, rtol=1e-7, err_msg=name)


def test_the_band_is_that_of_the_muon_coupling():
    _, low, central, high = bounds.band(-2 * ZPrime.muonic(), np.array([0.1]))
    np.testing.assert_allclose([2 * g for g in (low, central, high)], g_minus_2.g_mu_band(np.array([0.1])))
    assert np.isnan(bounds.band(ZPrime(e=1.0), np.array([0.1]))[1])


def test_a_left_bound_takes_every_coupling_below_its_mass():
    model = ZPrime.muonic(g_nu=1)
    mass = BBN_CMB.mass(model)
    ((lower, upper),) = bounds.get("BBN+CMB").region(model, [0.9 * mass, 1.1 * mass]).intervals
    assert lower[0] == 0 and upper[0] == np.inf and np.isnan(lower[1])


def test_a_reach_is_the_experiments_own_inside_its_masses():
    m = np.array([5e-4, 0.05, 50.0])
    ((lower, upper),) = bounds.get("SHiP").region(ZPrime.muonic(), m).intervals
    assert np.isnan(lower[[0, 2]]).all()
    np.testing.assert_array_equal([lower[1], upper[1]], SHIP.reach(ZPrime.muonic(), 0.05))


def test_every_bound_says_why_or_gives_a_number():
    for model in (ZPrime(tau=1.0), ZPrime.universal_leptons(), ZPrime.muonic(g_nu=0)):
        table = bounds.summary(model)
        assert (table.coupling.notna() | table.why_not.notna()).all()
        assert table.coupling[table.why_not.notna()].isna().all()


def test_summary_finds_the_strongest():
    table = bounds.summary(ZPrime.muonic(g_nu=1), np.geomspace(0.02, 0.1, 20))
    assert table.coupling["SHiP"] < table.coupling["DUNE"] < table.coupling["CCFR"]
    assert table.leads["BaBar 4mu"] == 0 and table.references["DUNE"] == "Ballett:2019xoe"
    dark = bounds.summary(ZPrime.dark_photon())
    assert dark.coupling["E137"] == pytest.approx(3.4e-8, rel=0.5)


@pytest.mark.parametrize("call, error, message", [
    (lambda: bounds.get("CCFR").region(ZPrime, 0.1).intervals, TypeError, "model = .* must be a Couplings"),
    (lambda: bounds.band("muonic", 0.1), TypeError, "model = 'muonic' must be a Couplings"),
    (lambda: decays.partial_widths(None, 0.1), TypeError, "model = None must be a Couplings"),
    (lambda: bounds.coverage(ZPrime.muonic(), 0.1, "SHiP"), TypeError, "names = 'SHiP' must be a list of names"),
    (lambda: bounds.coverage(ZPrime.muonic(), 0.1, ["SHiP"], "2021"), TypeError, "anomaly = '2021' must be a Anomaly"),
    (lambda: bounds.get("SHiP").region(ZPrime.muonic(), [np.nan, 0.1]), ValueError, "m = nan"),
    (lambda: bounds.get("CCFR").region(ZPrime.muonic(g_nu=1), -1.0), ValueError, "m = -1"),
    (lambda: decays.lepton_width(0.5, np.nan, 0.1), ValueError, "g = nan")])
def test_wrong_kinds_are_named(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_bad_input():
    with pytest.raises(KeyError, match="Belle"):
        bounds.get("Belle II")
    with pytest.raises(ValueError, match="m"):
        bounds.coverage(ZPrime.muonic(), [0.1, -1], ["SHiP"])
    with pytest.raises(ValueError, match="band reaches down"):
        bounds.coverage(ZPrime.muonic(), [2 * M_MU], ["SHiP"], anomaly=g_minus_2.ANOMALY_2025)
