"""Everything a Z' faces, by name: the g-2 band, existing limits, future reaches.

The figures, the ledger, scans and "your model" all ask here. A `Bound` turns a model and masses into
edges in the model's reference coupling, to draw, and into intervals of excluded or probed couplings, to
count what they cover.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
import pandas as pd

from . import checks, curves
from .constants import M_MU
from .methods import recast
from .methods.beam_dump import FASER, SEAQUEST, SHIP
from .methods.trident import CCFR, DUNE
from .physics import decays, g_minus_2, hadrons
from .physics.cosmology import BBN_CMB
from .physics.models import Couplings, ZPrime
from .scattering import BOREXINO, COHERENT_CSI, COHERENT_FUTURE

# Names of the bounds that the paper combines, and of those that it leaves out or that came later.
MUON_SEARCHES, NEUTRINO_LIMITS = ("BaBar 4mu", "CMS 4mu"), ("CCFR", "Borexino", "COHERENT", "BBN+CMB")
DUMPS, NEUTRINO_REACHES = ("SHiP", "SeaQuest"), ("DUNE", "COHERENT future")
EXISTING, PLANNED, LATER = MUON_SEARCHES + NEUTRINO_LIMITS, DUMPS + NEUTRINO_REACHES, ("NA64mu", "N_eff")

# Masses (GeV) a bound that is computed is drawn on: even in ln m, and both sides of the muon threshold.
MASSES = np.union1d(np.geomspace(1e-3, 10, 401), 2 * M_MU * np.array([1 - 1e-6, 1 + 1e-6]))


@dataclass(frozen=True)
class Bound:
    """One experiment.

    role: "limit" (excluded above), "reach" (excluded or probed between two edges) or "left" (excluded at
    masses below one). region(model, m): (m, lower, upper), nan where there is none, `upper` inf for a limit,
    on masses of its own when m is None; a "left" bound gives (mass,) instead. islands(model, m): further
    excluded intervals (lower, upper), which a figure leaves out. why(model): the reason why there is no
    bound at any mass, or None. future: a projection. references: BibTeX keys. needs(model): names in the
    catalogue of what it reads for a model, for any when None. level: the confidence level, or a criterion instead.

    >>> [(name, get(name).role, get(name).future) for name in ("CCFR", "SHiP", "BBN+CMB")]
    [('CCFR', 'limit', False), ('SHiP', 'reach', True), ('BBN+CMB', 'left', False)]
    """

    name: str
    role: str
    region: Callable
    why: Callable
    references: tuple[str, ...]
    future: bool = False
    islands: Callable = lambda model, m: ()
    needs: Callable = lambda model=None: ()
    level: str = ""

    @property
    def inputs(self):
        """Names in the catalogue of all that it may read.

        >>> get("BaBar 4mu").inputs
        ('BaBar4mu_Lees2016_LmuLtau', 'pdg_rratio_2020', 'vmd_hadronic_ratios')
        """
        return self.needs(None)

    def intervals(self, model, m):
        """Couplings that are excluded or probed at masses m, (n,) GeV: a tuple of (lower, upper), each (n,).

        Each (k, n) for k `ZPrimes`, but (n,) where all k agree.

        >>> ((lower, upper),) = get("SHiP").intervals(ZPrime.muonic(), 0.1)
        >>> f"{lower[0]:.1e} to {upper[0]:.1e}"
        '2.8e-06 to 1.7e-03'
        """
        checks.instance("model", model, Couplings)
        m = np.atleast_1d(checks.mass(m))
        if self.role == "left":
            (mass,) = self.region(model, m)
            return ((np.where(m < mass, 0.0, np.nan), np.where(m < mass, np.inf, np.nan)),)
        return (self.region(model, m)[1:], *self.islands(model, m))


def _on(inside, function, m):
    """function(m) where `inside`, nan elsewhere; a tuple of arrays is stacked along a first axis."""
    values = np.asarray(function(m[inside]))
    result = np.full((*values.shape[:-1], *m.shape), np.nan)
    result[..., inside] = values
    return result


def _above(m, limit):
    return m, limit, np.where(np.isnan(limit), np.nan, np.inf)


@dataclass(frozen=True)
class MuonicSearch:
    """A limit published for L_mu - L_tau, produced through g_mu and seen in one decay channel (Sec. 2.3).

    >>> MuonicSearch("BaBar4mu_Lees2016_LmuLtau", channel="mu").why(ZPrime(e=1.0))
    'no coupling to muons'
    """

    curve: str
    channel: str
    published_br: float | None = None  # what the limit is for, when not L_mu - L_tau's own branching ratio

    def region(self, model, m=None):
        """(m, lower, inf): the published limit times sqrt(BR_published/BR_model)/g_mu, as events go with g_mu^2 BR.

        m: (n,) GeV, the published masses when None; nan outside them and where the model gives no events.

        >>> search = MuonicSearch("BaBar4mu_Lees2016_LmuLtau", channel="mu")
        >>> [f"{search.region(model, 1.0)[1][0]:.1e}" for model in (ZPrime.muonic(), ZPrime.muonic(g_nu=2))]
        ['1.7e-03', '2.9e-03']
        """
        published = curves.load(self.curve)
        m = published.m if m is None else np.atleast_1d(checks.mass(m))
        limit = published.lower_at(m)
        return _above(m, limit * _on(np.isfinite(limit), partial(self._scale, model), m))

    def _scale(self, model, m):
        strength = abs(model.mu) * np.sqrt(np.nan_to_num(decays.branching_ratio(model, m, self.channel)))
        gauged = ZPrime.l_mu_minus_l_tau(loop=False)
        original = self.published_br or decays.branching_ratio(gauged, m, self.channel)
        nothing = np.full_like(strength, np.nan)
        return np.divide(np.sqrt(original), strength, out=nothing, where=strength > np.finfo(float).tiny)

    def why(self, model):
        """Why the search says nothing of the model, or None.

        >>> MuonicSearch("NA64mu_Andreev2024klw", channel="nu").why(ZPrime.muonic(g_nu=0))
        'no decay to neutrinos'
        """
        if not model.mu:
            return "no coupling to muons"
        return "no decay to neutrinos" if self.channel == "nu" and not model.nu else None


@dataclass(frozen=True)
class DecaysToElectrons:
    """N_eff of a Z' in equilibrium with the neutrinos, from a curve published for L_mu - L_tau (arXiv:1901.02010).

    N_eff depends on the mass and on Gamma_ee alone while Gamma_nunu exceeds the expansion (g_nu/g_mu above about 1e-6
    in the g-2 band), so the limit is one on the coupling to electrons. The curve rises with the mass: what it excludes
    to its left it also excludes above itself, and at lighter masses above its lowest coupling.

    >>> NEFF.curve
    'Neff_Escudero2019_LmuLtau'
    """

    curve: str

    def region(self, model, m=None):
        """(m, lower, inf), nan at masses beyond the curve. m: (n,) GeV; the curve's and MASSES[0] when None.

        >>> m, lower, _ = NEFF.region(ZPrime.muonic(g_nu=0.1), [0.01])
        >>> f"{lower[0]:.1e}"
        '1.2e-04'
        """
        published = curves.load(self.curve)
        m = np.append(MASSES[0], published.m) if m is None else np.atleast_1d(checks.mass(m))
        edge = np.exp(np.interp(np.log(m), np.log(published.m), np.log(published.lower), right=np.nan))
        scale = np.divide(abs(ZPrime.l_mu_minus_l_tau().e), abs(model.e), out=np.full(np.shape(model.e), np.nan),
                          where=(model.e != 0) & (model.nu != 0))
        return _above(m, scale * edge)

    def why(self, model):
        """Why there is no limit on the model, or None.

        >>> NEFF.why(ZPrime.muonic(g_nu=0))
        'no decay to neutrinos'
        """
        if not model.e:
            return "no coupling to electrons"
        return None if model.nu else "no decay to neutrinos"


NEFF = DecaysToElectrons("Neff_Escudero2019_LmuLtau")


def _published_level(name):
    return curves.entry(name).confidence_level if name else ""


def _muonic(name, curve, channel, *references):
    row = curves.entry(curve)
    search = MuonicSearch(curve, channel, float(row.published_br) if row.published_br else None)
    return Bound(name, "limit", search.region, search.why, references, row.future == "yes",
                 needs=lambda model=None: (curve, *hadrons.tables(model)), level=row.confidence_level)


def _scattering(name, experiment, *references, future=False):
    """A neutrino experiment: its outermost edge, and the islands that interference cuts off below it."""
    def region(model, m=None):
        m = MASSES if m is None else np.atleast_1d(checks.mass(m))
        return _above(m, experiment.limit(model, m))

    return Bound(name, "limit", region, experiment.why, references, future, experiment.regions,
                 needs=lambda model=None: experiment.inputs, level=f"{100 * experiment.level:g} %")


def beam_dump(dump):
    """The `Bound` of a `BeamDump`, nan outside its masses.

    >>> beam_dump(SHIP).role
    'reach'
    """
    def region(model, m=None):
        m = MASSES if m is None else np.atleast_1d(checks.mass(m))
        low, high = dump.mass_range
        return m, *_on((m >= low) & (m <= high), partial(dump.reach, model), m)

    return Bound(dump.name, "reach", region, dump.why, dump.references, future=True, needs=dump.needs,
                 level=_published_level(dump.published))


def _recast(limit):
    role = "reach" if limit.kind == "displaced" else "limit"
    return Bound(limit.experiment, role, limit.region, limit.why, limit.references, limit.future, needs=limit.needs,
                 level=_published_level(limit.name))


def _mapped(limit):
    search = limit.search
    return Bound(search.experiment, "reach", limit.region, limit.why, search.references, search.future, limit.islands,
                 limit.needs, _published_level(search.name))


@cache
def register():
    """Every bound by name. Dark-photon searches carry the name their experiment has in the catalogue.

    >>> {"SHiP", "DUNE", "BaBar 4mu"} <= set(register())
    True
    """
    bounds = (
        _muonic("BaBar 4mu", "BaBar4mu_Lees2016_LmuLtau", "mu", "TheBABAR:2016rlg"),
        _muonic("CMS 4mu", "CMS4mu_Sirunyan2018_LmuLtau", "mu", "Sirunyan:2018nnz"),
        _muonic("NA64mu", "NA64mu_Andreev2024klw", "nu", "NA64:2024klw"),
        _muonic("Belle II invisible", "BelleII_Adachi2019otg", "nu", "Adachi:2019otg"),
        *(_muonic(f"NA64mu {muons}", f"NA64mu_{muons}", "nu", "NA64:2025ddk") for muons in ("3e11", "2e13", "1e14")),
        _scattering("Borexino", BOREXINO, *BOREXINO.references),
        _scattering("COHERENT", COHERENT_CSI, *COHERENT_CSI.references),
        _scattering("CCFR", CCFR, *CCFR.references),
        _scattering("DUNE", DUNE, *DUNE.references, future=True),
        _scattering("COHERENT future", COHERENT_FUTURE, "Abdullah:2018ykz", future=True),
        Bound("BBN+CMB", "left", lambda model, m=None: (BBN_CMB.mass(model),), BBN_CMB.why, BBN_CMB.references,
              needs=lambda model=None: ("n_eff",), level=BBN_CMB.allowed),
        Bound("N_eff", "limit", NEFF.region, NEFF.why, ("Escudero:2019gzq",),
              needs=lambda model=None: (NEFF.curve,), level=_published_level(NEFF.curve)),
        *map(beam_dump, (SHIP, SEAQUEST, FASER)),
        *map(_recast, recast.limits()), *map(_mapped, recast.maps()))
    return {bound.name: bound for bound in bounds}


def get(name):
    """The bound of this name; KeyError with all names for another one.

    >>> m, lower, upper = get("CCFR").region(ZPrime.muonic(g_nu=1), np.array([0.01, 0.1]))
    >>> [f"{g:.1e}" for g in lower]
    ['8.7e-04', '1.1e-03']
    """
    return register()[checks.choice("bound", name, register())]


def band(model, m=None, anomaly=g_minus_2.ANOMALY_2021):
    """(m, low, central, high): the reference coupling at -1, 0 and +1 standard deviations from the anomaly.

    m: (n,) GeV, `MASSES` when None. nan for a model that does not couple to muons.

    >>> m, low, central, high = band(ZPrime.muonic(), [0.01, 0.1])
    >>> [f"{g:.1e}" for g in central]
    ['5.0e-04', '9.5e-04']
    """
    checks.instance("model", model, Couplings)
    m = MASSES if m is None else np.atleast_1d(checks.mass(m))
    with np.errstate(over="ignore"):
        scale = np.divide(1, abs(model.mu), out=np.full(np.shape(model.mu), np.nan), where=model.mu != 0)
    return m, *(scale * g for g in g_minus_2.band(m, anomaly))


def coverage(model, m, names, anomaly=g_minus_2.ANOMALY_2021):
    """Fraction of the g-2 band that bounds exclude or probe together at each mass, in ln g: (n,).

    m: (n,) GeV; names: of the bounds, or `Bound` objects. nan for a model without a coupling to muons; (k, n) for k
    `ZPrimes`. ValueError where the band reaches down to g = 0.

    >>> names = ["SHiP", "SeaQuest", "DUNE"]
    >>> [f"{coverage(ZPrime.muonic(g_nu=ratio), 0.05, names)[0]:.2f}" for ratio in (1, 0.1, 0.01)]
    ['1.00', '0.00', '1.00']
    """
    m, low, _, high = band(model, m, anomaly)
    chosen = (name if isinstance(name, Bound) else get(name) for name in checks.listed("names", names))
    return covered(low, high, [interval for bound in chosen for interval in bound.intervals(model, m)])


def covered(low, high, intervals):
    """Fraction of the band low < g < high, in ln g, that lies in any of the intervals: the shape of low and high.

    intervals: a sequence of (lower, upper) that broadcast to that shape, nan where there is none. nan where the band
    is; ValueError where it reaches down to g = 0.

    >>> low, high = np.array([1.0]), np.array([100.0])
    >>> covered(low, high, [(np.array([10.0]), np.array([np.inf]))]).tolist()
    [0.5]
    """
    low, high = np.asarray(low, float), np.asarray(high, float)
    if np.any(low == 0):
        raise ValueError("anomaly: the band reaches down to g = 0, so no fraction of ln g is defined")
    edges = np.reshape([np.broadcast_arrays(low, *interval)[1:] for interval in intervals], (-1, 2, *low.shape))
    lower, upper = (np.clip(np.where(np.isnan(edge), low, edge), low, high) for edge in edges.swapaxes(0, 1))
    somewhere = (upper > lower).any(axis=tuple(range(1, lower.ndim)))  # the others would only cost time
    lower, upper = lower[somewhere], upper[somewhere]
    order = np.argsort(lower, axis=0, kind="stable")
    lower, upper = np.take_along_axis(lower, order, axis=0), np.take_along_axis(upper, order, axis=0)
    reached = np.maximum.accumulate(np.concatenate([low[None], upper]), axis=0)[:-1]
    new = np.log(np.maximum(upper, reached) / np.maximum(lower, reached))
    # Added one by one: np.sum would choose an order by the shape, and the last bit of a model depend on its neighbours.
    return sum(new, np.zeros_like(low)) / np.log(high / low)


def summary(model, m=None):
    """Everything on one model: a DataFrame indexed by the bound's name.

    Columns: `kind` (limit, reach or left), `future`; `coupling`, the smallest coupling excluded or probed, and `mass`
    in GeV where that is (for a "left" bound: 0 and the mass below which everything is excluded); `leads`, the
    fraction of the masses m at which nothing else of its sort (existing or future) goes lower; `why` there is
    none; `references`. nan where there is none. m: (n,) GeV, `MASSES` when None.

    >>> table = summary(ZPrime.muonic(), np.geomspace(1e-3, 1, 50))
    >>> table.loc["CCFR", "why"]
    'no coupling to muon neutrinos'
    >>> f"{table.coupling['SHiP']:.1e}"
    '8.7e-08'
    """
    m = MASSES if m is None else np.atleast_1d(checks.mass(m))
    lowest = {name: _lowest(bound, model, m) for name, bound in register().items()}
    rows = {}
    for name, bound in register().items():
        rivals = np.fmin.reduce([lowest[other.name] for other in register().values() if other.future == bound.future])
        at = int(np.argmin(np.nan_to_num(lowest[name], nan=np.inf)))
        rows[name] = {"kind": bound.role, "future": bound.future, "coupling": lowest[name][at],
                      "mass": bound.region(model, m)[0] if bound.role == "left" else m[at],
                      "leads": np.mean(lowest[name] <= rivals), "why": _why(bound, model, lowest[name]),
                      "references": " ".join(bound.references)}
    frame = pd.DataFrame.from_dict(rows, orient="index")
    return frame.assign(mass=frame.mass.where(frame.coupling.notna()))


def _why(bound, model, lowest):
    """The bound's own reason for none, or that its masses are others, when `lowest` is nan everywhere; or None."""
    return (bound.why(model) or "nothing at these masses") if np.isnan(lowest).all() else None


def _lowest(bound, model, m):
    """The smallest coupling that a bound excludes at each mass, nan where it excludes none: (n,)."""
    if bound.why(model):
        return np.full_like(m, np.nan)
    return np.fmin.reduce([lower for lower, _ in bound.intervals(model, m)])
