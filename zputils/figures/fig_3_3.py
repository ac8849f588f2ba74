"""Fig. 3.3: the reach of SeaQuest and FASER for a muonic Z', for three neutrino couplings."""

from collections.abc import Sequence

from ..experiments.faser import FASER
from ..experiments.seaquest import SEAQUEST
from ..physics.models import ZPrime
from .limit_figure import LimitFigure
from .looks import Panel
from .muonic_panel import muonic_panel, name_island

PANELS = {
    "seaquest": Panel(r"SeaQuest, muonic $Z'$", r"$g_\mu$", (1e-7, 0.1)),
    "faser": Panel(r"FASER, muonic $Z'$", r"$g_\mu$", (1e-7, 0.1)),
}


def seaquest_and_faser(ratios: Sequence[float] = (0, 0.2, 2)) -> LimitFigure:
    """Fig. 3.3, a curve for each of `ratios`.

    :param ratios: g_nu/g_mu, one curve or panel each.

    >>> seaquest_and_faser().table.panel.unique().tolist()
    ['seaquest', 'faser']
    """
    figure = LimitFigure("fig-3.3", PANELS)
    muonic_panel(figure, "seaquest", SEAQUEST, ratios)
    muonic_panel(figure, "faser", FASER, ratios)
    name_island(figure, "seaquest", SEAQUEST, ZPrime.muonic())
    start = FASER.mass_range[0]
    figure.note("faser", f"data\nend at\n{1e3 * start:.0f} MeV", (start / 3, 5e-3))
    return figure
