"""E137 at SLAC: 20 GeV electrons on aluminium, decays behind a hill."""

from ..methods.look import BROWN, Look
from ..methods.recast import Recast

E137 = Recast(
    name="E137", group="beam dumps", data="E137_Andreas2012mt", production="electron bremsstrahlung",
    final_states=("e",), references=("Andreas:2012mt",),
    shield=179.0, decay=204.0,
    look=Look("E137", BROWN, ":"), figures=("fig-2.2",))

E137_2009 = Recast(
    name="E137 (2009)", group="beam dumps", data="E137_Bjorken2009mm", production="electron bremsstrahlung",
    final_states=("e",), references=("Bjorken:2009mm",),
    shield=179.0, decay=204.0,
    look=Look("E137 (2009)", BROWN, (0, (3, 1, 1, 1))))

BOUNDS = (E137, E137_2009)
