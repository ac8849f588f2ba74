"""The early universe: masses that nucleosynthesis and the CMB exclude.

Table VI of arXiv:1910.01649 gives the smallest mass of a Z' in equilibrium for decades of the ratio of annihilations to
electrons and to neutrinos, which for a Z' is Gamma_ee/Gamma_nunu (Eq. 2.15 of arXiv:2108.05147).
`zputils.physics.cosmology` computes the N_eff behind it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import checks, curves
from ..physics.models import Couplings, Running
from .bound import MASSES, Bound, no_coupling_to
from .region import Region

if TYPE_CHECKING:
    import pandas as pd

PUBLISHED = "bbn_cmb_mass_bounds"  # in the catalogue
DATA_SETS = {"BBN+CMB": "m_BBN_CMB_GeV", "BBN": "m_BBN_GeV", "CMB": "m_CMB_GeV"}  # which of its columns


def position(ratio: float | NDArray, first: float, last: float) -> NDArray:
    """Where a ratio, 0 to inf, lies on the axis along which masses are interpolated between the rows of the table.

    Logarithmic between the first and the last finite row, as in the paper. Beyond, what little reaches the other fluid
    is a perturbation: the mass moves linearly in the ratio from 0 to `first`, and in 1/ratio from `last` to inf.

    :param ratio: Gamma_ee/Gamma_nunu, any shape.
    :param first: the first finite ratio of the table.
    :param last: the last one.
    :returns: of the shape of `ratio`.

    >>> position(np.array([0.0, 10.0, np.inf]), 1.0, 100.0).round(2).tolist()
    [-1.0, 2.3, 5.61]
    """
    return np.minimum(ratio / first, 1) + np.log(np.clip(ratio, first, last)) - last / np.maximum(ratio, last)


def published() -> "pd.DataFrame":
    """The published bounds, one row for each ratio = Gamma_ee/Gamma_nunu, which is the index, from 0 to inf.

    >>> published().m_BBN_CMB_GeV[[0, 1e4]].tolist()
    [0.008342, 0.001277]
    """
    return curves.table(PUBLISHED).assign(ratio=_ratios()).set_index("ratio")


@cache
def _ratios():
    some = (neutrinos := curves.columns(PUBLISHED)["neutrinos"]) > 0
    return np.divide(curves.columns(PUBLISHED)["electrons"], neutrinos, out=np.full(some.size, np.inf), where=some)


def mass_bound(ratio: ArrayLike, data: str = "BBN+CMB") -> NDArray:
    """The mass in GeV below which a Z' in equilibrium is excluded, for ratios (any shape) from 0 to inf.

    Table VI of arXiv:1910.01649, interpolated as in the paper: the mass linear in the logarithm of the ratio. Between
    the last finite rows and those of neutrinos or electrons alone it is linear in the ratio or its inverse.

    :param ratio: Gamma_ee/Gamma_nunu, any shape, 0 to inf.
    :param data: a name in DATA_SETS; nan next to a row where the CMB alone excludes nothing.
    :returns: GeV, of the shape of `ratio`.

    >>> [f"{1e3 * m:.1f}" for m in mass_bound([0, 3.8e-5, 1e4, 1e6, np.inf])]  # MeV
    ['8.3', '4.9', '1.3', '9.4', '9.8']
    """
    column = curves.columns(PUBLISHED)[DATA_SETS[checks.choice("data", data, DATA_SETS)]]
    checks.real("ratio", (ratio := np.asarray(ratio))[ratio != np.inf], 0)
    ends = _ratios()[[1, -2]]
    return np.interp(position(ratio.astype(float), *ends), position(_ratios(), *ends), column)[()]


@dataclass(frozen=True, eq=False)
class Below:
    """Every coupling is excluded at masses up to that of the model.

    :param m: (n,) GeV.
    :param mass: model -> the mass in GeV.

    >>> from zputils import ZPrime
    >>> Below(np.array([0.1, 0.3]), lambda model: 0.2).region(ZPrime()).lower.tolist()
    [[0.0, nan]]
    """

    m: np.ndarray
    mass: Callable

    def region(self, model: Couplings) -> Region:
        """The couplings that are excluded.

        :param model: the Z'.

        >>> from zputils import ZPrime
        >>> Below(np.array([0.1]), lambda model: 0.2).region(ZPrime()).upper.tolist()
        [[inf]]
        """
        inside = self.m <= self.mass(model)
        return Region.of(self.m, (np.where(inside, 0.0, np.nan), np.where(inside, np.inf, np.nan)))


@dataclass(frozen=True, kw_only=True)
class LightThermal(Bound):
    """Masses below `mass(model)` are excluded, for couplings strong enough for equilibrium.

    :param group: of `bound.GROUPS`.
    :param data: one of DATA_SETS.

    >>> from zputils import ZPrime, bounds
    >>> f"{1e3 * bounds.get('BBN+CMB').mass(ZPrime.muonic(g_nu=1)):.1f}"  # MeV
    '4.9'
    """

    group: str = field(default="early universe", repr=False)
    data: str = "BBN+CMB"

    @property
    def confidence(self) -> str:
        """The criterion of the published table.

        >>> from zputils import bounds
        >>> bounds.get("BBN+CMB").confidence
        '2 sigma (Delta chi2 = 4)'
        """
        return curves.fact(PUBLISHED, "confidence_level")

    def needs(self, model: Couplings | None = None) -> tuple[str, ...]:
        """Catalogue names: the published table.

        >>> from zputils import bounds
        >>> bounds.get("BBN+CMB").needs()
        ('bbn_cmb_mass_bounds',)
        """
        return (PUBLISHED,)

    def mass(self, model: Couplings) -> NDArray:
        """The smallest allowed mass in GeV, nan for a model without electron and neutrino coupling, or with
        channels of its own, which the table does not know.

        The shape of the model's couplings: (k, 1) for k `ZPrimes`.

        :param model: the Z'.
        :returns: GeV, of the shape of the model's couplings: (k, 1) for k `ZPrimes`.

        >>> from zputils import ZPrime, bounds
        >>> f"{1e3 * bounds.get('BBN+CMB').mass(ZPrime.muonic(g_nu=1)):.2f}"  # MeV
        '4.93'
        """
        if isinstance(model, Running):
            return self._of_running(model)
        if model.channels:
            return np.full(np.shape(model.nu), np.nan)[()]
        e, nu = np.sqrt(model.strength("e")) if np.any(model.e_axial) else abs(model.e), abs(model.nu)
        ratio = np.full(np.shape(e), np.inf)
        np.divide(e, nu, out=ratio, where=e < 1e100 * nu)
        bound = mass_bound(2 * np.minimum(ratio, 1e100) ** 2, self.data)
        return np.where((e > 0) | (nu > 0), bound, np.nan)[()]

    def _of_running(self, model):
        """The mass that is its own bound: couplings at these masses hardly run, and the bound less."""
        mass = np.asarray(1e-2)
        for _ in range(20):
            found = self.mass(model.at(mass))
            mass = np.where(np.isfinite(found), found, 1e-2)
        return found

    def kernel(self, m: NDArray) -> Below:
        """Every coupling at masses m, (n,) GeV, below `mass`.

        >>> from zputils import ZPrime, bounds
        >>> bounds.get("BBN+CMB").region(ZPrime.muonic(g_nu=1), [1e-3, 1e-2]).upper.tolist()
        [[inf, nan]]
        """
        return Below(m, self.mass)

    def region(self, model: Couplings, m: ArrayLike | None = None) -> Region:
        """Every coupling at masses below `mass`. m: (n,) GeV; when None: a thousandth of that mass and that mass.

        >>> from zputils import ZPrime, bounds
        >>> f"{bounds.get('BBN+CMB').region(ZPrime.muonic(g_nu=1)).m[-1]:.4f}"
        '0.0049'
        """
        edge = self.mass(model)
        own = edge * np.array([1e-3, 1.0]) if np.all(edge > 0) else MASSES  # nan where there is none
        return super().region(model, own if m is None else m)

    def why_not(self, model: Couplings) -> str | None:
        """Why there is no bound, or None.

        >>> from zputils import ZPrime, bounds
        >>> bounds.get("BBN+CMB").why_not(ZPrime.muonic(loop=False))
        'no coupling to electrons or neutrinos'
        """
        if model.channels:
            return f"does not know decays to {', '.join(channel.name for channel in model.channels)}"
        model = model.at(MASSES)
        return no_coupling_to("electrons or neutrinos", model.strength("e"), model.nu)
