"""APEX at Jefferson Lab: electrons on tantalum, a bump in e+e- pairs."""

from ..methods.look import GREEN, Look
from ..methods.recast import Recast

APEX = Recast(
    name="APEX", group="electron targets", data="APEX_Abrahamyan2011gv", production="electron bremsstrahlung",
    final_states=("e",), references=("Abrahamyan:2011gv",),
    look=Look("APEX", GREEN, ":"), figures=("fig-2.2",))

BOUNDS = (APEX,)
