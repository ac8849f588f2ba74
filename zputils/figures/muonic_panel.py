"""The panel that Figs. 3.2 and 3.3 share: a dump's reach for a muonic Z' against the g-2 band."""

from .. import bounds
from ..physics.models import ZPrime


def muonic_panel(figure, panel, dump, ratios):
    """Draw the g-2 band, and the reach for each neutrino coupling `ratios`, g_nu/g_mu.

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
        figure.region(panel, f"g_nu/g_mu={ratio}", dump.region(model), inputs=dump.needs(model), filled=False,
                      legend=True)
