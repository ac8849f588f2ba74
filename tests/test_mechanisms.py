import numpy as np
import pytest

from zputils import ZPrime
from zputils.constants import CHARGE, E_CHARGE, M_KAON, M_OMEGA, M_PHI, M_PI0, M_RHO
from zputils.physics import mechanisms
from zputils.physics.mechanisms import amplitude, mechanism_ratio, production_form, running_width
from zputils.physics.models import FERMIONS, ZPrimes

PHOTON = ZPrime.dark_photon()
PROTOPHOBIC = ZPrime(e=1.0, u=-1 / 3, d=2 / 3)


@pytest.mark.parametrize("mechanism", mechanisms.MECHANISMS)
def test_every_mechanism_is_one_for_the_dark_photon(mechanism):
    m = np.array([0.01, 0.3, 0.9])
    np.testing.assert_allclose(mechanism_ratio(PHOTON, m, mechanism), 1)


@pytest.mark.parametrize("mechanism", mechanisms.MECHANISMS)
def test_one_matrix_serves_every_model(mechanism):
    m = np.array([0.01, 0.3, 0.775, 0.9])
    form = production_form(m, mechanism)
    assert form.shape == (4, 11, 11) and np.linalg.eigvalsh(form).min() > -1e-10
    for model in (ZPrime.b_minus_l(), ZPrime(e=0.2, u=1.0, d=0.3, s=-0.4, c=2.0, b=-1.0)):
        g = np.array([getattr(model, fermion) for fermion in FERMIONS])
        np.testing.assert_allclose(g @ form @ g, mechanism_ratio(model, m, mechanism), rtol=1e-9, atol=1e-12)


def test_pion_decay_is_the_anomaly_for_a_light_z_prime():
    """pi0 -> gamma X through the anomaly goes with Q_u g_u - Q_d g_d = (2 g_u + g_d)/3, exactly as m -> 0."""
    model = ZPrime(u=0.3, d=-0.5)
    expected = ((2 * 0.3 - 0.5) / E_CHARGE) ** 2
    assert mechanism_ratio(model, 1e-4, "pi0 -> gamma X") == pytest.approx(expected, rel=1e-6)


def test_protophobia_is_exact_in_pion_decays():
    """Below every decay of rho and omega only their masses differ: (g_u - g_d) BW_rho + 3 (g_u + g_d) BW_omega is
    3 g_u m^2 (1/m_rho^2 - 1/m_omega^2), of which 2e-10 of a photon's rate is left at 17 MeV."""
    m = np.array([0.003, 0.017])
    rate = np.abs(sum(getattr(PROTOPHOBIC, q) * a for q, a in amplitude(m, "pi0 -> gamma X").items())) ** 2
    assert np.all(rate < 1e-9)
    expected = (m**2 * (M_RHO**-2 - M_OMEGA**-2) / (2 * E_CHARGE)) ** 2
    np.testing.assert_allclose(rate, expected, rtol=2e-3)
    np.testing.assert_array_equal(mechanism_ratio(PROTOPHOBIC, np.array([0.003, 0.017, 0.1]), "pi0 -> gamma X"), 0)


def test_almost_protophobic_is_produced():
    """A proton coupling of 2 % of the neutron's is far above what counts as none."""
    model = ZPrime(u=-1 / 3 + 0.01, d=2 / 3)
    expected = (model.proton / E_CHARGE) ** 2
    assert mechanism_ratio(model, 0.017, "pi0 -> gamma X") == pytest.approx(expected, rel=2e-3)
    assert mechanism_ratio(ZPrime(u=1.0, d=-2 + 1e-6), 0.1, "proton bremsstrahlung") > 0  # a charge, kept exactly


def test_widths_run_from_threshold_to_the_meson():
    for meson, mass, width in (("rho", M_RHO, 0.1474), ("omega", M_OMEGA, 0.00868), ("phi", M_PHI, 0.004249)):
        assert running_width(meson, mass) == pytest.approx(width)
    assert running_width("omega", M_PI0) == 0 < running_width("omega", 0.14)  # pi0 gamma
    assert running_width("phi", 0.41) == 0 < running_width("phi", 0.6)  # three pions
    assert running_width("phi", 2 * M_KAON + 0.01) > 1.2 * running_width("phi", 2 * M_KAON)


def test_pi0_gamma_grows_with_the_cube_of_its_momentum():
    """From its threshold to that of two pions the omega has no other decay."""
    m = np.array([0.15, 0.2, 0.27])
    cubes = ((m - M_PI0**2 / m) / (M_OMEGA - M_PI0**2 / M_OMEGA)) ** 3 * M_OMEGA / m
    assert running_width("omega", m) / cubes == pytest.approx(0.00868 * 0.0835 / (0.892 + 0.0835 + 0.0153))


def test_eta_decays_by_the_anomaly():
    """An eta of (1, 1, -1)/sqrt 6: Q_u g_u + Q_d g_d - Q_s g_s as m -> 0, 4/9 + 1/9 - 1/9 for the photon."""
    u, d, s = 0.3, 0.7, -0.2
    expected = (CHARGE["u"] * u + CHARGE["d"] * d - CHARGE["s"] * s) / (4 / 9 * E_CHARGE)
    assert mechanism_ratio(ZPrime(u=u, d=d, s=s), 1e-4, "eta -> gamma X") == pytest.approx(expected**2, rel=1e-6)


def test_isospin_selects_mesons():
    baryonic = ZPrime(u=1 / 3, d=1 / 3, s=1 / 3)
    assert mechanism_ratio(baryonic, 0.5, "rho mixing") == 0
    assert mechanism_ratio(baryonic, 0.5, "omega -> pi0 X") == 0
    assert mechanism_ratio(baryonic, 0.5, "omega mixing") > 0


def test_protophobic_bosons_are_not_radiated_by_protons():
    assert mechanism_ratio(ZPrime(u=-1.0, d=2.0), 0.1, "proton bremsstrahlung") == 0
    assert mechanism_ratio(ZPrime(u=-0.1, d=0.2), 0.1, "proton bremsstrahlung") == 0


def test_many_models_at_once():
    models, m = [PHOTON, PROTOPHOBIC, ZPrime.b_minus_l()], np.array([0.01, 0.1, 0.5])
    for mechanism in ("pi0 -> gamma X", "electron bremsstrahlung", "phi mixing"):
        together = mechanism_ratio(ZPrimes.of(models), m, mechanism)
        np.testing.assert_allclose(together, [mechanism_ratio(model, m, mechanism) for model in models])


def test_bad_input():
    with pytest.raises(KeyError, match="mechanism"):
        mechanism_ratio(ZPrime.muonic(), 0.1, "magic")
    with pytest.raises(KeyError, match="meson = 'J/psi'"):
        running_width("J/psi", 0.1)
    with pytest.raises(ValueError, match="m = -1"):
        amplitude(-1.0, "proton bremsstrahlung")
