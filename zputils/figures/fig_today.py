"""Every bound of today on one model in one figure: what exists filled, what is planned dashed, each named."""

import numpy as np

from .. import bounds, curves
from ..methods.bound import Bound
from ..physics.g_minus_2 import ANOMALY_2025, Anomaly
from ..physics.models import Couplings, ZPrime
from .limit_figure import LimitFigure
from .looks import Panel

PANEL = "today"
MODELS = {"fig-today-gauged": ZPrime.l_mu_minus_l_tau(), "fig-today-muonic": ZPrime.muonic(g_nu=0.1)}
PANELS = {"fig-today-gauged": Panel(r"$L_\mu-L_\tau$", "$g$", (1e-7, 1), xlim=(1e-3, 100.0)),
          "fig-today-muonic": Panel(r"muonic $Z'$, $g_\nu/g_\mu=0.1$", r"$g_\mu$", (1e-7, 1), xlim=(1e-3, 100.0))}
MASSES = np.union1d(bounds.MASSES, np.geomspace(10, 100, 80))  # GeV, where bounds that are computed are drawn
LEFT_OUT = ()  # levels of trust that no figure of today shows; "inferred" leaves out what is drawn dotted


def trust(bound: Bound) -> str:
    """How far what is published behind a bound can be trusted: the lowest level of its curves, or "computed".

    :param bound: whose answer is asked for.

    >>> trust(bounds.get("NA64mu")), trust(bounds.get("CCFR"))
    ('high', 'computed')
    """
    levels = {curves.entry(name).trust for name in bound.inputs} - {""}
    return next((level for level in ("inferred", "medium", "high") if level in levels), "computed")


def drawn(model: Couplings, ylim: tuple[float, float]) -> tuple[str, ...]:
    """Names of the bounds that exclude or probe something of a model at couplings inside ylim.

    :param model: the Z'.
    :param ylim: least and largest coupling.
    :returns: names of bounds.

    >>> names = drawn(MODELS["fig-today-gauged"], (1e-7, 1))
    >>> "NA64mu" in names, "NA48/2" in names
    (True, False)
    """
    return tuple(name for name, bound in bounds.register().items()
                 if trust(bound) not in LEFT_OUT and bound.why_not(model) is None and _visible(bound, model, ylim))


def _visible(bound, model, ylim):
    region = bound.region(model)
    return bool(np.any((region.lower < ylim[1]) & (region.upper > ylim[0])))


def today(name: str, anomaly: Anomaly = ANOMALY_2025) -> LimitFigure:
    """The figure of this name, a key of MODELS: planned bounds dashed, those of inferred attribution dotted.

    :param name: of the figure.
    :param anomaly: measured minus predicted a_mu.

    >>> "NA64mu" in set(today("fig-today-gauged").table.curve)
    True
    """
    figure, model = LimitFigure(name, {PANEL: PANELS[name]}, size=(9.0, 8.0)), MODELS[name]
    figure.band(PANEL, *bounds.band(model, MASSES, anomaly=anomaly))
    for bound in map(bounds.get, drawn(model, PANELS[name].ylim)):
        style = "--" if bound.future else ":" if trust(bound) == "inferred" else "-"
        m = MASSES if bound.masses is bounds.MASSES else None
        figure.bound(PANEL, bound, model, m, linestyle=style, thin=True, filled=not bound.future)
    return figure
