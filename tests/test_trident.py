"""Trident: kinematics and amplitude against brute force and known limits, tables and limits against publications."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import dblquad, quad, trapezoid

from zputils import ZPrime, curves
from zputils.constants import ALPHA, FERMI, G_FERMI, GEV2_TO_CM2, M_MU, M_PROTON
from zputils.experiments.ccfr import CCFR, CCFR_ONE_SIDED
from zputils.experiments.dune import DUNE
from zputils.physics import trident_tables
from zputils.physics.scatterer import (
    DIPOLE_MASS2,
    FERMI_MOMENTUM,
    MOMENT_PROTON,
    Scatterer,
    form_factor,
    nucleons,
    nucleus,
    pauli_blocking,
)
from zputils.physics.trident_amplitude import (
    C_V,
    GAMMA,
    GAMMA_5,
    muon_vertices,
    neutrino_current,
    slash,
    spin_sum,
    squared,
    standard_model,
    vv_aa,
)
from zputils.physics.trident_kinematics import DIMENSIONS, METRIC, dot, sample, threshold, vector
from zputils.physics.trident_rates import Flux, beam_rate, contributions, cross_section, selected, sobol

L_MU_L_TAU = ZPrime.l_mu_minus_l_tau()
OPPOSITE = ZPrime.muonic(g_nu=-1)
POINT = Scatterer("point charge", 1e3, lambda q2: (np.ones_like(q2), 0.0), q2_max=1e-6)
PUBLISHED = {CCFR: "CCFR_Altmannshofer2014_LmuLtau", DUNE: "DUNE_trident_Ballett2019_LmuLtau"}


def points(energy=5.0, scatterer=None, log2_points=9, **cuts):
    scatterer = scatterer or nucleus("Ar")
    return sample(sobol(DIMENSIONS, log2_points, 1), energy, scatterer.mass, scatterer.q2_max, **cuts)


# -- kinematics ----------------------------------------------------------------------------------------


def two_body(s, m1_squared, m2_squared):
    """Two-body phase space, sqrt(lambda)/(8 pi s)."""
    momentum = (s - m1_squared - m2_squared) ** 2 - 4 * m1_squared * m2_squared
    return np.sqrt(max(momentum, 0)) / (8 * np.pi * s)


@pytest.mark.parametrize(("mass", "energy"), [(M_PROTON, 1.0), (M_PROTON, 20.0), (37.0, 2.0)])
def test_the_weights_add_up_to_four_body_phase_space(mass, energy):
    s, pair = mass * (mass + 2 * energy), 4 * M_MU**2

    def chain(l2, w2):
        return (two_body(s, mass**2, w2) * two_body(w2, 0, l2) * two_body(l2, M_MU**2, M_MU**2)) / (2 * np.pi) ** 2

    volume, _ = dblquad(chain, pair, (np.sqrt(s) - mass) ** 2, pair, lambda w2: w2, epsrel=1e-6)
    sampled = np.mean([sample(sobol(DIMENSIONS, 14, seed), energy, mass).weight.mean() for seed in range(4)])
    assert sampled == pytest.approx(volume, rel=4e-3)


@pytest.mark.parametrize("energy", [0.25, 5.0, 160.0])
def test_momenta_are_conserved_on_shell_and_match_the_invariants(energy):
    p = points(energy)
    target = p.eps + (p.mass * energy / dot(p.q, p.k))[:, None] * p.q
    scale = p.w2.max()
    for momentum, square in ((p.k, 0), (p.k_out, 0), (p.minus, M_MU**2), (p.plus, M_MU**2), (p.q, -p.q2),
                             (p.k - p.k_out, -p.k2), (p.k + p.q, p.w2)):
        np.testing.assert_allclose(dot(momentum, momentum), square, atol=1e-12 * scale, rtol=1e-10)
    np.testing.assert_allclose(p.k + p.q, p.k_out + p.minus + p.plus, atol=1e-12 * np.sqrt(scale))
    np.testing.assert_allclose(dot(target, target), p.mass**2, rtol=1e-7)
    np.testing.assert_allclose(dot(target - p.q, target - p.q), p.mass**2, rtol=1e-7)
    np.testing.assert_allclose(dot(target, p.k), p.mass * energy, rtol=1e-10)


def test_the_pair_starts_at_threshold_and_ends_where_it_is_cut():
    p = points(l2_max=0.2)
    l2 = dot(p.minus + p.plus, p.minus + p.plus)
    assert 4 * M_MU**2 <= l2.min() < 0.046 and 0.19 < l2.max() <= 0.2 * (1 + 1e-12)


def test_lab_quantities_and_selection_are_those_after_a_boost_to_the_target_at_rest():
    p = points(log2_points=12, l2_max=0.2)
    target = p.eps + (p.mass * p.energy / dot(p.q, p.k))[:, None] * p.q

    def boosted(x):
        energy = dot(target, x) / p.mass
        along = (energy + x[:, 0]) / (target[:, 0] / p.mass + 1)
        return energy, x[:, 1:] - along[:, None] * target[:, 1:] / p.mass

    _, beam = boosted(p.k)
    momenta = [boosted(p.minus), boosted(p.plus)]
    cosines = []
    for (energy, momentum), muon in zip(momenta, (p.minus, p.plus), strict=True):
        size = np.linalg.norm(momentum, axis=1)
        cosines.append((momentum * beam).sum(axis=1) / size / p.energy)
        for computed, expected in zip(p.lab(muon), (energy, size, cosines[-1]), strict=True):
            np.testing.assert_allclose(computed, expected, rtol=1e-6, atol=1e-9)
    (e1, p1), (e2, p2) = momenta
    opening = (p1 * p2).sum(axis=1) / np.linalg.norm(p1, axis=1) / np.linalg.norm(p2, axis=1)
    kept = (np.degrees(np.arccos(np.clip([*cosines, opening], -1, 1))).T < [15, 15, 20]).all(axis=1)
    kept &= (np.array([e1, e2]) > M_MU + 0.03).all(axis=0)
    np.testing.assert_array_equal(selected(p), kept)
    assert 0.2 < kept.mean() < 0.9


def test_the_threshold_is_where_target_and_muons_are_at_rest():
    for mass in (M_PROTON, 37.0):
        assert threshold(mass) == pytest.approx(((mass + 2 * M_MU) ** 2 - mass**2) / (2 * mass))


# -- amplitude -----------------------------------------------------------------------------------------

_PAULI = [np.array([[0, 1], [1, 0]]), np.array([[0, -1j], [1j, 0]]), np.diag([1.0, -1])]
_ONE, _NIL = np.eye(2), np.zeros((2, 2))
DIRAC = np.array([np.block([[_ONE, _NIL], [_NIL, -_ONE]])] + [np.block([[_NIL, s], [-s, _NIL]]) for s in _PAULI])
DIRAC_5 = np.block([[_NIL, _ONE], [_ONE, _NIL]])


def brute_force(p, i, polarisation, axial):
    """sum |j_alpha ubar Gamma^alpha v|^2 of point i: explicit spinors and a neutrino trace, Dirac representation."""
    def feyn(x):
        return np.einsum("m,mij->ij", x * METRIC, DIRAC)

    minus, plus, q, unit = p.minus[i], p.plus[i], p.q[i], np.eye(4)
    upper, lower = unit[:, :2], unit[:, 2:]
    u = (feyn(minus) + M_MU * unit) @ upper / np.sqrt(minus[0] + M_MU)
    v = (-feyn(plus) + M_MU * unit) @ lower / np.sqrt(plus[0] + M_MU)
    first = (feyn(minus - q) + M_MU * unit) / (dot(minus - q, minus - q) - M_MU**2)
    last = (feyn(q - plus) + M_MU * unit) / (dot(q - plus, q - plus) - M_MU**2)
    weak = DIRAC @ (DIRAC_5 if axial else unit)
    eps = feyn(polarisation)
    amplitude = u.conj().T @ DIRAC[0] @ (eps @ first @ weak + weak @ last @ eps) @ v * METRIC[:, None, None]
    left = DIRAC @ (unit - DIRAC_5)
    neutrino = np.einsum("ij,ajk,kl,bli->ab", feyn(p.k_out[i]), left, feyn(p.k[i]), left)
    return np.einsum("ab,ars,brs->", neutrino, amplitude, amplitude.conj()).real


def test_the_spin_sums_are_those_of_explicit_spinors_in_another_representation():
    p = points(log2_points=4)
    for polarisation in (p.eps, vector(1.0, 0.3, -0.2, np.full_like(p.q2, 0.7))):
        expected = [[brute_force(p, i, polarisation[i], axial) for i in range(len(p.q2))] for axial in (False, True)]
        np.testing.assert_allclose(vv_aa(p, polarisation), expected, rtol=1e-8)


def test_the_matrices_are_a_clifford_algebra():
    anticommutators = np.einsum("mij,njk->mnik", GAMMA, GAMMA) + np.einsum("nij,mjk->mnik", GAMMA, GAMMA)
    np.testing.assert_allclose(anticommutators, 2 * np.einsum("mn,ij->mnij", np.diag(METRIC), np.eye(4)))
    np.testing.assert_allclose(1j * GAMMA[0] @ GAMMA[1] @ GAMMA[2] @ GAMMA[3], GAMMA_5)


def test_the_neutrino_current_is_conserved_and_light_like():
    p = points()
    j = neutrino_current(p.k, p.k_out)
    size = abs(j).max(axis=1)
    assert np.all(abs(dot(j, p.k - p.k_out)) < 1e-10 * size * p.k[:, 0])
    np.testing.assert_allclose(-dot(j, j.conj()).real, 8 * p.k2, rtol=1e-7, atol=1e-12)  # 8 (2 - 4) k.k' of the trace


def test_the_photon_couples_to_a_conserved_current():
    p = points(scatterer=nucleons("Ar"))
    reversed_q = p.q * METRIC  # not conserved
    assert np.all(vv_aa(p, p.q).max(axis=1) < 1e-12 * vv_aa(p, reversed_q).max(axis=1))
    target = p.eps + (p.mass * p.energy / dot(p.q, p.k))[:, None] * p.q
    np.testing.assert_allclose(vv_aa(p, 2 * target - p.q), 4 * vv_aa(p, p.eps), rtol=1e-5, atol=1e-9)


def test_exchanging_the_muons_turns_the_sign_of_the_interference_alone():
    p = points()
    swapped = replace(p, minus=p.plus, plus=p.minus)
    np.testing.assert_allclose(vv_aa(swapped, p.eps), vv_aa(p, p.eps), rtol=1e-4)
    interference, mirrored = (spin_sum(x, *muon_vertices(x, p.eps)) for x in (p, swapped))
    size = np.sqrt(vv_aa(p, p.eps).prod(axis=0))
    np.testing.assert_allclose(mirrored / size, -interference / size, atol=1e-4)
    assert abs(interference / size).max() > 0.5


def test_the_interference_integrates_to_zero_also_under_the_selection():
    p = points(log2_points=14, l2_max=0.2)
    share = np.array([spin_sum(p, *muon_vertices(p, p.eps)), vv_aa(p, p.eps)[0]]) * p.weight / p.q2**2
    share *= nucleus("Ar").responses(p.q2)[0]
    for inside in (np.ones_like(p.q2), selected(p)):
        va, vv = (share * inside).mean(axis=1)
        assert abs(va / vv) < 0.01


def photon_structure(x, k2):
    """F_2 and F_L of a real photon from one lepton of unit charge at lowest order (Budnev et al. 1975)."""
    ratio = M_MU**2 / k2
    beta = np.sqrt(np.maximum(1 - 4 * ratio * x / (1 - x), 0))
    log = np.log((1 + beta) / (1 - beta))
    splitting = x**2 + (1 - x) ** 2 + 4 * x * (1 - 3 * x) * ratio - 8 * x**2 * ratio**2
    f_2 = x * (splitting * log + beta * (8 * x * (1 - x) - 1 - 4 * x * (1 - x) * ratio))
    return ALPHA / np.pi * f_2, ALPHA / np.pi * 4 * x**2 * ((1 - x) * beta - 2 * x * ratio * log)


def neutrino_photon(s, n=120):
    """sigma(nu gamma -> nu mu mu) for C_V = 1, C_A = 0: G_F^2 s/2pi int dx dy [(1 - y + y^2/2) F_2 - y^2/2 F_L]."""
    node, weight = np.polynomial.legendre.leggauss(n)
    node, weight = (node + 1) / 2, weight / 2
    floor = 4 * M_MU**2 / s
    y = floor ** (1 - node[:, None])
    x_max = 1 - floor / y
    x = x_max * node**3
    f_2, f_l = photon_structure(x, x * y * s)
    integrand = ((1 - y + y**2 / 2) * f_2 - y**2 / 2 * f_l) * x_max * 3 * node**2 * y * np.log(1 / floor)
    return G_FERMI**2 * s / (2 * np.pi) * (weight[:, None] * weight * integrand).sum()


@pytest.mark.slow
def test_almost_real_photons_give_the_cross_section_from_photon_structure_functions():
    energy, q2_max = 2e4, POINT.q2_max
    vv, aa = np.mean([cross_section(POINT, energy, 14, seed) for seed in range(4)], axis=0)
    log_s = np.linspace(np.log(4 * M_MU**2 * (1 + 1e-9)), np.log(2 * energy * np.sqrt(q2_max)), 400)
    sigma = np.array([neutrino_photon(s) for s in np.exp(log_s)])
    lowest = (np.exp(log_s) / (2 * energy)) ** 2 / q2_max
    expected = ALPHA / np.pi * trapezoid(sigma * (-np.log(lowest) - 1 + lowest), log_s) * GEV2_TO_CM2
    assert vv == pytest.approx(expected, rel=0.01)
    assert aa > vv  # axial currents also feel the muon's mass


def test_the_leading_logarithm_is_the_published_one_and_chirality_makes_both_parts_equal():
    """sigma -> G_F^2 alpha s/(9 pi^2) [ln(s/m_mu^2) + c] with one constant c (arXiv:1406.2332)."""
    s = np.array([1e6, 1e8]) * M_MU**2
    sigma = np.array([neutrino_photon(x, 200) for x in s]) / (G_FERMI**2 * ALPHA * s / (9 * np.pi**2))
    assert np.diff(sigma) / np.diff(np.log(s)) == pytest.approx(1, rel=2e-3)
    excess = [np.mean([np.subtract(*cross_section(POINT, energy, 12, seed)[::-1]) for seed in range(4)])
              / np.mean([cross_section(POINT, energy, 12, seed)[0] for seed in range(4)]) for energy in (2e3, 2e5, 2e7)]
    assert excess[0] > excess[1] > excess[2] and 0 < excess[2] < 0.03


# -- targets -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [40, 56])
def test_the_form_factor_is_the_fourier_transform_of_the_charge(number):
    r0, a = 1.126 * number ** (1 / 3) * FERMI, 0.523 * FERMI

    def charge(r):
        return 1 / (1 + np.exp((r - r0) / a)) - 1 / (1 + np.exp((r + r0) / a))

    total = quad(lambda r: r**2 * charge(r), 0, 80)[0]
    for q in (0.02, 0.1, 0.25):
        transform = quad(lambda r, q=q: r * np.sin(q * r) / q * charge(r), 0, 80, limit=200)[0]
        assert form_factor(q**2, number) == pytest.approx(transform / total, abs=1e-6)
    assert form_factor(1.0, number) ** 2 < 1e-8  # where the integral over Q^2 is cut off


def test_pauli_blocking_is_the_share_of_a_fermi_sphere_that_leaves_it():
    u = 2 * sobol(3, 16, 0) - 1
    inside = u[np.sum(u**2, axis=1) < 1]
    for y in (0.0, 0.3, 0.8, 1.0, 1.7):
        free = np.mean(np.sum((inside + 2 * y * np.eye(3)[0]) ** 2, axis=1) > 1)
        q = 2 * y * FERMI_MOMENTUM
        q2 = 2 * M_PROTON * (np.sqrt(M_PROTON**2 + q**2) - M_PROTON)
        assert pauli_blocking(q2) == pytest.approx(free, abs=3e-3)


def test_a_proton_without_structure_is_a_dirac_particle():
    """The tensor of `squared` against tr[(P'-slash + M) gamma^b (P-slash + M) gamma^c]/2."""
    p = points(scatterer=nucleons("Ar"), log2_points=4)
    target = p.eps + (p.mass * p.energy / dot(p.q, p.k))[:, None] * p.q
    before, after = slash(target) + p.mass * np.eye(4), slash(target - p.q) + p.mass * np.eye(4)
    tensor = np.einsum("nij,bjk,nkl,cli->nbc", after, GAMMA, before, GAMMA).real / 2
    basis = [muon_vertices(p, np.tile(np.eye(4)[mu], (len(p.q2), 1))) for mu in range(4)]
    expected = [np.sum([[tensor[:, b, c] * spin_sum(p, basis[b][part], basis[c][part]) for c in range(4)]
                        for b in range(4)], axis=(0, 1)) for part in (0, 1)]
    dirac = Scatterer("Dirac", M_PROTON, lambda q2: (np.ones_like(q2), np.ones_like(q2)), 20.0)
    photon = (G_FERMI * 4 * np.pi * ALPHA / p.q2) ** 2 / 2
    np.testing.assert_allclose(squared(p, dirac) / photon, expected, rtol=1e-6)


def test_free_nucleons_have_their_charges_and_magnetic_moments():
    q2 = np.array([1e-6, DIPOLE_MASS2])
    r1, r2 = nucleons("Ar", blocked=False).responses(q2)
    np.testing.assert_allclose(r1[0], 18, rtol=1e-4)
    tau = q2[1] / (4 * M_PROTON**2)
    magnetic = 18 * MOMENT_PROTON**2 + 22 * 1.913**2
    np.testing.assert_allclose([r1[1], r2[1]], [(18 + tau * magnetic) / (1 + tau) / 16, magnetic / 16], rtol=1e-9)
    blocked = cross_section(nucleons("Ar"), 2.0, 9) / cross_section(nucleons("Ar", blocked=False), 2.0, 9)
    assert np.all((0.6 < blocked) & (blocked < 0.9))


# -- cross sections and rates --------------------------------------------------------------------------


@pytest.mark.parametrize(("target", "energy", "femtobarn", "tolerance"), [
    ("Ar", 1.0, 1.34565e-5, 0.10), ("Ar", 5.0, 1.38844e-3, 0.06), ("Ar", 20.0, 1.88339e-2, 0.04),
    ("Ar", 100.0, 0.211757, 0.03), ("Fe", 1.0, 2.13197e-5, 0.12), ("Fe", 5.0, 2.46005e-3, 0.06)])
def test_cross_sections_are_close_to_published_ones(target, energy, femtobarn, tolerance):
    """arXiv:2406.20067, tabulated by its authors. Their nuclei have the measured radii, 4 % smaller: larger values."""
    computed = standard_model(*np.mean([cross_section(nucleus(target), energy, 13, s) for s in range(4)], axis=0))
    assert 1 - tolerance < computed * 1e39 / femtobarn < 1.0


def test_the_charge_radius_explains_the_difference_to_the_published_cross_sections():
    """With a form factor that falls as for argon's measured radius, 3.427 fm, 2 and 100 GeV agree to 3 %."""
    radius = np.sqrt(0.6 * (1.126 * 40 ** (1 / 3)) ** 2 + 1.4 * (np.pi * 0.523) ** 2)
    argon = nucleus("Ar")
    measured = replace(argon, responses=lambda q2: argon.responses(q2 * (3.427 / radius) ** 2))
    for energy, femtobarn in ((2.06122, 0.00015401), (100.0, 0.211757)):
        vv, aa = np.mean([cross_section(measured, energy, 13, s) for s in range(4)], axis=0) * 1e39
        assert standard_model(vv, aa) / femtobarn == pytest.approx(1, abs=0.035)


def test_events_in_the_beam_agree_with_published_ones():
    """Per tonne and 1.1e21 protons, nu_mu in neutrino mode, without selection (arXiv:1902.06765)."""
    frame = curves.table("dune_nd_flux_fhc")
    flux = Flux(frame.E_GeV.to_numpy(), frame.numu.to_numpy()[None])
    for scatterer, events, error in ((nucleus("Ar"), 1.17, 0.07), (nucleons("Ar"), 0.49, 0.15)):
        _, share = beam_rate(sobol(DIMENSIONS + 1, 13, 0), scatterer, flux, "Ar", cuts=False)
        assert abs(1.1 * standard_model(*share.mean(axis=1)) - events) < error


def test_the_drawn_energies_carry_the_flux():
    flux = Flux.load("dune_nd_flux_fhc", "dune_nd_flux_rhc")
    energy, density = flux.draw(sobol(1, 14, 0)[:, 0], 0.5)
    assert energy.min() >= 0.5
    above = flux.energy > 0.5
    spectrum, centre = flux.flux[:, above] * 0.25, flux.energy[above]
    np.testing.assert_allclose(density.mean(axis=1), spectrum.sum(axis=1), rtol=5e-3)
    np.testing.assert_allclose((density * energy).mean(axis=1), spectrum @ centre, rtol=5e-3)


@pytest.mark.slow
@pytest.mark.parametrize("mass", [1e-3, 0.1, 10.0])
def test_independent_sequences_agree_with_the_stored_table(mass):
    _, n1, n2 = CCFR.counts(L_MU_L_TAU, mass)
    p = 1 / (np.sqrt(2) * G_FERMI)
    fresh = []
    for seed in range(100, 108):
        points, (vv, aa) = contributions(sobol(DIMENSIONS, 14, seed), 160.0, nucleus("Fe"))
        propagator = p / (mass**2 + points.k2)
        fresh.append([standard_model(vv, aa).mean(), (vv * propagator).mean(), (vv * propagator**2).mean()])
    mean, error = np.mean(fresh, axis=0), np.std(fresh, axis=0, ddof=1) / np.sqrt(8)
    stored = curves.table("trident_ccfr_iron")
    assert np.all(error < 5e-3 * mean)
    assert standard_model(stored.VV.sum(), stored.AA.sum()) == pytest.approx(mean[0], rel=5e-3)
    assert [n1, n2] == pytest.approx([2 * C_V * mean[1] / mean[0], mean[2] / mean[0]], rel=8e-3)


@pytest.mark.parametrize("mass", np.geomspace(1e-3, 10, 9))
def test_the_bins_are_narrow_enough_for_the_propagator(mass):
    points, (vv, _) = contributions(sobol(DIMENSIONS, 14, 0), 160.0, nucleus("Fe"))
    moment, binned, _ = trident_tables.binned(points.k2, np.array([vv, vv]))
    filled = binned > 0
    k2 = moment[filled] / binned[filled]
    for power in (1, 2):
        exact = np.sum(vv / (mass**2 + points.k2) ** power)
        assert np.sum(binned[filled] / (mass**2 + k2) ** power) == pytest.approx(exact, rel=3e-3)


def test_a_table_is_written_whole_and_read_back(tmp_path, monkeypatch):
    monkeypatch.setattr(trident_tables, "SEQUENCES", 2)
    monkeypatch.setattr(trident_tables, "LOG2_POINTS", 7)
    trident_tables.main(tmp_path)
    assert sorted(file.stem for file in tmp_path.iterdir()) == sorted(trident_tables.definitions())
    for name in trident_tables.definitions():
        stored = curves.table(name)
        frame = pd.read_csv(tmp_path / f"{name}.csv", comment="#")
        assert list(frame) == list(stored)
        np.testing.assert_allclose(frame.iloc[:, 1:].sum(), stored.iloc[:, 1:].sum(), rtol=0.5)


# -- limits --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("experiment", [CCFR, DUNE], ids=lambda e: e.name)
def test_the_limit_is_where_the_count_leaves_the_allowed_range(experiment):
    m = np.geomspace(1e-3, 10, 20).reshape(4, 5)
    g = experiment.limit(L_MU_L_TAU, m)
    n0, n1, n2 = experiment.counts(L_MU_L_TAU, m)
    assert g.shape == (4, 5)
    np.testing.assert_allclose(n0 + n1 * g**2 + n2 * g**4, experiment.allowed(n0)[1], rtol=1e-10)


@pytest.mark.parametrize("experiment", [CCFR, DUNE], ids=lambda e: e.name)
def test_only_the_product_of_the_couplings_counts(experiment):
    m = np.geomspace(1e-3, 10, 30)
    equal = experiment.limit(ZPrime.muonic(g_nu=1), m)
    for r in (1e-3, 0.1, 7.0):
        np.testing.assert_allclose(experiment.limit(ZPrime.muonic(g_nu=r), m), equal / np.sqrt(r), rtol=1e-12)
        np.testing.assert_allclose(experiment.limit(ZPrime(mu=-r, nu_mu=-1 / r), m), equal, rtol=1e-12)
    np.testing.assert_array_equal(experiment.limit(L_MU_L_TAU, m), equal)


@pytest.mark.parametrize("experiment", [CCFR, DUNE], ids=lambda e: e.name)
def test_opposite_signs_interfere_destructively(experiment):
    m = np.geomspace(1e-3, 10, 30)
    (lower, upper), (limit, _) = experiment.regions(OPPOSITE, m)
    assert np.all(limit > experiment.limit(L_MU_L_TAU, m))
    island = np.isfinite(lower)
    assert island[-1] and not island[0]
    assert np.all(lower[island] < upper[island]) and np.all(upper[island] < limit[island])
    _, n1, n2 = experiment.counts(OPPOSITE, m)
    assert np.all(n1 < 0) and np.all(n2 > 0)


def test_a_heavy_z_prime_is_the_contact_interaction():
    """sigma/sigma_SM = [1 + (1 + 4 s_W^2 + 2 v^2 g^2/m^2)^2]/[1 + (1 + 4 s_W^2)^2] (arXiv:1406.2332), VV = AA."""
    m = np.array([300.0, 3000.0])
    v2 = 1 / (np.sqrt(2) * G_FERMI)
    top = CCFR.allowed(1.0)[1]
    g = m * np.sqrt((np.sqrt((1 + (2 * C_V) ** 2) * top - 1) - 2 * C_V) / (2 * v2))
    np.testing.assert_allclose(CCFR.limit(L_MU_L_TAU, m), g, rtol=0.02)
    np.testing.assert_allclose(np.diff(np.log(CCFR.limit(L_MU_L_TAU, m))), np.log(10), rtol=1e-3)


def test_ccfr_published_lies_in_the_band():
    published = curves.load(PUBLISHED[CCFR])
    one_sided = replace(CCFR, level=CCFR_ONE_SIDED).limit(L_MU_L_TAU, published.m)
    two_sided = CCFR.limit(L_MU_L_TAU, published.m)
    assert np.all(one_sided < published.limit)
    assert np.all((published.limit < two_sided)[published.m > 6e-3])
    assert np.all(published.limit < 1.05 * two_sided)


def test_dune_is_close_to_the_published_reach():
    """Between 10 and 20 GeV the published curve leaves the straight line of a contact interaction by 5 %."""
    published = curves.load(PUBLISHED[DUNE])
    ratio = DUNE.limit(L_MU_L_TAU, published.m) / published.limit
    light = published.m < 1
    assert np.all(abs(ratio[light] - 1) < 0.08)
    assert np.all(abs(ratio[(published.m < 10) | (published.m > 20)] - 1) < 0.085)
    assert np.all(abs(ratio - 1) < 0.13)
    everything = replace(DUNE, tables=(*DUNE.tables, "trident_dune_argon_nucleons")).limit(L_MU_L_TAU, published.m)
    assert np.all(abs(everything / DUNE.limit(L_MU_L_TAU, published.m) - 1) < 0.03)


def test_shapes_follow_the_mass():
    assert np.ndim(CCFR.limit(L_MU_L_TAU, 0.1)) == 0
    assert DUNE.limit(L_MU_L_TAU, [0.1]).shape == (1,) and DUNE.limit(L_MU_L_TAU, []).shape == (0,)


# -- bad input -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("model", "reason"), [
    (ZPrime(nu_mu=1), "no coupling to muons"), (ZPrime(mu=1, nu_tau=1), "no coupling to muon neutrinos"),
    (ZPrime(), "no coupling to muons"), (ZPrime.muonic(), "no coupling to muon neutrinos")])
def test_without_a_coupling_there_is_no_limit_and_a_reason(model, reason):
    assert CCFR.why_not(model) == reason and DUNE.why_not(model) == reason
    assert np.isnan(CCFR.limit(model, np.array([0.01, 1.0]))).all()
    assert CCFR.why_not(L_MU_L_TAU) is None


@pytest.mark.parametrize("m", [0, -1, np.nan, np.inf, "light"])
def test_a_mass_that_is_none_is_refused(m):
    with pytest.raises(ValueError, match="m"):
        CCFR.limit(L_MU_L_TAU, m)


def test_an_energy_below_threshold_is_refused():
    with pytest.raises(ValueError, match=r"energy \[GeV\] = 0.2 is outside \(0.211916"):
        cross_section(nucleus("Ar"), 0.2)
    with pytest.raises(ValueError, match=r"energy \[GeV\]"):
        cross_section(nucleus("Ar"), [1.0, np.nan])


def test_a_pair_mass_below_threshold_is_refused():
    with pytest.raises(ValueError, match=r"l2_max \[GeV\^2\] = 0.04"):
        points(l2_max=0.04)


@pytest.mark.parametrize("make", [nucleus, nucleons])
def test_a_target_without_form_factor_is_refused(make):
    with pytest.raises(KeyError, match=r"target = 'U' is not one of 'Ar', 'Fe'"):
        make("U")
    with pytest.raises(ValueError, match="q2 = 0 is outside"):
        form_factor(0.0, 40)


def test_a_flux_with_a_gap_or_in_other_units_is_refused(monkeypatch):
    with pytest.raises(ValueError, match=r"flux energy = 1.125 GeV: expected equal bins without gaps, .* 0.875"):
        Flux(np.array([0.125, 0.375, 0.625, 1.125]), np.ones((1, 4)))
    with pytest.raises(ValueError, match="flux = -1"):
        Flux(np.array([0.125, 0.375]), np.array([[1.0, -1.0]]))
    catalogue = curves.catalogue().copy()
    catalogue.loc["dune_nd_flux_fhc", "y_unit"] = "neutrinos/(m^2 proton GeV)"
    monkeypatch.setattr(curves, "catalogue", lambda: catalogue)
    with pytest.raises(ValueError, match=r"flux dune_nd_flux_fhc: the unit is 'neutrinos/\(m\^2 proton GeV\)'"):
        Flux.load("dune_nd_flux_fhc")
    with pytest.raises(KeyError, match="no_flux"):
        Flux.load("no_flux")
