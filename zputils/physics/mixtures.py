"""Production by several mechanisms at once: shares from a table, fixed shares, and the first that is open.

Each is a mean of the ratios of `physics.mechanisms`, weighted with the shares of a dark photon.
"""


import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import curves
from ..constants import M_ETA, M_PI0
from .couplings import Couplings
from .mechanisms import mechanism_ratio

PIONS, ETAS, PROTONS = "pi0 -> gamma X", "eta -> gamma X", "proton bremsstrahlung"
YIELDS = "dark_photon_yields_120GeV"


def tabulated(model: Couplings, m: ArrayLike, table: str, columns: dict) -> np.ndarray:
    """Production over that of a dark photon with epsilon = 1: mechanisms by their shares in a table, linear in m.

    Shares are brought to a sum of 1.

    :param model: the Z'.
    :param m: (n,) GeV.
    :param table: of the catalogue.
    :param columns: {column of the table: mechanism}.
    :returns: (n,).

    >>> from zputils import ZPrime
    >>> three_times = tabulated(3 * ZPrime.dark_photon(), 20.0, "cms_production_fractions", {"u_u": "u qbar"})
    >>> f"{three_times:.2f}"
    '9.00'
    """
    found = curves.columns(table)
    return _weighted(model, m, {mechanism: np.interp(np.asarray(m), found["m_GeV"], found[column])
                                for column, mechanism in columns.items()})


def _weighted(model: Couplings, m: ArrayLike, shares: dict) -> np.ndarray:
    """The same for shares {mechanism: its share of the dark photons}, numbers or (n,), brought to a sum of 1.

    >>> from zputils import ZPrime
    >>> f"{_weighted(2 * ZPrime.dark_photon(), 2.0, {'u qbar': 0.8, 'd qbar': 0.2}):.2f}"
    '4.00'
    """
    total = sum(shares.values())
    return sum(share / total * mechanism_ratio(model, m, mechanism) for mechanism, share in shares.items())


def pi0_then_eta_decays(model: Couplings, m: NDArray | float) -> np.ndarray:
    """Decays of pi0 below their threshold, of eta above it: the lighter, more abundant meson while it can. (n,).

    :param model: the Z'.
    :param m: (n,) GeV.
    :returns: (n,).

    >>> from zputils import ZPrime
    >>> f"{pi0_then_eta_decays(ZPrime.dark_photon(), 0.2):.2f}"
    '1.00'
    """
    return np.where(m < M_PI0, mechanism_ratio(model, m, PIONS), mechanism_ratio(model, m, ETAS))


def pi0_decays_then_proton_bremsstrahlung(model: Couplings, m: NDArray | float) -> np.ndarray:
    """Decays of pi0 below their threshold, bremsstrahlung of protons above it, (n,).

    :param model: the Z'.
    :param m: (n,) GeV.
    :returns: (n,).

    >>> from zputils import ZPrime
    >>> f"{pi0_decays_then_proton_bremsstrahlung(ZPrime.dark_photon(), 0.2):.2f}"
    '1.00'
    """
    return np.where(m < M_PI0, mechanism_ratio(model, m, PIONS), mechanism_ratio(model, m, PROTONS))


def pi0_then_eta_decays_then_proton_bremsstrahlung(model: Couplings, m: NDArray | float) -> np.ndarray:
    """Decays of pi0, of eta above their threshold, bremsstrahlung of protons where eta cannot make it either, (n,).

    :param model: the Z'.
    :param m: (n,) GeV.
    :returns: (n,).

    >>> from zputils import ZPrime
    >>> f"{pi0_then_eta_decays_then_proton_bremsstrahlung(ZPrime.dark_photon(), 0.6):.2f}"
    '1.00'
    """
    return np.where(m < M_ETA, pi0_then_eta_decays(model, m), mechanism_ratio(model, m, PROTONS))


def mesons_and_bremsstrahlung_at_120_GeV(model: Couplings, m: NDArray | float) -> np.ndarray:
    """pi0 and eta decays and bremsstrahlung by their yields in protons of 120 GeV (arXiv:1804.00661), (n,).

    :param model: the Z'.
    :param m: (n,) GeV.
    :returns: (n,).

    >>> from zputils import ZPrime
    >>> f"{mesons_and_bremsstrahlung_at_120_GeV(ZPrime.dark_photon(), 0.1):.2f}"
    '1.00'
    """
    return tabulated(model, m, YIELDS, {"N_brem": PROTONS, "N_eta": ETAS, "N_pi0": PIONS})


def quark_annihilation_in_nuclei(model: Couplings, m: NDArray | float) -> np.ndarray:
    """u and d annihilate as the squares of their charges on an isoscalar target, where s, c and b are rare, (n,).

    :param model: the Z'.
    :param m: (n,) GeV.
    :returns: (n,).

    >>> from zputils import ZPrime
    >>> f"{quark_annihilation_in_nuclei(ZPrime.dark_photon(), 2.0):.2f}"
    '1.00'
    """
    return _weighted(model, m, {"u qbar": 4 / 5, "d qbar": 1 / 5})
