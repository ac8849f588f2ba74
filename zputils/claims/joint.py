"""One reading of the paper's numbers together: a factor on the loop-induced couplings inside the beam-dump code.

An epsilon is a coupling in units of e. Whoever takes the loop's epsilon for g_e, as if e were 1, multiplies Eq. 2.12
by 1/e in the dumps alone; with the c_W of Eq. 2.7 it is c_W/e. No verdict rests on this.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from .. import bounds, shares
from ..constants import COS_W, E_CHARGE
from ..experiments.ship import SHIP
from ..methods.calibration import threshold
from ..methods.region import Region
from ..physics.models import QUARKS, ZPrime
from . import case_studies as case
from . import reproduced
from .section_2 import smallest_mass
from .sections_4_5 import RATIOS

FACTORS = {"as printed": 1.0, "loop times c_W/e": COS_W / E_CHARGE, "loop times 1/e": 1 / E_CHARGE}
PAPER = {"SHiP: the upper edge falls by": 10, "SHiP: light region ends [MeV]": 80,
         "dumps cover up to, g_nu = 0.01 g_mu [MeV]": 100, "dumps cover up to, g_nu = 0.001 g_mu [MeV]": 100,
         "SHiP: R-bar at 200 GeV [1e-20]": 0.75, "FASER: largest part of the band, g_nu = 0": 0,
         "FASER: largest part of the band, g_nu = 0.2 g_mu": 0,
         "BBN and CMB, were it in Section 2 too [MeV]": 4.9}


def louder(model: ZPrime, factor: float) -> ZPrime:
    """The model with its couplings to electrons and quarks multiplied.

    :param model: the Z'.
    :param factor: on these couplings.

    >>> louder(ZPrime.muonic(), 2.0).e == 2 * ZPrime.muonic().e
    True
    """
    return replace(model, **{f: factor * getattr(model, f) for f in ("e", *QUARKS)})


def reread(name: str, factor: float, width: float = 1.0) -> Callable[[ZPrime, np.ndarray], Region]:
    """What the bound of this name covers of a model `read` with this factor and this width: (model, m) -> Region.

    :param name: of a bound.
    :param factor: on the loop.
    :param width: a factor on the width to neutrinos.
    :returns: (model, m) -> Region.

    >>> louder, printed = (reread("SHiP", factor)(ZPrime.muonic(), [0.05]).upper[0][0] for factor in (3.0, 1.0))
    >>> bool(louder < printed)
    True
    """
    return lambda model, m: bounds.get(name).region(read(model, factor, width), m)


def read(model: ZPrime, factor: float, width: float = 1.0) -> ZPrime:
    """The model as such a code would see it.

    :param model: the Z'.
    :param factor: on the loop.
    :param width: a factor on the width to neutrinos.

    >>> read(ZPrime.muonic(g_nu=1), 1.0, width=0.25).nu_mu
    0.5
    """
    return replace(louder(model, factor), nu_mu=np.sqrt(width) * model.nu_mu)


def numbers(factor: float, width: float = 1.0, cosines: int = 1) -> dict[str, float]:
    """Our values for PAPER's numbers, with factors on what the paper may have used.

    :param factor: on the loop.
    :param width: on the width to neutrinos, in the dumps alone.
    :param cosines: powers of c_W in SHiP's coupling.
    :returns: {what: value}, as PAPER has it.

    >>> round(numbers(1.0)["SHiP: the upper edge falls by"])
    55
    """
    seen = partial(read, factor=factor, width=width)
    dumps = [reread(name, factor, width) for name in bounds.DUMPS]
    rate = threshold(reproduced.at_fraction(SHIP, COS_W**cosines * reproduced.PHOTON, 0.5))
    faser = (case.faser_coverage(ratio, seen) for ratio in (0, 0.2))
    ends = (1e3 * shares.covered_up_to(ZPrime.muonic(g_nu=ratio), dumps) for ratio in (0.01, 0.001))
    mass = float(smallest_mass(2 * louder(ZPrime.muonic(), factor).e ** 2))
    values = (case.upper_edge_falls(seen(ZPrime.muonic(g_nu=0.2))), case.light_end(seen(ZPrime.muonic(g_nu=2))),
              *ends, 1e20 * rate, *faser, mass)
    return dict(zip(PAPER, map(float, values), strict=True))


def probed(factor: float) -> dict[float, float]:
    """{g_nu/g_mu: part of what is free that Fig. 4.1 would show as probed}, with this factor in the dumps.

    :param factor: on the loop, in the dumps.
    :returns: {g_nu/g_mu: from 0 to 1}.

    >>> f"{probed(1.0)[0.1]:.2f}"
    '0.58'
    """
    dumps = tuple(reread(name, factor) for name in bounds.DUMPS)
    return {ratio: shares.probed(ZPrime.muonic(g_nu=ratio), (*dumps, *bounds.NEUTRINO_REACHES)) for ratio in RATIOS}


def table() -> pd.DataFrame:
    """PAPER's numbers, a row each, against every reading, a column each.

    The last column leaves the loop and shrinks the width to neutrinos by the square of 1/e instead.

    >>> list(table().columns[:2])
    ['paper', 'as printed']
    """
    readings = {name: numbers(factor, cosines=1 + (factor > 1)) for name, factor in FACTORS.items()}
    readings["neutrino width times e^2"] = numbers(1.0, width=E_CHARGE**2)
    return pd.DataFrame({"paper": PAPER, **readings})


def figure_4_1() -> pd.DataFrame:
    """Part of the free band that is probed, a row for each g_nu/g_mu, a column for each of FACTORS.

    >>> figure_4_1().shape
    (4, 3)
    """
    return pd.DataFrame({name: probed(factor) for name, factor in FACTORS.items()}).rename_axis("g_nu/g_mu")
