"""KLOE at DAFNE: e+e- at the phi, a Z' with a photon."""

from typing import Any

from numpy.typing import NDArray

from ..constants import HBAR_C, M_ETA, M_PHI
from ..methods.look import PLUM, Look
from ..methods.recast import Recast


def proper_time(m: NDArray) -> NDArray:
    """Largest proper time in 1/GeV at which a decay counts as prompt: 8 cm of flight from phi decays.

    :param m: (n,) GeV.
    :returns: (n,) 1/GeV.

    >>> f"{proper_time(0.5):.1e}"
    '3.2e+14'
    """
    return 0.08 * 2 * M_PHI * m / (M_PHI**2 + m**2) / HBAR_C


_SHARED: dict[str, Any] = dict(group="e+e- colliders", production="e+e- annihilation", proper_time=proper_time,
                               figures=("fig-2.2",))

ELECTRONS = Recast(name="KLOE", data="KLOE_Anastasi2015qla", final_states=("e",), references=("Anastasi:2015qla",),
                   look=Look("KLOE", PLUM), **_SHARED)
MUONS = Recast(name="KLOE mumu", data="KLOE_Babusci2014sta", final_states=("mu",), references=("Babusci:2014sta",),
               look=Look(r"KLOE $\mu\mu$", PLUM, ":"), **_SHARED)
COMBINED = Recast(name="KLOE combined", data="KLOE_Anastasi2018azp_combined", final_states=("mu", "pi+_pi-"),
                  references=("Anastasi:2018azp",), look=Look(r"KLOE $\mu\mu+\pi\pi$", PLUM, "-."), **_SHARED)

def _proper_time_phi(m: NDArray) -> NDArray:
    """The same for a Z' that phi -> eta Z' makes. m: (n,) GeV.

    >>> f"{_proper_time_phi(0.3):.1e}"
    '3.0e+14'
    """
    return 0.08 * 2 * M_PHI * m / (M_PHI**2 + m**2 - M_ETA**2) / HBAR_C


_LATER: dict[str, Any] = dict(group="e+e- colliders", production="e+e- annihilation", proper_time=proper_time)
PIONS = Recast(name="KLOE pipi", data="KLOE_Anastasi2016ktq", final_states=("pi+_pi-",),
               references=("Anastasi:2016ktq",), look=Look(r"KLOE $\pi\pi$", PLUM, (0, (1, 1))), **_LATER)
MUONS_2018 = Recast(name="KLOE mumu (2018)", data="KLOE_Anastasi2018azp_mumu", final_states=("mu",),
                    references=("Anastasi:2018azp",),
                    look=Look(r"KLOE $\mu\mu$ (2018)", PLUM, (0, (3, 1, 1, 1))), **_LATER)
PHI_DECAYS = Recast(name="KLOE phi", group="e+e- colliders", data="KLOE_Babusci2012cr", production="phi -> eta X",
                    final_states=("e",), proper_time=_proper_time_phi, leptons_alone=True,
                    references=("Babusci:2012cr",), look=Look(r"KLOE $\phi\to\eta$", PLUM, (0, (1, 2))))

BOUNDS = (ELECTRONS, MUONS, COMBINED, PIONS, MUONS_2018, PHI_DECAYS)
