"""What every experiment is to a model: a name, a source, a look, and the couplings it excludes or probes."""

import warnings
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from .. import checks
from ..constants import M_MU
from ..physics.models import Couplings
from .look import Look
from .region import Region

# Masses (GeV) a bound that is computed is drawn on: even in ln m, and both sides of the muon threshold.
MASSES = np.union1d(np.geomspace(1e-3, 10, 401), 2 * M_MU * np.array([1 - 1e-6, 1 + 1e-6]))

# What an experiment looks at, in reading order; the last is for those that are no part of the package.
GROUPS = ("muons", "neutrinos", "early universe", "beam dumps", "electron targets", "e+e- colliders", "hadrons",
          "moments", "your own")


class MassWarning(UserWarning):
    """Every mass that was asked for is beyond those of which an experiment says something: MeV for GeV, perhaps.

    >>> issubclass(MassWarning, UserWarning)
    True
    """


@dataclass(frozen=True, kw_only=True)
class Bound(ABC):
    """One experiment's word on any Z'.

    :param name: what it is called everywhere.
    :param group: of GROUPS.
    :param references: BibTeX keys.
    :param future: a projection.
    :param look: on every page.
    :param figures: the figures of the paper that draw it, "fig-2.2/muon_only" for one that enters in a panel, "later"
        for one that came after the paper and belongs beside those.

    >>> from zputils import bounds
    >>> isinstance(bounds.get("SHiP"), Bound)
    True
    """

    name: str
    group: str = field(repr=False)
    references: tuple[str, ...] = field(default=(), repr=False)
    future: bool = field(default=False, repr=False)
    look: Look | None = field(default=None, repr=False)
    figures: tuple[str, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        checks.choice(f"group of {self.name}", self.group, GROUPS)

    @property
    def masses(self) -> np.ndarray:
        """The masses in GeV it is drawn on, (n,): those it was published at, or `MASSES` where it is computed.

        >>> from zputils import bounds
        >>> float(bounds.get("SHiP").masses[0])
        0.001
        """
        return MASSES

    @property
    def mass_range(self) -> tuple[float, float]:
        """The smallest and the largest mass in GeV of which it says anything.

        >>> from zputils import bounds
        >>> bounds.get("CCFR").mass_range
        (0.0, inf)
        """
        return 0.0, np.inf

    @property
    def stacks(self) -> bool:
        """Whether its kernel is an `Events` of production and widths that are forms in the couplings: for `Stacked`.

        >>> from zputils import bounds
        >>> bounds.get("BaBar").stacks, bounds.get("CCFR").stacks
        (True, False)
        """
        return False

    @property
    @abstractmethod
    def confidence(self) -> str:
        """The confidence level, or a criterion in its place."""

    @abstractmethod
    def kernel(self, m: np.ndarray) -> Any:
        """What it needs of a model at masses m (GeV, any shape): an `Events`, a `Counts` or a `Below`.

        :param m: any shape, GeV.
        """

    def region(self, model: Couplings, m: ArrayLike | None = None) -> Region:
        """The couplings that are excluded or probed.

        The couplings are the model's reference coupling; nan outside the masses the experiment speaks of.

        :param model: the Z'.
        :param m: (n,) GeV; the bound's own masses when None.

        >>> from zputils import ZPrime, bounds
        >>> region = bounds.get("SHiP").region(ZPrime.muonic(), 0.1)
        >>> f"{region.lower[0, 0]:.1e} to {region.upper[0, 0]:.1e}"
        '2.8e-06 to 1.7e-03'
        """
        return self.kernel(self.at(m)).region(checks.instance("model", model, Couplings))

    @abstractmethod
    def why_not(self, model: Couplings) -> str | None:
        """Why it says nothing of a model at any mass, or None when it does.

        :param model: the Z'.
        """

    def needs(self, model: Couplings | None = None) -> tuple[str, ...]:
        """Catalogue names of what it reads for a model, or for any when None.

        :param model: the Z', or None for any.
        :returns: names of the catalogue.

        >>> from zputils import bounds
        >>> bounds.get("CCFR").needs()
        ('trident_ccfr_iron',)
        """
        return ()

    @property
    def inputs(self) -> tuple[str, ...]:
        """Catalogue names of all that it may read.

        >>> from zputils import bounds
        >>> bounds.get("CCFR").inputs
        ('trident_ccfr_iron',)
        """
        return self.needs(None)

    def at(self, m: ArrayLike | None) -> np.ndarray:
        """Masses as (n,), with a `MassWarning` when all are heavier than those of which the experiment says something.

        :param m: GeV, a number or (n,); its own when None.
        :returns: (n,) GeV.
        :raises ValueError: for a mass that is not above 0.

        >>> from zputils import bounds
        >>> bounds.get("SHiP").at(0.1).tolist()
        [0.1]
        """
        return self.masses if m is None else not_all_beyond([self], np.atleast_1d(checks.mass(m)))


def inside(bound: "Bound", m: np.ndarray) -> bool:
    """Whether any of the masses (n,) is one of which a bound says something.

    :param bound: whose answer is asked for.
    :param m: (n,) GeV.

    >>> from zputils import bounds
    >>> inside(bounds.get("BaBar"), np.array([1.0, 20.0])), inside(bounds.get("BaBar"), np.array([20.0]))
    (True, False)
    """
    low, high = bound.mass_range
    return bool(np.any((m >= low) & (m <= high)))


def not_all_beyond(bounds: "Sequence[Bound]", m: np.ndarray) -> np.ndarray:
    """The masses (n,), with a `MassWarning` when they are above those of every bound.

    :param bounds: those that are asked.
    :param m: (n,) GeV.
    :returns: (n,) GeV.

    >>> from zputils import bounds
    >>> not_all_beyond([bounds.get("BaBar")], np.array([1.0, 20.0])).tolist()
    [1.0, 20.0]
    """
    if bounds and m.size and all(m.min() > bound.mass_range[1] for bound in bounds):
        ranges = ", ".join("{} from {:.3g} to {:.3g} GeV".format(bound.name, *bound.mass_range) for bound in bounds[:3])
        more = f" and {len(bounds) - 3} more" if len(bounds) > 3 else ""
        warnings.warn(f"m = {m.min():.4g} to {m.max():.4g} GeV is beyond what is known: {ranges}{more}. Masses are "
                      "in GeV", MassWarning, stacklevel=4)
    return m


def no_coupling_to(what: str, *couplings: ArrayLike) -> str | None:
    """"no coupling to ..." where all of the couplings vanish, else None.

    :param what: they are couplings to.
    :param couplings: numbers, or arrays over the mass.

    >>> no_coupling_to("muons", 0.0)
    'no coupling to muons'
    """
    return None if any(map(np.any, couplings)) else f"no coupling to {what}"
