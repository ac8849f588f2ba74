"""LHCb: proton collisions at 13 TeV, a bump in muon pairs, from the collision or displaced."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import curves
from ..constants import HBAR, M_MU
from ..methods.look import UMBER, Look
from ..methods.ratio_map import MapSearch
from ..methods.recast import Recast
from ..physics.mechanisms import mechanism_ratio
from ..physics.models import QUARKS, Couplings

SHARES = "lhcb_production_fractions"
_COLUMNS = {"rho0": "rho mixing", "omega": "omega mixing", "phi": "phi mixing", "eta_gamma": "eta -> gamma X",
            "omega_pi0": "omega -> pi0 X", **{f"{q}_{q}": f"{q} qbar" for q in QUARKS}}


@cache
def shares() -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """(m, {mechanism: its share of the dark photons at LHCb}), (n,) each, m in GeV (arXiv:1801.04847).

    :returns: masses, (n,) GeV, and {mechanism: (n,)}.

    >>> m, by_mechanism = shares()
    >>> "eta -> gamma X" in by_mechanism
    True
    """
    table = curves.columns(SHARES)
    return table["m_GeV"], {name: table[column] for column, name in _COLUMNS.items()}


def lhcb_mixture(model: Couplings, m: NDArray) -> np.ndarray:
    """Production at LHCb over that of a dark photon with epsilon = 1: each mechanism by its share.

    The shares are linear in m between the table's masses and brought to a sum of 1.

    :param model: the Z'.
    :param m: (n,) GeV; returns (n,).
    :returns: (n,).

    >>> from zputils import ZPrime
    >>> f"{lhcb_mixture(2 * ZPrime.dark_photon(), 1.0):.2f}"
    '4.00'
    """
    table_m, by_mechanism = shares()
    weights = {name: np.interp(m, table_m, share) for name, share in by_mechanism.items()}
    return sum(share * mechanism_ratio(model, m, name) for name, share in weights.items()) / sum(weights.values())


def proper_time(m: NDArray) -> np.ndarray:
    """Largest proper time in 1/GeV at which a decay counts as prompt (arXiv:1801.04847).

    :param m: (n,) GeV.
    :returns: (n,) 1/GeV.

    >>> f"{proper_time(0.5):.1e}"
    '1.7e+11'
    """
    return (0.004 / (m - 2 * M_MU) + 0.1) * 1e-12 / HBAR


PROMPT = Recast(
    name="LHCb prompt", group="hadrons", data="LHCb_Aaij2019bvg_prompt", production=lhcb_mixture, shares=(SHARES,),
    final_states=("mu",), proper_time=proper_time, references=("Aaij:2019bvg",), look=Look("LHCb", UMBER),
    figures=("fig-2.2",))

_MUONS: dict[str, Any] = dict(group="hadrons", production=lhcb_mixture, shares=(SHARES,), final_states=("mu",))
DISPLACED = MapSearch(name="LHCb displaced", data="LHCb_Aaij2019bvg_displaced", references=("Aaij:2019bvg",),
                      look=Look("LHCb displaced", UMBER, (0, (3, 1, 1, 1))), **_MUONS)
PLANNED = Recast(name="LHCb run 3", data="LHCb_Ilten2016tkc_prompt", references=("Ilten:2016tkc",), future=True,
                 proper_time=proper_time, look=Look("LHCb, 15/fb", UMBER, "--"), **_MUONS)

BOUNDS = (PROMPT, DISPLACED, PLANNED)
