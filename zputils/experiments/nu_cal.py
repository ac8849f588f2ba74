"""nu-Cal I at Serpukhov: 70 GeV protons on iron, decays 64 m away."""

from ..methods.look import VERMILLION, Look
from ..methods.recast import Recast
from ..physics import mixtures

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

BOTH = Recast(
    name="nu-Cal I (2019)", group="beam dumps", data="NuCAL_Tsai2019mtm",
    production=mixtures.pi0_decays_then_proton_bremsstrahlung, final_states=("e",), references=("Tsai:2019mtm",),
    shield=64.0, decay=23.0,
    look=Look(r"$\nu$-Cal", VERMILLION, (0, (3, 1, 1, 1))))

BOUNDS = (PIONS, BREMSSTRAHLUNG, BOTH)
