"""CMS: Z -> mu mu Z' in four muons."""

from ..methods.look import ROSE, Look
from ..methods.muonic import MuonicSearch

FOUR_MUONS = MuonicSearch(
    name="CMS 4mu", data="CMS4mu_Sirunyan2018_LmuLtau", channel="mu", references=("Sirunyan:2018nnz",),
    look=Look(r"CMS $4\mu$", ROSE), figures=("fig-2.2/muon_only",))

BOUNDS = (FOUR_MUONS,)
