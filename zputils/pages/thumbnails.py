"""A small plot of every curve and table of the catalogue, and what it shows in words."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from .. import bounds, curves, paths
from ..figures.limit_figure import EXCLUDED
from ..figures.looks import GREY, MASS, OTHERS, look
from ..methods.published_map import load as load_map
from ..methods.ratio_map import below

THUMBNAILS = paths.BUILD / "thumbnails"
PLOT_AREA = 0.24, 0.21, 0.69, 0.74  # left, bottom, width, height; fitting it to the labels takes twice the drawing
NOT_USERS = "curves", "data_page", "appendix-data"  # may name any file, and say nothing of its use
COUPLINGS = {"g": "$g$", "epsilon": r"$\epsilon$"}


class Plot(NamedTuple):
    """How a table is drawn.

    :param x: label of the horizontal axis.
    :param y: label of the vertical one.
    :param columns: that are drawn; all when empty.
    :param groups: columns whose values tell lines apart.
    :param scales: of x and y.
    :param style: of the line.
    :param where: a pandas query for the rows that are drawn; all when empty.

    >>> TABLES["n_eff"].columns
    ('N_eff',)
    """

    x: str
    y: str
    columns: tuple[str, ...]
    groups: tuple[str, ...] = ()
    scales: tuple[str, str] = ("log", "log")
    style: str = "-"
    where: str = ""


_FLUX = Plot(r"$E_\nu$ [GeV]", r"flux [1/(cm$^2$ GeV p)]", ("numu", "numubar", "nue", "nuebar"),
             scales=("linear", "log"))
_CCFR = Plot("$K^2$ [GeV$^2$]", r"$\sigma$ per bin [cm$^2$]", ("VV", "AA"))
_DUNE = Plot("$K^2$ [GeV$^2$]", r"events/(t 10$^{21}$ p)", ("VV_fhc", "AA_fhc", "VV_rhc", "AA_rhc"))
_YIELDS = ("facility", "mechanism", "g_nu_over_g_mu")
_PER_PROTON, _PB = (Plot(MASS, f"$Z'$s a bin [{unit}]", (column,), groups=("channel",), style=".") for unit, column in
                    (("1/p", "N_per_proton"), ("pb", "N_pb")))
TABLES = {
    "cms_production_fractions": Plot(MASS, "share", ("d_d", "u_u", "s_s", "c_c", "b_b"), scales=("log", "linear")),
    "coherent_csi_acceptance": Plot("photoelectrons", "acceptance", ("acceptance",), scales=("linear", "linear")),
    "dark_photon_yields_120GeV": Plot(MASS, "dark photons", ("N_brem", "N_eta", "N_pi0")),
    "dune_nd_flux_fhc": _FLUX,
    "dune_nd_flux_rhc": _FLUX,
    "hadronic_forms": Plot(MASS, "$R$", ("rho", "omega", "phi"), groups=("channel",), scales=("linear", "log")),
    "lhcb_production_fractions": Plot(MASS, "share", ("rho0", "eta_gamma", "omega_pi0", "omega", "phi", "d_d", "u_u",
                                                      "s_s", "c_c", "b_b"), scales=("log", "linear")),
    "pdg_rratio_2020": Plot(r"$\sqrt{s}$ [GeV]", "$R$", ("R",), style=","),
    "trident_ccfr_iron": _CCFR,
    "trident_ccfr_iron_nucleons": _CCFR,
    "trident_dune_argon": _DUNE,
    "trident_dune_argon_nucleons": _DUNE,
    "spectrum_faser": _PB,
    "spectrum_faser2": _PB,
    "spectrum_seaquest": _PER_PROTON,
    "spectrum_ship_mesons": _PER_PROTON,
    "gmu_yields": Plot(MASS, "$Z'$s [1/p]", ("N_per_proton",), groups=_YIELDS),
    "gmu_yields_faser2": Plot(MASS, "$Z'$s [pb]", ("N_pb",), groups=_YIELDS),
    "secondary_muons": Plot("$E$ [GeV]", "muons a bin [1/p]", ("N_all_per_proton", "N_inside_per_proton"),
                            groups=("facility",)),
    "bbn_cmb_mass_bounds": Plot(r"$\Gamma_{ee}/\Gamma_{\nu\nu}$", "smallest mass [GeV]",
                                ("m_BBN_CMB_GeV", "m_BBN_GeV", "m_CMB_GeV"), style=".-",
                                where="0 < electrons and 0 < neutrinos"),
    "n_eff": Plot(MASS, r"$N_{\rm eff}$", ("N_eff",), groups=("ratio",), scales=("log", "linear")),
}


# -- thumbnails ---------------------------------------------------------------------------------------------


def _draw_curve(ax, name):
    """A limit with what it excludes above itself, a reach with what lies between its edges, or an outline."""
    curve, row = curves.load(name), curves.entry(name)
    color = look(row.experiment).color if row.experiment in {*OTHERS, *bounds.register()} else GREY
    ax.set(xscale="log", yscale="log", xlabel=MASS, ylabel=COUPLINGS[curve.coupling])
    edges = [curve.lower] if curve.upper is None else [curve.lower, curve.upper]
    for edge in edges:
        ax.plot(curve.m, edge, color=color)
    if curve.upper is not None:
        ax.fill_between(curve.m, *edges, color=color, alpha=0.15, linewidth=0)
    elif not curve.outline:
        ax.fill_between(curve.m, curve.lower, 10 ** np.ceil(np.log10(np.nanmax(curve.lower))), **EXCLUDED)


def _draw_table(ax, name):
    """The columns of a table, each in its colour, one line for each group of its rows."""
    frame, plot = curves.table(name), TABLES[name]
    frame = frame.query(plot.where) if plot.where else frame
    ax.set(xlabel=plot.x, ylabel=plot.y, xscale=plot.scales[0], yscale=plot.scales[1])
    for _, part in frame.groupby(list(plot.groups)) if plot.groups else [(None, frame)]:
        for i, column in enumerate(plot.columns):
            y = part[column].where((part[column] > 0) | (plot.scales[1] == "linear"))
            color = f"C{i}" if len(plot.columns) > 1 else None
            ax.plot(part[curves.entry(name).x], y, plot.style, linewidth=0.8, color=color)
    if 1 < len(plot.columns) < 5:
        ax.legend(ax.lines[:len(plot.columns)], plot.columns, fontsize=6)


def _draw_map(ax, name):
    """Where the ratio of a map is below 1: what it excludes for the dark photon."""
    ratios, color = load_map(name), look(curves.entry(name).experiment).color
    ax.set(xlabel=MASS, ylabel=COUPLINGS["epsilon"], yscale="log", ylim=np.exp(ratios.log_epsilon[[0, -1]]))
    for lower, upper in zip(*below(ratios.log_epsilon, ratios.log_ratio), strict=True):
        ax.fill_between(ratios.m, np.exp(lower), np.exp(upper), color=color)


def _whole_decades(axis):
    """End a logarithmic axis at powers of ten, which alone have a tick: others take as long to draw as all the rest."""
    if axis.get_scale() == "log":
        low, high = np.log10(axis.get_data_interval())
        axis.axes.set(**{f"{axis.axis_name}lim": (10 ** np.floor(low), 10 ** np.ceil(high))})
        axis.set_minor_locator(NullLocator())


@cache
def _sheet():
    """The figure that every thumbnail is drawn on: one canvas lays out what axes say, the same on most, but once."""
    figure = Figure(figsize=(3.0, 2.2))
    FigureCanvasAgg(figure)
    return figure


def thumbnail(name: str) -> Path:
    """A small plot of a curve or table, saved in `THUMBNAILS`; returns the path.

    :param name: of the catalogue.
    """
    figure = _sheet()
    figure.clear()
    ax = figure.add_axes(PLOT_AREA)
    {"table": _draw_table, "map": _draw_map}.get(curves.entry(name).kind, _draw_curve)(ax, name)
    for axis in (ax.xaxis, ax.yaxis):
        _whole_decades(axis)
    path = THUMBNAILS / f"{name}.png"
    with paths.replacing(path) as temporary:
        figure.savefig(temporary, format="png", metadata={"Title": name})
    return path


def description(name: str) -> str:
    """What the thumbnail shows, in words.

    :param name: of the catalogue.

    >>> description("NA64mu_Andreev2024klw").split(", ")[-1]
    'g from 0.000528 to 0.0326'
    """
    row, frame = curves.entry(name), curves.table(name)
    x, y = frame[row.x], frame[row.y.split()[0] if name not in TABLES else TABLES[name].columns[0]]
    return f"{row.what}. {row.x} from {x.min():.3g} to {x.max():.3g}, {y.name} from {y.min():.3g} to {y.max():.3g}"
