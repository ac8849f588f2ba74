"""The electron's magnetic moment, with alpha from caesium and from rubidium (arXiv:2008.08765)."""

from ..methods.look import NAVY, Look
from ..methods.recast import Recast

CAESIUM = Recast(
    name="electron g-2 (Cs alpha)", group="moments", data="AMMe_Bodas2021fsy_cs", production="electron loop",
    final_states=(), references=("Bodas:2021fsy",),
    look=Look(r"$(g-2)_e$ Cs", NAVY), figures=("fig-2.2",))

RUBIDIUM = Recast(
    name="electron g-2 (Rb alpha)", group="moments", data="AMMe_Bodas2021fsy_rb", production="electron loop",
    final_states=(), references=("Bodas:2021fsy",),
    look=Look(r"$(g-2)_e$ Rb", NAVY, ":"), figures=("fig-2.2",))

BOUNDS = (CAESIUM, RUBIDIUM)
