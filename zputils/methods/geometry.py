"""Where the Z's of a beam dump decay: behind the shielding, at one momentum, with the probability of Eq. 3.2."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .. import checks
from ..constants import HBAR_C
from ..physics import decays, displaced
from ..physics.couplings import Couplings


@dataclass(frozen=True)
class Geometry:
    """Shielding and decay length in m, and the momentum of the Z' in GeV (Table 1).

    >>> Geometry(shield=60, decay=50, momentum=200).momentum
    200
    """

    shield: float
    decay: float
    momentum: float

    def __post_init__(self) -> None:
        for name in ("shield", "decay", "momentum"):
            checks.number(name, getattr(self, name), 0, open_low=True)

    def log_time(self, m: ArrayLike) -> np.ndarray:
        """ln of the proper time in 1/GeV that a Z' of mass m (GeV) takes through the decay region (Eq. 3.9).

        >>> f"{np.exp(Geometry(60, 50, 200).log_time(0.1)):.1e}"
        '1.3e+14'
        """
        return np.log(self.decay * m / (self.momentum * HBAR_C))

    def log_probability(self, model: Couplings, m: ArrayLike, g: ArrayLike) -> np.ndarray:
        """ln P, the probability to decay between L_sh and L_sh + L_dec (Eq. 3.2), at m (GeV) and g, which broadcast.

        >>> from zputils import ZPrime
        >>> probability = np.exp(Geometry(60, 50, 200).log_probability(ZPrime.dark_photon(), 0.1, [1e-8, 1e-7, 1e-6]))
        >>> [f"{p:.1e}" for p in probability]
        ['3.1e-06', '3.1e-04', '2.9e-02']
        """
        m = checks.mass(m)
        with np.errstate(divide="ignore", invalid="ignore"):
            log_y = np.log(decays.total_width(model, m)) + self.log_time(m)
            log_y = log_y + 2 * np.log(checks.real("g", g, 0, open_low=True))
            fixed = sum(decays.fixed_widths(model, m).values())
            log_y = np.logaddexp(log_y, np.log(fixed) + self.log_time(m)) if np.any(fixed) else log_y
            log_p = displaced.log_shape(log_y, self.shield / self.decay) - log_y
        return np.where(np.isneginf(log_y), -np.inf, log_p)
