"""NA64mu: muons of 160 GeV on a target, and missing energy."""

from ..methods.look import PURPLE, Look
from ..methods.muonic import MuonicSearch

INVISIBLE = MuonicSearch(
    name="NA64mu", data="NA64mu_LmuLtau", channel="nu", references=("NA64:2024klw",), look=Look(r"NA64$\mu$", PURPLE),
    figures=("later",))

BOUNDS = (INVISIBLE,)
