"""Decays of a Z': partial and total widths, branching ratios, lifetime.

Every width is per unit of the model's reference coupling squared; Gamma = g^2 times it.
"""

import numpy as np

from .. import checks
from ..constants import CHARGED_LEPTON_MASS, HBAR_C
from .hadrons import hadronic_width
from .models import Couplings

CHANNELS = ("e", "mu", "tau", "nu", "hadrons")
VISIBLE = ("e", "mu", "tau", "hadrons")


def lepton_width(m, g, m_lepton):
    """Width to a pair of Dirac leptons with vector coupling g (Eq. 3.10), zero below threshold.

    g^2 m/(12 pi) sqrt(1 - 4 m_l^2/m^2) (1 + 2 m_l^2/m^2). m: (n,) GeV; returns (n,) GeV.

    >>> f"{lepton_width(1.0, 1e-3, CHARGED_LEPTON_MASS['mu']):.3e}"  # GeV
    '2.651e-08'
    """
    m, g = checks.mass(m), checks.real("g", g)
    ratio = (m_lepton / m) ** 2
    return g**2 * m / (12 * np.pi) * np.sqrt(np.maximum(1 - 4 * ratio, 0)) * (1 + 2 * ratio)


def neutrino_width(m, g_nu):
    """Width to left-handed neutrinos, g_nu^2 m/(24 pi), g_nu^2 summed over flavours (Eqs. 2.16, 3.6).

    >>> f"{neutrino_width(1.0, 1e-3):.3e}"  # GeV
    '1.326e-08'
    """
    return g_nu**2 * checks.mass(m) / (24 * np.pi)


def partial_widths(model, m, shift=0.0):
    """{channel: width in GeV per unit of the reference coupling squared}, each (n,).

    Channels: e, mu, tau, nu (three flavours together), hadrons. m: (n,) GeV; shift: moves R by that
    many of its errors. ValueError for a mass <= 0, or beyond 2 m_top if the model couples to quarks.

    >>> from zputils import ZPrime
    >>> {channel: f"{width:.1e}" for channel, width in partial_widths(ZPrime.muonic(g_nu=1), 0.3).items()}
    {'e': '1.5e-07', 'mu': '7.0e-03', 'tau': '0.0e+00', 'nu': '4.0e-03', 'hadrons': '3.0e-09'}
    """
    checks.instance("model", model, Couplings)
    shift = checks.number("shift", shift)
    widths = {name: lepton_width(m, getattr(model, name), mass) for name, mass in CHARGED_LEPTON_MASS.items()}
    return widths | {"nu": neutrino_width(m, model.nu), "hadrons": hadronic_width(model, m, shift)}


def total_width(model, m, shift=0.0):
    """Total width in GeV per unit of the reference coupling squared, (n,) (the inverse of Eq. 3.14).

    shift: see `partial_widths`.

    >>> from zputils import ZPrime
    >>> [f"{width:.1e}" for width in total_width(ZPrime.muonic(g_nu=1), [0.1, 0.3])]
    ['1.3e-03', '1.1e-02']
    """
    return sum(partial_widths(model, m, shift).values())


def branching_ratio(model, m, channels=VISIBLE, shift=0.0):
    """Fraction of decays to `channels` (Eqs. 3.5, 3.13 for the visible ones), (n,).

    It is nan where the model has no open decay at all. KeyError for an unknown channel. shift: see `partial_widths`.

    >>> from zputils import ZPrime
    >>> f"{branching_ratio(ZPrime.dark_photon(), 1.0, 'e'):.2f}"
    '0.30'
    >>> f"{branching_ratio(ZPrime.muonic(g_nu=0.1), 0.1):.1e}"
    '3.8e-03'
    """
    widths = partial_widths(model, m, shift)
    channels = checks.distinct("channel", (channels,) if isinstance(channels, str) else channels, CHANNELS)
    part = sum(widths[channel] for channel in channels)
    total = sum(widths.values())
    return np.divide(part, total, out=np.full_like(total, np.nan), where=total > 0)


def decay_length(model, m, g):
    """Proper decay length c tau_0 in metres (Eq. 3.14), inf where nothing is open; m and g broadcast.

    >>> from zputils import ZPrime
    >>> f"{decay_length(ZPrime.muonic(), 0.1, 1e-4):.2f}"  # m
    '0.39'
    """
    g = checks.real("g", g, 0)
    width = g**2 * total_width(model, m)
    return np.divide(HBAR_C, width, out=np.full_like(width, np.inf), where=width > 0)


def flight_length(model, m, g, momentum):
    """Mean flight distance in metres at a momentum in GeV: tau_0 v/sqrt(1 - v^2) = c tau_0 p/m (Eq. 3.3).

    >>> from zputils import ZPrime
    >>> f"{flight_length(ZPrime.muonic(), 0.1, 1e-4, momentum=200):.0f}"  # m
    '779'
    """
    momentum = checks.real("momentum", momentum, 0, open_low=True)
    return decay_length(model, m, g) * momentum / checks.mass(m)
