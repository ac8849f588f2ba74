"""CHARM II: nu_mu and nubar_mu on electrons.

Phys. Lett. B 335 (1994) 246: g_V = -0.035 +- 0.012 +- 0.012, g_A = -0.503 +- 0.006 +- 0.016, from rates and recoil
spectra of electrons of 3 to 24 GeV; in the Standard Model sin^2 theta_W = 0.2324 +- 0.0083 from the ratio alone. Mean
energies of the two beams 23.7 and 19.1 GeV, which stand for the spectra. The level is that of the tridents.
"""

import numpy as np

from ..methods.look import CYAN, Look
from ..methods.neutrino_beams import MuonNeutrinoBeams

CHARM_II = MuonNeutrinoBeams(
    name="CHARM II", level=0.95, energies=(23.7, 19.1), window=(3.0, 24.0),
    vector=(-0.035, float(np.hypot(0.012, 0.012))), axial=(-0.503, float(np.hypot(0.006, 0.016))),
    references=("CHARM-II:1994dzw",), look=Look("CHARM II", CYAN, ":"))

BOUNDS = (CHARM_II,)
