"""chi^2 of counts that are quadratic in x = g^2, and all x that it excludes.

With what is uncertain profiled, chi^2 is a ratio of polynomials in x, so that the excluded x lie between the roots of
one polynomial. They are found as eigenvalues, for all masses and models at once.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True)
class ChiSquared:
    """chi^2 of the counts N = N0 + N1 x + N2 x^2 in B bins, each for n items (masses, models) side by side.

    With the nuisances a_k profiled::

        chi^2 = min_a sum_b [(observed_b - N_b (1 + sum_k a_k s_kb))/error_b]^2 + sum_k a_k^2
              = sum_b r_b^2 - E^T C^-1 E,  E_k = sum_b s_kb n_b r_b,  C_kl = delta_kl + sum_b s_kb s_lb n_b^2

    where n_b = N_b/error_b and r_b = (observed_b - N_b)/error_b.

    :param n0: (B,), the Standard Model's counts.
    :param n1: (B, n), what goes with x.
    :param n2: (B, n), what goes with x^2.
    :param observed: (B,) counts.
    :param error: (B,), of the counts.
    :param nuisances: (K, B), the fraction of itself by which the prediction of a bin moves with one standard deviation
        of a nuisance.

    >>> chi2 = ChiSquared(n0=[100.0], n1=[[1.0]], n2=[[0.0]], observed=[100.0], error=[10.0], nuisances=[[0.1]])
    >>> f"{chi2([[400.0]]).item():.3f}"  # 400^2/(10^2 + 50^2): 500 events for 100
    '61.538'
    """

    n0: np.ndarray
    n1: np.ndarray
    n2: np.ndarray
    observed: np.ndarray
    error: np.ndarray
    nuisances: np.ndarray

    @cached_property
    def shifts(self) -> np.ndarray:
        """The fewest nuisances, (r, B), that have the same covariance, which is all that enters.

        >>> two, flux_and_own = np.ones(2), [[0.1, 0.1], [0.2, 0.0], [0.0, 0.2]]
        >>> ChiSquared(two, two[:, None], two[:, None], two, two, flux_and_own).shifts.shape
        (2, 2)
        """
        _, size, direction = np.linalg.svd(np.atleast_2d(self.nuisances), full_matrices=False)
        kept = size > 1e-12 * size.max(initial=1e-300)
        return size[kept, None] * direction[kept]

    @property
    def degree(self) -> int:
        """Degree of `numerator` in x.

        >>> detectors = 0.05 * np.kron(np.eye(2), np.ones(8))  # two of eight bins, each with its own normalisation
        >>> ChiSquared(np.ones(16), np.ones((16, 1)), np.ones((16, 1)), np.ones(16), np.ones(16), detectors).degree
        12
        """
        bins, independent = len(self.n0), len(self.shifts)
        return 4 * max(independent, 1 + min(independent, bins - 1))

    @cached_property
    def as_shift(self) -> tuple[np.ndarray, np.ndarray]:
        """a (r,) and rho (B,) with 1 = sum_k a_k s_kb + rho_b: as far as they can, nuisances make up for N itself.

        >>> chi2 = ChiSquared(np.ones(2), np.ones((2, 1)), np.ones((2, 1)), np.ones(2), np.ones(2), [[0.1, 0.1]])
        >>> [part.round(12).tolist() for part in (chi2.as_shift[0] @ chi2.shifts, chi2.as_shift[1])]
        [[1.0, 1.0], [0.0, 0.0]]
        """
        a = np.linalg.lstsq(self.shifts.T, np.ones(len(self.n0)), rcond=None)[0]
        rho = 1 - a @ self.shifts
        return a, np.where(abs(rho) > 1e-9, rho, 0)

    def _parts(self, x):
        """chi^2 (n, p) and C (n, p, r, r) at x (n, p), real or complex.

        Where N is large, chi^2 is a small difference of large numbers. The nuisances counted from where they cancel N
        (`as_shift`) leave N out of it; of the two forms the one with the smaller terms is taken.
        """
        n0, observed, error = (np.reshape(value, (-1, 1, 1)) for value in (self.n0, self.observed, self.error))
        n = (n0 + np.asarray(self.n1)[..., None] * x + np.asarray(self.n2)[..., None] * np.square(x)) / error
        s, (a, rho) = self.shifts, self.as_shift
        c = np.eye(len(s)) + _summed(s[:, None] * s, n**2)

        def form(start, r):
            e, size = start + _summed(s, n * r), (r**2).sum(axis=0) + (start**2).sum()
            return size, size - (e * _solved(c, e)).sum(axis=-1)

        one, direct = form(0 * a, observed / error - n)
        other, shifted = form(a, observed / error - n * rho[:, None, None])
        return np.where(abs(one) < abs(other), direct, shifted), c

    def __call__(self, x: ArrayLike) -> np.ndarray:
        """chi^2 at x, (n, p): p values for each item.

        >>> chi2 = ChiSquared([1.0], [[1.0, 2.0]], [[0.0, 0.0]], [1.0], [1.0], [[0.0]])
        >>> chi2([[3.0], [3.0]]).tolist()
        [[9.0], [36.0]]
        """
        return self._parts(x)[0]

    def numerator(self, x: ArrayLike, threshold: float) -> np.ndarray:
        """(chi^2 - threshold) det C, (n, p): a polynomial in x, for x real or complex.

        :param x: (n, p), coupling squared, real or complex.
        :param threshold: of chi^2.
        :returns: (n, p).

        >>> chi2 = ChiSquared([1.0], [[1.0]], [[1.0]], [1.0], [1.0], [[0.0]])  # (x + x^2)^2
        >>> chi2.numerator([[2.0]], threshold=1.0).tolist()
        [[35.0]]
        """
        value, c = self._parts(x)
        return (value - threshold) * np.linalg.det(c)

    def excluded(self, threshold: float) -> tuple[np.ndarray, np.ndarray]:
        """Where chi^2 > threshold at x > 0: lower and upper edges, each (degree/2 + 1, n), rising, nan beyond the last.

        The last row is for what is excluded without end, its upper edge inf. x = 0 must not be excluded.

        :param threshold: of chi^2.
        :returns: x, (degree/2 + 1, n) each.

        >>> chi2 = ChiSquared([10.0], [[-8.0]], [[2.0]], [10.0], [1.0], [[0.0]])  # too few, then too many
        >>> lower, upper = chi2.excluded(threshold=16.0)
        >>> lower[:, 0].round(3).tolist(), upper[:, 0].round(3).tolist()
        ([0.586, nan, 4.449], [3.414, nan, inf])
        """
        n1, n2 = np.asarray(self.n1), np.asarray(self.n2)
        some = n2.sum(axis=0) > 0
        scale = np.sqrt(np.sum(self.n0) / n2[:, some].sum(axis=0))  # in units where N2 x^2 is as large as N0 at x = 1
        scaled = replace(self, n1=n1[:, some] * scale, n2=n2[:, some] * scale**2)
        edges = np.full((2, self.degree // 2 + 1, some.size), np.nan)  # nothing is excluded where nothing changes
        edges[:, :, some] = scaled._intervals(scaled._roots(threshold), threshold) * scale
        return tuple(edges)

    def _roots(self, threshold):
        """Candidates for the positive roots of `numerator`, (n, degree), rising, nan for the others.

        The coefficients are the discrete Fourier transform of values on the unit circle; the eigenvalues are 1/x, so
        that a vanishing leading coefficient gives 0.
        """
        points = self.degree + 1  # half of them: the others have the conjugate values
        circle = np.exp(2j * np.pi * np.arange(points // 2 + 1) / points)
        c = np.fft.hfft(self.numerator(circle[None], threshold), points, axis=1) / points
        companion = np.zeros((len(c), self.degree, self.degree))
        companion[:, 0] = -c[:, 1:] / c[:, :1]
        companion[:, range(1, self.degree), range(self.degree - 1)] = 1
        w = np.linalg.eigvals(companion)
        real = (w.real > 1e-9) & (abs(w.imag) < 1e-3 * w.real)
        return self._in_columns(1 / np.where(real, w.real, np.nan), lambda x: self._polished(x, threshold))

    def _in_columns(self, x, function):
        """function(x), sorted, nan where x is; of as many columns only as have a number."""
        x = np.sort(x, axis=1)
        some = max(1, int(np.isfinite(x).sum(axis=1).max(initial=0)))
        x[:, :some] = np.where(np.isnan(x[:, :some]), np.nan, function(np.nan_to_num(x[:, :some], nan=1.0)))
        return np.sort(x, axis=1)

    def _polished(self, x, threshold):
        """Three of Newton's steps, none above 1 %; the derivative comes from a step into the complex plane.

        >>> chi2 = ChiSquared([1.0], [[1.0]], [[0.0]], [1.0], [1.0], [[0.0]])  # x^2
        >>> chi2._polished(np.array([[2.01]]), 4.0).round(9).item()
        2.0
        """
        for _ in range(3):
            value = self.numerator(x * (1 + 1e-30j), threshold)
            near = abs(value.real) < 0.01e30 * abs(value.imag)
            x = x * (1 - 1e-30 * np.divide(value.real, value.imag, out=np.zeros_like(x), where=near))
        return x

    def _intervals(self, roots, threshold):
        """Edges (2, degree/2 + 1, n) from the roots: between two neighbours chi^2 is on one side of the threshold."""
        after = np.append(roots[:, 1:], np.full_like(roots[:, :1], np.nan), axis=1)
        probe = np.sqrt(roots * np.where(np.isnan(after), 4 * roots, after))
        some = max(1, int(np.isfinite(probe).sum(axis=1).max(initial=0)))
        above = np.zeros(probe.shape, bool)  # of as many columns as have a number
        above[:, :some] = np.isfinite(probe[:, :some]) & (self(np.nan_to_num(probe[:, :some], nan=1.0)) > threshold)
        before = np.append(np.zeros_like(above[:, :1]), above[:, :-1], axis=1)
        known = np.isfinite(roots)
        lower, upper = (np.sort(np.where(known & change, roots, np.nan), axis=1)
                        for change in (above & ~before, before & ~above))
        closed = np.where(np.isnan(upper), np.nan, lower)
        endless = np.max(np.where(np.isnan(upper) & ~np.isnan(lower), lower, -np.inf), axis=1, keepdims=True)
        endless = np.where(np.isfinite(endless), endless, np.nan)
        half = roots.shape[1] // 2
        return np.stack([np.append(closed[:, :half], endless, axis=1).T,
                         np.append(upper[:, :half], endless + np.inf, axis=1).T])


def _summed(weights, values):
    """sum_b weights (..., B) values (B, n, p) as (n, p, ...).

    By einsum on real numbers, as the threads of a product of matrices take longer to start than this does.

    >>> _summed(np.array([[1.0, 2.0]]), np.array([[[1.0]], [[10.0]]])).tolist()
    [[[21.0]]]
    """
    flat = np.ascontiguousarray(values).reshape(len(values), -1)
    found = np.einsum("kb,bx->kx", weights.reshape(-1, weights.shape[-1]), flat.view(float)).view(flat.dtype)
    return found.T.reshape(*values.shape[1:], *weights.shape[:-1])


def _solved(c, e):
    """C^-1 E for C (..., r, r) and E (..., r); one or two unknowns by hand, as a call for each costs more.

    >>> _solved(np.array([[2.0, 1.0], [1.0, 3.0]]), np.array([3.0, 4.0])).tolist()
    [1.0, 1.0]
    """
    if e.shape[-1] == 1:
        return e / c[..., 0]
    if e.shape[-1] == 2:
        det = c[..., 0, 0] * c[..., 1, 1] - c[..., 0, 1] * c[..., 1, 0]
        turned = np.stack([c[..., 1, 1] * e[..., 0] - c[..., 0, 1] * e[..., 1],
                           c[..., 0, 0] * e[..., 1] - c[..., 1, 0] * e[..., 0]], axis=-1)
        return turned / det[..., None]
    return np.linalg.solve(c, e[..., None])[..., 0]
