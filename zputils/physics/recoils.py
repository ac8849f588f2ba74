"""Recoils of a target at rest, and the quadrature that integrates over them. Energies in GeV."""

import numpy as np
from numpy.typing import NDArray

KEV = 1e-6  # GeV
DAY = 86400.0  # s


def max_recoil(energy: NDArray | float, mass: float) -> NDArray | float:
    """T_max = 2 E^2/(M + 2E): the largest recoil energy of a target at rest, GeV.

    :param energy: of the neutrino, GeV.
    :param mass: of the target, GeV.
    :returns: GeV, of the shape of `energy`.

    >>> f"{max_recoil(862 * KEV, 511 * KEV) / KEV:.0f}"  # keV, an electron hit by a solar 7Be neutrino
    '665'
    """
    return 2 * energy**2 / (mass + 2 * energy)


def min_energy(recoil: NDArray | float, mass: float) -> np.ndarray:
    """E_min = [T + sqrt(T^2 + 2 M T)]/2: the least neutrino energy for a recoil T, GeV (inverts `max_recoil`).

    :param recoil: GeV.
    :param mass: of the target, GeV.
    :returns: GeV, of the shape of `recoil`.

    >>> f"{min_energy(665 * KEV, 511 * KEV) / KEV:.0f}"  # keV
    '862'
    """
    return (recoil + np.sqrt(recoil**2 + 2 * mass * recoil)) / 2


def gauss_legendre(*edges: NDArray | float, order: int = 8) -> tuple[np.ndarray, np.ndarray]:
    """Nodes and weights, (..., n), on the intervals between `edges` (two or more, numbers or arrays that broadcast).

    :param edges: two or more, numbers or arrays that broadcast.
    :param order: nodes on each interval.
    :returns: (..., n) each.

    >>> x, weight = gauss_legendre(0.0, np.pi)
    >>> f"{np.sin(x) @ weight:.9f}"
    '2.000000000'
    """
    x, w = np.polynomial.legendre.leggauss(order)
    ends = np.stack(np.broadcast_arrays(*edges), axis=-1)[..., None]
    low, width = ends[..., :-1, :], np.diff(ends, axis=-2)
    shape = (*low.shape[:-2], low.shape[-2] * order)
    return (low + width * (x + 1) / 2).reshape(shape), (width * w / 2).reshape(shape)
