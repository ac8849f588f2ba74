"""FASER: forward of the LHC's collisions, 480 m away (Table 1)."""

from functools import partial

from ..methods.beam_dump import BeamDump, Geometry, inferred_source
from ..methods.look import ORANGE, Look
from ..physics.hadrons import R_TABLE

_PUBLISHED, _GEOMETRY = "FASER2_Ariga2018uku", Geometry(shield=480, decay=15, momentum=3500)  # half the beam energy

FASER = BeamDump(
    name="FASER", geometry=_GEOMETRY, beam_energy=7000,
    source=partial(inferred_source, published=_PUBLISHED, geometry=_GEOMETRY), published=_PUBLISHED,
    tables=(_PUBLISHED, R_TABLE), mass_range=(0.01, 1.3451), references=("Ariga:2018uku",), look=Look("FASER", ORANGE, "--"),
    needed=3)

BOUNDS = (FASER,)
