"""Production by several mechanisms at once: shares from a table, fixed shares, and the first that is open.

Each is a sum of the quadratic forms of `zputils.physics.production`, weighted with the shares of a dark photon.
"""

from functools import cache, partial

import numpy as np

from .. import curves
from ..constants import M_ETA, M_PI0
from .models import QUARKS
from .production import MECHANISMS

# Columns of each table of shares and the mechanism they stand for.
TABLES = {
    "cms_production_fractions": {f"{q}_{q}": f"{q} qbar" for q in QUARKS},
    "dark_photon_yields_120GeV": {"N_brem": "proton bremsstrahlung", "N_eta": "eta -> gamma X",
                                  "N_pi0": "pi0 -> gamma X"},
}
# Heaviest Z' a decay can make (GeV); the bremsstrahlung of a proton has no such end.
THRESHOLD = {"pi0 -> gamma X": M_PI0, "eta -> gamma X": M_ETA, "proton bremsstrahlung": np.inf}


@cache
def shares(name):
    """(m, {mechanism: its share of the dark photons}) of a table, (n,) each; m in GeV.

    >>> m, found = shares("cms_production_fractions")
    >>> f"{found['u qbar'][0]:.2f} of those at {m[0]:g} GeV"
    '0.76 of those at 10 GeV'
    """
    table = curves.table(name)
    return table.m_GeV.to_numpy(), {mechanism: table[column].to_numpy() for column, mechanism in TABLES[name].items()}


def tabulated(model, m, name):
    """Production over that of a dark photon with epsilon = 1: the mechanisms of a table, each by its share at m.

    Shares are linear in m between the table's masses and brought to a sum of 1. m: (n,) GeV; returns (n,).

    >>> from zputils import ZPrime
    >>> f"{tabulated(3 * ZPrime.dark_photon(), 20.0, 'cms_production_fractions'):.2f}"
    '9.00'
    """
    table_m, found = shares(name)
    found = {mechanism: np.interp(m, table_m, share) for mechanism, share in found.items()}
    return _weighted(model, m, found)


def _weighted(model, m, found):
    """The mean of the mechanisms' ratios to a dark photon with the shares {mechanism: weight} of a dark photon."""
    total = sum(found.values())
    return sum(share / total * MECHANISMS[mechanism](model, m) for mechanism, share in found.items())


def first_open(model, m, mechanisms):
    """The first of the mechanisms whose `THRESHOLD` is above m: lighter parents are more abundant where they can decay.

    >>> from zputils import ZPrime
    >>> both = "pi0 -> gamma X", "eta -> gamma X"
    >>> bool(first_open(ZPrime.b_minus_l(), 0.2, both) == MECHANISMS[both[1]](ZPrime.b_minus_l(), 0.2))
    True
    """
    m = np.asarray(m)
    is_open = [m < THRESHOLD[mechanism] for mechanism in mechanisms]
    return np.select(is_open, [MECHANISMS[mechanism](model, m) for mechanism in mechanisms])


_STEPS = (("pi0 -> gamma X", "eta -> gamma X"), ("pi0 -> gamma X", "proton bremsstrahlung"),
          ("pi0 -> gamma X", "eta -> gamma X", "proton bremsstrahlung"))
# On an isoscalar target quarks and antiquarks annihilate as the squares of their charges; s, c and b are rare there.
_DRELL_YAN = {"u qbar": 4 / 5, "d qbar": 1 / 5}

MIXTURES = {
    **{name: partial(tabulated, name=name) for name in TABLES},
    **{", then ".join(steps): partial(first_open, mechanisms=steps) for steps in _STEPS},
    "u ubar and d dbar of nuclei": partial(_weighted, found=_DRELL_YAN),
}
