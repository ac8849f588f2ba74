"""The figures of the paper, drawn from the bounds and reaches they show. `python -m zputils.figures` writes them."""

import numpy as np

from .. import bounds, checks, curves
from ..bounds import DUMPS, MUON_SEARCHES, NEUTRINO_LIMITS, PLANNED
from ..methods import recast
from ..methods.beam_dump import FASER, SEAQUEST, SHIP, BeamDump, Geometry
from ..pages.notes import Note, dropdown
from ..physics import hadrons
from ..physics.g_minus_2 import ANOMALY_2021
from ..physics.models import ZPrime
from ..physics.production import M_REFERENCE
from .limit_figure import LimitFigure
from .today import today

RATIOS = (1, 0.1, 0.01, 0.001)  # g_nu/g_mu of Fig. 4.1
FOUR_MODELS = {"muon_only": ZPrime.muonic(loop=False), "muon_neutrino": ZPrime.muonic(g_nu=1),
               "universal_leptons": ZPrime.universal_leptons(), "all_fermions": ZPrime.all_fermions()}
NAMED_SEARCHES = ("BaBar", "NA48/2", "LHCb prompt", "electron g-2 (Rb alpha)", "E774", "E141")

# Sec. 3.1: a dump that knows electrons and neutrinos only, with SHiP's geometry and R-bar > 1e-19.
ELECTRON_DUMP = BeamDump("Sec. 3.1", Geometry(shield=60, decay=50, momentum=200), beam_energy=400,
                         source=lambda model, m: model.e**2 * np.ones_like(m), published="", sensitivity=1e-19)


def electron_model(ratio):
    """g_nu/g_e = ratio and nothing else; the reference coupling is g_e.

    >>> electron_model(5).nu_mu
    5.0
    """
    return ZPrime(e=1.0, nu_mu=ratio, reference=r"$g_e$")


def ship_fits(momenta=(100, 200, 300)):
    """{p in GeV: SHiP at that momentum}, each with R-bar such that the lower edge at 100 MeV is the published one.

    The published epsilon is read as mixing with hypercharge, g_f = epsilon c_W e Q_f (Sec. 3.3).

    >>> f"{ship_fits()[200].sensitivity:.2g}"
    '1.3e-20'
    """
    anchor = curves.load(SHIP.published).lower_at(M_REFERENCE)
    photon = ZPrime.dark_photon(hypercharge=True)
    return {p: SHIP.at_momentum(p).calibrated(photon, M_REFERENCE, anchor) for p in momenta}


def viable(anomaly=ANOMALY_2021, later=(), variant=""):
    """Fig. 2.2: what is allowed when the Z' couples to muons; muons and nu_mu; all leptons; all fermions.

    later: names of further bounds, drawn from the second panel on; variant: added to the name it is saved under.

    >>> sorted(viable().table.panel.unique())
    ['all_fermions', 'muon_neutrino', 'muon_only', 'universal_leptons']
    """
    figure = LimitFigure("fig-2.2", variant)
    known = ()
    for (panel, model), new in zip(FOUR_MODELS.items(), (MUON_SEARCHES, (*NEUTRINO_LIMITS, *later), NAMED_SEARCHES,
                                                         NAMED_SEARCHES), strict=True):
        figure.band(panel, *bounds.band(model, anomaly=anomaly))
        if new is NAMED_SEARCHES:
            for name in sorted({limit.experiment for limit in recast.limits("paper")} - set(new)):
                figure.bound(panel, bounds.get(name), model, thin=True, filled=False, label=False)
        for name in known:
            figure.bound(panel, bounds.get(name), model, grey=True, label=False)
        for name in (name for name in new if bounds.get(name).why(model) is None):
            figure.bound(panel, bounds.get(name), model, thin=new is NAMED_SEARCHES or name in MUON_SEARCHES)
        known = known if new is NAMED_SEARCHES else (*known, *new)
    return figure


def simplified():
    """Fig. 3.1: the rate of Eq. 3.8 at 100 MeV against g_e, and the couplings where it is above 1e-19.

    >>> simplified().table.panel.unique().tolist()
    ['left', 'right']
    """
    figure = LimitFigure("fig-3.1")
    g, m = np.geomspace(1e-8, 1e-4, 600), np.geomspace(1e-3, 1, 400)
    for ratio in (0, 5, 20, 50, 100):
        rate = np.exp(ELECTRON_DUMP.log_rate(electron_model(ratio), 0.1, g))
        figure.line("left", f"g_nu/g_e={ratio}", "central", g, np.where(rate > 1e-30, rate, np.nan), legend=True)
    figure.line("left", "sensitivity", "limit", g, np.full_like(g, ELECTRON_DUMP.sensitivity), label=(3e-5, 2.2e-19))
    for ratio in (0, 5, 20, 50):
        reach = ELECTRON_DUMP.reach(electron_model(ratio), m)
        figure.reach("right", f"g_nu/g_e={ratio}", m, *reach, filled=False, legend=True)
    return figure


def _muonic_panel(figure, panel, dump):
    """The g-2 band, and the reach for three neutrino couplings."""
    figure.band(panel, *bounds.band(ZPrime.muonic()))
    bound = bounds.get(dump.name)
    for ratio in (0, 0.2, 2):
        model = ZPrime.muonic(g_nu=ratio)
        figure.reach(panel, f"g_nu/g_mu={ratio}", *bound.region(model), inputs=bound.needs(model), filled=False,
                     legend=True)


def ship():
    """Fig. 3.2: SHiP's published dark-photon reach and Eq. 3.15 at three momenta; what SHiP sees of a muonic Z'.

    >>> "p=200 GeV" in set(ship().table.curve)
    True
    """
    figure = LimitFigure("fig-3.2")
    published, m = curves.load(SHIP.published), np.geomspace(2e-3, 4, 500)
    figure.reach("left", "SHiP published", published.m, published.lower, published.upper, inputs=(SHIP.published,),
                 label=(0.02, 3e-6))
    photon = ZPrime.dark_photon(hypercharge=True)
    needs = (SHIP.published, *hadrons.tables(photon))
    for p, fit in ship_fits().items():
        figure.reach("left", f"p={p} GeV", m, *fit.reach(photon, m), inputs=needs, filled=False, legend=True)
    _muonic_panel(figure, "right", SHIP)
    return figure


def seaquest_and_faser():
    """Fig. 3.3: the reach of SeaQuest and FASER for a muonic Z', for three neutrino couplings.

    >>> seaquest_and_faser().table.panel.unique().tolist()
    ['seaquest', 'faser']
    """
    figure = LimitFigure("fig-3.3")
    _muonic_panel(figure, "seaquest", SEAQUEST)
    _muonic_panel(figure, "faser", FASER)
    return figure


def combined(anomaly=ANOMALY_2021, later=(), variant=""):
    """Fig. 4.1: what beam dumps and neutrino experiments see of a muonic Z', for four neutrino couplings.

    later, variant: as for `viable`.

    >>> combined().table.panel.unique().tolist()
    ['gnu_1', 'gnu_0.1', 'gnu_0.01', 'gnu_0.001']
    """
    figure = LimitFigure("fig-4.1", variant)
    for ratio in RATIOS:
        panel, model = f"gnu_{ratio:g}", ZPrime.muonic(g_nu=ratio)
        figure.band(panel, *bounds.band(model, anomaly=anomaly))
        for name in ("BaBar 4mu", *NEUTRINO_LIMITS, *later):
            figure.bound(panel, bounds.get(name), model, thin=name == "BaBar 4mu", label=ratio == 1)
        for name in PLANNED:
            figure.bound(panel, bounds.get(name), model, filled=name in DUMPS, label=name in DUMPS or ratio == 1)
    return figure


DRAW = {"fig-2.2": viable, "fig-3.1": simplified, "fig-3.2": ship, "fig-3.3": seaquest_and_faser, "fig-4.1": combined}
NAMES = tuple(DRAW)


def draw(name):
    """The figure of this name, a `LimitFigure`; KeyError with all names for another one.

    >>> draw("fig-3.3").name
    'fig-3.3'
    """
    return DRAW[checks.choice("figure", name, DRAW)]()


def credits(figure):
    """Under a figure: its numbers and pictures to download, the function that draws it, and what went in.

    >>> print(credits(draw("fig-3.1")).text[:62])
    Download {download}`CSV <../_build/figures/fig-3.1.csv>`, {dow
    """
    files = ", ".join(f"{{download}}`{kind} <../_build/figures/{figure.name}.{kind.lower()}>`"
                      for kind in ("CSV", "SVG", "PDF"))
    function = DRAW.get(figure.name[:7], today).__name__
    inputs = ", ".join(map(curves.link, sorted(figure.inputs)))
    return Note(f"Download {files}. Drawn by `zputils.figures.{function}` on this page.\n\n"
                + dropdown("What went in", inputs or "Formulas alone."))


def main(names=NAMES):
    """Draw and save the figures of these names."""
    for figure in [draw(name) for name in names]:
        figure.save()
