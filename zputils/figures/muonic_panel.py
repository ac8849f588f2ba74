"""The panel that Figs. 3.2 and 3.3 share: a dump's reach for a muonic Z' against the g-2 band."""

from collections.abc import Sequence

import numpy as np

from .. import bounds
from ..constants import M_MU
from ..methods.beam_dump import BeamDump
from ..methods.bound import MASSES
from ..physics.models import Couplings, ZPrime
from .limit_figure import LimitFigure

# Finer where the reach is an island: at the rho and the omega, and right above the muon threshold.
FINE = np.unique(np.concatenate([MASSES, np.geomspace(0.7, 0.85, 121), 2 * M_MU * np.geomspace(1 + 1e-6, 1.05, 41)]))
RESONANCE = (0.7, 0.85)  # GeV


def muonic_panel(figure: LimitFigure, panel: str, dump: BeamDump, ratios: Sequence[float]) -> None:
    """Draw the g-2 band, and the reach for each neutrino coupling `ratios`, g_nu/g_mu.

    :param figure: to draw into, or to ask.
    :param panel: of the figure.
    :param dump: the experiment.
    :param ratios: g_nu/g_mu, one curve or panel each.

    >>> from zputils import SHIP
    >>> from zputils.figures import fig_3_2, limit_figure
    >>> figure = limit_figure.LimitFigure("fig-3.2", fig_3_2.PANELS)
    >>> muonic_panel(figure, "right", SHIP, (0,))
    >>> figure.table.curve.unique().tolist()
    ['g-2', 'g_nu/g_mu=0']
    """
    figure.band(panel, *bounds.band(ZPrime.muonic()))
    for ratio in ratios:
        model = ZPrime.muonic(g_nu=ratio)
        figure.region(panel, f"g_nu/g_mu={ratio}", dump.region(model, FINE), inputs=dump.needs(model), filled=False,
                      legend=True)


def name_island(figure: LimitFigure, panel: str, dump: BeamDump, model: Couplings) -> None:
    """Name the part of a reach that the rho and the omega cut off, where there is one.

    :param figure: to draw into, or to ask.
    :param panel: of the figure.
    :param dump: the experiment.
    :param model: the Z'.

    >>> from zputils import SEAQUEST
    >>> from zputils.figures import fig_3_3, limit_figure
    >>> figure = limit_figure.LimitFigure("fig-3.3", fig_3_3.PANELS)
    >>> name_island(figure, "seaquest", SEAQUEST, ZPrime.muonic())
    >>> "omega" in figure.axes["seaquest"].texts[0].get_text()
    True
    """
    low, high = RESONANCE
    for m, _, upper in dump.region(model, FINE).pieces():
        if low < m[0] and m[-1] < high:
            figure.note(panel, f"$\\rho$, $\\omega$:\n{1e3 * m[0]:.0f} to {1e3 * m[-1]:.0f} MeV",
                        (1.6 * m[0], 5 * upper.max()))
