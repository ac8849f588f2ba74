"""FASER: forward of the LHC's collisions, 480 m away (Table 1)."""

from functools import partial
from typing import Any

from ..methods.beam_dump import BeamDump
from ..methods.calibration import inferred_source
from ..methods.geometry import Geometry
from ..methods.look import ORANGE, Look
from ..methods.recast import Recast
from ..physics.hadrons import R_TABLE

_PUBLISHED, _GEOMETRY = "FASER2_Ariga2018uku", Geometry(shield=480, decay=15, momentum=3500)  # half the beam energy

FASER = BeamDump(
    name="FASER", geometry=_GEOMETRY, beam_energy=7000,
    source=partial(inferred_source, published=_PUBLISHED, geometry=_GEOMETRY), published=_PUBLISHED,
    tables=(_PUBLISHED, R_TABLE), mass_range=(0.01, 1.3451), references=("Ariga:2018uku",),
    look=Look("FASER", ORANGE, "--"),
    exposure=3e6, needed=3)  # 3/ab in 1/pb, events: arXiv:1811.12522

# The detector that runs, 1.5 m long; proton bremsstrahlung is a small part of what reaches it.
_PIONS: dict[str, Any] = dict(group="beam dumps", production="pi0 -> gamma X", final_states=("e",), shield=480.0,
                              decay=1.5)
FASER_2023 = Recast(name="FASER 2023", data="FASER_Abreu2023tle", references=("FASER:2023tle",),
                    look=Look("FASER 2023", ORANGE, (0, (1, 1))), **_PIONS)
FASER_RUN_3 = Recast(name="FASER run 3", data="FASER_Ariga2018uku_run3", references=("Ariga:2018uku",), future=True,
                     look=Look("FASER, 150/fb", ORANGE, "--"), **_PIONS)

BOUNDS = (FASER, FASER_2023, FASER_RUN_3)
