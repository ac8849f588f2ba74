"""Nuclei as targets of coherent elastic neutrino scattering (CEvNS). Energies in GeV."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..constants import ATOMIC_MASS_UNIT, FERMI, G_FERMI, SIN2_W_LOW
from .couplings import Couplings
from .recoils import max_recoil


@dataclass(frozen=True)
class Nucleus:
    """Protons, nucleons, and the mass in atomic mass units (AME2020, doi 10.1088/1674-1137/abddaf).

    :param protons: Z.
    :param nucleons: A.
    :param units: mass in atomic mass units.

    >>> Nucleus(protons=18, nucleons=40, units=39.962383) == NUCLEI["Ar"]
    True
    """

    protons: int
    nucleons: int
    units: float

    @property
    def mass(self) -> float:
        """Mass in GeV.

        >>> f"{NUCLEI['Cs'].mass:.1f}"
        '123.8'
        """
        return self.units * ATOMIC_MASS_UNIT

    @property
    def weak_charge(self) -> float:
        """Q_V = Z (1/2 - 2 s_W^2) - N/2 of the Standard Model.

        >>> f"{NUCLEI['Ar'].weak_charge:.2f}"
        '-10.59'
        """
        return self.protons * (0.5 - 2 * SIN2_W_LOW) - (self.nucleons - self.protons) / 2

    def charge(self, model: Couplings) -> float:
        """Z g_p + N g_n, per unit of the reference coupling.

        :param model: the Z'.
        :returns: per unit of the reference coupling.

        >>> from zputils import ZPrime
        >>> NUCLEI["Ar"].charge(ZPrime(u=1.0, d=-1.0))  # 18 protons of charge 1, 22 neutrons of charge -1
        -4.0
        """
        return self.protons * model.proton + (self.nucleons - self.protons) * model.neutron

    def helm(self, q_squared: NDArray | float) -> np.ndarray:
        """Helm form factor 3 j1(qR)/(qR) exp(-q^2 s^2/2), R^2 = c^2 + 7 pi^2 a^2/3 - 5 s^2, at Q^2 > 0 in GeV^2.

        c = 1.23 A^(1/3) - 0.60 fm, a = 0.52 fm, s = 0.9 fm (Lewin and Smith, Astropart. Phys. 6 (1996) 87, Eq. 4.11).

        :param q_squared: Q^2, GeV^2, any shape.
        :returns: of the shape of q.

        >>> [f"{NUCLEI['Cs'].helm(q**2):.3f}" for q in (1e-4, 0.05)]
        ['1.000', '0.775']
        """
        c, a, s = (1.23 * self.nucleons ** (1 / 3) - 0.60) * FERMI, 0.52 * FERMI, 0.9 * FERMI
        x = np.sqrt(q_squared * (c**2 + 7 * np.pi**2 * a**2 / 3 - 5 * s**2))
        small = x < 0.03  # where 3 j1(x)/x loses digits in its closed form
        safe = np.where(small, 1.0, x)
        sphere = np.where(small, 1 - x**2 / 10 + x**4 / 280, 3 * (np.sin(safe) - safe * np.cos(safe)) / safe**3)
        return sphere * np.exp(-q_squared * s**2 / 2)


NUCLEI = {"Na": Nucleus(11, 23, 22.989769), "Ar": Nucleus(18, 40, 39.962383),
          "I": Nucleus(53, 127, 126.904473), "Cs": Nucleus(55, 133, 132.905452)}


def cevns(recoil: NDArray | float, energy: NDArray | float, nucleus: Nucleus) -> np.ndarray:
    """dsigma/dT = (G_F^2 M/pi) F^2(Q^2) (1 - M T/2E^2) for Q_V = 1, GeV^-3, 0 above `max_recoil`.

    :param recoil: T of the nucleus, GeV.
    :param energy: E of the neutrino, GeV; they broadcast.
    :param nucleus: that is hit.
    :returns: GeV^-3, of the broadcast shape.

    >>> sigma = cevns(np.array([5e-6, 20e-6]), 29.79e-3, NUCLEI["Cs"])  # of prompt nu_mu at a spallation source
    >>> [f"{s:.2e}" for s in sigma]
    ['2.72e-09', '0.00e+00']
    """
    m = nucleus.mass
    shape = np.where(recoil < max_recoil(energy, m), 1 - m * recoil / (2 * energy**2), 0.0)
    return G_FERMI**2 * m / np.pi * nucleus.helm(2 * m * recoil) ** 2 * shape
