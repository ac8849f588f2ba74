"""NA62: pi0 decays to a photon and nothing seen; 400 GeV protons on a dump and decays 80 m away."""

from typing import Any

from ..methods.look import BROWN, UMBER, Look
from ..methods.recast import Recast
from ..physics import mixtures

INVISIBLE = Recast(
    name="NA62 invisible", group="hadrons", data="NA62_CortinaGil2019nuo", production="pi0 -> gamma X",
    final_states=("nu",), references=("CortinaGil:2019nuo",), published_br=0.99,
    look=Look("NA62 invisible", UMBER, ":"), figures=("fig-2.2",))

# As a dump: decays that reach the spectrometer, with the lengths of arXiv:1908.07525.
_DUMP: dict[str, Any] = dict(group="beam dumps", shield=142.0, decay=75.0)
MUONS = Recast(
    name="NA62 mumu", data="NA62_CortinaGil2023qyn", production="eta -> gamma X", final_states=("mu",),
    references=("NA62:2023qyn",), look=Look(r"NA62 $\mu\mu$", BROWN, (0, (1, 1))), **_DUMP)
ELECTRONS = Recast(
    name="NA62 ee", data="NA62_CortinaGil2023nhs", production=mixtures.pi0_then_eta_decays, final_states=("e",),
    references=("NA62:2023nhs",), look=Look("NA62 $ee$", BROWN), **_DUMP)
PLANNED = Recast(
    name="NA62 1e18 protons", data="NA62_Tsai2019mtm", final_states=("e", "mu"), references=("Tsai:2019mtm",),
    production=mixtures.pi0_then_eta_decays_then_proton_bremsstrahlung, future=True,
    look=Look("NA62, $10^{18}$", BROWN, "--"), **_DUMP)

BOUNDS = (INVISIBLE, MUONS, ELECTRONS, PLANNED)
