"""Hadronic widths of a Z': from the measured R ratio where it couples like a photon, from exclusive final states
and free quarks where it does not.

At each mass the width is a quadratic form in the couplings to u, d, s, c and b (`hadronic_form`), so that one matrix
serves every model. Sources: R and free quarks, see `zputils.physics.r_ratio`; exclusive final states with the form
factors of arXiv:2201.01788 (tabulated); couplings to mesons, arXiv:1801.04847 Eqs. 2.13-2.18.
"""

from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from .. import checks, curves
from ..constants import ALPHA, CHARGE, E_CHARGE
from ..kept import by_mass
from .models import QUARKS, Couplings
from .r_ratio import MASS_MAX, R_DATA_END, R_TABLE, combined_r, heavy_ratios, qcd_factor, r_ratio

__all__ = ["FINAL_STATES", "MASS_MAX", "R_DATA_END", "R_TABLE", "channel_ratio", "combined_r", "exclusive_form",
           "hadronic_form", "hadronic_ratio", "hadronic_width", "meson_charges", "r_ratio", "tables"]

FORMS_TABLE = "hadronic_forms"
# Exclusive final states up to the first, GeV, free quarks from the second on; mixed in proportion between them, so
# that no width has a step. Above, states that nobody has tabulated take over: at 1.9 GeV a quarter of R is missing.
EXCLUSIVE_END, QUARKS_START = 1.70, 1.75
FINAL_STATES = ("pi+_pi-", "pi+_pi-_pi0", "K_K", "pi0_gamma", "eta_gamma", "omega_pi0_to_pi0_pi0_gamma", "eta_pi_pi",
                "etaprime_pi_pi", "omega_pi_pi", "eta_omega", "eta_phi", "phi_pi0", "4pi", "K_K_pi",
                "6pi_KKpipi_phipipi_NN")

# Columns of the table and their places in the matrix over the charges of `meson_charges`; a product of two
# different charges is shared by the two places that are mirror images.
_PLACES = {"rho": (0, 0), "omega": (1, 1), "phi": (2, 2), "rho_omega": (0, 1), "rho_phi": (0, 2), "omega_phi": (1, 2)}
# Charges to rho, omega and phi from the couplings to u, d, s (see `meson_charges`).
_CHARGES = np.array([[1, -1, 0], [3, 3, 0], [0, 0, -3]]) / E_CHARGE


def meson_charges(model: Couplings) -> tuple:
    """Couplings to rho, omega and phi relative to a dark photon with epsilon = 1, as (rho, omega, phi).

    pre_V Tr(T_V Q_X)/e of arXiv:1801.04847 Eq. 2.18: (g_u - g_d)/e, 3 (g_u + g_d)/e, -3 g_s/e; all 1 for the dark
    photon. Numbers for one model, (k, 1) for k of them.

    :param model: the Z'.
    :returns: three numbers, or (k, 1) each for k models.

    >>> from zputils import ZPrime
    >>> [round(float(charge), 6) for charge in meson_charges(ZPrime.dark_photon())]
    [1.0, 1.0, 1.0]
    """
    return (model.u - model.d) / E_CHARGE, 3 * (model.u + model.d) / E_CHARGE, -3 * model.s / E_CHARGE


# -- exclusive final states --------------------------------------------------------------------------

@cache
def _grids():
    """{final state: (m, matrices)} of the table, (n,) GeV and (n, 3, 3) over the charges of `meson_charges`."""
    table = curves.columns(FORMS_TABLE)
    matrices = np.zeros((len(table["m_GeV"]), 3, 3))
    for column, (i, j) in _PLACES.items():
        matrices[:, i, j] += table[column] / 2
        matrices[:, j, i] += table[column] / 2
    rows = {state: table["channel"] == state for state in dict.fromkeys(table["channel"].tolist())}
    return {state: (table["m_GeV"][own], _positive(matrices[own])) for state, own in rows.items()}


def _positive(matrices):
    """The nearest matrices that give no charges a negative width; rounding and quadrature leave up to 0.004."""
    values, vectors = np.linalg.eigh(matrices)
    return (vectors * np.maximum(values, 0)[..., None, :]) @ np.swapaxes(vectors, -1, -2)


def _interpolated(m, grid):
    """Matrices between the masses of a grid, linear in m; zero below it."""
    table_m, matrices = grid
    right = np.clip(np.searchsorted(table_m, m), 1, len(table_m) - 1)
    share = ((m - table_m[right - 1]) / (table_m[right] - table_m[right - 1]))[..., None, None]
    return np.where(share >= 0, (1 - share) * matrices[right - 1] + share * matrices[right], 0.0)


@cache
def _summed():
    """The grid of all final states together, on the union of their masses."""
    m = np.unique(np.concatenate([grid[0] for grid in _grids().values()]))
    m = m[m <= QUARKS_START]
    return m, sum(_interpolated(m, grid) for grid in _grids().values())


@by_mass(64)
def exclusive_form(m: ArrayLike, final_state: str | None = None) -> np.ndarray:
    """The hadronic ratio as a quadratic form in the charges to rho, omega and phi: c F c with `meson_charges` c.

    The ratio is the width to hadrons over that to massless mu mu with coupling e (as R is for a photon). Form factors
    of arXiv:2201.01788; linear in m between the masses of the table.

    :param m: (n,) GeV, up to 1.75 GeV.
    :param final_state: of FINAL_STATES, all together when None.
    :returns: (n, 3, 3).
    :raises ValueError: for a mass that is not in (0, 1.75] GeV.
    :raises KeyError: for another final state.

    >>> f"{exclusive_form(0.775, 'pi+_pi-')[0, 0]:.1f}"  # all of it through the rho
    '8.9'
    """
    m = checks.mass(m, high=QUARKS_START)
    if final_state is None:
        return _interpolated(m, _summed())
    return _interpolated(m, _grids()[checks.choice("final_state", final_state, FINAL_STATES)])


def _contracted(form, vector):
    """sum_ij v_i* F_ij v_j; form: (..., n, n) symmetric, a vector of n numbers or (k, 1) arrays: (...) or (k, ...).

    The vector may depend on the masses (...) and be complex, as where a loop induces it.
    """
    pairs = [(i, j) for i in range(len(vector)) for j in range(i + 1) if np.any(form[..., i, j])]
    if not pairs:
        return np.zeros(form.shape[:-2])
    entries = np.array([(1 if i == j else 2) * form[..., i, j] for i, j in pairs])
    products = np.stack(np.broadcast_arrays(*((vector[i] * np.conj(vector[j])).real for i, j in pairs)))
    if products.ndim > 1 and (products.shape[1:] == form.shape[:-2] or products.shape[-1] > 1):  # mass by mass
        return sum(product * entry for product, entry in zip(products, entries, strict=True))
    return np.tensordot(products.reshape(products.shape[:2]), entries, (0, 0))


def channel_ratio(model: Couplings, m: ArrayLike, final_state: str) -> np.ndarray:
    """Width to one hadronic final state over that to massless mu mu with coupling e, (n,).

    m, final_state and what is raised: see `exclusive_form`.

    :param model: the Z'.
    :param m: (n,) GeV, up to 1.75 GeV.
    :param final_state: of FINAL_STATES.
    :returns: (n,), or (k, n) for k models.

    >>> from zputils import ZPrime
    >>> f"{channel_ratio(ZPrime.dark_photon(), 1.02, 'K_K'):.1f}"
    '36.2'
    >>> f"{channel_ratio(ZPrime.b_minus_l(), 0.775, 'pi+_pi-'):.1f}"  # no coupling to the rho
    '0.0'
    """
    return _contracted(exclusive_form(m, final_state), meson_charges(model.at(m)))


# -- all hadrons -------------------------------------------------------------------------------------

def _light_form(m):
    """Couplings to u, d, s that are not photon-like, (n, 3, 3): exclusive states, then 3 K sum g_q^2/e^2."""
    quarks = np.clip((m - EXCLUSIVE_END) / (QUARKS_START - EXCLUSIVE_END), 0, 1)[..., None, None]
    exclusive = _CHARGES.T @ exclusive_form(np.minimum(m, QUARKS_START)) @ _CHARGES
    free = 3 / E_CHARGE**2 * qcd_factor(np.maximum(m, EXCLUSIVE_END))[..., None, None] * np.eye(3)
    return (1 - quarks) * exclusive + quarks * free


@by_mass(64)
def hadronic_form(m: ArrayLike, like_photon: bool = False, shift: float = 0.0) -> np.ndarray:
    """The hadronic ratio as a quadratic form in the couplings g to u, d, s, c, b: Gamma_had = alpha m/3 g F g.

    Light quarks of a model that is not `like_photon` (g_q/Q_q the same for u, d and s): exclusive final states up to
    1.70 GeV, three free quarks from 1.75 GeV on, in between a mixture that changes linearly. Of one that is: the
    measured R without what is charm and bottom in it, R_l sum g_q^2/(e^2 2/3). Charm and bottom, for both: the parts of
    R that `zputils.physics.r_ratio.heavy_ratios` finds, times g_c^2/(e^2 4/9) and g_b^2/(e^2/9).

    :param m: (n,) GeV, up to 2 m_top.
    :param like_photon: whether g_q/Q_q is the same for u, d and s.
    :param shift: moves R by that many of its errors.
    :returns: (n, 5, 5), symmetric.
    :raises ValueError: for a mass that is not in (0, 2 m_top].

    >>> g = E_CHARGE * np.array([CHARGE[q] for q in QUARKS])
    >>> [f"{g @ hadronic_form(m, like_photon=True) @ g / r_ratio(m):.6f}" for m in (0.775, 5.0, 50.0)]
    ['1.000000', '1.000000', '1.000000']
    """
    m = checks.mass(m, high=MASS_MAX)
    heavy = heavy_ratios(m, shift)
    form = np.zeros((*m.shape, 5, 5))
    for i, (quark, ratio) in enumerate(zip("cb", heavy, strict=True), start=3):
        form[..., i, i] = ratio / (E_CHARGE * CHARGE[quark]) ** 2
    if like_photon:
        light = (r_ratio(m, shift) - sum(heavy)) / (E_CHARGE**2 * sum(CHARGE[q] ** 2 for q in "uds"))
        form[..., :3, :3] = light[..., None, None] * np.eye(3)
    else:
        form[..., :3, :3] = _light_form(m)
    return form


def hadronic_ratio(model: Couplings, m: ArrayLike, shift: float = 0.0) -> np.ndarray:
    """Hadronic width over that to massless mu mu with coupling e, by `hadronic_form`.

    :param model: the Z'.
    :param m: (n,) GeV, up to 2 m_top.
    :param shift: see `hadronic_form`.
    :returns: (n,), or (k, n) for k models.
    :raises ValueError: for a mass that is not in (0, 2 m_top].

    >>> from zputils import ZPrime
    >>> f"{hadronic_ratio(ZPrime.dark_photon(), 0.775):.1f}"
    '12.0'
    >>> f"{E_CHARGE**2 * hadronic_ratio(ZPrime.b_minus_l(), 50.0):.2f}"  # five quarks: 5/3 and gluons
    '1.74'
    """
    m, model = checks.mass(m, high=MASS_MAX), model.at(m)
    like = model.like_photon
    couplings = [getattr(model, q) for q in QUARKS]
    ratios = [_contracted(hadronic_form(m, kind, shift), couplings) if np.any(like == kind) else 0.0
              for kind in (True, False)]
    return np.where(like, *ratios)


def hadronic_width(model: Couplings, m: ArrayLike, shift: float = 0.0) -> np.ndarray:
    """Width to hadrons in GeV per unit of the reference coupling squared (Eq. 3.12).

    Gamma_mumu times `hadronic_ratio`, with Gamma_mumu = alpha m/3, the virtual photon's width to massless muons:
    (g_q/(e Q_q))^2 Gamma_mumu R(m) where g_q/Q_q is the same for all quarks.

    :param model: the Z'.
    :param m: (n,) GeV, up to 2 m_top if the model couples to quarks.
    :param shift: see `hadronic_form`.
    :returns: (n,), or (k, n).
    :raises ValueError: for a mass <= 0, or beyond 2 m_top if the model couples to quarks.

    >>> from zputils import ZPrime
    >>> f"{hadronic_width(ZPrime.dark_photon(), 0.775):.1e}"  # GeV
    '2.3e-02'
    """
    m, model = checks.mass(m), model.at(m)
    if not any(np.any(getattr(model, q)) for q in QUARKS):
        return np.zeros_like(m)
    return ALPHA * m / 3 * hadronic_ratio(model, m, shift)


def tables(model: Couplings | None = None) -> tuple[str, ...]:
    """Catalogue names of what `hadronic_width` of a model reads, or that of any model when None.

    :param model: the Z', or None for any.
    :returns: names of the catalogue.

    >>> from zputils import ZPrime
    >>> tables(ZPrime.dark_photon()), tables(ZPrime.muonic(loop=False)), tables()
    (('pdg_rratio_2020',), (), ('pdg_rratio_2020', 'hadronic_forms'))
    """
    if model is None:
        return R_TABLE, FORMS_TABLE
    model = model.at(1.0)  # a loop is like a photon at any mass, mixing with the Z at none
    if not np.all(model.like_photon):
        return R_TABLE, FORMS_TABLE
    return (R_TABLE,) if any(np.any(getattr(model, q)) for q in QUARKS) else ()
