"""Bremsstrahlung of a Z' by muons: the photon limit, integrals over angles and photons, a muon step by step."""

import numpy as np
import pytest
from scipy.integrate import quad, trapezoid

from zputils import curves
from zputils.constants import ALPHA, GEV2_TO_CM2, M_E, M_MU
from zputils.physics.muon_bremsstrahlung import (
    IRON,
    MOLYBDENUM,
    Material,
    differential,
    energy_after,
    layer,
    photon_flux,
    thick_target,
)


@pytest.mark.parametrize("x", [0.1, 0.5, 0.9])
def test_a_massless_vector_has_the_spectrum_of_photons(x):
    """Bethe and Heitler: 4 alpha^3 Z^2 L/(m_mu^2 x) [4/3 (1 - x) + x^2], with chi = 2 Z^2 L and g^2 = 4 pi alpha."""
    energy, m = 1e4, 1e-5
    t_min = (M_MU**2 * x / (2 * energy * (1 - x))) ** 2
    half_chi = photon_flux(t_min, M_MU**2, IRON) / 2
    photons = 4 * ALPHA**3 * half_chi / (M_MU**2 * x) * (4 / 3 * (1 - x) + x**2) * GEV2_TO_CM2
    assert 4 * np.pi * ALPHA * differential(x, energy, m, IRON) == pytest.approx(photons, rel=1e-4)


@pytest.mark.parametrize("m", [0.01, 0.1, 0.5])
@pytest.mark.parametrize("x", [0.2, 0.8])
def test_the_angles_are_integrated(m, x):
    """With U = U_0 + E^2 theta^2 x: int dU {(1 - x + x^2/2)/U^2 + x(1-x)(m^2 + 2 m_mu^2)(U_0 - U)/U^4}."""
    energy, low = 100.0, m**2 * (1 - x) / x + M_MU**2 * x

    def density(log_u):
        u = np.exp(log_u)
        return u * ((1 - x + x**2 / 2) / u**2 + x * (1 - x) * (m**2 + 2 * M_MU**2) * (low - u) / u**4)

    shape = quad(density, np.log(low), np.log(low) + 40, epsabs=0, epsrel=1e-10)[0]
    chi = photon_flux((low / (2 * energy * (1 - x))) ** 2, m**2 + M_MU**2, IRON)
    expected = ALPHA**2 / np.pi * chi * np.sqrt(1 - (m / (x * energy)) ** 2) * shape * GEV2_TO_CM2
    assert differential(x, energy, m, IRON) == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize("t_min", [1e-12, 1e-7, 1e-4])
def test_the_photon_flux_against_an_adaptive_integral(t_min):
    a2, d = (111 * 42 ** (-1 / 3) / M_E) ** 2, 0.164 * 95.95 ** (-2 / 3)

    def density(log_t):
        t = np.exp(log_t)
        return (t - t_min) / t * (42 * a2 * t / (1 + a2 * t) / (1 + t / d)) ** 2

    expected = quad(density, np.log(t_min), np.log(0.02), epsabs=0, epsrel=1e-10, limit=200)[0]
    assert photon_flux(t_min, 0.02, MOLYBDENUM) == pytest.approx(expected, rel=1e-6)
    assert photon_flux(0.03, 0.02, MOLYBDENUM) == 0


@pytest.mark.slow
def test_a_muon_followed_step_by_step():
    energy, m, p = 10.0, 0.05, 3.0
    total, product, step = 0.0, np.hypot(p, m), 0.1  # cm
    while energy > product + M_MU:
        energy -= (IRON.ionisation + IRON.radiation * energy) * step / 200  # to the middle of the step
        if energy > product + M_MU:
            total += step * IRON.atoms * differential(product / energy, energy, m, IRON) / energy * p / product
        energy -= (IRON.ionisation + IRON.radiation * energy) * step / 200
    assert thick_target([p], [10.0], m, IRON)[0, 0] == pytest.approx(total, rel=2e-3)


def test_no_more_is_radiated_than_there_is():
    p = np.array([1.0, 9.8, 9.95, 12.0])
    n = thick_target(p, [10.0, 20.0], 0.05, IRON)
    assert (n[:2, 0] > 0).all() and n[3, 0] == 0 and (n[:, 1] > n[:, 0]).all()
    assert differential(0.01, 1.0, 0.05, IRON) == 0  # less than its mass
    denser = Material(26, 55.845, 2 * IRON.density, 2 * IRON.ionisation, 2 * IRON.radiation)
    np.testing.assert_allclose(thick_target(p, [20.0], 0.05, denser), thick_target(p, [20.0], 0.05, IRON))


@pytest.mark.slow
@pytest.mark.parametrize("m", [0.0101, 0.05, 0.1, 0.2])
def test_ships_tabulated_yield_is_the_part_of_this_one_that_is_inside_the_aperture(m):
    """The table folds in the aperture: it must be below all that is radiated, and within its stated factor of 2 to 3
    of what muons inside the aperture radiate in the iron behind the target."""
    muons = curves.table("secondary_muons").query("facility == 'SHiP'")
    row = curves.table("gmu_yields").query("facility == 'SHiP' and mechanism == 'mu brem' and g_nu_over_g_mu == 1")
    row = row[np.isclose(row.m_GeV, m)].iloc[0]
    energy = np.sqrt(muons.E_low_GeV * muons.E_high_GeV).to_numpy()
    p = np.geomspace(0.1, 390, 200)
    spectra = thick_target(p, energy, m, IRON) @ muons[["N_all_per_proton", "N_inside_per_proton"]].to_numpy()
    everything, inside = trapezoid(spectra, p, axis=0)
    assert row.N_per_proton < everything and 1 < inside / row.N_per_proton < 3.1
    assert trapezoid(spectra[:, 1] * p, p) / inside == pytest.approx(row.p_mean_GeV, rel=0.25)


def test_a_stopped_muon_radiates_the_layers_it_crosses():
    depth = np.linspace(0, 14, 4001)
    energy = np.array([energy_after(20.0, x, IRON) for x in depth])
    assert energy[0] == pytest.approx(20) and energy[-1] == 0
    slope = np.gradient(energy, depth)[100]
    assert slope == pytest.approx(-(IRON.ionisation + IRON.radiation * energy[100]), rel=1e-4)
    total = trapezoid(layer(4.0, np.maximum(energy, 1e-9), 0.05, IRON), depth)
    assert thick_target([4.0], [20.0], 0.05, IRON)[0, 0] == pytest.approx(total, rel=2e-3)
