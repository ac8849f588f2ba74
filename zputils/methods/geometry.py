"""Where the Z's of a beam dump decay: behind the shielding, at one momentum, with the probability of Eq. 3.2."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .. import checks
from ..constants import HBAR_C
from ..physics import displaced


@dataclass(frozen=True)
class Geometry:
    """Shielding and decay length in m, and the momentum of the Z' in GeV (Table 1).

    :param shield: length before the decay region, m.
    :param decay: length of the decay region, m.
    :param momentum: of the Z', GeV.

    >>> Geometry(shield=60, decay=50, momentum=200).momentum
    200
    """

    shield: float
    decay: float
    momentum: float

    def __post_init__(self) -> None:
        for name in ("shield", "decay", "momentum"):
            checks.number(name, getattr(self, name), 0, open_low=True)

    def log_time(self, m: NDArray | float) -> NDArray:
        """ln of the proper time in 1/GeV that a Z' of mass m (GeV) takes through the decay region (Eq. 3.9).

        :param m: GeV, any shape.
        :returns: of the shape of m.

        >>> f"{np.exp(Geometry(60, 50, 200).log_time(0.1)):.1e}"
        '1.3e+14'
        """
        return np.log(self.decay * m / (self.momentum * HBAR_C))

    def log_probability(self, log_width: NDArray, m: NDArray | float) -> NDArray:
        """ln P, the probability to decay between L_sh and L_sh + L_dec (Eq. 3.2), -inf where nothing decays.

        :param log_width: ln of the whole width g^2 Gamma in GeV.
        :param m: GeV; the two broadcast.
        :returns: of the broadcast shape.

        >>> f"{np.exp(Geometry(60, 50, 200).log_probability(np.log(1e-14), 0.1)):.2f}"
        '0.16'
        """
        log_y = log_width + self.log_time(m)
        with np.errstate(invalid="ignore"):
            log_p = displaced.log_shape(log_y, self.shield / self.decay) - log_y
        return np.where(np.isneginf(log_y), -np.inf, log_p)
