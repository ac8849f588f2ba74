"""Every bound of today on one model in one figure: what exists filled, what is planned dashed, each named."""

import numpy as np

from .. import bounds, curves
from ..bounds import NEUTRINO_LIMITS, NEUTRINO_REACHES
from ..physics.g_minus_2 import ANOMALY_2025
from ..physics.models import ZPrime
from .limit_figure import LimitFigure

PANEL = "today"
MODELS = {"fig-today-gauged": ZPrime.l_mu_minus_l_tau(), "fig-today-muonic": ZPrime.muonic(g_nu=0.1)}
MASSES = np.union1d(bounds.MASSES, np.geomspace(10, 100, 80))  # GeV, where bounds that are computed are drawn
COMPUTED = tuple(name for name in (*NEUTRINO_LIMITS, *NEUTRINO_REACHES) if name != "BBN+CMB")
LEFT_OUT = ()  # levels of trust that no figure of today shows; "inferred" leaves out what is drawn dotted


def trust(bound):
    """How far what is published behind a bound can be trusted: the lowest level of its curves, or "computed".

    >>> trust(bounds.get("NA64mu")), trust(bounds.get("CCFR"))
    ('high', 'computed')
    """
    levels = {curves.entry(name).trust for name in bound.inputs} - {""}
    return next((level for level in ("inferred", "medium", "high") if level in levels), "computed")


def drawn(model, ylim):
    """Names of the bounds that exclude or probe something of a model at couplings inside ylim.

    >>> names = drawn(MODELS["fig-today-gauged"], (1e-7, 1))
    >>> "NA64mu" in names, "NA48/2" in names
    (True, False)
    """
    return tuple(name for name, bound in bounds.register().items()
                 if trust(bound) not in LEFT_OUT and bound.why(model) is None and _visible(bound, model, ylim))


def _visible(bound, model, ylim):
    if bound.role == "left":
        return True
    _, lower, upper = bound.region(model)
    return bool(np.any((lower < ylim[1]) & (upper > ylim[0])))


def today(name, anomaly=ANOMALY_2025):
    """The figure of this name, a key of MODELS: planned bounds dashed, those of inferred attribution dotted.

    >>> "NA64mu" in set(today("fig-today-gauged").table.curve)
    True
    """
    figure, model = LimitFigure(name), MODELS[name]
    figure.band(PANEL, *bounds.band(model, MASSES, anomaly=anomaly))
    for bound in map(bounds.get, drawn(model, figure.axes[PANEL].get_ylim())):
        style = "--" if bound.future else ":" if trust(bound) == "inferred" else "-"
        figure.bound(PANEL, bound, model, MASSES if bound.name in COMPUTED else None, linestyle=style, thin=True,
                     filled=not bound.future)
    return figure
