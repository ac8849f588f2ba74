from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import dblquad, quad

from zputils import ZPrime, curves
from zputils.constants import ATOMIC_MASS_UNIT, FERMI, G_FERMI, GEV2_TO_CM2, M_E, M_MU, SIN2_W_LOW
from zputils.experiments.borexino import BOREXINO, BOREXINO_EXCESS
from zputils.experiments.ccfr import CCFR
from zputils.experiments.charm_ii import CHARM_II
from zputils.experiments.coherent import (
    COHERENT_CSI,
    COHERENT_FUTURE,
    COHERENT_FUTURE_AR,
    COHERENT_FUTURE_NAI,
    coherent_future,
)
from zputils.experiments.texono import TEXONO
from zputils.methods import reactor
from zputils.methods.polynomial import at_excess, quadratic_roots
from zputils.methods.stopped_pions import E_DELAYED, E_PROMPT, delayed_nu_e, delayed_nu_mu
from zputils.methods.together import Together
from zputils.physics.nu_electron import nu_electron
from zputils.physics.nuclei import NUCLEI, cevns
from zputils.physics.recoils import KEV, gauss_legendre, max_recoil, min_energy

MASSES = np.geomspace(1e-4, 10, 30)
OPPOSED, ALIGNED = ZPrime.muonic(g_nu=1), ZPrime.muonic(g_nu=-1)
NAI, ARGON = coherent_future(0.05, shared=0, bins=1).experiments  # counts alone
EXPERIMENTS = [BOREXINO, COHERENT_CSI, NAI, ARGON]
BINNED = [CHARM_II, COHERENT_FUTURE_NAI, COHERENT_FUTURE_AR, COHERENT_FUTURE]
every_experiment = pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda e: e.name)


def count(experiment, model, m, g):
    n0, n1, n2 = experiment.counts(model, m)
    return n0 + n1 * g**2 + n2 * g**4


# -- kinematics and cross sections -----------------------------------------------------------------


def test_min_energy_inverts_max_recoil():
    energy = np.geomspace(1e-4, 1, 20)
    np.testing.assert_allclose(min_energy(max_recoil(energy, M_E), M_E), energy, rtol=1e-12)


def test_nu_electron_total_at_high_energy():
    """sigma -> (2 G_F^2 m_e E/pi)(g_L^2 + g_R^2/3) for E >> m_e: 9.5e-42 cm^2 per GeV for nu_e."""
    energy, g_l, g_r = 100.0, SIN2_W_LOW + 0.5, SIN2_W_LOW
    total, _ = quad(nu_electron, 0, max_recoil(energy, M_E), args=(energy, g_l, g_r))
    limit = 2 * G_FERMI**2 * M_E * energy / np.pi * (g_l**2 + g_r**2 / 3)
    assert total == pytest.approx(limit, rel=1e-4)
    assert total * GEV2_TO_CM2 / energy == pytest.approx(9.5e-42, rel=0.02)


def test_pion_and_muon_decay_spectra():
    """Each spectrum holds one neutrino; the mean energies are (7/10) and (6/10) of the end point m_mu/2."""
    for spectrum, share in ((delayed_nu_mu, 0.7), (delayed_nu_e, 0.6)):
        assert quad(spectrum, 0, E_DELAYED)[0] == pytest.approx(1, rel=1e-10)
        assert quad(lambda e, f=spectrum: e * f(e), 0, E_DELAYED)[0] == pytest.approx(share * M_MU / 2, rel=1e-10)
    assert pytest.approx(29.8e-3, rel=1e-3) == E_PROMPT


@pytest.mark.parametrize("nucleus", NUCLEI.values(), ids=NUCLEI)
def test_helm_form_factor(nucleus):
    """F -> 1 - q^2 <r^2>/6 with <r^2> = 3 R^2/5 + 3 s^2, and its first zero where tan x = x, x = 4.4934."""
    c, a, s = 1.23 * nucleus.nucleons ** (1 / 3) - 0.60, 0.52, 0.9
    radius = np.sqrt(c**2 + 7 * np.pi**2 * a**2 / 3 - 5 * s**2)
    q2 = 1e-6
    slope = (1 - nucleus.helm(q2)) / q2 / FERMI**2 * 6
    assert slope == pytest.approx(0.6 * radius**2 + 3 * s**2, rel=1e-3)
    assert abs(nucleus.helm((4.493409458 / radius / FERMI) ** 2)) < 1e-9


def test_cevns_total_below_the_form_factor():
    """sigma -> G_F^2 Q_V^2 E^2/pi when q R << 1 (E = 0.1 MeV), up to E/M."""
    energy, nucleus = 1e-4, NUCLEI["Cs"]
    total, _ = quad(cevns, 0, max_recoil(energy, nucleus.mass), args=(energy, nucleus))
    assert total == pytest.approx(G_FERMI**2 * energy**2 / np.pi, rel=1e-4)


def test_cevns_stops_at_the_largest_recoil():
    nucleus = NUCLEI["Ar"]
    top = max_recoil(E_PROMPT, nucleus.mass)
    assert cevns(1.001 * top, E_PROMPT, nucleus) == 0 < cevns(0.99 * top, E_PROMPT, nucleus)


# -- counts against brute force --------------------------------------------------------------------


def brute_force_borexino(model, m, g):
    """The rate in the window, written in g_V and g_A, over the Standard Model's, by adaptive integration."""
    def rate(t, g):
        total, e = 0.0, BOREXINO.energy
        for share, sign, nu in ((0.53, 1, model.nu_e), (0.235, -1, model.nu_mu), (0.235, -1, model.nu_tau)):
            g_v = 2 * SIN2_W_LOW + sign / 2 + g**2 * nu * model.e / (np.sqrt(2) * G_FERMI * (m**2 + 2 * M_E * t))
            g_a = sign / 2
            total += share * ((g_v + g_a) ** 2 + (g_v - g_a) ** 2 * (1 - t / e) ** 2
                              - (g_v**2 - g_a**2) * M_E * t / e**2)
        return total

    window = 270e-6, 2 * BOREXINO.energy**2 / (M_E + 2 * BOREXINO.energy)
    return 47.5 * quad(rate, *window, args=(g,), epsrel=1e-10)[0] / quad(rate, *window, args=(0,), epsrel=1e-10)[0]


@pytest.mark.parametrize("model", [OPPOSED, ALIGNED, ZPrime.l_mu_minus_l_tau(), ZPrime.b_minus_l()])
@pytest.mark.parametrize("m", [1e-4, 5e-3, 0.3])
def test_borexino_count_against_brute_force(model, m):
    g = BOREXINO.limit(model, m)
    assert count(BOREXINO, model, m, g) == pytest.approx(brute_force_borexino(model, m, g), rel=1e-8)


def brute_force_coherent(experiment, model, m, g, efficiency):
    """Events by adaptive integration over recoil and neutrino energy, with the amplitude squared at each point."""
    total, units = 0.0, sum(NUCLEI[e].units for e in experiment.target)
    for element in experiment.target:
        z, a = NUCLEI[element].protons, NUCLEI[element].nucleons
        mass = NUCLEI[element].units * ATOMIC_MASS_UNIT
        atoms = experiment.mass / (units * 1.66053907e-27)

        def rate(e, t, nu, z=z, a=a, mass=mass, element=element):
            q_v = z * (0.5 - 2 * SIN2_W_LOW) - (a - z) / 2
            charge = z * (2 * model.u + model.d) + (a - z) * (model.u + 2 * model.d)
            q_v += g**2 * nu * charge / (np.sqrt(2) * G_FERMI * (m**2 + 2 * mass * t))
            return (G_FERMI**2 * mass / np.pi * q_v**2 * NUCLEI[element].helm(2 * mass * t) ** 2
                    * (1 - mass * t / 2 / e**2) * efficiency(t))

        low, high = experiment.window
        tops = [2 * e**2 / (mass + 2 * e) for e in (E_PROMPT, M_MU / 2)]
        events = quad(lambda t, f=rate: f(E_PROMPT, t, model.nu_mu), low, min(high, tops[0]), limit=400)[0]
        for spectrum, nu in ((delayed_nu_mu, model.nu_mu), (delayed_nu_e, model.nu_e)):
            events += dblquad(lambda e, t, f=rate, s=spectrum, nu=nu: f(e, t, nu) * s(e), low, min(high, tops[1]),
                              lambda t, mass=mass: (t + np.sqrt(t**2 + 2 * mass * t)) / 2, M_MU / 2, epsrel=1e-6)[0]
        total += atoms * events
    return total * GEV2_TO_CM2 * 0.08 * experiment.protons / (4 * np.pi * (experiment.distance * 100) ** 2)


@pytest.mark.parametrize("model, g", [(ZPrime(), 0.0), (ALIGNED, 2e-3), (OPPOSED, 2e-3), (ZPrime.b_minus_l(), 2e-4)])
def test_argon_events_against_brute_force(model, g):
    brute = brute_force_coherent(ARGON, model, 0.02, g, lambda t: 1.0)
    assert count(ARGON, model, 0.02, g) == pytest.approx(brute, rel=1e-5)


def test_csi_events_against_brute_force():
    """The steps of the acceptance cost the adaptive integral 1.5e-4."""
    table = curves.table("coherent_csi_acceptance")
    brute = brute_force_coherent(COHERENT_CSI, ALIGNED, 0.02, 1.5e-3,
                                 lambda t: np.interp(1.17e6 * t, table.photoelectrons, table.acceptance))
    assert count(COHERENT_CSI, ALIGNED, 0.02, 1.5e-3) == pytest.approx(brute, rel=3e-4)


# -- the Standard Model ----------------------------------------------------------------------------


def test_standard_model_counts():
    assert abs(BOREXINO.standard_model() - 47.5) < 3.4
    assert abs(COHERENT_CSI.standard_model() - 173) < 48


def test_borexino_without_oscillations():
    """arXiv:1104.1816 expects 74 +- 5.2 counts without flavour change, radiative corrections included."""
    assert abs(replace(BOREXINO, survival=1.0).standard_model() - 74) < 5.2


@pytest.mark.parametrize("one", [NAI, ARGON], ids=lambda e: e.name)
def test_bins_add_up_to_the_count(one):
    for model in (OPPOSED, ZPrime.b_minus_l()):
        for part, whole in zip(one.binned(8).counts(model, MASSES), one.counts(model, MASSES), strict=True):
            np.testing.assert_allclose(part, whole, rtol=2e-4)  # the quadrature has other nodes
    assert np.all(one.binned(8).kernel(np.ones(1)).n0 > 50)  # enough for a normal distribution


def test_a_bin_is_the_count_in_its_window():
    first, second = ARGON.binned(2).kernel(MASSES), replace(ARGON, window=(ARGON.window[0], ARGON.binned(2).cuts[0]))
    np.testing.assert_allclose(first.linear[:, 0], second.kernel(MASSES).linear[:, 0], rtol=1e-4)


# -- limits ----------------------------------------------------------------------------------------


@every_experiment
@pytest.mark.parametrize("model", [OPPOSED, ALIGNED, ZPrime.b_minus_l(), ZPrime.l_mu_minus_l_tau()])
def test_edges_are_where_chi_squared_is_the_threshold(experiment, model):
    """Every finite edge, put back into the chi^2 with the normalisation profiled numerically by its definition."""
    found = 0
    for region in experiment.regions(model, MASSES):
        for edge in region:
            m, g = MASSES[np.isfinite(edge)], edge[np.isfinite(edge)]
            n = count(experiment, model, m, g)
            n0 = experiment.counts(model, 1.0)[0]
            observed, error = (n0, np.sqrt(n0)) if experiment.observed is None else (experiment.observed,
                                                                                      experiment.error)
            pull = (observed - n) * n * experiment.systematic / (error**2 + (experiment.systematic * n) ** 2)
            chi2 = ((observed - n * (1 + experiment.systematic * pull)) / error) ** 2 + pull**2
            np.testing.assert_allclose(chi2, experiment.z**2, rtol=1e-6)
            found += len(g)
    assert found >= len(MASSES)


@every_experiment
def test_everything_above_the_limit_is_excluded(experiment):
    limit = experiment.limit(OPPOSED, MASSES)
    _, high = experiment.allowed(experiment.counts(OPPOSED, 1.0)[0])
    for factor in (1.001, 1.1, 2, 10):
        assert np.all(count(experiment, OPPOSED, MASSES, factor * limit) > high)
    assert np.all(count(experiment, OPPOSED, MASSES, 0.999 * limit) < high)


@every_experiment
def test_heavy_mass_is_a_contact_interaction(experiment):
    """For m^2 >> Q^2 only g/m matters; for m^2 << Q^2 the mass drops out."""
    heavy = experiment.limit(OPPOSED, np.array([10.0, 100.0])) / [10.0, 100.0]
    light = experiment.limit(OPPOSED, np.array([1e-6, 1e-5]))
    assert heavy[0] == pytest.approx(heavy[1], rel=1e-3)
    assert light[0] == pytest.approx(light[1], rel=1e-3)


def test_contact_limit_from_a_shifted_weak_charge():
    """Far above the momentum transfer argon's Q_V becomes Q_V - Z g_p g_nu/(sqrt2 G_F m^2) for the two nu_mu's."""
    m, opposed = 50.0, OPPOSED
    limit = ARGON.limit(opposed, m)
    argon = NUCLEI["Ar"]
    only_mu = ARGON.counts(ZPrime(nu_mu=1, u=2 / 3, d=-1 / 3), m)
    share = only_mu[2] / (18 / (np.sqrt(2) * G_FERMI * m**2)) ** 2 * argon.weak_charge**2 / only_mu[0]
    shifted = argon.weak_charge + 18 * opposed.proton * limit**2 / (np.sqrt(2) * G_FERMI * m**2)
    ratio = 1 - share + share * (shifted / argon.weak_charge) ** 2
    _, high = ARGON.allowed(only_mu[0])
    assert ratio == pytest.approx(high / only_mu[0], rel=1e-4)


@every_experiment
@pytest.mark.parametrize("sign", [1, -1])
def test_product_scaling_is_exact_at_fixed_flavour_and_sign(experiment, sign):
    """Only g_nu g_f enters the count, so limits move as |g_nu/g_mu|^(-1/2), interference included."""
    reference = experiment.regions(ZPrime.muonic(g_nu=sign), MASSES)
    for ratio in (0.001, 0.1, 10):
        scaled = experiment.regions(ZPrime.muonic(g_nu=sign * ratio), MASSES)
        np.testing.assert_allclose(np.array(scaled) * np.sqrt(ratio), reference, rtol=1e-9)


@every_experiment
def test_product_scaling_fails_when_the_sign_changes(experiment):
    """The interference turns round: the two limits would be equal if only |g_nu g_f| mattered."""
    ratio = experiment.limit(OPPOSED, 0.01) / experiment.limit(ALIGNED, 0.01)
    assert abs(np.log(ratio)) > 0.4


def test_borexino_interference_cancels_between_mu_and_tau():
    n0, n1, n2 = BOREXINO.counts(ZPrime.l_mu_minus_l_tau(), MASSES)
    _, cross, square = BOREXINO.counts(OPPOSED, MASSES)
    assert np.all(np.abs(n1) < 1e-12 * np.abs(cross))
    np.testing.assert_allclose(n2, 2 * square, rtol=1e-12)
    assert n0 == BOREXINO.expected


def test_borexino_knows_the_flavour():
    """g_nu g_e < 0 adds to the weak amplitude of nu_mu and opposes that of nu_e, g_L = s_W^2 -+ 1/2."""
    m, electrons = 0.01, {"e": -1.0}
    assert BOREXINO.counts(ZPrime(nu_mu=1, **electrons), m)[1] > 0
    assert BOREXINO.counts(ZPrime(nu_tau=1, **electrons), m)[1] > 0
    assert BOREXINO.counts(ZPrime(nu_e=1, **electrons), m)[1] < 0
    mu, mu_tau, flipped = (BOREXINO.limit(model, m) for model in (OPPOSED, ZPrime.l_mu_minus_l_tau(), ALIGNED))
    assert 0.85 < mu / mu_tau < 0.97 and 1.4 < flipped / mu_tau < 1.6


def test_coherent_is_blind_to_tau():
    np.testing.assert_array_equal(COHERENT_CSI.limit(ZPrime.l_mu_minus_l_tau(), MASSES),
                                  COHERENT_CSI.limit(OPPOSED, MASSES))


def test_opposite_sign_splits_the_excluded_region():
    """Eq. 2.12 with g_mu g_nu > 0 opposes Q_V: too few events, then as many as the weak force makes, then too many."""
    (lower, upper), (limit, top) = COHERENT_CSI.regions(OPPOSED, MASSES)
    assert np.all((lower < upper) & (upper < limit)) and np.all(np.isinf(top))
    low, high = COHERENT_CSI.allowed(COHERENT_CSI.standard_model())
    assert np.all(count(COHERENT_CSI, OPPOSED, MASSES, np.sqrt(lower * upper)) < low)
    between = count(COHERENT_CSI, OPPOSED, MASSES, np.sqrt(upper * limit))
    assert np.all((between > low) & (between < high))
    assert np.all(np.isnan(COHERENT_CSI.regions(ALIGNED, MASSES)[0]))


def test_two_targets_fill_each_others_gap():
    """The couplings that interference hides from one target are those of a window; the other target closes it."""
    m = np.geomspace(1e-3, 1, 40)
    joint = coherent_future(0.02, shared=0, bins=1)
    assert all(np.isfinite(one.regions(OPPOSED, m)[0][0]).all() for one in joint.experiments)
    open_in_both = np.isfinite([lower for lower, _ in joint.regions(OPPOSED, m)[:-1]]).any(axis=0)
    assert open_in_both.sum() < 5  # where the two windows cross


@pytest.mark.parametrize("shared", [0, 0.5, 1])
@pytest.mark.parametrize("systematic", [0.01, 0.02, 0.05, 0.10])
def test_recoil_bins_leave_no_window_and_no_step(systematic, shared):
    m = np.geomspace(1e-3, 10, 200)
    *islands, (limit, _) = coherent_future(systematic, shared).regions(OPPOSED, m)
    assert np.isnan([lower for lower, _ in islands]).all()
    assert np.all(abs(np.diff(np.log(limit))) < 1.2 * np.diff(np.log(m)))  # a step would be far above
    aligned = coherent_future(systematic, shared).limit(ALIGNED, m)
    assert abs(limit[0] / aligned[0] - 1) < 0.01 and 2e-4 < limit[0] < 2.7e-4


def test_a_larger_systematic_weakens_the_projection():
    for bins in (1, 8):
        limits = [coherent_future(s, bins=bins).limit(ALIGNED, MASSES) for s in (0.0, 0.02, 0.05, 0.10)]
        assert np.all(np.diff(limits, axis=0) > 0)


# -- published curves ------------------------------------------------------------------------------


def test_published_borexino():
    curve = curves.load("Borexino_LmuLtau")
    m = curve.m[(curve.m > 3e-3) & (curve.m < 25e-3)]
    ratio = BOREXINO.limit(ZPrime.l_mu_minus_l_tau(), m) / curve.at(m)
    assert np.all(np.abs(ratio - 1) < 0.25)


def test_published_coherent_is_the_constructive_sign():
    curve = curves.load("COHERENT_existing_LmuLtau")
    m = curve.m[(curve.m > 3e-3) & (curve.m < 0.1)]
    assert np.all(np.abs(COHERENT_CSI.limit(ALIGNED, m) / curve.at(m) - 1) < 0.15)
    assert np.all(COHERENT_CSI.limit(OPPOSED, m) / curve.at(m) > 2)


def test_the_other_criterion_for_borexino_is_as_loose_as_the_published_curve():
    """A rate 30 % above the expected one, as arXiv:1803.05466 takes it: its B-L curve, and the one of L_mu - L_tau."""
    curve = curves.load("Borexino_LmuLtau")
    m = curve.m[(curve.m > 3e-3) & (curve.m < 25e-3)]
    published = curve.at(m) / m
    l_mu_l_tau = ZPrime.l_mu_minus_l_tau()
    excess = at_excess(BOREXINO, BOREXINO_EXCESS, l_mu_l_tau, m) / m
    measured = BOREXINO.limit(l_mu_l_tau, m) / m
    assert np.all(abs(excess / published - 1) < 0.08) and np.all(measured < 0.85 * published)
    n0, n1, n2 = BOREXINO.counts(l_mu_l_tau, 0.01)
    g = at_excess(BOREXINO, BOREXINO_EXCESS, l_mu_l_tau, 0.01)
    assert n0 + n1 * g**2 + n2 * g**4 == pytest.approx(1.3 * 47.5, rel=1e-12)


# -- CHARM II ----------------------------------------------------------------------------------------


def charm_rates(g_v, g_a, product=0.0, m=1.0):
    """nu_mu e and nubar_mu e between 3 and 24 GeV, by adaptive integration in g_V and g_A."""
    def rate(t, energy, sign):
        vector = g_v + product / (np.sqrt(2) * G_FERMI * (m**2 + 2 * M_E * t))
        return ((vector + sign * g_a) ** 2 + (vector - sign * g_a) ** 2 * (1 - t / energy) ** 2
                - (vector**2 - g_a**2) * M_E * t / energy**2)

    tops = [min(24.0, max_recoil(energy, M_E)) for energy in CHARM_II.energies]
    return np.array([quad(rate, 3.0, top, args=(energy, sign), epsrel=1e-10)[0]
                     for energy, top, sign in zip(CHARM_II.energies, tops, (1, -1), strict=True)])


@pytest.mark.parametrize("model", [OPPOSED, ALIGNED, ZPrime.b_minus_l()])
@pytest.mark.parametrize("m", [1e-3, 0.1, 5.0])
def test_charm_ii_rates_against_brute_force(model, m):
    x = 1.3 * CHARM_II.limit(model, m) ** 2
    kernel = CHARM_II.kernel(np.array([m]))
    n1, n2 = kernel.at(np.array([[model.e * model.nu_mu]]))
    standard = 2 * SIN2_W_LOW - 0.5, -0.5
    expected = charm_rates(*standard, x * model.e * model.nu_mu, m) / charm_rates(*standard)
    np.testing.assert_allclose(kernel.n0 + (n1 * x + n2 * x**2).ravel(), expected, rtol=1e-8)


def test_charm_ii_is_its_ellipse_in_g_v_and_g_a():
    """A heavy Z' shifts g_V alone: chi^2 in the two rates is that in g_V, which has the published error."""
    m = np.array([1e3])
    kernel = CHARM_II.kernel(m)
    for shift in (-0.05, -0.02, 0.01, 0.04):
        product = np.array([[shift * np.sqrt(2) * G_FERMI * m[0] ** 2]])
        chi2 = CHARM_II.chi_squared(kernel, product)([[1.0]]).item()
        g_v, g_a = 2 * SIN2_W_LOW - 0.5 + shift, -0.5
        pairs = (g_v, CHARM_II.vector), (g_a, CHARM_II.axial)
        expected = sum(((value - g) / error) ** 2 for g, (value, error) in pairs)
        assert chi2 == pytest.approx(expected, abs=0.2 + 0.1 * expected)


def test_charm_ii_error_is_that_of_its_weak_angle():
    """sin^2 theta_W = 0.2324 +- 0.0083 comes from the ratio of the two rates: so does our uncorrelated error."""
    ratio = [np.divide(*charm_rates(2 * s - 0.5, -0.5)) for s in (0.2324 - 0.0083, 0.2324 + 0.0083)]
    assert np.log(ratio[0] / ratio[1]) / 2 == pytest.approx(np.sqrt(2) * CHARM_II.errors[0], rel=0.04)


def test_published_charm_ii():
    """The B-L curve of arXiv:1803.05466, whose level is not on record."""
    curve = curves.load("CHARMII_Bauer2018onh_BL")
    m = np.geomspace(1e-3, 100, 60)
    ratio = CHARM_II.limit(ZPrime.b_minus_l(), m) / curve.at(m)
    assert np.all(abs(ratio - 1) < 0.06)


def test_charm_ii_is_weaker_than_ccfr_above_100_mev():
    """The paper's footnote 7, for g_nu = g_mu and the sign of Eq. 2.12."""
    m = np.geomspace(0.1, 10, 50)
    assert np.all(CHARM_II.limit(OPPOSED, m) > 1.5 * CCFR.limit(OPPOSED, m))
    assert np.all(CHARM_II.limit(ALIGNED, m) > CCFR.limit(OPPOSED, m))
    assert np.all(CHARM_II.limit(OPPOSED, m) < BOREXINO.limit(OPPOSED, m))  # the strongest elastic limit there
    *islands, (coherent, _) = COHERENT_CSI.regions(OPPOSED, m)
    assert np.all(CHARM_II.limit(OPPOSED, m) < np.fmin(islands[0][0], coherent))


# -- TEXONO ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [ZPrime.b_minus_l(), ZPrime(e=1, nu_e=-1)])
def test_texono_against_brute_force(model):
    m, x = 5e-3, 1.2 * TEXONO.limit(model, 5e-3) ** 2

    def rate(product):
        def integrand(energy, t):
            z_prime = product / (2 * np.sqrt(2) * G_FERMI * (m**2 + 2 * M_E * t))
            g_l, g_r = SIN2_W_LOW + 0.5 + z_prime, SIN2_W_LOW + z_prime
            kinematic = g_r**2 + g_l**2 * (1 - t / energy) ** 2 - g_l * g_r * M_E * t / energy**2
            return reactor.spectrum(energy) * kinematic

        return dblquad(integrand, 3e-3, 8e-3, lambda t: min_energy(t, M_E), 12e-3, epsrel=1e-9)[0]

    expected = rate(x * model.e * model.nu_e) / rate(0.0)
    assert count(TEXONO, model, m, np.sqrt(x)) == pytest.approx(expected, rel=1e-6)


def test_published_texono():
    """The B-L curve of arXiv:1803.05466 puts all antineutrinos at 2 MeV, so that it turns at a smaller Q^2."""
    curve = curves.load("TEXONO_Bauer2018onh_BL")
    m = np.geomspace(5e-4, 100, 60)
    ratio = TEXONO.limit(ZPrime.b_minus_l(), m) / curve.at(m)
    assert np.all((0.95 < ratio) & (ratio < 1.30))


def test_reactor_spectrum():
    """Vogel and Engel's: a mean of about 6 antineutrinos per fission, of which about 1.9 above 1.8 MeV."""
    above = quad(reactor.spectrum, 1.8e-3, 12e-3)[0] * 1e3
    assert above == pytest.approx(1.9, abs=0.15)


# -- no limit, and bad input -----------------------------------------------------------------------


@pytest.mark.parametrize("experiment, model, reason", [
    (BOREXINO, ZPrime.muonic(g_nu=0), "neutrinos"),
    (BOREXINO, ZPrime.muonic(g_nu=1, loop=False), "electrons"),
    (COHERENT_CSI, ZPrime.muonic(g_nu=0), "nu_e or nu_mu"),
    (COHERENT_CSI, ZPrime(nu_tau=1, u=1), "nu_e or nu_mu"),
    (COHERENT_CSI, ZPrime.universal_leptons(), "nuclei"),
    (COHERENT_FUTURE, ZPrime.universal_leptons(), "nuclei"),
    (CHARM_II, ZPrime(e=1, nu_e=1), "muon neutrinos"),
    (TEXONO, ZPrime(e=1, nu_mu=1), "electron neutrinos"),
    (CHARM_II, ZPrime(mu=1, nu_mu=1), "electrons"),
])
def test_no_coupling_is_nan_with_a_reason(experiment, model, reason):
    assert reason in experiment.why_not(model)
    assert np.all(np.isnan(experiment.limit(model, MASSES)))


@pytest.mark.parametrize("experiment", [*EXPERIMENTS, *BINNED], ids=lambda e: e.name)
def test_a_reason_only_without_a_limit(experiment):
    for model in (OPPOSED, ZPrime.b_minus_l(), ZPrime.all_fermions()):
        assert experiment.why_not(model) is None
        assert np.all(np.isfinite(experiment.limit(model, MASSES)))


@pytest.mark.parametrize("experiment", [*EXPERIMENTS, *BINNED], ids=lambda e: e.name)
def test_shape_is_preserved(experiment):
    scalar = experiment.limit(OPPOSED, 0.01)
    assert np.ndim(scalar) == 0
    table = experiment.limit(OPPOSED, np.full((2, 3), 0.01))
    assert table.shape == (2, 3)
    np.testing.assert_allclose(table, scalar, rtol=1e-12)


@pytest.mark.parametrize("m", [0.0, -1.0, np.nan, [0.01, -0.01], "ten"])
def test_bad_mass(m):
    for experiment in (BOREXINO, COHERENT_CSI, COHERENT_FUTURE):
        with pytest.raises(ValueError, match="m"):
            experiment.limit(OPPOSED, m)


def test_energy_below_threshold():
    with pytest.raises(ValueError, match=r"window\[0\] \[GeV\] = 0.00027"):
        replace(BOREXINO, energy=384 * KEV)
    with pytest.raises(ValueError, match=r"window\[0\] \[GeV\] = 0.0002 .*0.00014"):
        replace(COHERENT_FUTURE_AR, window=(200 * KEV, np.inf))


def test_threshold_above_one_of_two_nuclei():
    """Iodine recoils stay below 47 keV: above that NaI counts on sodium alone."""
    high = replace(COHERENT_FUTURE_NAI, window=(60 * KEV, np.inf))
    shared = dict(target=("Na",), mass=high.mass * 22.989769 / (22.989769 + 126.904473))
    np.testing.assert_allclose(high.standard_model(), replace(high, **shared).standard_model(), rtol=1e-12)


@pytest.mark.parametrize("change, error, match", [
    ({"target": ("Xe",)}, KeyError, "target = 'Xe' is not one of"),
    ({"mass": 0.0}, ValueError, "mass = 0"),
    ({"distance": -1.0}, ValueError, "distance = -1"),
    ({"light_yield": 0.0}, ValueError, "light_yield = 0"),
    ({"level": 1.0}, ValueError, "level = 1"),
    ({"systematic": 0.7}, ValueError, "systematic = 0.7"),
    ({"acceptance": "coherent"}, KeyError, "coherent_csi_acceptance"),
])
def test_bad_experiment(change, error, match):
    with pytest.raises(error, match=match):
        replace(COHERENT_CSI, **change).limit(OPPOSED, 0.01)


def test_a_measurement_that_excludes_the_standard_model():
    with pytest.raises(ValueError, match="outside"):
        replace(COHERENT_CSI, observed=10.0, error=1.0).limit(OPPOSED, 0.01)
    with pytest.raises(ValueError, match="CHARM II: the Standard Model's"):
        replace(CHARM_II, vector=(0.2, 0.02)).limit(OPPOSED, 0.01)


@pytest.mark.parametrize(("call", "match"), [
    (lambda: coherent_future(-0.1), "systematic = -0.1"), (lambda: coherent_future(shared=1.5), "shared = 1.5"),
    (lambda: coherent_future(bins=0), "bins = 0"), (lambda: replace(CHARM_II, window=(30.0, 40.0)), r"window\[0\]"),
    (lambda: Together(name="both", experiments=(COHERENT_CSI,), flux=-1.0), "flux = -1"),
])
def test_bad_projection(call, match):
    with pytest.raises(ValueError, match=match):
        call()


def test_gauss_legendre_is_exact_for_polynomials():
    nodes, weights = gauss_legendre(np.array([0.0, 1.0]), 2.0, 5.0, order=3)
    assert nodes.shape == (2, 6)
    np.testing.assert_allclose((nodes**5 * weights).sum(axis=-1), (5**6 - np.array([0, 1])) / 6, rtol=1e-12)


def test_quadratic_roots_against_numpy():
    rng = np.random.default_rng(1)
    a, b, c = rng.uniform(0.1, 5, 50), rng.normal(size=50), rng.normal(size=50)
    low, high = quadratic_roots(a, b, c)
    for k in range(50):
        expected = np.sort_complex(np.roots([a[k], b[k], c[k]]))
        if np.iscomplex(expected).any():
            assert np.isnan([low[k], high[k]]).all()
        else:
            np.testing.assert_allclose([low[k], high[k]], expected.real, rtol=1e-9)
