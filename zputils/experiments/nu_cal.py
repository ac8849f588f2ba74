"""nu-Cal I at Serpukhov: 70 GeV protons on iron, decays 64 m away."""

from ..methods.look import VERMILLION, Look
from ..methods.recast import Recast

PIONS = Recast(
    name="nu-Cal I (pi0)", group="beam dumps", data="NuCAL_Blumlein1990ay", production="pi0 -> gamma X",
    final_states=("e",), references=("Blumlein:1990ay",),
    shield=64.0, decay=23.0,
    look=Look(r"$\nu$-Cal ($\pi^0$)", VERMILLION, "-."), figures=("fig-2.2",))

BREMSSTRAHLUNG = Recast(
    name="nu-Cal I (p brem)", group="beam dumps", data="NuCAL_Blumlein1991xh", production="proton bremsstrahlung",
    final_states=("e",), references=("Blumlein:1991xh",),
    shield=64.0, decay=23.0,
    look=Look(r"$\nu$-Cal ($p$)", VERMILLION), figures=("fig-2.2",))

BOUNDS = (PIONS, BREMSSTRAHLUNG)
