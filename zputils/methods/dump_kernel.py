"""What a beam dump needs of a model at its masses: production, widths and geometry, put together."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .. import checks
from ..physics import decays
from .counted import Counted
from .events import Events

if TYPE_CHECKING:
    from .beam_dump import BeamDump


def kernel(dump: "BeamDump", m: NDArray, threshold: float = 1.0) -> Events | Counted:
    """The kernel of a dump; it says nothing outside its `mass_range`.

    :param dump: the experiment.
    :param m: any shape, GeV.
    :param threshold: R-bar at the edge of the reach or, with a spectrum, the number of events there.

    >>> from zputils import SHIP, ZPrime
    >>> f"{kernel(SHIP, np.array([0.1]), 1e-20).region(ZPrime.muonic()).lowest[0]:.1e}"
    '3.0e-06'
    """
    low, high = dump.mass_range
    m = checks.mass(m)
    inside = (m >= low) & (m <= high)
    log_threshold, safe_m = np.where(inside, np.log(threshold), np.nan), np.where(inside, m, low or 1.0)
    if dump.spectrum is not None:
        return Counted(m, log_threshold, dump, safe_m)
    return Events(
        m, log_threshold, partial(_produced, dump, safe_m),
        widths=partial(decays.part_and_total, m=safe_m, channels=dump.visible, shift=dump.r_shift),
        log_time=dump.geometry.log_time(safe_m), shield=dump.geometry.shield / dump.geometry.decay,
        states=dump.visible, shift=dump.r_shift, fixed=partial(decays.fixed_part, m=safe_m, channels=dump.visible))


def _produced(dump, m, model):
    return checks.returned(f"source of {dump.name}", dump.source(model.at(m), m), m)


def refuse_other_energies(dump: "BeamDump") -> None:
    """Refuse a dump whose source or spectrum is for another beam.

    :param dump: the experiment.
    :raises ValueError: with both energies.

    >>> from zputils import SHIP
    >>> refuse_other_energies(SHIP)
    """
    for name in ("source", "spectrum"):
        part = getattr(dump, name)
        energy = getattr(part, "beam_energy", None) or getattr(part, "keywords", {}).get("beam_energy")
        if energy not in (None, dump.beam_energy):
            raise ValueError(f"{dump.name}: beam_energy = {dump.beam_energy:g} GeV, but the {name} is for "
                             f"{energy:g} GeV; give both the same")
