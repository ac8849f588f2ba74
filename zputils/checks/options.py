"""Checks of names, lists and kinds of objects: an error says what there is, and what is nearest."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import TypeVar

T = TypeVar("T")
MANY = 12  # options that a message still lists when some of them are near


def instance(name: str, value: T, kind: type) -> T:
    """Return `value` if it is one of `kind`, a class.

    :param name: what the error calls the argument.
    :param value: anything.
    :param kind: what it has to be.
    :raises TypeError: for anything else; it says what it should be.

    >>> instance("m", "heavy", float)
    Traceback (most recent call last):
    TypeError: m = 'heavy' must be a float
    >>> instance("m", float, float)
    Traceback (most recent call last):
    TypeError: m = <class 'float'> must be a float; it is to be called first: float(...)
    """
    if not isinstance(value, kind):
        call = f"; it is to be called first: {getattr(value, '__qualname__', value)}(...)" if callable(value) else ""
        raise TypeError(f"{name} = {value!r} must be a {kind.__name__}{call}")
    return value


def listed(name: str, values: Iterable[T]) -> tuple:
    """`values` as a tuple.

    :param name: what the error calls the argument.
    :param values: a list, or anything else that can be gone through.
    :returns: the same values.
    :raises TypeError: for text, which would be taken letter by letter, and for what is no list.

    >>> listed("names", "SHiP")
    Traceback (most recent call last):
    TypeError: names = 'SHiP' must be a list of names: ['SHiP']
    """
    if isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
        raise TypeError(f"{name} = {values!r} must be a list of names: [{values!r}]")
    return tuple(values)


def distinct(name: str, values: Iterable[T], options: Collection[T]) -> tuple:
    """`values`, each one of `options`, as a tuple in which what was named twice stands once.

    :param name: what the error calls the argument.
    :param values: a list.
    :param options: what is allowed.
    :returns: the values, each once, in their order.

    >>> distinct("channels", ["e", "mu", "e"], ("e", "mu", "nu"))
    ('e', 'mu')
    """
    return tuple(dict.fromkeys(choice(name, value, options) for value in listed(name, values)))


def nearest(value: object, options: Iterable[object], count: int = 3) -> list[str]:
    """The options that look most like `value` or begin as it does, capitals or not, as a list.

    :param value: what was asked for.
    :param options: what there is.
    :param count: how many at most.

    >>> nearest("Ship", ("CHARM", "SHiP")), nearest("BaBar_Lees2014xha", ("BaBar", "SHiP"))
    (['SHiP'], ['BaBar'])
    """
    by_lower, wanted = {str(option).lower(): str(option) for option in options}, str(value).lower()
    close = get_close_matches(wanted, by_lower, n=count, cutoff=0.5)
    begun = [key for key in by_lower if min(len(key), len(wanted)) > 2 and (
        key.startswith(wanted) or wanted.startswith(key))]
    return [by_lower[key] for key in dict.fromkeys([*close, *begun])][:count]


def choice(name: str, value: T, options: Collection[T]) -> T:
    """Return `value` if it is one of `options`.

    :param name: what the error calls the argument.
    :param value: what was asked for.
    :param options: what is allowed.
    :raises KeyError: for anything else, with the nearest of the options, and all where they are few.

    >>> choice("channel", "e", ("e", "mu"))
    'e'
    >>> choice("channel", "electron", ("e", "mu"))
    Traceback (most recent call last):
        ...
    KeyError: "channel = 'electron' is not one of 'e', 'mu'"
    >>> choice("bound", "Ship", ("CHARM", "SHiP"))
    Traceback (most recent call last):
        ...
    KeyError: "bound = 'Ship' is not one of 'CHARM', 'SHiP'; nearest: 'SHiP'"
    """
    if isinstance(value, str) and value in options:
        return value
    close = ", ".join(map(repr, nearest(value, options)))
    every = ", ".join(map(repr, options))
    listing = f"the {len(options)} there are" if close and len(options) > MANY else every
    raise KeyError(f"{name} = {value!r} is not one of {listing}{f'; nearest: {close}' if close else ''}")
