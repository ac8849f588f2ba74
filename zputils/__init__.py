"""Every bound on a light Z', computed: the helper package of the book."""

from .experiments.faser import FASER
from .experiments.seaquest import SEAQUEST
from .experiments.ship import SHIP
from .methods.beam_dump import BeamDump, Geometry
from .physics.models import ZPrime

__all__ = ["FASER", "SEAQUEST", "SHIP", "BeamDump", "Geometry", "ZPrime"]
