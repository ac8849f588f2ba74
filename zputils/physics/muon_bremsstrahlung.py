"""A Z' that a muon radiates in matter, mu N -> mu N Z', in the improved Weizsaecker-Williams approximation.

Sources: arXiv:0906.0580 App. A (photon flux of a nucleus), arXiv:1701.07437 (muons). With x = E_Z'/E and
U = m^2 (1-x)/x + m_mu^2 x, which is 2 E (1-x) times the smallest momentum the nucleus has to give, as in the cross
section for a photon, to which this tends for m -> 0.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import checks
from ..constants import ALPHA, AVOGADRO, GEV2_TO_CM2, M_E, M_MU

_SIZE = 0.164  # GeV^2, times A^(-2/3): the nucleus' size (arXiv:0906.0580 Eq. A19)


@dataclass(frozen=True)
class Material:
    """An element as a target.

    :param z: protons.
    :param a: nucleons, the atomic weight.
    :param density: g/cm^3.
    :param ionisation: energy loss of a muon by ionisation, GeV/m.
    :param radiation: relative energy loss of a muon by radiation, 1/m.

    >>> f"{IRON.atoms:.2e}"  # per cm^3
    '8.49e+22'
    """

    z: int
    a: float
    density: float
    ionisation: float
    radiation: float

    @property
    def atoms(self) -> float:
        """Atoms per cm^3.

        >>> f"{MOLYBDENUM.atoms:.2e}"
        '6.41e+22'
        """
        return AVOGADRO * self.density / self.a


# Densities of the Review of Particle Physics. Near 10 GeV a muon loses 1.9 and 1.8 MeV cm^2/g by ionisation in them and
# radiates 3.3e-6 and 4.8e-6 of its energy per g/cm^2: from memory, to 10 %, where how many muons there are is known to
# a factor of two.
IRON = Material(26, 55.845, 7.874, 1.9e-3 * 7.874 * 100, 3.3e-6 * 7.874 * 100)
MOLYBDENUM = Material(42, 95.95, 10.22, 1.8e-3 * 10.22 * 100, 4.8e-6 * 10.22 * 100)


def photon_flux(t_min: ArrayLike, t_max: ArrayLike, material: Material) -> NDArray:
    """chi, the integral of (t - t_min)/t^2 G(t) over t_min < t < t_max, with the elastic form factor of the atom.

    G = Z^2 (a^2 t/(1 + a^2 t))^2/(1 + t/d)^2 with a = 111 Z^(-1/3)/m_e and d = 0.164 GeV^2 A^(-2/3).

    :param t_min: GeV^2.
    :param t_max: GeV^2; the two broadcast.
    :param material: what the muon crosses.
    :returns: of the broadcast shape; 0 where t_min >= t_max.

    >>> f"{photon_flux(1e-12, 0.01, IRON) / 26**2:.1f}"
    '15.7'
    """
    t_min, t_max = np.broadcast_arrays(np.asarray(t_min, float), np.asarray(t_max, float))
    nodes, weights = np.polynomial.legendre.leggauss(40)
    span = np.maximum(np.log(t_max / t_min), 0)[..., None]
    t = t_min[..., None] * np.exp(span * (nodes + 1) / 2)
    screening = (111 * material.z ** (-1 / 3) / M_E) ** 2 * t
    form = (material.z * screening / (1 + screening) / (1 + t / (_SIZE * material.a ** (-2 / 3)))) ** 2
    return np.sum(span / 2 * weights * (1 - t_min[..., None] / t) * form, axis=-1)


def differential(x: ArrayLike, energy: ArrayLike, m: ArrayLike, material: Material) -> NDArray:
    """dsigma/dx in cm^2 per nucleus and g_mu^2 of a muon that radiates the share x of its energy.

    `(alpha^2/pi) chi beta [(1 - x + x^2/2)/U - x (1-x) (m^2 + 2 m_mu^2)/(6 U^2)]`.

    :param x: 0 < x < 1.
    :param energy: of the muon, GeV.
    :param m: GeV; all broadcast. Zero where the muon or the Z' would have less than its mass.
    :param material: what the muon crosses.
    :returns: of the broadcast shape.

    >>> f"{differential(0.5, 20.0, 0.05, IRON):.1e}"  # cm^2
    '2.5e-27'
    """
    x, energy, m = np.broadcast_arrays(checks.real("x", x, 0, 1, open_low=True, open_high=True),
                                       checks.real("energy", energy, 0, open_low=True), checks.mass(m))
    u = m**2 * (1 - x) / x + M_MU**2 * x
    possible = (x * energy > m) & ((1 - x) * energy > M_MU)
    t_min = (u / (2 * energy * (1 - x))) ** 2
    chi = photon_flux(t_min, m**2 + M_MU**2, material)
    beta = np.sqrt(np.maximum(1 - (m / (x * energy)) ** 2, 0))
    shape = (1 - x + x**2 / 2) / u - x * (1 - x) * (m**2 + 2 * M_MU**2) / (6 * u**2)
    return np.where(possible, ALPHA**2 / np.pi * chi * beta * shape * GEV2_TO_CM2, 0.0)


def energy_after(energy: ArrayLike, depth: float, material: Material) -> NDArray:
    """The energy in GeV of a muon after `depth` metres of a material, 0 if it is stopped: dE/dl = -(a + b E).

    :param energy: GeV, any shape.
    :param depth: m.
    :param material: what the muon crosses.
    :returns: GeV, of the shape of `energy`.

    >>> energy_after([5.0, 20.0], 5.0, IRON).round(1).tolist()
    [0.0, 12.3]
    """
    ratio = material.ionisation / material.radiation
    after = (np.asarray(energy, float) + ratio) * np.exp(-material.radiation * depth) - ratio
    return np.where(after > M_MU, after, 0.0)


def layer(momentum: ArrayLike, energy: ArrayLike, m: float, material: Material) -> NDArray:
    """dN/dp dl of Z's, per GeV and metre of material, muon and g_mu^2.

    :param momentum: of the Z', GeV; broadcasts with `energy`, that of the muon, GeV.
    :param energy: of the muon, GeV.
    :param m: GeV.
    :param material: what the muon crosses.
    :returns: of the broadcast shape.

    >>> f"{layer(5.0, 20.0, 0.05, IRON):.1e}"
    '1.2e-03'
    """
    product = np.sqrt(np.asarray(momentum, float) ** 2 + m**2)
    energy = np.asarray(energy, float)
    possible = energy > product + M_MU
    share = np.where(possible, product / np.where(possible, energy, 1.0), 0.5)
    density = 100 * material.atoms * differential(share, np.where(possible, energy, 1.0), m, material) / energy
    return np.where(possible, density * momentum / product, 0.0)


def thick_target(momentum: ArrayLike, energy: ArrayLike, m: float, material: Material, points: int = 40) -> NDArray:
    """dN/dp of Z's, per GeV, muon and g_mu^2, from a muon that is stopped in a material, losing energy on its way.

    :param momentum: of the Z', (j,) GeV.
    :param energy: of the muon when it enters, (k,) GeV.
    :param m: GeV.
    :param material: what the muon crosses.
    :param points: of the integral over the path.
    :returns: (j, k)

    >>> n = thick_target([2.0, 5.0, 50.0], [20.0], 0.05, IRON)
    >>> [f"{value:.1e}" for value in n[:, 0]]
    ['2.1e-02', '1.5e-02', '0.0e+00']
    """
    p = checks.real("momentum", momentum, 0, open_low=True)[:, None, None]
    start = np.asarray(checks.real("energy", energy, 0, open_low=True), float)[:, None]
    mass = float(checks.mass(m))
    nodes, weights = np.polynomial.legendre.leggauss(points)
    low = np.sqrt(p**2 + mass**2) + M_MU
    span = np.maximum(np.log(start / low), 0)
    e = low * np.exp(span * (nodes + 1) / 2)
    length = span / 2 * weights * e / (material.ionisation + material.radiation * e)
    return np.sum(length * layer(p, e, mass, material), axis=-1)
