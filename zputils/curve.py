"""A published limit, or a region between two edges, as arrays over the mass."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from . import checks


@dataclass(frozen=True, eq=False)
class Curve:
    """A limit (one edge, `upper` is None) or a region between two edges; arrays are read-only.

    :param name: of the catalogue, or the file's.
    :param coupling: what they are, `g` or `epsilon`.
    :param m: (n,) GeV.
    :param lower: (n,) couplings, nan in gaps.
    :param upper: (n,) couplings, nan in gaps.
    :param outline: m is in drawing order instead of rising, and the curve cannot be interpolated.

    >>> from zputils.curves import load
    >>> curve = load("CCFR_Altmannshofer2014_LmuLtau")
    >>> curve.coupling, curve.m.size == curve.lower.size
    ('g', True)
    """

    name: str
    coupling: str
    m: np.ndarray
    lower: np.ndarray
    upper: np.ndarray | None = None
    outline: bool = False

    @property
    def limit(self) -> np.ndarray:
        """The coupling above which the model is excluded.

        :raises AttributeError: for a region with two edges.

        >>> from zputils.curves import load
        >>> f"{load('CCFR_Altmannshofer2014_LmuLtau').limit.min():.1e}"
        '8.0e-04'
        """
        if self.upper is not None:
            raise AttributeError(f"curve {self.name} has a lower and an upper edge, not one limit")
        return self.lower

    def lower_at(self, m: ArrayLike) -> np.ndarray:
        """Limit or lower edge at masses m, log-log interpolated; nan in gaps and outside the curve.

        There is no limit where the experiment published none, so nan is the answer there, not an error.

        :param m: any shape, GeV.
        :returns: couplings, of the shape of m.
        :raises ValueError: for a mass <= 0, nan, or for an outline.

        >>> from zputils.curves import load
        >>> ship = load("SHiP_Ahdida2020new_brem_dipole")
        >>> f"{ship.lower_at(0.1):.2e}"
        '5.28e-08'
        >>> ship.lower_at([0.1, 100.0]).round(10).tolist()
        [5.28e-08, nan]
        """
        return self._interpolate(m, self.lower)

    def upper_at(self, m: ArrayLike) -> np.ndarray:
        """Upper edge at masses m, as `lower_at`.

        :param m: any shape, GeV.
        :returns: couplings, of the shape of m.
        :raises ValueError: as `lower_at`, and for a curve with one edge.

        >>> from zputils.curves import load
        >>> f"{load('SHiP_Ahdida2020new_brem_dipole').upper_at(0.1):.2e}"
        '3.06e-05'
        """
        if self.upper is None:
            raise ValueError(f"curve {self.name} has no upper edge")
        return self._interpolate(m, self.upper)

    def at(self, m: ArrayLike) -> np.ndarray | tuple[np.ndarray, np.ndarray]:
        """`limit` at masses m for a curve with one edge, (lower, upper) for one with two; as `lower_at`.

        :param m: any shape, GeV.
        :returns: couplings, of the shape of m; two arrays of them where there are two edges.

        >>> from zputils.curves import load
        >>> lower, upper = load("SHiP_Ahdida2020new_brem_dipole").at(0.1)
        >>> f"{lower:.2e} {upper:.2e}"
        '5.28e-08 3.06e-05'
        """
        return self.lower_at(m) if self.upper is None else (self.lower_at(m), self.upper_at(m))

    def _interpolate(self, m, values):
        if self.outline:
            raise ValueError(f"curve {self.name} is an outline in drawing order, not a function of the mass")
        log_m = np.log(checks.mass(m))
        return np.exp(np.interp(log_m, np.log(self.m), np.log(values), left=np.nan, right=np.nan))[()]
