"""E141 at SLAC: 9 GeV electrons on tungsten."""

from ..methods.look import BROWN, Look
from ..methods.recast import Recast

E141 = Recast(
    name="E141", group="beam dumps", data="E141_Riordan1987aw", production="electron bremsstrahlung",
    final_states=("e",), references=("Riordan:1987aw",),
    shield=0.12, decay=35.0,
    look=Look("E141", BROWN, "-."), figures=("fig-2.2",))

BOUNDS = (E141,)
