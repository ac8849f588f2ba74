"""BESIII: e+e- at 3.8 GeV, a Z' with a photon."""

from ..methods.look import MAGENTA, Look
from ..methods.recast import Recast

BESIII = Recast(
    name="BESIII", group="e+e- colliders", data="BESIII_Ablikim2017aab", production="e+e- annihilation",
    final_states=("e", "mu"), references=("Ablikim:2017aab",),
    look=Look("BESIII", MAGENTA, "-."), figures=("fig-2.2",))

BOUNDS = (BESIII,)
