"""The page on production through the coupling to muons: what it tabulates and draws."""

from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import trapezoid

from .. import bounds, curves
from ..constants import HBAR_C, M_PROTON
from ..experiments.predicted import (
    FASER_2,
    FASER_2_MUONIC,
    SEAQUEST_MUONIC,
    SEAQUEST_SPECTRUM,
    SHIP_ALL,
    SHIP_BREMSSTRAHLUNG,
    SHIP_MUONIC,
)
from ..figures.line import log_axes, style
from ..methods.beam_dump import BeamDump
from ..methods.muon_sources import DECAYS, MesonDecays, Muons
from ..methods.spectra import Tabulated, Together
from ..physics import decays
from ..physics.meson_to_muon import MESONS, branching_ratio, light_limit
from ..physics.models import ZPrime
from ..physics.muon_bremsstrahlung import IRON, energy_after, layer

MASSES = np.array([0.0101, 0.05, 0.1, 0.2])  # GeV, those of the table of yields
NAMES = [f"{1e3 * m:.0f} MeV" for m in MASSES]

# What SHiP's aperture gets, source by source.
SOURCES = {"proton bremsstrahlung": SHIP_BREMSSTRAHLUNG.spectrum,
           "pi0": Tabulated("spectrum_ship_mesons", ("pi0",)), "eta": Tabulated("spectrum_ship_mesons", ("eta",)),
           "muon bremsstrahlung": Muons("SHiP"),
           **{f"{meson} -> mu nu Z'": MesonDecays("gmu_yields", "SHiP", (meson,)) for meson in DECAYS}}


def _protons_only(dump: BeamDump) -> BeamDump:
    return replace(dump, spectrum=replace(dump.spectrum, channels=("proton",)))


# Each experiment with proton bremsstrahlung alone, with neutral mesons, with everything.
STEPS = {"SHiP": (SHIP_BREMSSTRAHLUNG, SHIP_ALL, SHIP_MUONIC),
         "SeaQuest": (_protons_only(SEAQUEST_SPECTRUM), SEAQUEST_SPECTRUM, SEAQUEST_MUONIC),
         "FASER 2": (_protons_only(FASER_2), FASER_2, FASER_2_MUONIC)}


def yields(ratio: float) -> pd.DataFrame:
    """Z's inside SHiP's aperture per proton and g_mu^2: a row for each of SOURCES, a column for each of MASSES.

    :param ratio: g_nu/g_mu.

    >>> f"{yields(1).loc['muon bremsstrahlung', '50 MeV']:.1e}"
    '4.1e-05'
    """
    model = ZPrime.muonic(g_nu=ratio)
    return pd.DataFrame({name: np.sum(source(model, MASSES)[1], axis=-1) for name, source in SOURCES.items()},
                        index=NAMES).T


def edges(edge: int, ratio: float = 0.0) -> pd.DataFrame:
    """An edge of a reach with neutral mesons and with everything, over that of proton bremsstrahlung alone.

    :param edge: 0 for the lower, 1 for the upper one.
    :param ratio: g_nu/g_mu.

    >>> edges(0).loc[("SHiP", "all")].round(2).tolist()
    [0.1, 0.15, 0.23, 0.36]
    """
    model = ZPrime.muonic(g_nu=ratio)
    return pd.DataFrame({(name, what): dump.reach(model, MASSES)[edge] / alone.reach(model, MASSES)[edge]
                         for name, (alone, *more) in STEPS.items()
                         for what, dump in zip(("mesons", "all"), more, strict=True)}, index=NAMES).T


def exponential_momenta(ratio: float) -> NDArray:
    """SHiP's upper edge at MASSES if Z's of meson decays to muons fall like exp(-p/mean), over one mean momentum.

    :param ratio: g_nu/g_mu.
    :returns: (n,), a ratio of couplings.

    >>> exponential_momenta(0.0).round(2).tolist()
    [1.15, 1.02, 1.0, 1.0]
    """
    falling = MesonDecays("gmu_yields", "SHiP", spread="exponential")
    dump = replace(SHIP_MUONIC, spectrum=Together((SHIP_ALL.spectrum, falling, Muons("SHiP"))))
    model = ZPrime.muonic(g_nu=ratio)
    return dump.reach(model, MASSES)[1] / SHIP_MUONIC.reach(model, MASSES)[1]


def neutral_pions(momentum: ArrayLike) -> NDArray:
    """Mean number of pi0 in pp collisions, beam momentum in GeV (arXiv:1406.7369 Eq. 7, Table 4, Geant 4, > 5 GeV).

    :param momentum: of the beam, GeV.
    :returns: per collision, of the shape of `momentum`.

    >>> neutral_pions([120, 400]).round(2).tolist()
    [2.65, 3.83]
    """
    xi = (np.hypot(momentum, M_PROTON) - M_PROTON - 3) / M_PROTON
    return 0.728 * xi**0.2503 * (1 + np.exp(-0.596 * xi**0.117)) * (1 - np.exp(-0.491 * xi**0.25))


def behind_the_iron(m: float) -> float:
    """Z's that muons make within a flight length of the end of SeaQuest's 5 m of iron, for its protons and g_nu = 0.

    For couplings so large that this length is short it goes like 1/g_mu^2, and the number no longer depends on g_mu.

    :param m: GeV.
    :returns: a number of Z's.

    >>> f"{behind_the_iron(0.05):.0e}"
    '2e+06'
    """
    energy, number = muons_behind_the_iron()
    p = np.geomspace(0.3, 110, 200)
    flight = HBAR_C * p / (m * decays.total_width(ZPrime.muonic(), m))
    return float(SEAQUEST_SPECTRUM.exposure * trapezoid(flight * (layer(p[:, None], energy, m, IRON) @ number), p))


def muons_behind_the_iron() -> tuple[NDArray, NDArray]:
    """Energies in GeV, and numbers per proton, of the muons that leave SeaQuest's 5 m of iron.

    :returns: GeV and numbers per proton, (n,) each.

    >>> f"{muons_behind_the_iron()[1].sum():.1e}"
    '2.3e-04'
    """
    muons = curves.table("secondary_muons").query("facility == 'SeaQuest'")
    energy = energy_after(np.sqrt(muons.E_low_GeV * muons.E_high_GeV).to_numpy(), 5.0, IRON)
    return energy[energy > 0], muons.N_inside_per_proton.to_numpy()[energy > 0]


def invisible_kaon_decays(m: ArrayLike, limit: float = 1e-6) -> pd.DataFrame:
    """g_mu at BR(K -> mu nu Z', Z' -> nu nu) = limit, by g_nu/g_mu, and the g-2 band: a column for each mass.

    :param m: GeV.
    :param limit: on the branching ratio.

    >>> f"{invisible_kaon_decays([0.01]).iloc[1, 0]:.1e}"
    '3.7e-04'
    """
    m = np.asarray(m, float)
    models = {f"g_nu = {ratio:g} g_mu": ZPrime.muonic(g_nu=ratio) for ratio in (0.01, 0.1, 1)}
    rows = {name: np.sqrt(limit / (branching_ratio(model, m) * decays.branching_ratio(model, m, "nu")))
            for name, model in models.items()}
    _, low, _, high = bounds.band(ZPrime.muonic(), m)
    return pd.DataFrame(rows | {"g-2 band, low": low, "g-2 band, high": high},
                        index=[f"{1e3 * x:g} MeV" for x in m]).T


def draw_branching_ratios() -> NDArray:
    """Plot BR(P -> mu nu Z')/g_mu^2 of kaons and D_s for three neutrino couplings; returns the axes.

    :returns: the axes, (2,).

    >>> draw_branching_ratios().shape
    (2,)
    >>> plt.close()
    """
    m, axes = np.geomspace(2e-3, 1.9, 300), log_axes(2, y=r"BR/$g_\mu^2$")
    for ax, meson in zip(axes, ("K", "Ds"), strict=True):
        for ratio in (0, 0.1, 1):
            br = branching_ratio(ZPrime.muonic(g_nu=ratio), m, meson)
            ax.plot(m, np.where(br > 0, br, np.nan), label=rf"$g_\nu/g_\mu={ratio:g}$")
        parent, leptonic = MESONS[meson]
        ax.plot(m, leptonic * light_limit(1, 0, m, parent), ":", color="0.5")
        ax.set(title={"K": "$K$", "Ds": "$D_s$"}[meson], ylim=(1e-5, 3e2), xlim=(2e-3, 2))
    axes[0].legend()
    return axes


def draw_reaches() -> NDArray:
    """Plot the reach without a neutrino coupling for all of STEPS, with the g-2 band; returns the axes.

    :returns: the axes, (2,).

    >>> draw_reaches().shape
    (3,)
    >>> plt.close()
    """
    m, model = np.geomspace(0.0101, 0.199, 120), ZPrime.muonic()
    axes = plt.subplots(1, 3, figsize=(7.2, 2.8), sharey=True, layout="constrained")[1]
    for ax, (name, dumps) in zip(axes, STEPS.items(), strict=True):
        _, low, _, high = bounds.band(model, m)
        ax.fill_between(m, low, high, color=style("g-2")["color"], alpha=0.4, linewidth=0)
        for dump, line in zip(dumps, (":", "-.", "-"), strict=True):
            ax.plot(m, np.transpose(dump.reach(model, m)), line, color="C0", linewidth=1)
        ax.set(xscale="log", yscale="log", title=name, xlabel="$m_{Z'}$ [GeV]", ylim=(3e-7, 0.1))
    axes[0].set(ylabel=r"$g_\mu$")
    return axes
