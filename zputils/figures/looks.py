"""What the figures of the paper are made of: panels and axes of each, and one look per curve on every page.

Importing this module makes `zputils.mplstyle` matplotlib's style.
"""

from pathlib import Path
from typing import NamedTuple

import matplotlib.style

matplotlib.style.use(Path(__file__).with_name("zputils.mplstyle"))

MASS = r"$m_{Z'}$ [GeV]"
GREY = "0.55"


class Panel(NamedTuple):
    """One panel: title, y label and range, x label and range; both axes are logarithmic.

    >>> FIGURES["fig-4.1"]["gnu_1"].ylim
    (1e-06, 0.1)
    """

    title: str
    y: str
    ylim: tuple
    x: str = MASS
    xlim: tuple = (1e-3, 10.0)


class Curve(NamedTuple):
    """The look of one curve. Solid lines are limits and reaches, dashed ones a second curve of the same experiment.

    >>> CURVES["DUNE"].color == CURVES["CCFR"].color, CURVES["DUNE"].linestyle
    (True, '--')
    """

    text: str
    color: str
    linestyle: str = "-"


FIGURES = {
    "fig-2.2": {
        "muon_only": Panel(r"only $\mu$", r"$g_\mu$", (1e-4, 0.1)),
        "muon_neutrino": Panel(r"$\mu$ and $\nu_\mu$ equally", r"$g_\mu$", (1e-4, 0.1)),
        "universal_leptons": Panel("all leptons equally", "$g$", (1e-4, 0.1)),
        "all_fermions": Panel("all fermions equally", "$g$", (1e-4, 0.1)),
    },
    "fig-3.1": {
        "left": Panel(r"$m_{Z'}=100$ MeV", r"$\bar R$", (1e-21, 1e-8), r"$g_e$", (1e-8, 1e-4)),
        "right": Panel(r"$\bar R=10^{-19}$", "$g_e$", (1e-8, 1e-3), xlim=(1e-3, 1.0)),
    },
    "fig-3.2": {
        "left": Panel("SHiP, dark photon", r"$\varepsilon$", (1e-8, 1e-3)),
        "right": Panel(r"SHiP, muonic $Z'$", r"$g_\mu$", (1e-7, 0.1)),
    },
    "fig-3.3": {
        "seaquest": Panel(r"SeaQuest, muonic $Z'$", r"$g_\mu$", (1e-7, 0.1)),
        "faser": Panel(r"FASER, muonic $Z'$", r"$g_\mu$", (1e-7, 0.1)),
    },
    "fig-4.1": {
        f"gnu_{ratio}": Panel(rf"$g_\nu/g_\mu={ratio}$", r"$g_\mu$", (1e-6, 0.1))
        for ratio in ("1", "0.1", "0.01", "0.001")
    },
}

# Everything there is today, one large panel each.
LATER_FIGURES = {
    "fig-today-gauged": {"today": Panel(r"$L_\mu-L_\tau$", "$g$", (1e-7, 1), xlim=(1e-3, 100.0))},
    "fig-today-muonic": {"today": Panel(r"muonic $Z'$, $g_\nu/g_\mu=0.1$", r"$g_\mu$", (1e-7, 1), xlim=(1e-3, 100.0))},
}

BLACK, WINE, ORANGE, TEAL, BLUE, INDIGO, VERMILLION, GREEN, ROSE, PURPLE, OLIVE, BROWN, CYAN = (
    "#222222", "#882255", "#b87700", "#1b8a7a", "#0072b2", "#332288", "#d55e00", "#117733", "#cc6677", "#aa4499",
    "#888822", "#661100", "#3a8fb7")  # Okabe-Ito and Tol's muted palette, the light ones darkened to read as text

CURVES = {
    "g-2": Curve(r"$(g-2)_\mu$", "#009e73"),
    # existing limits
    "BaBar 4mu": Curve(r"BaBar $4\mu$", WINE),
    "CMS 4mu": Curve(r"CMS $4\mu$", PURPLE),
    "Borexino": Curve("Borexino", ORANGE),
    "COHERENT": Curve("COHERENT", TEAL),
    "CCFR": Curve("CCFR", BLUE),
    "BBN+CMB": Curve("BBN+CMB", OLIVE),
    "white dwarfs": Curve("white dwarfs", ROSE, ":"),
    "N_eff": Curve(r"$N_{\rm eff}$", OLIVE, ":"),
    "NA64mu": Curve(r"NA64$\mu$", BROWN),
    # what is planned
    "SHiP": Curve("SHiP", VERMILLION),
    "SeaQuest": Curve("SeaQuest", INDIGO),
    "FASER": Curve("FASER", GREEN),
    "DUNE": Curve("DUNE", BLUE, "--"),
    "COHERENT future": Curve("COHERENT future", TEAL, "--"),
    "SHiP published": Curve("published", VERMILLION),
    "SeaQuest published": Curve("published", INDIGO),
    "FASER published": Curve("published", GREEN),
    # what Figs. 3.1-3.3 vary
    "sensitivity": Curve("sensitivity", BLACK, "--"),
    "g_nu/g_e=0": Curve(r"$g_\nu/g_e=0$", BLACK),
    "g_nu/g_e=5": Curve("5", BLUE, "--"),
    "g_nu/g_e=20": Curve("20", TEAL, "-."),
    "g_nu/g_e=50": Curve("50", VERMILLION, (0, (5, 1))),
    "g_nu/g_e=100": Curve("100", WINE, ":"),
    "g_nu/g_mu=0": Curve(r"$g_\nu/g_\mu=0$", BLACK),
    "g_nu/g_mu=0.2": Curve("0.2", BLUE, "--"),
    "g_nu/g_mu=2": Curve("2", VERMILLION, "-."),
    "p=100 GeV": Curve("$p=100$ GeV", GREEN, ":"),
    "p=200 GeV": Curve("$p=200$ GeV", ORANGE, "--"),
    "p=300 GeV": Curve("$p=300$ GeV", BLUE, "-."),
    # dark-photon searches, named as in the catalogue
    "BaBar": Curve("BaBar", WINE),
    "BaBar invisible": Curve("BaBar invisible", WINE, "--"),
    "NA48/2": Curve("NA48/2", BLUE),
    "LHCb prompt": Curve("LHCb", INDIGO),
    "electron g-2 (Cs alpha)": Curve(r"$(g-2)_e$ Cs", VERMILLION),
    "electron g-2 (Rb alpha)": Curve(r"$(g-2)_e$ Rb", VERMILLION, "--"),
    "E774": Curve("E774", GREEN),
    "E141": Curve("E141", ORANGE),
    "E137": Curve("E137", ROSE),
    "Orsay": Curve("Orsay", PURPLE),
    "KEK": Curve("KEK", OLIVE),
    "nu-Cal I (pi0)": Curve(r"$\nu$-Cal ($\pi^0$)", TEAL),
    "nu-Cal I (p brem)": Curve(r"$\nu$-Cal ($p$)", TEAL, "--"),
    "CHARM": Curve("CHARM", CYAN),
    "A1 (MAMI)": Curve("A1", CYAN, "--"),
    "APEX": Curve("APEX", CYAN, ":"),
    "KLOE": Curve("KLOE", BROWN),
    "KLOE combined": Curve(r"KLOE $\mu\mu+\pi\pi$", BROWN, "--"),
    "KLOE mumu": Curve(r"KLOE $\mu\mu$", BROWN, ":"),
    "BESIII": Curve("BESIII", OLIVE, "-."),
    "NA64 visible": Curve("NA64", ROSE, "-."),
    "NA64 invisible": Curve("NA64 invisible", ROSE, "--"),
    "LEP mono-photon": Curve("LEP", BLACK, ":"),
    "NA62 invisible": Curve("NA62 invisible", BLUE, ":"),
    # limits that the paper leaves out or that came after it; projections are dashed
    "Belle II invisible": Curve(r"Belle II $\mu\mu$ + inv.", ORANGE),
    "FASER 2023": Curve("FASER 2023", GREEN),
    "NA62 mumu": Curve(r"NA62 $\mu\mu$", BLUE),
    "NA62 ee": Curve("NA62 $ee$", BLUE),
    "LHCb displaced": Curve("LHCb displaced", INDIGO),
    "CMS dimuon": Curve(r"CMS $\mu\mu$", PURPLE),
    "nu-Cal I (2019)": Curve(r"$\nu$-Cal", TEAL),
    "CHARM (1985)": Curve("CHARM (1985)", CYAN),
    "E137 (2009)": Curve("E137 (2009)", ROSE),
    "KLOE phi": Curve(r"KLOE $\phi\to\eta$", BROWN),
    "KLOE pipi": Curve(r"KLOE $\pi\pi$", BROWN),
    "KLOE mumu (2018)": Curve(r"KLOE $\mu\mu$ (2018)", BROWN),
    "HPS": Curve("HPS", ORANGE),
    "A1 (2011)": Curve("A1 (2011)", CYAN),
    "PS191": Curve("PS191", OLIVE),
    "NOMAD": Curve("NOMAD", WINE),
    "NA64 visible (2018)": Curve("NA64 (2018)", ROSE),
    "NA64 invisible (2022)": Curve("NA64 $e^-$", ROSE),
    "NA64 positrons": Curve("NA64 $e^+$", PURPLE),
    "NA64mu 3e11": Curve(r"NA64$\mu$, $3\times10^{11}$", BROWN, "--"),
    "NA64mu 2e13": Curve(r"NA64$\mu$, $2\times10^{13}$", BROWN, "--"),
    "NA64mu 1e14": Curve(r"NA64$\mu$, $10^{14}$", BROWN, "--"),
    "NA64 1e13 electrons": Curve("NA64 $e^-$, $10^{13}$", ROSE, "--"),
    "SeaQuest phase II": Curve("SeaQuest II", INDIGO, "--"),
    "LongQuest": Curve("LongQuest", PURPLE, "--"),
    "FASER run 3": Curve("FASER, 150/fb", GREEN, "--"),
    "NA62 1e18 protons": Curve("NA62, $10^{18}$", BLUE, "--"),
    "Belle II visible": Curve("Belle II, 50/ab", ORANGE, "--"),
    "LHCb run 3": Curve("LHCb, 15/fb", INDIGO, "--"),
    "HPS planned": Curve("HPS", ORANGE, "--"),
    "SHiP pi0": Curve(r"SHiP $\pi^0$", VERMILLION, "--"),
    "SHiP eta": Curve(r"SHiP $\eta$", VERMILLION, "--"),
    "SHiP eta'": Curve(r"SHiP $\eta'$", VERMILLION, "--"),
    "SHiP omega": Curve(r"SHiP $\omega$", VERMILLION, "--"),
    "SHiP Drell-Yan": Curve("SHiP Drell-Yan", VERMILLION, "--"),
}
