"""BaBar: e+e- at 10.6 GeV. A Z' with a photon, to leptons or to nothing seen; a Z' that muons radiate."""

from ..methods.look import MAGENTA, WINE, Look
from ..methods.muonic import MuonicSearch
from ..methods.recast import Recast

VISIBLE = Recast(
    name="BaBar", group="e+e- colliders", data="BaBar_Lees2014xha", production="e+e- annihilation",
    final_states=("e", "mu"), references=("Lees:2014xha",), look=Look("BaBar", MAGENTA), figures=("fig-2.2",))

INVISIBLE = Recast(
    name="BaBar invisible", group="e+e- colliders", data="BaBar_Lees2017lec", production="e+e- annihilation",
    final_states=("nu",), published_br=0.99, references=("Lees:2017lec",), look=Look("BaBar invisible", MAGENTA, ":"),
    figures=("fig-2.2",))

FOUR_MUONS = MuonicSearch(
    name="BaBar 4mu", data="BaBar4mu_Lees2016_LmuLtau", channel="mu", references=("TheBABAR:2016rlg",),
    look=Look(r"BaBar $4\mu$", WINE), figures=("fig-2.2/muon_only", "fig-4.1"))

BOUNDS = (VISIBLE, INVISIBLE, FOUR_MUONS)
