"""SeaQuest: 120 GeV protons on iron, decays in the metre behind it (Table 1)."""

from typing import Any

from ..methods.beam_dump import BeamDump
from ..methods.geometry import Geometry
from ..methods.look import BROWN, Look
from ..methods.recast import Recast
from ..physics import mixtures
from ..physics.production import yields_source

SEAQUEST = BeamDump(
    name="SeaQuest", geometry=Geometry(shield=5, decay=1, momentum=60), beam_energy=120,  # half of it, Sec. 3.3
    source=yields_source, published="SeaQuest_phase1_Berlin2018",
    visible=("e", "mu"),  # the published reach dips at the rho only if hadrons do not count: Sec. 3.3 shows both
    tables=("dark_photon_yields_120GeV",), mass_range=(1.1e-3, 9.0), references=("Berlin:2018pwi",),
    look=Look("SeaQuest", BROWN, "--"), figures=("fig-4.1",),
    exposure=1.44e18, needed=10)  # protons, events: arXiv:1804.00661

_LATER: dict[str, Any] = dict(
    group="beam dumps", production=mixtures.mesons_and_bremsstrahlung_at_120_GeV, shares=(mixtures.YIELDS,),
    final_states=("e", "mu"), references=("Tsai:2019mtm",), shield=5.0, decay=7.0, future=True)
PHASE_II = Recast(name="SeaQuest phase II", data="SeaQuest_Tsai2019mtm_phase2", look=Look("SeaQuest II", BROWN, "--"),
                  **_LATER)
LONGQUEST = Recast(name="LongQuest", data="LongQuest_Tsai2019mtm", look=Look("LongQuest", BROWN, "--"), **_LATER)

BOUNDS = (SEAQUEST, PHASE_II, LONGQUEST)
