"""A published dark-photon limit as a limit on any Z' (Sec. 2.3; the method of arXiv:1801.04847).

At each mass the edge of what is excluded is where the Z' gives as many events as the dark photon does at
the published edge. With R = production x branching ratio and Gamma the total width, both per coupling squared::

    g^2 R P(g^2 Gamma) = epsilon^2 R_dp P(epsilon^2 Gamma_dp) = N.

P is 1, or the fraction of decays between the proper times t0 and t1. A prompt search with a largest proper
time has t0 = 0. A displaced one has t0/(t1 - t0) = L_sh/L_dec, and tau = t1 - t0 such that N is the same
at both published edges. In y = tau g^2 Gamma every such search is the one curve of `zputils.physics.displaced`:
ln y + ln P = ln N - ln R + ln(tau Gamma).
"""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from .. import checks, curves
from ..constants import ALPHA, HBAR, HBAR_C, M_ETA, M_MU, M_PHI
from ..physics import decays, displaced, hadrons, mixtures
from ..physics.hadrons import MASS_MAX, vmd_ratio
from ..physics.models import QUARKS, ZPrime
from ..physics.production import MECHANISMS
from .ratio_map import MapSearch

KINDS = ("prompt", "displaced", "invisible", "indirect")
EDITIONS = ("paper", "today")  # searches that the paper draws, and those that it leaves out or that came later
LEPTONS_ALONE = "leptons"  # instead of a branching ratio: published for a dark photon without hadronic decays

# Largest proper time in 1/GeV at which a decay still counts as prompt; m: (n,) GeV.
PROPER_TIMES = {
    "na48": lambda m: m / 50 / HBAR_C,  # 1 m of flight at 50 GeV
    "kloe": lambda m: 0.08 * 2 * M_PHI * m / (M_PHI**2 + m**2) / HBAR_C,  # 8 cm of flight from phi decays
    "kloe_phi": lambda m: 0.08 * 2 * M_PHI * m / (M_PHI**2 + m**2 - M_ETA**2) / HBAR_C,  # from phi -> eta X
    "lhcb": lambda m: (0.004 / (m - 2 * M_MU) + 0.1) * 1e-12 / HBAR,
}

_LHCB_SHARES = {"rho0": "rho mixing", "omega": "omega mixing", "phi": "phi mixing", "eta_gamma": "eta -> gamma X",
                "omega_pi0": "omega -> pi0 X", **{f"{q}_{q}": f"{q} qbar" for q in QUARKS}}


@cache
def lhcb_shares():
    """(m, {mechanism: its share of the dark photons at LHCb}), (n,) each, m in GeV (arXiv:1801.04847).

    >>> m, shares = lhcb_shares()
    >>> "eta -> gamma X" in shares
    True
    """
    table = curves.table("lhcb_production_fractions")
    return table.m_GeV.to_numpy(), {name: table[column].to_numpy() for column, name in _LHCB_SHARES.items()}


def lhcb_mixture(model, m):
    """Production at LHCb over that of a dark photon with epsilon = 1: each mechanism by its share.

    The shares are linear in m between the table's masses and brought to a sum of 1. m: (n,) GeV; returns (n,).

    >>> f"{lhcb_mixture(2 * ZPrime.dark_photon(), 1.0):.2f}"
    '4.00'
    """
    table_m, shares = lhcb_shares()
    shares = {name: np.interp(m, table_m, share) for name, share in shares.items()}
    return sum(share * MECHANISMS[name](model, m) for name, share in shares.items()) / sum(shares.values())


PRODUCTION = MECHANISMS | mixtures.MIXTURES | {
    "electron loop": MECHANISMS["e+e- annihilation"], "lhcb_production_fractions": lhcb_mixture}
_CHANNELS = {"e_e": "e", "mu_mu": "mu", "invisible": "nu", "hadrons": "hadrons"}
FINAL_STATES = (*_CHANNELS, "pi+_pi-")


@dataclass(frozen=True)
class Recast:
    """A published dark-photon limit and what its number of events is made of.

    name: in the catalogue; experiment: as figures call it; kind: of KINDS; production: a key of PRODUCTION;
    final_states: of FINAL_STATES, none for a virtual Z'; shield_to_decay: L_sh/L_dec of a displaced search;
    proper_time: a key of PROPER_TIMES for a prompt search that loses late decays; published_br: the
    branching ratio the limit was published for, when not the dark photon's own; leptons_alone: that of a dark
    photon without hadronic decays; edition: of EDITIONS; future: a projection; references: BibTeX keys.

    >>> search = get("BaBar_Lees2014xha")
    >>> search.experiment, search.kind, search.final_states
    ('BaBar', 'prompt', ('e_e', 'mu_mu'))
    """

    name: str
    experiment: str
    kind: str
    production: str
    final_states: tuple[str, ...] = ()
    shield_to_decay: float | None = None
    proper_time: str | None = None
    published_br: float | None = None
    leptons_alone: bool = False
    edition: str = "paper"
    future: bool = False
    references: tuple[str, ...] = ()

    def __post_init__(self):
        checks.choice(f"kind of {self.name}", self.kind, (*KINDS, "map"))
        checks.choice(f"edition of {self.name}", self.edition, EDITIONS)
        checks.choice(f"production of {self.name}", self.production, PRODUCTION)
        for state in self.final_states:
            checks.choice(f"final state of {self.name}", state, FINAL_STATES)
        if self.proper_time is not None:
            checks.choice(f"proper time of {self.name}", self.proper_time, PROPER_TIMES)
        if self.published_br is not None:
            checks.real(f"branching ratio of {self.name}", self.published_br, 0, 1, open_low=True)
        if self.kind == "displaced":
            checks.real(f"L_sh/L_dec of {self.name}", self.shield_to_decay, 0, open_low=True)

    def needs(self, model=None):
        """Catalogue names of what the limit on a model, or on any when None, is made from.

        The published limit, the shares of production, hadronic widths of the dark photon and of the model.

        >>> get("E774_Bross1989mp").needs()
        ('E774_Bross1989mp', 'pdg_rratio_2020', 'vmd_hadronic_ratios')
        """
        shares = (self.production,) if self.production in curves.names() else ()
        photon = (hadrons.R_TABLE,) if self.final_states else ()
        pions = (hadrons.VMD_TABLE,) if "pi+_pi-" in self.final_states else ()
        mine = hadrons.tables(model) if self.final_states else ()
        return tuple(dict.fromkeys((self.name, *shares, *photon, *pions, *mine)))

    @property
    def curve(self):
        """The published `curves.Curve`.

        >>> get("BaBar_Lees2014xha").curve.coupling
        'epsilon'
        """
        return curves.load(self.name)

    def region(self, model, m=None):
        """The couplings that are excluded, lower < g < upper, as (m, lower, upper): three arrays of one shape.

        upper is inf where everything above lower is excluded. Both are nan where the search says nothing:
        outside the published masses and in their gaps, where the model gives too few events at any coupling,
        and, for a model with quark couplings, beyond 80 GeV, where its hadronic width is not known.

        m: GeV, any shape; between the published masses the published edges are interpolated log-log. When
        None: the published masses and, between them, the tips where the two edges of a displaced search meet
        (`_with_tips`). g is the model's reference coupling.

        >>> m, lower, upper = get("BaBar_Lees2014xha").region(ZPrime.universal_leptons(), [0.5])
        >>> f"{lower[0]:.1e}", f"{upper[0]}"
        ('2.6e-04', 'inf')
        """
        edge = _published(self) if m is None else _edge(self, checks.mass(m))
        need, log_y = self._need(model, edge)
        if edge.log_tau is None:
            log_g2 = np.where(np.isfinite(need), need, np.nan), np.inf
        elif self.shield_to_decay is None:
            log_g2 = displaced.rise(need + log_y) - log_y, np.inf
        else:
            log_g2 = [x - log_y for x in displaced.crossings(need + log_y, self.shield_to_decay)]
            if m is None:
                return _with_tips(edge.m, *log_g2, need, log_y, self.shield_to_decay)
        lower, upper = (np.exp(x / 2) for x in log_g2)
        return edge.m, lower, np.where(np.isnan(lower), np.nan, upper)

    def why(self, model):
        """Why the search excludes nothing at any of its masses, or None when it does exclude something.

        >>> get("BaBar_Lees2014xha").why(ZPrime.muonic(loop=False))
        'no coupling to what produces it: e+e- annihilation'
        """
        if reason := self.unseen(model, _published(self).m):
            return reason
        return "too few decays in the detector at any coupling" if np.isnan(self.region(model)[1]).all() else None

    def unseen(self, model, m):
        """Why a model makes no events at any of the masses m and any coupling, or None. m: (n,) GeV.

        >>> get("NA48_Batley2015lha").unseen(ZPrime(u=1.0, mu=1.0), np.array([0.05]))
        'no decay to what is searched for: e_e'
        """
        produced = PRODUCTION[self.production](model, m)
        if not np.any(produced):
            return f"no coupling to what produces it: {self.production}"
        if not np.any(produced * _decays(self, model, m)[0] > 0):
            return f"no decay to what is searched for: {' or '.join(self.final_states)}"
        return None

    def rate(self, model, m):
        """(production x branching ratio over a dark photon's production, width in GeV), per g^2, (n,) each. m: GeV.

        >>> rate, width = get("BaBar_Lees2014xha").rate(ZPrime.dark_photon(), np.array([0.1]))
        >>> f"{rate[0]:.2f} {width[0]:.1e}"
        '1.00 2.4e-04'
        """
        branching, width = _decays(self, model, m)
        return PRODUCTION[self.production](model, m) * branching, width

    def _need(self, model, edge):
        """(ln N - ln R, ln(tau Gamma)) of a model at the masses of an edge; inf or nan without events."""
        branching, width = _decays(self, model, edge.safe_m)
        with np.errstate(divide="ignore"):
            need = edge.log_events - np.log(PRODUCTION[self.production](model, edge.safe_m) * branching)
            return need, None if edge.log_tau is None else edge.log_tau + np.log(width)


@dataclass(frozen=True, eq=False)
class _Edge:
    """A published edge as a number of events, arrays of one shape.

    m: GeV; safe_m: m, but the first published mass where nothing is published at m; log_events: ln N, nan there;
    log_tau: ln tau with tau in 1/GeV, None when the lifetime does not matter.
    """

    m: np.ndarray
    safe_m: np.ndarray
    log_events: np.ndarray
    log_tau: np.ndarray | None


def _edge(recast, m):
    """The `_Edge` of a limit at masses m."""
    known = np.isfinite(recast.curve.lower_at(m))
    safe_m = np.where(known, m, recast.curve.m[0])
    branching, width = _decays(recast, _PHOTONS[recast.leptons_alone], safe_m)
    log_g2 = 2 * np.log(recast.curve.lower_at(safe_m))
    log_events = np.where(known, log_g2 + np.log(recast.published_br or branching), np.nan)
    if recast.proper_time is None and recast.shield_to_decay is None:
        return _Edge(m, safe_m, log_events, None)
    if recast.shield_to_decay is None:
        s, log_y = 0.0, np.log(PROPER_TIMES[recast.proper_time](safe_m) * width) + log_g2
    else:
        s = recast.shield_to_decay
        log_y = displaced.lower_of_pair(2 * np.log(recast.curve.upper_at(safe_m)) - log_g2, s)
    return _Edge(m, safe_m, log_events + displaced.log_shape(log_y, s) - log_y, log_y - log_g2 - np.log(width))


_PHOTONS = {False: ZPrime.dark_photon(), True: replace(ZPrime.dark_photon(), **dict.fromkeys(QUARKS, 0.0))}


@cache
def _published(recast):
    """The `_Edge` of a limit at its published masses."""
    return _edge(recast, recast.curve.m)


def _decays(recast, model, m):
    """(branching ratio to what is searched for, total width per coupling squared in GeV) at masses m.

    A virtual Z' has branching ratio 1. Both are nan where a width is not known or nothing is open.
    """
    if not recast.final_states:
        return np.ones_like(m), np.full_like(m, np.nan)
    known = m <= (MASS_MAX if any(np.any(getattr(model, q)) for q in QUARKS) else np.inf)
    widths = decays.partial_widths(model, np.where(known, m, MASS_MAX))
    total = sum(widths.values())
    total = np.where(known & (total > 0), total, np.nan)
    part = sum(widths[_CHANNELS[state]] for state in recast.final_states if state in _CHANNELS)
    if "pi+_pi-" in recast.final_states:
        part = part + ALPHA * m / 3 * vmd_ratio(model, m, "pi+_pi-")
    return part / total, total


def _with_tips(m, log_lower, log_upper, need, log_y, s):
    """(m, lower, upper) with a row wherever the two edges meet between neighbouring masses, (n,) each.

    Between the mass that has a reach and the one that has none the surplus of events at the best coupling,
    ln(peak of y P) - ln N + ln R - ln(tau Gamma), and ln of that coupling are taken as linear in ln m.
    """
    top = displaced.peak(s)
    surplus, best = displaced.log_shape(top, s) - need - log_y, top - log_y
    ends = np.isnan(log_lower)
    at = np.flatnonzero((ends[1:] != ends[:-1]) & np.isfinite(surplus[1:]) & np.isfinite(surplus[:-1]))
    share = np.clip(surplus[at] / (surplus[at] - surplus[at + 1]), 0, 1)
    log_m, tip = (x[at] + share * (x[at + 1] - x[at]) for x in (np.log(m), best))
    columns = (m, np.exp(log_m)), (np.exp(log_lower / 2), np.exp(tip / 2)), (np.exp(log_upper / 2), np.exp(tip / 2))
    return tuple(np.insert(values, at + 1, new) for values, new in columns)


@cache
def limits(edition=None):
    """Every published dark-photon limit of the catalogue, or of one of EDITIONS, as a tuple of `Recast`.

    Those that are published as a map are in `maps`.

    >>> sorted({search.kind for search in limits()})
    ['displaced', 'indirect', 'invisible', 'prompt']
    >>> len(limits("paper")) < len(limits())
    True
    """
    if edition is None:
        return _searches(KINDS)
    checks.choice("edition", edition, EDITIONS)
    return tuple(search for search in limits() if search.edition == edition)


@cache
def maps():
    """Every limit of the catalogue that is published as a map of ratios, as a tuple of `ratio_map.MapSearch`.

    >>> [found.search.experiment for found in maps()]
    ['LHCb displaced']
    """
    return tuple(MapSearch(search) for search in _searches(("map",)))


def _searches(kinds):
    rows = curves.catalogue()
    return tuple(_from_row(row) for row in rows[rows.kind.isin(kinds)].itertuples())


def get(name):
    """The `Recast` of a catalogued name; KeyError with all names for another one.

    >>> get("E137_Andreas2012mt").production
    'electron bremsstrahlung'
    """
    every = {recast.name: recast for recast in limits()}
    return every[checks.choice("dark-photon limit", name, every)]


def _from_row(row):
    """A `Recast` from its row of the catalogue; ValueError for one that does not say what it must."""
    for column in ("inspire", "confidence_level", "experiment"):
        if not getattr(row, column):
            raise ValueError(f"catalogue.csv, row {row.Index}: {column} is missing; a bound says where it is "
                             "published, by which experiment and at what level it excludes")
    number = row.published_br and row.published_br != LEPTONS_ALONE
    return Recast(
        row.Index, row.experiment, row.kind, row.production,
        final_states=tuple(row.final_states.replace("none", "").split()),
        shield_to_decay=float(row.L_sh_m) / float(row.L_dec_m) if row.L_sh_m else None,
        proper_time=row.proper_time_rule or None,
        published_br=float(row.published_br) if number else None,
        leptons_alone=row.published_br == LEPTONS_ALONE,
        edition=row.edition, future=row.future == "yes",
        references=tuple(row.inspire.split()))
