"""P -> mu nu Z': explicit spinors, another parametrisation of phase space, the light limit, published numbers."""

import numpy as np
import pytest

from zputils import ZPrime
from zputils.constants import M_K, M_MU
from zputils.physics import meson_to_muon
from zputils.physics.meson_to_muon import MESONS, amplitude_squared, branching_ratio, light_limit, width_ratio

# -- Dirac matrices and spinors, in the chiral representation --------------------------------------------

SIGMA = np.array([[[1, 0], [0, 1]], [[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]]])
GAMMA = np.zeros((4, 4, 4), complex)
for index, sigma in enumerate(SIGMA):
    GAMMA[index, :2, 2:] = sigma
    GAMMA[index, 2:, :2] = sigma if index == 0 else -sigma
METRIC = np.array([1.0, -1, -1, -1])
GAMMA5 = np.diag([-1.0, -1, 1, 1])
ONE = np.eye(4)


def slash(p):
    return np.einsum("...m,m,mij->...ij", p, METRIC, GAMMA)


def projector(p, mass, sign):
    """The spinors of a momentum: columns u of which u u^dagger gamma0 is p-slash + sign mass."""
    rest = slash(p) + sign * mass * ONE
    hermitian = rest @ GAMMA[0]
    values, vectors = np.linalg.eigh(hermitian)
    return vectors[..., :, 2:] * np.sqrt(np.maximum(values[..., None, 2:], 0))


def polarisations(p, m):
    """Three polarisation vectors of a massive vector: two transverse, one longitudinal, (..., 3, 4)."""
    direction = p[..., 1:] / np.linalg.norm(p[..., 1:], axis=-1, keepdims=True)
    helper = np.broadcast_to([0.3, -0.5, 0.8], direction.shape)
    first = np.cross(direction, helper)
    first /= np.linalg.norm(first, axis=-1, keepdims=True)
    second = np.cross(direction, first)
    size = np.linalg.norm(p[..., 1:], axis=-1, keepdims=True)
    longitudinal = np.concatenate([size, p[..., :1] * direction], axis=-1) / m
    zero = np.zeros_like(size)
    return np.stack([np.concatenate([zero, first], -1), np.concatenate([zero, second], -1), longitudinal], axis=-2)


def spinor_sum(m, parent, energy_k, energy_q, g_mu, g_nu):
    """The squared amplitude from spinors, in the meson's rest frame, at given energies of muon and neutrino."""
    size_k = np.sqrt(energy_k**2 - M_MU**2)
    energy_p = parent - energy_k - energy_q
    cosine = (energy_p**2 - m**2 - size_k**2 - energy_q**2) / (2 * size_k * energy_q)
    sine, zero = np.sqrt(np.maximum(1 - cosine**2, 0)), np.zeros_like(energy_k)
    k = np.stack([energy_k, zero, zero, size_k], -1)
    q = np.stack([energy_q, energy_q * sine, zero, energy_q * cosine], -1)
    big_p = np.stack([np.full_like(energy_k, parent), zero, zero, zero], -1)
    p = big_p - k - q
    from_muon, from_neutrino = k + p, q + p
    ubar = np.conj(np.swapaxes(projector(k, M_MU, 1), -1, -2)) @ GAMMA[0]
    v = projector(q, 0.0, 1)
    eps = slash(polarisations(p, m))
    def propagator(momentum, mass):
        squared = np.einsum("...m,m,...m->...", momentum, METRIC, momentum)
        return (slash(momentum) + mass * ONE) / (squared - mass**2)[..., None, None]

    weak = slash(big_p)[..., None, :, :]
    muon = eps @ propagator(from_muon, M_MU)[..., None, :, :] @ weak
    neutrino = weak @ propagator(from_neutrino, 0.0)[..., None, :, :] @ eps
    vertex = (g_mu * muon - g_nu * neutrino) @ (ONE - GAMMA5)
    return np.sum(np.abs(ubar[..., None, :, :] @ vertex @ v[..., None, :, :]) ** 2, axis=(-3, -2, -1))


def random_energies(m, parent, n=200):
    """Energies of muon and neutrino inside the Dalitz region."""
    random = np.random.default_rng(3)
    energy_k = random.uniform(M_MU, (parent**2 + M_MU**2 - m**2) / (2 * parent), 40 * n)
    energy_q = random.uniform(0, parent / 2, 40 * n)
    low, high = neutrino_range(m, parent, energy_k)
    inside = (energy_q > low) & (energy_q < high)
    return energy_k[inside][:n], energy_q[inside][:n]


def neutrino_range(m, parent, energy_k):
    size, rest = np.sqrt(energy_k**2 - M_MU**2), parent - energy_k
    gap = parent**2 - 2 * parent * energy_k + M_MU**2 - m**2
    return gap / (2 * (rest + size)), gap / (2 * (rest - size))


def test_the_spinors_are_spinors():
    p = np.array([[0.3, 0.1, -0.2, np.sqrt(0.3**2 - 0.05 - M_MU**2)]])
    u = projector(p, M_MU, 1)
    np.testing.assert_allclose(u @ np.conj(np.swapaxes(u, -1, -2)) @ GAMMA[0], slash(p) + M_MU * ONE, atol=1e-14)
    eps = polarisations(p, M_MU)
    total = np.einsum("...am,...an->...mn", eps, eps)
    np.testing.assert_allclose(total, -np.diag(METRIC) + np.einsum("...m,...n->...mn", p, p) / M_MU**2, atol=1e-13)


@pytest.mark.parametrize("m", [0.01, 0.1, 0.3])
@pytest.mark.parametrize(("g_mu", "g_nu"), [(1, 0), (0, 1), (1, 1), (1, -0.7)])
def test_the_amplitude_against_explicit_spinors(m, g_mu, g_nu):
    energy_k, energy_q = random_energies(m, M_K)
    q2, r2 = M_K**2 - 2 * M_K * energy_q, M_K**2 + M_MU**2 - 2 * M_K * energy_k
    muon, neutrino, mixed = amplitude_squared(m, M_K, q2, r2)
    found = g_mu**2 * muon + g_nu**2 * neutrino + g_mu * g_nu * mixed
    np.testing.assert_allclose(found, spinor_sum(m, M_K, energy_k, energy_q, g_mu, g_nu), rtol=1e-6)


@pytest.mark.parametrize("m", [0.05, 0.2])
@pytest.mark.parametrize("ratio", [0.0, 0.1, 1.0])
def test_the_width_against_an_integral_over_energies_with_spinors(m, ratio):
    """dGamma = |M|^2 dE_mu dE_nu/(64 pi^3 M); P -> mu nu has 4 m_mu^2 (M^2 - m_mu^2)^2/(16 pi M^3) in its units."""
    nodes, weights = np.polynomial.legendre.leggauss(80)
    top = (M_K**2 + M_MU**2 - m**2) / (2 * M_K)
    u = (nodes + 1) / 2  # both ends are softened: E = M_MU + (top - M_MU) (1 - (1 - u)^3)
    energy_k = (M_MU + (top - M_MU) * (1 - (1 - u) ** 3))[:, None]
    jacobian = (top - M_MU) * 3 * (1 - u[:, None]) ** 2 * weights[:, None] / 2
    low, high = neutrino_range(m, M_K, energy_k)
    energy_q = low + (high - low) * u
    values = spinor_sum(m, M_K, np.broadcast_to(energy_k, energy_q.shape).ravel(), energy_q.ravel(), 1.0, ratio)
    total = np.sum(jacobian * (high - low) * weights / 2 * values.reshape(energy_q.shape)) / (64 * np.pi**3 * M_K)
    two_body = 4 * M_MU**2 * (M_K**2 - M_MU**2) ** 2 / (16 * np.pi * M_K**3)
    muon, neutrino, mixed = width_ratio([m], M_K)[:, 0]
    assert muon + ratio**2 * neutrino + ratio * mixed == pytest.approx(total / two_body, rel=3e-3)


def test_the_light_limit_grows_like_the_inverse_mass_squared_and_is_absent_for_equal_couplings():
    heavy = 30.0  # where the muon is light
    for g_nu in (0.0, 0.5, -1.0):
        muon, neutrino, mixed = width_ratio([1e-4], heavy)[:, 0]
        expected = light_limit(1.0, g_nu, 1e-4, heavy)
        assert muon + g_nu**2 * neutrino + g_nu * mixed == pytest.approx(expected, rel=2e-3)
    equal = [width_ratio([m], M_K)[:, 0].sum() for m in (1e-4, 1e-3)]
    assert equal[0] / equal[1] < 3  # a logarithm, not a hundred


def test_no_couplings_make_a_rate_negative():
    muon, neutrino, mixed = width_ratio(np.geomspace(1e-3, 0.38, 60), M_K)
    assert (muon > 0).all() and (neutrino > 0).all() and (mixed**2 < 4 * muon * neutrino).all()


def test_numbers_of_an_independent_prototype():
    m = [0.01, 0.05, 0.1, 0.2]
    for ratio, expected in ((1, [0.217, 0.055, 0.018, 0.0019]), (0.1, [7.5, 0.27, 0.051, 0.0044]),
                            (0, [9.2, 0.33, 0.063, 0.0056])):
        np.testing.assert_allclose(branching_ratio(ZPrime.muonic(g_nu=ratio), m), expected, rtol=0.03)


def test_more_points_change_nothing():
    m = np.array([1e-3, 0.03, 0.3])
    np.testing.assert_allclose(width_ratio(m, M_K), width_ratio(m, M_K, points=96), rtol=1e-5)


def test_closed_decays_and_bad_input():
    assert (branching_ratio(ZPrime.muonic(), [M_K - M_MU, 0.5]) == 0).all()
    assert branching_ratio(ZPrime.muonic(), MESONS["pi"][0] - M_MU - 1e-4, "pi") > 0
    assert meson_to_muon.branching_ratio(ZPrime(e=1.0, nu_e=1.0), 0.05) == 0
    with pytest.raises(KeyError, match="rho"):
        branching_ratio(ZPrime.muonic(), 0.05, "rho")
    with pytest.raises(ValueError, match="m = -1"):
        width_ratio([-1.0], M_K)
