"""A1 at MAMI: electrons on tantalum, a bump in e+e- pairs."""

from ..methods.look import GREEN, Look
from ..methods.recast import Recast

A1 = Recast(
    name="A1 (MAMI)", group="electron targets", data="A1_Merkel2014avp", production="electron bremsstrahlung",
    final_states=("e",), references=("Merkel:2014avp",),
    look=Look("A1", GREEN), figures=("fig-2.2",))

A1_2011 = Recast(
    name="A1 (2011)", group="electron targets", data="A1_Merkel2011ze", production="electron bremsstrahlung",
    final_states=("e",), references=("Merkel:2011ze",), look=Look("A1 (2011)", GREEN, "-."))

BOUNDS = (A1, A1_2011)
