"""Decays of a Z': partial and total widths, branching ratios, lifetime.

Every width is per unit of the model's reference coupling squared; Gamma = g^2 times it.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import checks
from ..constants import CHARGED_LEPTON_MASS, HBAR_C
from .hadrons import hadronic_width
from .models import Couplings

CHANNELS = ("e", "mu", "tau", "nu", "hadrons")
VISIBLE = ("e", "mu", "tau", "hadrons")


def lepton_width(m: ArrayLike, g: ArrayLike, m_lepton: float, axial: NDArray | float = 0.0) -> NDArray:
    """Width to a pair of Dirac leptons with vector coupling g (Eq. 3.10) and axial coupling a, zero below threshold.

    m/(12 pi) beta [g^2 (1 + 2 m_l^2/m^2) + a^2 beta^2], beta^2 = 1 - 4 m_l^2/m^2.

    :param m: (n,) GeV; returns (n,) GeV.
    :param g: vector coupling, a number or (n,).
    :param m_lepton: GeV.
    :param axial: axial coupling, likewise.
    :returns: (n,) GeV.

    >>> f"{lepton_width(1.0, 1e-3, CHARGED_LEPTON_MASS['mu']):.3e}"  # GeV
    '2.651e-08'
    """
    m, g = checks.mass(m), checks.real("g", g)
    ratio = (m_lepton / m) ** 2
    beta = np.sqrt(np.maximum(1 - 4 * ratio, 0))
    size = m / (12 * np.pi) * beta
    return g**2 * (size * (1 + 2 * ratio)) + axial**2 * (size * beta**2)


def neutrino_width(m: ArrayLike, g_nu: float | NDArray) -> NDArray:
    """Width to left-handed neutrinos, g_nu^2 m/(24 pi), g_nu^2 summed over flavours (Eqs. 2.16, 3.6).

    :param m: (n,) GeV.
    :param g_nu: root of the sum of squares over flavours.
    :returns: (n,) GeV.

    >>> f"{neutrino_width(1.0, 1e-3):.3e}"  # GeV
    '1.326e-08'
    """
    return g_nu**2 * checks.mass(m) / (24 * np.pi)


def partial_widths(model: Couplings, m: ArrayLike, shift: float = 0.0) -> dict[str, NDArray]:
    """{channel: width in GeV per unit of the reference coupling squared}, each (n,).

    Channels: e, mu, tau, nu (three flavours together), hadrons, and those of the model's own that scale with its
    coupling; `fixed_widths` has the others.

    :param model: the Z'.
    :param m: (n,) GeV.
    :param shift: moves R by that many of its errors.
    :returns: {channel: (n,) GeV}.
    :raises ValueError: for a mass <= 0, or beyond 2 m_top if the model couples to quarks.

    >>> from zputils import ZPrime
    >>> {channel: f"{width:.1e}" for channel, width in partial_widths(ZPrime.muonic(g_nu=1), 0.3).items()}
    {'e': '1.5e-07', 'mu': '7.0e-03', 'tau': '0.0e+00', 'nu': '4.0e-03', 'hadrons': '3.0e-09'}
    """
    checks.instance("model", model, Couplings)
    shift, model = checks.number("shift", shift), model.at(m)
    widths = {name: lepton_width(m, abs(getattr(model, name)), mass, abs(getattr(model, f"{name}_axial")))
              for name, mass in CHARGED_LEPTON_MASS.items()}
    widths |= {"nu": neutrino_width(m, model.nu), "hadrons": hadronic_width(model, m, shift)}
    return widths | _own(model, m, scales=True)


def _own(model, m, scales):
    """{name: width} of a model's own channels; of many models each may have another width under one name."""
    widths: dict[str, NDArray] = {}
    for channel in model.channels:
        if channel.scales == scales:
            widths[channel.name] = widths.get(channel.name, 0.0) + channel(m)
    return widths


def fixed_widths(model: Couplings, m: ArrayLike) -> dict[str, NDArray]:
    """{channel: width in GeV} of the decays whose width does not go with the coupling, each (n,).

    :param model: the Z'.
    :param m: (n,) GeV.
    :returns: {channel: (n,) GeV}.

    >>> from zputils import ZPrime
    >>> float(fixed_widths(ZPrime.muonic().with_channel("chi", 1e-9, scales=False), 0.1)["chi"])
    1e-09
    """
    return _own(model, m, scales=False)


def part_and_total(model: Couplings, m: ArrayLike, channels: Iterable[str],
                   shift: float = 0.0) -> tuple[NDArray, NDArray]:
    """(to what a search for `channels` counts, to everything): widths in GeV per reference coupling squared.

    The first as `counted` has it, the second is `total_width`; what does not go with the coupling is in `fixed_part`.

    :param model: the Z'.
    :param m: (n,) GeV.
    :param channels: of `CHANNELS`, or the model's own.
    :param shift: see `partial_widths`.
    :returns: (n,) each.

    >>> from zputils import ZPrime
    >>> [f"{width:.1e}" for width in part_and_total(ZPrime.muonic(g_nu=0.1), 0.1, ("nu",))]
    ['1.3e-05', '1.3e-05']
    """
    widths = partial_widths(model, m, shift)
    part = sum(widths[channel] for channel in counted(model, channels) if channel in widths)
    return np.asarray(part), np.asarray(sum(widths.values()))


def counted(model: Couplings, channels: Iterable[str]) -> tuple[str, ...]:
    """The channels that a search for `channels` counts: with neutrinos whatever is invisible, with hadrons the rest.

    :param model: the Z'.
    :param channels: of `CHANNELS`, or the model's own.
    :returns: names of channels.

    >>> from zputils import ZPrime
    >>> model = ZPrime.muonic().with_channel("chi", 1e-3).with_channel("a", 1e-3, invisible=False)
    >>> counted(model, ("nu",)), counted(model, ("e",)), counted(model, VISIBLE)
    (('nu', 'chi'), ('e',), ('e', 'mu', 'tau', 'hadrons', 'a'))
    """
    kind = {True: "nu", False: "hadrons"}
    own = (channel.name for channel in model.channels if kind[channel.invisible] in channels)
    return tuple(dict.fromkeys((*channels, *own)))


def fixed_part(model: Couplings, m: ArrayLike, channels: Iterable[str]) -> tuple[NDArray, NDArray] | None:
    """(to what `channels` count, to everything): widths in GeV that do not go with the coupling, or None without any.

    :param model: the Z'.
    :param m: (n,) GeV.
    :param channels: of `CHANNELS`, or the model's own.
    :returns: (n,) GeV each.

    >>> from zputils import ZPrime
    >>> model = ZPrime.muonic().with_channel("chi", 1e-9, scales=False)
    >>> [float(width) for width in fixed_part(model, 0.1, ("e",))], fixed_part(ZPrime.muonic(), 0.1, ("e",))
    ([0.0, 1e-09], None)
    """
    widths = fixed_widths(model, m)
    if not widths:
        return None
    names, none = counted(model, channels), np.zeros_like(checks.mass(m))
    return sum((widths[name] for name in widths if name in names), none), sum(widths.values(), none)


def total_width(model: Couplings, m: ArrayLike, shift: float = 0.0) -> NDArray:
    """Total width in GeV per unit of the reference coupling squared, (n,) (the inverse of Eq. 3.14).

    Without `fixed_widths`.

    :param model: the Z'.
    :param m: (n,) GeV.
    :param shift: see `partial_widths`.
    :returns: (n,) GeV.

    >>> from zputils import ZPrime
    >>> [f"{width:.1e}" for width in total_width(ZPrime.muonic(g_nu=1), [0.1, 0.3])]
    ['1.3e-03', '1.1e-02']
    """
    return np.asarray(sum(partial_widths(model, m, shift).values()))[()]


def branching_ratio(model: Couplings, m: ArrayLike, channels: str | Iterable[str] = VISIBLE, shift: float = 0.0,
                    g: ArrayLike | None = None) -> NDArray:
    """Fraction of decays to `channels` (Eqs. 3.5, 3.13 for the visible ones), (n,).

    It is nan where the model has no open decay at all. A model's own channels have their names;

    :param model: the Z'.
    :param m: (n,) GeV.
    :param channels: one of `CHANNELS`, or several, or the model's own.
    :param shift: see `partial_widths`.
    :param g: the reference coupling, which matters, and has to be given, where a width does not go with it.
    :returns: (n,), from 0 to 1.
    :raises KeyError: for an unknown channel.
    :raises ValueError: without g where it is needed.

    >>> from zputils import ZPrime
    >>> f"{branching_ratio(ZPrime.dark_photon(), 1.0, 'e'):.2f}"
    '0.30'
    >>> f"{branching_ratio(ZPrime.muonic(g_nu=0.1), 0.1):.1e}"
    '3.8e-03'
    """
    widths, fixed = partial_widths(model, m, shift), fixed_widths(model, m)
    if fixed:
        if g is None:
            raise ValueError(f"g: give the coupling, with which the width to {', '.join(fixed)} does not go")
        widths = {name: width * checks.real("g", g, 0) ** 2 for name, width in widths.items()} | fixed
    names = checks.distinct("channel", (channels,) if isinstance(channels, str) else channels, tuple(widths))
    part = sum(widths[channel] for channel in (names if isinstance(channels, str) else counted(model, names)))
    total = sum(widths.values())
    return np.divide(part, total, out=np.full_like(total, np.nan), where=total > 0)[()]


def decay_length(model: Couplings, m: ArrayLike, g: ArrayLike) -> NDArray:
    """Proper decay length c tau_0 in metres (Eq. 3.14), inf where nothing is open; m and g broadcast.

    :param model: the Z'.
    :param m: GeV.
    :param g: the reference coupling.
    :returns: m, of the broadcast shape.

    >>> from zputils import ZPrime
    >>> f"{decay_length(ZPrime.muonic(), 0.1, 1e-4):.2f}"  # m
    '0.39'
    """
    g = checks.real("g", g, 0)
    width = g**2 * total_width(model, m) + sum(fixed_widths(model, m).values())
    return np.divide(HBAR_C, width, out=np.full_like(width, np.inf), where=width > 0)


def flight_length(model: Couplings, m: ArrayLike, g: ArrayLike, momentum: ArrayLike) -> NDArray:
    """Mean flight distance in metres at a momentum in GeV: tau_0 v/sqrt(1 - v^2) = c tau_0 p/m (Eq. 3.3).

    :param model: the Z'.
    :param m: GeV.
    :param g: the reference coupling.
    :param momentum: GeV; all broadcast.
    :returns: m, of the broadcast shape.

    >>> from zputils import ZPrime
    >>> f"{flight_length(ZPrime.muonic(), 0.1, 1e-4, momentum=200):.0f}"  # m
    '779'
    """
    momentum = checks.real("momentum", momentum, 0, open_low=True)
    return decay_length(model, m, g) * momentum / checks.mass(m)
