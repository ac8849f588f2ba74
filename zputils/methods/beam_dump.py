"""Beam dumps: the rate of visible decays behind the shielding, and the couplings they reach.

R-bar = g_p^2 sigma(m)/sigma(100 MeV) P BR_vis (Eq. 3.15; Eq. 3.7 when production is independent of mass),
P = exp(-L_sh/L_flight) [1 - exp(-L_dec/L_flight)] (Eq. 3.2): `methods.events` with N = R-bar at the edge.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import checks, curves
from ..physics import decays, hadrons
from ..physics.models import Couplings
from . import dump_kernel
from .bound import Bound
from .calibration import threshold
from .counted import Counted
from .events import Events
from .geometry import Geometry


@dataclass(frozen=True, kw_only=True)
class BeamDump(Bound):
    """A beam dump: geometry, how Z's are produced, and the R-bar it is sensitive to.

    :param geometry: of shield and decay region.
    :param beam_energy: GeV.
    :param source: (model, m) -> g_p^2 sigma/sigma* per unit of the reference coupling squared, >= 0, (n,), for the
        model's couplings at m, (n,) GeV.
    :param published: the catalogued dark-photon reach; when `sensitivity` is None it is the R-bar at that curve's lower
        edge at 100 MeV.
    :param sensitivity: R-bar at the edge of the reach.
    :param visible: decay channels that count.
    :param tables: catalogue names that `source` reads.
    :param mass_range: GeV, where `source` holds.
    :param r_shift: moves the measured R, and with it the hadronic width, by that many of its errors.
    :param needed: events at the edge of the reach.
    :param spectrum: (model, m) -> momenta and numbers of Z's (`zputils.methods.spectra`). With it the reach is that of
        `needed` events, counted with every momentum (`zputils.methods.counted`); None counts R-bar, with one momentum.
    :param exposure: protons, or an integrated luminosity in 1/pb, that `needed` is counted in; it and a changed
        geometry enter through `modified`.
    :param group: of `bound.GROUPS`.
    :param future: a projection.

    >>> from functools import partial
    >>> from zputils import ZPrime
    >>> from zputils.physics.production import bremsstrahlung_source
    >>> source = partial(bremsstrahlung_source, beam_energy=120)
    >>> mine = BeamDump(name="mine", geometry=Geometry(10, 5, 60), beam_energy=120, source=source, sensitivity=1e-18)
    >>> [f"{g:.1e}" for g in mine.reach(ZPrime.muonic(), 0.05)]
    ['1.8e-05', '4.3e-03']
    """

    geometry: Geometry
    beam_energy: float
    source: Callable
    published: str = ""
    sensitivity: float | None = None
    visible: tuple[str, ...] = decays.VISIBLE
    tables: tuple[str, ...] = ()
    mass_range: tuple[float, float] = (0.0, np.inf)
    r_shift: float = 0.0
    needed: float = 2.3
    spectrum: Any = None
    exposure: float = 1.0
    group: str = field(default="beam dumps", repr=False)
    future: bool = field(default=True, repr=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "visible", tuple(dict.fromkeys(checks.listed("visible", self.visible))))
        for name in ("needed", "exposure"):
            checks.real(name, getattr(self, name), 0, open_low=True)
        checks.real("r_shift", self.r_shift)
        checks.real("beam_energy", self.beam_energy, 0, open_low=True)
        if self.sensitivity is not None:
            checks.real("sensitivity", self.sensitivity, 0, open_low=True)
        checks.number(f"momentum of {self.name}", self.geometry.momentum, 0, self.beam_energy, unit="GeV")
        dump_kernel.refuse_other_energies(self)

    @property
    def confidence(self) -> str:
        """The criterion of the published reach.

        >>> from zputils import SEAQUEST
        >>> SEAQUEST.confidence
        '10 events'
        """
        return curves.fact(self.published, "confidence_level") if self.published else ""

    @property
    def stacks(self) -> bool:
        """Whether one momentum stands for all.

        >>> from zputils import SHIP
        >>> SHIP.stacks
        True
        """
        return self.spectrum is None

    def needs(self, model: Couplings | None = None) -> tuple[str, ...]:
        """Catalogue names: the `tables` that `source` reads, the calibration on a dark photon, hadronic widths.

        >>> from zputils import SHIP, ZPrime
        >>> SHIP.needs(ZPrime.dark_photon())
        ('pdg_rratio_2020',)
        """
        calibrated = self.sensitivity is None and self.spectrum is None
        calibration = (self.published, hadrons.R_TABLE) if calibrated else ()
        return tuple(dict.fromkeys((*self.tables, *calibration, *hadrons.tables(model))))

    def kernel(self, m: NDArray) -> Events | Counted:
        """What the dump needs of a model at masses m (GeV, any shape); it says nothing outside `mass_range`.

        >>> from zputils import SHIP
        >>> f"{SHIP.kernel(np.array([0.1])).shield:.1f}"
        '1.2'
        """
        return dump_kernel.kernel(self, m, threshold(self))

    def log_rate(self, model: Couplings, m: ArrayLike, g: ArrayLike) -> np.ndarray:
        """ln R-bar (Eq. 3.15) at masses m (GeV) and couplings g, which broadcast; -inf where it vanishes.

        With a spectrum it is ln of the number of events.

        :param model: the Z'.
        :param m: GeV.
        :param g: the reference coupling; both broadcast.
        :returns: of the broadcast shape.

        >>> from zputils import SHIP, ZPrime
        >>> [f"{rate:.1e}" for rate in np.exp(SHIP.log_rate(ZPrime.muonic(), 0.05, [1e-5, 1e-4, 1e-3]))]
        ['3.2e-19', '3.1e-15', '2.3e-12']
        """
        kernel = dump_kernel.kernel(self, checks.mass(m, *self.mass_range))
        return kernel.log_count(model, checks.real("g", g, 0, open_low=True))

    def events(self, model: Couplings, m: ArrayLike, g: ArrayLike) -> np.ndarray:
        """The number of events at masses m (GeV) and couplings g, which broadcast.

        Without a spectrum it is `needed` times R-bar over its value at the edge of the reach.

        :param model: the Z'.
        :param m: GeV.
        :param g: the reference coupling; both broadcast.
        :returns: of the broadcast shape.

        >>> from zputils import SHIP, ZPrime
        >>> [f"{n:.1e}" for n in SHIP.events(ZPrime.muonic(), 0.05, [1e-6, 1e-5, 1e-4])]
        ['9.7e-03', '9.7e+01', '9.4e+05']
        """
        return self.needed * np.exp(self.log_rate(model, m, g) - np.log(threshold(self)))

    def reach(self, model: Couplings, m: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
        """The couplings that are probed, (lower, upper), each of the shape of m, nan where there is no reach.

        The couplings are the model's reference coupling. Of a spectrum that gives two intervals these are the outermost
        edges; `region` has both.

        :param model: the Z'.
        :param m: any shape, GeV.
        :returns: couplings, of the shape of m.
        :raises ValueError: for a mass outside `mass_range`.

        >>> from zputils import SHIP, ZPrime
        >>> lower, upper = SHIP.reach(ZPrime.muonic(g_nu=0.1), [0.01, 0.1, 0.2])
        >>> [f"{g:.1e}" for g in lower], [f"{g:.1e}" for g in upper]
        (['8.8e-06', '2.8e-06', '2.0e-06'], ['8.9e-04', '7.3e-05', '3.4e-05'])
        """
        region = self.kernel(checks.mass(m, *self.mass_range)).region(checks.instance("model", model, Couplings))
        return region.lowest, region.highest

    def why_not(self, model: Couplings) -> str | None:
        """Why there is no reach at any mass, or None.

        >>> from zputils import SHIP, ZPrime
        >>> SHIP.why_not(ZPrime(mu=1.0))
        'no coupling to what produces it: protons'
        >>> print(SHIP.why_not(ZPrime.muonic()))
        None
        """
        kernel: Any = self.kernel(self.masses)  # either kind has rates of its own
        rates = kernel.rates(model)
        if not np.any(rates.produced):
            return "no coupling to what produces it: protons"
        if not np.any(rates.seen) and not np.any(rates.fixed[0] if rates.fixed else 0):
            return "no visible decay"
        return "too few visible decays at any coupling" if kernel.solved(rates).empty else None

    def calibrated(self, model: Couplings, m: float, lower: NDArray | float) -> "BeamDump":
        """The same experiment with the sensitivity that puts the lower edge at coupling `lower` at mass m (GeV).

        :param model: the Z'.
        :param m: GeV.
        :param lower: the reference coupling there.

        >>> from zputils import SHIP, ZPrime
        >>> dump = SHIP.calibrated(ZPrime.dark_photon(), 0.1, lower=1e-7)
        >>> f"{dump.reach(ZPrime.dark_photon(), 0.1)[0]:.2e}"
        '1.00e-07'
        """
        edge = float(np.exp(self.log_rate(model, m, lower)))
        return replace(self, sensitivity=edge) if self.spectrum is None else replace(self, needed=edge)

    def modified(self, recalibrate: bool = False, **changes: Any) -> "BeamDump":
        """The same experiment with other fields, which keeps what it measures.

        What an R-bar is in events does not change with the dump: at another `exposure` E or number of events `needed`,
        n, the R-bar at the edge goes with n/E, whatever the `geometry`.

        :param recalibrate: put the lower edge where the published reach is instead.
        :param changes: fields and their new values.
        :raises ValueError: for another `beam_energy` without a sensitivity or a spectrum for it: R-bar says nothing of
            how production goes with the energy.

        >>> from zputils import SEAQUEST, ZPrime
        >>> longer = SEAQUEST.modified(geometry=Geometry(shield=5, decay=7, momentum=60), exposure=1e20, needed=3)
        >>> [f"{dump.reach(ZPrime.muonic(), 0.02)[0]:.1e}" for dump in (SEAQUEST, longer)]
        ['3.3e-05', '5.3e-06']
        """
        changed = replace(self, **changes)
        if self.spectrum is not None or changed.spectrum is not None or "sensitivity" in changes:
            return changed
        if changed.beam_energy != self.beam_energy:
            raise ValueError(f"{self.name}: beam_energy = {changed.beam_energy:g} GeV needs a sensitivity or a "
                             f"spectrum of its own, those there are hold at {self.beam_energy:g} GeV")
        if recalibrate:
            return replace(changed, sensitivity=None)
        factor = (changed.needed / self.needed) / (changed.exposure / self.exposure)
        return replace(changed, sensitivity=threshold(self) * factor)

    def at_momentum(self, momentum: float) -> "BeamDump":
        """The same experiment with one Z' momentum, in GeV.

        :param momentum: GeV.

        >>> from zputils import SHIP
        >>> SHIP.at_momentum(100).geometry.momentum
        100
        """
        return replace(self, geometry=replace(self.geometry, momentum=momentum), spectrum=None)
