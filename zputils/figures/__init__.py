"""The figures of the paper, one file each, and the limit plot they share.

`python -m zputils.figures` lists them, `python -m zputils.figures all` writes them.
"""

from .draw import DRAW, NAMES, PANELS, draw, main
from .fig_2_2 import viable
from .fig_3_1 import simplified
from .fig_3_2 import ship
from .fig_3_3 import seaquest_and_faser
from .fig_4_1 import RATIOS, combined
from .limit_figure import LimitFigure
from .line import log_axes, style
from .looks import MASS, use_style
from .numbered import number

__all__ = ["DRAW", "MASS", "NAMES", "PANELS", "RATIOS", "LimitFigure", "combined", "draw", "log_axes", "main",
           "number", "seaquest_and_faser", "ship", "simplified", "style", "use_style", "viable"]
