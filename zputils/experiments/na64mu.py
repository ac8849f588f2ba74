"""NA64mu: muons of 160 GeV on a target, and missing energy."""

from ..methods.look import PURPLE, Look
from ..methods.muonic import MuonicSearch

INVISIBLE = MuonicSearch(
    name="NA64mu", data="NA64mu_Andreev2024klw", channel="nu", published_br=1.0, references=("NA64:2024klw",),
    look=Look(r"NA64$\mu$", PURPLE), figures=("later",))

_PLANNED = {"3e11": r"3\times10^{11}", "2e13": r"2\times10^{13}", "1e14": "10^{14}"}
PLANNED = tuple(
    MuonicSearch(name=f"NA64mu {muons}", data=f"NA64mu_{muons}", channel="nu", published_br=1.0,
                 references=("NA64:2025ddk",), future=True, look=Look(rf"NA64$\mu$, ${text}$", PURPLE, "--"))
    for muons, text in _PLANNED.items())

BOUNDS = (INVISIBLE, *PLANNED)
