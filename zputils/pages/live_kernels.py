"""What each bound is made of, as numbers for a page: its kernel at its own masses and at those of `bound.MASSES`.

The words are those of `methods.events`, `methods.counting`, `methods.chi_squared`, `methods.ratio_map` and
`methods.thermal`; `why` holds what a bound that excludes nothing says of it.
"""

from collections.abc import Collection
from typing import Any

import numpy as np

from .. import curves
from ..constants import G_FERMI
from ..methods import counting, n_eff, thermal
from ..methods.beam_dump import BeamDump
from ..methods.bound import MASSES, Bound, no_coupling_to
from ..methods.muonic import MuonicSearch
from ..methods.ratio_map import MapSearch
from ..methods.recast import Recast
from ..methods.stacked import known_masses
from ..methods.stopped_pions import StoppedPions
from ..methods.together import Together
from ..physics import displaced, forms
from ..physics.couplings import NEUTRINOS
from ..physics.mechanisms import EachMechanism
from ..physics.models import FERMIONS, ZPrime
from .live_columns import Columns

PIPI = "pi+_pi-"


def kernel(bound: Bound, columns: Columns) -> dict:
    """What a bound is made of, its columns added to `columns`.

    :param bound: whose answer is asked for.
    :param columns: to which its own are added.

    >>> from zputils import bounds
    >>> kernel(bounds.get("CCFR"), Columns())["kind"]
    'count'
    """
    if isinstance(bound, thermal.LightThermal):
        return _thermal(bound) | {"n": 2, "grid": {"m": columns.add(MASSES), "n": MASSES.size}}
    if isinstance(bound, counting.Counting):
        return _counts(bound, columns)
    whole = {"kind": "map", **_table(bound)} if isinstance(bound, MapSearch) else {"kind": "events", **_sort(bound)}
    whole |= {"why": _why(bound), **_at(bound, bound.masses, columns)}
    return whole if bound.masses is MASSES else whole | {"grid": _at(bound, MASSES, columns)}


# -- the early universe ------------------------------------------------------------------------------

def _thermal(bound):
    rows = thermal.published()
    ratios = rows.index.to_numpy()
    edge = ratios[[1, -2]]
    return {"kind": "below", "first": edge[0], "last": edge[1],
            "position": thermal.position(ratios, *edge).tolist(), "mass": rows[thermal.DATA_SETS[bound.data]].tolist(),
            "why": [[_needs("electrons or neutrinos", "e", *NEUTRINOS)]]}


# -- counts ------------------------------------------------------------------------------------------

def _counts(bound, columns):
    """n0, for each product of couplings the pairs that make it, N1 and N2, and what is measured."""
    m = bound.masses
    found = bound.kernel(m)
    whole = {"m": columns.add(m), "n": m.size, "products": _products(bound), "n0": found.n0.tolist(),
             "why": [_lacks(one) for one in getattr(bound, "experiments", (bound,))]}
    if found.n0.size > 1:
        return whole | {"kind": "chi_squared", **_chi_squared(bound, found), **_polynomials(bound, found, columns)}
    low, high = bound.allowed(found.n0.item())
    return whole | {"kind": "count", "low": float(low), "high": float(high), **_columns(found, columns)}


def _chi_squared(bound, found):
    """What is measured and what is uncertain: shifts that can make up for the whole prediction, as `start` says."""
    chi2 = bound.chi_squared(found, np.zeros((len(found.linear), 1)))
    start, rest = chi2.as_shift
    if np.any(rest) or len(start) > 2:
        raise ValueError(f"{bound.name}: {len(start)} nuisances that leave {abs(rest).max():.3g} of a prediction; the "
                         "page takes one or two that can make up for all of it")
    return {"observed": chi2.observed.tolist(), "error": chi2.error.tolist(), "shifts": chi2.shifts.tolist(),
            "start": start.tolist(), "threshold": bound.z**2, "intervals": chi2.degree // 2 + 1}


def _polynomials(bound, found, columns):
    """N1 and N2 as columns, or what they are sums over where there are many bins."""
    if not isinstance(bound, Together):
        return _columns(found, columns)
    parts: Any = bound.experiments  # the one that is on the page has stopped pions alone
    bins = np.cumsum([0, *(experiment.n_bins for experiment in parts)]).tolist()
    return {"fermi": np.sqrt(2) * G_FERMI, "recoils": [
        {"q2": columns.add(q2), "events": columns.add(each), "bins": (first + place).tolist(),
         "weak": 2 * nucleus.weak_charge}
        for experiment, first in zip(parts, bins, strict=False) for nucleus in experiment.nuclei
        for q2, place, events in [experiment.at_recoils(nucleus)] for each in events]}


def _columns(found, columns):
    return {name: [[columns.add(one_bin) for one_bin in part] for part in parts]
            for name, parts in (("linear", found.linear), ("quadratic", found.quadratic))}


def _products(bound):
    """[[a, b, weight], ...] for each product of couplings of a count: the sum of weight g_a g_b.

    They are read off the models that have two couplings.
    """
    units = np.eye(len(FERMIONS))
    own = [[_product(bound, unit)] for unit in units]
    size = len(own[0][0])
    found: list[list] = [[] for _ in range(size)]
    for i in range(len(FERMIONS)):
        for j in range(i + 1):
            value = own[i][0] if i == j else _product(bound, units[i] + units[j]) - own[i][0] - own[j][0]
            for terms, weight in zip(found, value.tolist(), strict=True):
                if weight:
                    terms.append([FERMIONS[i], FERMIONS[j], weight])
    return found


def _product(bound, couplings):
    return np.array(bound.products(ZPrime(**dict(zip(FERMIONS, couplings.tolist(), strict=True)))), float)


def _lacks(bound):
    """What a count needs, one thing after the other."""
    if isinstance(bound, StoppedPions):
        nuclei = [[nucleus.protons, nucleus.nucleons - nucleus.protons] for nucleus in bound.nuclei]
        return [_needs("nu_e or nu_mu", "nu_e", "nu_mu"), _needs("the nuclei", *nuclei)]
    return [_needs(counting.WORDS[bound.lepton], bound.lepton),
            _needs(counting.WORDS[bound.neutrinos], *bound.neutrinos)]


def _needs(what, *any_of):
    """Couplings, or protons and neutrons of nuclei, one of which must not vanish, and what is said where all do."""
    return {"any": any_of, "text": no_coupling_to(what)}


# -- searches for a produced Z' ----------------------------------------------------------------------

def _sort(bound):
    """What is the same at all masses."""
    found = bound.kernel(bound.masses)
    whole = {"virtual": found.widths is None, "tips": isinstance(bound, Recast),
             "needs_nu": isinstance(bound, n_eff.DecaysToElectrons), "states": found.states}
    if not found.shield:
        return whole
    top = float(displaced.peak(found.shield))
    return whole | {"shield": found.shield, "top": top, "highest": float(displaced.log_shape(top, found.shield))}


def _table(bound):
    """The map: at each of its masses ratios at rising epsilons."""
    frame = curves.table(bound.data)
    return {"states": bound.final_states, "rows": frame.groupby("m_GeV").size().tolist(),
            "epsilon": frame.epsilon.tolist(), "ratio": frame.ratio.tolist()}


def _at(bound, m, columns):
    """What depends on the mass, at masses m, (n,) GeV."""
    found = bound.kernel(m)
    if isinstance(bound, MapSearch):
        produced, seen, whole, _ = found.rates(ZPrime.dark_photon())
        return {"photon_rate": columns.add(produced * (seen / whole)), "photon_width": columns.add(whole),
                "forms": widths(m, columns, bound.final_states),
                **_made(m, m, found.produced(EachMechanism()), columns)}
    known = m if m is MASSES else known_masses(found)
    said = _made(m, known, found.produced(EachMechanism()), columns)
    said["log_events"] = columns.add(found.log_events)
    if found.widths is not None:
        said["forms"] = widths(known, columns, found.states, found.shift)
    if found.log_time is not None:
        said["log_time"] = columns.add(found.log_time)
    return said


def _made(m, known, weights, columns):
    """The masses and, for each mechanism, its weight, its floor and {fermion: [real, imaginary]}."""
    rows, terms = EachMechanism.ROWS, []
    for name, weight in zip(rows, np.broadcast_to(weights, (len(rows), m.size)), strict=True):
        if np.any(weight):
            form = {fermion: [columns.add(np.broadcast_to(part, m.shape)) for part in (np.real(a), np.imag(a))]
                    for fermion, a in forms.linear(name, known).items()}
            terms.append({"weight": columns.add(weight), "floor": forms.floor_of(name), "form": form})
    return {"m": columns.add(m), "n": m.size, "production": terms}


def widths(m: np.ndarray, columns: Columns, states: Collection[str] = (), shift: float = 0.0) -> dict:
    """The forms of the widths to hadrons and, where it is one of `states`, to pi+ pi- at masses m, (n,) GeV.

    Leptons are a formula.

    :param m: (n,) GeV.
    :param columns: to which these are added.
    :param states: that the search sees.
    :param shift: of R, in its errors.

    >>> sorted(widths(np.array([0.5]), Columns(), ["pi+_pi-"]))
    ['hadrons', 'pi+_pi-']
    """
    by_channel = forms.channels(m, shift)
    return {name: [[*pair, columns.add(entry)] for pair, entry in by_channel[name].items()]
            for name in ("hadrons", *({PIPI} & set(states)))}


def _why(bound):
    """What is said where nothing is produced, where nothing is seen, and where that is too little."""
    made = bound.why_not(ZPrime())
    if isinstance(bound, BeamDump):
        return {"made": made, "seen": "no visible decay", "few": "too few visible decays at any coupling"}
    if isinstance(bound, MuonicSearch | n_eff.DecaysToElectrons):
        return {"made": made, "seen": "no decay to neutrinos"}
    few = "events" if isinstance(bound, MapSearch) else "decays in the detector"
    return {"made": made, "seen": f"no decay to what is searched for: {' or '.join(bound.final_states)}",
            "few": f"too few {few} at any coupling"}
