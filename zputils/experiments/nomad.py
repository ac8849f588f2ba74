"""NOMAD at CERN: 450 GeV protons on beryllium, decays 835 m away."""

from ..methods.look import ORANGE, Look
from ..methods.recast import Recast

NOMAD = Recast(
    name="NOMAD", group="beam dumps", data="NOMAD_Astier2001ck", production="pi0 -> gamma X", final_states=("e",),
    references=("Astier:2001ck",),
    shield=835.0, decay=7.5,
    look=Look("NOMAD", ORANGE, (0, (3, 1, 1, 1))))

BOUNDS = (NOMAD,)
