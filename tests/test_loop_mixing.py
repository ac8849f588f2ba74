"""The mixing loop against quadrature of its integral, dispersion relations, its limits and the running of alpha."""

import numpy as np
import pytest
from scipy.integrate import quad

from zputils.constants import ALPHA, CHARGED_LEPTON_MASS, E_CHARGE, M_E, M_MU, M_TAU, M_Z
from zputils.physics.loop_mixing import SMALL, kinetic_mixing, loop_integral, running
from zputils.physics.models import loop_couplings

PAIRS = [("mu", "tau"), ("e", "mu"), ("e", "tau")]


def pair(lepton, partner):
    return {lepton: 1.0, partner: -1.0}


def by_quadrature(s):
    """int_0^1 dx x(1-x) ln[1 - x(1-x) s - i0], halved at x = 1/2; the logarithm's zero is a break point."""
    edge = [0.5 - np.sqrt(0.25 - 1 / s)] if s > 4 else []
    real = quad(lambda x: x * (1 - x) * np.log(abs(1 - x * (1 - x) * s)), 0, 0.5, points=edge, limit=200, epsabs=1e-12)
    imaginary = quad(lambda x: x * (1 - x), edge[0], 0.5)[0] if edge else 0.0
    return 2 * (real[0] - 1j * np.pi * imaginary)


@pytest.mark.parametrize("s", [-1e6, -50.0, -4.0, -0.31, -0.29, -1e-3, 1e-3, 0.29, 0.31, 1.0, 3.9, 3.999999, 4.000001,
                               4.1, 7.0, 100.0, 1e6])
def test_closed_form_is_the_integral(s):
    assert loop_integral(s) == pytest.approx(by_quadrature(s), rel=1e-7, abs=1e-11)


def test_ends_of_the_loop_integral():
    """-s/30 at small s; -4/9 at threshold; [ln(-s) - 5/3]/6 with ln(-s) = ln s - i pi at large s."""
    small, large = np.array([1e-12, -1e-8]), 1e14
    assert loop_integral(small) == pytest.approx(-small / 30, rel=1e-7, abs=0)
    assert loop_integral(0.0) == 0 and loop_integral(4.0) == pytest.approx(-4 / 9, rel=1e-12)
    assert loop_integral(large) == pytest.approx((np.log(large) - 1j * np.pi - 5 / 3) / 6, rel=1e-12)
    assert loop_integral(-large) == pytest.approx((np.log(large) - 5 / 3) / 6, rel=1e-12)


@pytest.mark.parametrize("sign", [-1, 1])
def test_series_and_closed_form_meet(sign):
    below, above = loop_integral(sign * SMALL * np.array([1 - 1e-9, 1 + 1e-9]))
    assert below == pytest.approx(above, rel=1e-8)


def cut(u):
    """Im eps at s' = 4 m^2/u for one lepton: g e/(12 pi) beta (1 + 2 m^2/s'), from real lepton pairs."""
    return E_CHARGE / (12 * np.pi) * np.sqrt(1 - u) * (1 + u / 2)


@pytest.mark.parametrize("q2", [-3.0, -0.01, 1e-4, 0.04])
@pytest.mark.parametrize("lepton", ["mu", "tau"])
def test_once_subtracted_dispersion_relation_below_threshold(lepton, q2):
    """eps(q^2) - eps(0) = (q^2/pi) int ds' Im eps(s')/[s' (s' - q^2)]."""
    threshold = 4 * CHARGED_LEPTON_MASS[lepton] ** 2
    integral = quad(lambda u: cut(u) / (threshold - q2 * u), 0, 1, epsabs=0, epsrel=1e-10)[0]
    subtracted = kinetic_mixing(q2, {lepton: 1.0}, 1e3) - kinetic_mixing(0.0, {lepton: 1.0}, 1e3)
    assert subtracted == pytest.approx(q2 / np.pi * integral, rel=1e-7)


@pytest.mark.parametrize("q2", [0.06, 0.5, 4.0, 100.0])
def test_once_subtracted_dispersion_relation_above_threshold(q2):
    pole = 4 * M_MU**2 / q2
    principal = quad(lambda u: -cut(u) / q2, 0, 1, weight="cauchy", wvar=pole, epsabs=1e-12)[0]
    subtracted = kinetic_mixing(q2, {"mu": 1.0}, 1e3) - kinetic_mixing(0.0, {"mu": 1.0}, 1e3)
    assert subtracted.real == pytest.approx(q2 / np.pi * principal, rel=1e-6)
    assert subtracted.imag == pytest.approx(cut(pole), rel=1e-9)


@pytest.mark.parametrize("lepton, partner", PAIRS)
def test_a_finite_pair_needs_no_subtraction(lepton, partner):
    """eps(0) = (1/pi) int ds Im eps/s: the logarithm of Eq. 2.12 is the range where only one lepton is real."""
    light, heavy = (4 * CHARGED_LEPTON_MASS[each] ** 2 for each in (lepton, partner))

    def difference(log_s):
        s = np.exp(log_s)
        return cut(light / s) - (cut(heavy / s) if s > heavy else 0.0)

    parts = [quad(difference, *np.log(ends), epsabs=1e-13, limit=200)[0]
             for ends in ((light, heavy), (heavy, 1e6 * heavy))]
    assert kinetic_mixing(0.0, pair(lepton, partner)) == pytest.approx(sum(parts) / np.pi, rel=1e-6)


@pytest.mark.parametrize("lepton, partner", PAIRS)
def test_light_limit_is_the_logarithm_of_the_masses(lepton, partner):
    light, heavy = CHARGED_LEPTON_MASS[lepton], CHARGED_LEPTON_MASS[partner]
    expected = -E_CHARGE / (12 * np.pi**2) * np.log(light**2 / heavy**2)
    assert kinetic_mixing(0.0, pair(lepton, partner)) == pytest.approx(expected, rel=1e-12)
    assert abs(running(light / 1000, pair(lepton, partner)) - 1) < 1e-7


def test_light_limit_is_the_constant_that_models_use():
    """Eq. 2.12 as coupling of the electron, and Eq. 2.11 with a cut-off."""
    assert -E_CHARGE * kinetic_mixing(0.0) == pytest.approx(loop_couplings()["e"], rel=1e-12)
    for cutoff in (1e3, 1e4):
        induced = -E_CHARGE * kinetic_mixing(0.0, {"mu": 1.0}, cutoff)
        assert abs(induced) == pytest.approx(ALPHA / (3 * np.pi) * np.log(cutoff**2 / M_MU**2), rel=1e-12)
        assert induced == pytest.approx(loop_couplings(cutoff)["e"], rel=1e-12)


def test_running_over_the_constant_for_l_mu_minus_l_tau():
    m = np.array([0.01, 0.2, 1, 2, 5, 10])
    assert np.abs(running(m)) == pytest.approx([1.00, 1.26, 0.75, 0.59, 0.19, 0.04], abs=0.006)


def test_largest_at_two_muons_where_it_is_real():
    """There the muon's integral is -4/9: 1 + (8/3 + 6 I_tau)/ln(m_tau^2/m_mu^2)."""
    tau = loop_integral(4 * (M_MU / M_TAU) ** 2).real
    expected = 1 + (8 / 3 + 6 * tau) / np.log(M_TAU**2 / M_MU**2)
    assert running(2 * M_MU) == pytest.approx(expected, rel=1e-9) and expected == pytest.approx(1.472, abs=5e-4)
    m = np.geomspace(0.01, 20, 4000)
    assert np.abs(running(m)).max() <= expected and m[np.abs(running(m)).argmax()] == pytest.approx(2 * M_MU, rel=2e-3)


def test_heavy_limit_vanishes_for_a_pair():
    """For q^2 far above both masses the leptons are alike: eps -> -(e/2 pi^2) (m_tau^2 - m_mu^2)/q^2."""
    m = np.array([1e3, 1e4])
    expected = E_CHARGE / (2 * np.pi**2) * (M_MU**2 - M_TAU**2) / m**2
    assert kinetic_mixing(m**2).real == pytest.approx(expected, rel=1e-3, abs=0)


def test_coupling_like_the_photon_makes_alpha_run():
    """g_l = e Q_l turns eps into Delta alpha: leptonic, one loop, 0.0314190 at m_Z (hep-ph/9803313)."""
    photon = dict.fromkeys(CHARGED_LEPTON_MASS, -E_CHARGE)
    delta_alpha = kinetic_mixing(M_Z**2, photon, 1e4) - kinetic_mixing(0.0, photon, 1e4)
    assert delta_alpha.real == pytest.approx(0.0314190, rel=2e-5)


def test_imaginary_part_starts_at_each_threshold():
    q2 = 4 * np.array([M_MU, M_MU, M_TAU, M_TAU]) ** 2 * [1 - 1e-9, 1.01, 1 - 1e-9, 100]
    imaginary = kinetic_mixing(q2).imag
    assert imaginary[0] == 0 and imaginary[1] > 0 and abs(imaginary[3]) < 0.01 * imaginary[2]
    assert np.all(kinetic_mixing(-np.geomspace(1e-6, 1e4, 9)).imag == 0)
    assert running(0.1, pair("e", "tau")).imag != 0  # electrons are real already


def test_the_cutoff_cancels_for_a_pair_and_couplings_add():
    q2 = np.array([-1.0, 0.3, 7.0])
    assert kinetic_mixing(q2, pair("e", "mu"), 50.0) == pytest.approx(kinetic_mixing(q2, pair("e", "mu")), rel=1e-12)
    parts = kinetic_mixing(q2, pair("e", "mu")) + kinetic_mixing(q2, pair("mu", "tau"))
    assert kinetic_mixing(q2, pair("e", "tau")) == pytest.approx(parts, rel=1e-10)
    assert kinetic_mixing(q2, {"mu": -2.0, "tau": 2.0}) == pytest.approx(-2 * kinetic_mixing(q2), rel=1e-12)


def test_a_larger_cutoff_adds_its_logarithm():
    ten = kinetic_mixing(0.5, {"mu": 1.0}, 1e4) - kinetic_mixing(0.5, {"mu": 1.0}, 1e3)
    assert ten == pytest.approx(E_CHARGE / (6 * np.pi**2) * np.log(10), rel=1e-10)


def test_many_momenta_at_once_and_one_by_one():
    q2 = np.array([[-1.0, 0.0, 0.01], [0.2, 4.0, 1e4]])
    together = kinetic_mixing(q2)
    assert together.shape == (2, 3) and np.ndim(kinetic_mixing(1.0)) == 0
    np.testing.assert_array_equal(together.ravel(), [kinetic_mixing(each) for each in q2.ravel()])
    assert np.isfinite(kinetic_mixing(np.array([M_E**2 * 1e16]), pair("e", "mu"))).all()


@pytest.mark.parametrize("call, error, message", [
    (lambda: kinetic_mixing(np.nan), ValueError, "q2 = nan"),
    (lambda: kinetic_mixing([1.0, np.inf]), ValueError, "q2 = inf"),
    (lambda: running(-1.0), ValueError, "m = -1"),
    (lambda: loop_integral(np.nan), ValueError, "s = nan"),
    (lambda: kinetic_mixing(1.0, {"mu": 1.0}), ValueError, "add up to 1.*cutoff"),
    (lambda: kinetic_mixing(1.0, {"mu": 1.0}, 0.0), ValueError, "cutoff = 0"),
    (lambda: kinetic_mixing(101.0, {"mu": 1.0}, 10.0), ValueError, "q2 .GeV.2. = 101 is outside .-100, 100"),
    (lambda: kinetic_mixing(1.0, {"mu": 1.0, "nu_mu": -1.0}), KeyError, "lepton = 'nu_mu'"),
])
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()
