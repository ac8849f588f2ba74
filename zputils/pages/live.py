"""What a page needs to recast every bound to a model by itself: the kernels, as a header and columns of numbers.

The header (JSON) says of each bound what it is made of (`live_kernels`); where a column stands, see `live_columns`.
`_ext/live.js` evaluates it.
"""

import base64
import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from .. import references
from ..constants import CHARGE, CHARGED_LEPTON_MASS, E_CHARGE, HBAR, HBAR_C
from ..experiments.register import register
from ..methods.bound import MASSES
from ..physics import g_minus_2
from ..physics.couplings import ALIKE
from ..physics.models import FERMIONS
from . import bibliography
from .live_columns import Columns
from .live_kernels import kernel, widths

LIMIT = 1_500_000  # bytes of the script


def exported(names: Sequence[str] | None = None) -> tuple[dict, bytes]:
    """The header and the columns, of all bounds or of some.

    :param names: of bounds; all when None.
    :returns: the header and the bytes.

    >>> header, columns = exported(["CCFR"])
    >>> header["bounds"][0]["kind"], len(columns) > 0
    ('count', True)
    """
    columns = Columns()
    bounds = [register()[name] for name in names or register()]
    parts = [{**_said(bound), **kernel(bound, columns)} for bound in bounds]
    anomaly = g_minus_2.ANOMALY_2021
    header = {"fermions": FERMIONS, "charge": CHARGE, "alike": ALIKE, "e": E_CHARGE, "lepton_mass": CHARGED_LEPTON_MASS,
              "hbar_c": HBAR_C, "hbar": HBAR, "anomaly": [anomaly.value, anomaly.error], "bounds": parts,
              "grid": _grid(columns),
              "bibtex": {key: references.bibtex([key]) for bound in bounds for key in bound.references}}
    return header, columns.bytes()


def script(names: Sequence[str] | None = None) -> str:
    """The same as a script that sets `zputilsLive`: a page opened from disk can load it.

    Both are compressed (of the columns the first bytes of all numbers, then the second; gzip without a date, so that
    two runs give the same) and written with 85 letters, none of which ends a script.

    :param names: of bounds; all when None.

    >>> script(["CCFR"])[:25]
    'globalThis.zputilsLive = '
    """
    header, columns = exported(names)
    by_byte = np.frombuffer(columns, np.uint8).reshape(-1, 8).T.tobytes()
    whole = {"header": _packed(json.dumps(header, separators=(",", ":")).encode()), "columns": _packed(by_byte)}
    return f"globalThis.zputilsLive = {json.dumps(whole)};\n"


def _packed(content):
    return base64.b85encode(gzip.compress(content, mtime=0)).decode()


def write(path: Path) -> int:
    """Write the script; returns its size in bytes.

    :param path: where to.
    :returns: the size in bytes.
    :raises ValueError: when it is above `LIMIT`.

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
            "references": bound.references, "citation": "; ".join(map(bibliography.citation, bound.references))}


def _grid(columns):
    """The masses of `bound.MASSES`, at which a point is asked for: the widths there, and delta a_mu per g_mu^2."""
    return {"m": columns.add(MASSES), "n": MASSES.size, "unit": columns.add(g_minus_2.delta_a_mu(MASSES)),
            "forms": widths(MASSES, columns)}
