"""A grid of models as labelled numbers: computed at once, or on dask when they are asked for."""

from collections.abc import Sequence
from math import prod
from typing import Any

import dask.array as da
import numpy as np
import xarray as xr

from .. import bounds, checks
from ..physics.g_minus_2 import ANOMALY_2021, Anomaly
from .grid import Grid

OUTPUTS = {
    "lower": "smallest coupling excluded or probed, per unit of the reference coupling",
    "upper": "largest coupling excluded or probed, inf for a limit",
    "coverage": "fraction of the g-2 band, in ln g, that the bounds exclude or probe together",
}


def check(names: bounds.Names, outputs: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of bounds and outputs that a scan can take.

    A bound that is not of the register stands for itself.

    :param names: of bounds, or bounds of your own.
    :param outputs: of OUTPUTS.
    :returns: both as tuples.
    :raises KeyError: for an unknown one.
    :raises ValueError: for none, or one that comes twice.

    >>> check(["CCFR"], ["lower"])
    (('CCFR',), ('lower',))
    """
    names, outputs = checks.listed("names", names), checks.listed("outputs", outputs)
    for output in outputs:
        checks.choice("output", output, OUTPUTS)
    for kind, given, called in (("bound", names, labels(names)),
                                ("output", outputs, outputs)):
        if len(set(called)) < max(1, len(given)):
            raise ValueError(f"{kind}s = {given}: at least one, and each once")
    return names, outputs


def dims(grid: Grid, output: str) -> tuple[str, ...]:
    """The dimensions of an output.

    :param grid: models and masses.
    :param output: of OUTPUTS.
    :returns: names of dimensions.

    >>> dims(Grid(m=0.1), "lower")
    ('bound', 'g_nu', 'g_e', 'epsilon', 'm')
    """
    return grid.dims if output == "coverage" else ("bound", *grid.dims)


def evaluate(grid: Grid, names: bounds.Names, outputs: Sequence[str] = tuple(OUTPUTS),
             anomaly: Anomaly = ANOMALY_2021) -> xr.Dataset:
    """Everything about a grid, at once: an xarray Dataset of the `outputs`, arrays over `dims`.

    :param grid: models and masses.
    :param names: of `bounds.register`, or `Bound` objects of your own. lower and upper are the ends of the bound's
        `Region`, nan where there is none; coverage leaves out the gaps in between.
    :param outputs: of OUTPUTS.
    :param anomaly: measured minus predicted a_mu.
    :raises KeyError: .
    :raises ValueError: for what bounds do not take.

    >>> data = evaluate(Grid(m=[0.02, 0.05], g_nu=[0.01, 1]), ["SHiP", "DUNE"])
    >>> data.coverage.squeeze().to_numpy().round(2).tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    >>> f"{float(data.lower.sel(bound='DUNE', g_nu=1, m=0.05).squeeze()):.1e}"
    '2.8e-04'
    """
    names, outputs = check(names, outputs)
    models = checks.instance("grid", grid, Grid).models()
    regions = bounds.regions(bounds.chosen(names), models, grid.m)

    def on_grid(values):
        return np.broadcast_to(values, (prod(grid.shape[:-1]), grid.m.size)).reshape(grid.shape)

    def edge(side):
        return np.array([on_grid(getattr(region, side)) for region in regions])

    def coverage():
        _, low, _, high = bounds.band(models, grid.m, anomaly)
        return on_grid(bounds.covered(low, high, regions))

    compute = {"lower": lambda: edge("lowest"), "upper": lambda: edge("highest"), "coverage": coverage}
    return label(grid, names, {output: compute[output]() for output in outputs})


def labels(names: bounds.Names) -> list[str]:
    """What the bounds are called, a list.

    :param names: of bounds, or bounds of your own.

    >>> labels(["CCFR"])
    ['CCFR']
    """
    return [bound.name for bound in bounds.chosen(names)]


def label(grid: Grid, names: bounds.Names, arrays: dict[str, Any]) -> xr.Dataset:
    """A Dataset of arrays by output, with the coordinates of a grid.

    :param grid: models and masses.
    :param names: of bounds, or bounds of your own.
    :param arrays: by output.

    >>> label(Grid(m=0.1), ["CCFR"], {"coverage": np.ones((1, 1, 1, 1))}).coverage.item()
    1.0
    """
    data = {output: (dims(grid, output), array, {"long_name": OUTPUTS[output]}) for output, array in arrays.items()}
    coords = {**grid.axes, "m": ("m", grid.m, {"units": "GeV"})}
    return xr.Dataset(data, coords if set(arrays) == {"coverage"} else {"bound": labels(names), **coords})


def lazy(grid: Grid, names: bounds.Names, outputs: Sequence[str] = tuple(OUTPUTS), anomaly: Anomaly = ANOMALY_2021,
         points: int = 200_000) -> xr.Dataset:
    """As `evaluate`, but on dask: nothing is computed before it is asked for, and then only the blocks it takes.

    :param grid: models and masses.
    :param names: of bounds, or bounds of your own.
    :param outputs: of OUTPUTS.
    :param anomaly: measured minus predicted a_mu.
    :param points: (model, mass) to a block.

    >>> data = lazy(Grid(m=[0.02, 0.05], g_nu=np.linspace(0, 1, 1000)), ["SHiP"], points=200)
    >>> float(data.coverage.sel(g_nu=0, m=0.05).squeeze())
    1.0
    """
    names, outputs = check(names, outputs)
    axes = (*grid.chunks(points), grid.m.size)
    sizes = {output: (*(len(names),) * (output != "coverage"), *grid.shape) for output in outputs}
    template = label(grid, names, {output: da.zeros(sizes[output], chunks=(*(-1,) * (output != "coverage"), *axes))
                                   for output in outputs})

    def block(part):
        values = {name: part[name].to_numpy() for name in grid.axes}
        return evaluate(Grid(part.m.to_numpy(), grid.model, **values), names, outputs, anomaly)

    return xr.map_blocks(block, template, template=template)
