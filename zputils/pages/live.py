"""What a page needs to recast every bound to a model by itself: the kernels, as a header and columns of numbers.

The header (JSON) says of each bound what it is made of, in the words of `methods.events`, `methods.counting` and
`methods.thermal`; where a column stands, see `Columns`. `_ext/live.js` evaluates it.
"""

import base64
import gzip
import json
from pathlib import Path

import numpy as np

from ..constants import CHARGE, CHARGED_LEPTON_MASS, E_CHARGE
from ..experiments.register import register
from ..methods import thermal
from ..methods.bound import MASSES, Bound
from ..methods.detector import CountingExperiment
from ..methods.events import Events
from ..methods.recast import Recast
from ..methods.stacked import known_masses
from ..physics import displaced, forms, g_minus_2
from ..physics.couplings import ALIKE
from ..physics.mechanisms import EachMechanism
from ..physics.models import FERMIONS, ZPrime

LIMIT = 1_500_000  # bytes of the script
PIECE = 24  # numbers that are kept once together
PIPI = "pi+_pi-"


class Columns:
    """Columns of numbers in pieces, each kept once: [first, size, first, size, ...] says where they stand.

    A piece whose first is -1 is so many zeros.

    >>> columns = Columns()
    >>> columns.add([0.0, 1.0, 2.0, 4.0]), columns.add([0.0, 1.0, 2.0, 4.0]), columns.add([3.0, 3.0])
    ([0, 4], [0, 4], 3.0)
    """

    def __init__(self):
        self.parts, self.places, self.size = [], {}, 0

    def add(self, values):
        """Where a column is found: a number when all of it is the same.

        >>> Columns().add([1.0, 1.0])
        1.0
        """
        values = np.ascontiguousarray(values, float)
        if np.all(values == values.flat[0]):
            return float(values.flat[0])
        runs = []
        for start in range(0, values.size, PIECE):
            piece = values[start:start + PIECE]
            first = self._placed(piece) if np.any(piece) else -1
            if runs and (first == runs[-2] == -1 or (first == runs[-2] + runs[-1] and runs[-2] >= 0)):
                runs[-1] += piece.size
            else:
                runs += [first, piece.size]
        return runs

    def _placed(self, piece):
        key = piece.tobytes()
        if key not in self.places:
            self.places[key] = self.size
            self.parts.append(piece)
            self.size += piece.size
        return self.places[key]

    def bytes(self) -> bytes:
        """All columns, one after the other, as little-endian float64.

        >>> columns = Columns()
        >>> columns.add([1.0, 2.0]), len(columns.bytes())
        ([0, 2], 16)
        """
        return np.concatenate([np.empty(0), *self.parts]).astype("<f8").tobytes()


def exported(names=None) -> tuple[dict, bytes]:
    """The header and the columns, of all bounds or of some.

    >>> header, columns = exported(["CCFR"])
    >>> header["bounds"][0]["kind"], len(columns) > 0
    ('count', True)
    """
    columns = Columns()
    bounds = [register()[name] for name in names or register()]
    parts = [{**_said(bound), **_kernel(bound, columns)} for bound in bounds]
    header = {"fermions": FERMIONS, "charge": CHARGE, "alike": ALIKE, "e": E_CHARGE, "lepton_mass": CHARGED_LEPTON_MASS,
              "bounds": parts, "band": _band(columns)}
    return header, columns.bytes()


def script(names=None) -> str:
    """The same as a script that sets `zputilsLive`: a page opened from disk can load it.

    The columns are compressed (the first bytes of all numbers, then the second, as gzip without a date, so that two
    runs give the same) and written in base64.

    >>> script(["CCFR"])[:25]
    'globalThis.zputilsLive = '
    """
    header, columns = exported(names)
    by_byte = np.frombuffer(columns, np.uint8).reshape(-1, 8).T.tobytes()
    whole = {"header": header, "columns": base64.b64encode(gzip.compress(by_byte, mtime=0)).decode()}
    return f"globalThis.zputilsLive = {json.dumps(whole, separators=(',', ':'))};\n"


def write(path: Path) -> int:
    """Write the script; returns its size in bytes, ValueError when it is above `LIMIT`.

    >>> import tempfile
    >>> write(Path(tempfile.mkdtemp()) / "live.js") < LIMIT
    True
    """
    text = script()
    if len(text) > LIMIT:
        raise ValueError(f"{path}: {len(text)} bytes, more than {LIMIT}")
    path.write_text(text, encoding="utf-8")
    return len(text)


def _said(bound):
    return {"name": bound.name, "group": bound.group, "future": bound.future, "confidence": bound.confidence,
            "references": bound.references}


def _kernel(bound: Bound, columns: Columns):
    """What a bound is made of; kind "none" and why for one that the page leaves out."""
    if isinstance(bound, thermal.LightThermal):
        return _thermal(bound)
    if isinstance(bound, CountingExperiment) and bound.n_bins == 1:
        return _count(bound, columns)
    kernel = bound.kernel(bound.masses)
    if isinstance(kernel, Events):
        return _events(bound, kernel, columns)
    why = "its chi^2 of several bins" if hasattr(bound, "nuisances") else "its map of ratios in mass and coupling"
    return {"kind": "none", "why_not": f"{why} is not on this page: zputils.bounds.get({bound.name!r}) has it"}


def _thermal(bound):
    rows = thermal.published()
    ratios = rows.index.to_numpy()
    edge = ratios[[1, -2]]
    return {"kind": "below", "first": edge[0], "last": edge[1],
            "position": thermal.position(ratios, *edge).tolist(),
            "mass": rows[thermal.DATA_SETS[bound.data]].tolist()}


def _count(bound, columns):
    """One count: n0, what is allowed, and for each product of couplings the pair that makes it and N1, N2."""
    kernel = bound.kernel(bound.masses)
    low, high = bound.allowed(kernel.n0.item())
    return {"kind": "count", "m": columns.add(bound.masses), "n": bound.masses.size, "n0": kernel.n0.item(),
            "low": float(low), "high": float(high), "products": _products(bound),
            "linear": [columns.add(part[0]) for part in kernel.linear],
            "quadratic": [columns.add(part[0]) for part in kernel.quadratic]}


def _products(bound):
    """[[a, b, weight], ...] for each product of couplings of a count: the sum of weight g_a g_b.

    They are read off the models that have two couplings.
    """
    units = np.eye(len(FERMIONS))
    own = [[_product(bound, unit)] for unit in units]
    size = len(own[0][0])
    found = [[] for _ in range(size)]
    for i in range(len(FERMIONS)):
        for j in range(i + 1):
            value = own[i][0] if i == j else _product(bound, units[i] + units[j]) - own[i][0] - own[j][0]
            for terms, weight in zip(found, value.tolist(), strict=True):
                if weight:
                    terms.append([FERMIONS[i], FERMIONS[j], weight])
    return found


def _product(bound, couplings):
    return np.array(bound.products(ZPrime(**dict(zip(FERMIONS, couplings.tolist(), strict=True)))), float)


def _events(bound, kernel, columns):
    m = known_masses(kernel)
    whole = {"kind": "events", "m": columns.add(kernel.m), "n": kernel.m.size, "tips": isinstance(bound, Recast),
             "log_events": columns.add(kernel.log_events), "states": kernel.states, "virtual": kernel.widths is None,
             "needs_nu": isinstance(bound, thermal.DecaysToElectrons), "production": _production(kernel, m, columns)}
    if kernel.widths is not None:
        whole |= _widths(kernel, m, columns)
    if kernel.log_time is not None:
        whole |= {"log_time": columns.add(kernel.log_time), "shield": kernel.shield}
        if kernel.shield:
            top = float(displaced.peak(kernel.shield))
            whole |= {"top": top, "highest": float(displaced.log_shape(top, kernel.shield))}
    return whole


def _widths(kernel, m, columns):
    """The forms of the widths to hadrons and, where it is seen, to pi+ pi-; leptons are a formula."""
    by_channel = forms.channels(m, kernel.shift)
    names = ("hadrons", PIPI) if PIPI in kernel.states else ("hadrons",)
    return {"forms": {name: [[*pair, columns.add(entry)] for pair, entry in by_channel[name].items()]
                      for name in names}}


def _production(kernel, m, columns):
    """For each mechanism its weight, its floor and {fermion: [real, imaginary]}."""
    rows = EachMechanism.ROWS
    weights = np.broadcast_to(kernel.produced(EachMechanism()), (len(rows), m.size))
    terms = []
    for name, weight in zip(rows, weights, strict=True):
        if np.any(weight):
            form = {fermion: [columns.add(np.broadcast_to(part, m.shape)) for part in (np.real(a), np.imag(a))]
                    for fermion, a in forms.linear(name, m).items()}
            terms.append({"weight": columns.add(weight), "floor": forms.floor_of(name), "form": form})
    return terms


def _band(columns):
    """delta a_mu per g_mu^2 at the masses that computed bounds are drawn on, and the anomaly."""
    anomaly = g_minus_2.ANOMALY_2021
    return {"m": columns.add(MASSES), "n": MASSES.size, "unit": columns.add(g_minus_2.delta_a_mu(MASSES)),
            "value": anomaly.value, "error": anomaly.error}
