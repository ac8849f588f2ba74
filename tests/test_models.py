import runpy
from math import pi, sqrt

import numpy as np
import pytest

from zputils import ZPrime, measured
from zputils.constants import ALPHA, CHARGE, E_CHARGE, G_FERMI, G_Z, HBAR_C, M_MU, M_TAU, M_Z, SIN2_W
from zputils.paths import ROOT
from zputils.physics.models import FERMIONS, NEUTRINOS, QUARKS, loop_couplings, mixing_couplings


def test_measured_constants_are_those_of_the_libraries():
    """What `make tables` writes: one edition of the masses, and the one of CODATA that every scipy here has."""
    pytest.importorskip("particle", minversion="1.1")
    written = runpy.run_path(str(ROOT / "publish" / "constants.py"))["computed"]()
    assert (measured.MASSES, measured.CONSTANTS) == written


def test_constants_agree_with_known_values():
    assert E_CHARGE == pytest.approx(0.30282, abs=1e-5)
    assert HBAR_C == pytest.approx(1.973270e-16, rel=1e-6)
    assert (M_MU, M_TAU) == pytest.approx((0.1056584, 1.77686), rel=1e-4)
    # v = (sqrt2 G_F)^-1/2 and m_Z = g_Z v/2: tree level, with the running of alpha (1/137 -> 1/128) left out.
    assert G_Z * (sqrt(2) * G_FERMI) ** -0.5 / 2 * sqrt(137.036 / 128) == pytest.approx(M_Z, rel=0.01)


def test_loop_couplings_are_those_of_eq_2_12():
    induced = loop_couplings()
    assert induced["e"] == pytest.approx(-4.3706e-3, rel=2e-5)
    model = ZPrime.muonic(g_nu=0.3)
    assert model.proton == pytest.approx(-model.e)
    assert model.neutron == pytest.approx(0, abs=1e-18)
    for quark in QUARKS:
        assert getattr(model, quark) == pytest.approx(-model.e * CHARGE[quark])


def test_loop_coupling_grows_with_the_cutoff_as_eq_2_11():
    at_tev, at_muon = loop_couplings(1e3), loop_couplings(M_MU)
    assert abs(at_tev["e"]) == pytest.approx(ALPHA / (3 * pi) * np.log(1e6 / M_MU**2))
    assert at_muon["e"] == 0


def test_dark_photon_limit_of_mixing_eq_2_8():
    left, right = mixing_couplings([1e-3, 1e-2], epsilon=1e-3)
    np.testing.assert_allclose([left, right], 1e-3 * E_CHARGE, rtol=1e-7)
    neutrino, _ = mixing_couplings([1e-3], epsilon=1e-3, fermion="nu_mu")
    assert abs(neutrino[0]) < 1e-12


def test_hypercharge_limit_of_mixing_eq_2_9():
    m = np.array([1e7])
    left, right = mixing_couplings(m, epsilon=1.0)
    neutrino, _ = mixing_couplings(m, epsilon=1.0, fermion="nu_mu")
    np.testing.assert_allclose([left / right, neutrino / right], 0.5, rtol=1e-6)


def test_z_like_limit_of_mixing_eq_2_10():
    """The limit is epsilon -> 0 (the printed epsilon -> infinity is a misprint)."""
    left, right = mixing_couplings([0.1], theta=1e-4)
    neutrino, _ = mixing_couplings([0.1], theta=1e-4, fermion="nu_mu")
    np.testing.assert_allclose([left / neutrino, right / neutrino], np.array([[SIN2_W - 0.5], [SIN2_W]]) / 0.5)
    large, _ = mixing_couplings([0.1], epsilon=1e6, theta=1e-4)
    small, _ = mixing_couplings([0.1], epsilon=1e6, theta=1e-4, fermion="nu_mu")
    assert abs(large / small) > 1e3  # epsilon -> infinity is photon-like, far from (s_W^2 - 1/2)/(1/2)


def test_mixed_is_the_vector_part_and_tends_to_the_dark_photon():
    m = 5.0
    model = ZPrime.mixed(epsilon=1e-3, theta=1e-5, m=m)
    for fermion in FERMIONS:
        left, right = mixing_couplings(m, 1e-3, 1e-5, fermion)
        expected = left if fermion in NEUTRINOS else (left + right) / 2
        assert getattr(model, fermion) == pytest.approx(float(expected), rel=1e-12, abs=1e-18)
    light, photon = ZPrime.mixed(epsilon=-1.0, m=0), ZPrime.dark_photon()
    assert light.couplings == pytest.approx(photon.couplings)


def test_mixing_refuses_the_z_mass():
    with pytest.raises(ValueError, match="Z mass"):
        mixing_couplings([1.0, M_Z], epsilon=1e-3)


def test_anomaly_free_presets_have_opposite_charges():
    model = ZPrime.l_mu_minus_l_tau(loop=False)
    assert (model.mu, model.tau, model.nu_mu, model.nu_tau) == (1, -1, 1, -1)
    assert ZPrime.b_minus_l().proton == pytest.approx(1)  # baryon number of the proton
    assert ZPrime.b_minus_l().neutron == pytest.approx(1)


def test_the_neutrino_coupling_sums_squares_eq_2_16():
    assert ZPrime(nu_e=1, nu_mu=2, nu_tau=2).nu == pytest.approx(3)


def test_like_a_photon():
    like = (ZPrime.dark_photon(), ZPrime.muonic(), ZPrime.universal_leptons())
    assert all(model.like_photon for model in like) and not ZPrime.all_fermions().like_photon


@pytest.mark.parametrize("scale, factor", [(1e3, 3.24), (1e4, 4.06)])
def test_a_cutoff_scales_what_the_loop_induces_and_nothing_else(scale, factor):
    """Eq. 2.11 over Eq. 2.12: ln(Lambda^2/m_mu^2)/ln(m_tau^2/m_mu^2)."""
    cut, printed = ZPrime.muonic(g_nu=0.1, scale=scale), ZPrime.muonic(g_nu=0.1)
    for fermion in ("e", "u", "d", "s", "c", "b"):
        assert getattr(cut, fermion) / getattr(printed, fermion) == pytest.approx(factor, abs=0.005)
    assert (cut.mu, cut.nu_mu, cut.tau) == (1, 0.1, 0)



def test_models_add_and_scale():
    mixed = ZPrime.muonic(g_nu=1, loop=False) + 0.5 * ZPrime.dark_photon()
    assert mixed.e == pytest.approx(-0.5 * E_CHARGE)
    assert mixed.mu == pytest.approx(1 - 0.5 * E_CHARGE)
    assert (2 * ZPrime.muonic()).mu == 2


@pytest.mark.parametrize("bad", [np.nan, np.inf, 1j, "1", None, [1.0, 2.0]])
def test_bad_couplings_are_refused_by_name(bad):
    with pytest.raises(ValueError, match="coupling mu"):
        ZPrime(mu=bad)
