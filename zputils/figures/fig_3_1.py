"""Fig. 3.1: a dump that knows electrons and neutrinos only, its rate against the coupling and its reach."""

from collections.abc import Sequence

import numpy as np

from ..experiments.electron_dump import ELECTRON_DUMP, electron_model
from .limit_figure import LimitFigure
from .looks import Panel

PANELS = {
    "left": Panel(r"$m_{Z'}=100$ MeV", r"$\bar R$", (1e-21, 1e-8), r"$g_e$", (1e-8, 1e-4)),
    "right": Panel(r"$\bar R=10^{-19}$", "$g_e$", (1e-8, 1e-3), xlim=(1e-3, 1.0)),
}


def simplified(ratios: Sequence[float] = (0, 5, 20, 50, 100)) -> LimitFigure:
    """Fig. 3.1: the rate of Eq. 3.8 at 100 MeV against g_e, and the couplings where it is above 1e-19.

    :param ratios: g_nu/g_e; the largest appears on the left alone, where it never reaches the sensitivity.

    >>> simplified().table.panel.unique().tolist()
    ['left', 'right']
    """
    figure = LimitFigure("fig-3.1", PANELS)
    g, m = np.geomspace(1e-8, 1e-4, 600), np.geomspace(1e-3, 1, 400)
    for ratio in ratios:
        rate = np.exp(ELECTRON_DUMP.log_rate(electron_model(ratio), 0.1, g))
        figure.line("left", f"g_nu/g_e={ratio}", "central", g, np.where(rate > 1e-30, rate, np.nan), legend=True)
    figure.line("left", "sensitivity", "limit", g, np.full_like(g, ELECTRON_DUMP.sensitivity), label=(3e-5, 2.2e-19))
    for ratio in (ratio for ratio in ratios if ratio < 100):
        region = ELECTRON_DUMP.region(electron_model(ratio), m)
        figure.region("right", f"g_nu/g_e={ratio}", region, filled=False, legend=True)
    return figure
