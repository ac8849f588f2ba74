"""HPS at JLab: electrons on tungsten, a bump in e+e- pairs."""

from typing import Any

from ..methods.look import TEAL, Look
from ..methods.recast import Recast

_PAIRS: dict[str, Any] = dict(group="electron targets", production="electron bremsstrahlung", final_states=("e",))
ENGINEERING = Recast(name="HPS", data="HPS_Adrian2018scb", references=("Adrian:2018scb",),
                     look=Look("HPS", TEAL, "-."), **_PAIRS)
PLANNED = Recast(name="HPS planned", data="HPS_Baltzell2016eee_prompt", references=("Baltzell:2016eee",), future=True,
                 look=Look("HPS planned", TEAL, "--"), **_PAIRS)

BOUNDS = (ENGINEERING, PLANNED)
