"""Every bound on a light Z', computed: the helper package of the book."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .experiments.faser import FASER
    from .experiments.seaquest import SEAQUEST
    from .experiments.ship import SHIP
    from .methods.beam_dump import BeamDump
    from .methods.geometry import Geometry
    from .methods.recast import Recast
    from .physics.models import ZPrime

# Where each name comes from; a module is loaded when one of its names is first asked for.
_HOMES = {"FASER": "experiments.faser", "SEAQUEST": "experiments.seaquest", "SHIP": "experiments.ship",
          "BeamDump": "methods.beam_dump", "Geometry": "methods.geometry", "Recast": "methods.recast",
          "ZPrime": "physics.models"}

__all__ = ["FASER", "SEAQUEST", "SHIP", "BeamDump", "Geometry", "Recast", "ZPrime"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'zputils' has no attribute {name!r}; it offers {', '.join(__all__)} and modules")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
