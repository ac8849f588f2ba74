"""Axial couplings of charged leptons: where they matter to what was computed for vector couplings."""

import numpy as np
from numpy.typing import NDArray

from ..constants import CHARGED_LEPTON_MASS
from .couplings import Couplings

NEGLIGIBLE = 0.01  # of a rate, what may be ignored


def unknown_axial(model: Couplings, m: NDArray | float, lepton: str) -> np.ndarray:
    """Whether a rate known for vector couplings of a lepton would be off by more than a percent, at masses m (GeV).

    The axial current is not conserved: longitudinal Z's couple with 2 m_l/m, so that rates go with
    g^2 + a^2 (1 + 4 m_l^2/m^2) in order of magnitude. Shape: that of m, (k, n) for k models.

    :param model: the Z'.
    :param m: GeV, any shape.
    :param lepton: "e", "mu" or "tau".
    :returns: booleans, of the shape of m, (k, n) for k models.

    >>> from zputils import ZPrime
    >>> unknown_axial(ZPrime(mu=1.0, mu_axial=0.05), np.array([0.01, 1.0]), "mu").tolist()
    [True, False]
    """
    vector, axial = (abs(getattr(model, name)) for name in (lepton, f"{lepton}_axial"))
    longitudinal = 1 + 4 * (CHARGED_LEPTON_MASS[lepton] / m) ** 2
    return (axial**2 * longitudinal > NEGLIGIBLE * vector**2) & (axial > 0)


def known(model: Couplings, m: NDArray | float, lepton: str) -> NDArray | float:
    """1, or nan where an axial coupling of the lepton makes a rate unknown: a factor on the rate.

    :param model: the Z'.
    :param m: (n,) GeV.
    :param lepton: "e", "mu" or "tau".
    :returns: 1 or nan, of the shape of m, (k, n) for k models.

    >>> from zputils import ZPrime
    >>> known(ZPrime(mu=1.0, mu_axial=1.0), np.array([1.0]), "mu").tolist(), known(ZPrime(mu=1.0), 1.0, "mu")
    ([nan], 1.0)
    """
    return np.where(unknown_axial(model, m, lepton), np.nan, 1.0) if np.any(getattr(model, f"{lepton}_axial")) else 1.0


def why_unknown(model: Couplings, m: NDArray | float, lepton: str) -> str | None:
    """"does not know ..." where the axial coupling of a lepton makes a rate unknown at all masses m, else None.

    :param model: the Z'.
    :param m: (n,) GeV.
    :param lepton: "e", "mu" or "tau".

    >>> from zputils import ZPrime
    >>> why_unknown(ZPrime(mu_axial=1.0), np.array([0.1]), "mu")
    'does not know axial couplings of the muon'
    """
    name = {"e": "electron", "mu": "muon", "tau": "tau"}[lepton]
    unknown = np.all(np.isnan(known(model.at(m), m, lepton)))
    return f"does not know axial couplings of the {name}" if unknown else None
