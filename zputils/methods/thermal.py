"""The early universe: masses that nucleosynthesis and the CMB exclude, and couplings that N_eff does."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from ..physics.cosmology import CRITERIA, mass_bound
from ..physics.models import ZPrime
from .bound import MASSES, Bound, Published, no_coupling_to
from .events import Events
from .region import Region


@dataclass(frozen=True, kw_only=True)
class DecaysToElectrons(Published):
    """N_eff of a Z' in equilibrium with the neutrinos, from a curve published for L_mu - L_tau (arXiv:1901.02010).

    N_eff depends on the mass and on Gamma_ee alone while Gamma_nunu exceeds the expansion (g_nu/g_mu above about 1e-6
    in the g-2 band), so the limit is one on the coupling to electrons. The curve rises with the mass: what it excludes
    to its left it also excludes above itself, and at lighter masses above its lowest coupling.

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

    def kernel(self, m) -> Events:
        """What N_eff needs of a model: a Gamma_ee above that of the curve; nan at masses beyond it.

        >>> from zputils import bounds
        >>> f"{bounds.get('N_eff').region(ZPrime.muonic(g_nu=0.1), 0.01).limit[0]:.1e}"
        '1.2e-04'
        """
        published = self.curve
        edge = np.interp(np.log(m), np.log(published.m), np.log(published.lower), right=np.nan)
        return Events(m, 2 * edge + 2 * np.log(abs(ZPrime.l_mu_minus_l_tau().e)),
                      produced=lambda model: model.e**2 * (model.nu != 0) * np.ones_like(m))

    def why(self, model) -> str | None:
        """Why there is no limit on the model, or None.

        >>> from zputils import bounds
        >>> bounds.get("N_eff").why(ZPrime.muonic(g_nu=0))
        'no decay to neutrinos'
        """
        if np.any(model.e) and not np.any(model.nu):
            return "no decay to neutrinos"
        return no_coupling_to("electrons", model.e)


@dataclass(frozen=True, eq=False)
class Below:
    """Every coupling is excluded at masses up to `mass(model)`. m: (n,) GeV.

    >>> Below(np.array([0.1, 0.3]), lambda model: 0.2).region(ZPrime()).lower.tolist()
    [[0.0, nan]]
    """

    m: np.ndarray
    mass: Callable

    def region(self, model) -> Region:
        """The couplings that are excluded.

        >>> Below(np.array([0.1]), lambda model: 0.2).region(ZPrime()).upper.tolist()
        [[inf]]
        """
        inside = self.m <= self.mass(model)
        return Region.of(self.m, (np.where(inside, 0.0, np.nan), np.where(inside, np.inf, np.nan)))


@dataclass(frozen=True, kw_only=True)
class LightThermal(Bound):
    """Masses below `mass(model)` are excluded, for couplings strong enough for equilibrium.

    >>> from zputils import bounds
    >>> f"{1e3 * bounds.get('BBN+CMB').mass(ZPrime.muonic(g_nu=1)):.1f}"  # MeV
    '4.9'
    """

    group: str = field(default="early universe", repr=False)
    criterion: str = "calibrated"

    @property
    def confidence(self) -> str:
        """What is not excluded, in words.

        >>> from zputils import bounds
        >>> bounds.get("BBN+CMB").confidence
        '2.47 < N_eff < 3.51'
        """
        low, high = CRITERIA[self.criterion]
        return f"{low:.2f} < N_eff < {high:.2f}"

    def needs(self, model=None):
        """Catalogue names: the table of N_eff.

        >>> from zputils import bounds
        >>> bounds.get("BBN+CMB").needs()
        ('n_eff',)
        """
        return ("n_eff",)

    def mass(self, model, criterion=None):
        """The smallest allowed mass in GeV, nan for a model without electron and neutrino coupling.

        >>> from zputils import bounds
        >>> f"{1e3 * bounds.get('BBN+CMB').mass(ZPrime.muonic(g_nu=1)):.1f}"  # MeV
        '4.9'
        """
        e, nu = abs(model.e), abs(model.nu)
        ratio = np.full(np.shape(e), np.inf)
        np.divide(e, nu, out=ratio, where=e < 1e100 * nu)
        bound = mass_bound(2 * np.minimum(ratio, 1e100) ** 2, criterion or self.criterion)
        return np.where((e > 0) | (nu > 0), bound, np.nan)[()]

    def band(self, model):
        """The smallest and the largest `mass` among the criteria.

        >>> from zputils import bounds
        >>> [f"{1e3 * m:.1f}" for m in bounds.get("BBN+CMB").band(ZPrime.muonic(g_nu=1))]  # MeV
        ['4.9', '8.1']
        """
        masses = [self.mass(model, criterion) for criterion in CRITERIA]
        return min(masses), max(masses)

    def kernel(self, m) -> Below:
        """Every coupling at masses below `mass`.

        >>> from zputils import bounds
        >>> bounds.get("BBN+CMB").region(ZPrime.muonic(g_nu=1), [1e-3, 1e-2]).upper.tolist()
        [[inf, nan]]
        """
        return Below(m, self.mass)

    def region(self, model, m=None) -> Region:
        """Every coupling at masses below `mass`. m: (n,) GeV; when None: a thousandth of that mass and that mass.

        >>> from zputils import bounds
        >>> f"{bounds.get('BBN+CMB').region(ZPrime.muonic(g_nu=1)).m[-1]:.4f}"
        '0.0049'
        """
        return super().region(model, self.mass(model) * np.array([1e-3, 1.0]) if m is None else m)

    def why(self, model) -> str | None:
        """Why there is no bound, or None.

        >>> from zputils import bounds
        >>> bounds.get("BBN+CMB").why(ZPrime.muonic(loop=False))
        'no coupling to electrons or neutrinos'
        """
        return no_coupling_to("electrons or neutrinos", model.e, model.nu)
