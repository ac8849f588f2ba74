"""Neutrino trident production nu_mu N -> nu_mu mu mu N: CCFR's limit and DUNE's reach for any Z'.

The full tree-level cross section (`trident_amplitude`, `trident_kinematics`) is tabulated in K^2 (`trident_tables`).
A Z' with vector couplings to muons adds g_mu g_nu_mu/(sqrt2 G_F (m^2 + K^2)) to C_V, so that limits depend on the
product of the two couplings alone.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from .. import checks, curves
from ..constants import G_FERMI
from ..physics.couplings import Couplings
from ..physics.trident_amplitude import C_A, C_V, standard_model
from .detector import CountingExperiment
from .polynomial import Kernel


@cache
def _bins(tables):
    """K^2, VV and AA of tables of the catalogue, one after the other, as they stand there."""
    rows = []
    for table in map(curves.columns, tables):
        vv, aa = (np.sum([table[name] for name in table if part in name], axis=0) for part in ("VV", "AA"))
        rows.append([table["K2_GeV2"], vv, aa])
    return np.concatenate(rows, axis=1)


@dataclass(frozen=True, kw_only=True)
class Trident(CountingExperiment):
    """A trident experiment: its rates from tables of the catalogue, added up.

    Such a measurement is `observed` +- `error`.

    :param tables: catalogue names of its rates.
    :param exposure: what every column of the tables counts with (tonnes times 1e21 protons), or None for a rate in
        units of the Standard Model's.

    >>> from zputils.experiments.ccfr import CCFR
    >>> CCFR.observed, CCFR.error, CCFR.tables
    (0.82, 0.28, ('trident_ccfr_iron',))
    """

    lepton = "mu"
    neutrinos = ("nu_mu",)
    tables: tuple[str, ...]
    exposure: float | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        checks.listed("tables", self.tables)
        if self.exposure is not None:
            checks.number("exposure", self.exposure, 0, open_low=True)

    def needs(self, model: Couplings | None = None) -> tuple[str, ...]:
        """Catalogue names of the tables the counts need.

        >>> from zputils.experiments.ccfr import CCFR
        >>> CCFR.needs()
        ('trident_ccfr_iron',)
        """
        return self.tables

    def bins(self) -> tuple[NDArray, NDArray, NDArray]:
        """K^2 in GeV^2, VV and AA, each (n,): all tables and modes together.

        :returns: K^2 in GeV^2, VV and AA, (n,) each.

        >>> from zputils.experiments.ccfr import CCFR
        >>> k2, vv, aa = CCFR.bins()
        >>> f"{standard_model(vv.sum(), aa.sum()):.6f}"  # in units of the Standard Model's rate
        '1.000000'
        """
        k2, vv, aa = _bins(self.tables)
        scale = self.exposure or 1 / standard_model(vv.sum(), aa.sum())
        return k2, scale * vv, scale * aa

    def kernel(self, m: NDArray, chirality: tuple[int, int] = (1, 1)) -> Kernel:
        """sum VV (C_V + p x)^2 + AA C_A^2 with p = g_mu g_nu/[sqrt2 G_F (m^2 + K^2)] per x = g^2; one bin.

        Axial couplings a = (g_R - g_L)/2 add -a g_nu/[sqrt2 G_F (m^2 + K^2)] to C_A; the part of the propagator that
        goes with 1/m^2 vanishes between massless neutrinos. Vector and axial parts do not interfere in the rate.

        >>> from zputils.experiments.ccfr import CCFR
        >>> from zputils import ZPrime
        >>> n0, n1, n2 = CCFR.counts(ZPrime.muonic(g_nu=1), 0.1)
        >>> f"{n0:.2f} {n1:.1e} {n2:.1e}"
        '1.00 2.0e+05 6.8e+10'
        """
        k2, vv, aa = self.bins()
        propagator = 1 / (np.sqrt(2) * G_FERMI * (m[:, None] ** 2 + k2))
        n0 = np.array([standard_model(vv.sum(), aa.sum())])
        if chirality != (1, 1):
            v, a = (chirality[0] + chirality[1]) / 2, (chirality[0] - chirality[1]) / 2
            linear = propagator @ (2 * C_V * v * vv + 2 * C_A * a * aa)
            return Kernel(n0, linear[None, None], (propagator**2 @ (v**2 * vv + a**2 * aa))[None, None])
        return Kernel(n0, 2 * C_V * (propagator @ vv)[None, None], (propagator**2 @ vv)[None, None])

