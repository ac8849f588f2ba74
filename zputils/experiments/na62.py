"""NA62: pi0 decays to a photon and nothing seen."""

from ..methods.look import UMBER, Look
from ..methods.recast import Recast

INVISIBLE = Recast(
    name="NA62 invisible", group="hadrons", data="NA62_CortinaGil2019nuo", production="pi0 -> gamma X",
    final_states=("nu",), references=("CortinaGil:2019nuo",), published_br=0.99,
    look=Look("NA62 invisible", UMBER, ":"), figures=("fig-2.2",))

BOUNDS = (INVISIBLE,)
