"""Couplings that the measured N_eff excludes: a Z' in equilibrium that decays to electrons takes from the neutrinos."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..physics.models import Couplings, ZPrime
from .bound import MASSES, no_coupling_to
from .events import Events
from .published import Published


@dataclass(frozen=True, kw_only=True)
class DecaysToElectrons(Published):
    """N_eff of a Z' in equilibrium with the neutrinos, from a curve published for L_mu - L_tau (arXiv:1901.02010).

    N_eff depends on the mass and on Gamma_ee alone while Gamma_nunu exceeds the expansion (g_nu/g_mu above about 1e-6
    in the g-2 band), so the limit is one on the coupling to electrons. The curve rises with the mass: what it excludes
    to its left it also excludes above itself, and at lighter masses above its lowest coupling.

    :param group: of `bound.GROUPS`.

    >>> from zputils import bounds
    >>> bounds.get("N_eff").data
    'Neff_Escudero2019_LmuLtau'
    """

    group: str = field(default="early universe", repr=False)

    @property
    def masses(self) -> np.ndarray:
        """The curve's masses in GeV and the lightest of `MASSES`, (n,).

        >>> from zputils import bounds
        >>> float(bounds.get("N_eff").masses[0])
        0.001
        """
        return np.append(MASSES[0], self.curve.m)

    @property
    def mass_range(self) -> tuple[float, float]:
        """From 0 to the last mass of the curve, GeV.

        >>> from zputils import bounds
        >>> bounds.get("N_eff").mass_range[0]
        0.0
        """
        return 0.0, float(self.curve.m[-1])

    def kernel(self, m: NDArray) -> Events:
        """What N_eff needs of a model at masses m, (n,) GeV: a Gamma_ee above the curve's; nan beyond it.

        >>> from zputils import bounds
        >>> f"{bounds.get('N_eff').region(ZPrime.muonic(g_nu=0.1), 0.01).limit[0]:.1e}"
        '1.2e-04'
        """
        published = self.curve
        edge = np.interp(np.log(m), np.log(published.m), np.log(published.lower), right=np.nan)
        return Events(m, 2 * edge + 2 * np.log(abs(ZPrime.l_mu_minus_l_tau().e)),
                      produced=lambda model: _electrons(model, m) * np.ones_like(m))

    def why_not(self, model: Couplings) -> str | None:
        """Why there is no limit on the model, or None.

        >>> from zputils import bounds
        >>> bounds.get("N_eff").why_not(ZPrime.muonic(g_nu=0))
        'no decay to neutrinos'
        """
        if model.channels:
            return f"does not know decays to {', '.join(channel.name for channel in model.channels)}"
        model = model.at(self.masses)
        if np.any(model.strength("e")) and not np.any(model.nu):
            return "no decay to neutrinos"
        return no_coupling_to("electrons", model.strength("e"))


def _electrons(model, m):
    """What Gamma_ee goes with, 0 without decays to neutrinos, nan for a model that decays to something else besides."""
    own = model.at(m)
    return own.strength("e") * (own.nu != 0) * (np.nan if model.channels else 1.0)
