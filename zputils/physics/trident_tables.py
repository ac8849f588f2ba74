"""Neutrino trident rates binned in K^2, once per experiment: what turns a bound into a sum over bins::

    N(m, g) = sum_bins VV [C_V + g_mu g_nu/(sqrt2 G_F (m^2 + K^2))]^2 + AA C_A^2

`python -m zputils.physics.trident_tables` writes them to data/trident/.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from tqdm import tqdm

from ..paths import TABLES, plain_errors, replacing
from .scatterer import nucleons, nucleus
from .trident_amplitude import standard_model
from .trident_kinematics import DIMENSIONS
from .trident_rates import Flux, beam_rate, contributions, sobol

# GeV^2. A bin is 4.7 % wide, so that its mean K^2 stands for it to 1e-3 in the square of a Z' propagator; what lies
# below the first edge, a hundredth of (1 MeV)^2, counts with the first bin.
K2_EDGES = np.geomspace(1e-8, 1e3, 551)
SEQUENCES, LOG2_POINTS = 16, 16  # independent scrambled Sobol sequences, and log2 of the points in each

CCFR_ENERGY = 160.0  # GeV, the mean of CCFR's neutrinos (arXiv:1406.2332)


def _ccfr_rate(u, scatterer):
    points, share = contributions(u, CCFR_ENERGY, scatterer)
    return points.k2, share


@dataclass(frozen=True)
class Table:
    """What a table holds.

    :param what: it holds, in words.
    :param columns: its names.
    :param dimensions: of the cube.
    :param rate: u, (n, dimensions) -> K^2, (n,), and shares, (columns, n).

    >>> definitions()["trident_ccfr_iron"].columns
    ('VV', 'AA')
    """

    what: str
    columns: tuple[str, ...]
    dimensions: int
    rate: Callable


def definitions() -> "dict[str, Table]":
    """Every table by name.

    >>> list(definitions())
    ['trident_ccfr_iron', 'trident_ccfr_iron_nucleons', 'trident_dune_argon', 'trident_dune_argon_nucleons']
    """
    flux = Flux.load("dune_nd_flux_fhc", "dune_nd_flux_rhc")
    ccfr = "cross section in cm^2 per iron nucleus at 160 GeV"
    dune = "events per tonne of argon and 1e21 protons in the DUNE near detector, selected as in arXiv:1902.08579"
    modes = ("VV_fhc", "AA_fhc", "VV_rhc", "AA_rhc")
    return {name: Table(f"{what}, {kind}", columns, dimensions, partial(rate, scatterer=scatterer(target)))
            for target, what, columns, dimensions, rate, stem in (
                ("Fe", ccfr, ("VV", "AA"), DIMENSIONS, _ccfr_rate, "trident_ccfr_iron"),
                ("Ar", dune, modes, DIMENSIONS + 1, partial(beam_rate, flux=flux, target="Ar"), "trident_dune_argon"))
            for name, kind, scatterer in ((stem, "coherent", nucleus), (f"{stem}_nucleons", "nucleons", nucleons))}


def binned(k2: NDArray, shares: NDArray) -> np.ndarray:
    """Sums over points in each bin of `K2_EDGES`, (1 + columns, bins): K^2 VV, then the shares; VV of all modes.

    :param k2: K^2, (n,) GeV^2.
    :param shares: (columns, n).
    :returns: (bins,) GeV^2 and (columns, bins).

    >>> sums = binned(np.array([0.1, 0.2]), np.array([[1.0, 2.0], [3.0, 4.0]]))
    >>> sums.sum(axis=1).round(6).tolist()  # K^2 VV, VV, AA
    [0.5, 3.0, 7.0]
    """
    index = np.clip(np.searchsorted(K2_EDGES, k2) - 1, 0, len(K2_EDGES) - 2)
    return np.array([np.bincount(index, row, len(K2_EDGES) - 1) for row in (k2 * shares[::2].sum(axis=0), *shares)])


def compute(table: "Table", progress: Callable = lambda: None) -> tuple[pd.DataFrame, float]:
    """The table as a DataFrame, a row per bin that is not empty, and the relative scatter of its sequences.

    :param table: that is wanted.
    :param progress: what wraps the loop, for a bar.
    :returns: the table, and a relative scatter.

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


def write(path: Path, table: "Table", frame: pd.DataFrame, scatter: float) -> None:
    """Write a table with its provenance; a reader finds the old file or the new one, never a part.

    :param path: where to.
    :param table: what it holds.
    :param frame: its numbers.
    :param scatter: relative, of its sequences.

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


def main(folder: Path = TABLES / "trident") -> None:
    """Compute and write every table, with a progress bar.

    :param folder: where to.
    """
    tables = definitions()
    with tqdm(total=SEQUENCES * len(tables), desc="trident", unit="sequence") as bar:
        for name, table in tables.items():
            write(Path(folder) / f"{name}.csv", table, *compute(table, bar.update))


if __name__ == "__main__":
    with plain_errors():
        main()
