import numpy as np
import pytest
from scipy.integrate import dblquad

from zputils import ZPrime, curves
from zputils.constants import CHARGE, E_CHARGE, M_PROTON
from zputils.physics import production


def weight(z, pt2, m):
    """w of arXiv:2011.05115 Eq. 7, term by term as printed."""
    h = pt2 + (1 - z) * m**2 + z**2 * M_PROTON**2
    bracket = (1 + (1 - z) ** 2) / z
    bracket -= 2 * z * (1 - z) * ((2 * M_PROTON**2 + m**2) / h - z**2 * 2 * M_PROTON**4 / h**2)
    bracket += 2 * z * (1 - z) * (z + (1 - z) ** 2) * M_PROTON**2 * m**2 / h**2
    bracket += 2 * z * (1 - z) ** 2 * m**4 / h**2
    return bracket / (8 * np.pi**2 * h)


@pytest.mark.parametrize("m", [0.002, 0.3, 2.0])
def test_bremsstrahlung_against_adaptive_quadrature(m):
    beam = 400.0

    def integrand(pt2, z):
        s_prime = 2 * M_PROTON * (beam - np.sqrt((z * beam) ** 2 + pt2 + m**2))
        return weight(z, pt2, m) * production.sigma_pp(s_prime) / production.sigma_pp(2 * M_PROTON * beam)

    expected, _ = dblquad(integrand, 0.1, 0.9, 0, 1, epsrel=1e-7)
    assert production.bremsstrahlung(m, beam, "none") == pytest.approx(expected, rel=1e-5)


def test_splitting_tends_to_weizsaecker_williams():
    """A massless Z' radiated with pT >> z m_p: alpha'/(2 pi) [1 + (1-z)^2]/z dpT^2/pT^2, alpha' = g^2/4 pi."""
    z, pt2 = 0.3, 1e4
    expected = (1 + (1 - z) ** 2) / z / (8 * np.pi**2 * pt2)
    assert production.splitting(z, pt2, 1e-6) == pytest.approx(expected, rel=1e-3)


def test_form_factors():
    # The proton's charge; the fixed widths, which have no place at m = 0, keep it 2 % below 1.
    assert production.vmd_form_factor_squared(1e-6) == pytest.approx(1.0, abs=0.02)
    peak = production.vmd_form_factor_squared(0.7827)
    assert peak > 100 * production.vmd_form_factor_squared(0.3)
    assert production.dipole_form_factor_squared(0.8) == 1
    assert production.dipole_form_factor_squared(np.sqrt(2 * 0.71)) == pytest.approx(1 / 16)


def test_cross_section_of_protons():
    assert production.sigma_pp(2 * M_PROTON * 400.0) == pytest.approx(39.5, abs=1)  # mb at sqrt(s) = 27 GeV


def test_yields_source_is_the_table_for_a_photon_like_model():
    table = curves.table("dark_photon_yields_120GeV").iloc[50]
    reference = curves.table("dark_photon_yields_120GeV")
    total = reference.N_brem + reference.N_eta + reference.N_pi0
    at_100_mev = np.interp(np.log(0.1), np.log(reference.m_GeV), total)
    expected = E_CHARGE**2 * (table.N_brem + table.N_eta + table.N_pi0) / at_100_mev
    assert production.yields_source(ZPrime.dark_photon(), table.m_GeV) == pytest.approx(expected)


def test_the_source_is_g_p_squared_at_100_mev():
    model = ZPrime.muonic()
    assert production.bremsstrahlung_source(model, 0.1, 400) == pytest.approx(model.proton**2)
    assert production.yields_source(model, 0.1) == pytest.approx(model.proton**2, rel=1e-6)
    assert CHARGE["u"] * 2 + CHARGE["d"] == pytest.approx(1)


def test_bad_input():
    with pytest.raises(KeyError, match="form_factor"):
        production.bremsstrahlung(0.1, 400, "monopole")
    with pytest.raises(ValueError, match="beam_energy = 1"):
        production.bremsstrahlung(0.1, 1.0)
    with pytest.raises(ValueError, match=r"outside \[0\.0010731"):
        production.yields_source(ZPrime.muonic(), 1e-3)
