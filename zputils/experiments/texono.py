"""TEXONO: reactor antineutrinos on electrons.

arXiv:0911.1597: 1.08 +- 0.21 +- 0.16 of the Standard Model's rate, for recoils of 3 to 8 MeV. The level is that of the
tridents.
"""

import numpy as np

from ..methods.look import CYAN, Look
from ..methods.reactor import ReactorNeutrinos

TEXONO = ReactorNeutrinos(
    name="TEXONO", observed=1.08, error=float(np.hypot(0.21, 0.16)), systematic=0.0, level=0.95, window=(3e-3, 8e-3),
    references=("TEXONO:2009knm",), look=Look("TEXONO", CYAN, "-."))

BOUNDS = (TEXONO,)
