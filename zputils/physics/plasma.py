"""The fluids of the early universe at MeV temperatures, and the weak interactions that pass energy between them.

A fluid is its pressure p(T) = T^4 f(m/T): rho + p = T p', d rho/d ln T = T^2 p''. Photons with e+e- are the plasma;
three flavours of neutrinos share one temperature; a massive vector boson may belong to either
(arXiv:1812.05605, 2001.04466).
"""

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import quad_vec
from scipy.interpolate import make_interp_spline
from scipy.special import kv

from ..constants import E_CHARGE, G_FERMI, M_E, SIN2_W_LOW

SPINS = 3  # of the vector boson
X_RANGE = 1e-3, 200.0  # m/T between the massless limit and no particles left

# Sums over the flavours of 4 (g_L^2 + g_R^2) and 4 g_L g_R: nu_e, and nu_mu, nu_tau without charged currents.
G_LEFT = np.array([0.5, -0.5, -0.5]) + SIN2_W_LOW
WEAK_SQUARES = 4 * np.sum(G_LEFT**2 + SIN2_W_LOW**2)
WEAK_PRODUCT = 4 * np.sum(G_LEFT * SIN2_W_LOW)


def gas_pressure(x: ArrayLike, sign: int) -> np.ndarray:
    """p/T^4 of a free gas, per spin state: sign/(2 pi^2) int dy y^2 ln[1 + sign exp(-E)], E^2 = y^2 + x^2.

    :param x: m/T, (n,).
    :param sign: +1 for fermions, -1 for bosons.
    :returns: (n,).

    >>> x = np.array([1e-3])
    >>> f"{gas_pressure(x, 1)[0] / gas_pressure(x, -1)[0]:.3f}"  # 7/8 for massless particles
    '0.875'
    """
    def integrand(y):
        return y**2 * np.log1p(sign * np.exp(-np.hypot(y, x)))

    return sign * quad_vec(integrand, 0, 60, epsrel=1e-11)[0] / (2 * np.pi**2)


def qed_pressure(x: ArrayLike) -> np.ndarray:
    """p/T^4 from interactions of e+e- and photons, O(e^2): -e^2 [I/(12 pi^2) + I^2/(8 pi^4)].

    I = int dy y^2/E 2/(exp(E) + 1); without the logarithmic term, which is below 1e-4 in N_eff
    (arXiv:1911.04504).

    :param x: m_e/T, (n,).
    :returns: (n,).

    >>> f"{qed_pressure(np.array([1e-3]))[0]:.2e}"
    '-1.59e-03'
    """
    def integrand(y):
        energy = np.hypot(y, x)
        return 2 * y**2 / energy * np.exp(-energy) / (1 + np.exp(-energy))

    integral = quad_vec(integrand, 0, 60, epsrel=1e-11)[0]
    return -(E_CHARGE**2) * (integral / (12 * np.pi**2) + integral**2 / (8 * np.pi**4))


def annihilation_suppression(x: NDArray) -> np.ndarray:
    """nu nubar <-> e+e- energy transfer over that of massless electrons, for Boltzmann statistics.

    int dw w^7 K_2(w) beta [1 - r + 6 r (g_L g_R)/(g_L^2 + g_R^2)] / 3072, w = sqrt(s)/T > 2x, r = x^2/w^2,
    beta^2 = 1 - 4r.

    :param x: m_e/T, (n,).
    :returns: (n,).

    >>> [f"{part:.2f}" for part in annihilation_suppression(np.array([0.01, 1.0]))]
    ['1.00', '0.92']
    """
    def integrand(v):
        w = 2 * x + v**2  # v removes the square root at threshold
        r = (x / w) ** 2
        squared = 1 - r + 6 * r * WEAK_PRODUCT / WEAK_SQUARES
        return 2 * v * w**7 * kv(2, w) * np.sqrt(1 - 4 * r) * squared

    return quad_vec(integrand, 1e-6, 10, epsrel=1e-10)[0] / 3072


@cache
def _splines(name):
    """The function of `name` and its first two derivatives, as splines in ln(T/m)."""
    log_t = np.linspace(-np.log(X_RANGE[1]), -np.log(X_RANGE[0]), 400)
    x = np.exp(-log_t)
    values = {"plasma": lambda: 2 * np.pi**2 / 90 + 4 * gas_pressure(x, 1) + qed_pressure(x),
              "boson": lambda: SPINS * gas_pressure(x, -1),
              "suppression": lambda: annihilation_suppression(x)}[name]()
    spline = make_interp_spline(log_t, values, k=5)
    return spline, spline.derivative(1), spline.derivative(2)


def _log_t(temperature, m):
    return -np.log(np.clip(m / temperature, *X_RANGE))


def fluid(name: str, temperature: NDArray, m: ArrayLike) -> np.ndarray:
    """p, rho + p = T p' and d rho/d ln T = T^2 p'' in GeV^4 of the `plasma` (m = m_e) or the `boson`; (n,) each.

    :param name: `plasma` or `boson`.
    :param temperature: (n,) GeV.
    :param m: of the boson, GeV.
    :returns: (3, n) GeV^4.

    >>> pressure, enthalpy, capacity = fluid("plasma", 1.0, M_E)
    >>> f"{enthalpy / pressure:.3f}"  # 4 for a massless gas
    '4.000'
    """
    log_t = _log_t(temperature, m)
    f, d, dd = (spline(log_t) for spline in _splines(name))
    return temperature**4 * np.array([f, 4 * f + d, 12 * f + 7 * d + dd])


def neutrinos(temperature: NDArray) -> np.ndarray:
    """As `fluid`, for three flavours: p = 6 (7/8) pi^2/90 T^4.

    :param temperature: (n,) GeV.
    :returns: GeV^4.

    >>> pressure, enthalpy, capacity = neutrinos(np.array([1e-3]))
    >>> (enthalpy / pressure).round(6).tolist()
    [4.0]
    """
    return 6 * 7 / 8 * np.pi**2 / 90 * temperature**4 * np.array([[1.0], [4.0], [12.0]])


def weak_exchange(t_gamma: NDArray, t_nu: NDArray) -> np.ndarray:
    """Energy from the plasma to the neutrinos per time and volume, GeV^5, for temperatures (n,) in GeV.

    G_F^2/pi^5 4 sum(g_L^2 + g_R^2) [32 0.884 (T_g^9 - T_n^9) + 56 0.829 T_g^4 T_n^4 (T_g - T_n)] (arXiv:2001.04466);
    the first term, annihilation, is reduced for the electron's mass.

    :param t_gamma: of the plasma, (n,) GeV.
    :param t_nu: of the neutrinos, (n,) GeV.
    :returns: (n,).

    >>> f"{weak_exchange(np.array([2e-3]), np.array([1.9e-3]))[0]:.1e}"  # GeV^5, from the hotter plasma
    '9.6e-36'
    """
    by_annihilation = [t**9 * _splines("suppression")[0](_log_t(t, M_E)) for t in (t_gamma, t_nu)]
    by_scattering = t_gamma**4 * t_nu**4 * (t_gamma - t_nu)
    bracket = 32 * 0.884 * (by_annihilation[0] - by_annihilation[1]) + 56 * 0.829 * by_scattering
    return G_FERMI**2 / np.pi**5 * WEAK_SQUARES * bracket
