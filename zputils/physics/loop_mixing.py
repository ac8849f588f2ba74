"""How much a loop of charged leptons mixes a Z' with the photon, at any momentum.

Leptons with couplings g_l to the Z' give a fermion of charge Q_f the coupling g_f = eps(q^2) e Q_f, where ::

    eps(q^2) = -e/(2 pi^2) sum_l g_l int_0^1 dx x (1-x) ln[(m_l^2 - x(1-x) q^2 - i0)/Lambda^2]

(arXiv:1702.01497, 2006.11225). Lambda cancels where the g_l add up to zero, as for L_mu - L_tau. At q^2 = 0 this is
Eq. 2.12 of arXiv:2108.05147, or Eq. 2.11 for muons alone. A Z' that is produced or decays has q^2 = m^2, and above
2 m_l the loop has an imaginary part, as the leptons in it can be real; scattering has q^2 = -Q^2 < 0.
"""

from collections.abc import Mapping
from math import factorial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import checks
from ..constants import CHARGED_LEPTON_MASS, E_CHARGE

L_MU_MINUS_L_TAU = {"mu": 1.0, "tau": -1.0}
SMALL = 0.3  # below it the closed form loses digits, and the series has them all
_SERIES = [0.0, *(-factorial(n + 1) ** 2 / factorial(2 * n + 3) / n for n in range(1, 20))]  # int x^(n+1) (1-x)^(n+1)


def _closed_form(s: NDArray) -> NDArray:
    """[(1 + 2/s) beta ln((beta+1)/(beta-1)) - 4/s - 5/3]/6, beta^2 = 1 - 4/s, for s + i0.

    The logarithm is written as 2 ln(1+beta) - ln(beta^2-1), which keeps its digits where beta is close to 1.
    """
    beta = np.sqrt(1 - 4 / s + 0j)
    logarithm = 2 * np.log(1 + beta) - np.log(4 / np.abs(s)) - 1j * np.pi * (s > 0)
    return ((1 + 2 / s) * beta * logarithm - 4 / s - 5 / 3) / 6


def loop_integral(s: ArrayLike) -> NDArray:
    """int_0^1 dx x(1-x) ln[1 - x(1-x) s - i0]: the photon's vacuum polarisation by one lepton, subtracted at 0.

    Complex, of that shape; the imaginary part is -(pi/6) sqrt(1-4/s) (1+2/s) above s = 4 and zero below.

    :param s: q^2/m_l^2, any shape, negative for space-like q^2.
    :returns: complex, of the shape of s; the imaginary part is -(pi/6) sqrt(1-4/s) (1+2/s) above s = 4 and zero below.
    :raises ValueError: for s that is not finite.

    >>> value = loop_integral(-4.0)
    >>> f"{value.real:.4f}", float(value.imag)
    ('0.0966', 0.0)
    """
    s = checks.real("s", s)
    small = np.abs(s) < SMALL
    series = np.polynomial.polynomial.polyval(np.where(small, s, 0.0), _SERIES)
    return np.where(small, series, _closed_form(np.where(small, 1.0, s)))[()]


def _scale(q2: NDArray, couplings: Mapping[str, float], cutoff: float | None) -> float:
    """The cut-off in GeV, or any scale where it cancels; ValueError where it is missing or exceeded."""
    if cutoff is None:
        total = sum(couplings.values())
        if abs(total) > 1e-12 * max(map(abs, couplings.values()), default=0.0):
            raise ValueError(f"couplings add up to {total:g}: only where they add up to 0 is the loop finite; "
                             "give a cutoff (GeV)")
        return 1.0
    cutoff = float(checks.mass(cutoff, name="cutoff"))
    checks.real("q2 [GeV^2]", q2, -(cutoff**2), cutoff**2)
    return cutoff


def kinetic_mixing(q2: ArrayLike, couplings: Mapping[str, float] = L_MU_MINUS_L_TAU,
                   cutoff: float | None = None) -> NDArray:
    """eps(q^2), complex, of the shape of q2: g_f = eps e Q_f.

    :param q2: GeV^2, negative where space-like.
    :param couplings: of the Z' to "e", "mu", "tau" per unit of the reference coupling.
    :param cutoff: Lambda in GeV, needed where they do not add up to zero, and then q2 from minus to plus its square.
    :returns: complex, of the shape of q2.
    :raises KeyError: for another lepton.
    :raises ValueError: for a q2 that is not finite or too large, or a cut-off that is missing.

    >>> f"{E_CHARGE * -kinetic_mixing(0.0).real:.2e}"  # the electron's coupling of Eq. 2.12
    '-4.37e-03'
    >>> f"{abs(kinetic_mixing(1.0) / kinetic_mixing(0.0)):.2f}"  # at 1 GeV
    '0.75'
    """
    q2 = checks.real("q2", q2)
    scale = _scale(q2, couplings, cutoff)
    total = np.zeros(q2.shape, complex)
    for lepton, coupling in couplings.items():
        mass = CHARGED_LEPTON_MASS[checks.choice("lepton", lepton, CHARGED_LEPTON_MASS)]
        total = total + coupling * (np.log(mass / scale) / 3 + loop_integral(q2 / mass**2))
    return (-E_CHARGE / (2 * np.pi**2) * total)[()]


def running(m: ArrayLike, couplings: Mapping[str, float] = L_MU_MINUS_L_TAU, cutoff: float | None = None) -> NDArray:
    """eps(m^2)/eps(0), complex, of the shape of m: what a Z' of mass m (GeV) has of the constant of Eqs. 2.11, 2.12.

    couplings, cutoff and errors: as `kinetic_mixing`. Rates go with the square of its size.

    :param m: any shape, GeV.
    :param couplings: as `kinetic_mixing`.
    :param cutoff: likewise.
    :returns: complex, of the shape of m.
    :raises ValueError: as `kinetic_mixing`.

    >>> [f"{abs(ratio):.2f}" for ratio in running([0.01, 0.2, 2.0])]
    ['1.00', '1.26', '0.59']
    """
    return kinetic_mixing(checks.mass(m) ** 2, couplings, cutoff) / kinetic_mixing(0.0, couplings, cutoff)
