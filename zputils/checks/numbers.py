"""Checks of numbers: an error names the argument, the value and the range.

One convention for shapes. A function of the mass takes masses of any shape and returns arrays of that shape, broadcast
against its other arguments (and against the k models of `ZPrimes`); a number in gives a numpy scalar out, which is what
``[()]`` makes of an array without dimensions. A list is an array. An empty list gives empty arrays, as in numpy, except
where something has to be picked out of the masses (a lowest coupling, an average): there `masses` refuses it.

Quantities of astropy and pint are converted, to GeV or to a plain number, or refused; their units are never stripped.
A masked array is refused when something is masked: there is no number behind the mask.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike


def real(name: str, value: ArrayLike, low: float = -np.inf, high: float = np.inf, *, open_low: bool = False,
         open_high: bool = False, unit: str = "") -> np.ndarray:
    """Return `value` as a float array of unchanged shape.

    Every element must be real, finite and inside [low, high]; `open_low` and `open_high` exclude the ends.

    :param name: what the error calls the argument.
    :param value: a number or numbers, any shape; may have units.
    :param low: the least that is allowed.
    :param high: the largest.
    :param open_low: whether `low` itself is not.
    :param open_high: whether `high` itself is not.
    :param unit: what a quantity with units is converted to, a pure number when empty.
    :returns: floats, of the shape of `value`.
    :raises ValueError: naming argument, value and range, for what is not real, finite and inside it.

    >>> real("g_nu", [0.1, 1])
    array([0.1, 1. ])
    >>> real("level", 1.5, 0, 1)
    Traceback (most recent call last):
        ...
    ValueError: level = 1.5 is outside [0, 1]
    """
    if type(value) is float and low < value < high:  # what scans of many models ask a million times
        return np.array(value)
    array = _unmasked(name, _without_unit(name, value, unit))
    if array.dtype.kind not in "iuf" and array.size:
        raise ValueError(f"{name} = {value!r} must be a real number")
    array = array.astype(float)
    good = np.isfinite(array)
    if low > -np.inf:
        good &= (array > low) if open_low else (array >= low)
    if high < np.inf:
        good &= (array < high) if open_high else (array <= high)
    if not good.all():
        left, right = "(" if open_low or low == -np.inf else "[", ")" if open_high or high == np.inf else "]"
        bad = array[~good].flat[0] if array.ndim else array[()]
        raise ValueError(f"{name} = {bad:g} is outside {left}{low:g}, {high:g}{right}")
    return array


def _without_unit(name, value, unit):
    """The numbers of a quantity in `unit`; a list of quantities likewise, anything else as it is."""
    if type(value) is np.ndarray:
        return value
    if isinstance(value, (list, tuple)) and not all(type(item) in (int, float) for item in value):
        return [_without_unit(name, item, unit) for item in value]
    astropy = hasattr(value, "unit") and hasattr(value, "to_value")
    if not astropy and not (hasattr(value, "units") and hasattr(value, "magnitude")):
        return value
    try:
        return value.to_value(unit) if astropy else value.to(unit).magnitude
    except Exception as error:  # the libraries' own kinds, which need not be installed
        raise ValueError(f"{name} = {value} has a unit that is not {unit or 'that of a pure number'}") from error


def _unmasked(name, value):
    """`value` as an array; ValueError where something is masked, or where rows are of different lengths."""
    if np.ma.is_masked(value):
        raise ValueError(f"{name}: {np.ma.count_masked(value)} values are masked; give {name}.compressed()")
    try:
        return np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{name} = {value!r} must be a real number or an array of them: {error}") from error


def number(name: str, value: Any, low: float = -np.inf, high: float = np.inf, *, open_low: bool = False,
           open_high: bool = False, unit: str = "") -> float:
    """As `real` for what is one number: a float.

    :param name: what the error calls the argument.
    :param value: a number; may have units.
    :param low: the least that is allowed.
    :param high: the largest.
    :param open_low: whether `low` itself is not.
    :param open_high: whether `high` itself is not.
    :param unit: what a quantity with units is converted to.
    :returns: a float.
    :raises ValueError: as `real`, and for a list or an array.

    >>> number("error", 2)
    2.0
    >>> number("error", [1, 2])
    Traceback (most recent call last):
        ...
    ValueError: error = [1, 2] must be one number, not an array
    """
    array = real(name, value, low, high, open_low=open_low, open_high=open_high, unit=unit)
    if array.ndim:
        raise ValueError(f"{name} = {value!r} must be one number, not an array")
    return float(array)


def mass(m: ArrayLike, low: float = 0.0, high: float = np.inf, name: str = "m") -> np.ndarray:
    """Masses in GeV, > 0 and within [low, high], as a float array of unchanged shape.

    :param m: GeV, any shape.
    :param low: GeV.
    :param high: GeV.
    :param name: what the error calls the argument.
    :returns: floats in GeV, of the shape of m.

    >>> mass([0.1, 1])
    array([0.1, 1. ])
    >>> mass(-1.0)
    Traceback (most recent call last):
        ...
    ValueError: m = -1 is outside (0, inf)
    """
    array = real(name, m, 0.0, open_low=True, unit="GeV")
    return array if low <= 0 and high == np.inf else real(f"{name} [GeV]", array, low, high)


def masses(m: ArrayLike, low: float = 0.0, high: float = np.inf, name: str = "m") -> np.ndarray:
    """As `mass`, at least one and in one dimension, for what picks one out of them: (n,).

    :param m: GeV.
    :param low: GeV.
    :param high: GeV.
    :param name: what the error calls the argument.
    :returns: (n,) GeV.
    :raises ValueError: as `mass`, and where there is no mass or more than one dimension.

    >>> masses(0.1)
    array([0.1])
    >>> masses([])
    Traceback (most recent call last):
        ...
    ValueError: m is empty: give at least one mass in GeV
    """
    array = np.atleast_1d(mass(m, low, high, name))
    if not array.size:
        raise ValueError(f"{name} is empty: give at least one mass in GeV")
    if array.ndim > 1:
        raise ValueError(f"{name} has shape {array.shape}: give the masses in one dimension")
    return array


def returned(name: str, values: ArrayLike, m: ArrayLike, low: float = 0.0, high: float = np.inf) -> np.ndarray:
    """What a function of the user's gave at masses m, as floats; ValueError names the mass where it is out of range.

    :param name: what the error calls the function.
    :param values: what it gave, which broadcasts against m, (n,) GeV.
    :param m: (n,) GeV.
    :param low: the least that is allowed.
    :param high: the largest, both included.
    :returns: floats, (n,) or what the two broadcast to.

    >>> returned("source", [1.0, -2.0], np.array([0.1, 0.2]))
    Traceback (most recent call last):
        ...
    ValueError: source at m = 0.2 GeV = -2 is outside [0, inf)
    """
    values = np.asarray(values, float)
    every, where = np.broadcast_arrays(values, m)
    bad = ~(np.isfinite(every) & (every >= low) & (every <= high))
    if bad.any():
        real(f"{name} at m = {where[bad][0]:g} GeV", every[bad][0], low, high)
    return values
