"""Reactor antineutrinos on electrons. Energies in GeV."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import checks
from ..constants import M_E, SIN2_W_LOW
from ..physics.nu_electron import interference, with_propagator
from ..physics.recoils import gauss_legendre, min_energy
from .detector import CountingExperiment
from .polynomial import Kernel

END = 12e-3  # of the spectrum
# Parts of the fissions in a power reactor, and a0, a1, a2 of ln(nubar_e per fission and MeV) = a0 + a1 E + a2 E^2 with
# E in MeV, from 2 to 8 MeV (Vogel and Engel, Phys. Rev. D 39 (1989) 3378, table I).
FISSIONS = {"U235": (0.55, (0.870, -0.160, -0.0910)), "Pu239": (0.32, (0.896, -0.239, -0.0981)),
            "U238": (0.07, (0.976, -0.162, -0.0790)), "Pu241": (0.06, (0.793, -0.080, -0.1085))}


def spectrum(energy: ArrayLike) -> NDArray:
    """Antineutrinos per fission and MeV.

    :param energy: GeV, any shape.
    :returns: of the shape of `energy`.

    >>> f"{spectrum(4e-3):.3f}"
    '0.269'
    """
    mev = np.asarray(energy) * 1e3
    return np.asarray(sum(part * np.exp(a0 + a1 * mev + a2 * mev**2) for part, (a0, a1, a2) in FISSIONS.values()))


@dataclass(frozen=True, kw_only=True)
class ReactorNeutrinos(CountingExperiment):
    """nubar_e e scattering of reactor antineutrinos, as a ratio to the Standard Model's rate.

    :param window: recoils seen, GeV.

    >>> from zputils.experiments.texono import TEXONO
    >>> f"{TEXONO.observed} +- {TEXONO.error:.2f}"
    '1.08 +- 0.26'
    """

    lepton = "e"
    neutrinos = ("nu_e",)
    window: tuple[float, float]

    def __post_init__(self) -> None:
        super().__post_init__()
        checks.real("window[0] [GeV]", self.window[0], 0, min(self.window[1], 10e-3), open_high=True)

    def kernel(self, m: NDArray, chirality: tuple[int, int] = (1, 1)) -> Kernel:
        """The rate over the Standard Model's; antineutrinos see g_L = s_W^2 + 1/2 and g_R = s_W^2 exchanged; one bin.

        :param m: (n,) GeV.
        :param chirality: by which a unit of x is in g_L and g_R of the electron.

        >>> from zputils import ZPrime
        >>> from zputils.experiments.texono import TEXONO
        >>> n0, n1, n2 = TEXONO.counts(ZPrime(e=1.0, nu_e=1.0), 0.01)
        >>> f"{n0:.0f} {n1:.1e} {n2:.1e}"
        '1 1.9e+09 1.1e+18'
        """
        recoil, weight = gauss_legendre(*self.window, order=16)
        energy, step = gauss_legendre(min_energy(recoil, M_E), END, order=16)
        step = step * spectrum(energy) * weight[:, None]
        parts = interference(recoil[:, None], energy, SIN2_W_LOW, SIN2_W_LOW + 0.5, *chirality[::-1])
        weak, cross, alone = ((part * step).sum(axis=1) for part in parts)
        linear, quadratic = with_propagator(recoil, cross[None], alone[None], m)
        return Kernel(np.ones(1), linear[:, None] / weak.sum(), quadratic[:, None] / weak.sum())

