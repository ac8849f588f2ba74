"""Columns of numbers for a page: each kept once, those of few digits as they are written."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

PIECE = 24  # numbers that are kept once together
SHORT = 8  # letters up to which a number is written


class Columns:
    """Columns of numbers in pieces, each kept once: [first, size, first, size, ...] says where they stand.

    A piece whose first is -1 is so many zeros. A column whose numbers are short is {"written": numbers}.

    >>> columns, thirds = Columns(), np.array([1.0, 2.0, 4.0]) / 3
    >>> columns.add(thirds), columns.add(thirds), columns.add([3.0, 3.0]), columns.add([0.1, 0.25])
    ([0, 3], [0, 3], 3.0, {'written': [0.1, 0.25]})
    """

    def __init__(self) -> None:
        self.parts: list[NDArray] = []
        self.places: dict[bytes, int] = {}
        self.size = 0

    def add(self, values: ArrayLike) -> list[int] | float | dict[str, list[float]]:
        """Where a column is found: a number when all of it is the same.

        :param values: (n,).
        :returns: its place, or the number.

        >>> Columns().add([1.0, 1.0])
        1.0
        """
        column = np.ascontiguousarray(values, float).ravel()
        if np.all(column == column[0]):
            return float(column[0])
        if np.any(column) and np.all(np.isfinite(column)) and max(map(len, map(repr, column.tolist()))) <= SHORT:
            return {"written": column.tolist()}
        return self._runs(column)

    def _runs(self, values):
        runs: list[int] = []
        for start in range(0, values.size, PIECE):
            piece = values[start:start + PIECE]
            first = self._placed(piece) if np.any(piece) else -1
            if runs and (first == runs[-2] == -1 or (first == runs[-2] + runs[-1] and runs[-2] >= 0)):
                runs[-1] += piece.size
            else:
                runs += [first, piece.size]
        return runs

    def _placed(self, piece):
        key = piece.tobytes()
        if key not in self.places:
            self.places[key] = self.size
            self.parts.append(piece)
            self.size += piece.size
        return self.places[key]

    def bytes(self) -> bytes:
        """All columns, one after the other, as little-endian float64.

        >>> columns = Columns()
        >>> columns.add(np.pi * np.arange(3)), len(columns.bytes())
        ([0, 3], 24)
        """
        return np.concatenate([np.empty(0), *self.parts]).astype("<f8").tobytes()
