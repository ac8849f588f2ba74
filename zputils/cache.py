"""The build cache: what takes seconds is computed once for a state of the code and the data, then read.

An entry is a file in `FOLDER` whose name holds a checksum of all of zputils, of the catalogue (which holds those of the
data), of the versions of the libraries underneath, and of the arguments. An edit to any of them makes another
entry. Numbers and text only: an entry is never executed. `make clean` empties that of the source tree.
"""

import hashlib
import io
from collections.abc import Callable
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import fields, is_dataclass
from fcntl import LOCK_EX, flock
from functools import partial, wraps
from importlib.metadata import version
from inspect import isfunction, signature
from pathlib import Path

import numpy as np
import pandas as pd

from .paths import CACHE, DATA, replacing

FOLDER: Path | None = CACHE  # None: nothing is kept
LIBRARIES = ("numpy", "scipy", "pandas")


def _state():
    """Checksum of what every result depends on."""
    here = Path(__file__).parent
    files = [*sorted(here.rglob("*.py")), DATA / "catalogue.csv"]
    parts = [part for file in files for part in (str(file.relative_to(here.parent)).encode(), file.read_bytes())]
    parts += [version(name).encode() for name in LIBRARIES]
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


STATE = _state()  # at import: what runs is the code of now, whatever is edited later


def cached(function: Callable) -> Callable:
    """`function`, whose result is kept: an array, or a DataFrame of numbers and text.

    A call is kept when its arguments are numbers, text, None, arrays, functions of zputils (also as `partial`), or
    tuples, lists, dicts and dataclasses of them. Any other is computed every time, and so is every call of a function
    outside zputils, whose code the checksum does not know.

    :param function: of zputils; what it computes depends on its arguments and on its module's code alone.

    >>> @cached
    ... def square(x):
    ...     return x**2
    >>> float(square(3.0))
    9.0
    """
    parameters = signature(function)

    @wraps(function)
    def kept(*args, **kwargs):
        bound = parameters.bind(*args, **kwargs)
        bound.apply_defaults()
        if (path := _path(function, bound.arguments)) is None:
            return function(*args, **kwargs)
        if (result := _read(path)) is not None:
            return result
        with _alone(path):
            if (result := _read(path)) is None:  # nobody else has computed it meanwhile
                _write(path, result := function(*args, **kwargs))
        return result

    return kept


@contextmanager
def _alone(path):
    """One process at a time: pages that are executed together ask for the same. A killed one lifts its lock."""
    lock = path.with_name(f".{path.name}.lock")
    with ExitStack() as owned:
        with suppress(OSError):  # where nothing can be written, or nothing be locked, each computes for itself
            path.parent.mkdir(parents=True, exist_ok=True)
            file = owned.enter_context(lock.open("w", encoding="utf-8"))
            owned.callback(lock.unlink, missing_ok=True)
            flock(file, LOCK_EX)
        yield


def _path(function, arguments):
    """Where the entry of a call is, None when it is not kept."""
    name = f"{function.__module__}.{function.__qualname__}"
    try:
        key = hashlib.sha256(f"{STATE} {_spelled((function, arguments))}".encode()).hexdigest()
    except TypeError:
        return None
    return FOLDER and FOLDER / f"{name}-{key[:32]}.npz"


def _spelled(value):
    """Text that differs where an argument does; TypeError for what has none."""
    if isinstance(value, (np.ndarray, np.generic)) and not value.dtype.hasobject:
        return f"{value.dtype.str}{value.shape}{value.tobytes().hex()}"
    if isinstance(value, (list, tuple)):
        return f"({', '.join(map(_spelled, value))})"
    if isinstance(value, dict):
        return _spelled(list(value.items()))
    if is_dataclass(value):
        return type(value).__qualname__ + _spelled([getattr(value, field.name) for field in fields(value)])
    if isinstance(value, partial):
        return _spelled((value.func, value.args, value.keywords))
    if isfunction(value) and value.__module__.startswith("zputils.") and "<" not in value.__qualname__:
        return f"{value.__module__}.{value.__qualname__}"
    if value is None or isinstance(value, (bool, int, float, str)):
        return repr(value)
    raise TypeError(f"{value!r}: nothing tells it from another")


def _write(path, result):
    """Write an entry: the arrays, then their checksum. One that cannot be written is not kept."""
    frame = isinstance(result, pd.DataFrame)
    arrays = {f"column {name}": _plain(result[name]) for name in result} if frame else {"array": np.asarray(result)}
    if any(array.dtype.hasobject for array in arrays.values()):
        raise TypeError(f"{path.name}: a result of Python objects cannot be kept")
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    data = buffer.getvalue()
    with suppress(OSError), replacing(path) as temporary:
        temporary.write_bytes(data + hashlib.sha256(data).digest())


def _plain(column):
    """A column as an array of numbers or of text."""
    return column.to_numpy() if column.dtype.kind in "biuf" else column.to_numpy(dtype=np.str_)


def _read(path):
    """The result an entry holds, None where there is none or it is damaged."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    data, checksum = data[:-32], data[-32:]
    if hashlib.sha256(data).digest() != checksum:
        return None
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        if arrays.files == ["array"]:
            return arrays["array"][()]
        return pd.DataFrame({name.removeprefix("column "): arrays[name] for name in arrays.files})
