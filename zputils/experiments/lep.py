"""LEP (DELPHI): e+e-, a photon and nothing else."""

from ..methods.look import MAGENTA, Look
from ..methods.recast import Recast

LEP = Recast(
    name="LEP mono-photon", group="e+e- colliders", data="LEP_Fox2011fx", production="e+e- annihilation",
    final_states=("nu",), references=("Fox:2011fx",), published_br=0.99,
    look=Look("LEP", MAGENTA, (0, (1, 1))), figures=("fig-2.2",))

BOUNDS = (LEP,)
