"""N_eff against entropy conservation, quadrature, a plain integrator, published curves; the bound against its table."""

from functools import cache

import numpy as np
import pandas as pd
import pytest
from scipy import constants as codata
from scipy.integrate import quad, solve_ivp
from scipy.optimize import elementwise
from scipy.special import kn

from zputils import ZPrime, curves
from zputils.constants import E_CHARGE, G_FERMI, M_E
from zputils.experiments.bbn_cmb import BBN_CMB
from zputils.methods.thermal import mass_bound, published
from zputils.physics import cosmology, decays, plasma
from zputils.physics.cosmology import mass_at, n_eff, n_eff_decays
from zputils.physics.models import ZPrimes

MEV = 1e-3


@pytest.fixture
def no_weak_interactions(monkeypatch):
    monkeypatch.setattr(plasma, "weak_exchange", lambda t_gamma, t_nu: 0 * t_gamma)


def moment(weight, x, sign):
    """int dy/(2 pi^2) weight(y, E, f) f, f the Fermi (+1) or Bose (-1) occupation at E^2 = y^2 + x^2."""
    node, w = np.polynomial.legendre.leggauss(120)
    y = 30 * (node + 1)
    energy = np.hypot(y, x)
    f = np.exp(-energy) / (1 + sign * np.exp(-energy))
    return np.sum(30 * w * weight(y, energy, f) * f) / (2 * np.pi**2)


def energy_density(x, sign):
    """rho/T^4 per spin state."""
    return moment(lambda y, energy, f: y**2 * energy, x, sign)


# -- fluids ----------------------------------------------------------------------------------------


def test_massless_pressures():
    assert plasma.gas_pressure(np.array([0.0]), 1) == pytest.approx(7 / 8 * np.pi**2 / 90, rel=1e-9)
    assert plasma.gas_pressure(np.array([0.0]), -1) == pytest.approx(np.pi**2 / 90, rel=1e-9)
    assert plasma.qed_pressure(np.array([0.0])) == pytest.approx(-5 * E_CHARGE**2 / 288, rel=1e-9)


@pytest.mark.parametrize("x", [0.05, 0.7, 3.0, 12.0])
def test_boson_energy_and_its_slope_are_the_integrals(x):
    temperature = 2.0
    p, enthalpy, capacity = plasma.fluid("boson", np.array([temperature]), x * temperature)[:, 0]
    rho = 3 * temperature**4 * energy_density(x, -1)
    assert enthalpy - p == pytest.approx(rho, rel=1e-6)
    step = 1e-3
    warmer, colder = [3 * t**4 * energy_density(x * temperature / t, -1)
                      for t in (temperature * np.exp(step), temperature * np.exp(-step))]
    assert capacity == pytest.approx((warmer - colder) / (2 * step), rel=1e-4)


def test_plasma_is_photons_after_the_electrons_are_gone():
    p, enthalpy, capacity = plasma.fluid("plasma", np.array([M_E / 100]), M_E)[:, 0] / (M_E / 100) ** 4
    assert [p, enthalpy, capacity] == pytest.approx(2 * np.pi**2 / 90 * np.array([1, 4, 12]), rel=1e-9)


# -- rates -----------------------------------------------------------------------------------------


def test_annihilation_suppression_expanded_in_the_electron_mass():
    """To first order in x^2: 1 - (3 - 6 g_L g_R/(g_L^2 + g_R^2)) <x^2/w^2>, and int w^5 K_2 / int w^7 K_2 = 1/32."""
    x = np.array([0.0, 0.05])
    slope = -(3 - 6 * plasma.WEAK_PRODUCT / plasma.WEAK_SQUARES) / 32
    assert plasma.annihilation_suppression(x) == pytest.approx(1 + slope * x**2, abs=1e-6)


def test_heat_flows_from_hot_to_cold_and_stops_at_equal_temperatures():
    t = np.array([0.3, 1.0, 5.0]) * MEV
    assert np.all(plasma.weak_exchange(1.01 * t, t) > 0) and np.all(plasma.weak_exchange(t, 1.01 * t) < 0)
    assert np.all(plasma.weak_exchange(t, t) == 0)
    for flow in (cosmology.annihilation_flow(0.005, 0.1), cosmology.decay_flow(0.005, 1e-20)):
        assert np.all(flow(1.01 * t) > flow(t))


def boltzmann_density(m, t):
    """n = 3 int d^3p/(2 pi)^3 exp(-E/T)."""
    return 3 / (2 * np.pi**2) * quad(lambda p: p**2 * np.exp(-np.hypot(p, m) / t), 0, 60 * t)[0]


def test_decays_release_the_rest_energy_of_the_boltzmann_gas():
    m, t, width = 0.005, 0.002, 1e-20
    assert cosmology.decay_flow(m, width)(t) == pytest.approx(m * width * boltzmann_density(m, t), rel=1e-6, abs=0)


def test_annihilations_release_n_squared_sigma_v_m():
    m, t = 0.005, 0.002
    expected = 0.1 * cosmology.SIGMA_V * m * boltzmann_density(m, t) ** 2
    assert cosmology.annihilation_flow(m, 0.1)(t) == pytest.approx(expected, rel=1e-6, abs=0)
    assert cosmology.SIGMA_V == pytest.approx(2.57e-9, rel=1e-3, abs=0)


def test_expansion_conserves_energy():
    """d rho/d ln a = -3 (rho + p) for the sum of the fluids, whatever passes between them."""
    t_gamma, t_nu, m = np.array([3.0, 1.0, 0.3]) * MEV, np.array([2.5, 0.9, 0.2]) * MEV, 2 * MEV
    electric = np.array([True, False, True])
    flow = cosmology.annihilation_flow(m, 1e-6)  # as fast as the expansion, to order of magnitude
    rates = cosmology.cooling(t_gamma, t_nu, m, electric, flow) - 1

    def total(log_a):
        gamma, nu = t_gamma * np.exp(rates[0] * log_a), t_nu * np.exp(rates[1] * log_a)
        boson = plasma.fluid("boson", np.where(electric, gamma, nu), m)
        return plasma.fluid("plasma", gamma, M_E) + boson + plasma.neutrinos(nu)

    def density(log_a):
        pressure, enthalpy, _ = total(log_a)
        return enthalpy - pressure

    step = 1e-3 / np.abs(rates).max()
    slope = (density(step) - density(-step)) / (2 * step)
    assert slope == pytest.approx(-3 * total(0)[1], rel=1e-4, abs=0)


# -- N_eff: limits ---------------------------------------------------------------------------------


def test_standard_model():
    assert n_eff(10.0, 0) == pytest.approx(3.045, abs=0.005)
    assert n_eff(0.5, [0, 1, np.inf]) == pytest.approx(n_eff(10.0, 0), abs=1e-4)


def test_instant_decoupling_leaves_entropy_conservation(no_weak_interactions):
    """N_eff/3 = (11/4 photon entropy/plasma entropy)^(4/3); the O(e^2) part of it is the known 0.01."""
    entropy = 11 * np.pi**2 / 180 - 5 * E_CHARGE**2 / 288
    expected = 3 * (11 * np.pi**2 / 180 / entropy) ** (4 / 3)
    assert n_eff(10.0, 0) == pytest.approx(expected, abs=3e-4)
    assert expected - 3 == pytest.approx(0.0106, abs=2e-4)


def test_no_electromagnetic_correction_gives_three(no_weak_interactions, monkeypatch):
    monkeypatch.setattr(plasma, "qed_pressure", lambda x: 0 * x)
    monkeypatch.setattr(plasma, "_splines", cache(plasma._splines.__wrapped__))  # anew, without the corrections
    assert n_eff(10.0, 0) == pytest.approx(3, abs=3e-4)


def test_entropy_of_the_boson_goes_to_its_fluid(no_weak_interactions):
    """Three boson states join 21/4 of the neutrinos, or 11/2 of the plasma, until they are gone."""
    m = 0.2 * MEV
    assert n_eff(m, 0) / n_eff(10.0, 0) == pytest.approx((1 + 3 / (21 / 4)) ** (4 / 3), rel=1e-3)
    assert n_eff(m, np.inf) / n_eff(10.0, 0) == pytest.approx((1 + 3 / (11 / 2)) ** (-4 / 3), rel=3e-3)


def test_fluids_that_never_part_share_the_electrons_heat():
    """T_nu = T_gamma to the end: N_eff = 3 (11/4)^(4/3)."""
    assert n_eff_decays(0.2 * MEV, 1e-17) == pytest.approx(3 * (11 / 4) ** (4 / 3), rel=2e-3)


def test_neutrinos_alone_raise_and_electrons_alone_lower():
    m = np.geomspace(0.3, 20, 15) * MEV
    raised, lowered = n_eff(m, 0), n_eff(m, np.inf)
    assert np.all(np.diff(raised) < 0) and np.all(raised > n_eff(10.0, 0))
    assert np.all(lowered < n_eff(10.0, 0))
    assert n_eff_decays(m, 0) == pytest.approx(raised, rel=1e-6)


# -- N_eff: an independent integration, a published curve ------------------------------------------


def n_eff_in_time(m, share):
    """The same physics from textbook integrals, without QED corrections, in temperatures and seconds."""
    g_squares = 4 * (0.7386**2 + 0.2386**2) + 8 * (0.2614**2 + 0.2386**2)
    planck_mass = np.sqrt(codata.hbar * codata.c / codata.G) * codata.c**2 / codata.e * 1e-9
    sigma_v = 2.5697e-9

    def slope_of(x, sign):
        return moment(lambda y, energy, f: (y * energy) ** 2 * (1 - sign * f), x, sign)

    def pressure(x, sign):
        return moment(lambda y, energy, f: y**4 / energy / 3, x, sign)

    def slopes(log_t, temperatures):
        t, n = temperatures
        rho_g = t**4 * (np.pi**2 / 15 + 4 * energy_density(M_E / t, 1))
        h_g = rho_g + t**4 * (np.pi**2 / 45 + 4 * pressure(M_E / t, 1))
        c_g = t**3 * (4 * np.pi**2 / 15 + 4 * slope_of(M_E / t, 1))
        rho_n = n**4 * (7 * np.pi**2 / 40 + 3 * energy_density(m / n, -1))
        h_n = rho_n + n**4 * (7 * np.pi**2 / 120 + 3 * pressure(m / n, -1))
        c_n = n**3 * (7 * np.pi**2 / 10 + 3 * slope_of(m / n, -1))
        hubble = np.sqrt(8 * np.pi / 3 * (rho_g + rho_n)) / planck_mass
        weak = 32 * 0.884 * (t**9 - n**9) + 56 * 0.829 * t**4 * n**4 * (t - n)
        pairs = (t * kn(2, m / t)) ** 2 - (n * kn(2, m / n)) ** 2
        q = G_FERMI**2 / np.pi**5 * g_squares * weak + 9 * sigma_v * share * m**5 / (4 * np.pi**4) * pairs
        time = np.exp(log_t) / 6.582119569e-25
        return time * np.array([-(3 * hubble * h_g + q) / c_g, -(3 * hubble * h_n - q) / c_n])

    start = 0.01
    hubble = np.sqrt(8 * np.pi / 3 * start**4 * np.pi**2 / 30 * (10.75 + 3)) / planck_mass
    first = np.log(6.582119569e-25 / (2 * hubble))
    end = solve_ivp(slopes, (first, np.log(2e4)), [start, start], "LSODA", rtol=1e-7, atol=1e-14).y[:, -1]
    return 8 / 7 * (11 / 4) ** (4 / 3) * 21 / 8 * (end[1] / end[0]) ** 4


@pytest.mark.slow
def test_an_integration_in_time_agrees(monkeypatch):
    m, ratio = 4.9 * MEV, 3.8e-5
    monkeypatch.setattr(plasma, "qed_pressure", lambda x: 0 * x)
    monkeypatch.setattr(plasma, "annihilation_suppression", lambda x: 1 + 0 * x)
    monkeypatch.setattr(plasma, "_splines", cache(plasma._splines.__wrapped__))  # anew, without the corrections
    assert n_eff(m, ratio) == pytest.approx(n_eff_in_time(m, ratio / (1 + ratio)), abs=1e-3)


@pytest.mark.slow
def test_published_l_mu_minus_l_tau():
    """Delta N_eff = 0.5 of arXiv:1901.02010, where the exchange of virtual Z's (g > 2e-4) is negligible."""
    model, published = ZPrime.l_mu_minus_l_tau(), curves.load("Neff_Escudero2019_LmuLtau")
    g, m = published.lower[published.lower < 2e-4], published.m[published.lower < 2e-4]

    def excess(m, g):
        return n_eff_decays(m, g**2 * decays.lepton_width(m, model.e, M_E)) - n_eff(10.0, 0) - 0.5

    bracket = np.full_like(m, 2e-3), np.full_like(m, 0.02)
    computed = elementwise.find_root(excess, bracket, args=(g,), tolerances={"xrtol": 1e-4}).x
    assert g.size == 7
    assert computed == pytest.approx(m, rel=0.015)


@pytest.mark.slow
@pytest.mark.parametrize("width", [1e-20, 1e-15, 1e-10, 1e-5])
def test_masses_solved_together_and_alone_agree_however_stiff(width):
    m = np.array([0.5, 3.0, 14.7, 20.0]) * MEV
    assert [n_eff_decays(each, width) for each in m] == pytest.approx(n_eff_decays(m, width), rel=5e-5)


def test_shapes_broadcast():
    m, ratio = np.geomspace(0.5, 20, 6)[:, None] * MEV, np.array([0, 1e-5, 0.3, 1, 1e4, np.inf])
    together = n_eff(m, ratio)
    assert together.shape == (6, 6) and np.ndim(n_eff(0.01, 1.0)) == 0
    alone = [n_eff(m[i, 0], ratio[j]) for i, j in [(0, 1), (2, 3), (4, 4), (5, 5)]]
    assert alone == pytest.approx(together[[0, 2, 4, 5], [1, 3, 4, 5]], abs=1e-4)


def test_the_largest_exchange_does_not_matter(monkeypatch):
    m, ratio = np.array([1.0, 5.0, 15.0]) * MEV, np.array([1e-3, 1.0, 1e2])
    before = n_eff(m, ratio)
    monkeypatch.setattr(cosmology, "FASTEST", 10 * cosmology.FASTEST)
    assert n_eff(m, ratio) == pytest.approx(before, abs=5e-5)


# -- the bound -------------------------------------------------------------------------------------


def test_table_agrees_with_direct_solutions():
    rng = np.random.default_rng(7)
    m, ratio = np.exp(rng.uniform(np.log(0.4), np.log(40), 60)) * MEV, 10 ** rng.uniform(-10, 10, 60)
    assert cosmology._tabulated(np.log(m), np.log(ratio)) == pytest.approx(n_eff(m, ratio), abs=1e-3)


def test_ends_of_the_table_are_the_limits():
    m = np.geomspace(0.4, 40, 9)[:, None] * MEV
    assert n_eff(m, [1e-10, 1e10]) == pytest.approx(n_eff(m, [0, np.inf]), abs=1e-4)


def test_mass_at_is_where_a_direct_solution_has_that_n_eff():
    ratio = np.array([0, 1e-7, 3.8e-5, 1e-2, 1, 1e3])
    assert n_eff(mass_at(3.5, ratio), ratio) == pytest.approx(3.5, abs=1e-3)
    assert n_eff(mass_at(2.74, [1e5, np.inf]), [1e5, np.inf]) == pytest.approx(2.74, abs=1e-3)


def test_mass_at_is_the_heaviest_and_nan_where_there_is_none():
    heavier = np.geomspace(1.01, 4, 6)[:, None] * mass_at(2.74, [2e4, 1e5])  # N_eff falls below 2.74 and returns
    assert np.all(n_eff(heavier, [2e4, 1e5]) > 2.74)
    assert np.isnan(mass_at([[2.74], [9.0]], [0, 1e-5])).all() and np.ndim(mass_at(3.5, 0)) == 0


# The columns e_to_nu, MeV and N_eff of the likelihood of arXiv:1910.01649 where the paper's numbers come from.
PAPER = [(1e-5, 6.871), (1e-4, 3.540), (1e4, 1.277), (1e6, 9.385)]


@pytest.mark.parametrize("ratio, mass", PAPER)
def test_bound_is_the_published_row(ratio, mass):
    assert mass_bound(ratio) == pytest.approx(mass * MEV, rel=1e-9)


def test_bound_between_rows_is_linear_in_the_logarithm_of_the_ratio():
    assert mass_bound(10**-4.5) == pytest.approx((6.871 + 3.540) / 2 * MEV, rel=1e-9)
    assert mass_bound(10**-4.25) == pytest.approx((6.871 + 3 * 3.540) / 4 * MEV, rel=1e-9)


def test_the_papers_numbers():
    """4.9 MeV with the loop-induced coupling, 1.3 to 9.4 MeV over the decades of the ratio (Sec. 2.3)."""
    decades = mass_bound(np.geomspace(1e-6, 1e6, 4801))
    found = [BBN_CMB.mass(ZPrime.muonic(g_nu=1.0)), decades.min(), decades.max()]
    assert np.round(np.array(found) / MEV, 1).tolist() == [4.9, 1.3, 9.4]


def test_n_eff_at_the_published_bounds_is_the_published_one():
    """Two programs, one physics: 0.02 in N_eff, 2 % in the mass at which it is reached."""
    table = published()
    m, ratio = table.m_BBN_CMB_GeV.to_numpy(), table.index.to_numpy()
    assert n_eff(m, ratio) == pytest.approx(table.N_eff.to_numpy(), abs=0.02)
    assert mass_at(table.N_eff, ratio) == pytest.approx(m, rel=0.02)


@pytest.mark.parametrize("row, value, ratios", [(0, 3.531, [1e-7, 3e-7]), (-1, 2.735, [3e6, 1e7])])
def test_beyond_the_last_rows_the_bound_moves_as_n_eff_has_it(row, value, ratios):
    """What is left of the way to neutrinos (electrons) alone, against the masses where N_eff is that of the row."""
    end, edge = published().index[[row, 1 if row == 0 else -2]]

    def left(mass):
        return (mass(np.array(ratios)) - mass(end)) / (mass(edge) - mass(end))

    assert left(mass_bound) == pytest.approx(left(lambda ratio: mass_at(value, ratio)), abs=0.02)
    assert mass_bound([edge * (1 - 1e-9), edge * (1 + 1e-9)]) == pytest.approx(mass_bound(edge), rel=1e-6)


def test_bbn_and_cmb_alone_and_where_the_cmb_excludes_nothing():
    assert mass_bound(1.0, "BBN") == pytest.approx(2.542 * MEV) and mass_bound(1.0, "CMB") == pytest.approx(4.667 * MEV)
    assert np.isnan(mass_bound([2e4, 1e5, 9e5], "CMB")).all() and np.isfinite(mass_bound([1e4, 1e6], "CMB")).all()


def test_shapes_of_ratios():
    assert mass_bound(np.geomspace(1e-9, 1e9, 200).reshape(20, 10)).shape == (20, 10) and np.ndim(mass_bound(1.0)) == 0


def test_model_gives_the_ratio():
    assert BBN_CMB.mass(ZPrime(nu_tau=2.0)) == mass_bound(0) == pytest.approx(8.342 * MEV)
    assert BBN_CMB.mass(ZPrime(e=-0.1)) == mass_bound(np.inf) == pytest.approx(9.757 * MEV)
    assert BBN_CMB.mass(ZPrime(e=1e-300, nu_mu=1e-300)) == pytest.approx(mass_bound(2), rel=1e-9)
    assert BBN_CMB.mass(ZPrime.universal_leptons()) == pytest.approx(mass_bound(2 / 3), rel=1e-9)
    assert BBN_CMB.mass(7 * ZPrime.b_minus_l()) == pytest.approx(BBN_CMB.mass(ZPrime.b_minus_l()), rel=1e-9)


def test_many_models_side_by_side():
    models = [ZPrime.muonic(g_nu=0.1), ZPrime(e=1.0), ZPrime(mu=1.0)]
    together = BBN_CMB.mass(ZPrimes.of(models))
    assert together.shape == (3, 1)
    np.testing.assert_array_equal(together[:, 0], [BBN_CMB.mass(model) for model in models])


def test_no_coupling_is_nan_with_the_reason():
    model = ZPrime.muonic(loop=False)
    assert np.isnan(BBN_CMB.mass(model))
    assert "electrons or neutrinos" in BBN_CMB.why_not(model)
    assert BBN_CMB.why_not(ZPrime.muonic()) is None


# -- bad input -------------------------------------------------------------------------------------


@pytest.mark.parametrize("call, message", [
    (lambda: n_eff(0, 1), "m = 0"),
    (lambda: n_eff(1e-8, 1), "m .GeV. = 1e-08"),
    (lambda: n_eff([1e-3, np.nan], 1), "m = nan"),
    (lambda: n_eff(1e-3, -1), "ratio = -1"),
    (lambda: n_eff(1e-3, np.nan), "ratio = nan"),
    (lambda: n_eff(1e-3, "all"), "ratio"),
    (lambda: n_eff_decays(1e-3, np.inf), "width = inf"),
    (lambda: mass_bound([1, -1e-3]), "ratio = -0.001"),
    (lambda: mass_at(3.5, np.nan), "ratio = nan"),
    (lambda: mass_at(np.nan, 1), "value = nan"),
])
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_unknown_data():
    with pytest.raises(KeyError, match="data = 'strict' is not one of"):
        mass_bound(1, "strict")


def test_written_table_holds_the_direct_solution(tmp_path, monkeypatch):
    monkeypatch.setattr(cosmology, "MASSES", np.array([0.002, 0.01]))
    monkeypatch.setattr(cosmology, "RATIOS", np.array([1e-5, 1.0]))
    cosmology.write_table(tmp_path / "n_eff.csv")
    written = pd.read_csv(tmp_path / "n_eff.csv", comment="#").pivot(index="m_GeV", columns="ratio", values="N_eff")
    assert written.to_numpy() == pytest.approx(n_eff([[0.002], [0.01]], [1e-5, 1]), abs=1e-4)
    assert [path.name for path in tmp_path.iterdir()] == ["n_eff.csv"]
