import numpy as np
import pytest

from zputils import ZPrime
from zputils.constants import ALPHA, HBAR_C, M_E, M_MU
from zputils.physics import decays

GAMMA = [np.kron([[1, 0], [0, -1]], np.eye(2))] + [
    np.kron([[0, 1], [-1, 0]], pauli) for pauli in ([[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]])]
METRIC = np.diag([1.0, -1.0, -1.0, -1.0])


def two_body_width(m, g, m_lepton):
    """The width from the trace over Dirac matrices, averaged over the three polarisations of a Z' at rest."""
    p = np.sqrt(m**2 / 4 - m_lepton**2)
    slash = [sum(METRIC[i, i] * k[i] * GAMMA[i] for i in range(4)) for k in ([m / 2, 0, 0, p], [m / 2, 0, 0, -p])]
    lepton, antilepton = slash[0] + m_lepton * np.eye(4), slash[1] - m_lepton * np.eye(4)
    traces = [np.trace(lepton @ GAMMA[i] @ antilepton @ GAMMA[i]).real for i in range(4)]
    squared = -np.diag(METRIC) @ traces / 3
    return g**2 * squared * p / (8 * np.pi * m**2)


def test_lepton_width_is_the_phase_space_integral():
    for m in (0.22, 0.5, 3.0):
        assert decays.lepton_width(m, 0.7, M_MU) == pytest.approx(two_body_width(m, 0.7, M_MU))


def test_massless_limits_and_thresholds():
    assert decays.lepton_width(10.0, 1.0, M_E) == pytest.approx(10 / (12 * np.pi), rel=1e-6)
    assert decays.neutrino_width(10.0, 1.0) == pytest.approx(decays.lepton_width(10.0, 1.0, M_E) / 2, rel=1e-6)
    assert np.all(decays.lepton_width([0.1, 2 * M_MU], 1.0, M_MU) == 0)
    assert decays.lepton_width(2.001 * M_MU, 1.0, M_MU) > 0


def test_eqs_3_5_and_3_6_below_the_muon_threshold():
    model = ZPrime(e=1.0, nu_mu=5.0)
    m = np.array([0.02, 0.1, 0.2])
    np.testing.assert_allclose(decays.branching_ratio(model, m), 2 / (25 + 2), rtol=1e-5)
    np.testing.assert_allclose(decays.total_width(model, m), m / (12 * np.pi) * (12.5 + 1), rtol=1e-5)


def test_branching_ratios_sum_to_one():
    m = np.array([1e-3, 0.1, 0.5, 1.5, 5.0, 20.0])
    for model in (ZPrime.all_fermions(), ZPrime.muonic(0.3), ZPrime.b_minus_l()):
        parts = [decays.branching_ratio(model, m, channel) for channel in decays.CHANNELS]
        np.testing.assert_allclose(np.sum(parts, axis=0), 1)


def test_a_stable_z_prime_has_no_branching_ratio():
    model = ZPrime(mu=1.0)
    assert np.isnan(decays.branching_ratio(model, 0.1))
    assert decays.decay_length(model, 0.1, 1e-3) == np.inf


def test_lifetime_and_flight():
    model = ZPrime.dark_photon()
    m, epsilon = 0.1, 1e-6
    expected = 3 * HBAR_C / (ALPHA * epsilon**2 * m)  # c tau of a dark photon between 2 m_e and 2 m_mu
    assert decays.decay_length(model, m, epsilon) == pytest.approx(expected, rel=1e-6)
    momentum = 200.0
    v = momentum / np.hypot(momentum, m)
    boost = v / np.sqrt(1 - v**2)
    assert decays.flight_length(model, m, epsilon, momentum) == pytest.approx(expected * boost, rel=1e-6)


def test_bad_input():
    with pytest.raises(ValueError, match=r"outside \[0, 345\.2\]"):
        decays.total_width(ZPrime.dark_photon(), 400.0)
    with pytest.raises(ValueError, match="m"):
        decays.total_width(ZPrime.dark_photon(), [0.1, -0.1])
    with pytest.raises(KeyError, match="channel"):
        decays.branching_ratio(ZPrime.dark_photon(), 0.1, "quarks")
    with pytest.raises(ValueError, match="g = -1"):
        decays.decay_length(ZPrime.dark_photon(), 0.1, -1.0)
    assert decays.total_width(ZPrime.universal_leptons(), 400.0) > 0  # no quarks: no hadronic width is needed


def test_the_hadronic_share_of_b_minus_l_below_the_phi():
    """Between omega and phi B - L has little to decay to: kaons are closed, three pions interfere destructively."""
    assert decays.branching_ratio(ZPrime.b_minus_l(), 0.98, "hadrons") == pytest.approx(0.05, abs=0.005)
