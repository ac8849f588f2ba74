"""A light Z' by its couplings: L = sum_f g_f Z'_mu fbar gamma^mu f (Eq. 2.1), neutrinos left-handed.

A `ZPrime` holds each coupling per unit of one reference coupling g (g_mu, epsilon, ...): what a limit
or a reach is then a limit or a reach on. `ZPrimes` are many of them side by side, which every width, rate and
bound takes in the place of one; `zputils.physics.running.Running` is a model whose couplings depend on its mass.
Equation numbers are those of arXiv:2108.05147.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

import numpy as np

from .. import checks
from .channels import Channel, RightHanded, joined
from .couplings import AXIAL, CHARGED_LEPTONS, FERMIONS, LIGHT_QUARKS, NAMES, NEUTRINOS, QUARKS, Couplings
from .mixing import loop_couplings, mixing_couplings
from .presets import Presets
from .running import Running

__all__ = ["AXIAL", "CHARGED_LEPTONS", "FERMIONS", "LIGHT_QUARKS", "NAMES", "NEUTRINOS", "QUARKS", "Couplings",
           "Running", "ZPrime", "ZPrimes", "loop_couplings", "mixing_couplings"]

UNNAMED = r"$g$"


@dataclass(frozen=True)
class ZPrime(Presets, Couplings):
    """Couplings of a Z' to every fermion, per unit of the reference coupling.

    Charged leptons couple as vectors, and as axial vectors with `e_axial`, `mu_axial`, `tau_axial` = (g_R - g_L)/2;
    quarks as vectors, neutrinos left-handed. Axial couplings of quarks cannot be given: no bound here knows what they
    do to decays into hadrons and to production. Models add, subtract and scale, which rescales the reference coupling:
    `ZPrime.muonic(loop=False) + 0.01 * ZPrime.dark_photon()`.

    :param e: coupling of the electron, as that of each fermion per unit of the reference coupling.
    :param mu: of the muon.
    :param tau: of the tau.
    :param nu_e: of the left-handed electron neutrino.
    :param nu_mu: of the left-handed muon neutrino.
    :param nu_tau: of the left-handed tau neutrino.
    :param u: of the up quark.
    :param d: of the down quark.
    :param s: of the strange quark.
    :param c: of the charm quark.
    :param b: of the bottom quark.
    :param name: of the model, as figures and tables write it.
    :param reference: name of the reference coupling, likewise.
    :param e_axial: axial coupling of the electron.
    :param mu_axial: of the muon.
    :param tau_axial: of the tau.
    :param channels: decays beside those to these fermions.
    :raises ValueError: for a coupling that is not a finite real number.

    >>> ZPrime.muonic(g_nu=0.1).nu_mu
    0.1
    >>> half = ZPrime.muonic() / 2
    >>> half.mu, half.reference
    (0.5, '$2\\\\,g_\\\\mu$')
    """

    e: float = 0.0
    mu: float = 0.0
    tau: float = 0.0
    nu_e: float = 0.0
    nu_mu: float = 0.0
    nu_tau: float = 0.0
    u: float = 0.0
    d: float = 0.0
    s: float = 0.0
    c: float = 0.0
    b: float = 0.0
    name: str = "Z'"
    reference: str = UNNAMED
    e_axial: float = 0.0
    mu_axial: float = 0.0
    tau_axial: float = 0.0
    channels: tuple[Channel, ...] = ()

    def __post_init__(self) -> None:
        for fermion in NAMES:
            coupling = getattr(self, fermion)
            if type(coupling) is float and isfinite(coupling):  # as nearly all of the many that a scan makes
                continue
            value = checks.real(f"coupling {fermion}", coupling)
            if value.ndim:
                raise ValueError(f"coupling {fermion} = {value} must be one number, not an array")
            object.__setattr__(self, fermion, float(value))
        for channel in self.channels:
            checks.instance("channel", channel, Channel)

    def with_channel(self, name: str, width: float | Callable, invisible: bool = True, scales: bool = True) -> "ZPrime":
        """The same model with one more decay. Arguments: see `zputils.physics.channels.Channel`.

        :param name: none of the Standard Model's.
        :param width: GeV, a number or a function of m (GeV); per unit of the reference coupling squared, or as it is
            with scales = False.
        :param invisible: whether it counts as missing energy.
        :param scales: whether the width goes with the coupling squared.
        :raises ValueError: for a name that is taken.

        >>> model = ZPrime.muonic().with_channel("chi", width=lambda m: 1e-3 * m)
        >>> model.channels[0].invisible
        True
        """
        return replace(self, channels=joined(self.channels, (Channel(name, width, invisible, scales),)))

    def with_right_handed_neutrinos(self, nu_e: float | None = None, nu_mu: float | None = None,
                                    nu_tau: float | None = None) -> "ZPrime":
        """The same model with massless right-handed neutrinos.

        They double the invisible width. No beam has them, so that scattering is as before.

        :param nu_e: per unit of the reference coupling; that of the left-handed one when None.
        :param nu_mu: likewise.
        :param nu_tau: likewise.

        >>> ZPrime(nu_mu=2.0).with_right_handed_neutrinos().channels[0].width.couplings
        (0.0, 2.0, 0.0)
        """
        given = zip(NEUTRINOS, (nu_e, nu_mu, nu_tau), strict=True)
        couplings = tuple(getattr(self, f) if g is None else checks.number(f"coupling {f}", g) for f, g in given)
        return self.with_channel("nu_R", RightHanded(couplings))

    def __add__(self, other: Any) -> Any:
        if isinstance(other, Running):
            return Running(self + other.constant, other.parts)
        if not isinstance(other, ZPrime):
            return self if np.isscalar(other) and other == 0 else NotImplemented
        total = {f: getattr(self, f) + getattr(other, f) for f in NAMES}
        return replace(self, **total, name=f"{self.name} + {other.name}", reference=UNNAMED,
                       channels=joined(self.channels, other.channels))

    def __mul__(self, factor: Any) -> Any:
        if not np.isscalar(factor):
            return NotImplemented
        factor = float(checks.real("factor", factor))
        couplings = {f: factor * getattr(self, f) for f in NAMES}
        return replace(self, **couplings, reference=_rescaled(self.reference, factor),
                       channels=tuple(channel.scaled(factor) for channel in self.channels))


def _rescaled(reference: str, factor: float) -> str:
    """The name of a reference coupling when all couplings become `factor` times as large, per unit of the new one.

    The new one is the old one over the factor; without a name that says so, plain $g$.

    >>> _rescaled(r"$g_e$", 0.01), _rescaled(r"$100\\,g_e$", 100), _rescaled(r"$g_e$", -1), _rescaled("1", 2)
    ('$100\\\\,g_e$', '$g_e$', '$-g_e$', '$g$')
    """
    found = re.fullmatch(r"\$(?:(-?[\d.]+(?:e[+-]?\d+)?)\\,|(-))?([^\d$-].*)\$", reference)
    if factor == 1:
        return reference
    if not found or factor == 0 or reference == UNNAMED:
        return UNNAMED
    number, minus, symbol = found.groups()
    value = float(number or (-1 if minus else 1)) / factor
    near = {1.0: "", -1.0: "-"}.get(round(value, 5), rf"{value:.6g}\,")
    return f"${near}{symbol}$"


@dataclass(frozen=True, eq=False)
class ZPrimes(Couplings):
    """Many models side by side: each coupling an array (k, 1), so that k models and n masses broadcast to (k, n).

    Only widths, rates and bounds take many for one.

    :param table: (14, k, 1), in the order of `NAMES`.
    :param channels: of all models.

    >>> ZPrimes.of([ZPrime.muonic(g_nu=0.1), ZPrime.muonic(g_nu=0.2)]).nu_mu.tolist()
    [[0.1], [0.2]]
    """

    table: np.ndarray
    channels: tuple[Channel, ...] = ()

    def __post_init__(self) -> None:
        for fermion, values in zip(NAMES, self.table, strict=True):
            object.__setattr__(self, fermion, values)

    @classmethod
    def of(cls, models: Iterable[Couplings]) -> Couplings:
        """From a sequence of k `ZPrime`, or of models that run.

        :param models: `ZPrime` or models that run.

        >>> ZPrimes.of([ZPrime.muonic(), ZPrime.dark_photon()]).mu.shape
        (2, 1)
        """
        constants = [model.constant if isinstance(model, Running) else model for model in models]
        table = np.array([[[getattr(model, name)] for model in constants] for name in NAMES])
        many = cls(table, _side_by_side([model.channels for model in constants]))
        parts = [getattr(model, "parts", ()) if isinstance(model, Running) else () for model in models]
        return Running(many, _weighted(parts)) if any(parts) else many

    def __mul__(self, factor: Any) -> Any:
        return ZPrimes(self.table * factor, tuple(channel.scaled(factor) for channel in self.channels))


def _side_by_side(lists):
    """Every channel of k models once, its factor (k, 1): 0 for a model that does not have it."""
    alike = {replace(channel, factor=1.0) for channels in lists for channel in channels}
    found = []
    for kind in sorted(alike, key=lambda channel: channel.name):
        factors = [sum(channel.factor for channel in channels if replace(channel, factor=1.0) == kind)
                   for channels in lists]
        found.append(replace(kind, factor=np.array(factors, float)[:, None]))
    return tuple(found)


def _weighted(lists):
    """Every part of k models once, with its factors (k, 1)."""
    different = dict.fromkeys(part for parts in lists for _, part in parts)
    return tuple((np.array([[sum(factor for factor, own in parts if own == part)] for parts in lists], float), part)
                 for part in different)
