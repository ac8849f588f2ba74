"""The dump of Sec. 3.1: it knows electrons and neutrinos only, with SHiP's geometry and R-bar > 1e-19."""

import numpy as np

from ..methods.beam_dump import BeamDump
from ..physics.models import ZPrime
from .ship import SHIP

ELECTRON_DUMP = BeamDump(name="Sec. 3.1", geometry=SHIP.geometry, beam_energy=SHIP.beam_energy, sensitivity=1e-19,
                         source=lambda model, m: abs(model.e) ** 2 * np.ones_like(m))


def electron_model(ratio: float) -> ZPrime:
    """g_nu/g_e = ratio and nothing else; the reference coupling is g_e.

    :param ratio: g_nu/g_e.

    >>> electron_model(5).nu_mu
    5.0
    """
    return ZPrime(e=1.0, nu_mu=ratio, reference=r"$g_e$")
