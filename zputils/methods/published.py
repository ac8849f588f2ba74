"""Bounds that start from a published curve."""

from dataclasses import dataclass, field

import numpy as np

from .. import curves
from ..physics.models import Couplings
from .bound import Bound


@dataclass(frozen=True, kw_only=True)
class Published(Bound):
    """A bound that starts from a published curve.

    :param data: its name in the catalogue.
    :param own: a curve of yours in its place, with its `level` of confidence.
    :param level: of confidence, of `own`.

    >>> from zputils import bounds
    >>> bounds.get("BaBar").data
    'BaBar_Lees2014xha'
    """

    data: str = ""
    own: curves.Curve | None = field(default=None, repr=False)
    level: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.data and self.own is None:
            raise ValueError(f"{self.name}: data, a name in the catalogue, or own, a curve, must be given")

    @property
    def confidence(self) -> str:
        """The confidence level or the criterion, as the catalogue has it.

        >>> from zputils import bounds
        >>> bounds.get("BaBar").confidence
        '90 %'
        """
        return curves.fact(self.data, "confidence_level") if self.own is None else self.level

    @property
    def curve(self) -> curves.Curve:
        """The published curve.

        >>> from zputils import bounds
        >>> bounds.get("BaBar").curve.coupling
        'epsilon'
        """
        return curves.load(self.data) if self.own is None else self.own

    @property
    def masses(self) -> np.ndarray:
        """The published masses in GeV, (n,).

        >>> from zputils import bounds
        >>> f"{bounds.get('BaBar').masses[0]:.2f}"
        '0.02'
        """
        return self.curve.m

    @property
    def mass_range(self) -> tuple[float, float]:
        """The first and the last published mass, GeV.

        >>> from zputils import bounds
        >>> [f"{m:.3g}" for m in bounds.get("BaBar").mass_range]
        ['0.0202', '10.3']
        """
        return float(self.masses.min()), float(self.masses.max())

    def needs(self, model: Couplings | None = None) -> tuple[str, ...]:
        """Catalogue names of what it reads for a model, or for any when None.

        >>> from zputils import bounds
        >>> bounds.get("N_eff").needs()
        ('Neff_Escudero2019_LmuLtau',)
        """
        return (self.data,) if self.own is None else ()
