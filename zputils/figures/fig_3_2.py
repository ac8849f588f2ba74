"""Fig. 3.2: SHiP's published dark-photon reach and Eq. 3.15 at three momenta; what SHiP sees of a muonic Z'."""

from collections.abc import Sequence

import numpy as np

from .. import curves
from ..experiments.ship import SHIP, fits
from ..methods.region import Region
from ..physics import hadrons
from ..physics.models import ZPrime
from .limit_figure import LimitFigure
from .looks import Panel
from .muonic_panel import muonic_panel

PANELS = {
    "left": Panel("SHiP, dark photon", r"mixing with hypercharge $\varepsilon$", (1e-8, 1e-3)),
    "right": Panel(r"SHiP, muonic $Z'$", r"$g_\mu$", (1e-7, 0.1)),
}


def ship(momenta: Sequence[float] = (100, 200, 300), ratios: Sequence[float] = (0, 0.2, 2)) -> LimitFigure:
    """Fig. 3.2, a curve for each of `momenta` and of `ratios`.

    :param momenta: of the Z', GeV.
    :param ratios: g_nu/g_mu, one curve or panel each.

    >>> "p=200 GeV" in set(ship().table.curve)
    True
    """
    figure = LimitFigure("fig-3.2", PANELS)
    published, m = curves.load(SHIP.published), np.geomspace(2e-3, 4, 500)
    figure.region("left", "SHiP published", Region.of(published.m, (published.lower, published.upper)),  # type: ignore[arg-type]
                  inputs=(SHIP.published,), label=(0.02, 3e-6))
    photon = ZPrime.dark_photon(hypercharge=True)
    needs = (SHIP.published, *hadrons.tables(photon))
    for p, fit in fits(momenta).items():
        figure.region("left", f"p={p} GeV", fit.region(photon, m), inputs=needs, filled=False, legend=True)
    muonic_panel(figure, "right", SHIP, ratios)
    return figure
