"""KLOE at DAFNE: e+e- at the phi, a Z' with a photon."""

from typing import Any

from ..constants import HBAR_C, M_PHI
from ..methods.look import PURPLE, Look
from ..methods.recast import Recast


def proper_time(m):
    """Largest proper time in 1/GeV at which a decay counts as prompt: 8 cm of flight from phi decays. m: (n,) GeV.

    >>> f"{proper_time(0.5):.1e}"
    '3.2e+14'
    """
    return 0.08 * 2 * M_PHI * m / (M_PHI**2 + m**2) / HBAR_C


_SHARED: dict[str, Any] = dict(group="e+e- colliders", production="e+e- annihilation", proper_time=proper_time,
                               figures=("fig-2.2",))

ELECTRONS = Recast(name="KLOE", data="KLOE_Anastasi2015qla", final_states=("e",), references=("Anastasi:2015qla",),
                   look=Look("KLOE", PURPLE), **_SHARED)
MUONS = Recast(name="KLOE mumu", data="KLOE_Babusci2014sta", final_states=("mu",), references=("Babusci:2014sta",),
               look=Look(r"KLOE $\mu\mu$", PURPLE, ":"), **_SHARED)
COMBINED = Recast(name="KLOE combined", data="KLOE_Anastasi2018azp_combined", final_states=("mu", "pi+_pi-"),
                  references=("Anastasi:2018azp",), look=Look(r"KLOE $\mu\mu+\pi\pi$", PURPLE, "-."), **_SHARED)

BOUNDS = (ELECTRONS, MUONS, COMBINED)
