"""What depends on the masses alone is computed once for the masses that are asked about again and again."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

import numpy as np

T = TypeVar("T")
MANY = 2000  # masses; results for more are too large to keep, and hardly ever asked for twice


def by_mass(count: int) -> Callable:
    """A decorator: keep the last `count` results of a function of masses, an array, and of what tells calls apart.

    Where the masses stand in the first array among the arguments; the others are compared as they are, and what cannot
    be compared is computed every time. Results that are arrays or tuples of them are read-only.

    :param count: how many results.

    >>> @by_mass(10)
    ... def square(m):
    ...     print("computed")
    ...     return m**2
    >>> square(np.array([2.0])), square(np.array([2.0]))
    computed
    (array([4.]), array([4.]))
    """
    return lambda function: _keeping(function, count)


def _keeping(function, count):
    @lru_cache(count)
    def computed(data, shape, before, after, named):
        m = np.frombuffer(data).reshape(shape)
        return read_only(function(*before, m, *after, **dict(named)))

    @wraps(function)
    def kept(*arguments, **named):
        at = next((i for i, value in enumerate(arguments) if isinstance(value, np.ndarray)), None)
        if at is None or arguments[at].size > MANY or arguments[at].dtype != float:
            return function(*arguments, **named)
        m, named_in_order = arguments[at], tuple(sorted(named.items()))
        try:
            return computed(m.tobytes(), m.shape, arguments[:at], arguments[at + 1:], named_in_order)
        except TypeError:  # an argument that cannot be a key
            return function(*arguments, **named)

    return kept


def read_only(result: T) -> T:
    """An array, or a tuple of arrays, that can no longer be changed; anything else as it is.

    :param result: of a function.

    >>> read_only(np.ones(1)).flags.writeable
    False
    """
    for array in result if isinstance(result, tuple) else (result,):
        if isinstance(array, np.ndarray):
            array.flags.writeable = False
    return result
