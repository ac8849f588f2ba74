"""Counts that are quadratic in x = g^2: what an experiment knows of them, whatever the couplings."""

from typing import NamedTuple

import numpy as np


def quadratic_roots(a, b, c):
    """The two real roots of a x^2 + b x + c in rising order, nan where there are none or a = 0.

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

    x = g^2; p_j: products of couplings per g^2, as `Counting.products` has them for a model. n0: (B,), the Standard
    Model's; linear, quadratic: (J, B, n).

    >>> kernel = Kernel(np.array([5.0]), np.array([[[1.0]]]), np.array([[[2.0]]]))
    >>> [part.tolist() for part in kernel.at(np.array([[3.0]]))]  # one product, 3, of one model
    [[[[3.0]]], [[[18.0]]]]
    """

    n0: np.ndarray
    linear: np.ndarray
    quadratic: np.ndarray

    def at(self, products: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """N1 and N2, each (B, k, n), for the products (J, k) of k models.

        >>> kernel = Kernel(np.ones(2), np.ones((1, 2, 5)), np.ones((1, 2, 5)))
        >>> [part.shape for part in kernel.at(np.ones((1, 3)))]  # one product of each of three models
        [(2, 3, 5), (2, 3, 5)]
        """
        n1 = sum(p[:, None] * part[:, None] for p, part in zip(products, self.linear, strict=True))
        n2 = sum(p[:, None] ** 2 * part[:, None] for p, part in zip(products, self.quadratic, strict=True))
        return n1, n2
