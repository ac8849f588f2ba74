"""A published dark-photon limit as a limit on any Z' (Sec. 2.3; the method of arXiv:1801.04847).

At each mass the edge of what is excluded is where the Z' gives as many events as the dark photon does at the published
edge: `methods.events`, with N from the dark photon. A displaced search has t0/(t1 - t0) = L_sh/L_dec, and t1 - t0 such
that N is the same at both published edges.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial

import numpy as np

from .. import checks
from ..constants import ALPHA
from ..physics import decays, displaced, hadrons
from ..physics.mechanisms import MECHANISMS, mechanism_ratio
from ..physics.models import Couplings, ZPrime
from .bound import Published
from .events import Events
from .region import Region

CHANNELS = ("e", "mu", "nu")
FINAL_STATES = (*CHANNELS, "pi+_pi-")


@dataclass(frozen=True, kw_only=True)
class Recast(Published):
    """A published dark-photon limit and what its number of events is made of.

    production: of `mechanisms.MECHANISMS`, or a function of a model and masses;
    final_states: of FINAL_STATES, none for a virtual Z'. What it says of the lifetime: nothing; `proper_time`, the
    largest, in 1/GeV as a function of the mass, for a prompt search that loses late decays; `shield` and `decay`, the
    lengths in m before and of the region in which decays are seen, for a displaced one. published_br: the branching
    ratio the limit was published for, when not the dark photon's own.

    >>> from zputils import bounds
    >>> bounds.get("BaBar").final_states
    ('e', 'mu')
    """

    production: str | Callable
    final_states: tuple[str, ...] = ()
    shield: float | None = None
    decay: float | None = None
    proper_time: Callable | None = None
    published_br: float | None = None
    shares: tuple[str, ...] = field(default=(), repr=False)

    def __post_init__(self):
        super().__post_init__()
        if not callable(self.production):
            checks.choice(f"production of {self.name}", self.production, MECHANISMS)
        for state in checks.listed(f"final_states of {self.name}", self.final_states):
            checks.choice(f"final state of {self.name}", state, FINAL_STATES)
        if self.published_br is not None:
            checks.real(f"branching ratio of {self.name}", self.published_br, 0, 1, open_low=True)
        if (self.shield is None) != (self.decay is None):
            raise ValueError(f"{self.name}: shield = {self.shield} and decay = {self.decay} belong together")
        if self.shield is not None and self.proper_time is not None:
            raise ValueError(f"{self.name}: a search behind a shield takes no proper_time")
        for length in ("shield", "decay") if self.shield is not None else ():
            checks.real(f"{length} of {self.name} [m]", getattr(self, length), 0, open_low=True)

    def needs(self, model=None):
        """Catalogue names: the published limit, the shares of production, hadronic widths of photon and model.

        >>> from zputils import bounds
        >>> bounds.get("E774").needs()
        ('E774_Bross1989mp', 'pdg_rratio_2020', 'hadronic_forms')
        """
        photon = (hadrons.R_TABLE,) if self.final_states else ()
        pions = (hadrons.FORMS_TABLE,) if "pi+_pi-" in self.final_states else ()
        mine = hadrons.tables(model) if self.final_states else ()
        return tuple(dict.fromkeys((self.data, *self.shares, *photon, *pions, *mine)))

    def kernel(self, m=None) -> Events:
        """What the search needs of a model at masses m (GeV, any shape), at the published ones when None.

        Between the published masses the published edges are interpolated log-log.

        >>> from zputils import bounds
        >>> bounds.get("BaBar").kernel().m.size == bounds.get("BaBar").masses.size
        True
        """
        return _published(self) if m is None else _kernel(self, checks.mass(m))

    def region(self, model, m=None) -> Region:
        """The couplings that are excluded, nan outside the published masses, in their gaps, and where the model gives
        too few events at any coupling.

        m: (n,) GeV; when None: the published masses and, between them, the tips where the edges of a displaced search
        meet. The couplings are the model's reference coupling.

        >>> from zputils import bounds
        >>> region = bounds.get("BaBar").region(ZPrime.universal_leptons(), [0.5])
        >>> f"{region.lower[0, 0]:.1e}", f"{region.upper[0, 0]}"
        ('2.6e-04', 'inf')
        """
        checks.instance("model", model, Couplings)
        return self.kernel().with_tips(model) if m is None else self.kernel(self.at(m)).region(model)

    def why(self, model) -> str | None:
        """Why the search excludes nothing at any of its masses, or None when it does exclude something.

        >>> from zputils import bounds
        >>> bounds.get("BaBar").why(ZPrime.muonic(loop=False))
        'no coupling to what produces it: e+e- annihilation'
        """
        kernel = self.kernel()
        produced = kernel.produced(model)
        if np.isnan(produced).any() and not np.any(np.nan_to_num(produced)):
            return f"does not know axial couplings of the electron in {self.produced_by}"
        if not np.any(produced):
            return f"no coupling to what produces it: {self.produced_by}"
        fixed = kernel.fixed(model) if kernel.fixed else None
        seen = 1.0 if kernel.seen is None else kernel.seen(model) + (fixed[0] if fixed else 0.0)
        if not np.any(produced * np.nan_to_num(seen) > 0):
            return f"no decay to what is searched for: {' or '.join(self.final_states)}"
        return "too few decays in the detector at any coupling" if kernel.region(model).empty else None

    @property
    def produced_by(self) -> str:
        """The production mechanism in words.

        >>> from zputils import bounds
        >>> bounds.get("BaBar").produced_by
        'e+e- annihilation'
        """
        return self.production if isinstance(self.production, str) else self.production.__name__.replace("_", " ")


def _kernel(recast, m):
    known = np.isfinite(recast.curve.lower_at(m))
    safe_m = np.where(known, m, recast.masses[0])
    by_name = partial(mechanism_ratio, mechanism=recast.production)
    production = recast.production if callable(recast.production) else by_name

    def produced(model):
        return production(model.at(safe_m), m=safe_m)

    log_epsilon2 = 2 * np.log(recast.curve.lower_at(safe_m))
    if not recast.final_states:
        return Events(m, np.where(known, log_epsilon2, np.nan), produced)
    seen, width = partial(_seen, m=safe_m, states=recast.final_states), partial(_width, m=safe_m)
    fixed = partial(decays.fixed_part, m=safe_m, channels=recast.final_states)
    photon = ZPrime.dark_photon()
    gamma = width(photon)
    log_events = log_epsilon2 + np.log(recast.published_br or seen(photon) / gamma)
    if recast.proper_time is None and recast.shield is None:
        return Events(m, np.where(known, log_events, np.nan), produced, seen, width, fixed=fixed)
    if recast.shield is None:
        s, log_y = 0.0, np.log(recast.proper_time(safe_m) * gamma) + log_epsilon2
    else:
        s = recast.shield / recast.decay
        log_y = displaced.lower_of_pair(2 * np.log(recast.curve.upper_at(safe_m)) - log_epsilon2, s)
    log_events = np.where(known, log_events + displaced.log_shape(log_y, s) - log_y, np.nan)
    return Events(m, log_events, produced, seen, width, log_y - log_epsilon2 - np.log(gamma), s, fixed)


@cache
def _published(recast):
    return _kernel(recast, recast.masses)


def _width(model, m):
    total = decays.total_width(model, m)
    return np.where(total > 0, total, np.nan)


def _seen(model, m, states):
    part = decays.width_to(model, m, states)
    return part + ALPHA * m / 3 * hadrons.channel_ratio(model, m, "pi+_pi-") if "pi+_pi-" in states else part
