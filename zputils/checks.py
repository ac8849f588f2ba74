"""Input checks shared by every module: an error names the argument, the value and the range."""

import numpy as np


def real(name, value, low=-np.inf, high=np.inf, *, open_low=False, open_high=False):
    """Return `value` as a float array of unchanged shape, or raise ValueError.

    Every element must be real, finite and inside [low, high]; `open_low` and `open_high` exclude the ends.

    >>> real("g_nu", [0.1, 1])
    array([0.1, 1. ])
    >>> real("level", 1.5, 0, 1)
    Traceback (most recent call last):
        ...
    ValueError: level = 1.5 is outside [0, 1]
    """
    array = np.asarray(value)
    if array.dtype.kind not in "iuf":
        raise ValueError(f"{name} = {value!r} must be a real number")
    array = array.astype(float)
    good = np.isfinite(array)
    good &= (array > low) if open_low else (array >= low)
    good &= (array < high) if open_high else (array <= high)
    if not good.all():
        left, right = "(" if open_low or low == -np.inf else "[", ")" if open_high or high == np.inf else "]"
        bad = array[~good].flat[0] if array.ndim else array[()]
        raise ValueError(f"{name} = {bad:g} is outside {left}{low:g}, {high:g}{right}")
    return array


def mass(m, low=0.0, high=np.inf, name="m"):
    """Masses in GeV, > 0 and within [low, high], as a float array of unchanged shape.

    >>> mass([0.1, 1])
    array([0.1, 1. ])
    >>> mass(-1.0)
    Traceback (most recent call last):
        ...
    ValueError: m = -1 is outside (0, inf)
    """
    array = real(name, m, 0.0, open_low=True)
    return real(f"{name} [GeV]", array, low, high)


def instance(name, value, kind):
    """Return `value` if it is one of `kind`, a class, or raise TypeError that says what it should be.

    >>> instance("m", "heavy", float)
    Traceback (most recent call last):
    TypeError: m = 'heavy' must be a float
    """
    if not isinstance(value, kind):
        raise TypeError(f"{name} = {value!r} must be a {kind.__name__}")
    return value


def listed(name, values):
    """`values` as a tuple, or TypeError for text, which would be taken letter by letter.

    >>> listed("names", "SHiP")
    Traceback (most recent call last):
    TypeError: names = 'SHiP' must be a list of names
    """
    if isinstance(values, str):
        raise TypeError(f"{name} = {values!r} must be a list of names")
    return tuple(values)


def choice(name, value, options):
    """Return `value` if it is one of `options`, or raise KeyError that lists them.

    >>> choice("channel", "e", ("e", "mu"))
    'e'
    >>> choice("channel", "electron", ("e", "mu"))
    Traceback (most recent call last):
        ...
    KeyError: "channel = 'electron' is not one of 'e', 'mu'"
    """
    if value not in options:
        raise KeyError(f"{name} = {value!r} is not one of {', '.join(map(repr, options))}")
    return value
