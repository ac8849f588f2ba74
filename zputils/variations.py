"""What our own choices leave open in SHiP's and SeaQuest's reach.

The momentum of the Z', or its whole spectrum in the place of one, the form factor and the transverse momentum in
bremsstrahlung, the number of neutral mesons, and the measured R are varied together. Every variant keeps the lower edge
that its experiment has for a dark photon at 100 MeV, as the calibration on the published reach does.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from . import checks
from .experiments.seaquest import SEAQUEST
from .experiments.ship import SHIP
from .methods.beam_dump import BeamDump
from .methods.spectra import Bremsstrahlung, Tabulated
from .physics.models import Couplings, ZPrime
from .physics.production import M_REFERENCE, bremsstrahlung, bremsstrahlung_source, yields_source

DUMPS = {dump.name: dump for dump in (SHIP, SEAQUEST)}


@dataclass(frozen=True)
class Choice:
    """One choice for each thing that the paper leaves open.

    :param fraction: momentum over beam energy.
    :param form_factor: "dipole", "vmd", or "table" for SeaQuest's own yields.
    :param pt_max: GeV.
    :param r_shift: of R, in its errors.
    :param spectrum: a spectrum of momenta in the place of one, of which `fraction` says nothing.
    :param mesons: in a spectrum, neutral mesons over those of SeaQuest's table (SHiP's published reach has none).

    >>> Choice(fraction=0.25).r_shift
    0.0
    """

    fraction: float = 0.5
    form_factor: str = "dipole"
    pt_max: float = 1.0
    r_shift: float = 0.0
    spectrum: bool = False
    mesons: float = 1.0

    def __post_init__(self) -> None:
        checks.number("fraction", self.fraction, 0, 1, open_low=True)
        checks.number("pt_max [GeV]", self.pt_max, 0, open_low=True)
        checks.number("r_shift", self.r_shift)

    def apply(self, dump: BeamDump) -> BeamDump:
        """The experiment `dump` (SHIP or SEAQUEST) with this choice.

        :param dump: SHIP or SEAQUEST.

        >>> Choice(fraction=0.25).apply(SHIP).geometry.momentum
        100.0
        """
        checks.choice("dump", dump.name, DUMPS)
        momentum = dump if self.spectrum else dump.at_momentum(self.fraction * dump.beam_energy)
        changed = replace(momentum, source=self._source(dump), r_shift=self.r_shift,
                          spectrum=self._spectrum(dump) if self.spectrum else None)
        photon = ZPrime.dark_photon()
        return changed.calibrated(photon, M_REFERENCE, dump.reach(photon, M_REFERENCE)[0])

    def _spectrum(self, dump):
        if dump is SHIP:
            return Bremsstrahlung(dump.beam_energy, self.form_factor, self.pt_max)
        form_factor = "vmd" if self.form_factor == "table" else self.form_factor
        return Tabulated("spectrum_seaquest", scale=(("pi0", self.mesons), ("eta", self.mesons)),
                         form_factor=form_factor)

    def _source(self, dump):
        if self.form_factor == "table":
            return dump.source
        shape = {"beam_energy": dump.beam_energy, "form_factor": self.form_factor, "pt_max": self.pt_max}
        if dump is SHIP:
            return partial(bremsstrahlung_source, **shape)
        return partial(yields_source, bremsstrahlung=partial(bremsstrahlung, **shape))


CENTRAL = {"SHiP": Choice(), "SeaQuest": Choice(form_factor="table")}
VARIED: dict[str, tuple[Any, ...]] = {"fraction": (0.25, 0.75), "form_factor": ("dipole", "vmd"),
                                      "pt_max": (1.0, 4.0), "r_shift": (-1.0, 1.0)}
MESONS = (1 / 1.6, 1.6)  # the distance between pp collisions and SHiP's simulation of its target, at 400 GeV
CORNERS = (*(Choice(*values) for values in product(*VARIED.values())),
           *(replace(Choice(0.5, *values), spectrum=True, mesons=mesons)
             for *values, mesons in product(*list(VARIED.values())[1:], MESONS)))


@cache
def variants(name: str) -> dict[Choice, BeamDump]:
    """{choice: the experiment}: the central one first, then every corner of VARIED.

    :param name: SHiP or SeaQuest.

    >>> len(variants("SHiP"))
    33
    """
    dump = DUMPS[checks.choice("dump", name, DUMPS)]
    return {CENTRAL[name]: dump} | {choice: choice.apply(dump) for choice in CORNERS}


def effects(name: str, model: Couplings, m: float) -> pd.DataFrame:
    """What one choice at a time does: a DataFrame of lower and upper edge over the central ones, a row per choice.

    :param name: SHiP or SeaQuest.
    :param model: the Z'.
    :param m: one mass in GeV.

    >>> f"{effects('SHiP', ZPrime.muonic(), 0.05).upper['fraction = 0.25']:.2f}"
    '0.69'
    """
    dump, central = DUMPS[checks.choice("dump", name, DUMPS)], CENTRAL[name]
    changes: dict[str, dict[str, Any]] = {f"{field} = {value}": {field: value} for field, values in VARIED.items()
                                          for value in values}
    changes |= {"spectrum": {"spectrum": True}}
    changes |= {f"spectrum, mesons x {factor:.3g}": {"spectrum": True, "mesons": factor} for factor in MESONS}
    single, index = [replace(central, **change) for change in changes.values()], list(changes)
    edges = np.array([choice.apply(dump).reach(model, m) for choice in single])
    return pd.DataFrame(edges / dump.reach(model, m), index=index, columns=["lower", "upper"])


def envelope(name: str, model: Couplings, m: ArrayLike) -> tuple[tuple[np.ndarray, ...], tuple[np.ndarray, ...]]:
    """((lower, upper) that every variant reaches, (lower, upper) that some variant reaches), each (n,), nan for none.

    What lies between two variants that are apart counts as reached by some.

    :param name: SHiP or SeaQuest.
    :param model: the Z'.
    :param m: (n,) GeV.
    :returns: (n,) each, nan for none.

    >>> common, some = envelope("SHiP", ZPrime.muonic(), [0.05])
    >>> bool(some[0][0] <= common[0][0] < common[1][0] < some[1][0])
    True
    """
    lower, upper = np.moveaxis(np.array([dump.reach(model, m) for dump in variants(name).values()]), 1, 0)
    common = np.max(lower, axis=0), np.min(upper, axis=0)  # nan where one variant has no reach
    empty = ~(common[0] < common[1])
    return tuple(np.where(empty, np.nan, edge) for edge in common), (np.fmin.reduce(lower), np.fmax.reduce(upper))


def spread(function: Callable, *names: str) -> tuple[float, float]:
    """(least, largest) value of `function`, which takes a `BeamDump` for each of these names, over the variants.

    All of them take the same choice.

    :param function: takes a `BeamDump` for each name; returns a number.
    :param names: SHiP, SeaQuest or both.
    :returns: the least and the largest value.

    >>> low, high = spread(lambda ship: ship.reach(ZPrime.muonic(), 0.05)[1], "SHiP")
    >>> bool(low < SHIP.reach(ZPrime.muonic(), 0.05)[1] < high)
    True
    """
    sets = [[variants(name)[CENTRAL[name]] for name in names]]
    sets += [[variants(name)[choice] for name in names] for choice in CORNERS]
    values = [function(*dumps) for dumps in sets]
    return min(values), max(values)
