"""Counts as polynomials N0 + N1 x + N2 x^2 in x = g^2: their parts for any couplings, and where they take a value."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..kept import by_mass
from ..physics.couplings import Couplings

if TYPE_CHECKING:
    from .counting import Counting


def quadratic_roots(a: float | NDArray, b: float | NDArray, c: float | NDArray) -> tuple[NDArray, NDArray]:
    """The two real roots of a x^2 + b x + c in rising order, nan where there are none or a = 0.

    :param a: coefficient of x^2.
    :param b: of x.
    :param c: the constant; they broadcast.
    :returns: the smaller and the larger root, of the broadcast shape.

    >>> [float(root) for root in quadratic_roots(1.0, -3.0, 2.0)]
    [1.0, 2.0]
    >>> [float(root) for root in quadratic_roots(1.0, 0.0, 1.0)]
    [nan, nan]
    """
    real = (b**2 >= 4 * a * c) & (a > 0)
    a, b, c = (np.where(real, value, stand_in) for value, stand_in in ((a, 1), (b, 3), (c, 2)))
    q = -(b + np.copysign(np.sqrt(b**2 - 4 * a * c), b)) / 2
    first, second = np.where(real, q / a, np.nan), np.where(real, c / q, np.nan)
    return np.minimum(first, second), np.maximum(first, second)


class Kernel(NamedTuple):
    """Counts in B bins at n masses for any couplings: N = n0 + sum_j p_j linear_j x + sum_j p_j^2 quadratic_j x^2.

    x = g^2; p_j: products of couplings per g^2, as `Counting.products` has them for a model.

    :param n0: (B,), the Standard Model's counts.
    :param linear: (J, B, n).
    :param quadratic: (J, B, n).

    >>> kernel = Kernel(np.array([5.0]), np.array([[[1.0]]]), np.array([[[2.0]]]))
    >>> [part.tolist() for part in kernel.at(np.array([[3.0]]))]  # one product, 3, of one model
    [[[[3.0]]], [[[18.0]]]]
    """

    n0: np.ndarray
    linear: np.ndarray
    quadratic: np.ndarray

    def at(self, products: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """N1 and N2, each (B, k, n), for the products (J, k) of k models, or (J, k, n) where they depend on the mass.

        :param products: (J, k), or (J, k, n) where they depend on the mass.
        :returns: (B, k, n) each.

        >>> Kernel(np.array([5.0]), np.array([[[1.0]]]), np.array([[[2.0]]])).at(np.array([[3.0]]))[0].tolist()
        [[[3.0]]]
        """
        products = products[..., None] if products.ndim == 2 else products
        n1 = sum(p * part[:, None] for p, part in zip(products, self.linear, strict=True))
        n2 = sum(p**2 * part[:, None] for p, part in zip(products, self.quadratic, strict=True))
        return n1, n2


@by_mass(16)
def vector_kernel(experiment: "Counting", m: np.ndarray) -> Kernel:
    """An experiment's kernel at masses m, (n,) GeV, for vector couplings; read-only.

    :param experiment: whose counts they are.
    :param m: (n,) GeV.

    >>> from zputils.experiments.borexino import BOREXINO
    >>> vector_kernel(BOREXINO, np.array([0.1])).linear.shape
    (3, 1, 1)
    """
    return experiment.kernel(m)


@by_mass(16)
def chiral_kernel(experiment: "Counting", m: np.ndarray) -> Kernel:
    """The same for g_L, for g_R and for both together of the experiment's lepton, one after the other.

    :param experiment: whose counts they are.
    :param m: (n,) GeV.

    >>> from zputils.experiments.borexino import BOREXINO
    >>> chiral_kernel(BOREXINO, np.array([0.1])).linear.shape
    (9, 1, 1)
    """
    kernel: Callable[..., Kernel] = experiment.kernel  # that of a lepton takes its chiralities
    n0, _, both = kernel(m)
    (_, *left), (_, *right) = kernel(m, (1, 0)), kernel(m, (0, 1))
    mixed = both - left[1] - right[1]
    linear = left[0], right[0], 0 * mixed
    return Kernel(n0, np.concatenate(linear),
                  np.concatenate([left[1] - mixed / 2, right[1] - mixed / 2, 2 * mixed]))


def at_excess(experiment: "Counting", excess: float, model: Couplings, m: ArrayLike) -> NDArray:
    """The coupling at which an experiment's rate is 1 + excess times the Standard Model's.

    :param experiment: whose counts they are.
    :param excess: over the Standard Model's rate, relative.
    :param model: the Z'.
    :param m: any shape, GeV.
    :returns: of the shape of m.

    >>> from zputils import ZPrime
    >>> from zputils.experiments.borexino import BOREXINO, BOREXINO_EXCESS
    >>> f"{at_excess(BOREXINO, BOREXINO_EXCESS, ZPrime.l_mu_minus_l_tau(), 0.01) / 0.01:.3f}"  # per GeV
    '0.060'
    """
    n0, n1, n2 = experiment.counts(model, m)
    return np.sqrt(quadratic_roots(n2, n1, -excess * n0)[1])
