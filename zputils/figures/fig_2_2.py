"""Fig. 2.2: what is allowed when the Z' couples to muons; muons and nu_mu; all leptons; all fermions."""

from collections.abc import Sequence
from itertools import pairwise

from .. import bounds
from ..physics.g_minus_2 import ANOMALY_2021, Anomaly
from ..physics.models import Couplings, ZPrime
from .limit_figure import LimitFigure
from .looks import CLASSES, Panel

MODELS = {"muon_only": ZPrime.muonic(loop=False), "muon_neutrino": ZPrime.muonic(g_nu=1),
          "universal_leptons": ZPrime.universal_leptons(), "all_fermions": ZPrime.all_fermions()}
PANELS = {
    "muon_only": Panel(r"only $\mu$", r"$g_\mu$", (1e-4, 0.1)),
    "muon_neutrino": Panel(r"$\mu$ and $\nu_\mu$ equally", r"$g_\mu$", (1e-4, 0.1)),
    "universal_leptons": Panel("all leptons equally", "$g$", (1e-4, 0.1)),
    "all_fermions": Panel("all fermions equally", "$g$", (1e-4, 0.1)),
}
SEARCHES = ("universal_leptons", "all_fermions")  # panels where every search for a dark photon applies


def viable(anomaly: Anomaly = ANOMALY_2021, later: Sequence[str] = (), variant: str = "",
           panels: Sequence[str] = tuple(PANELS)) -> LimitFigure:
    """Fig. 2.2, or some of its panels.

    :param anomaly: measured minus predicted a_mu.
    :param later: names of further bounds, drawn from the second panel on.
    :param variant: added to the name it is saved under.
    :param panels: which of them.

    >>> viable(panels=["muon_only"]).table.panel.unique().tolist()
    ['muon_only']
    """
    figure = LimitFigure("fig-2.2", {panel: PANELS[panel] for panel in panels}, variant,
                         size=(6.6, 5.4) if len(panels) == 1 else None)
    for panel in panels:
        figure.band(panel, *bounds.band(MODELS[panel], anomaly=anomaly))
        _PAINT[panel](figure, panel, MODELS[panel], tuple(later))
    seen = {bounds.get(name).group for panel in SEARCHES for name in figure.names.seen(panel) if name != "g-2"}
    if seen:
        figure.key(dict(entry for group, entry in CLASSES.items() if group in seen))
    return figure


def hidden(figure: LimitFigure, panel: str) -> tuple[str, ...]:
    """Names of the bounds in a panel of which nothing is seen: below the axis, or covered by others of their class.

    :param figure: to draw into, or to ask.
    :param panel: of the figure.
    :returns: names of bounds.

    >>> figure = viable(panels=["all_fermions"])
    >>> "KEK" in hidden(figure, "all_fermions"), "E774" in hidden(figure, "all_fermions")
    (True, False)
    """
    seen = figure.names.seen(panel)
    return tuple(name for name in figure.table[figure.table.panel == panel].curve.unique() if name not in seen)


def slits(name: str, model: Couplings) -> list[tuple[float, float]]:
    """Where a bound leaves out masses: the ends (GeV) of each gap between its pieces.

    :param name: of a bound.
    :param model: the Z'.
    :returns: ends in GeV.

    >>> [f"{low:.2f} to {high:.2f}" for low, high in slits("BaBar", MODELS["all_fermions"])[:2]]
    ['0.76 to 0.82', '1.00 to 1.06']
    """
    pieces = sorted((m[0], m[-1]) for m, _, _ in bounds.get(name).region(model).pieces())
    return [(float(end), float(start)) for (_, end), (start, _) in pairwise(pieces)]


def _muons(figure, panel, model, later=(), **look):
    for name in bounds.named("fig-2.2/muon_only"):
        figure.bound(panel, bounds.get(name), model, thin=True, **look)


def _neutrinos(figure, panel, model, later):
    _muons(figure, panel, model, grey=True)
    for name in (*bounds.named("fig-2.2/muon_neutrino"), *later):
        figure.bound(panel, bounds.get(name), model, grey=bool(later))


def _searches(figure, panel, model, later):
    names = (*bounds.EXISTING, *bounds.named("fig-2.2"), *later)
    drawn = [bounds.get(name) for name in names if bounds.get(name).why_not(model) is None]
    for group, (_, color) in CLASSES.items():
        figure.family(panel, [bound for bound in drawn if bound.group == group], model, color,
                      leader=len(figure.panels) > 1)


_PAINT = {"muon_only": _muons, "muon_neutrino": _neutrinos, "universal_leptons": _searches, "all_fermions": _searches}
