import numpy as np
import pytest

from zputils import ZPrime, curves
from zputils.constants import ALPHA, HBAR_C, M_E, M_MU, M_PI
from zputils.physics import decays, hadrons

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


def test_r_has_the_resonances_and_the_plateaus():
    assert hadrons.r_ratio(0.2) == 0
    assert hadrons.r_ratio(1.0194) == pytest.approx(49.5, rel=0.03)  # the phi peak of the compilation
    assert hadrons.r_ratio(0.7822) == pytest.approx(19.2, rel=0.03)  # rho-omega
    assert np.mean(hadrons.r_ratio(np.linspace(2.3, 3.5, 50))) == pytest.approx(2 * 1.1, rel=0.06)  # u, d, s
    assert np.mean(hadrons.r_ratio(np.linspace(12, 28, 50))) == pytest.approx(11 / 3 * 1.05, rel=0.04)  # five flavours


def test_r_follows_the_data_it_combines():
    data = curves.table("pdg_rratio_2020")
    data = data[data.E_cm_GeV < 2.0]
    pull = (hadrons.r_ratio(data.E_cm_GeV.to_numpy()) - data.R) / np.hypot(data.stat_plus, 0.02 * data.R)
    assert np.mean(np.abs(pull) < 2) > 0.95


def test_r_is_continuous_at_its_seams():
    points, _, _ = hadrons.combined_r()
    for seam, step in ((2 * M_PI, 0.02), (points[0], 0.02), (hadrons.R_DATA_END, 0.25)):
        below, above = hadrons.r_ratio(seam * (1 - 1e-6)), hadrons.r_ratio(seam * (1 + 1e-6))
        assert abs(above - below) < step


def test_r_shift_moves_by_its_errors():
    points, r, error = hadrons.combined_r()
    np.testing.assert_allclose(hadrons.r_ratio(points, shift=1.0), r + error)


def test_vmd_agrees_with_r_for_photon_couplings():
    photon = ZPrime.dark_photon()
    m = np.linspace(0.5, 1.9, 300)
    ratio = hadrons.vmd_ratio(photon, m) / hadrons.r_ratio(m)
    assert np.median(np.abs(ratio - 1)) < 0.12


def test_isoscalar_couplings_have_no_rho():
    isoscalar = ZPrime.b_minus_l()
    assert hadrons.vmd_ratio(isoscalar, 0.6, "pi+_pi-") == 0
    assert hadrons.meson_charges(isoscalar)[0] == 0
    assert hadrons.hadronic_width(isoscalar, 0.78) > 0


def test_quarks_open_at_threshold():
    charm_only = ZPrime(c=1.0)
    assert hadrons.hadronic_width(charm_only, 3.0) == 0
    assert hadrons.hadronic_width(charm_only, 20.0) > 0


def test_far_above_threshold_quarks_decay_as_three_colours():
    width = hadrons.hadronic_width(ZPrime.all_fermions(), 20.0)
    assert width == pytest.approx(5 * 3 * 20 / (12 * np.pi), rel=0.1)


def test_bad_input():
    with pytest.raises(ValueError, match="80"):
        hadrons.r_ratio(100.0)
    with pytest.raises(ValueError, match="m"):
        decays.total_width(ZPrime.dark_photon(), [0.1, -0.1])
    with pytest.raises(KeyError, match="channel"):
        decays.branching_ratio(ZPrime.dark_photon(), 0.1, "quarks")
    with pytest.raises(KeyError, match="final_state"):
        hadrons.vmd_ratio(ZPrime.dark_photon(), 1.0, "nonsense")
    with pytest.raises(ValueError, match="g = -1"):
        decays.decay_length(ZPrime.dark_photon(), 0.1, -1.0)
    assert decays.total_width(ZPrime.universal_leptons(), 100.0) > 0  # no quarks: R is not needed
