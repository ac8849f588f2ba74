"""What a scan runs over: a family of models and the values of its parameters, with the masses."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from inspect import signature
from itertools import islice, product
from math import ceil, prod

import numpy as np
from numpy.typing import ArrayLike

from .. import checks
from ..constants import CHARGE, E_CHARGE
from ..physics.models import QUARKS, Couplings, Running, ZPrime, ZPrimes, loop_couplings

LOOP_MIXING = loop_couplings()["e"] / (E_CHARGE * CHARGE["e"])  # the kinetic mixing, per g_mu, that Eq. 2.12 amounts to


def muonic(g_nu: float = 0.0, g_e: float = 0.0, epsilon: float = LOOP_MIXING) -> ZPrime:
    """A `ZPrime` with g_mu = 1, g_nu_mu = `g_nu`, and a kinetic mixing of size `epsilon`, each per unit of g_mu.

    Mixing gives every quark and the electron epsilon e Q; the electron has `g_e` besides. What mixing adds to the muon
    is part of g_mu; the tau stays out, as in Eq. 2.12, which is the default.

    :param g_nu: g_nu/g_mu.
    :param g_e: g_e/g_mu, on top of the mixing.
    :param epsilon: size of the kinetic mixing over g_mu.

    >>> muonic(g_nu=0.1) == ZPrime.muonic(g_nu=0.1)
    True
    """
    mixing = {f: epsilon * E_CHARGE * CHARGE[f] for f in ("e", *QUARKS)}
    bare = ZPrime.muonic(g_nu=g_nu, loop=False)
    return ZPrime(**bare.couplings | mixing | {"e": mixing["e"] + g_e}, name=bare.name, reference=bare.reference)


@dataclass(frozen=True, eq=False, init=False)
class Grid:
    """Every combination of the parameters of a family of models, at every mass.

    Values must be finite and rise strictly.

    :param m: (n,) GeV, > 0.
    :param axes: parameter -> its values, (k,) or a number; parameters left out keep the function's default.
    :param model: a function of the parameters that returns a `ZPrime`.
    :raises ValueError: that names the axis.
    :raises KeyError: for an axis that is not a parameter of the model.

    >>> Grid(m=[0.01, 0.1], g_nu=[0.1, 0.2, 1.0]).size
    6
    """

    m: np.ndarray
    axes: dict
    model: Callable[..., ZPrime | Running]

    def __init__(self, m: ArrayLike, model: Callable[..., ZPrime | Running] = muonic, **axes: ArrayLike) -> None:
        parameters = signature(model).parameters
        for name in axes:
            checks.choice("axis", name, parameters)
        values = {name: axes.get(name, parameter.default) for name, parameter in parameters.items()}
        missing = [name for name, value in values.items() if value is parameters[name].empty]
        if missing:
            raise ValueError(f"axis {missing[0]} has no values, and the model no default for it")
        checks.mass(m)
        object.__setattr__(self, "m", _rising("m", m))
        object.__setattr__(self, "axes", {name: _rising(name, value) for name, value in values.items()})
        object.__setattr__(self, "model", model)

    @property
    def dims(self) -> tuple[str, ...]:
        """The names of the axes, the mass last.

        >>> Grid(m=0.1).dims
        ('g_nu', 'g_e', 'epsilon', 'm')
        """
        return (*self.axes, "m")

    @property
    def shape(self) -> tuple[int, ...]:
        """The number of values along each of `dims`.

        >>> Grid(m=0.1, g_nu=[0.1, 1]).shape
        (2, 1, 1, 1)
        """
        return (*map(len, self.axes.values()), self.m.size)

    @property
    def size(self) -> int:
        """The number of points (model, mass).

        >>> Grid(m=[0.1, 0.2, 0.3], g_nu=[0.1, 1]).size
        6
        """
        return prod(self.shape)

    def models(self) -> Couplings:
        """Every model as `ZPrimes`, the last parameter fastest; ValueError for one that is not a `ZPrime`.

        >>> Grid(m=0.1, g_nu=[0.1, 1]).models().nu_mu.tolist()
        [[0.1], [1.0]]
        """
        (models,) = self.batches(None)
        return models

    def batches(self, size: int | None = 4096) -> Iterator[Couplings]:
        """The models in the same order, as `ZPrimes` of `size` at most (all in one when None), to go through many.

        :param size: models at a time; all when None.

        >>> [len(models.mu) for models in Grid(m=0.1, g_nu=np.linspace(0, 1, 10)).batches(4)]
        [4, 4, 2]
        """
        points = product(*(values.tolist() for values in self.axes.values()))
        while batch := [self._model(*point) for point in islice(points, size)]:
            yield ZPrimes.of(batch)

    def _model(self, *point):
        model = self.model(*point)
        if not isinstance(model, (ZPrime, Running)):
            raise ValueError(f"model({', '.join(map(str, point))}) = {model!r} is not a ZPrime")
        return model

    def part(self, block: Sequence[slice]) -> "Grid":
        """The `Grid` of a block: a slice for each parameter.

        :param block: a slice for each parameter.

        >>> Grid(m=0.1, g_nu=[0.1, 1]).part((slice(1, 2), slice(None), slice(None))).axes["g_nu"].tolist()
        [1.0]
        """
        axes = {name: values[s] for (name, values), s in zip(self.axes.items(), block, strict=True)}
        return Grid(self.m, self.model, **axes)

    def chunks(self, points: int) -> tuple[int, ...]:
        """How many values of each parameter make a block of about `points` points, equal blocks as far as possible.

        :param points: (model, mass) to a block.
        :returns: numbers of values.

        >>> Grid(m=[0.1, 0.2], g_nu=np.linspace(0, 1, 100)).chunks(70)
        (34, 1, 1)
        """
        room = max(1, int(checks.real("points", points, 1)) // self.m.size)
        sizes: list[int] = []
        for length in self.shape[-2::-1]:
            sizes.insert(0, ceil(length / ceil(length / room)))
            room = max(1, room // length)
        return tuple(sizes)

    def blocks(self, chunks: Sequence[int]) -> list[tuple[slice, ...]]:
        """Blocks of `chunks` values along each parameter, as tuples of slices, the last parameter fastest.

        :param chunks: values along each parameter.
        :returns: slices along each parameter, for each block.

        >>> Grid(m=0.1, g_nu=[0.1, 0.2, 1]).blocks((2, 1, 1))[1]
        (slice(2, 3, None), slice(0, 1, None), slice(0, 1, None))
        """
        return list(product(*([slice(start, min(start + step, length)) for start in range(0, length, step)]
                              for length, step in zip(self.shape[:-1], chunks, strict=True))))


def _rising(name, values):
    """An axis as a read-only array (k,) of its own."""
    values = np.array(checks.real(name, np.atleast_1d(values)))
    if values.ndim != 1 or not values.size:
        raise ValueError(f"{name}: an axis is one-dimensional and not empty, not of shape {values.shape}")
    falls = np.flatnonzero(np.diff(values) <= 0)
    if falls.size:
        before, after = values[falls[0]:falls[0] + 2]
        raise ValueError(f"{name}: values must rise strictly, but {after:g} follows {before:g}")
    values.flags.writeable = False
    return values
