"""Couplings that a Z' has by mixing: with the photon through a loop, or with hypercharge and the Z (Sec. 2.2)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import checks
from ..constants import ALPHA, CHARGE, COS_W, E_CHARGE, G_Z, ISOSPIN, M_MU, M_TAU, M_Z, SIN2_W
from . import loop_mixing
from .couplings import CHARGED_LEPTONS, FERMIONS, NEUTRINOS, QUARKS


def loop_couplings(scale: float = M_TAU) -> dict[str, float]:
    """Couplings to e, u, d, s, c, b that a muon loop induces, per unit of g_mu.

    g_f = -alpha/(3 pi) Q_f ln(m_mu^2/scale^2): Eq. 2.12 at scale = m_tau (GeV), where the tau loop of
    L_mu - L_tau cuts the divergence off; its size at another scale is the estimate of Eq. 2.11.

    :param scale: GeV, where the loop is cut off.
    :returns: {fermion: per unit of g_mu}.

    >>> round(loop_couplings()["e"], 5)
    -0.00437
    """
    scale = float(checks.mass(scale, name="scale"))
    factor = -ALPHA / (3 * np.pi) * np.log(M_MU**2 / scale**2)
    return {f: float(factor * CHARGE[f]) for f in ("e", *QUARKS)}


def _mixing(epsilon, theta, r_m, charge, isospin):
    """Eqs. 2.4-2.6 for any chiral fermion; the paper's sign: the electron gets +epsilon e."""
    hypercharge = charge - isospin
    kinetic = -epsilon * E_CHARGE * (charge - r_m * hypercharge / COS_W**2) / (1 - r_m)
    return kinetic + G_Z * np.sin(theta) * (isospin - charge * SIN2_W)


def mixing_couplings(m: float | NDArray, epsilon: float = 0.0, theta: float = 0.0,
                     fermion: str = "e") -> tuple[NDArray, NDArray]:
    """Left- and right-handed coupling of a fermion from kinetic and mass mixing (Eqs. 2.4-2.6).

    With the theta of Eq. 2.3 that is theta/(1 - r_m) to first order, a factor the paper's formulas omit. A neutrino's
    g_R multiplies a field that the Standard Model lacks; it is 0.

    :param m: (n,) masses in GeV, not m_Z itself.
    :param epsilon: kinetic mixing with the photon (Eq. 2.7).
    :param theta: angle by which the Z and the Z' mix.
    :param fermion: of `couplings.FERMIONS`.
    :returns: (g_L, g_R), each (n,).

    >>> left, right = mixing_couplings(0.1, theta=0.01)
    >>> f"{left:.2e} {right:.2e}"
    '-1.93e-03 1.66e-03'
    """
    checks.choice("fermion", fermion, FERMIONS)
    return _chiral(_r_m(m), epsilon, theta, fermion)


def _r_m(m):
    m = checks.mass(m)
    if np.any(m == M_Z):
        raise ValueError(f"m = {M_Z:g} GeV is the Z mass, where the mixing formulas (Eqs. 2.4-2.6) diverge")
    return (m / M_Z) ** 2


def _chiral(r_m, epsilon, theta, fermion):
    return (_mixing(epsilon, theta, r_m, CHARGE[fermion], ISOSPIN[fermion]),
            _mixing(epsilon, theta, r_m, CHARGE[fermion], 0.0))


@dataclass(frozen=True)
class Mixing:
    """Kinetic and mass mixing of a Z' of any mass: a part of couplings that depend on it (Eqs. 2.4-2.6).

    :param epsilon: mixing with the photon (Eq. 2.7).
    :param theta: angle by which the Z and the Z' mix.

    >>> f"{Mixing(epsilon=1e-3).at(1.0)['e'] / E_CHARGE:.3e}"
    '1.000e-03'
    """

    epsilon: float = 0.0
    theta: float = 0.0

    def at(self, m: ArrayLike) -> dict:
        """{coupling: value at masses m}: (g_L + g_R)/2, g_L of neutrinos, and (g_R - g_L)/2 of charged leptons.

        The axial part of quarks is left out: no bound of this package knows of it.

        :param m: (n,) GeV.

        >>> f"{Mixing(theta=0.01).at(0.1)['e_axial']:.2e}"
        '1.80e-03'
        """
        return self.of(_r_m(m))

    def of(self, r_m: float | NDArray) -> dict:
        """As `at`, by r_m = (m/m_Z)^2; 0 is the limit of a light Z'.

        :param r_m: (m/m_Z)^2; 0 is the limit of a light Z'.

        >>> float(Mixing(epsilon=1.0).of(0.0)["e_axial"])
        0.0
        """
        pairs = {f: _chiral(r_m, self.epsilon, self.theta, f) for f in FERMIONS}
        vector = {f: left if f in NEUTRINOS else (left + right) / 2 for f, (left, right) in pairs.items()}
        return vector | {f"{f}_axial": (pairs[f][1] - pairs[f][0]) / 2 for f in CHARGED_LEPTONS}

    def spacelike(self, m: ArrayLike, q2: float = 0.0) -> dict:
        """As `at`: the eigenstate of mass m has these couplings at any momentum.

        :param m: (n,) GeV.
        :param q2: GeV^2; it does not matter.

        >>> Mixing(epsilon=1.0).spacelike(1.0) == Mixing(epsilon=1.0).at(1.0)
        True
        """
        return self.at(m)


@dataclass(frozen=True)
class LoopMixing:
    """What a loop of charged leptons induces at the momentum it is asked for: g_f = eps(q^2) e Q_f.

    :param leptons: (name, coupling) pairs of what runs in the loop.
    :param cutoff: GeV, where the couplings do not add up to zero (`zputils.physics.loop_mixing.kinetic_mixing`).
    :param fermions: which get the coupling.

    >>> part = LoopMixing((("mu", 1.0), ("tau", -1.0)))
    >>> f"{part.spacelike(0.1)['e']:.2e}"
    '-4.37e-03'
    """

    leptons: tuple[tuple[str, float], ...]
    cutoff: float | None = None
    fermions: tuple[str, ...] = ("e", *QUARKS)

    def at(self, m: ArrayLike) -> dict:
        """{coupling: value at masses m}, at q^2 = m^2: complex.

        :param m: (n,) GeV.

        >>> value = LoopMixing((("mu", 1.0), ("tau", -1.0))).at(1.0)["e"]
        >>> f"{value.real:.1e} {value.imag:.1e}"
        '-2.2e-03 -2.4e-03'
        """
        return self._couplings(loop_mixing.kinetic_mixing(checks.mass(m) ** 2, dict(self.leptons), self.cutoff))

    def spacelike(self, m: ArrayLike, q2: float = 0.0) -> dict:
        """{coupling: value} at q^2 = -q2 (GeV^2, a number), where it is real.

        :param m: GeV, on which it does not depend.
        :param q2: GeV^2, a number.

        >>> part = LoopMixing((("mu", 1.0), ("tau", -1.0)))
        >>> f"{part.spacelike(0.1, q2=0.05**2)['e'] / part.spacelike(0.1)['e']:.3f}"  # COHERENT
        '0.992'
        """
        q2 = checks.number("q2 [GeV^2]", q2, 0)
        return self._couplings(float(loop_mixing.kinetic_mixing(-q2, dict(self.leptons), self.cutoff).real))

    def _couplings(self, epsilon):
        return {f: epsilon * E_CHARGE * CHARGE[f] for f in self.fermions}
