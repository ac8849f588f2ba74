"""Neutrino trident rates binned in K^2, once per experiment: what turns a bound into a sum over bins::

    N(m, g) = sum_bins VV [C_V + g_mu g_nu/(sqrt2 G_F (m^2 + K^2))]^2 + AA C_A^2

`python -m zputils.physics.trident_tables` writes them to data/trident/.
"""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import qmc
from tqdm import tqdm

from .. import checks, curves
from ..cache import cached
from ..constants import AVOGADRO, GEV2_TO_CM2, M_MU
from ..paths import TABLES, plain_errors, replacing
from .trident_amplitude import NUCLEI, nucleons, nucleus, squared, standard_model
from .trident_kinematics import DIMENSIONS, Points, dot, sample, threshold

# GeV^2. A bin is 4.7 % wide, so that its mean K^2 stands for it to 1e-3 in the square of a Z' propagator; what lies
# below the first edge, a hundredth of (1 MeV)^2, counts with the first bin.
K2_EDGES = np.geomspace(1e-8, 1e3, 551)
SEQUENCES, LOG2_POINTS = 16, 16  # independent scrambled Sobol sequences, and log2 of the points in each

CCFR_ENERGY = 160.0  # GeV, the mean of CCFR's neutrinos (arXiv:1406.2332)
FLUX_UNIT = "neutrinos/(cm^2 proton GeV)"
PROTONS = 1e21  # to which rates in a beam refer, with one tonne of target

# Selection of arXiv:1902.08579 for muon pairs in the DUNE near detector.
MAX_PAIR_MASS2 = 0.2  # GeV^2
MIN_KINETIC = 0.03  # GeV
MAX_BEAM_ANGLE, MAX_SEPARATION = np.radians(15), np.radians(20)


def sobol(dimensions, log2_points, seed) -> np.ndarray:
    """2^log2_points points of a scrambled Sobol sequence in the unit cube, (n, dimensions).

    >>> u = sobol(dimensions=2, log2_points=4, seed=0)
    >>> u.shape, np.histogram(u[:, 0], 4, (0, 1))[0].tolist()  # as many in each quarter
    ((16, 2), [4, 4, 4, 4])
    """
    return qmc.Sobol(dimensions, scramble=True, rng=seed).random_base2(log2_points)


def contributions(u, energy, scatterer, l2_max=np.inf) -> tuple[Points, np.ndarray]:
    """`Points`, and the share of each in the cross section for C_V = 1 and for C_A = 1, (2, n) cm^2.

    `|M|^2/(4 E M)` times phase space; the mean over points is the cross section. u: (n, 7).

    >>> points, share = contributions(sobol(DIMENSIONS, 10, seed=0), 160.0, nucleus("Fe"))
    >>> share.shape
    (2, 1024)
    """
    points = sample(u, energy, scatterer.mass, scatterer.q2_max, l2_max)
    return points, squared(points, scatterer) * points.weight * GEV2_TO_CM2 / (4 * points.energy * scatterer.mass)


@cached
def cross_section(scatterer, energy, log2_points=13, seed=0) -> np.ndarray:
    """Cross section per nucleus for C_V = 1 and for C_A = 1, cm^2, (2,) + shape of `energy` (GeV, above threshold).

    >>> f"{standard_model(*cross_section(nucleus('Fe'), 160.0)):.1e}"  # cm^2
    '7.4e-40'
    """
    energy = checks.real("energy [GeV]", energy)
    u = sobol(DIMENSIONS, log2_points, seed)
    means = [contributions(u, e, scatterer)[1].mean(axis=1) for e in energy.ravel()]
    return np.transpose(means).reshape(2, *energy.shape)


def selected(points) -> np.ndarray:
    """Which points pass the selection in the DUNE near detector, (n,).

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

    energy: (k,) centres of equal bins from 0 on, GeV; flux: (modes, k) per cm^2, proton and GeV.

    >>> flux = Flux(energy=np.array([0.5, 1.5]), flux=np.array([[2.0, 1.0]]))
    >>> flux.flux.shape
    (1, 2)
    """

    energy: np.ndarray
    flux: np.ndarray

    def __post_init__(self):
        centres = (np.arange(len(self.energy)) + 0.5) * 2 * self.energy[0]
        if np.any(wrong := ~np.isclose(self.energy, centres, rtol=1e-6)):
            raise ValueError(f"flux energy = {self.energy[wrong][0]:g} GeV: expected equal bins without gaps, "
                             f"the next at {centres[wrong][0]:g} GeV")
        checks.real("flux", self.flux, 0)

    @classmethod
    def load(cls, *names) -> "Flux":
        """nu_mu and its antiparticle from tables of the catalogue, one per mode; ValueError for other units.

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

    def draw(self, u, lowest) -> tuple[np.ndarray, np.ndarray]:
        """Energies (n,) from u (n,), as flux times (E - lowest)^1.5 above `lowest`, and flux/density (modes, n).

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


def beam_rate(u, scatterer, flux, target, cuts=True) -> tuple[np.ndarray, np.ndarray]:
    """K^2 (n,) and share of each point in the events per tonne and 1e21 protons, (2 modes, n): VV and AA of each.

    u: (n, 8), the last for the energy. The mean over points is the rate.

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


def _ccfr_rate(u, scatterer):
    points, share = contributions(u, CCFR_ENERGY, scatterer)
    return points.k2, share


# -- tables --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Table:
    """What a table holds: `rate(u)` -> K^2 (n,) and (columns, n) shares, for u in `dimensions` dimensions.

    >>> definitions()["trident_ccfr_iron"].columns
    ('VV', 'AA')
    """

    what: str
    columns: tuple[str, ...]
    dimensions: int
    rate: object


def definitions() -> "dict[str, Table]":
    """Every table by name.

    >>> list(definitions())
    ['trident_ccfr_iron', 'trident_ccfr_iron_nucleons', 'trident_dune_argon', 'trident_dune_argon_nucleons']
    """
    flux = Flux.load("dune_nd_flux_fhc", "dune_nd_flux_rhc")
    ccfr = "cross section in cm^2 per iron nucleus at 160 GeV"
    dune = "events per tonne of argon and 1e21 protons in the DUNE near detector, selected as in arXiv:1902.08579"
    modes = ("VV_fhc", "AA_fhc", "VV_rhc", "AA_rhc")
    return {name: Table(f"{what}, {kind}", columns, dimensions, partial(rate, scatterer=scatterer(target), **beam))
            for target, what, columns, dimensions, rate, beam, stem in (
                ("Fe", ccfr, ("VV", "AA"), DIMENSIONS, _ccfr_rate, {}, "trident_ccfr_iron"),
                ("Ar", dune, modes, DIMENSIONS + 1, beam_rate, {"flux": flux, "target": "Ar"}, "trident_dune_argon"))
            for name, kind, scatterer in ((stem, "coherent", nucleus), (f"{stem}_nucleons", "nucleons", nucleons))}


def binned(k2, shares) -> np.ndarray:
    """Sums over points in each bin of `K2_EDGES`, (1 + columns, bins): K^2 VV, then the shares; VV of all modes.

    >>> sums = binned(np.array([0.1, 0.2]), np.array([[1.0, 2.0], [3.0, 4.0]]))
    >>> sums.sum(axis=1).round(6).tolist()  # K^2 VV, VV, AA
    [0.5, 3.0, 7.0]
    """
    index = np.clip(np.searchsorted(K2_EDGES, k2) - 1, 0, len(K2_EDGES) - 2)
    return np.array([np.bincount(index, row, len(K2_EDGES) - 1) for row in (k2 * shares[::2].sum(axis=0), *shares)])


def compute(table, progress=lambda: None) -> tuple[pd.DataFrame, np.ndarray]:
    """The table as a DataFrame, a row per bin that is not empty, and the relative scatter of its sequences.

    >>> flat = Table("a constant rate", ("VV", "AA"), 1, lambda u: (u[:, 0], np.ones((2, len(u)))))
    >>> frame, scatter = compute(flat)
    >>> frame[["VV", "AA"]].sum().round(6).tolist(), f"{scatter:.0e}"
    ([1.0, 1.0], '0e+00')
    """
    sums = []
    for seed in range(SEQUENCES):
        sums.append(binned(*table.rate(sobol(table.dimensions, LOG2_POINTS, seed))) / 2**LOG2_POINTS)
        progress()
    totals = [standard_model(*s[1:3].sum(axis=1)) for s in sums]
    mean = np.mean(sums, axis=0)
    mean = mean[:, mean[1::2].sum(axis=0) > 0]
    frame = pd.DataFrame(dict(zip(table.columns, mean[1:], strict=True)))
    frame.insert(0, "K2_GeV2", mean[0] / mean[1::2].sum(axis=0))
    return frame, np.std(totals, ddof=1) / np.mean(totals)


def write(path, table, frame, scatter) -> None:
    """Write a table with its provenance; a reader finds the old file or the new one, never a part.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     table = Table("one bin", ("VV", "AA"), 1, None)
    ...     write(Path(folder) / "mine.csv", table, pd.DataFrame({"K2_GeV2": [0.1], "VV": [1.0], "AA": [2.0]}), 0.01)
    ...     (Path(folder) / "mine.csv").read_text().splitlines()[-1]
    '0.1,1,2'
    """
    head = (f"# Neutrino trident nu_mu N -> nu_mu mu mu N by K^2: {table.what}; VV for C_V = 1, AA for C_A = 1.\n"
            f"# Written by python -m zputils.physics.trident_tables: {SEQUENCES} scrambled Sobol sequences of "
            f"2^{LOG2_POINTS} points, "
            f"whose Standard Model totals scatter by {100 * scatter:.2f} %; the rows are their mean.\n")
    with replacing(path) as temporary:
        rows = frame.to_csv(index=False, float_format="%.6g", lineterminator="\n")
        temporary.write_text(head + rows, newline="\n", encoding="utf-8")


def main(folder=TABLES / "trident") -> None:
    """Compute and write every table, with a progress bar."""
    tables = definitions()
    with tqdm(total=SEQUENCES * len(tables), desc="trident", unit="sequence") as bar:
        for name, table in tables.items():
            write(Path(folder) / f"{name}.csv", table, *compute(table, bar.update))


if __name__ == "__main__":
    with plain_errors():
        main()
