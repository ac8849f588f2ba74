"""The counts of one detector, in one bin or several."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .. import checks
from .counting import Counting
from .polynomial import Kernel, quadratic_roots


@dataclass(frozen=True, kw_only=True)
class CountingExperiment(Counting):
    """A count, or one in each of several bins, and what it excludes.

    A count N is excluded when (N - observed)^2 > z^2 [error^2 + (systematic N)^2], the chi^2 with the normalisation
    profiled.

    :param observed: a count, or one of each bin; None for a projection, which observes the Standard Model's.
    :param error: of each count; None for a projection, whose error is the root of the count.
    :param systematic: relative uncertainty of the prediction, common to the bins.
    :param level: of the two-sided exclusion.

    >>> from zputils.experiments.borexino import BOREXINO
    >>> isinstance(BOREXINO, CountingExperiment)
    True
    """

    observed: float | tuple[float, ...] | None = None
    error: float | tuple[float, ...] | None = None
    systematic: float
    level: float

    def __post_init__(self) -> None:
        super().__post_init__()
        checks.real("level", self.level, 0, 1, open_low=True, open_high=True)
        checks.real("systematic", self.systematic, 0, 1 / self.z, open_high=True)

    @property
    def n_bins(self) -> int:
        """How many counts there are.

        >>> from zputils.experiments.borexino import BOREXINO
        >>> from zputils.experiments.charm_ii import CHARM_II
        >>> BOREXINO.n_bins, CHARM_II.n_bins
        (1, 2)
        """
        return 1

    @property
    def nuisances(self) -> np.ndarray:
        """(1, bins): the normalisation.

        >>> from zputils.experiments.coherent import COHERENT_CSI
        >>> COHERENT_CSI.nuisances.round(3).tolist()
        [[0.277]]
        """
        return np.full((1, self.n_bins), self.systematic)

    def measured(self, n0: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Observed counts and their errors, (B,).

        >>> from zputils.experiments.ccfr import CCFR
        >>> [values.tolist() for values in CCFR.measured(np.ones(1))]
        [[0.82], [0.28]]
        """
        if self.observed is None:
            return n0, np.sqrt(n0)
        observed, error = (np.broadcast_to(np.asarray(value, float), n0.shape) for value in (self.observed, self.error))
        return observed, error

    def allowed(self, standard: float) -> tuple[float, float]:
        """The least and the largest of one count that are not excluded.

        :param standard: the Standard Model's count.
        :returns: counts.

        >>> from zputils.experiments.ccfr import CCFR
        >>> [f"{count:.2f}" for count in CCFR.allowed(1.0)]
        ['0.27', '1.37']
        """
        (observed,), (error,) = self.measured(np.atleast_1d(standard))
        a = 1 - (self.z * self.systematic) ** 2
        low, high = quadratic_roots(a, -2 * observed, observed**2 - (self.z * error) ** 2)
        return float(low), float(high)

    def solved(self, kernel: Kernel, direction: NDArray) -> np.ndarray:
        """One count needs no chi^2: it is excluded between the roots for `low` and above the larger one for `high`.

        :param kernel: of `response`.
        :param direction: (J, k).

        >>> from zputils.experiments.ccfr import CCFR
        >>> CCFR.solved(CCFR.kernel(np.array([0.1])), np.array([[1.0]]))[0].round(8).ravel().tolist()
        [nan, 1.29e-06]
        """
        if self.n_bins > 1:
            return super().solved(kernel, direction)
        (n1,), (n2,) = kernel.at(direction)
        low, high = self.allowed(kernel.n0.item())
        lower, upper = quadratic_roots(n2, n1, kernel.n0 - low)
        limit = quadratic_roots(n2, n1, kernel.n0 - high)[1]
        positive = np.where(lower > 0, [lower, upper], np.nan)
        return np.array([[positive[0], limit], [positive[1], limit + np.inf]])
