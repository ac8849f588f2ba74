"""CHARM: 400 GeV protons on copper, decays 480 m away."""

from ..methods.look import VERMILLION, Look
from ..methods.recast import Recast

CHARM = Recast(
    name="CHARM", group="beam dumps", data="CHARM_Tsai2019mtm", production="eta -> gamma X",
    final_states=("e",), references=("Tsai:2019mtm",),
    shield=480.0, decay=10.0,
    look=Look("CHARM", VERMILLION, ":"), figures=("fig-2.2",))

CHARM_1985 = Recast(
    name="CHARM (1985)", group="beam dumps", data="CHARM_Bergsma1985qz", production="eta -> gamma X",
    final_states=("e",), references=("Bergsma:1985qz",),
    shield=480.0, decay=10.0,
    look=Look("CHARM (1985)", VERMILLION, (0, (1, 1))))

BOUNDS = (CHARM, CHARM_1985)
