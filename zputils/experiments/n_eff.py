"""N_eff with decays to electrons, from a curve published for L_mu - L_tau."""

from ..methods.look import MOSS, Look
from ..methods.n_eff import DecaysToElectrons

NEFF = DecaysToElectrons(name="N_eff", data="Neff_Escudero2019_LmuLtau", references=("Escudero:2019gzq",),
                         look=Look(r"$N_{\rm eff}$", MOSS, ":"), figures=("later",))

BOUNDS = (NEFF,)
