"""Fig. 4.1: what beam dumps and neutrino experiments see of a muonic Z', for four neutrino couplings."""

from collections.abc import Sequence

from .. import bounds
from ..experiments.coherent import COHERENT_FUTURE, SYSTEMATICS, coherent_future
from ..methods.bound import MASSES
from ..physics.g_minus_2 import ANOMALY_2021, Anomaly
from ..physics.models import ZPrime
from .limit_figure import LimitFigure
from .looks import Panel

RATIOS = (1, 0.1, 0.01, 0.001)  # g_nu/g_mu
SPOTS = {"SeaQuest": (0.016, 8.5e-5), "COHERENT future": (0.3, 2e-4)}  # of names, where lines crowd: at ratio 1


def panels(ratios: Sequence[float] = RATIOS) -> dict[str, Panel]:
    """A panel for each ratio g_nu/g_mu.

    :param ratios: g_nu/g_mu, one curve or panel each.

    >>> list(panels((0.05,)))
    ['gnu_0.05']
    """
    return {f"gnu_{ratio:g}": Panel(rf"$g_\nu/g_\mu={ratio:g}$", r"$g_\mu$", (1e-6, 0.1)) for ratio in ratios}


PANELS = panels()


def combined(anomaly: Anomaly = ANOMALY_2021, later: Sequence[str] = (), variant: str = "",
             ratios: Sequence[float] = RATIOS) -> LimitFigure:
    """Fig. 4.1, a panel for each of `ratios`.

    :param anomaly: measured minus predicted a_mu.
    :param later: names of further bounds.
    :param variant: added to the name it is saved under.
    :param ratios: g_nu/g_mu, one curve or panel each.

    >>> combined(ratios=(0.05,)).table.panel.unique().tolist()
    ['gnu_0.05']
    """
    figure = LimitFigure("fig-4.1", panels(ratios), variant)
    drawn = [bounds.get(name) for name in bounds.named("fig-4.1")] + [bounds.get(name) for name in later]
    for ratio in ratios:
        panel, model = f"gnu_{ratio:g}", ZPrime.muonic(g_nu=ratio)
        figure.band(panel, *bounds.band(model, anomaly=anomaly))
        spots = SPOTS if ratio == 1 else {}
        for bound in drawn:
            dump = bound.group == "beam dumps"
            figure.bound(panel, bound, model, thin=bound.name == "BaBar 4mu", grey=bool(later) and not bound.future,
                         filled=not later if dump else not bound.future, label=spots.get(bound.name, True))
        open_systematic = [coherent_future(systematic).limit(model, MASSES) for systematic in SYSTEMATICS]
        figure.spread(panel, COHERENT_FUTURE.name, MASSES, *open_systematic)
    return figure
