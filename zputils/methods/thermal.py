"""The smallest mass of a Z' in thermal equilibrium that BBN and the CMB allow: a published table, interpolated.

Table VI of arXiv:1910.01649 gives it for decades of the ratio of annihilations to electrons and to neutrinos, which for
a Z' is Gamma_ee/Gamma_nunu (Eq. 2.15 of arXiv:2108.05147). `zputils.physics.cosmology` computes the N_eff behind it.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from .. import checks, curves

PUBLISHED = "bbn_cmb_mass_bounds"  # in the catalogue
DATA_SETS = {"BBN+CMB": "m_BBN_CMB_GeV", "BBN": "m_BBN_GeV", "CMB": "m_CMB_GeV"}  # which of its columns


def _position(ratio, first, last):
    """Where a ratio, 0 to inf, lies on the axis along which masses are interpolated between the rows of the table.

    Logarithmic between the first and the last finite row, as in the paper. Beyond, what little reaches the other fluid
    is a perturbation: the mass moves linearly in the ratio from 0 to `first`, and in 1/ratio from `last` to inf.
    """
    return np.minimum(ratio / first, 1) + np.log(np.clip(ratio, first, last)) - last / np.maximum(ratio, last)


@cache
def published():
    """The published bounds, one row for each ratio = Gamma_ee/Gamma_nunu, which is the index, from 0 to inf.

    >>> published().m_BBN_CMB_GeV[[0, 1e4, np.inf]].tolist()
    [0.008342, 0.001277, 0.009757]
    """
    frame = curves.table(PUBLISHED)
    ratio = np.divide(frame.electrons, frame.neutrinos, out=np.full(len(frame), np.inf), where=frame.neutrinos > 0)
    return frame.set_index(pd.Index(ratio, name="ratio"))


def mass_bound(ratio, data="BBN+CMB"):
    """The mass in GeV below which a Z' in equilibrium is excluded, for ratios (any shape) from 0 to inf.

    Table VI of arXiv:1910.01649, interpolated as in the paper: the mass linear in the logarithm of the ratio. Between
    the last finite rows and those of neutrinos or electrons alone it is linear in the ratio or its inverse.
    data: a name in DATA_SETS; nan next to a row where the CMB alone excludes nothing.

    >>> [f"{1e3 * m:.1f}" for m in mass_bound([0, 3.8e-5, 1e4, 1e6, np.inf])]  # MeV
    ['8.3', '4.9', '1.3', '9.4', '9.8']
    """
    column = DATA_SETS[checks.choice("data", data, DATA_SETS)]
    ratio = np.asarray(ratio)
    checks.real("ratio", ratio[ratio != np.inf], 0)
    rows = published().index.to_numpy()
    given, tabulated = (_position(each, *rows[[1, -2]]) for each in (ratio.astype(float), rows))
    return np.interp(given, tabulated, published()[column])[()]


@dataclass(frozen=True)
class ThermalBound:
    """Masses below `mass(model)` are excluded, for couplings strong enough for equilibrium. references: BibTeX keys.

    data: which of DATA_SETS.

    >>> from zputils import ZPrime
    >>> f"{1e3 * ThermalBound('BBN', data='BBN').mass(ZPrime.muonic(g_nu=1)):.1f}"  # MeV
    '2.2'
    """

    name: str
    data: str
    references: tuple[str, ...] = ()
    inputs = (PUBLISHED,)

    def mass(self, model):
        """The smallest allowed mass in GeV, nan for a model without electron and neutrino coupling.

        The shape of the model's couplings: (k, 1) for k `ZPrimes`.

        >>> from zputils import ZPrime
        >>> f"{1e3 * BBN_CMB.mass(ZPrime.muonic(g_nu=1)):.2f}"  # MeV
        '4.93'
        """
        e, nu = abs(model.e), abs(model.nu)
        ratio = np.full(np.shape(e), np.inf)
        np.divide(e, nu, out=ratio, where=e < 1e100 * nu)
        bound = mass_bound(2 * np.minimum(ratio, 1e100) ** 2, self.data)
        return np.where((e > 0) | (nu > 0), bound, np.nan)[()]

    def why(self, model):
        """Why there is no bound, or None.

        >>> from zputils import ZPrime
        >>> BBN_CMB.why(ZPrime.muonic(loop=False))
        'no coupling to electrons or neutrinos'
        """
        return None if model.e or model.nu else "no coupling to electrons or neutrinos"


BBN_CMB = ThermalBound("BBN+CMB", "BBN+CMB", ("Sabti:2019mhn",))
