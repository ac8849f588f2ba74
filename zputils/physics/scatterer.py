"""What the photon of a trident couples to: a whole nucleus, or its nucleons one by one.

Form factors of the coherent and of the incoherent current (arXiv:1406.2332, 1807.10973).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from .. import checks
from ..constants import ATOMIC_MASS_UNIT, FERMI, M_PROTON

FERMI_MOMENTUM = 0.235  # GeV, nucleons in a nucleus (arXiv:1807.10973)
DIPOLE_MASS2 = 0.71  # GeV^2
MOMENT_PROTON, MOMENT_NEUTRON = 2.793, -1.913  # nuclear magnetons

# Protons and nucleons of the targets; all have spin 0, as the coherent current assumes.
NUCLEI = {"Ar": (18, 40), "Fe": (26, 56)}


@dataclass(frozen=True)
class Scatterer:
    """What the photon couples to, at rest.

    :param name: of the target.
    :param mass: GeV.
    :param responses: q2 -> (R1, R2) of the spin-averaged tensor R1 (P + P')(P + P') + R2 (q^2 g - q q).
    :param q2_max: the largest Q^2 that matters, GeV^2.

    >>> nucleus("Ar").name, f"{nucleus('Ar').mass:.1f}"
    ('Ar', '37.3')
    """

    name: str
    mass: float
    responses: Callable
    q2_max: float


def form_factor(q2: NDArray, number: int) -> np.ndarray:
    """Charge form factor of a nucleus: the symmetrised Fermi distribution (arXiv:1807.10973).

    F = 3 pi a/(r0^2 + pi^2 a^2) [pi a coth(pi Q a) sin(Q r0) - r0 cos(Q r0)]/(Q r0 sinh(pi Q a)), r0 = 1.126 A^(1/3)
    fm, a = 0.523 fm.

    :param q2: GeV^2, > 0, any shape.
    :param number: of nucleons, A.
    :returns: of the shape of q2.

    >>> [f"{form_factor(q**2, number=40):.2f}" for q in (1e-3, 0.1, 0.2)]
    ['1.00', '0.57', '0.04']
    """
    r0, a = 1.126 * number ** (1 / 3) * FERMI, 0.523 * FERMI
    q = np.sqrt(checks.real("q2", q2, 0, open_low=True))
    x = np.pi * a * q
    bracket = np.pi * a * np.sin(q * r0) / np.tanh(x) - r0 * np.cos(q * r0)
    return 3 * np.pi * a / (r0**2 + (np.pi * a) ** 2) * bracket / (q * r0 * np.sinh(x))


def pauli_blocking(q2: NDArray) -> np.ndarray:
    """Fraction of nucleons in a Fermi gas that can take up q: 3/2 y - y^3/2, `y = min(|q|/2 k_F, 1)`.

    :param q2: Q^2 > 0, (n,) GeV^2.
    :returns: of the shape of q2.

    >>> pauli_blocking(np.array([0.01, 1.0])).round(2).tolist()
    [0.31, 1.0]
    """
    y = np.minimum(np.sqrt(q2 + (q2 / (2 * M_PROTON)) ** 2) / (2 * FERMI_MOMENTUM), 1)
    return y * (3 - y**2) / 2


def _nuclear_responses(q2, protons, number):
    """R1 = (Z F)^2, R2 = 0."""
    return (protons * form_factor(q2, number)) ** 2, 0.0


def _nucleon_responses(q2, protons, neutrons, blocked):
    """R1 = (G_E^2 + tau G_M^2)/(1 + tau), R2 = G_M^2, summed over nucleons; dipoles, G_E of the neutron 0."""
    tau, dipole2 = q2 / (4 * M_PROTON**2), (1 + q2 / DIPOLE_MASS2) ** -4.0
    dipole2 = dipole2 * (pauli_blocking(q2) if blocked else 1)
    magnetic = protons * MOMENT_PROTON**2 + neutrons * MOMENT_NEUTRON**2
    return dipole2 * (protons + tau * magnetic) / (1 + tau), dipole2 * magnetic


def nucleus(name: str) -> Scatterer:
    """Coherent scattering on a nucleus of `NUCLEI`; KeyError for a target without form factor.

    :param name: of `NUCLEI`.

    >>> coherent, _ = nucleus("Fe").responses(1e-6)
    >>> f"{coherent:.0f}"  # Z^2
    '676'
    """
    protons, number = NUCLEI[checks.choice("target", name, NUCLEI)]
    return Scatterer(name, number * ATOMIC_MASS_UNIT,
                     partial(_nuclear_responses, protons=protons, number=number), q2_max=1.0)


def nucleons(name: str, blocked: bool = True) -> Scatterer:
    """Incoherent scattering on the nucleons of a nucleus, `blocked` by the Pauli principle or free.

    :param name: of the nucleus.
    :param blocked: whether the Pauli principle acts.

    >>> electric, magnetic = nucleons("Ar", blocked=False).responses(1e-6)
    >>> f"{electric:.1f}"  # Z
    '18.0'
    """
    protons, number = NUCLEI[checks.choice("target", name, NUCLEI)]
    return Scatterer(f"{name} nucleons", M_PROTON,
                     partial(_nucleon_responses, protons=protons, neutrons=number - protons, blocked=blocked),
                     q2_max=20.0)
