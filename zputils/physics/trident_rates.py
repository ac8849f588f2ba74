"""Neutrino tridents at points of phase space: cross sections at one energy, and rates in a beam with its selection."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import qmc

from .. import checks, curves
from ..cache import cached
from ..constants import AVOGADRO, GEV2_TO_CM2, M_MU
from .scatterer import NUCLEI, Scatterer
from .trident_amplitude import squared
from .trident_kinematics import DIMENSIONS, Points, dot, sample, threshold

FLUX_UNIT = "neutrinos/(cm^2 proton GeV)"
PROTONS = 1e21  # to which rates in a beam refer, with one tonne of target

# Selection of arXiv:1902.08579 for muon pairs in the DUNE near detector.
MAX_PAIR_MASS2 = 0.2  # GeV^2
MIN_KINETIC = 0.03  # GeV
MAX_BEAM_ANGLE, MAX_SEPARATION = np.radians(15), np.radians(20)


def sobol(dimensions: int, log2_points: int, seed: int) -> np.ndarray:
    """2^log2_points points of a scrambled Sobol sequence in the unit cube, (n, dimensions).

    :param dimensions: of the cube.
    :param log2_points: the logarithm of their number.
    :param seed: of the scrambling.
    :returns: (n, dimensions).

    >>> u = sobol(dimensions=2, log2_points=4, seed=0)
    >>> u.shape, np.histogram(u[:, 0], 4, (0, 1))[0].tolist()  # as many in each quarter
    ((16, 2), [4, 4, 4, 4])
    """
    return qmc.Sobol(dimensions, scramble=True, rng=seed).random_base2(log2_points)


def contributions(u: NDArray, energy: ArrayLike, scatterer: Scatterer,
                  l2_max: float = np.inf) -> tuple[Points, np.ndarray]:
    """`Points`, and the share of each in the cross section for C_V = 1 and for C_A = 1, (2, n) cm^2.

    `|M|^2/(4 E M)` times phase space; the mean over points is the cross section.

    :param u: (n, 7).
    :param energy: of the neutrino, (n,) GeV.
    :param scatterer: that is hit.
    :param l2_max: GeV^2, the largest mass squared of the muon pair.
    :returns: the points, and (2, n) cm^2.

    >>> from zputils.physics.scatterer import nucleus
    >>> points, share = contributions(sobol(DIMENSIONS, 10, seed=0), 160.0, nucleus("Fe"))
    >>> share.shape
    (2, 1024)
    """
    points = sample(u, energy, scatterer.mass, scatterer.q2_max, l2_max)
    return points, squared(points, scatterer) * points.weight * GEV2_TO_CM2 / (4 * points.energy * scatterer.mass)


@cached
def cross_section(scatterer: Scatterer, energy: ArrayLike, log2_points: int = 13, seed: int = 0) -> np.ndarray:
    """Cross section per nucleus for C_V = 1 and for C_A = 1, cm^2, (2,) + shape of `energy` (GeV, above threshold).

    :param scatterer: that is hit.
    :param energy: of the neutrino, GeV, above threshold.
    :param log2_points: as `sobol`.
    :param seed: as `sobol`.
    :returns: cm^2, (2,) + the shape of `energy`.

    >>> from zputils.physics.scatterer import nucleus
    >>> from zputils.physics.trident_amplitude import standard_model
    >>> f"{standard_model(*cross_section(nucleus('Fe'), 160.0)):.1e}"  # cm^2
    '7.4e-40'
    """
    energy = checks.real("energy [GeV]", energy)
    u = sobol(DIMENSIONS, log2_points, seed)
    means = [contributions(u, e, scatterer)[1].mean(axis=1) for e in energy.ravel()]
    return np.transpose(means).reshape(2, *energy.shape)


def selected(points: Points) -> np.ndarray:
    """Which points pass the selection in the DUNE near detector, (n,).

    :param points: of phase space.
    :returns: (n,) booleans.

    >>> from zputils.physics.scatterer import nucleus
    >>> points, _ = contributions(sobol(DIMENSIONS, 12, seed=0), 5.0, nucleus("Ar"))
    >>> bool(selected(points).any())
    True
    """
    (e1, p1, cos1), (e2, p2, cos2) = points.lab(points.minus), points.lab(points.plus)
    cos_separation = (e1 * e2 - dot(points.minus, points.plus)) / (p1 * p2)
    return ((np.minimum(e1, e2) - M_MU > MIN_KINETIC) & (np.minimum(cos1, cos2) > np.cos(MAX_BEAM_ANGLE))
            & (cos_separation > np.cos(MAX_SEPARATION)))


@dataclass(frozen=True, eq=False)
class Flux:
    """Neutrinos and antineutrinos together: both scatter alike, as VA drops out also under the selection.

    :param energy: (k,) centres of equal bins from 0 on, GeV.
    :param flux: (modes, k) per cm^2, proton and GeV.

    >>> flux = Flux(energy=np.array([0.5, 1.5]), flux=np.array([[2.0, 1.0]]))
    >>> flux.flux.shape
    (1, 2)
    """

    energy: np.ndarray
    flux: np.ndarray

    def __post_init__(self) -> None:
        centres = (np.arange(len(self.energy)) + 0.5) * 2 * self.energy[0]
        if np.any(wrong := ~np.isclose(self.energy, centres, rtol=1e-6)):
            raise ValueError(f"flux energy = {self.energy[wrong][0]:g} GeV: expected equal bins without gaps, "
                             f"the next at {centres[wrong][0]:g} GeV")
        checks.real("flux", self.flux, 0)

    @classmethod
    def load(cls, *names: str) -> "Flux":
        """nu_mu and its antiparticle from tables of the catalogue, one per mode.

        :param names: tables of the catalogue, one per mode.
        :raises ValueError: for other units.

        >>> flux = Flux.load("dune_nd_flux_fhc", "dune_nd_flux_rhc")
        >>> f"{flux.energy[np.argmax(flux.flux[0])]:.1f}"  # GeV
        '2.1'
        """
        frames = [curves.table(name) for name in names]
        energy = frames[0].E_GeV.to_numpy()
        for name, frame in zip(names, frames, strict=True):
            if (unit := curves.catalogue().y_unit[name]) != FLUX_UNIT:
                raise ValueError(f"flux {name}: the unit is {unit!r}, expected {FLUX_UNIT!r}")
            if not np.array_equal(frame.E_GeV, energy):
                raise ValueError(f"flux {name}: other energies than in {names[0]}")
        return cls(energy, np.array([frame.numu + frame.numubar for frame in frames]))

    def draw(self, u: NDArray, lowest: NDArray | float) -> tuple[np.ndarray, np.ndarray]:
        """Energies (n,) from u (n,), as flux times (E - lowest)^1.5 above `lowest`, and flux/density (modes, n).

        :param u: (n,) in the unit interval.
        :param lowest: GeV.
        :returns: (n,) GeV and (modes, n).

        >>> flux = Flux(energy=np.array([0.5, 1.5]), flux=np.array([[2.0, 1.0]]))
        >>> energy, density = flux.draw(np.array([0.25, 0.75]), lowest=0.2)
        >>> bool((energy > 0.2).all() and (energy < 2).all())
        True
        """
        edges = np.maximum(np.append(self.energy - self.energy[0], self.energy[-1] + self.energy[0]), lowest)
        width = np.diff(edges)
        density = self.flux.sum(axis=0) * (edges[1:] - lowest) ** 1.5
        cumulative = np.append(0, np.cumsum(density * width))
        energy = np.interp(u * cumulative[-1], cumulative, edges)
        index = np.searchsorted(cumulative, u * cumulative[-1], side="right") - 1
        return energy, self.flux[:, index] / density[index] * cumulative[-1]


def beam_rate(u: NDArray, scatterer: Scatterer, flux: Flux, target: str,
              cuts: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """K^2 (n,) and share of each point in the events per tonne and 1e21 protons, (2 modes, n): VV and AA of each.

    The mean over points is the rate.

    :param u: (n, 8), the last for the energy.
    :param scatterer: that is hit.
    :param flux: of neutrinos.
    :param target: element the detector is made of.
    :param cuts: whether the selection of `selected` is made.
    :returns: (n,) GeV^2 and (2 modes, n).

    >>> from zputils.physics.scatterer import nucleus
    >>> from zputils.physics.trident_amplitude import standard_model
    >>> flux = Flux.load("dune_nd_flux_fhc")
    >>> k2, share = beam_rate(sobol(DIMENSIONS + 1, 12, seed=0), nucleus("Ar"), flux, "Ar", cuts=False)
    >>> f"{standard_model(*share.mean(axis=1)):.1f}"  # events per tonne and 1e21 protons
    '1.2'
    """
    energy, density = flux.draw(u[:, 7], threshold(scatterer.mass) * (1 + 1e-9))
    points, share = contributions(u[:, :7], energy, scatterer, MAX_PAIR_MASS2 if cuts else np.inf)
    nuclei = 1e6 * AVOGADRO / NUCLEI[target][1]
    share = share * (selected(points) if cuts else 1) * nuclei * PROTONS
    return points.k2, (density[:, None] * share).reshape(-1, len(u))
