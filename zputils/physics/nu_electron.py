"""Neutrino-electron scattering, with a Z' in it. Energies in GeV."""

import numpy as np
from numpy.typing import NDArray

from ..constants import G_FERMI, M_E


def nu_electron(recoil: NDArray | float, energy: NDArray | float, g_l: NDArray | float,
                g_r: NDArray | float) -> NDArray | float:
    """dsigma/dT = (2 G_F^2 m_e/pi) [g_L^2 + g_R^2 (1-T/E)^2 - g_L g_R m_e T/E^2], GeV^-3; arguments broadcast.

    Antineutrinos have g_L and g_R exchanged.

    :param recoil: T of the electron, GeV.
    :param energy: E of the neutrino, GeV.
    :param g_l: g_L of the electron with this neutrino.
    :param g_r: g_R, likewise.
    :returns: GeV^-3, of the broadcast shape.

    >>> f"{nu_electron(0.0, 862e-6, g_l=0.74, g_r=0.24):.1e}"
    '2.7e-14'
    """
    kinematic = g_l**2 + g_r**2 * (1 - recoil / energy) ** 2 - g_l * g_r * M_E * recoil / energy**2
    return 2 * G_FERMI**2 * M_E / np.pi * kinematic


def interference(recoil: NDArray | float, energy: NDArray | float, g_l: NDArray | float, g_r: NDArray | float,
                 left: float = 1, right: float = 1) -> tuple[NDArray | float, NDArray | float, NDArray | float]:
    """dsigma/dT of the weak force, of its interference with a Z' and of the Z' alone.

    The Z' adds `left` to g_L and `right` to g_R, the same to both where it couples as a vector.

    :param recoil: T of the electron, GeV.
    :param energy: E of the neutrino, GeV.
    :param g_l: g_L of the electron with this neutrino.
    :param g_r: g_R, likewise.
    :param left: what the Z' adds to g_L.
    :param right: what it adds to g_R.
    :returns: GeV^-3, of the broadcast shape, each.

    >>> weak, cross, alone = interference(1e-4, 1e-3, 0.7, 0.2)
    >>> bool(np.isclose(weak + 0.1 * cross + 0.01 * alone, nu_electron(1e-4, 1e-3, 0.8, 0.3)))
    True
    """
    weak, alone = nu_electron(recoil, energy, g_l, g_r), nu_electron(recoil, energy, left, right)
    return weak, nu_electron(recoil, energy, g_l + left, g_r + right) - weak - alone, alone


def with_propagator(recoil: NDArray, cross: NDArray, alone: NDArray, m: NDArray) -> tuple[NDArray, NDArray]:
    """What goes with p x and (p x)^2, each (J, n): a Z' adds p x/[2 sqrt2 G_F (m^2 + 2 m_e T)] to g_L and to g_R.

    :param recoil: (T,) GeV.
    :param cross: (J, T), from `interference`, with the weights of an integral over recoils (T,); p = g_nu g_e.
    :param alone: (J, T), from `interference`, with the weights of an integral over recoils (T,); p = g_nu g_e.
    :param m: (n,) GeV.
    :returns: (J, n) each.

    >>> linear, quadratic = with_propagator(np.array([1e-3]), np.ones((1, 1)), np.ones((1, 1)), np.array([0.1, 1.0]))
    >>> bool(np.allclose(quadratic, linear**2))  # one recoil
    True
    """
    propagator = 1 / (2 * np.sqrt(2) * G_FERMI * (m**2 + 2 * M_E * recoil[:, None]))
    return cross @ propagator, alone @ propagator**2
