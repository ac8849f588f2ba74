"""Hadronic widths against measurements, limits and sums that were made without them."""

import numpy as np
import pytest

from zputils import ZPrime
from zputils.constants import ALPHA, CHARGE, E_CHARGE, GEV2_TO_CM2, M_B, M_D, M_OMEGA, M_PI, M_PI0
from zputils.physics import hadrons
from zputils.physics.models import QUARKS, ZPrimes
from zputils.physics.r_ratio import combined_r, qcd_factor, r_ratio

PHOTON = ZPrime.dark_photon()
BARYON = ZPrime(**dict.fromkeys(QUARKS, 1 / 3))
PROTOPHOBIC = ZPrime(u=-1 / 3, d=2 / 3, s=2 / 3, c=-1 / 3, b=2 / 3)
MODELS = {"photon": PHOTON, "B-L": ZPrime.b_minus_l(), "all fermions": ZPrime.all_fermions(), "B": BARYON,
          "protophobic": PROTOPHOBIC, "u": ZPrime(u=1.0), "d": ZPrime(d=1.0), "s": ZPrime(s=1.0),
          "mixed": ZPrime(u=1.0, d=-0.5, s=0.3, c=0.2, b=0.4)}


def cross_section(model, m, final_state):
    """sigma(e+e- -> final state) in nb through a vector that couples to the electron as the photon does."""
    return hadrons.channel_ratio(model, m, final_state) * 4 * np.pi * ALPHA**2 / (3 * m**2) * GEV2_TO_CM2 * 1e33


# -- exclusive final states --------------------------------------------------------------------------

def test_three_pions_of_the_photon_have_their_minimum_above_the_phi():
    """Omega and phi interfere destructively there: measured cross sections fall to about 1 nb or less."""
    m = np.linspace(1.02, 1.3, 561)
    sigma = cross_section(PHOTON, m, "pi+_pi-_pi0")
    assert 1.03 < m[sigma.argmin()] < 1.06 and sigma.min() < 2


def test_peak_cross_sections_are_those_of_the_widths():
    """12 pi B_ee B_f/m_V^2 with B of the Review of Particle Physics, in nb."""
    peaks = (("pi+_pi-_pi0", 0.78266, 7.38e-5 * 0.892), ("K_K", 1.01946, 2.973e-4 * 0.831),
             ("eta_gamma", 1.01946, 2.973e-4 * 0.01303))
    for state, mass, branching in peaks:
        expected = 12 * np.pi * branching / mass**2 * GEV2_TO_CM2 * 1e33
        assert cross_section(PHOTON, mass, state) == pytest.approx(expected, rel=0.06), state


def test_final_states_add_up_to_the_measured_ratio():
    points, r, _ = combined_r()
    inside = (points > 0.35) & (points < 1.7)
    total = sum(hadrons.channel_ratio(PHOTON, points[inside], state) for state in hadrons.FINAL_STATES)
    assert np.abs(total / r[inside] - 1).max() < 0.15
    assert np.median(np.abs(total / r[inside] - 1)) < 0.02


@pytest.mark.parametrize(("model", "share"), [(PHOTON, 1.0), (3 * E_CHARGE * BARYON, 3.0)])
def test_pi0_gamma_is_the_anomaly_at_low_mass(model, share):
    """Gamma(V -> pi0 gamma) = (e N_c 2 Tr(T_pi Q Q_V)/8 pi^2 f)^2 (m^2 - m_pi^2)^3/(24 pi m^3), f = 92.3 MeV, times
    rho and omega poles; over alpha m/3 and per e^2. share: 3 (g_u Q_u - g_d Q_d)/e, 1 for the photon."""
    m = np.array([0.15, 0.2, 0.25, 0.3])
    width = (E_CHARGE**2 * share / (4 * np.pi**2 * 0.0923)) ** 2 * (m**2 - M_PI0**2) ** 3 / (96 * np.pi * m**3)
    pole = (1 - m**2 / M_OMEGA**2) ** -2
    np.testing.assert_allclose(hadrons.channel_ratio(model, m, "pi0_gamma"), width * pole / (ALPHA * m / 3), rtol=0.03)


def test_kaons_carry_no_baryon_number():
    """F_K(0) = 0 for B: near threshold what is left of K K is the slope of the form factor, (m^2/m_phi^2)^2 of it."""
    assert hadrons.channel_ratio(ZPrime.b_minus_l(), 1.2, "K_K") < 0.2
    strange = ZPrime(s=-1 / 3)  # what K K would be with the phi alone
    assert hadrons.channel_ratio(BARYON, 1.2, "K_K") < 0.2 * hadrons.channel_ratio(strange, 1.2, "K_K")


def test_isospin_selects_final_states():
    for state in ("pi+_pi-", "4pi", "eta_pi_pi", "phi_pi0"):  # G even: isovector
        assert hadrons.channel_ratio(BARYON, 1.3, state) == 0
    isovector = ZPrime(u=1.0, d=-1.0)
    for state in ("pi+_pi-_pi0", "omega_pi_pi", "eta_omega"):  # G odd: isoscalar
        allowed = 1e-2 if state == "pi+_pi-_pi0" else 1e-12  # a rho makes three pions by isospin's breaking
        assert hadrons.channel_ratio(isovector, 1.5, state) <= allowed * hadrons.channel_ratio(BARYON, 1.5, state)
    assert hadrons.meson_charges(BARYON)[0] == 0


def test_no_charges_have_a_negative_width():
    m = np.linspace(0.1, 1.75, 1651)
    for state in (None, *hadrons.FINAL_STATES):
        assert np.linalg.eigvalsh(hadrons.exclusive_form(m, state)).min() > -1e-12


# -- all hadrons -------------------------------------------------------------------------------------

def test_photon_like_couplings_have_the_measured_ratio():
    m = np.geomspace(0.1, 300, 500)
    np.testing.assert_allclose(hadrons.hadronic_ratio(0.3 * PHOTON, m), 0.09 * r_ratio(m), rtol=1e-12)


def test_light_quarks_may_be_photon_like_alone():
    """Without charm and bottom: R below 2 m_D, three free quarks on average above."""
    model = ZPrime(**{q: E_CHARGE * CHARGE[q] for q in "uds"})
    assert hadrons.hadronic_ratio(model, 2.5) == pytest.approx(r_ratio(2.5), rel=1e-12)
    m = np.linspace(12, 300, 50)
    np.testing.assert_allclose(hadrons.hadronic_ratio(model, m), 2 * qcd_factor(m), rtol=0.15)


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
@pytest.mark.parametrize("seam", [1.70, 1.75, 2 * M_D, 2 * M_B])
def test_no_width_jumps_at_a_seam(model, seam):
    below, above = hadrons.hadronic_width(model, np.array([seam * (1 - 1e-6), seam * (1 + 1e-6)]))
    assert above == pytest.approx(below, rel=0.02)


@pytest.mark.parametrize("seam", [1.70, 1.75])
def test_no_width_jumps_within_5_mev_of_where_free_quarks_take_over(seam):
    for model in MODELS.values():
        below, above = hadrons.hadronic_width(model, np.array([seam - 2.5e-3, seam + 2.5e-3]))
        assert above == pytest.approx(below, rel=0.045)


def test_far_above_threshold_quarks_decay_as_three_colours():
    for model, count in ((ZPrime.all_fermions(), 5), (ZPrime.b_minus_l(), 5 / 9), (ZPrime(b=1.0), 1)):
        m = np.array([50.0, 100.0, 300.0])
        expected = count * 3 * m / (12 * np.pi) * qcd_factor(m)
        np.testing.assert_allclose(hadrons.hadronic_width(model, m), expected, rtol=0.005)


def test_between_charm_and_bottom_b_minus_l_has_four_quarks():
    m = np.linspace(5, 10, 100)
    np.testing.assert_allclose(hadrons.hadronic_width(ZPrime.b_minus_l(), m), 4 / 9 * 3 * m / (12 * np.pi) * 1.06,
                               rtol=0.15)


def test_quarks_open_at_threshold():
    charm_only = ZPrime(c=1.0)
    assert hadrons.hadronic_width(charm_only, 3.7) == 0 < hadrons.hadronic_width(charm_only, 3.77)
    assert hadrons.hadronic_width(ZPrime(b=1.0), 10.5) == 0 < hadrons.hadronic_width(ZPrime(b=1.0), 10.6)
    assert hadrons.hadronic_width(PHOTON, 2 * M_PI) == 0
    assert hadrons.hadronic_width(BARYON, M_PI0) == 0 < hadrons.hadronic_width(BARYON, 0.14)  # pi0 gamma


def test_one_matrix_serves_every_model():
    m = np.array([0.2, 0.5, 0.95, 1.3, 1.72, 3.0, 3.8, 9.0, 20.0, 200.0])
    for model in MODELS.values():
        g = np.array([getattr(model, q) for q in QUARKS])
        form = hadrons.hadronic_form(m, like_photon=bool(model.like_photon))
        assert form.shape == (10, 5, 5)
        np.testing.assert_allclose(form, np.swapaxes(form, -1, -2), rtol=1e-12)
        np.testing.assert_allclose(ALPHA * m / 3 * (g @ form @ g), hadrons.hadronic_width(model, m), rtol=1e-10)


def test_final_states_are_the_whole_up_to_1700_mev():
    m = np.linspace(0.14, 1.7, 300)
    for model in (BARYON, PROTOPHOBIC):
        total = sum(hadrons.channel_ratio(model, m, state) for state in hadrons.FINAL_STATES)
        np.testing.assert_allclose(hadrons.hadronic_ratio(model, m), total, rtol=1e-9)


def test_many_models_at_once():
    m = np.array([0.3, 1.0, 1.72, 5.0])
    together = hadrons.hadronic_width(ZPrimes.of(MODELS.values()), m)
    assert together.shape == (len(MODELS), 4)
    np.testing.assert_allclose(together, [hadrons.hadronic_width(model, m) for model in MODELS.values()], rtol=1e-12)


def test_shape_and_shift():
    m = np.geomspace(0.2, 50, 12).reshape(3, 4)
    assert hadrons.hadronic_width(BARYON, m).shape == (3, 4)
    points, r, error = combined_r()
    np.testing.assert_allclose(hadrons.hadronic_ratio(PHOTON, points, shift=-1.0), r - error)


def test_bad_input():
    with pytest.raises(KeyError, match="final_state"):
        hadrons.channel_ratio(PHOTON, 1.0, "nonsense")
    with pytest.raises(ValueError, match=r"m \[GeV\] = 1.8 is outside \[0, 1.75\]"):
        hadrons.channel_ratio(PHOTON, 1.8, "K_K")
    with pytest.raises(ValueError, match=r"outside \[0, 345\.2\]"):
        hadrons.hadronic_width(BARYON, 400.0)
