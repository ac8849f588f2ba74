"""R = sigma(e+e- -> hadrons)/sigma(e+e- -> mu+mu-) through a photon: measured, and from free quarks.

Sources: the compilation of the Review of Particle Physics 2020 (measurements); its review of Quantum
Chromodynamics, Eqs. 9.3-9.9 (running coupling and the corrections to free quarks).
"""

from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from .. import checks, curves
from ..constants import M_B, M_BOTTOM, M_CHARM, M_D, M_PI, M_TOP, M_Z

R_TABLE = "pdg_rratio_2020"

# R is the measured one up to here. Above, Z exchange (1 % and rising fast) would enter the data, and
# five free quarks with QCD corrections replace it.
R_DATA_END = 30.0
# Highest mass any hadronic width is given for: there top quarks open, to which no model here couples.
MASS_MAX = 2 * M_TOP
# Pairs of charmed and of beautiful mesons open here.
CHARM, BOTTOM = 2 * M_D, 2 * M_B
ALPHA_S_MZ = 0.1179  # Review of Particle Physics 2020

# Points closer than this (GeV) measure the same R: fine over omega, phi and the open-charm resonances,
# coarse where R is smooth. (upper end of the range, width of a cell)
_CELLS = ((0.74, 5e-3), (0.77, 2e-3), (0.81, 5e-4), (1.0, 4e-3), (1.04, 2e-4), (1.4, 5e-3), (2.0, 1e-2),
          (3.6, 5e-2), (4.6, 1e-2), (10.0, 0.2), (R_DATA_END, 2.0))


# -- measured ----------------------------------------------------------------------------------------

def _cell_edges():
    starts = [0.3] + [end for end, _ in _CELLS[:-1]]
    pieces = [np.linspace(a, b, round((b - a) / width) + 1) for a, (b, width) in zip(starts, _CELLS, strict=True)]
    return np.unique(np.concatenate(pieces))


@cache
def combined_r() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Measurements of R that fall into the same cell combined with weights 1/error^2.

    The error adds the statistical and the normalisation error in quadrature.

    :returns: (m, R, error), each (n,), m in GeV, rising.

    >>> m, r, error = combined_r()
    >>> bool((np.diff(m) > 0).all() and (error > 0).all())
    True
    """
    data = curves.columns(R_TABLE)
    known = data["E_cm_GeV"] < R_DATA_END
    m, r = data["E_cm_GeV"][known], data["R"][known]
    plus, minus, norm = (data[name][known] for name in ("stat_plus", "stat_minus", "norm_percent"))
    weight = 1 / np.hypot((plus + minus) / 2, norm / 100 * r) ** 2
    cell = np.digitize(m, _cell_edges())
    total = np.bincount(cell, weight)
    filled = total > 0
    mean = [np.bincount(cell, weight * x)[filled] / total[filled] for x in (m, r)]
    return mean[0], mean[1], total[filled] ** -0.5


def r_ratio(m: ArrayLike, shift: float = 0.0) -> np.ndarray:
    """R(m) = sigma(e+e- -> hadrons)/sigma(e+e- -> mu+mu-) through a photon (Eq. 3.11).

    Zero below 2 m_pi; from there to the first point, 0.3 GeV, the P-wave threshold (1 - 4 m_pi^2/m^2)^(3/2); the
    combined data up to 30 GeV, linear between points; five free quarks, 11/3 times `qcd_factor`, above. J/psi, Upsilon
    and their narrow excitations are not in it.

    :param m: (n,) GeV, up to 2 m_top.
    :param shift: R is moved by `shift` of its own errors.
    :returns: (n,).
    :raises ValueError: for a mass that is not in (0, 2 m_top].

    >>> [f"{r:.1f}" for r in r_ratio([0.1, 0.775, 5.0, 50.0])]
    ['0.0', '12.0', '3.4', '3.8']
    """
    m = checks.mass(m, high=MASS_MAX)
    points, r, error = combined_r()
    r = r + shift * error
    beta_cubed = np.maximum(1 - 4 * M_PI**2 / m**2, 0) ** 1.5
    threshold = r[0] * beta_cubed / (1 - 4 * M_PI**2 / points[0] ** 2) ** 1.5
    free = 11 / 3 * qcd_factor(np.maximum(m, 1.0))
    return np.where(m < points[0], threshold, np.where(m > R_DATA_END, free, np.interp(m, points, r)))


# -- from free quarks --------------------------------------------------------------------------------

def _flavours(m, charm, bottom):
    """How many quark flavours take part at m when the last two do from `charm` and `bottom` on, all in GeV."""
    return 3 + (np.asarray(m) > charm) + (np.asarray(m) > bottom)


def _run(inverse, start, m, n):
    """1/alpha_s at m of n flavours, where it is `inverse` at `start`: the solution of the two-loop equation.

    d(1/alpha_s)/d ln m^2 = b0 + b1 alpha_s, b0 = (33 - 2 n)/12 pi, b1 = (153 - 19 n)/24 pi^2. With c = b1/b0 and
    u = 1/alpha_s + c the equation says that u - c ln u grows by b0 ln m^2.
    """
    b0, b1 = (33 - 2 * n) / (12 * np.pi), (153 - 19 * n) / (24 * np.pi**2)
    c = b1 / b0
    level = inverse + c - c * np.log(inverse + c) + 2 * b0 * np.log(m / start)
    u = 2 * (level + c)  # above the root, from where Newton's steps fall to it
    for _ in range(12):
        u = u - (u - c * np.log(u) - level) / (1 - c / u)
    return u - c


@cache
def _inverse_alpha_s():
    """(ln m, 1/alpha_s) from 1 GeV to MASS_MAX, (n,) each, from m_Z on and through both thresholds."""
    down, up = (np.linspace(np.log(M_Z), np.log(end), 500) for end in (1.0, MASS_MAX))
    log_m = np.concatenate([down[:0:-1], up])
    m, at_bottom = np.exp(log_m), _run(1 / ALPHA_S_MZ, M_Z, M_BOTTOM, 5)
    at_charm = _run(at_bottom, M_BOTTOM, M_CHARM, 4)
    each = _run(1 / ALPHA_S_MZ, M_Z, m, 5), _run(at_bottom, M_BOTTOM, m, 4), _run(at_charm, M_CHARM, m, 3)
    return log_m, np.select([m > M_BOTTOM, m > M_CHARM], each[:2], each[2])


def alpha_s(m: ArrayLike) -> np.ndarray:
    """Two-loop strong coupling from alpha_s(m_Z) = 0.1179, flavours changing at the masses of charm and bottom.

    Source: Review of Particle Physics 2020, Eq. 9.3.

    :param m: (n,) GeV from 1 GeV to 2 m_top.
    :returns: (n,).
    :raises ValueError: for a mass outside that range.

    >>> [f"{a:.3f}" for a in alpha_s([1.777, 10.0, 91.1876])]  # from tau decays: 0.312 +- 0.015
    ['0.313', '0.178', '0.118']
    """
    return 1 / np.interp(np.log(checks.mass(m, 1.0, MASS_MAX)), *_inverse_alpha_s())


def qcd_factor(m: ArrayLike) -> np.ndarray:
    """K(m), by which gluons raise the width to free massless quarks: R = K 3 sum Q_q^2.

    n_f counts quarks whose mesons are open; a = alpha_s/pi; K = 1 + a + (1.9857 - 0.1152 n_f) a^2 - (6.6369 + 1.2001
    n_f + 0.0052 n_f^2) a^3 (Review of Particle Physics 2020, Eqs. 9.8, 9.9; without the term in (sum Q_q)^2, which is
    below 2 per mille).

    :param m: (n,) GeV from 1 GeV to 2 m_top.
    :returns: (n,).
    :raises ValueError: for a mass outside that range.

    >>> [f"{k:.3f}" for k in qcd_factor([2.0, 10.0, 50.0])]
    ['1.100', '1.059', '1.043']
    """
    n, a = _flavours(m, CHARM, BOTTOM), alpha_s(m) / np.pi
    return 1 + a + (1.9857 - 0.1152 * n) * a**2 - (6.6369 + 1.2001 * n + 0.0052 * n**2) * a**3


@cache
def _heavy_points(shift):
    """(m, R - 2 K) at 2 m_D, where it is zero, and at the data's points above; (n,) each."""
    points, r, error = combined_r()
    above = points > CHARM
    excess = (r + shift * error)[above] - 2 * qcd_factor(points[above])
    return np.append(CHARM, points[above]), np.append(0.0, np.maximum(excess, 0))


def heavy_ratios(m: ArrayLike, shift: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """The parts of R that are charm and bottom: (R_c, R_b), each (n,).

    Their sum is what R has above light quarks, R - 2 K: at the data's points from 2 m_D on, linear between them and
    zero at 2 m_D; 5/3 K beyond the data. It is charm alone up to 2 m_B and divided from there on as free quarks have
    it, 4/3 to 1/3 beta (3 - beta^2)/2, beta^2 = 1 - (2 m_B/m)^2, so that bottom, too, begins at zero.

    :param m: (n,) GeV, up to 2 m_top.
    :param shift: see `r_ratio`.
    :returns: (n,) each.
    :raises ValueError: for a mass that is not in (0, 2 m_top].

    >>> charm, bottom = heavy_ratios([3.0, 5.0, 20.0])
    >>> [f"{c:.2f} {b:.2f}" for c, b in zip(charm, bottom)]
    ['0.00 0.00', '1.29 0.00', '1.14 0.28']
    """
    m = checks.mass(m, high=MASS_MAX)
    free = 5 / 3 * qcd_factor(np.maximum(m, 1.0))
    heavy = np.where(m > R_DATA_END, free, np.interp(m, *_heavy_points(shift)))
    beta2 = np.maximum(1 - (BOTTOM / m) ** 2, 0)
    beauty = np.sqrt(beta2) * (3 - beta2) / 2 / 3
    return heavy * (4 / 3) / (4 / 3 + beauty), heavy * beauty / (4 / 3 + beauty)
