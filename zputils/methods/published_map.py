"""A published map: observed limit over expected events, point by point in mass and epsilon, checked for holes."""

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
    """m: (n,) GeV, rising; log_epsilon: (k,), rising; log_ratio: (n, k); read-only.

    >>> load("LHCb_Aaij2019bvg_displaced").m.size
    99
    """

    m: np.ndarray
    log_epsilon: np.ndarray
    log_ratio: np.ndarray

    def at(self, m: NDArray) -> np.ndarray:
        """ln ratio at masses m, (n, k), linear between the masses of the map; nan outside them. m: (n,) GeV.

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

    >>> f"{np.exp(load('LHCb_Aaij2019bvg_displaced').log_ratio.min()):.2f}"
    '0.34'
    """
    frame = curves.table(name)
    check(frame, curves.entry(name).file)
    log_epsilon = np.unique(np.log(frame.epsilon))
    log_ratio = [np.interp(log_epsilon, np.log(group.epsilon), np.log(group.ratio))
                 for _, group in frame.groupby("m_GeV")]
    return Map(*read_only((np.unique(frame.m_GeV), log_epsilon, np.array(log_ratio))))


def check(frame: "pd.DataFrame", source: str) -> None:
    """ValueError naming `source`, row and reason when a table of m_GeV, epsilon, ratio is not a map without holes.

    Refused: masses, or epsilons of one mass, that do not rise; a ratio that is not positive, or above `NO_LIMIT`; a
    mass whose epsilons do not span those of the first.

    >>> import pandas as pd
    >>> check(pd.DataFrame({"m_GeV": [1, 1], "epsilon": [0.1, 0.1], "ratio": [1, 2]}), "mine.csv")
    Traceback (most recent call last):
    ValueError: mine.csv, row 2 (m = 1 GeV, epsilon = 0.1): masses must rise, and epsilon at each mass
    """
    step, same = frame.m_GeV.diff(), frame.m_GeV.diff() == 0
    _refuse(frame, (step < 0) | same & (frame.epsilon.diff() <= 0), source,
            "masses must rise, and epsilon at each mass")
    _refuse(frame, ~(frame.ratio > 0), source, "a ratio must be a number > 0")
    _refuse(frame, frame.ratio > NO_LIMIT, source,
            f"a placeholder: where nothing is expected the ratio is {NO_LIMIT:g}")
    first, last = ~same, frame.m_GeV.diff(-1) != 0
    low, high = frame.epsilon.iloc[0], frame.epsilon[last].iloc[0]
    _refuse(frame, first & (frame.epsilon != low), source, f"a hole: at the first mass the map begins at {low:g}")
    _refuse(frame, last & (frame.epsilon != high), source, f"a hole: at the first mass the map ends at {high:g}")


def _refuse(frame, bad, source, reason):
    if bad.any():
        row = int(np.argmax(bad))
        m, epsilon = frame.m_GeV.iloc[row], frame.epsilon.iloc[row]
        raise ValueError(f"{source}, row {row + 1} (m = {m:g} GeV, epsilon = {epsilon:g}): {reason}")
