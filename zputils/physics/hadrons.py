"""Hadronic widths of a Z': from the measured R ratio where it couples like a photon, from vector-meson
dominance where it does not.

Sources: the compilation of the Review of Particle Physics 2020 (R), arXiv:1801.04847 Eqs. 2.13-2.18 and
arXiv:2206.08563 (vector-meson dominance, tabulated per mediating meson).
"""

from functools import cache

import numpy as np

from .. import checks, curves
from ..constants import ALPHA, CHARGE, E_CHARGE, M_B, M_D, M_PI
from .models import QUARKS

R_TABLE, VMD_TABLE = "pdg_rratio_2020", "vmd_hadronic_ratios"

# R is the measured one up to here. Above, Z exchange (1 % and rising fast) would enter the data, and
# five free quarks with the first QCD correction replace it.
R_DATA_END = 30.0
# Highest mass any hadronic width is given for; towards m_Z a Z' no longer decays like a photon.
MASS_MAX = 80.0
# End of the vector-meson-dominance grids.
VMD_END = 2.0

# Points closer than this (GeV) measure the same R: fine over omega, phi and the open-charm resonances,
# coarse where R is smooth. (upper end of the range, width of a cell)
_CELLS = ((0.74, 5e-3), (0.77, 2e-3), (0.81, 5e-4), (1.0, 4e-3), (1.04, 2e-4), (1.4, 5e-3), (2.0, 1e-2),
          (3.6, 5e-2), (4.6, 1e-2), (10.0, 0.2), (R_DATA_END, 2.0))


def _cell_edges():
    starts = [0.3] + [end for end, _ in _CELLS[:-1]]
    pieces = [np.linspace(a, b, round((b - a) / width) + 1) for a, (b, width) in zip(starts, _CELLS, strict=True)]
    return np.unique(np.concatenate(pieces))


@cache
def combined_r():
    """Measurements of R that fall into the same cell combined with weights 1/error^2.

    The error adds the statistical and the normalisation error in quadrature. Returns (m, R, error),
    each (n,), m in GeV, rising.

    >>> m, r, error = combined_r()
    >>> bool((np.diff(m) > 0).all() and (error > 0).all())
    True
    """
    data = curves.table(R_TABLE)
    edges = _cell_edges()
    data = data[data.E_cm_GeV < R_DATA_END]
    error = np.hypot((data.stat_plus + data.stat_minus) / 2, data.norm_percent / 100 * data.R)
    weight = 1 / error**2
    cell = np.digitize(data.E_cm_GeV, edges)
    total = np.bincount(cell, weight)
    filled = total > 0
    mean = [np.bincount(cell, weight * x)[filled] / total[filled] for x in (data.E_cm_GeV, data.R)]
    return mean[0], mean[1], total[filled] ** -0.5


def _alpha_s(m):
    """One-loop strong coupling with five flavours from alpha_s(m_Z) = 0.1179 (Review of Particle Physics 2020)."""
    return 0.1179 / (1 + 0.1179 * 23 / (6 * np.pi) * np.log(m / 91.1876))


def r_ratio(m, shift=0.0):
    """R(m) = sigma(e+e- -> hadrons)/sigma(e+e- -> mu+mu-) through a photon (Eq. 3.11).

    Zero below 2 m_pi; from there to the first point, 0.3 GeV, the P-wave threshold (1 - 4 m_pi^2/m^2)^(3/2);
    the combined data up to 30 GeV, linear between points; 11/3 (1 + alpha_s/pi) above. J/psi, Upsilon
    and their narrow excitations are not in it.

    m: (n,) GeV, up to 80 GeV, ValueError beyond. shift: R is moved by `shift` of its own errors.

    >>> [f"{r:.1f}" for r in r_ratio([0.1, 0.775, 5.0, 50.0])]
    ['0.0', '12.0', '3.4', '3.8']
    """
    m = checks.mass(m, high=MASS_MAX)
    points, r, error = combined_r()
    r = r + shift * error
    beta_cubed = np.maximum(1 - 4 * M_PI**2 / m**2, 0) ** 1.5
    threshold = r[0] * beta_cubed / (1 - 4 * M_PI**2 / points[0] ** 2) ** 1.5
    perturbative = 11 / 3 * (1 + _alpha_s(np.maximum(m, 10.0)) / np.pi)
    return np.where(m < points[0], threshold, np.where(m > R_DATA_END, perturbative, np.interp(m, points, r)))


@cache
def _vmd_grids():
    """{(final state, mesons): (m, R)} of the vector-meson-dominance table."""
    groups = curves.table(VMD_TABLE).groupby(["final_state", "mesons"])
    return {key: (group.m_GeV.to_numpy(), group.R.to_numpy()) for key, group in groups}


@cache
def _vmd_sum(meson):
    """(m, R) of one meson summed over final states, on the union of their masses."""
    grids = [grid for (_, mesons), grid in _vmd_grids().items() if mesons == meson]
    m = np.unique(np.concatenate([grid[0] for grid in grids]))
    return m, sum(np.interp(m, *grid, left=0.0, right=0.0) for grid in grids)


def meson_charges(model):
    """Couplings to rho, omega and phi relative to a dark photon with epsilon = 1, as (rho, omega, phi).

    pre_V Tr(T_V Q_X)/e: (g_u - g_d)/e, 3 (g_u + g_d)/e, -3 g_s/e; all 1 for the dark photon.

    >>> from zputils import ZPrime
    >>> [round(float(charge), 6) for charge in meson_charges(ZPrime.dark_photon())]
    [1.0, 1.0, 1.0]
    """
    return (model.u - model.d) / E_CHARGE, 3 * (model.u + model.d) / E_CHARGE, -3 * model.s / E_CHARGE


def _meson_weights(model):
    rho, omega, phi = meson_charges(model)
    return {"rho0": rho**2, "omega": omega**2, "phi": phi**2, "omega_phi": omega * phi}


def vmd_ratio(model, m, final_state=None):
    """Hadronic width over that to massless mu mu with coupling e, by vector-meson dominance.

    m: (n,) GeV, up to 2 GeV (nan above). final_state: one of the table's, such as "pi+_pi-"; all when None.

    >>> from zputils import ZPrime
    >>> f"{vmd_ratio(ZPrime.dark_photon(), 0.775):.1f}"
    '12.1'
    >>> f"{vmd_ratio(ZPrime.b_minus_l(), 0.775, 'pi+_pi-'):.1f}"  # no coupling to the rho
    '0.0'
    """
    m = checks.mass(m)
    if final_state is None:
        grids = [(meson, _vmd_sum(meson)) for meson in _meson_weights(model)]
    else:
        checks.choice("final_state", final_state, {state for state, _ in _vmd_grids()})
        grids = [(mesons, grid) for (state, mesons), grid in _vmd_grids().items() if state == final_state]
    weights = _meson_weights(model)
    total = sum(weights[meson] * np.interp(m, *grid, left=0.0, right=0.0) for meson, grid in grids)
    return np.where(m <= VMD_END, total, np.nan)


def quark_ratio(model, m, shift=0.0):
    """The same ratio from free quarks, scaled to the measured R: R(m) sum g_q^2/(e^2 sum Q_q^2).

    Both sums run over the quarks above threshold: u, d, s; c from 2 m_D; b from 2 m_B. It is exact for
    couplings proportional to charge. m: (n,) GeV; shift: see `r_ratio`.

    >>> from zputils import ZPrime
    >>> f"{quark_ratio(ZPrime.dark_photon(), 5.0) / r_ratio(5.0):.6f}"
    '1.000000'
    """
    m = checks.mass(m, high=MASS_MAX)
    opening = {"u": 0.0, "d": 0.0, "s": 0.0, "c": 2 * M_D, "b": 2 * M_B}
    mine = sum(getattr(model, q) ** 2 * (m > start) for q, start in opening.items())
    photon = sum(CHARGE[q] ** 2 * (m > start) for q, start in opening.items())
    return r_ratio(m, shift) * mine / (photon * E_CHARGE**2)


def hadronic_width(model, m, shift=0.0):
    """Width to hadrons in GeV per unit of the reference coupling squared (Eq. 3.12).

    (g_q/(e Q_q))^2 Gamma_mumu R(m) with Gamma_mumu = alpha m/3, the virtual photon's width to massless muons,
    where that ratio is the same for the quarks that are open. Where it is not: vector-meson dominance up to
    2 GeV, free quarks above.

    m: (n,) GeV, up to 80 GeV if the model couples to quarks; shift: see `r_ratio`.

    >>> from zputils import ZPrime
    >>> f"{hadronic_width(ZPrime.dark_photon(), 0.775):.1e}"  # GeV
    '2.3e-02'
    """
    m = checks.mass(m)
    if not any(np.any(getattr(model, q)) for q in QUARKS):
        return np.zeros_like(m)
    ratio = quark_ratio(model, m, shift)
    if not np.all(model.like_photon):
        ratio = np.where((m > VMD_END) | model.like_photon, ratio, vmd_ratio(model, np.minimum(m, VMD_END)))
    return ALPHA * m / 3 * ratio


def tables(model=None):
    """Catalogue names of what `hadronic_width` of a model reads, or that of any model when None.

    >>> from zputils import ZPrime
    >>> tables(ZPrime.dark_photon()), tables(ZPrime.muonic(loop=False)), tables()
    (('pdg_rratio_2020',), (), ('pdg_rratio_2020', 'vmd_hadronic_ratios'))
    """
    if model is None or (model.photon_like is None and any(getattr(model, q) for q in QUARKS)):
        return R_TABLE, VMD_TABLE
    return (R_TABLE,) if any(getattr(model, q) for q in QUARKS) else ()
