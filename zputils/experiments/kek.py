"""KEK: 2.5 GeV electrons on tungsten."""

from ..methods.look import ORANGE, Look
from ..methods.recast import Recast

KEK = Recast(
    name="KEK", group="beam dumps", data="KEK_Konaka1986cb", production="electron bremsstrahlung",
    final_states=("e",), references=("Konaka:1986cb",),
    shield=2.4, decay=2.2,
    look=Look("KEK", ORANGE), figures=("fig-2.2",))

BOUNDS = (KEK,)
