from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from zputils import curves
from zputils.constants import M_BOTTOM, M_CHARM, M_PI, M_Z
from zputils.physics import r_ratio as rr


def test_r_has_the_resonances_and_the_plateaus():
    assert rr.r_ratio(0.2) == 0
    assert rr.r_ratio(1.0194) == pytest.approx(49.5, rel=0.03)  # the phi peak of the compilation
    assert rr.r_ratio(0.7822) == pytest.approx(19.2, rel=0.03)  # rho-omega
    assert np.mean(rr.r_ratio(np.linspace(2.3, 3.5, 50))) == pytest.approx(2 * 1.1, rel=0.06)  # u, d, s
    assert np.mean(rr.r_ratio(np.linspace(12, 28, 50))) == pytest.approx(11 / 3 * 1.05, rel=0.04)  # five flavours


def test_r_follows_the_data_it_combines():
    data = curves.table("pdg_rratio_2020")
    data = data[data.E_cm_GeV < 2.0]
    pull = (rr.r_ratio(data.E_cm_GeV.to_numpy()) - data.R) / np.hypot(data.stat_plus, 0.02 * data.R)
    assert np.mean(np.abs(pull) < 2) > 0.95


def test_r_is_continuous_at_its_seams():
    points, _, _ = rr.combined_r()
    for seam, step in ((2 * M_PI, 0.02), (points[0], 0.02), (rr.R_DATA_END, 0.12)):
        below, above = rr.r_ratio(seam * (1 - 1e-6)), rr.r_ratio(seam * (1 + 1e-6))
        assert abs(above - below) < step


def test_r_shift_moves_by_its_errors():
    points, r, error = rr.combined_r()
    np.testing.assert_allclose(rr.r_ratio(points, shift=1.0), r + error)


def test_the_strong_coupling_runs_to_what_is_measured():
    """Review of Particle Physics 2020, Quantum Chromodynamics: 0.312 +- 0.015 from tau decays; fixed point m_Z."""
    assert rr.alpha_s(1.777) == pytest.approx(0.312, abs=0.015)
    assert rr.alpha_s(91.1876) == pytest.approx(0.1179, abs=1e-6)
    m = np.geomspace(1, rr.MASS_MAX, 400)
    assert np.all(np.diff(rr.alpha_s(m)) < 0)


def test_running_has_the_two_loop_slope():
    """d(1/alpha_s)/d ln m^2 = beta_0/(4 pi) [1 + beta_1/beta_0 alpha_s/(4 pi)], beta_0 = 23/3, beta_1 = 116/3."""
    slope = np.diff(1 / rr.alpha_s(np.array([100.0, 110.0])))[0] / (2 * np.log(1.1))
    a = float(rr.alpha_s(105.0))
    assert slope == pytest.approx(23 / 3 / (4 * np.pi) * (1 + 116 / 23 * a / (4 * np.pi)), rel=2e-3)


def test_free_quarks_agree_with_the_data_between_the_resonances():
    """Where nothing resonates: u, d, s between 1.8 and 3.7 GeV, with charm from 5 to 10 GeV, bottom from 12 on."""
    points, r, error = rr.combined_r()
    for low, high, plateau, within in ((1.8, 3.7, 2.0, 0.04), (5.0, 10.4, 10 / 3, 0.02), (12.0, 30.0, 11 / 3, 0.04)):
        inside = (points > low) & (points < high)
        free = plateau * rr.qcd_factor(points[inside])
        assert np.average(r[inside] / free, weights=(free / error[inside]) ** 2) == pytest.approx(1, abs=within)


def test_charm_and_bottom_are_what_light_quarks_leave():
    points, _, _ = rr.combined_r()
    m = np.append(points[points > 3.85], [60.0, 200.0])
    charm, bottom = rr.heavy_ratios(m)
    np.testing.assert_allclose(charm + bottom, rr.r_ratio(m) - 2 * rr.qcd_factor(m))
    assert np.all(bottom[m < rr.BOTTOM] == 0) and np.all(charm > 0)
    np.testing.assert_allclose(charm[-2:], 4 / 3 * rr.qcd_factor(m[-2:]), rtol=0.002)  # both far above threshold
    np.testing.assert_allclose(bottom[-2:], 1 / 3 * rr.qcd_factor(m[-2:]), rtol=0.002)


def test_charm_and_bottom_open_from_zero():
    for opening, which in ((rr.CHARM, 0), (rr.BOTTOM, 1)):
        below, at = (rr.heavy_ratios(opening * factor)[which] for factor in (0.999, 1 + 1e-9))
        assert below == 0 and 0 <= at < 1e-3
    assert rr.heavy_ratios(3.773)[0] > 1  # the psi(3770) is charm


def test_bad_input():
    with pytest.raises(ValueError, match=r"outside \[0, 345\.2\]"):
        rr.r_ratio(400.0)
    with pytest.raises(ValueError, match=r"outside \[1, 345\.2\]"):
        rr.qcd_factor(0.5)
    for bad in (0.0, -1.0, np.nan):
        with pytest.raises(ValueError, match="m = "):
            rr.heavy_ratios(bad)


def test_the_coupling_solves_its_equation_through_both_thresholds():
    """Against the equation integrated numerically: from m_Z down to 1 GeV and up to the end of the range."""
    def slope(log_m2, inverse):
        n = 3 + (log_m2 > 2 * np.log(M_CHARM)) + (log_m2 > 2 * np.log(M_BOTTOM))
        return (33 - 2 * n) / (12 * np.pi) + (153 - 19 * n) / (24 * np.pi**2) / inverse

    for ends in ((M_Z, M_BOTTOM, M_CHARM, 1.0), (M_Z, rr.MASS_MAX)):
        inverse = 1 / rr.ALPHA_S_MZ
        for start, end in pairwise(ends):
            path = 2 * np.log((start + 1e-12 * (end - start), end + 1e-12 * (start - end)))
            inverse = solve_ivp(slope, path, [inverse], rtol=1e-10, atol=1e-12).y[0, -1]
            interpolated = end in (M_BOTTOM, M_CHARM)  # a kink between two points, 1 % apart in m, of the table
            assert 1 / rr.alpha_s(end) == pytest.approx(inverse, rel=2e-4 if interpolated else 1e-9)
