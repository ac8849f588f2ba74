"""Phase space of nu(k) N(P) -> nu(k') mu-(p-) mu+(p+) N(P'), sampled from the unit cube.

Invariants: Q^2 = -(P - P')^2, W^2 = (k + q)^2 with q = P - P', l^2 = (p- + p+)^2, K^2 = -(k - k')^2.
Four-vectors (x^0, x^1, x^2, x^3) in the last axis, metric (+, -, -, -), in the rest frame of k + q with
k along +z and P_T along +x. Lab energies and angles are invariants there, so nothing is ever boosted back.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import checks
from ..constants import M_MU

METRIC = np.array([1.0, -1.0, -1.0, -1.0])
DIMENSIONS = 7


def dot(a: NDArray, b: NDArray) -> np.ndarray:
    """Minkowski product over the last axis.

    :param a: (..., 4).
    :param b: (..., 4).
    :returns: (n,).

    >>> float(dot(np.array([5.0, 0, 0, 4]), np.array([5.0, 0, 0, 4])))
    9.0
    """
    return (a * b) @ METRIC


def vector(t: float | NDArray, x: float | NDArray, y: float | NDArray, z: float | NDArray) -> np.ndarray:
    """Four-vectors (n, 4) from components that broadcast.

    :param t: the time component, a number or (n,).
    :param x: a space component, likewise; y and z too.
    :param y: likewise.
    :param z: likewise.
    :returns: (n, 4).

    >>> vector(1.0, 0, 0, [0.5, 1.0]).tolist()
    [[1.0, 0.0, 0.0, 0.5], [1.0, 0.0, 0.0, 1.0]]
    """
    return np.stack(np.broadcast_arrays(t, x, y, z), axis=-1)


def threshold(mass: float | NDArray) -> np.ndarray:
    """Smallest neutrino energy in GeV that makes a muon pair on a target of `mass` GeV: 2 m_mu (1 + m_mu/M).

    :param mass: of the target, GeV.
    :returns: GeV, of the shape of `mass`.

    >>> f"{threshold(37.2):.4f}"  # GeV, on argon
    '0.2119'
    """
    return 2 * M_MU * (1 + M_MU / checks.mass(mass, name="mass"))


def _q2_range(energy: NDArray | float, mass: float, w2: NDArray | float) -> tuple[np.ndarray, np.ndarray]:
    """Smallest and largest Q^2 in GeV^2 at which k + q has mass^2 `w2`, from k P -> W P'.

    Q^2 = 2 (E_i E_f - M^2 +- p_i p_f) in the centre of mass; the product of the two ends is M^2 w2^2/s.

    >>> low, high = _q2_range(10.0, 37.2, 0.1)
    >>> f"{low:.2e} {high:.1f}"
    '2.50e-05 260.0'
    """
    s = mass * (mass + 2 * energy)
    energies = (s + mass**2) * (s + mass**2 - w2)
    momenta = 2 * mass * energy * np.sqrt((s - w2 + mass**2) ** 2 - 4 * s * mass**2)
    high = (energies + momenta) / (2 * s) - 2 * mass**2
    return mass**2 * w2**2 / (s * high), high


def _w2_max(energy: NDArray | float, mass: float, q2: NDArray | float) -> np.ndarray:
    """Largest W^2 in GeV^2 at Q^2 = `q2`: `2 E (|q| - Q^2/2M) - Q^2`, with
    `|q| = sqrt(Q^2 + Q^4/4M^2)`.

    >>> f"{_w2_max(10.0, 37.2, q2=0.01):.2f}"
    '1.99'
    """
    return 2 * energy * (np.sqrt(q2 + (q2 / (2 * mass)) ** 2) - q2 / (2 * mass)) - q2


@dataclass(frozen=True, eq=False)
class Points:
    """n points of phase space: invariants (n,) in GeV^2, four-vectors (n, 4) in GeV.

    :param energy: of the neutrino, (n,) GeV.
    :param mass: of the target, GeV.
    :param q2: Q^2 of the photon, (n,) GeV^2.
    :param w2: W^2 of what is made, (n,) GeV^2.
    :param k2: K^2 between the neutrinos, (n,) GeV^2.
    :param k: of the neutrino, (n, 4) GeV.
    :param q: of the photon, (n, 4) GeV.
    :param k_out: of the outgoing neutrino, (n, 4) GeV.
    :param minus: the muons.
    :param plus: the muons.
    :param eps: the gauge-improved hadronic current P - (P.k/q.k) q = (a, b, 0, a).
    :param weight: d(phase space) per point of the unit cube, so that its mean is the 4-body volume in GeV^4.

    >>> points = sample(np.full((1, 7), 0.5), 10.0, 37.2)
    >>> f"{np.sqrt(dot(points.minus, points.minus))[0]:.4f}"  # the muon's mass
    '0.1057'
    """

    energy: np.ndarray
    mass: float
    q2: np.ndarray
    w2: np.ndarray
    k2: np.ndarray
    k: np.ndarray
    q: np.ndarray
    k_out: np.ndarray
    minus: np.ndarray
    plus: np.ndarray
    eps: np.ndarray
    weight: np.ndarray

    def lab(self, p: NDArray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Energy in GeV, momentum and cosine to the beam of a muon `p` in the rest frame of the target.

        :param p: (n, 4) GeV.
        :returns: (n,) each.

        >>> points = sample(np.full((1, 7), 0.5), 10.0, 37.2)
        >>> energies = [points.lab(muon)[0][0] for muon in (points.minus, points.plus)]
        >>> bool(sum(energies) < 10)
        True
        """
        target = self.eps + (self.mass * self.energy / dot(self.q, self.k))[:, None] * self.q
        energy = dot(target, p) / self.mass
        momentum = np.sqrt(energy**2 - M_MU**2)
        return energy, momentum, (energy - dot(self.k, p) / self.energy) / momentum


def sample(u: NDArray, energy: ArrayLike, mass: float, q2_max: float = np.inf, l2_max: float = np.inf) -> "Points":
    """`Points` from `u`, (n, 7) in the unit cube, at neutrino energies `energy` (scalar or (n,)) in GeV.

    d(phase space) = dQ^2/(16 pi M E) dW^2/2pi dl^2/2pi dK^2/(8 pi (W^2 + Q^2)) dphi/2pi beta/8pi dOmega/4pi, with ln
    Q^2, ln l^2, the rapidity of the muons along q and K/K_max to the power 1/2 sampled evenly, because that is where
    the photon, the muon propagators and a light Z' peak.

    :param u: (n, 7) in the unit cube.
    :param energy: of the neutrino, GeV, a number or (n,).
    :param mass: of the target, GeV.
    :param q2_max: cut the integral off, GeV^2.
    :param l2_max: cut the integral off, GeV^2.
    :raises ValueError: below threshold.

    >>> points = sample(np.full((3, 7), 0.5), energy=10.0, mass=37.2)
    >>> points.plus.shape
    (3, 4)
    """
    energy = checks.real("energy [GeV]", energy, float(threshold(mass)), open_low=True)
    threshold_l2 = 4 * M_MU**2
    checks.real("l2_max [GeV^2]", l2_max if np.isfinite(l2_max) else 1.0, threshold_l2, open_low=True)
    low, high = _q2_range(energy, mass, threshold_l2)
    q2, weight = _even_log(u[:, 0], low, np.clip(q2_max, low, high))
    weight = weight / (16 * np.pi * mass * energy)
    w2, jacobian = _power(u[:, 1], threshold_l2, _w2_max(energy, mass, q2), 1.5)
    weight *= jacobian / (2 * np.pi)
    l2, jacobian = _even_log(u[:, 2], threshold_l2, np.minimum(w2, l2_max))
    weight *= jacobian / (2 * np.pi)
    k2, jacobian = _power(u[:, 3], 0.0, (w2 + q2) * (w2 - l2) / w2, 4)
    weight *= jacobian / (8 * np.pi * (w2 + q2))
    k, q, k_out = _neutrinos(q2, w2, l2, k2, 2 * np.pi * u[:, 4])
    minus, plus, jacobian = _muons(k + q - k_out, q, u[:, 5], 2 * np.pi * u[:, 6])
    return Points(np.broadcast_to(energy, q2.shape), mass, q2, w2, k2, k, q, k_out, minus, plus,
                  _hadronic_current(energy, mass, q2, w2), weight * jacobian)


def _even_log(u, low, high):
    """x between low and high, even in ln x, and dx/du."""
    span = np.log(high / low)
    x = low * np.exp(span * u)
    return x, span * x


def _power(u, low, high, power):
    """x = low + (high - low) u^power, and dx/du."""
    return low + (high - low) * u**power, (high - low) * power * u ** (power - 1)


def _neutrinos(q2, w2, l2, k2, phi):
    """k, q and k' in the rest frame of k + q; phi: azimuth of k' to P_T."""
    w = np.sqrt(w2)
    k_in, k_final = (w2 + q2) / (2 * w), (w2 - l2) / (2 * w)
    versine = k2 / (2 * k_in * k_final)
    sine = np.sqrt(np.maximum(versine * (2 - versine), 0))
    direction = vector(1.0, sine * np.cos(phi), sine * np.sin(phi), 1 - versine)
    return vector(k_in, 0, 0, k_in), vector(w - k_in, 0, 0, -k_in), k_final[:, None] * direction


def _hadronic_current(energy, mass, q2, w2):
    """P - x q = (a, b, 0, a) with x = P.k/q.k: b^2 = x (x - 1) Q^2 - M^2, a = Q^2 (x - 1/2)/W."""
    x = 2 * mass * energy / (w2 + q2)
    transverse = np.sqrt(np.maximum(x * (x - 1) * q2 - mass**2, 0))
    longitudinal = q2 * (x - 0.5) / np.sqrt(w2)
    return vector(longitudinal, transverse, 0, longitudinal)


def _muons(pair, q, u, phi):
    """p- and p+ = l/2 +- (beta sqrt(l^2)/2) n, and beta/8pi dcos/2 per du.

    n is a unit vector at rest with l, of polar axis q and cosine c; artanh(beta c) is even, since the
    propagators there are 1/(1 +- beta c).
    """
    l2 = dot(pair, pair)
    beta = np.sqrt(np.maximum(1 - 4 * M_MU**2 / l2, 0))
    rapidity = np.arctanh(beta)
    cosine = np.tanh(rapidity * (2 * u - 1)) / np.where(beta > 0, beta, 1)
    jacobian = rapidity * (1 - (beta * cosine) ** 2) / (8 * np.pi)
    sine = np.sqrt(np.maximum(1 - cosine**2, 0))
    z_axis, x_axis, y_axis = _axes(pair / np.sqrt(l2)[:, None], q)
    n = cosine[:, None] * z_axis + sine[:, None] * (np.cos(phi)[:, None] * x_axis + np.sin(phi)[:, None] * y_axis)
    relative = (beta * np.sqrt(l2) / 2)[:, None] * n
    return pair / 2 + relative, pair / 2 - relative, jacobian


def _axes(rest, q):
    """Three orthogonal unit space-like vectors at rest with `rest` (unit, time-like), the first along q.

    Gram-Schmidt from q and the transverse axes, which no choice of momenta makes dependent.
    """
    axes: list[NDArray] = []
    for p in (q, vector(0.0, 1.0, 0, 0), vector(0.0, 0, 1.0, 0)):
        p = p - dot(p, rest)[:, None] * rest
        for axis in axes:
            p = p + dot(p, axis)[:, None] * axis
        axes.append(p / np.sqrt(-dot(p, p))[:, None])
    return axes
