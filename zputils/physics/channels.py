"""Decays of a Z' to something that is not in the Standard Model."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import checks

RESERVED = ("e", "mu", "tau", "nu", "hadrons", "pi+_pi-")


@dataclass(frozen=True)
class Channel:
    """One more decay.

    :param name: none of the Standard Model's.
    :param width: GeV, a number >= 0 or a function of m (GeV).
    :param invisible: it counts for searches for missing energy, otherwise for those that count every visible decay
        (dumps).
    :param scales: the width is per unit of the reference coupling squared, as the others are; False for one that does
        not go with the coupling, as where a coupling to a dark sector is fixed.
    :param factor: on the width.
    :raises ValueError: for a name that is taken or a width out of range.
    :raises TypeError: for a name that is not text.

    >>> Channel("chi", width=1e-6)(np.array([0.1, 0.2])).tolist()
    [1e-06, 1e-06]
    """

    name: str
    width: float | Callable
    invisible: bool = True
    scales: bool = True
    factor: float = 1.0

    def __post_init__(self) -> None:
        if checks.instance("name of a channel", self.name, str) in RESERVED:
            raise ValueError(f"channel {self.name!r} is one of those there are: {', '.join(RESERVED)}")
        if not callable(self.width):
            object.__setattr__(self, "width", checks.number(f"width of channel {self.name} [GeV]", self.width, 0))

    def __call__(self, m: ArrayLike) -> np.ndarray:
        """The width in GeV at masses m, (n,) GeV; ValueError for one that is negative or not finite.

        >>> Channel("chi", width=lambda m: m / 2)(np.array([0.1])).tolist()
        [0.05]
        """
        m = checks.mass(m)
        width = self.width(m) if callable(self.width) else self.width
        return self.factor * checks.returned(f"width of channel {self.name}", width, m) * np.ones_like(m)

    def scaled(self, factor: float) -> "Channel":
        """The channel of a model whose couplings are all `factor` times as large, per unit of its reference.

        :param factor: on every coupling.

        >>> Channel("chi", 1.0).scaled(2.0).factor, Channel("chi", 1.0, scales=False).scaled(2.0).factor
        (4.0, 1.0)
        """
        return replace(self, factor=self.factor * factor**2) if self.scales else self


@dataclass(frozen=True)
class RightHanded:
    """The width to right-handed neutrinos of these couplings, without masses: sum g^2 m/(24 pi) (as Eq. 3.6).

    :param couplings: of each neutrino, per unit of the reference coupling.

    >>> f"{RightHanded((1.0, 1.0, 1.0))(1.0):.2e}"
    '3.98e-02'
    """

    couplings: tuple[float, ...]

    def __call__(self, m: NDArray) -> NDArray:
        return sum(g**2 for g in self.couplings) * m / (24 * np.pi)


def joined(first: tuple, second: tuple) -> tuple:
    """The channels of two models together.

    :param first: channels of one model.
    :param second: of the other.
    :returns: channels.
    :raises ValueError: for a name that both have, whose amplitudes would interfere.

    >>> [channel.name for channel in joined((Channel("chi", 1.0),), (Channel("phi", 1.0),))]
    ['chi', 'phi']
    """
    both = {channel.name for channel in first} & {channel.name for channel in second}
    if both:
        raise ValueError(f"channel {min(both)!r} is in both models; give one of them another name")
    return first + second
