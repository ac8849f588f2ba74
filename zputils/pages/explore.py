"""What the interactive Fig. 4.1 shows: bounds on the muonic Z' at many neutrino couplings, as one compact JSON text."""

import base64
import gzip
import json
import re

import numpy as np
from numpy.typing import ArrayLike

from .. import bounds
from ..bounds import DUMPS, EXISTING, LATER, NEUTRINO_REACHES
from ..constants import M_MU
from ..figures import fig_4_1
from ..figures.looks import look
from ..methods import bound as computed
from ..physics import g_minus_2
from ..physics.models import ZPrime
from . import bibliography

NAMES = (*EXISTING, *LATER, *DUMPS, "FASER", *NEUTRINO_REACHES)
IN_FIGURE = bounds.named("fig-4.1")  # the others are drawn when they are ticked
ANOMALIES = {"2021": g_minus_2.ANOMALY_2021, "2025": g_minus_2.ANOMALY_2025}
DASHES = {"-": "solid", "--": "dash", ":": "dot", "-.": "dashdot"}  # matplotlib's names -> the page's
STILL = "../_images/fig-4.1.svg"  # of the built book: what there is without scripts
ALT = ("Figure 4.1, which needs no script: four panels of muon coupling against mass, for neutrino couplings of 1, "
       "0.1, 0.01 and 0.001 of the muon's, with the g minus 2 band, what is excluded, and what is planned.")
LETTERS = {r"\mu": "μ", r"\nu": "ν", r"_{\rm eff}": "<sub>eff</sub>"}


def four_digits(values: ArrayLike) -> list | float | None:
    """Numbers rounded to four significant digits, nan as None: nested lists of the shape of `values`.

    :param values: any shape.
    :returns: numbers, nested as they are in `values`.

    >>> four_digits([1 / 3, np.nan])
    [0.3333, None]
    """
    if np.ndim(values):
        return [four_digits(value) for value in np.asarray(values)]
    number = float(np.asarray(values))
    return None if np.isnan(number) else float(f"{number:.4g}")


# The slider's steps, and masses (GeV) even in ln with both sides of the muon threshold: rounded first, so that
# every coupling in the payload belongs to exactly the ratio and the mass beside it.
RATIOS = np.array(four_digits(np.geomspace(1e-4, 3, 95)))
_AT_THRESHOLD = 2 * M_MU * np.array([1 - 4e-4, 1 + 4e-4])
MASSES = np.union1d(*(np.array(four_digits(part)) for part in (np.geomspace(1e-3, 10, 201), _AT_THRESHOLD)))


def html(mathtext: str) -> str:
    """The name of a curve in `looks.curves` as HTML.

    :param mathtext: as matplotlib draws it.

    >>> html(r"$(g-2)_\\mu$")
    '(g−2)<sub>μ</sub>'
    """
    for command, letter in LETTERS.items():
        mathtext = mathtext.replace(command, letter)
    return re.sub(r"_(\w)", r"<sub>\1</sub>", mathtext.replace("-", "−").replace("$", ""))


def _look(curve, references):
    drawn = look(curve)
    return {"name": curve, "label": html(drawn.text), "color": drawn.color, "dash": DASHES[str(drawn.linestyle)],
            "references": [bibliography.citation(key) for key in references]}


def _band(year, anomaly):
    """The g-2 band, the same at every ratio: `edges` are low, central and high, low = 0 where it has no lower edge."""
    _, *edges = bounds.band(ZPrime.muonic(), MASSES, anomaly)
    return {**_look("g-2", anomaly.references), "year": year, "edges": four_digits(edges)}


def masses(bound: computed.Bound) -> np.ndarray:
    """The masses (GeV) of a bound on the page, (n,): those it was published at within the axes, or `MASSES`.

    :param bound: whose answer is asked for.
    :returns: (n,) GeV.

    >>> masses(bounds.get("CCFR")) is MASSES, len(masses(bounds.get("BaBar 4mu")))
    (True, 654)
    """
    if bound.masses is computed.MASSES:
        return MASSES
    return bound.masses[(bound.masses >= MASSES[0]) & (bound.masses <= MASSES[-1])]


def _bound(name):
    """A bound, in parts: one for each interval of couplings, or for the masses it excludes altogether."""
    bound = bounds.get(name)
    m = masses(bound)
    regions = [bound.region(ZPrime.muonic(g_nu=ratio), m) for ratio in RATIOS]
    edges = [np.moveaxis(np.array([getattr(region, side) for region in regions]), 1, 0) for side in ("lower", "upper")]
    parts = [_part(bound, *pair) for pair in zip(*edges, strict=True) if np.isfinite(pair[0]).any()]
    return {**_look(name, bound.references), "future": bound.future, "shown": name in IN_FIGURE, "parts": parts,
            **({} if m is MASSES else {"masses": m.tolist()})}


def _part(bound, lower, upper):
    """One interval at (RATIOS, masses): `edges[k][i]` is its k-th edge at RATIOS[i].

    role: "limit" with one edge, "reach" with two, both couplings over masses; "left" with the mass it excludes up to.
    """
    if np.nanmax(lower) == 0:
        edges, role = [[bound.mass(ZPrime.muonic(g_nu=ratio)) for ratio in RATIOS]], "left"
    else:
        endless = np.isinf(upper[~np.isnan(upper)]).all()
        edges, role = ([lower], "limit") if endless else ([lower, upper], "reach")
    return {"role": role, "edges": four_digits(edges)}


def payload() -> dict:
    """Everything the page's script draws: axes in GeV and g_mu, `ratios`, `masses` in GeV, `bands` and `bounds`.

    A bound that was published at masses of its own has `masses` too.

    >>> len(payload()["ratios"])
    95
    """
    panel = fig_4_1.PANELS["gnu_1"]
    return {"x": panel.xlim, "y": panel.ylim, "ratios": RATIOS.tolist(), "masses": MASSES.tolist(),
            "bands": [_band(*item) for item in ANOMALIES.items()], "bounds": [_bound(name) for name in NAMES]}


def element(data: dict) -> str:
    """The payload as the HTML element that the book's script turns into the plot, with what to read until it does.

    It is compressed without a date, so that two runs give the same, and written in base64.

    :param data: the payload.

    >>> element({})[:18], element({})[-15:]
    ('<div id="explore">', '</script></div>')
    """
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    packed = base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()
    return ('<div id="explore"><p>The plot is drawn here by a script of the built book (<code>make book</code>).</p>'
            f'<noscript><img src="{STILL}" alt="{ALT}"></noscript>'
            f'<script type="application/gzip">{packed}</script></div>')
