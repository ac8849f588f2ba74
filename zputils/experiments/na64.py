"""NA64: electrons of 100 and 150 GeV on an active dump; decays behind it, or energy that is missing."""

from ..methods.look import TEAL, Look
from ..methods.recast import Recast

VISIBLE = Recast(
    name="NA64 visible", group="electron targets", data="NA64_Banerjee2019hmi", production="electron bremsstrahlung",
    final_states=("e",), references=("Banerjee:2019hmi",),
    shield=1.0, decay=4.0,
    look=Look("NA64", TEAL), figures=("fig-2.2",))

INVISIBLE = Recast(
    name="NA64 invisible", group="electron targets", data="NA64_NA642019imj", production="electron bremsstrahlung",
    final_states=("nu",), references=("NA64:2019imj",), published_br=0.99,
    look=Look("NA64 invisible", TEAL, ":"), figures=("fig-2.2",))

BOUNDS = (VISIBLE, INVISIBLE)
