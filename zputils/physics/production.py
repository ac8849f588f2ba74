"""How a Z' is produced: proton bremsstrahlung from its formula, and tabulated yields.

Sources: arXiv:1311.3870 and arXiv:2011.05115 (bremsstrahlung), arXiv:0910.5589 and arXiv:1609.01770
(form factor). How a mechanism scales from a dark photon to any other Z': `zputils.physics.mechanisms`.
"""

from collections.abc import Callable
from functools import cache, partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import checks, curves
from ..constants import E_CHARGE, M_PROTON
from ..kept import by_mass
from .couplings import Couplings
from .mechanisms import mechanism_ratio

M_REFERENCE = 0.1  # GeV, where production is normalised (sigma* of Eq. 3.15)

# Proton form factor by vector-meson dominance: (f_V, m_V, Gamma_V), GeV. arXiv:0910.5589 and 1609.01770.
_VMD_POLES = ((0.616, 0.775, 0.149), (0.223, 1.465, 0.400), (-0.339, 1.720, 0.250),
              (1.011, 0.783, 0.00849), (-0.881, 1.425, 0.290), (0.369, 1.670, 0.315))


def sigma_pp(s: float | NDArray) -> float | NDArray:
    """Total proton-proton cross section in mb at s in GeV^2 (the fit of arXiv:2011.05115).

    :param s: GeV^2, any shape.
    :returns: mb, of that shape.

    >>> f"{sigma_pp(2 * M_PROTON * 400):.0f}"  # mb, SPS protons on protons at rest
    '40'
    """
    return 35.45 + 0.308 * np.log(s / 28.94) ** 2 + 42.53 * s**-0.458 - 33.34 * s**-0.545


def dipole_form_factor_squared(m: float | NDArray) -> float | NDArray:
    """`|F_1|^2` = 1 for m^2 < 0.71 GeV^2, (m^2/0.71 GeV^2)^-4 above (arXiv:2011.05115).

    :param m: (n,) GeV.
    :returns: (n,).

    >>> [f"{f:.2f}" for f in dipole_form_factor_squared([0.1, 1.0])]
    ['1.00', '0.25']
    """
    return np.maximum(checks.mass(m) ** 2 / 0.71, 1.0) ** -4


def vmd_form_factor_squared(m: float | NDArray) -> float | NDArray:
    """`|sum_V f_V m_V^2/(m_V^2 - m^2 - i m_V Gamma_V)|^2` over rho, omega and two excitations of each.

    :param m: (n,) GeV.
    :returns: (n,).

    >>> [f"{f:.0f}" for f in vmd_form_factor_squared([0.001, 0.775])]
    ['1', '1993']
    """
    m2 = checks.mass(m) ** 2
    return np.abs(sum(f * mv**2 / (mv**2 - m2 - 1j * mv * width) for f, mv, width in _VMD_POLES)) ** 2


FORM_FACTORS: dict[str, Callable] = {"dipole": dipole_form_factor_squared, "vmd": vmd_form_factor_squared,
                                     "none": np.ones_like}


def splitting(z: float | NDArray, pt2: float | NDArray, m: float | NDArray) -> float | NDArray:
    """Weizsaecker-Williams splitting density w/g_p^2 in GeV^-2 (arXiv:1311.3870 Eq. 8; arXiv:2011.05115 Eq. 7).

    :param z: Z' momentum over beam momentum, between 0 and 1.
    :param pt2: transverse momentum squared, GeV^2.
    :param m: GeV; all broadcast.
    :returns: GeV^-2, of the broadcast shape.

    >>> f"{splitting(0.5, 0.01, 0.1):.2f}"  # 1/GeV^2
    '0.12'
    """
    z, pt2 = checks.real("z", z, 0, 1, open_low=True, open_high=True), checks.real("pt2 [GeV^2]", pt2, 0)
    mp2, m2 = M_PROTON**2, checks.mass(m) ** 2
    h = pt2 + (1 - z) * m2 + z**2 * mp2
    vector = (1 + (1 - z) ** 2) / z - 2 * z * (1 - z) * ((2 * mp2 + m2) / h - 2 * z**2 * mp2**2 / h**2)
    mixed = 2 * z * (1 - z) * (z + (1 - z) ** 2) * mp2 * m2 / h**2 + 2 * z * (1 - z) ** 2 * m2**2 / h**2
    return (vector + mixed) / (8 * np.pi**2 * h)


def bremsstrahlung(m: ArrayLike, beam_energy: float, form_factor: str = "dipole", pt_max: float = 1.0,
                   z_range: tuple[float, float] = (0.1, 0.9), angle: float = np.inf) -> NDArray:
    """Z's per proton on target and per g_p^2 from proton bremsstrahlung.

    `int dz dpT^2 sigma_pp(s')/sigma_pp(s) w(z, pT^2) |F_1(m)|^2` with s' = 2 m_p (E - E_Z'), over z_range and pT <
    pt_max.

    :param m: (n,) GeV.
    :param beam_energy: GeV.
    :param form_factor: "dipole", "vmd" or "none".
    :param pt_max: GeV.
    :param z_range: least and largest share of the beam's momentum.
    :param angle: the largest pT/p, in radians, that is accepted.
    :returns: (n,).

    >>> [f"{n:.1e}" for n in bremsstrahlung([0.1, 1.0], beam_energy=400)]
    ['8.1e-02', '7.3e-03']
    """
    return bremsstrahlung_spectrum(m, beam_energy, form_factor, pt_max, z_range, angle)[1].sum(axis=-1)


def bremsstrahlung_spectrum(m: ArrayLike, beam_energy: float, form_factor: str = "dipole", pt_max: float = 1.0,
                            z_range: tuple[float, float] = (0.1, 0.9), angle: float = np.inf,
                            points: int = 12) -> tuple[NDArray, NDArray]:
    """The momenta of Z's from proton bremsstrahlung, at Gauss points of the integral over z = p_Z'/p_beam.

    Arguments as for `bremsstrahlung`; Returns the momenta, (points,) GeV, and how many Z's per proton and per g_p^2
    each stands for, (n, points).

    :param m: (n,) GeV.
    :param beam_energy: GeV.
    :param form_factor: as `bremsstrahlung`.
    :param pt_max: GeV.
    :param z_range: as `bremsstrahlung`.
    :param angle: likewise.
    :param points: how many.
    :returns: momenta, (points,) GeV, and how many Z's per proton and per g_p^2 each stands for, (n, points).
    :raises ValueError: for a range of z outside 0 to 1.

    >>> p, n = bremsstrahlung_spectrum([0.1], beam_energy=400)
    >>> f"{n.sum():.1e} Z's of {np.sum(n * p) / n.sum():.0f} GeV"
    "8.1e-02 Z's of 100 GeV"
    """
    m = checks.mass(m)
    beam = float(checks.real("beam_energy", beam_energy, 10.0))
    factor = FORM_FACTORS[checks.choice("form_factor", form_factor, FORM_FACTORS)]
    pt_max = float(checks.real("pt_max", pt_max, 0.0, open_low=True))
    low, high = (float(checks.real("z_range", z, 0.0, 1.0, open_low=True, open_high=True)) for z in z_range)
    checks.real("z_range[0]", low, 0.0, high, open_high=True)
    if not angle > 0:
        raise ValueError(f"angle = {angle!r} must be > 0")
    number = _radiated(m, beam, pt_max, low, high, angle, points) * factor(m)[..., None]
    return _points(points, low, high)[0] * beam, number


def _points(points, low, high):
    """Gauss points of z, and their weights."""
    nodes, weights = _legendre(points)
    return low + (high - low) * (nodes + 1) / 2, (high - low) / 2 * weights


@by_mass(64)  # the same for every model
def _radiated(m, beam, pt_max, low, high, angle, points):
    """What each point stands for, without the form factor, (n, points)."""
    z, weight = _points(points, low, high)
    integrand = partial(_per_pt2, m[..., None, None], z[:, None], beam)
    return weight * _over_pt2(integrand, np.minimum(pt_max, angle * z * beam))


_legendre = cache(np.polynomial.legendre.leggauss)  # it computes eigenvalues anew each time


def _per_pt2(m, z, beam, pt2):
    """dN/dz dpT^2 per proton and g_p^2, without the form factor."""
    energy = np.sqrt((z * beam) ** 2 + pt2 + m**2)
    attenuation = sigma_pp(2 * M_PROTON * (beam - energy)) / sigma_pp(2 * M_PROTON * beam)
    return attenuation * splitting(z, pt2, m)


def _over_pt2(integrand, pt_max):
    """The integral over pT^2 < pt_max^2, (..., k) for pt_max (k,)."""
    nodes, weights = _legendre(12)
    # pT^2 = Q (e^t - 1) flattens the fall of the integrand: 12 points are then good to 5e-7.
    floor = 1e-3
    top = np.log1p(pt_max**2 / floor)[:, None]
    pt2 = floor * np.expm1(top * (nodes + 1) / 2)
    return np.sum(weights * top / 2 * (pt2 + floor) * integrand(pt2), axis=-1)


# -- g_p^2 sigma/sigma* of Eq. 3.15 ------------------------------------------------------------------

def bremsstrahlung_source(model: Couplings, m: ArrayLike, beam_energy: float, form_factor: str = "dipole",
                          pt_max: float = 1.0) -> NDArray:
    """g_p^2 sigma(m)/sigma(100 MeV) from proton bremsstrahlung, per unit of the reference coupling squared.

    :param model: the Z'.
    :param m: any shape, GeV.
    :param beam_energy: GeV.
    :param form_factor: as `bremsstrahlung`.
    :param pt_max: GeV.
    :returns: of the shape of m.

    >>> from zputils import ZPrime
    >>> source = bremsstrahlung_source(ZPrime.dark_photon(), np.array([0.1, 1.0]), beam_energy=400)
    >>> [f"{s:.2e}" for s in source]
    ['9.17e-02', '8.25e-03']
    """
    shape = partial(bremsstrahlung, beam_energy=beam_energy, form_factor=form_factor, pt_max=pt_max)
    return abs(model.at(m).proton) ** 2 * (shape(m) / shape(M_REFERENCE))


@cache
def _yields():
    """(m, {mechanism: produced dark photons}) of the 120 GeV yields table."""
    table = curves.columns("dark_photon_yields_120GeV")
    columns = {"proton bremsstrahlung": "N_brem", "eta -> gamma X": "N_eta", "pi0 -> gamma X": "N_pi0"}
    return table["m_GeV"], {name: table[column] for name, column in columns.items()}


def _yield(mechanism, m, bremsstrahlung):
    """Dark photons of one mechanism, linear in ln m; bremsstrahlung by that function when given, equal at 100 MeV."""
    table_m, yields = _yields()
    if bremsstrahlung is not None and mechanism == "proton bremsstrahlung":
        return _yield(mechanism, M_REFERENCE, None) * bremsstrahlung(m) / bremsstrahlung(M_REFERENCE)
    return np.interp(np.log(m), np.log(table_m), yields[mechanism])


def yields_source(model: Couplings, m: ArrayLike, bremsstrahlung: Callable | None = None) -> NDArray:
    """g_p^2 sigma(m)/sigma(100 MeV) from the tabulated yields of 120 GeV protons (arXiv:1804.00661 Fig. 2).

    Each channel scales from the dark photon by its own `mechanism_ratio`.

    :param model: the Z'.
    :param m: any shape, GeV.
    :param bremsstrahlung: a function of m (GeV) whose shape replaces that of the table's bremsstrahlung.
    :returns: of the shape of m.
    :raises ValueError: outside the table.

    >>> from zputils import ZPrime
    >>> [f"{s:.1e}" for s in yields_source(ZPrime.dark_photon(), [0.05, 0.1, 0.5])]
    ['4.7e-01', '9.2e-02', '2.7e-03']
    """
    table_m, mechanisms = _yields()
    m = checks.mass(m, table_m[0], table_m[-1])
    reference = sum(_yield(mechanism, M_REFERENCE, None) for mechanism in mechanisms)
    produced = sum(mechanism_ratio(model, m, mechanism) * _yield(mechanism, m, bremsstrahlung)
                   for mechanism in mechanisms)
    return E_CHARGE**2 * produced / reference
