"""Every bound on a light Z', computed: the helper package of the book."""

from .methods.beam_dump import FASER, SEAQUEST, SHIP, BeamDump, Geometry
from .physics.models import ZPrime

__all__ = ["FASER", "SEAQUEST", "SHIP", "BeamDump", "Geometry", "ZPrime"]
