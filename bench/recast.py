"""Recasting every published dark-photon limit to one model, against a scalar implementation of the same equations.

The scalar one (math, brentq, one mass after the other) has to agree to 1e-6.
"""

from math import exp, expm1, inf, isfinite, log, nan, pi, sqrt

import numpy as np
from scipy.optimize import brentq

from zputils import ZPrime, bounds
from zputils.constants import ALPHA, CHARGE, CHARGED_LEPTON_MASS, E_CHARGE, M_OMEGA, M_PHI, M_PI, M_RHO
from zputils.experiments import lhcb
from zputils.methods import stacked
from zputils.methods.recast import Recast
from zputils.physics import hadrons
from zputils.physics.mechanisms import running_width

# Couplings to quarks proportional to charge: R(m) gives the hadronic width, and every search sees the model.
MODEL = ZPrime.universal_leptons() + ZPrime.dark_photon()
PHOTON = ZPrime.dark_photon()
MESONS = {"rho": M_RHO, "omega": M_OMEGA, "phi": M_PHI}


# -- one mass at a time --------------------------------------------------------------------------------

def hadronic_width(model, m):
    points, r, _ = hadrons.combined_r()
    if m <= 2 * M_PI:
        return 0.0
    if m < points[0]:
        ratio = r[0] * ((1 - 4 * M_PI**2 / m**2) / (1 - 4 * M_PI**2 / points[0] ** 2)) ** 1.5
    elif m > hadrons.R_DATA_END:
        ratio = float(hadrons.r_ratio(m))
    else:
        ratio = float(np.interp(m, points, r))
    return (model.d / CHARGE["d"]) ** 2 * m / (12 * pi) * ratio


def propagator(meson, m):
    mass = MESONS[meson]
    return mass**2 / (mass**2 - m**2 - 1j * mass * float(running_width(meson, m)))


def amplitude(parent, u, d, s, m):
    rho, omega = (u - d) * propagator("rho", m), 3 * (u + d) * propagator("omega", m)
    return rho + omega if parent == "pi0" else 9 * rho + omega + 6 * s * propagator("phi", m)


def production(mechanism, model, m):
    u, d, s = model.u / E_CHARGE, model.d / E_CHARGE, model.s / E_CHARGE
    if mechanism is lhcb.lhcb_mixture:
        table_m, shares = lhcb.shares()
        shares = {name: float(np.interp(m, table_m, share)) for name, share in shares.items()}
        return sum(share * production(name, model, m) for name, share in shares.items()) / sum(shares.values())
    if mechanism in ("pi0 -> gamma X", "eta -> gamma X"):
        parent = mechanism[:3]
        return abs(amplitude(parent, u, d, s, m) / amplitude(parent, 2 / 3, -1 / 3, -1 / 3, m)) ** 2
    if mechanism == "proton bremsstrahlung":
        return (2 * u + d) ** 2
    if mechanism in ("rho mixing", "omega -> pi0 X"):
        return (u - d) ** 2
    if mechanism in ("omega mixing", "phi mixing"):
        return 9 * (u + d) ** 2 if mechanism[0] == "o" else 9 * s**2
    if mechanism.endswith("qbar"):
        return (getattr(model, mechanism[0]) / (E_CHARGE * CHARGE[mechanism[0]])) ** 2
    return (model.e / E_CHARGE) ** 2


def rate(limit, model, m):
    """(production x branching ratio, total width) per coupling squared."""
    produced = production(limit.production, model, m)
    if not limit.final_states:
        return produced, nan
    width = {"nu": model.nu**2 * m / (24 * pi), "hadrons": hadronic_width(model, m)}
    for name, mass in CHARGED_LEPTON_MASS.items():
        x = (mass / m) ** 2
        g2 = getattr(model, name) ** 2
        width[name] = g2 * m / (12 * pi) * sqrt(1 - 4 * x) * (1 + 2 * x) if x < 0.25 else 0.0
    total = sum(width.values())
    if "pi+_pi-" in limit.final_states:
        width["pi+_pi-"] = ALPHA * m / 3 * float(hadrons.channel_ratio(model, m, "pi+_pi-"))
    return produced * sum(width[state] for state in limit.final_states) / total, total


def log_shape(x, s):
    y = exp(x)
    return x - s * y + log(-expm1(-y))


def peak(s):
    return brentq(lambda x: 1 - s * exp(x) - exp(x - exp(x)) / expm1(-exp(x)), -log(s) - 1, log(2 / s) + 1)


def edges(limit, model, m, lower, upper):
    """(lower, upper) of a model at one mass from the published edges."""
    photon_rate, photon_width = (limit.published_br, nan) if limit.published_br else rate(limit, PHOTON, m)
    model_rate, width = rate(limit, model, m)
    if not model_rate > 0:
        return nan, nan
    events = 2 * log(lower) + log(photon_rate)
    if limit.proper_time:
        y = limit.proper_time(m) * photon_width * lower**2
        log_y = log(y * width / (photon_width * lower**2))
        level = events + log_shape(log(y), 0.0) - log(y) - log(model_rate) + log_y
        return exp((brentq(lambda x: log_shape(x, 0.0) - level, -60, 6 + max(level, 0)) - log_y) / 2), inf
    if limit.shield is None:
        return exp((events - log(model_rate)) / 2), inf
    s, gap = limit.shield / limit.decay, 2 * log(upper / lower)
    top = peak(s)
    x = brentq(lambda x: log_shape(x + gap, s) - log_shape(x, s), top - gap, top)
    log_y = x + log(width / (photon_width * lower**2))
    level = events + log_shape(x, s) - x - log(model_rate) + log_y
    if level > log_shape(top, s):
        return nan, nan
    ends = (brentq(lambda x: log_shape(x, s) - level, *ends) for ends in ((-60, top), (top, top + 8)))
    return tuple(exp((end - log_y) / 2) for end in ends)


def one_by_one(limit):
    curve = limit.curve
    upper = curve.lower if curve.upper is None else curve.upper
    return np.array([edges(limit, MODEL, m, low, high) if isfinite(low) else (nan, nan)
                     for m, low, high in zip(curve.m.tolist(), curve.lower.tolist(), upper.tolist(), strict=True)]).T


# -- the comparison ------------------------------------------------------------------------------------

PRODUCTION = ("electron bremsstrahlung", "e+e- annihilation", "electron loop", "proton bremsstrahlung",
              "pi0 -> gamma X", "eta -> gamma X", lhcb.lhcb_mixture)  # what the scalar one knows
LIMITS = [bound for bound in bounds.register().values()
          if type(bound) is Recast and bound.production in PRODUCTION and not bound.leptons_alone]
POINTS = sum(limit.curve.m.size for limit in LIMITS)


def together():
    return stacked.regions(LIMITS, MODEL)


def limit_by_limit():
    return [limit.region(MODEL) for limit in LIMITS]


def the_same_regions(ours, plain):
    for limit, one, other in zip(LIMITS, ours, plain, strict=True):
        np.testing.assert_allclose((one.lower, one.upper), (other.lower, other.upper), rtol=1e-12, err_msg=limit.name)


def scalar():
    return [one_by_one(limit) for limit in LIMITS]


def the_same(ours, plain):
    """The edges at the published masses agree."""
    for limit, region, edge in zip(LIMITS, ours, plain, strict=True):
        published = np.isin(region.m, limit.curve.m)
        found = region.lower[0, published], region.upper[0, published]
        np.testing.assert_allclose(found, edge, rtol=1e-6, err_msg=limit.name)
