"""Belle II at SuperKEKB: e+e- to two muons and nothing else; with a photon, a bump in pairs."""

from ..methods.look import MAGENTA, Look
from ..methods.muonic import MuonicSearch
from ..methods.recast import Recast

INVISIBLE = MuonicSearch(
    name="Belle II invisible", data="BelleII_Adachi2019otg", channel="nu", published_br=1.0,
    references=("Adachi:2019otg",), look=Look(r"Belle II $\mu\mu$ + inv.", MAGENTA, (0, (3, 1, 1, 1))))

VISIBLE = Recast(
    name="Belle II visible", group="e+e- colliders", data="BelleII_Kou2018nap", production="e+e- annihilation",
    final_states=("e", "mu"), references=("Kou:2018nap",), future=True, look=Look("Belle II, 50/ab", MAGENTA, "--"))

BOUNDS = (INVISIBLE, VISIBLE)
