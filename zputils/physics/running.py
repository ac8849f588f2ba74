"""Couplings that depend on the mass of the Z' and, in scattering, on the momentum: a constant model and parts."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from .. import checks
from .couplings import NAMES, Couplings

DERIVED = ("couplings", "axial", "nu", "proton", "neutron", "like_photon")


@dataclass(frozen=True, eq=False)
class Evaluated(Couplings):
    """Couplings at masses m, (n,) GeV or None for any: numbers or arrays that broadcast with m, (k, n) for k models.

    :param values: {coupling: number or (n,)}.
    :param m: (n,) GeV; None for any.
    :param channels: of the model.

    >>> from zputils import ZPrime
    >>> ZPrime.l_mu_minus_l_tau(loop="one-loop").at([0.1, 1.0]).e.shape
    (2,)
    """

    values: dict
    m: np.ndarray | None
    channels: tuple = ()

    def __post_init__(self) -> None:
        for name in NAMES:
            object.__setattr__(self, name, self.values[name])

    def at(self, m: ArrayLike) -> "Evaluated":
        """Itself, at the masses it was made for.

        :param m: (n,) GeV.
        :raises ValueError: for other masses.

        >>> from zputils import ZPrime
        >>> ZPrime.l_mu_minus_l_tau(loop="one-loop").at(0.1).at(0.2)
        Traceback (most recent call last):
            ...
        ValueError: m: these are the couplings at other masses; ask the model for them at these
        """
        if self.m is None or not np.array_equal(self.m, np.asarray(m, float)):
            raise ValueError("m: these are the couplings at other masses; ask the model for them at these")
        return self

    def __mul__(self, factor: Any) -> Any:
        return replace(self, values={name: value * factor for name, value in self.values.items()},
                       channels=tuple(channel.scaled(factor) for channel in self.channels))


@dataclass(frozen=True)
class Running(Couplings):
    """A model whose couplings depend on its mass: those of `constant` and, for each (factor, part), factor times it.

    A coupling that no part touches is an attribute; for the others ask `at` or `spacelike`.

    :param constant: a `ZPrime`, or `ZPrimes` with factors (k, 1).
    :param parts: (factor, part) each; a part's `at(m)` and `spacelike(m, q2)` give {name: coupling}, as those of
        `zputils.physics.mixing.LoopMixing` do.

    >>> from zputils import ZPrime
    >>> model = ZPrime.l_mu_minus_l_tau(loop="one-loop")
    >>> model.mu
    1.0
    >>> model.e
    Traceback (most recent call last):
        ...
    AttributeError: e of $L_\\mu-L_\\tau$ depends on the mass: .at(m).e, in scattering .spacelike(m).e (m in GeV)
    """

    constant: Any
    parts: tuple

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in ("constant", "parts"):  # not there yet while it is copied
            raise AttributeError(name)
        touched = {key for _, part in self.parts for key in part.spacelike(1.0)}
        if name in NAMES and name not in touched:
            return getattr(self.constant, name)
        if name in (*NAMES, *DERIVED):
            raise AttributeError(f"{name} of {self.name} depends on the mass: .at(m).{name}, in scattering "
                                 f".spacelike(m).{name} (m in GeV)")
        raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")

    @property
    def name(self) -> str:
        """What the model is called.

        >>> from zputils import ZPrime
        >>> ZPrime.mixed(epsilon=1.0).name
        'mixed'
        """
        return getattr(self.constant, "name", "models")

    @property
    def reference(self) -> str:
        """The coupling that limits are on.

        >>> from zputils import ZPrime
        >>> ZPrime.l_mu_minus_l_tau(loop="one-loop").reference
        '$g_\\\\mu$'
        """
        return getattr(self.constant, "reference", "")

    @property
    def channels(self) -> tuple:  # type: ignore[override]  # it is read-only here
        """Decays to something that is not in the Standard Model.

        >>> from zputils import ZPrime
        >>> ZPrime.mixed(epsilon=1.0).with_channel("chi", 1e-3).channels[0].name
        'chi'
        """
        return self.constant.channels

    def at(self, m: ArrayLike) -> Evaluated:
        """The couplings of a Z' of mass m that is produced or decays, at q^2 = m^2; m: (n,) GeV.

        >>> from zputils import ZPrime
        >>> f"{abs(ZPrime.l_mu_minus_l_tau(loop='one-loop').at(5.0).e):.1e}"
        '8.5e-04'
        """
        m = checks.mass(m)
        return self._sum([part.at(m) for _, part in self.parts], m)

    def spacelike(self, m: ArrayLike, q2: float = 0.0) -> Evaluated:
        """The couplings with which a Z' of mass m is exchanged at q^2 = -q2 (GeV^2, a number).

        >>> from zputils import ZPrime
        >>> f"{ZPrime.l_mu_minus_l_tau(loop='one-loop').spacelike(5.0).e:.1e}"
        '-4.4e-03'
        """
        m = checks.mass(m)
        return self._sum([part.spacelike(m, q2) for _, part in self.parts], m)

    def _sum(self, found, m):
        values = {name: getattr(self.constant, name) for name in NAMES}
        for (factor, _), part in zip(self.parts, found, strict=True):
            for name, value in part.items():
                values[name] = values[name] + factor * value
        return Evaluated(values, m, self.channels)

    def with_channel(self, *arguments: Any, **keywords: Any) -> "Running":
        """As `zputils.physics.models.ZPrime.with_channel`.

        :param arguments: of `ZPrime.with_channel`.
        :param keywords: likewise.

        >>> from zputils import ZPrime
        >>> ZPrime.mixed(epsilon=1.0).with_channel("chi", 1e-3).channels[0].invisible
        True
        """
        return replace(self, constant=self.constant.with_channel(*arguments, **keywords))

    def __add__(self, other: Any) -> Any:
        if isinstance(other, Running):
            return Running(self.constant + other.constant, self.parts + other.parts)
        return replace(self, constant=self.constant + other) if isinstance(other, Couplings) else NotImplemented

    def __mul__(self, factor: Any) -> Any:
        constant = self.constant * factor
        if constant is NotImplemented:
            return NotImplemented
        return Running(constant, tuple((factor * by, part) for by, part in self.parts))


def chiral(model: Couplings, lepton: str, sign: int) -> Evaluated:
    """A model with g_L (sign -1) or g_R (+1) of a charged lepton in the place of its vector coupling.

    :param model: the Z'.
    :param lepton: a charged one.
    :param sign: -1 for g_L, +1 for g_R.

    >>> from zputils import ZPrime
    >>> chiral(ZPrime(mu=1.0, mu_axial=0.25), "mu", -1).mu
    0.75
    """
    values = {name: getattr(model, name) for name in NAMES}
    return Evaluated(values | {lepton: values[lepton] + sign * values[f"{lepton}_axial"]}, None)
