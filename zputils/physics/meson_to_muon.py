"""Leptonic decays of a charged meson that radiate a Z': P -> mu nu Z', at tree level.

The Z' comes from the muon (coupling g_mu) and from the neutrino (g_nu, left-handed); meson and W do not couple. With
P = k + q + p (muon, neutrino, Z'), Q = k + p and R = q + p the amplitude is::

    ubar(k) {g_mu eps (Q + m_mu) P/(Q^2 - m_mu^2) - g_nu P R eps/R^2} (1 - gamma_5) v(q),

every vector contracted with gamma. With eps -> p it is (g_mu - g_nu) ubar P (1 - gamma_5) v: a Z' that couples to the
muon and not in the same way to its neutrino breaks SU(2), and its longitudinal part is radiated like 1/m^2
(arXiv:1705.06726, 1902.07715). This growth belongs to the couplings of Eq. 2.1 of arXiv:2108.05147 as they stand; what
completes them at high energy may remove it. For g_nu = g_mu it is absent.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import checks
from ..constants import M_DPLUS, M_DS, M_K, M_MU, M_PI
from .axial import why_unknown
from .models import Couplings

# Mass in GeV and branching ratio to mu nu: Review of Particle Physics 2020.
MESONS = {"pi": (M_PI, 0.999877), "K": (M_K, 0.6356), "D": (M_DPLUS, 3.74e-4), "Ds": (M_DS, 5.49e-3)}


def amplitude_squared(m: ArrayLike, parent: float, q2: NDArray, r2: NDArray) -> NDArray:
    """The squared amplitude, summed over spins, as the coefficients of g_mu^2, g_nu^2 and g_mu g_nu.

    :param m: mass of the Z' in GeV.
    :param parent: mass of the meson in GeV.
    :param q2: Q^2 = (k + p)^2, GeV^2; broadcasts with m and r2.
    :param r2: R^2 = (q + p)^2, GeV^2.
    :returns: (3, ...) in GeV^2, without the factor G_F f_P V/sqrt(2).

    >>> amplitude_squared(0.1, 0.4937, 0.1, 0.06).round(2).tolist()
    [2.42, 3.04, -4.58]
    """
    m2, mu2, parent2 = np.asarray(m, float) ** 2, M_MU**2, parent**2
    kp, qp, qk = (q2 - mu2 - m2) / 2, (r2 - m2) / 2, (parent2 + m2 - q2 - r2) / 2  # products of momenta
    p_k, p_q, p_r = mu2 + qk + kp, qk + qp, qk + 2 * qp + kp + m2  # with P
    q_q, q_k, r_k, x, y = qk + qp, mu2 + kp, qk + kp, q2 - mu2, r2  # with Q and R; the propagators
    longitudinal = 8 * (2 * p_q * p_k - parent2 * qk) / m2
    muon = 16 * (q2 * x * qk + 2 * mu2 * q_q * (q_k - 2 * q2)) / x**2
    # V = 2 (P.k) P - M^2 k enters as 2 (R.V)(q.R) - R^2 q.V
    neutrino = 16 * (2 * (2 * p_k * p_r - parent2 * r_k) * qp - y * (2 * p_k * p_q - parent2 * qk)) / y**2
    mixed = -32 * (q2 * (qk * p_r - p_q * r_k + qp * p_k) - 2 * mu2 * q_q * p_r) / (x * y)
    return np.stack([muon + longitudinal, neutrino + longitudinal, mixed - 2 * longitudinal])


def width_ratio(m: ArrayLike, parent: float, points: int = 48) -> NDArray:
    """Gamma(P -> mu nu Z')/Gamma(P -> mu nu) as the coefficients of g_mu^2, g_nu^2 and g_mu g_nu.

    `int |A|^2 dQ^2 dR^2/(64 pi^2 m_mu^2 M^4 (1 - m_mu^2/M^2)^2)` at Gauss points in ln(Q^2 - m_mu^2) and ln R^2.

    :param m: (n,) GeV.
    :param parent: mass M of the meson in GeV.
    :param points: along each of the two integrals.
    :returns: (3, n), zero where the decay is closed.

    >>> [f"{c:.3f}" for c in width_ratio([0.1], 0.4937)[:, 0]]
    ['0.099', '0.125', '-0.195']
    """
    m = checks.mass(m)
    open_ = m < parent - M_MU
    safe = np.where(open_, m, (parent - M_MU) / 2)[..., None, None]
    nodes, weights = np.polynomial.legendre.leggauss(points)
    low, high = np.log(safe * (2 * M_MU + safe)), np.log(parent**2 - M_MU**2)
    x = np.exp(low + (high - low) * (nodes[:, None] + 1) / 2)
    q2 = x + M_MU**2
    first, last = (np.log(end) for end in _r2_range(safe, parent, q2))
    r2 = np.exp(first + (last - first) * (nodes + 1) / 2)
    measure = (high - low) / 2 * weights[:, None] * x * (last - first) / 2 * weights * r2
    total = np.sum(measure * amplitude_squared(safe, parent, q2, r2), axis=(-2, -1))
    return np.where(open_, total / (64 * np.pi**2 * M_MU**2 * (parent**2 - M_MU**2) ** 2), 0.0)


def _r2_range(m, parent, q2):
    """Smallest and largest R^2 at a Q^2, from the decay Q -> k p in its rest frame."""
    neutrino = (parent**2 - q2) / (2 * np.sqrt(q2))
    energy = (q2 + m**2 - M_MU**2) / (2 * np.sqrt(q2))
    momentum = np.sqrt(np.maximum(energy**2 - m**2, 0))
    # energy - momentum = m^2/(energy + momentum) without cancellation
    return m**2 + 2 * neutrino * m**2 / (energy + momentum), m**2 + 2 * neutrino * (energy + momentum)


def branching_ratio(model: Couplings, m: ArrayLike, meson: str = "K") -> NDArray:
    """BR(P -> mu nu Z') per unit of the model's reference coupling squared.

    :param model: its couplings to the muon and the muon neutrino count.
    :param m: (n,) GeV.
    :param meson: "pi", "K", "D" or "Ds".
    :returns: (n,), zero where the decay is closed.
    :raises KeyError: for an unknown meson.
    :raises ValueError: for an axial coupling of the muon, which the amplitude leaves out.

    >>> from zputils import ZPrime
    >>> [f"{b:.3f}" for b in branching_ratio(ZPrime.muonic(g_nu=1), [0.01, 0.1])]
    ['0.217', '0.018']
    """
    parent, leptonic = MESONS[checks.choice("meson", meson, MESONS)]
    muon, neutrino, mixed = width_ratio(m, parent)
    model = model.at(m)
    if reason := why_unknown(model, checks.mass(m), "mu"):
        raise ValueError(f"BR(P -> mu nu Z') {reason}")
    both = np.real(model.mu * model.nu_mu)
    return leptonic * (abs(model.mu) ** 2 * muon + model.nu_mu**2 * neutrino + both * mixed)


def light_limit(g_mu: float, g_nu: float, m: ArrayLike, parent: float) -> NDArray:
    """What `width_ratio` tends to for m << m_mu << M: (g_nu - g_mu)^2 M^4/(384 pi^2 m_mu^2 m^2).

    :param g_mu: coupling to muons.
    :param g_nu: coupling to their neutrino.
    :param m: (n,) GeV.
    :param parent: mass M of the meson in GeV.
    :returns: (n,).

    >>> f"{light_limit(1.0, 0.0, 0.001, 0.4937):.0f}"
    '1404'
    """
    return (g_nu - g_mu) ** 2 * parent**4 / (384 * np.pi**2 * M_MU**2 * np.asarray(m) ** 2)
