"""The page that holds one momentum against a spectrum: what it tabulates and draws."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from .. import curves
from ..claims.case_studies import light_end, upper_edge_falls
from ..claims.sections_4_5 import dumps_reach, probed
from ..experiments.faser import FASER
from ..experiments.predicted import FASER_2, FASER_RUN_3, SEAQUEST_SPECTRUM, SHIP_BREMSSTRAHLUNG
from ..experiments.seaquest import SEAQUEST
from ..experiments.ship import SHIP
from ..methods.beam_dump import BeamDump
from ..methods.spectra import Bremsstrahlung, Tabulated
from ..physics.models import Couplings, ZPrime

PHOTON = ZPrime.dark_photon()
MODELS = {"dark photon": PHOTON, **{f"g_nu/g_mu = {r:g}": ZPrime.muonic(g_nu=r) for r in (0, 0.01, 0.1, 1)}}
MESON_FACTOR = 1.6  # 6.166 pi0 a proton in SHiP's public simulation over 3.87 in pp collisions of 400 GeV

# What is compared with what was published, at which masses (GeV).
PUBLISHED = {
    "SHiP, dipole": (SHIP_BREMSSTRAHLUNG, "SHiP_Ahdida2020new_brem_dipole", (0.01, 1.5)),
    "SHiP, vector mesons": (replace(SHIP_BREMSSTRAHLUNG, spectrum=Bremsstrahlung(400, "vmd", pt_max=4.0)),
                            "SHiP_Ahdida2020new_brem_vmd", (0.01, 1.2)),
    "SeaQuest": (SEAQUEST_SPECTRUM, "SeaQuest_phase1_Berlin2018", (0.02, 1.0)),
    "FASER Run 3": (FASER_RUN_3, "FASER_Ariga2018uku_run3", (0.0103, 0.1)),
    "FASER 2": (FASER_2, "FASER2_Ariga2018uku", (0.0103, 0.5))}

# The tables of spectra, the recipe they are held against, and what the table lacks.
SPECTRA = {"SHiP": ("spectrum_ship_mesons", SHIP, {"proton": SHIP_BREMSSTRAHLUNG.spectrum}),
           "SeaQuest": ("spectrum_seaquest", SEAQUEST, {}), "FASER 2": ("spectrum_faser2", FASER, {})}
CHANNELS = {"eta": r"$\eta$ decays", "pi0": r"$\pi^0$ decays", "proton": "bremsstrahlung"}


def over_published(name: str, dump: BeamDump | None = None) -> tuple[NDArray, NDArray]:
    """Predicted over published edges of a dark photon's reach.

    :param name: a key of PUBLISHED.
    :param dump: in the place of the one named there.
    :returns: the masses of the published curve (n,) in GeV; the ratios of lower and upper edge (2, n).

    >>> m, (lower, upper) = over_published("FASER 2")
    >>> f"{np.median(lower):.2f} {np.median(upper):.2f}"
    '1.01 1.02'
    """
    predicted, curve, (low, high) = PUBLISHED[name]
    published = curves.load(curve)
    m = published.m[(published.m >= low) & (published.m <= high)]
    return m, np.array((dump or predicted).reach(PHOTON, m)) / published.at(m)


def published_table() -> pd.DataFrame:
    """How the ratios of `over_published` are distributed over the masses: a row for each of PUBLISHED.

    >>> f"{published_table().loc['SeaQuest', ('upper edge', 'median')]:.2f}"
    '1.01'
    """
    columns = pd.MultiIndex.from_product([["lower edge", "upper edge"], ["10 %", "median", "90 %"]])
    rows = {name: np.nanquantile(over_published(name)[1], [0.1, 0.5, 0.9], axis=1).T.ravel() for name in PUBLISHED}
    return pd.DataFrame.from_dict(rows, orient="index").set_axis(columns, axis=1)


def ship_cuts() -> list[BeamDump]:
    """SHiP with every combination of where its vessel begins (m), the largest pT (GeV) and the largest angle.

    >>> len(ship_cuts())
    8
    """
    return [replace(SHIP_BREMSSTRAHLUNG, geometry=replace(SHIP_BREMSSTRAHLUNG.geometry, shield=shield),
                    spectrum=Bremsstrahlung(400, pt_max=pt, angle=angle))
            for shield in (50, 60) for pt in (1.0, 4.0) for angle in (0.025, np.inf)]


def _more_mesons(dump: BeamDump, factor: float) -> BeamDump:
    """A dump with a tabulated spectrum and `factor` times the neutral mesons.

    >>> bool(_more_mesons(FASER_2, 2.0).reach(PHOTON, 0.05)[0] < FASER_2.reach(PHOTON, 0.05)[0])
    True
    """
    return replace(dump, spectrum=replace(dump.spectrum, scale=(("pi0", factor), ("eta", factor))))


@cache
def bands() -> dict[str, NDArray]:
    """(variants, 2, n): what cuts (SHiP) and numbers of mesons (the others) make of the ratios of `over_published`.

    :returns: (variants, 2, n), relative.

    >>> bands()["SHiP, dipole"].shape[:2]
    (8, 2)
    """
    few = {name: [_more_mesons(PUBLISHED[name][0], f) for f in (1 / MESON_FACTOR, 1, MESON_FACTOR)]
           for name in ("SeaQuest", "FASER 2")}
    return {name: np.array([over_published(name, dump)[1] for dump in dumps])
            for name, dumps in {"SHiP, dipole": ship_cuts(), **few}.items()}


def draw_bands() -> NDArray:
    """Plot `over_published` with its `bands`, a panel for each experiment; returns the axes.

    :returns: the axes, (3,).

    >>> draw_bands().shape
    (3,)
    >>> plt.close()
    """
    axes = _row(sharey=True)
    for ax, (name, band) in zip(axes, bands().items(), strict=True):
        m, central = over_published(name)
        for edge, color in enumerate(("C0", "C3")):
            ends = np.nanmin(band[:, edge], axis=0), np.nanmax(band[:, edge], axis=0)
            ax.fill_between(m, *ends, color=color, alpha=0.2, linewidth=0)
            ax.plot(m, central[edge], color=color, linewidth=1)
        ax.axhline(1, color="0.5", linewidth=0.5)
        ax.set(xscale="log", title=name, xlabel="$m_{Z'}$ [GeV]", ylim=(0.4, 1.75))
    axes[0].set(ylabel="predicted/published")
    return axes


def _row(**options):
    """Three panels side by side."""
    return plt.subplots(1, 3, figsize=(7.2, 2.8), layout="constrained", **options)[1]


def draw_spectra(m: float = 0.05) -> NDArray:
    """Plot what each channel sends into an experiment, over p, against p, for dark photons; returns the axes.

    :param m: GeV.
    :returns: the axes, (3,).

    >>> draw_spectra().shape
    (3,)
    >>> plt.close()
    """
    axes = _row()
    for ax, (name, (table, recipe, more)) in zip(axes, SPECTRA.items(), strict=True):
        channels = {channel: Tabulated(table, (channel,)) for channel in sorted(set(curves.table(table).channel))}
        for channel, spectrum in (channels | more).items():
            _draw_spectrum(ax, channel, *spectrum(PHOTON, np.array([m])))
        ax.axvline(recipe.geometry.momentum, color="0.5", linestyle=":")
        top = ax.dataLim.y1
        ax.set(xscale="log", yscale="log", title=name, xlabel="$p$ [GeV]", ylim=(1e-5 * top, 3 * top))
    axes[0].set(ylabel=r"$Z'$s per $\ln p$, over $p$")
    axes[1].legend()
    return axes


def _draw_spectrum(ax: Axes, channel: str, p: NDArray, n: NDArray) -> None:
    p, n = np.broadcast_to(p, n.shape)[0], n[0]
    ax.plot(p[n > 0], (n / p / np.gradient(np.log(p)))[n > 0], label=CHANNELS[channel])


def calibrated(dump: BeamDump, recipe: BeamDump) -> BeamDump:
    """A dump with a spectrum in the geometry of the paper's recipe, with the recipe's lower edge at 100 MeV.

    :param dump: with a spectrum.
    :param recipe: the paper's, with one momentum.

    >>> ship, recipe = calibrated(SHIP_BREMSSTRAHLUNG, SHIP), SHIP
    >>> bool(np.isclose(ship.reach(PHOTON, 0.1)[0], recipe.reach(PHOTON, 0.1)[0]))
    True
    """
    return replace(dump, geometry=recipe.geometry).calibrated(PHOTON, 0.1, recipe.reach(PHOTON, 0.1)[0])


# The recipe, the spectrum made to agree with it at 100 MeV, the spectrum with nothing fitted: SHiP and SeaQuest.
CASES = {"one momentum": (SHIP, SEAQUEST),
         "spectrum, calibrated": (calibrated(replace(SHIP_BREMSSTRAHLUNG, spectrum=Bremsstrahlung(400)), SHIP),
                                  calibrated(SEAQUEST_SPECTRUM, SEAQUEST)),
         "spectrum, predicted": (SHIP_BREMSSTRAHLUNG, SEAQUEST_SPECTRUM)}


def edge_table(masses: ArrayLike, edge: int = 1) -> pd.DataFrame:
    """An edge with the calibrated spectrum over that with one momentum: a row per dump and model, a column per mass.

    :param masses: GeV.
    :param edge: 0 for the lower, 1 for the upper one.

    >>> f"{edge_table([0.05]).loc[('SHiP', 'dark photon'), '50 MeV']:.2f}"
    '1.17'
    """
    pairs = zip(CASES["one momentum"], CASES["spectrum, calibrated"], strict=True)
    masses = np.asarray(masses, float)
    return pd.DataFrame({(recipe.name, name): dump.reach(model, masses)[edge] / recipe.reach(model, masses)[edge]
                         for recipe, dump in pairs for name, model in MODELS.items()},
                        index=[f"{1e3 * m:g} MeV" for m in masses]).T


def conclusions() -> pd.DataFrame:
    """What the paper concludes of beam dumps, for each of CASES.

    >>> [round(x) for x in conclusions()["one momentum"]]
    [117, 178, 55, 9, 100, 58, 87, 97]
    """
    def rows(ship, seaquest):
        return {**{f"g_nu = {r:g} g_mu: band covered up to [MeV]": dumps_reach(r, ship, seaquest)
                   for r in (0.01, 0.001)},
                "g_nu = 0.2 g_mu: fall of SHiP's upper edge": upper_edge_falls(dump=ship),
                "g_nu = 2 g_mu: end of SHiP's light region [MeV]": light_end(ZPrime.muonic(g_nu=2), dump=ship),
                **{f"g_nu = {r:g} g_mu: free band probed [%]": 100 * probed(r, ship, seaquest)
                   for r in (1, 0.1, 0.01, 0.001)}}

    return pd.DataFrame({name: rows(*dumps) for name, dumps in CASES.items()})


def matching_momentum(model: Couplings, m: float) -> float:
    """The momentum in GeV with which the recipe has the upper edge of SHiP's calibrated spectrum.

    :param model: the Z'.
    :param m: GeV.
    :returns: GeV.

    >>> round(matching_momentum(ZPrime.muonic(), 0.05), -1)
    270.0
    """
    p = np.linspace(60, 380, 81)
    lower = SHIP.reach(PHOTON, 0.1)[0]
    uppers = [SHIP.at_momentum(x).calibrated(PHOTON, 0.1, lower).reach(model, m)[1] for x in p]
    return float(np.interp(CASES["spectrum, calibrated"][0].reach(model, m)[1], uppers, p))
