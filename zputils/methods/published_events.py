"""How many events a published edge stands for: those of the model it was published for, at the published couplings.

ln N = ln epsilon^2 + ln R + ln BR + ln P, of the dark photon unless the curve is of another model. A displaced search
has t0/(t1 - t0) = L_sh/L_dec, and t1 - t0 such that N is the same at both published edges.
"""

from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .. import checks
from ..constants import ALPHA
from ..kept import by_mass
from ..physics import decays, displaced, hadrons
from ..physics.models import QUARKS, Couplings, ZPrime
from .events import Events

if TYPE_CHECKING:
    from .recast import Recast

_LEPTONS_ALONE: dict[str, Any] = dict.fromkeys(QUARKS, 0.0)
_PHOTONS = {False: ZPrime.dark_photon(), True: replace(ZPrime.dark_photon(), **_LEPTONS_ALONE)}


@cache
def kept(recast: "Recast") -> Events:
    """The kernel of a search at its published masses, which is computed once.

    :param recast: the search.

    >>> from zputils import bounds
    >>> kept(bounds.get("BaBar")) is kept(bounds.get("BaBar"))
    True
    """
    return kernel(recast, recast.masses)


def kernel(recast: "Recast", m: NDArray) -> Events:
    """What a search needs of a model at masses m, (n,) GeV; nan outside the published masses and in their gaps.

    :param recast: the search.
    :param m: (n,) GeV.
    :raises ValueError: where the model that the curve was published for makes no events, though there is a limit; for a
        curve that is not of a search of this sort (`Recast.check`).

    >>> from zputils import bounds
    >>> kernel(bounds.get("E141"), np.array([0.005, 10.0])).log_events.round(1).tolist()
    [-23.2, nan]
    """
    recast.check(recast.curve)
    known = np.isfinite(recast.curve.lower_at(m))
    safe_m = np.where(known, m, recast.masses[0])
    produced, states = partial(recast.produced, m=safe_m), recast.final_states
    widths = partial(recast.widths, m=safe_m) if states else None
    published = _published_widths(recast, widths, m, known)
    log_events, log_time, shield = _at_the_edge(recast, produced, published, safe_m, known)
    fixed = partial(decays.fixed_part, m=safe_m, channels=states) if states else None
    return Events(m, np.where(known, log_events, np.nan), produced, widths, log_time, shield, states, fixed=fixed)


def _published_widths(recast, widths, m, known):
    """To what is searched for and to everything, of the published model, (n,) each; None for a virtual Z'.

    Those of a dark photon are the same for every search for the same, whatever the masses that each knows.
    """
    if widths is None or recast.published_model is not None:
        return widths and widths(recast.published_model)
    return [np.where(known, width, 1.0) for width in _of_a_photon(m, recast.leptons_alone, recast.final_states)]


@by_mass(32)
def _of_a_photon(m, leptons_alone, states):
    known_up_to = hadrons.QUARKS_START if "pi+_pi-" in states else hadrons.MASS_MAX  # no search goes beyond
    return part_and_total(_PHOTONS[leptons_alone], np.minimum(m, known_up_to), states)


def part_and_total(model: Couplings, m: NDArray, states: tuple[str, ...]) -> tuple[NDArray, NDArray]:
    """(to the final states of a search, to everything), GeV per coupling squared, (n,) each; nan where nothing is open.

    :param model: the Z'.
    :param m: (n,) GeV.
    :param states: of `mechanisms.FINAL_STATES`.
    :returns: GeV per coupling squared, (n,) each; nan where nothing is open.

    >>> [f"{width[0]:.1e}" for width in part_and_total(ZPrime.b_minus_l(), np.array([0.1]), ("e", "mu"))]
    ['2.7e-03', '6.6e-03']
    """
    seen, whole = decays.part_and_total(model, m, states)
    if "pi+_pi-" in states:
        seen = seen + ALPHA * m / 3 * hadrons.channel_ratio(model, m, "pi+_pi-")
    return seen, np.where(whole > 0, whole, np.nan)


def _at_the_edge(recast, produced, widths, m, known):
    """ln N, ln(t1 - t0) and t0/(t1 - t0) of `Events`, from the published model at the published edge."""
    log_epsilon2 = 2 * np.log(recast.curve.lower_at(m))
    log_events = log_epsilon2 + _log_production(recast, produced, m, known)
    if widths is None:
        return log_events, None, 0.0
    seen, gamma = widths
    log_events = log_events + np.log(recast.published_br or _positive(
        recast, seen / gamma, m, known, f"decay to {' or '.join(recast.final_states)}"))
    if recast.proper_time is None and recast.shield is None:
        return log_events, None, 0.0
    log_y, s = _in_lifetimes(recast, m, log_epsilon2, gamma)
    return log_events + displaced.log_shape(log_y, s) - log_y, log_y - log_epsilon2 - np.log(gamma), s


def _in_lifetimes(recast, m, log_epsilon2, gamma):
    """ln of t1 - t0 in lifetimes of the published model at the published edge, and t0/(t1 - t0)."""
    if recast.shield is None:
        return np.log(recast.proper_time(m) * gamma) + log_epsilon2, 0.0
    s = recast.shield / recast.decay
    return displaced.lower_of_pair(2 * np.log(recast.curve.upper_at(m)) - log_epsilon2, s), s


def _log_production(recast, produced, m, known):
    """ln of the production of the model that the curve was published for; 0 for a dark photon's own, the unit of it."""
    if recast.published_model is None:
        return 0.0
    rate = checks.returned(f"production of {recast.name}", produced(recast.published_model), m)
    return np.log(_positive(recast, np.broadcast_to(rate, m.shape), m, known, f"come from {recast.produced_by}"))


def _positive(recast, rate, m, known, does):
    """The rate (n,) of a published model, 1 where no limit is known; ValueError where it is 0 and there is a limit."""
    if recast.published_model is None:
        return rate
    if np.any(none := known & ~(rate > 0)):
        raise ValueError(f"{recast.name}: {recast.published_model.name}, for which the curve is, does not {does} at "
                         f"m = {m[none][0]:.4g} GeV")
    return np.where(known, rate, 1.0)
