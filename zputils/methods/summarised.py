"""What each of several bounds says of a model, in a row: its smallest coupling, where that is, or why there is none."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..physics.models import Couplings
from .bound import Bound
from .stacked import regions

STRONG = np.sqrt(4 * np.pi)  # a coupling above it is no perturbation


def rows(asked: Sequence[Bound], model: Couplings, m: NDArray) -> dict[str, dict]:
    """{name of a bound: {column: value}} at masses m, (n,) GeV; the columns are those of `zputils.bounds.summary`.

    :param asked: bounds.
    :param model: the Z'.
    :param m: (n,) GeV.

    >>> from zputils import SHIP, ZPrime
    >>> rows([SHIP], ZPrime.muonic(), np.array([0.01, 0.1]))["SHiP"]["confidence"]
    '90 %'
    """
    found = dict(zip(asked, regions(asked, model, m), strict=True))
    why_not = {bound.name: bound.why_not(model) if region.empty else None for bound, region in found.items()}
    lowest = {bound.name: region.lowest for bound, region in found.items()}
    rivals = {future: np.fmin.reduce([np.full_like(m, np.nan), *(lowest[b.name] for b in asked if b.future == future)])
              for future in (False, True)}
    return {b.name: _row(b, m, lowest[b.name], rivals[b.future], why_not[b.name]) for b in asked}


def _row(bound, m, lowest, rivals, why_not):
    """One bound's row. lowest, rivals: (n,), its own smallest couplings and those of all of its sort."""
    coupling = np.fmin.reduce(lowest)
    at = np.flatnonzero(lowest == coupling)
    known = "between {:.3g} and {:.3g} GeV".format(*bound.mass_range)
    beyond = not np.any((m >= bound.mass_range[0]) & (m <= bound.mass_range[1]))
    none = why_not or (f"speaks of masses {known}" if beyond else "nothing at these masses")
    return {"group": bound.group, "future": bound.future, "coupling": coupling,
            "mass": m[at[-1 if coupling == 0 else 0]] if at.size else np.nan, "leads": np.mean(lowest <= rivals),
            "why_not": None if at.size else none, "note": "above sqrt(4 pi)" if coupling > STRONG else "",
            "confidence": bound.confidence, "references": " ".join(bound.references)}
