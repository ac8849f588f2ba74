"""Searches for a Z' that muons radiate, published for L_mu - L_tau and seen in one decay channel (Sec. 2.3)."""

from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ..physics import axial, decays, hadrons
from ..physics.models import Couplings, ZPrime
from .bound import no_coupling_to
from .events import Events
from .published import Published


@dataclass(frozen=True, kw_only=True)
class MuonicSearch(Published):
    """A limit published for L_mu - L_tau, produced through g_mu: events go with g_mu^2 BR.

    :param channel: the decay that is seen.
    :param published_br: what the limit was published for, when not L_mu - L_tau's own branching ratio.
    :param group: of `bound.GROUPS`.

    >>> from zputils import bounds
    >>> bounds.get("BaBar 4mu").why_not(ZPrime(e=1.0))
    'no coupling to muons'
    """

    channel: str
    published_br: float | None = None
    group: str = field(default="muons", repr=False)

    stacks = True

    def needs(self, model: Couplings | None = None) -> tuple[str, ...]:
        """Catalogue names: the published limit, hadronic widths.

        >>> from zputils import bounds
        >>> bounds.get("BaBar 4mu").needs(ZPrime.muonic(loop=False))
        ('BaBar4mu_Lees2016_LmuLtau',)
        """
        return (*super().needs(model), *hadrons.tables(model))

    def kernel(self, m: NDArray) -> Events:
        """What the search needs of a model at masses m: the published limit times sqrt(BR_{Lmu-Ltau}/BR_model)/g_mu.

        >>> from zputils import bounds
        >>> search = bounds.get("BaBar 4mu")
        >>> [f"{search.region(model, 1.0).limit[0]:.1e}" for model in (ZPrime.muonic(), ZPrime.muonic(g_nu=2))]
        ['1.7e-03', '2.9e-03']
        """
        limit = self.curve.lower_at(m)
        safe_m = np.where(np.isfinite(limit), m, self.masses[0])
        gauged = ZPrime.l_mu_minus_l_tau(loop=False)
        original = self.published_br or decays.branching_ratio(gauged, safe_m, self.channel)
        return Events(m, 2 * np.log(limit) + np.log(original),
                      produced=lambda model: _radiated(model.at(safe_m), safe_m),
                      widths=partial(decays.part_and_total, m=safe_m, channels=(self.channel,)), states=(self.channel,),
                      fixed=partial(decays.fixed_part, m=safe_m, channels=(self.channel,)))

    def why_not(self, model: Couplings) -> str | None:
        """Why the search says nothing of the model, or None.

        >>> from zputils import bounds
        >>> bounds.get("NA64mu").why_not(ZPrime.muonic(g_nu=0))
        'no decay to neutrinos'
        """
        own = model.at(self.masses)
        if self.channel == "nu" and np.any(own.mu) and not np.any(own.nu) and len(decays.counted(model, ("nu",))) < 2:
            return "no decay to neutrinos"
        return no_coupling_to("muons", own.mu, own.mu_axial) or axial.why_unknown(own, self.masses, "mu")


def _radiated(model, m):
    """g_mu^2 at masses m, nan where an axial coupling matters."""
    return abs(model.mu) ** 2 * axial.known(model, m, "mu") * np.ones_like(m)
