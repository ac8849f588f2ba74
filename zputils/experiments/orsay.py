"""Orsay: 1.6 GeV electrons on tungsten."""

from ..methods.look import ORANGE, Look
from ..methods.recast import Recast

ORSAY = Recast(
    name="Orsay", group="beam dumps", data="Orsay_Davier1989wz", production="electron bremsstrahlung",
    final_states=("e",), references=("Davier:1989wz",),
    shield=1.0, decay=2.0,
    look=Look("Orsay", ORANGE, "-."), figures=("fig-2.2",))

BOUNDS = (ORSAY,)
