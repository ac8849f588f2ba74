"""PS191 at CERN: 19 GeV protons on beryllium, decays 128 m away."""

from ..methods.look import ORANGE, Look
from ..methods.recast import Recast

PS191 = Recast(
    name="PS191", group="beam dumps", data="PS191_Bernardi1985ny", production="pi0 -> gamma X", final_states=("e",),
    references=("Bernardi:1985ny",),
    shield=128.0, decay=7.0,
    look=Look("PS191", ORANGE, (0, (1, 2))))

BOUNDS = (PS191,)
