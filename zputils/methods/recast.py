"""A published dark-photon limit as a limit on any Z' (Sec. 2.3; the method of arXiv:1801.04847).

At each mass the edge of what is excluded is where the Z' gives as many events as the dark photon does at the published
edge: `methods.events`, with N from `methods.published_events`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import checks, curves
from ..physics import hadrons
from ..physics.mechanisms import MECHANISMS, mechanism_ratio
from ..physics.models import Couplings, ZPrime
from . import published_events
from .events import Events, Rates
from .published import Published
from .region import Region

CHANNELS = ("e", "mu", "nu", "hadrons")
FINAL_STATES = (*CHANNELS, "pi+_pi-")


@dataclass(frozen=True, kw_only=True)
class Recast(Published):
    """A published dark-photon limit and what its number of events is made of.

    :param production: of `mechanisms.MECHANISMS`, or a function of a model and masses.
    :param final_states: of FINAL_STATES; none for a virtual Z'.
    :param shield: length in m before the region in which decays are seen; None for a search that is not displaced.
    :param decay: length of that region, m.
    :param proper_time: m (GeV) -> the largest proper time in 1/GeV, for a prompt search that loses late decays; None
        for one that loses none.
    :param published_br: the branching ratio the limit was published for, when not the published model's own.
    :param leptons_alone: that of a dark photon without decays to hadrons.
    :param published_model: whose coupling the curve is of; the dark photon, per epsilon, when None, and then
        `production` is one over the dark photon's.
    :param shares: catalogue names that `production` reads.

    >>> from zputils import bounds
    >>> bounds.get("BaBar").final_states
    ('e', 'mu')
    """

    production: str | Callable
    final_states: tuple[str, ...] = ()
    shield: float | None = None
    decay: float | None = None
    proper_time: Callable | None = None
    published_br: float | None = None
    leptons_alone: bool = False
    published_model: ZPrime | None = None
    shares: tuple[str, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        if not callable(self.production):
            checks.choice(f"production of {self.name}", self.production, MECHANISMS)
        object.__setattr__(self, "final_states", checks.distinct(f"final state of {self.name}", self.final_states,
                                                                 FINAL_STATES))
        if self.published_br is not None:
            checks.real(f"branching ratio of {self.name}", self.published_br, 0, 1, open_low=True)
        if (self.shield is None) != (self.decay is None):
            raise ValueError(f"{self.name}: shield = {self.shield} and decay = {self.decay} belong together")
        if self.shield is not None and self.proper_time is not None:
            raise ValueError(f"{self.name}: a search behind a shield takes no proper_time")
        if self.own is not None:
            self.check(self.own)
        for length in ("shield", "decay") if self.shield is not None else ():
            checks.real(f"{length} of {self.name} [m]", getattr(self, length), 0, open_low=True)

    def check(self, curve: curves.Curve) -> None:
        """Refuse a curve that cannot be of such a search.

        :param curve: on the reference coupling of the model it was published for.
        :raises ValueError: for a curve with two edges and no shield, or with one edge and a shield.

        >>> from zputils import bounds
        >>> bounds.get("BaBar").check(bounds.get("E141").curve)
        Traceback (most recent call last):
            ...
        ValueError: BaBar: a curve with two edges is of a displaced search, which has shield and decay in m; one with \
a single edge is of a search that has neither
        """
        if (curve.upper is None) != (self.shield is None):
            raise ValueError(f"{self.name}: a curve with two edges is of a displaced search, which has shield and "
                             "decay in m; one with a single edge is of a search that has neither")

    @classmethod
    def from_file(cls, path: str | Path, *, production: str | Callable, model: ZPrime | None = None,
                  name: str | None = None, format: str = "csv", columns: Sequence[str] | None = None,
                  unit: str | None = None, **fields: Any) -> "Recast":
        """A limit of your own, for every question that takes a bound.

        :param path: of a file that `zputils.curves.read_curve` reads.
        :param production: of `mechanisms.MECHANISMS`, or a function of a model and masses in any units.
        :param model: whose reference coupling the limit is on; the dark photon, per epsilon, when None.
        :param name: the file's when None.
        :param format: of the file, as for `read_curve`.
        :param columns: names of the columns, likewise.
        :param unit: of the mass, likewise.
        :param fields: of this class: final_states, shield and decay, proper_time, references, level, look, future ...
        :raises ValueError: for a file that is no curve, or edges that do not belong to what is said of the search.

        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     with open(f"{folder}/mine.csv", "w") as file:
        ...         _ = file.write("m_GeV,g\\n0.1,1e-4\\n1,2e-4\\n")
        ...     mine = Recast.from_file(f"{folder}/mine.csv", model=ZPrime.b_minus_l(), production="e+e- annihilation",
        ...                             final_states=("e", "mu"))
        >>> mine.name, f"{mine.region(ZPrime.b_minus_l(), 1.0).limit[0]:.1e}"
        ('mine', '2.0e-04')
        """
        curve = curves.read_curve(path, format, columns, unit)
        photon = ZPrime.dark_photon() if model is None else checks.instance("model", model, ZPrime)
        return cls(name=name or curve.name, own=curve, production=production, published_model=photon,
                   **{"group": "your own"} | fields)

    stacks = True

    def needs(self, model: Couplings | None = None) -> tuple[str, ...]:
        """Catalogue names: the published limit, the shares of production, hadronic widths of photon and model.

        >>> from zputils import bounds
        >>> bounds.get("E774").needs()
        ('E774_Bross1989mp', 'pdg_rratio_2020', 'hadronic_forms')
        """
        photon = (hadrons.R_TABLE,) if self.final_states else ()
        pions = (hadrons.FORMS_TABLE,) if "pi+_pi-" in self.final_states else ()
        mine = hadrons.tables(model) if self.final_states else ()
        return tuple(dict.fromkeys((*super().needs(model), *self.shares, *photon, *pions, *mine)))

    def kernel(self, m: ArrayLike | None = None) -> Events:
        """What the search needs of a model at masses m (GeV, any shape), at the published ones when None.

        Between the published masses the published edges are interpolated log-log.

        >>> from zputils import bounds
        >>> bounds.get("BaBar").kernel().m.size == bounds.get("BaBar").masses.size
        True
        """
        return published_events.kept(self) if m is None else published_events.kernel(self, checks.mass(m))

    def region(self, model: Couplings, m: ArrayLike | None = None) -> Region:
        """The couplings that are excluded, nan outside the published masses, in their gaps, and where the model gives
        too few events at any coupling.

        m: (n,) GeV; when None: the published masses and, between them, the tips where the edges of a displaced search
        meet. The couplings are the model's reference coupling.

        >>> from zputils import bounds
        >>> region = bounds.get("BaBar").region(ZPrime.universal_leptons(), [0.5])
        >>> f"{region.lower[0, 0]:.1e}", f"{region.upper[0, 0]}"
        ('2.6e-04', 'inf')
        """
        checks.instance("model", model, Couplings)
        return self.kernel().with_tips(model) if m is None else self.kernel(self.at(m)).region(model)

    def why_not(self, model: Couplings) -> str | None:
        """Why the search excludes nothing at any of its masses, or None when it does exclude something.

        >>> from zputils import bounds
        >>> bounds.get("BaBar").why_not(ZPrime.muonic(loop=False))
        'no coupling to what produces it: e+e- annihilation'
        """
        kernel = self.kernel()
        rates = kernel.rates(model)
        if reason := self.unseen(rates):
            return reason
        return "too few decays in the detector at any coupling" if kernel.solved(rates).empty else None

    def unseen(self, rates: Rates) -> str | None:
        """Why rates make no events at any mass and any coupling, or None.

        :param rates: of `methods.events`.

        >>> from zputils import bounds
        >>> search = bounds.get("NA48/2")
        >>> search.unseen(search.kernel(np.array([0.05])).rates(ZPrime(u=1.0, mu=1.0)))
        'no decay to what is searched for: e'
        """
        if np.isnan(rates.produced).any() and not np.any(np.nan_to_num(rates.produced)):
            return f"does not know axial couplings of the electron in {self.produced_by}"
        if not np.any(rates.produced):
            return f"no coupling to what produces it: {self.produced_by}"
        seen = rates.seen + (rates.fixed[0] if rates.fixed else 0.0)
        if not np.any(rates.produced * np.nan_to_num(seen) > 0):
            return f"no decay to what is searched for: {' or '.join(self.final_states)}"
        return None

    def produced(self, model: Couplings, m: NDArray) -> NDArray:
        """Production over that of a dark photon with epsilon = 1, per coupling squared.

        :param model: the Z'.
        :param m: (n,) GeV.
        :returns: (n,).

        >>> from zputils import bounds
        >>> f"{bounds.get('BaBar').produced(2 * ZPrime.dark_photon(), 0.1):.2f}"
        '4.00'
        """
        if callable(self.production):
            return self.production(model.at(m), m)
        return mechanism_ratio(model, m, self.production)

    def widths(self, model: Couplings, m: NDArray) -> tuple[NDArray, NDArray]:
        """(to the final states, to everything) in GeV per coupling squared, (n,) each, nan where nothing is open.

        :param model: the Z'.
        :param m: (n,) GeV.
        :returns: GeV per coupling squared, (n,) each, nan where nothing is open.

        >>> from zputils import bounds
        >>> [f"{width[0]:.1e}" for width in bounds.get("BaBar").widths(ZPrime.b_minus_l(), np.array([0.1]))]
        ['2.7e-03', '6.6e-03']
        """
        return published_events.part_and_total(model, m, self.final_states)

    @property
    def produced_by(self) -> str:
        """The production mechanism in words.

        >>> from zputils import bounds
        >>> bounds.get("BaBar").produced_by
        'e+e- annihilation'
        """
        if isinstance(self.production, str):
            return self.production
        return getattr(self.production, "__name__", "production").replace("<lambda>", "production").replace("_", " ")
