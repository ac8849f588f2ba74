"""The edges of what counts exclude: each direction in the space of products of couplings is solved for once."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..kept import by_mass
from .polynomial import Kernel, chiral_kernel, vector_kernel

if TYPE_CHECKING:
    from .counting import Counting

ITEMS = 5000  # masses times models that are solved at once: more would only take memory
FEW = 4  # directions of a family that are kept: it often has but one, of either sign


def edges(experiment: "Counting", m: NDArray, kernel: Kernel, direction: NDArray) -> np.ndarray:
    """The edges in g of models by the direction of their products.

    Models that differ in strength alone have the same direction.

    :param experiment: that counts.
    :param m: (n,) GeV.
    :param kernel: of the experiment at these masses.
    :param direction: (J, k), or (J, k, n), of the products of k models.
    :returns: (2, intervals, k, n): lower and upper.

    >>> from zputils.experiments.ccfr import CCFR
    >>> m = np.array([0.1])
    >>> [f"{g:.1e}" for g in edges(CCFR, m, CCFR.kernel(m), np.array([[1.0]]))[0, -1, 0]]
    ['1.1e-03']
    """
    if direction.ndim == 3:
        return np.sqrt(_all_solved(experiment, kernel, direction))
    unique, back = np.unique(np.round(direction, 12) + 0.0, axis=1, return_inverse=True)
    several = unique.shape[1] > FEW
    found = _all_solved(experiment, kernel, unique) if several else np.concatenate(
        [_edges_of(experiment, m, tuple(one)) for one in unique.T.tolist()], axis=2)
    return np.sqrt(found)[:, :, back.ravel()]


@by_mass(16)
def _edges_of(experiment, m, direction):
    plain = vector_kernel(experiment, m)
    kernel = plain if len(plain.linear) == len(direction) else chiral_kernel(experiment, m)
    return _all_solved(experiment, kernel, np.array(direction)[:, None])


def _all_solved(experiment, kernel, direction):
    """Edges in x, in the order of `edges`; the Standard Model must not be excluded."""
    _refuse_standard_model(experiment, kernel)
    step = max(1, ITEMS // max(1, kernel.linear.shape[-1]))
    parts = [experiment.solved(kernel, direction[:, i:i + step]) for i in range(0, direction.shape[1], step)]
    return np.concatenate(parts, axis=2)


def _refuse_standard_model(experiment, kernel):
    """ValueError when the counts exclude the Standard Model."""
    chi2 = experiment.chi_squared(kernel, np.zeros((len(kernel.linear), 1)))([[0.0]]).max(initial=0.0)
    if chi2 > experiment.z**2:
        raise ValueError(f"{experiment.name}: the Standard Model's {kernel.n0.sum():.4g} events are outside what is "
                         f"allowed: chi^2 = {chi2:.3g}, more than {experiment.z**2:.3g}")
