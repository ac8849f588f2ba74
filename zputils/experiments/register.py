"""Every experiment of this folder, in reading order: a file here with `BOUNDS` is all it takes to add one."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from .. import checks, experiments
from ..methods.bound import GROUPS, Bound


@cache
def register() -> dict[str, Bound]:
    """{name: bound}, by group and, within one, what is measured before what is planned.

    :raises ValueError: for a name that two of them have.

    >>> {"SHiP", "DUNE", "BaBar 4mu"} <= set(register())
    True
    """
    found = {}
    for module in iter_modules(experiments.__path__):
        for bound in getattr(import_module(f"{experiments.__name__}.{module.name}"), "BOUNDS", ()):
            if bound.name in found:
                raise ValueError(f"experiments/{module.name}.py: another experiment is called {bound.name!r} already")
            found[bound.name] = bound
    ordered = sorted(found.values(), key=lambda bound: (GROUPS.index(bound.group), bound.future))
    return {bound.name: bound for bound in ordered}


def get(name: str) -> Bound:
    """The bound of this name; KeyError with the nearest names for another one.

    :param name: of a bound.

    >>> get("CCFR").future
    False
    """
    return register()[checks.choice("bound", name, register())]


def named(figure: str) -> tuple[str, ...]:
    """Names of the bounds that a figure of the paper draws, or that enter in one of its panels (`Bound.figures`).

    :param figure: "fig-2.2", or "fig-2.2/muon_only" for a panel.
    :returns: names of bounds.

    >>> named("fig-2.2/muon_only")
    ('BaBar 4mu', 'CMS 4mu')
    """
    return tuple(name for name, bound in register().items() if figure in bound.figures)
