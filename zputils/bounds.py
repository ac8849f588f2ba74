"""Everything a Z' faces: the g-2 band, what excludes it and what will reach it.

The figures, the ledger, scans and "your model" all ask here.
"""

import numpy as np
import pandas as pd

from . import checks
from .experiments.register import get, named, register
from .methods.bound import MASSES, Bound
from .physics import g_minus_2
from .physics.models import Couplings

# What the paper combines (Figs. 2.2 and 4.1), and what came later.
MUON_SEARCHES, NEUTRINO_LIMITS, LATER = named("fig-2.2/muon_only"), named("fig-2.2/muon_neutrino"), named("later")
EXISTING = MUON_SEARCHES + NEUTRINO_LIMITS
PLANNED = tuple(name for name in named("fig-4.1") if get(name).future)
DUMPS = tuple(name for name in PLANNED if get(name).group == "beam dumps")
NEUTRINO_REACHES = tuple(name for name in PLANNED if name not in DUMPS)

__all__ = ["DUMPS", "EXISTING", "LATER", "MASSES", "MUON_SEARCHES", "NEUTRINO_LIMITS", "NEUTRINO_REACHES", "PLANNED",
           "Bound", "band", "chosen", "coverage", "covered", "get", "named", "register", "summary"]


def band(model: Couplings, m=None, anomaly=g_minus_2.ANOMALY_2021):
    """(m, low, central, high): the reference coupling at -1, 0 and +1 standard deviations from the anomaly.

    m: (n,) GeV, `MASSES` when None. nan for a model that does not couple to muons.

    >>> from zputils import ZPrime
    >>> m, low, central, high = band(ZPrime.muonic(), [0.01, 0.1])
    >>> [f"{g:.1e}" for g in central]
    ['5.0e-04', '9.5e-04']
    """
    checks.instance("model", model, Couplings)
    m = MASSES if m is None else np.atleast_1d(checks.mass(m))
    model = model.at(m)
    if np.any(model.mu_axial):
        unit = g_minus_2.delta_a_mu(m, abs(model.mu), abs(model.mu_axial))
        return m, *g_minus_2.band_of(unit, anomaly)
    with np.errstate(over="ignore"):
        scale = np.divide(1, abs(model.mu), out=np.full(np.shape(model.mu), np.nan), where=model.mu != 0)
    return m, *(scale * g for g in g_minus_2.band(m, anomaly))


def chosen(names) -> tuple[Bound, ...]:
    """Bounds from their names; a `Bound` stands for itself. KeyError with the nearest names for an unknown one.

    >>> [bound.name for bound in chosen(["SHiP", get("DUNE")])]
    ['SHiP', 'DUNE']
    """
    return tuple(name if isinstance(name, Bound) else get(name) for name in checks.listed("names", names))


def coverage(model: Couplings, m, names, anomaly=g_minus_2.ANOMALY_2021) -> np.ndarray:
    """Fraction of the g-2 band that bounds exclude or probe together at each mass, in ln g: (n,).

    m: (n,) GeV; names: of the bounds, or `Bound` objects. nan for a model without a coupling to muons; (k, n) for k
    `ZPrimes`. ValueError where the band reaches down to g = 0.

    >>> from zputils import ZPrime
    >>> names = ["SHiP", "SeaQuest", "DUNE"]
    >>> [f"{coverage(ZPrime.muonic(g_nu=ratio), 0.05, names)[0]:.2f}" for ratio in (1, 0.1, 0.01)]
    ['1.00', '0.00', '1.00']
    """
    m, low, _, high = band(model, m, anomaly)
    regions = [bound.region(model, m) for bound in chosen(names)]
    return covered(low, high, regions)


def covered(low, high, regions) -> np.ndarray:
    """Fraction of the band low < g < high, in ln g, that lies in any of the regions: the shape of low and high.

    regions: of `Region`, at the masses of the band. nan where the band is; ValueError where it reaches down to g = 0.

    >>> from zputils.methods.region import Region
    >>> covered([1.0], [100.0], [Region.of(np.array([0.1]), (10.0, np.inf))]).tolist()
    [0.5]
    """
    low, high = np.asarray(low, float), np.asarray(high, float)
    if np.any(low == 0):
        raise ValueError("anomaly: the band reaches down to g = 0, so no fraction of ln g is defined")
    pairs = [pair for region in regions for pair in zip(region.lower, region.upper, strict=True)]
    edges = np.reshape([np.broadcast_arrays(low, *pair)[1:] for pair in pairs], (-1, 2, *low.shape))
    lower, upper = (np.clip(np.where(np.isnan(edge), low, edge), low, high) for edge in edges.swapaxes(0, 1))
    somewhere = (upper > lower).any(axis=tuple(range(1, lower.ndim)))  # the others would only cost time
    lower, upper = lower[somewhere], upper[somewhere]
    order = np.argsort(lower, axis=0, kind="stable")
    lower, upper = np.take_along_axis(lower, order, axis=0), np.take_along_axis(upper, order, axis=0)
    reached = np.maximum.accumulate(np.concatenate([low[None], upper]), axis=0)[:-1]
    new = np.log(np.maximum(upper, reached) / np.maximum(lower, reached))
    # Added one by one: np.sum would choose an order by the shape, and the last bit of a model depend on its neighbours.
    return sum(new, np.zeros_like(low)) / np.log(high / low)


def summary(model: Couplings, m=None) -> pd.DataFrame:
    """Everything on one model, indexed by the bound's name.

    Columns: `group`, `future`; `coupling`, the smallest coupling excluded or probed, and `mass` in GeV where that is
    (where every coupling is excluded: 0, and the largest such mass); `leads`, the fraction of the masses m at which
    nothing else of its sort (existing or future) goes lower; `why` there is none; `confidence`; `references`. nan where
    there is none. m: (n,) GeV, `MASSES` when None.

    >>> from zputils import ZPrime
    >>> table = summary(ZPrime.muonic(), np.geomspace(1e-3, 1, 50))
    >>> table.loc["CCFR", "why"]
    'no coupling to muon neutrinos'
    >>> f"{table.coupling['SHiP']:.1e}"
    '8.7e-08'
    """
    m = MASSES if m is None else np.atleast_1d(checks.mass(m))
    why = {name: bound.why(model) for name, bound in register().items()}
    lowest = {name: np.full_like(m, np.nan) if why[name] else get(name).region(model, m).lowest for name in why}
    rivals = {future: np.fmin.reduce([lowest[name] for name in why if get(name).future == future])
              for future in (False, True)}
    rows = {name: _row(get(name), m, lowest[name], rivals[get(name).future], why[name]) for name in why}
    return pd.DataFrame.from_dict(rows, orient="index")


def _row(bound, m, lowest, rivals, why):
    """One bound's row of `summary`. lowest, rivals: (n,), its own smallest couplings and those of all of its sort."""
    coupling = np.fmin.reduce(lowest)
    at = np.flatnonzero(lowest == coupling)
    return {"group": bound.group, "future": bound.future, "coupling": coupling,
            "mass": m[at[-1 if coupling == 0 else 0]] if at.size else np.nan, "leads": np.mean(lowest <= rivals),
            "why": why, "confidence": bound.confidence, "references": " ".join(bound.references)}
