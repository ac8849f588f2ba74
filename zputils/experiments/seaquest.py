"""SeaQuest: 120 GeV protons on iron, decays in the metre behind it (Table 1)."""

from ..methods.beam_dump import BeamDump, Geometry
from ..methods.look import BROWN, Look
from ..physics.production import yields_source

SEAQUEST = BeamDump(
    name="SeaQuest", geometry=Geometry(shield=5, decay=1, momentum=60), beam_energy=120,  # half of it, Sec. 3.3
    source=yields_source, published="SeaQuest_phase1_Berlin2018",
    visible=("e", "mu"),  # the published reach dips at the rho only if hadrons do not count: Sec. 3.3 shows both
    tables=("dark_photon_yields_120GeV",), mass_range=(1.1e-3, 9.0), references=("Berlin:2018pwi",),
    look=Look("SeaQuest", BROWN, "--"), figures=("fig-4.1",), needed=10)

BOUNDS = (SEAQUEST,)
