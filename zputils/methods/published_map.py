"""A published map: observed limit over expected events, point by point in mass and epsilon, checked for holes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .. import curves
from ..kept import read_only

if TYPE_CHECKING:
    import pandas as pd

NO_LIMIT = 1e6  # the ratio at and above which a map says that nothing is expected


@dataclass(frozen=True, eq=False)
class Map:
    """A published ratio over masses and couplings; its arrays are read-only.

    :param m: (n,) GeV, rising.
    :param log_epsilon: (k,), rising.
    :param log_ratio: (n, k), ln of the ratio to the limit.

    >>> load("LHCb_Aaij2019bvg_displaced").log_ratio.shape
    (99, 629)
    """

    m: np.ndarray
    log_epsilon: np.ndarray
    log_ratio: np.ndarray

    def at(self, m: NDArray) -> np.ndarray:
        """ln ratio at masses m, (n, k), linear between the masses of the map; nan outside them.

        :param m: (n,) GeV.
        :returns: (n, k).

        >>> bool(np.isnan(load("LHCb_Aaij2019bvg_displaced").at(np.array([0.1]))).all())
        True
        """
        right = np.clip(np.searchsorted(self.m, m), 1, self.m.size - 1)
        share = ((m - self.m[right - 1]) / (self.m[right] - self.m[right - 1]))[:, None]
        ratio = (1 - share) * self.log_ratio[right - 1] + share * self.log_ratio[right]
        return np.where((share >= 0) & (share <= 1), ratio, np.nan)


@cache
def load(name: str) -> Map:
    """The `Map` of a catalogued name; ValueError with file, row and reason for a file that is none (see `check`).

    :param name: of the catalogue.

    >>> f"{np.exp(load('LHCb_Aaij2019bvg_displaced').log_ratio.min()):.2f}"
    '0.34'
    """
    table = curves.columns(name)
    check(table, curves.fact(name, "file"))
    masses, first = np.unique(table["m_GeV"], return_index=True)
    epsilon, ratio = np.log(table["epsilon"]), np.log(table["ratio"])
    every = np.unique(epsilon)
    rows = [np.interp(every, *pair) for pair in zip(*(np.split(x, first[1:]) for x in (epsilon, ratio)), strict=True)]
    return Map(*read_only((masses, every, np.array(rows))))


def check(table: "pd.DataFrame | Mapping[str, NDArray]", source: str) -> None:
    """Refuse a table of m_GeV, epsilon, ratio that is not a map without holes.

    Refused: masses, or epsilons of one mass, that do not rise; a ratio that is not positive, or above `NO_LIMIT`; a
    mass whose epsilons do not span those of the first.

    :param table: with columns m_GeV, epsilon, ratio.
    :param source: what errors call it.
    :raises ValueError: naming source, row and reason.

    >>> import pandas as pd
    >>> check(pd.DataFrame({"m_GeV": [1, 1], "epsilon": [0.1, 0.1], "ratio": [1, 2]}), "mine.csv")
    Traceback (most recent call last):
    ValueError: mine.csv, row 2 (m = 1 GeV, epsilon = 0.1): masses must rise, and epsilon at each mass
    """
    m, epsilon, ratio = (np.asarray(table[name], float) for name in ("m_GeV", "epsilon", "ratio"))
    step, same = np.diff(m, prepend=-np.inf), np.diff(m, prepend=np.nan) == 0
    first, last = ~same, np.append(~same[1:], True)
    low, high = epsilon[0], epsilon[last][0]
    for bad, reason in (
            ((step < 0) | same & (np.diff(epsilon, prepend=0) <= 0), "masses must rise, and epsilon at each mass"),
            (~(ratio > 0), "a ratio must be a number > 0"),
            (ratio > NO_LIMIT, f"a placeholder: where nothing is expected the ratio is {NO_LIMIT:g}"),
            (first & (epsilon != low), f"a hole: at the first mass the map begins at {low:g}"),
            (last & (epsilon != high), f"a hole: at the first mass the map ends at {high:g}")):
        if bad.any():
            row = int(np.argmax(bad))
            raise ValueError(f"{source}, row {row + 1} (m = {m[row]:g} GeV, epsilon = {epsilon[row]:g}): {reason}")
