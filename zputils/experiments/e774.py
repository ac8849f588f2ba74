"""E774 at Fermilab: 275 GeV electrons on tungsten."""

from ..methods.look import ORANGE, Look
from ..methods.recast import Recast

E774 = Recast(
    name="E774", group="beam dumps", data="E774_Bross1989mp", production="electron bremsstrahlung",
    final_states=("e",), references=("Bross:1989mp",),
    shield=0.3, decay=2.0,
    look=Look("E774", ORANGE, ":"), figures=("fig-2.2",))

BOUNDS = (E774,)
