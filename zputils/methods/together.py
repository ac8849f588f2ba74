"""Counting experiments in one chi^2."""

from dataclasses import dataclass

import numpy as np

from .. import checks
from ..physics.models import Couplings
from .counting import Counting
from .detector import CountingExperiment
from .polynomial import Kernel


@dataclass(frozen=True, kw_only=True)
class Together(Counting):
    """Experiments in one chi^2: each has its own systematic uncertainty, and all of them that of the flux.

    Two targets that interfere differently fill the gap that interference leaves in each.

    :param experiments: each with its counts.
    :param flux: relative uncertainty of what all predictions have in common.

    >>> from zputils.experiments.coherent import COHERENT_FUTURE
    >>> [experiment.name for experiment in COHERENT_FUTURE.experiments]
    ['COHERENT NaI', 'COHERENT Ar']
    """

    experiments: tuple[CountingExperiment, ...]
    flux: float = 0.0

    def __post_init__(self) -> None:
        super().__post_init__()
        checks.real("flux", self.flux, 0)

    @property
    def q2(self) -> float:
        """The mean of theirs, GeV^2.

        >>> from zputils.experiments.coherent import COHERENT_FUTURE
        >>> f"{1e3 * COHERENT_FUTURE.q2**0.5:.0f} MeV"
        '60 MeV'
        """
        return float(np.mean([experiment.q2 for experiment in self.experiments]))

    @property
    def level(self) -> float:
        """The level at which they exclude, the same for all.

        >>> from zputils.experiments.coherent import COHERENT_FUTURE
        >>> COHERENT_FUTURE.level
        0.9
        """
        (level,) = {experiment.level for experiment in self.experiments}
        return level

    def needs(self, model: Couplings | None = None) -> tuple[str, ...]:
        """Catalogue names of the tables that any of them needs.

        >>> from zputils.experiments.coherent import COHERENT_CSI
        >>> Together(name="one", experiments=(COHERENT_CSI,)).needs()
        ('coherent_csi_acceptance',)
        """
        return tuple(name for experiment in self.experiments for name in experiment.needs(model))

    def products(self, model: Couplings) -> list:
        """Those of each experiment, one after the other.

        >>> from zputils import ZPrime
        >>> from zputils.experiments.coherent import COHERENT_FUTURE
        >>> len(COHERENT_FUTURE.products(ZPrime.muonic(g_nu=1)))  # Na, I and Ar with nu_e and nu_mu
        6
        """
        return [product for experiment in self.experiments for product in experiment.products(model)]

    def kernel(self, m: np.ndarray) -> Kernel:
        """The bins of one experiment after those of the other; a product belongs to the bins of its own.

        >>> from zputils.experiments.coherent import COHERENT_FUTURE
        >>> COHERENT_FUTURE.kernel(np.array([0.1])).linear.shape
        (6, 16, 1)
        """
        n0, *parts = zip(*(experiment.kernel(m) for experiment in self.experiments), strict=True)
        return Kernel(np.concatenate(n0), *map(_blocks, parts))

    @property
    def nuisances(self) -> np.ndarray:
        """(K, B): what each experiment has of its own, and last the flux.

        >>> from zputils.experiments.coherent import COHERENT_FUTURE
        >>> COHERENT_FUTURE.nuisances.shape
        (3, 16)
        """
        own = _blocks([experiment.nuisances[..., None] for experiment in self.experiments])[..., 0]
        return np.append(own, np.full((1, own.shape[1]), self.flux), axis=0)

    def measured(self, n0: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Observed counts and their errors, (B,), of all.

        >>> from zputils.experiments.coherent import COHERENT_FUTURE
        >>> [values.size for values in COHERENT_FUTURE.measured(np.ones(16))]
        [16, 16]
        """
        parts = np.split(n0, np.cumsum([experiment.n_bins for experiment in self.experiments])[:-1])
        found = [experiment.measured(part) for experiment, part in zip(self.experiments, parts, strict=True)]
        observed, errors = map(np.concatenate, zip(*found, strict=True))
        return observed, errors

    def why_not(self, model: Couplings) -> str | None:
        """Why there is no limit on this model at any mass, or None if there is one.

        >>> from zputils import ZPrime
        >>> from zputils.experiments.coherent import COHERENT_FUTURE
        >>> print(COHERENT_FUTURE.why_not(ZPrime.muonic(g_nu=1)))
        None
        """
        reasons = [reason for experiment in self.experiments if (reason := experiment.why_not(model))]
        return " and ".join(dict.fromkeys(reasons)) if len(reasons) == len(self.experiments) else None


def _blocks(parts):
    """Arrays (J, B, n) of several experiments as one, 0 where a product of one meets the bins of another.

    >>> _blocks([np.ones((1, 1, 1)), 2 * np.ones((1, 2, 1))])[..., 0].tolist()
    [[1.0, 0.0, 0.0], [0.0, 2.0, 2.0]]
    """
    sizes = np.array([part.shape[:2] for part in parts])
    whole = np.zeros((*sizes.sum(axis=0), parts[0].shape[2]))
    for part, (j, b) in zip(parts, np.cumsum(sizes, axis=0) - sizes, strict=True):
        whole[j:j + part.shape[0], b:b + part.shape[1]] = part
    return whole
