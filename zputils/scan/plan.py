"""A scan described in a file: which family of models, over which values of which couplings.

    store = "scan.zarr"
    bounds = ["SHiP", "CCFR"]
    model = "b-l"                                     # a preset or couplings, as on the command line
    m = {from = 0.01, to = 1, points = 50}            # GeV, even in the logarithm
    [axes]                                            # parameters of the preset, or couplings: mu, nu_mu, l, nu, q ...
    mu = {from = 1e-3, to = 1, points = 20, signs = "both"}
    nu = {from = 0, to = 1, points = 5, spacing = "linear"}
"""

from dataclasses import dataclass, replace
from inspect import Parameter, Signature
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from .. import checks
from ..physics import written
from ..physics.models import FERMIONS, Running, ZPrime

SPACINGS: dict[str, Any] = {"log": np.geomspace, "linear": np.linspace}
SIGNS = ("as given", "both")


@dataclass(frozen=True)
class Family:
    """Models in writing whose parameters or couplings are the axes of a scan.

    :param text: a preset or couplings, as `zputils.physics.written.read` has them.
    :param axes: parameters of the preset that are numbers, or fermions, with l, nu and q for all of a kind, whose
        couplings stand in the place of the model's own.
    :raises KeyError: for an axis that is neither.

    >>> Family("b-l", ("mu", "nu"))(0.5, 0.0).couplings["mu"], Family("muonic", ("g_nu",))(0.1).nu_mu
    (0.5, 0.1)
    """

    text: str
    axes: tuple[str, ...]

    def __post_init__(self) -> None:
        for axis in self.axes:
            checks.choice(f"axis of {self.text}", axis, (*self._parameters, *FERMIONS, *written.MANY))

    @property
    def _parameters(self):
        return tuple(name for name, default in written.parameters(self.text).items()
                     if name != "m" and not isinstance(default, (bool, str)))

    @property
    def __signature__(self) -> Signature:
        return Signature([Parameter(name, Parameter.POSITIONAL_OR_KEYWORD) for name in self.axes])

    def __call__(self, *values: float) -> ZPrime | Running:
        named: dict[str, Any] = dict(zip(self.axes, values, strict=True))
        own = [f"{name}={value!r}" for name, value in named.items() if name in self._parameters]
        model = written.read(",".join([self.text, *own]) if ":" in self.text or not own else
                             f"{self.text}:{','.join(own)}")
        others: dict[str, Any] = {fermion: value for name, value in named.items() if name not in self._parameters
                  for fermion in written.MANY.get(name, (name,))}
        if others and not isinstance(model, ZPrime):
            raise ValueError(f"{self.text}: its couplings depend on the mass, so {', '.join(others)} cannot be axes")
        return replace(model, **others) if isinstance(model, ZPrime) and others else model


def axis(name: str, values: Any) -> ArrayLike:
    """The values along an axis.

    :param name: of the axis.
    :param values: numbers, or a table of from, to and points, with spacing and signs where they matter: spacing "log",
        the default, or "linear"; signs "both" for those values and their negatives.
    :returns: (k,).
    :raises ValueError: for a table that says anything else.

    >>> axis("mu", {"from": 0.1, "to": 1, "points": 2, "signs": "both"}).tolist()
    [-1.0, -0.1, 0.1, 1.0]
    """
    if not isinstance(values, dict):
        return values
    if not {"from", "to", "points"} <= set(values) <= {"from", "to", "points", "spacing", "signs"}:
        raise ValueError(f"{name}: numbers, or from, to and points (and spacing, signs), not {', '.join(values)}")
    low, high, points = (checks.number(f"{key} of {name}", values[key]) for key in ("from", "to", "points"))
    spacing = checks.choice(f"spacing of {name}", values.get("spacing", "log"), SPACINGS)
    signs = checks.choice(f"signs of {name}", values.get("signs", "as given"), SIGNS)
    if spacing == "log" and low * high <= 0:
        raise ValueError(f"{name} from {low:g} to {high:g}: a logarithm has no 0 on its way; spacing = \"linear\", or "
                         "from above 0 and signs = \"both\"")
    found = SPACINGS[spacing](low, high, int(points))
    return np.unique([-found, found]) if signs == "both" else found
