"""Input checks shared by every module: an error names the argument, the value and the range, and what to do."""

from .numbers import mass, masses, number, real, returned
from .options import choice, distinct, instance, listed, nearest

__all__ = ["choice", "distinct", "instance", "listed", "mass", "masses", "nearest", "number", "real", "returned",
           "without_extra"]


def without_extra(module: str, error: ModuleNotFoundError, extra: str) -> ImportError:
    """The error of a module without the libraries of an extra: what is missing, and the command that installs it.

    :param module: of zputils, which cannot be loaded.
    :param error: what Python said.
    :param extra: of the project, in brackets after its name.

    >>> str(without_extra("zputils.scan", ModuleNotFoundError(name="zarr"), "scan"))
    "zputils.scan needs zarr: pip install 'zputils[scan]'"
    """
    return ImportError(f"{module} needs {error.name}: pip install 'zputils[{extra}]'", name=error.name)
