"""CCFR: neutrino tridents on iron.

sigma/sigma_SM = 0.82 +- 0.28 (CCFR 1991, as read by arXiv:1406.2332), the energy fixed to its mean of 160 GeV. `level`
is two-sided; 0.90 is the one-sided 95 %, the other end of the band.
"""

from ..methods.look import INDIGO, Look
from ..methods.trident import Trident

CCFR = Trident(name="CCFR", observed=0.82, error=0.28, systematic=0.0, level=0.95, tables=("trident_ccfr_iron",),
               references=("CCFR:1991lpl", "Altmannshofer:2014pba"), look=Look("CCFR", INDIGO),
               figures=("fig-2.2/muon_neutrino", "fig-4.1"))
CCFR_ONE_SIDED = 0.90

BOUNDS = (CCFR,)
