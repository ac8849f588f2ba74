"""Nucleosynthesis and the cosmic microwave background: the smallest mass of a Z' in equilibrium."""

from ..methods.look import OLIVE, Look
from ..methods.thermal import LightThermal

BBN_CMB = LightThermal(
    name="BBN+CMB", references=("Sabti:2019mhn",),
    look=Look("BBN+CMB", OLIVE), figures=("fig-2.2/muon_neutrino", "fig-4.1"))

BOUNDS = (BBN_CMB,)
