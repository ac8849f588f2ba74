import numpy as np
import pytest
from scipy.integrate import quad

from zputils.constants import M_MU
from zputils.physics import g_minus_2
from zputils.physics.g_minus_2 import ANOMALY_2021, ANOMALY_2025, Anomaly, delta_a_mu, g_mu_band


def test_light_and_heavy_limits():
    assert delta_a_mu(1e-7) == pytest.approx(1 / (8 * np.pi**2), rel=1e-5)
    assert delta_a_mu(1e4, 0.3) == pytest.approx(0.3**2 * (M_MU / 1e4) ** 2 / (12 * np.pi**2), rel=1e-5)


@pytest.mark.parametrize("m", [1e-3, 0.05, M_MU, 1.0, 30.0])
def test_against_the_other_parametrisation_of_the_loop(m):
    """g^2/(8 pi^2) int 2 z (1-z)^2 / ((1-z)^2 + z m^2/m_mu^2): the vector loop as usually written."""
    integral, _ = quad(lambda z: 2 * z * (1 - z) ** 2 / ((1 - z) ** 2 + z * (m / M_MU) ** 2), 0, 1, epsabs=0, limit=200)
    assert delta_a_mu(m) == pytest.approx(integral / (8 * np.pi**2), rel=1e-7)


def test_the_band_gives_the_anomaly_back():
    m = np.geomspace(1e-3, 10, 7)
    low, central, high = g_mu_band(m)
    np.testing.assert_allclose(delta_a_mu(m, central), ANOMALY_2021.value)
    np.testing.assert_allclose(delta_a_mu(m, high) - delta_a_mu(m, low), 2 * ANOMALY_2021.error)
    assert np.all((low < central) & (central < high))


def test_statements_of_section_2_3():
    assert ANOMALY_2021.significance == pytest.approx(4.2, abs=0.06)
    assert g_mu_band(1e-4)[1] == pytest.approx(4.5e-4, rel=0.02)
    assert g_mu_band(10.0)[1] == pytest.approx(0.05, rel=0.05)


def test_without_tension_the_band_reaches_zero():
    low, central, high = g_mu_band([0.01, 0.1], ANOMALY_2025)
    assert np.all(low == 0) and np.all(high > central) and np.all(central > 0)
    assert np.all(g_mu_band([0.01], Anomaly(-1e-10, 2e-10, ()))[1] == 0)


@pytest.mark.parametrize("m", [0, -1, np.nan, [0.1, np.inf]])
def test_bad_masses(m):
    with pytest.raises(ValueError, match="m"):
        g_minus_2.g_mu_band(m)


@pytest.mark.parametrize(("arguments", "error", "text"), [
    ((1e-10, 0, ()), ValueError, "error = 0 is outside"), ((1e-10, -1e-10), ValueError, "error = -1e-10"),
    ((np.nan, 1e-10), ValueError, "value = nan"), ((1e-10, np.inf), ValueError, "error = inf"),
    (([1e-10, 2e-10], 1e-10), ValueError, "value = .* must be one number"),
    ((1e-10, np.array([1e-10])), ValueError, "error = .* must be one number"),
    (("1e-10", 1e-10), ValueError, "value = '1e-10' must be a real number"),
    ((1e-10, 1e-10, "Nobody:2030abc"), TypeError, "references = 'Nobody:2030abc' must be a list of names"),
    ((1e-10, 1e-10, None), TypeError, "references = None"),
    ((1e-10, 1e-10, [3]), TypeError, "reference = 3 must be a str"),
])
def test_a_bad_anomaly_is_refused_by_name(arguments, error, text):
    with pytest.raises(error, match=text):
        Anomaly(*arguments)


def test_an_anomaly_is_numbers_and_keys():
    anomaly = Anomaly(np.float32(1), 2, ["Nobody:2030abc"])
    assert (anomaly.value, anomaly.error, anomaly.references) == (1.0, 2.0, ("Nobody:2030abc",))
    assert Anomaly(1e-9, 1e-10) == Anomaly(1e-9, 1e-10, [])
    assert len({anomaly, Anomaly(1.0, 2.0, ("Nobody:2030abc",))}) == 1


@pytest.mark.parametrize("anomaly", [25e-10, (25e-10, 6e-10), Anomaly, None])
def test_what_is_no_anomaly_is_refused(anomaly):
    with pytest.raises(TypeError, match=r"anomaly = .* must be a Anomaly"):
        g_mu_band(0.1, anomaly)


@pytest.mark.parametrize("m", [0.1, [0.1], [[0.1, 0.2], [0.3, 0.4]], np.array(0.1), []])
def test_results_have_the_shape_of_the_masses(m):
    found = (*g_mu_band(m), delta_a_mu(m), delta_a_mu(m, 1e-3))
    assert {np.shape(value) for value in found} == {np.shape(m)}
    if not np.shape(m):
        assert all(isinstance(value, np.floating) for value in found)


def test_bad_couplings_and_errors():
    with pytest.raises(ValueError, match="g_mu = -1"):
        delta_a_mu(0.1, -1)
    with pytest.raises(ValueError, match="error = 0"):
        Anomaly(1e-10, 0, ())
