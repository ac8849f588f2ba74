"""Every bound on a light Z', computed: the helper package of the book."""

from .beamdump import FASER, SEAQUEST, SHIP, BeamDump, Geometry
from .models import ZPrime

__all__ = ["FASER", "SEAQUEST", "SHIP", "BeamDump", "Geometry", "ZPrime"]
