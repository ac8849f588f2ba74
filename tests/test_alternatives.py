"""Captions and alternative texts of the book's figures: numbered all, and what they state is what comes out."""

import re
from dataclasses import replace

import numpy as np
import pytest
import yaml

from zputils import SEAQUEST, ZPrime, bounds, curves, paths, shares
from zputils.constants import M_MU, M_TAU
from zputils.experiments.ccfr import CCFR, CCFR_ONE_SIDED
from zputils.experiments.dune import DUNE
from zputils.experiments.electron_dump import ELECTRON_DUMP, electron_model
from zputils.experiments.ship import SHIP
from zputils.figures.fig_2_2 import MODELS
from zputils.figures.muonic_panel import FINE
from zputils.physics import hadrons, production
from zputils.physics.loop_mixing import running
from zputils.physics.scatterer import nucleons, nucleus
from zputils.physics.trident_amplitude import standard_model
from zputils.physics.trident_rates import cross_section

PAGES = sorted((paths.ROOT / "book").glob("*.md"))
CELL = re.compile(r"```\{code-cell\} ipython3\n---\n(.*?)\n---\n", re.DOTALL)
NAMES = re.compile(r"g minus 2|NA\d+(/2)?|NA64mu|E\d{3}|FASER 2|Pi0|Figure [\d.]+|Eq\. [\d.]+|20(21|25)")
# Alternative texts whose numbers are those of the cells beside them, which assert them there, or ends of axes.
BESIDE = {"fig-channels", "fig-spectra", "fig-predicted", "fig-meson-to-muon", "fig-through-the-muon", "fig-n-eff",
          "fig-mass-bound", "fig-pincer", "fig-scan-mixing", "fig-coherent-future", "fig-your-model", "fig-2-2-today",
          "fig-today-gauged", "fig-today-muonic", "fig-band-editions", "fig-4-1-today", "fig-loop-limits"}


def shown():
    """(page, name, caption, alternative text) of every figure of the book."""
    for page in PAGES:
        for cell in CELL.findall(page.read_text(encoding="utf-8")):
            about = yaml.safe_load(cell).get("mystnb", {})
            if "image" in about:
                figure = about.get("figure", {})
                yield page.stem, figure.get("name"), figure.get("caption", ""), about["image"].get("alt", "")


FIGURES = list(shown())
ALTERNATIVES = {name: alternative for _, name, _, alternative in FIGURES}


def crossing(scale):
    """The mass in MeV where SHiP's upper edge meets the middle of the g-2 band, for g_nu = 0.01 g_mu."""
    m = np.geomspace(5e-3, 2 * M_MU * (1 - 1e-9), 2000)
    model = ZPrime.muonic(g_nu=0.01, scale=scale)
    _, _, central, _ = bounds.band(model, m)
    return 1e3 * m[np.flatnonzero(SHIP.reach(model, m)[1] > central)[-1]]


def fig_2_2():
    low, _ = shares.gap(MODELS["muon_neutrino"], bounds.EXISTING, share=0.01)
    return [f"below {2e3 * M_MU:.0f} MeV", f"from about {1e3 * low:.0f} MeV"]


def leptons():
    model = MODELS["universal_leptons"]
    assert shares.free(model, bounds.EXISTING + bounds.named("fig-2.2")) < 0.01
    reach = bounds.get("BaBar").region(model).lowest
    return [f"about {np.nanmedian(reach[bounds.get('BaBar').masses > 2 * M_MU]):.0e}".replace("e-0", "e-")]


def loop_scale():
    return [f"5 to {2e3 * M_MU:.0f} MeV",
            f"near {round(crossing(1e3), -1):.0f} MeV in place of {5 * round(crossing(M_TAU) / 5):.0f}"]


def loop_running():
    m = np.union1d(np.geomspace(0.01, 10, 4000), 2 * np.array([M_MU, M_TAU]))
    loop, alone = running(m), abs(running(m, {"mu": 1}, cutoff=1e3))
    sign = m[np.flatnonzero(loop.real < 0)[0]]
    middle = loop.imag[(m > 1) & (m < 3)].mean()
    return ["from 10 MeV to 10 GeV", f"starts at {abs(loop[0]):.0f}", f"peaks at {abs(loop).max():.2f}",
            f"to {abs(loop[-1]):.2f} at 10 GeV", f"near {0.05 * round(middle / 0.05):.2f}",
            f"above {sign:.1f} GeV", "at 1 TeV", f"peaks at {alone.max():.2f}", f"falls to {alone[-1]:.2f}"]


def mixing():
    return ["start at 1", "neutrino's at 0", "ratio 1 to 2 to 1"]  # asserted with their numbers on the page


def fig_3_1():
    assert np.isnan(ELECTRON_DUMP.reach(electron_model(100), 0.1)[1]).all()
    assert np.isfinite(ELECTRON_DUMP.reach(electron_model(50), 0.1)[1]).all()
    return ["at a ratio of 100 it stays below"]


def r_ratio():
    m = np.geomspace(0.3, 10, 20000)
    ratio = hadrons.r_ratio(m)
    rho, omega, phi = (ratio[(m > low) & (m < high)].max() for low, high in ((0.7, 0.76), (0.775, 0.8), (1.0, 1.04)))
    level = ratio[(m > 2) & (m < 10)]
    assert 8 < rho < 12 and 45 < phi < 55 and 1.9 < level.min() and level.max() < 5
    return ["from 0.28 to 10 GeV", f"near 10 and {omega:.0f}", "at 50 at the phi", "between 2 and 5"]


def branching():
    return [f"below {2e3 * M_MU:.0f} MeV"]


def produced():
    start, flat, low, end = production.bremsstrahlung(np.array([0.1, 0.8, 0.842, 6.0]), 400.0)
    top = production.bremsstrahlung(np.geomspace(0.77, 0.79, 400), 400.0, form_factor="vmd").max() / start
    assert 0.3 < flat / start < 1 and round(np.log10(low / end)) == 8
    return ["from 0.1 to 0.8 GeV", "between 0.8 and 6 GeV", f"of {round(top, -3):.0f}"]


def fig_3_2():
    covered = 1e3 * shares.covered_up_to(ZPrime.muonic(), ["SHiP"])
    return [f"for {SHIP.geometry.momentum:.0f} GeV", f"up to about {covered:.0f} MeV"]


def fig_3_3():
    ends = {name: 1e3 * shares.covered_up_to(ZPrime.muonic(), [name], low=0.0101) for name in ("SeaQuest", "FASER")}
    island = [m for m, _, _ in SEAQUEST.region(ZPrime.muonic(), FINE).pieces() if 0.7 < m[0] < 0.85]
    highest = max(upper.max() for m, _, upper in SEAQUEST.region(ZPrime.muonic(), FINE).pieces() if 0.7 < m[0] < 0.85)
    assert highest < 1e-6
    start = 1e3 * bounds.get("FASER").mass_range[0]
    assert all(dump.region(ZPrime.muonic(g_nu=2), FINE).empty for dump in (SEAQUEST, bounds.get("FASER")))
    return [f"up to {round(ends['SeaQuest'], -1):.0f} MeV", f"from {start:.0f} to {ends['FASER']:.0f} MeV",
            "coupling of 0.2", "with 2 nothing is left", "below 1e-6",
            f"from {1e3 * island[0][0]:.0f} to {1e3 * island[0][-1]:.0f} MeV"]


def choices():
    m = np.geomspace(0.05, 2 * M_MU * (1 - 1e-9), 500)
    for name in bounds.DUMPS:
        _, _, central, _ = bounds.band(ZPrime.muonic(), m)
        meets = m[np.flatnonzero(bounds.get(name).reach(ZPrime.muonic(), m)[1] > central)[-1]]
        assert 0.1 < meets < 2 * M_MU
    return ["between 100 MeV and the muon threshold"]


def tridents():
    m = np.geomspace(1e-3, 10, 200)
    gain = CCFR.limit(ZPrime.l_mu_minus_l_tau(), m) / DUNE.limit(ZPrime.l_mu_minus_l_tau(), m)
    ratios = []
    for experiment, name in ((CCFR, "CCFR_Altmannshofer2014_LmuLtau"), (DUNE, "DUNE_trident_Ballett2019_LmuLtau")):
        curve = curves.load(name)
        ratios.append(experiment.limit(ZPrime.l_mu_minus_l_tau(), curve.m) / curve.limit)
    ratios = np.concatenate(ratios)
    assert 0.95 <= ratios.min() and ratios.max() <= 1.12
    published = curves.load("CCFR_Altmannshofer2014_LmuLtau")
    one_sided = replace(CCFR, level=CCFR_ONE_SIDED).limit(ZPrime.l_mu_minus_l_tau(), published.m) / published.limit
    return [f"{np.floor(10 * gain.min()) / 10:.1f} to {gain.max():.1f} lower", "between 0.95 and 1.12",
            f"down to {one_sided.min():.2f}"]


def cross_sections():
    energy = np.geomspace(0.5, 300, 40)
    argon, iron = (standard_model(*cross_section(nucleus(target), energy, 11)) for target in ("Ar", "Fe"))
    assert (iron > argon).all()
    for target, whole in (("Ar", argon), ("Fe", iron)):
        share = standard_model(*cross_section(nucleons(target), energy, 11)) / whole
        assert 0.7 < np.exp(np.log(share[energy < 1]).mean()) < 1.4 and 0.2 < share[energy > 100].mean() < 0.4
    return ["below 1 GeV"]


STATED = {"fig-2-2": fig_2_2, "fig-2-2-leptons": leptons, "fig-loop-scale": loop_scale,
          "fig-loop-running": loop_running, "fig-mixing": mixing, "fig-3-1": fig_3_1, "fig-r-ratio": r_ratio,
          "fig-branching": branching, "fig-production": produced, "fig-3-2": fig_3_2, "fig-3-3": fig_3_3,
          "fig-choices": choices, "fig-trident-limits": tridents, "fig-trident-cross-section": cross_sections}


def test_every_figure_has_a_number_and_no_two_the_same():
    numbers = [re.match(r"\*\*Figure ([\dA-I]+\.\d+[a-z]?(?:, continued)?)\.\*\* \S", caption)
               for _, _, caption, _ in FIGURES]
    assert all(numbers), [name for (_, name, *_), found in zip(FIGURES, numbers, strict=True) if not found]
    own = [found[1] for found in numbers if "continued" not in found[1]]
    assert len(own) == len(set(own)) > 25


def test_every_figure_has_a_caption_and_an_alternative_text():
    assert len(FIGURES) > 30
    assert all(name and len(caption) > 40 and len(alternative) > 60 for _, name, caption, alternative in FIGURES)


def test_every_number_in_an_alternative_text_is_checked_somewhere():
    stating = {name for name, alternative in ALTERNATIVES.items() if re.search(r"\d", NAMES.sub("", alternative))}
    assert stating - BESIDE == set(STATED)


@pytest.mark.parametrize("name", STATED)
def test_what_an_alternative_text_states_is_what_comes_out(name):
    left = ALTERNATIVES[name]
    for phrase in STATED[name]():
        assert phrase in left, (phrase, left)
        left = left.replace(phrase, "", 1)
    assert not re.search(r"\d", NAMES.sub("", left)), left
