"""What decides on the numbers of a scan, and how the scan of a store differs from the one that is wanted."""

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from .. import bounds
from ..bounds import regions
from ..curves import sha256
from ..paths import DATA
from ..physics.couplings import FERMIONS
from ..physics.g_minus_2 import Anomaly
from ..physics.models import ZPrime, ZPrimes
from .evaluate import labels
from .grid import Grid

PACKAGE = Path(__file__).parent.parent


@cache
def sources() -> dict[str, str]:
    """Checksum of every source file and of the catalogue, which holds those of the data, by name.

    >>> len(sources()["bounds.py"])
    16
    """
    files = {str(path.relative_to(PACKAGE)): path for path in sorted(PACKAGE.rglob("*.py"))}
    files["../data/catalogue.csv"] = DATA / "catalogue.csv"
    return {name: sha256(path.read_text(encoding="utf-8"))[:16] for name, path in files.items()}


def record(grid: Grid, names: bounds.Names, outputs: Sequence[str], anomaly: Anomaly) -> dict:
    """What decides on the numbers, apart from the axes, in a form that JSON keeps.

    :param grid: models and masses.
    :param names: of bounds.
    :param outputs: of OUTPUTS.
    :param anomaly: measured minus predicted a_mu.

    >>> from zputils.physics.g_minus_2 import ANOMALY_2021
    >>> from zputils.scan import Grid
    >>> record(Grid(m=0.1), ["CCFR"], ["lower"], ANOMALY_2021)["model"]
    'zputils.scan.grid.muonic'
    """
    couplings = hashlib.sha256()
    for models in grid.batches():
        for values in _values(models, grid.m):
            couplings.update(values)
    return {"model": f"{grid.model.__module__}.{getattr(grid.model, '__qualname__', grid.model)}",
            "model's couplings": couplings.hexdigest()[:16],
            "bounds": labels(names), **own(grid, names), "outputs": list(outputs),
            "anomaly": [anomaly.value, anomaly.error], "sources": sources()}


def _values(models, m):
    """Bytes of all that the models of a batch are: their couplings, and what runs or decays besides at masses m."""
    constant = getattr(models, "constant", models)
    vector, axial = constant.table[:len(FERMIONS)], constant.table[len(FERMIONS):]
    yield np.ascontiguousarray(np.moveaxis(vector, 0, -1)).tobytes()  # model by model
    if np.any(axial):
        yield np.ascontiguousarray(np.moveaxis(axial, 0, -1)).tobytes()
    for factor, part in getattr(models, "parts", ()):
        yield repr(part).encode() + factor.tobytes()
    for channel in constant.channels:
        yield repr((channel.name, channel.invisible, channel.scales)).encode() + channel(m).tobytes()


def own(grid: Grid, names: bounds.Names) -> dict[str, str]:
    """What tells bounds of the user's own from others of the same name, by what they say of a few models; or nothing.

    :param grid: models and masses.
    :param names: of bounds.

    >>> from zputils import SHIP
    >>> from zputils.scan import Grid
    >>> own(Grid(m=0.1), ["CCFR"]), list(own(Grid(m=0.1), [SHIP]))
    ({}, ["user's bounds"])
    """
    mine = [bound for bound in names if not isinstance(bound, str)]
    few = ZPrimes.of([ZPrime.dark_photon(), ZPrime.b_minus_l(), ZPrime.muonic(g_nu=1), ZPrime.all_fermions()])
    edges = [edge for region in regions(mine, few, grid.m) for edge in (region.lower, region.upper)] if mine else []
    text = repr([np.round(np.log(np.maximum(edge, 1e-300)), 9).tolist() for edge in edges])
    return {"user's bounds": sha256(text)[:16]} if mine else {}


def about(group: Any) -> dict:
    """What a scan holds, as `record` says it.

    :param group: of `attach`.

    >>> from types import SimpleNamespace
    >>> about(SimpleNamespace(attrs={"scan": '{"bounds": ["CCFR"]}'}))
    {'bounds': ['CCFR']}
    """
    written = group.attrs["scan"]
    return json.loads(written) if isinstance(written, str) else written


def differences(group: Any, grid: Grid, record: dict) -> list[str]:
    """How the scan in a store differs from the one that is wanted, a list of texts.

    :param group: of `attach`.
    :param grid: models and masses.
    :param record: of `record`.

    >>> from tempfile import TemporaryDirectory
    >>> from zputils.physics.g_minus_2 import ANOMALY_2021
    >>> from zputils.scan import Grid
    >>> from zputils.scan.store import attach, create
    >>> grid, other = Grid(m=0.1), Grid(m=0.2)
    >>> with TemporaryDirectory() as folder:
    ...     create(f"{folder}/scan", grid, about := record(grid, ["CCFR"], ["lower"], ANOMALY_2021), chunks=(1, 1, 1))
    ...     differences(attach(f"{folder}/scan"), other, about)
    ['another m']
    """
    axes = [f"another {name}" for name, values in (*grid.axes.items(), ("m", grid.m))
            if name not in group or not np.array_equal(group[name][:], values)]
    found = about(group)
    settings = [f"{key} {found.get(key)}, not {value}" for key, value in record.items()
                if key != "sources" and found.get(key) != value]
    old, new = found["sources"], record["sources"]
    files = [name for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)]
    return axes + settings + [f"made with another zputils/{name}" for name in files]
