"""DUNE's near detector: neutrino tridents on 75 t of argon, 1.1e21 protons a year, five years in each mode, as in
arXiv:1902.08579.
"""

from ..methods.look import SLATE, Look
from ..methods.trident import Trident

DUNE = Trident(name="DUNE", systematic=0.05, level=0.90, tables=("trident_dune_argon",), exposure=75 * 1.1 * 5,
               references=("Ballett:2019xoe",), future=True, look=Look("DUNE", SLATE, "--"), figures=("fig-4.1",))

BOUNDS = (DUNE,)
