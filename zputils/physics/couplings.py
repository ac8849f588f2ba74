"""The couplings of a Z' to every fermion: what one model, many models and couplings that run have in common.

A charged lepton has a vector coupling g and an axial one a, L = Z'_mu fbar gamma^mu (g + a gamma_5) f, so that its
chiral couplings are g_L = g - a and g_R = g + a; quarks couple as vectors, neutrinos left-handed.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ..constants import CHARGE

CHARGED_LEPTONS = ("e", "mu", "tau")
NEUTRINOS = ("nu_e", "nu_mu", "nu_tau")
LIGHT_QUARKS = ("u", "d", "s")
QUARKS = (*LIGHT_QUARKS, "c", "b")
FERMIONS = CHARGED_LEPTONS + NEUTRINOS + QUARKS
AXIAL = tuple(f"{lepton}_axial" for lepton in CHARGED_LEPTONS)
NAMES = FERMIONS + AXIAL
ALIKE = 1e-2  # by which g_q/Q_q may differ for R to be the better guide: exclusive states are off by more (Sec. 3.2)


class Couplings:
    """What every model can be asked for: each coupling per unit of one reference coupling, an attribute each.

    Numbers for a `ZPrime`, (k, 1) for k `ZPrimes`, arrays over the mass for what `at` gives.

    >>> from zputils import ZPrime
    >>> isinstance(ZPrime.muonic(), Couplings)
    True
    """

    channels: tuple = ()
    # Numbers, or arrays: what each kind of model makes of them is said above.
    e: Any
    mu: Any
    tau: Any
    nu_e: Any
    nu_mu: Any
    nu_tau: Any
    u: Any
    d: Any
    s: Any
    c: Any
    b: Any
    e_axial: Any
    mu_axial: Any
    tau_axial: Any

    def at(self, m: ArrayLike) -> "Couplings":
        """The couplings of a Z' of mass m that is produced or decays; the model itself where they are constant.

        Couplings that depend on the mass are (n,), complex where what induces them has an imaginary part: rates go with
        the square of their size.

        :param m: (n,) GeV.

        >>> from zputils import ZPrime
        >>> model = ZPrime.l_mu_minus_l_tau(loop="one-loop")
        >>> [f"{abs(g):.2e}" for g in model.at([0.01, 0.2, 2.0]).e]
        ['4.37e-03', '5.50e-03', '2.59e-03']
        >>> ZPrime.muonic().at(0.1) == ZPrime.muonic()
        True
        """
        return self

    def spacelike(self, m: ArrayLike, q2: float = 0.0) -> "Couplings":
        """The couplings with which a Z' of mass m is exchanged at q^2 = -q2: real.

        :param m: (n,) GeV.
        :param q2: GeV^2, a number.

        >>> from zputils import ZPrime
        >>> model = ZPrime.l_mu_minus_l_tau(loop="one-loop")
        >>> f"{model.spacelike(2.0).e:.2e}"  # whatever the mass, that of Eq. 2.12
        '-4.37e-03'
        """
        return self

    @property
    def couplings(self) -> dict:
        """Fermion name -> coupling per unit of the reference, the vector one of charged leptons and quarks.

        >>> from zputils import ZPrime
        >>> ZPrime.muonic(loop=False).couplings["mu"]
        1.0
        """
        return {f: getattr(self, f) for f in FERMIONS}

    @property
    def axial(self) -> dict:
        """Charged lepton -> axial coupling (g_R - g_L)/2 per unit of the reference.

        >>> from zputils import ZPrime
        >>> ZPrime(mu=1.0, mu_axial=0.5).axial["mu"]
        0.5
        """
        return {lepton: getattr(self, name) for lepton, name in zip(CHARGED_LEPTONS, AXIAL, strict=True)}

    def strength(self, lepton: str) -> Any:
        """g^2 + a^2 in absolute value, of a charged lepton: what a rate goes with where its mass does not matter.

        :param lepton: "e", "mu" or "tau".

        >>> from zputils import ZPrime
        >>> ZPrime(mu=3.0, mu_axial=4.0).strength("mu")
        25.0
        """
        return abs(getattr(self, lepton)) ** 2 + abs(getattr(self, f"{lepton}_axial")) ** 2

    @property
    def nu(self) -> Any:
        """Root of the summed squares of the neutrino couplings (Eq. 2.16).

        >>> from zputils import ZPrime
        >>> float(ZPrime(nu_mu=3.0, nu_tau=4.0).nu)
        5.0
        """
        return np.hypot(np.hypot(abs(self.nu_e), abs(self.nu_mu)), abs(self.nu_tau))

    @property
    def proton(self) -> Any:
        """Vector coupling to the proton, 2 g_u + g_d.

        >>> from zputils import ZPrime
        >>> ZPrime(u=1.0, d=0.5).proton
        2.5
        """
        return 2 * self.u + self.d

    @property
    def neutron(self) -> Any:
        """Vector coupling to the neutron, g_u + 2 g_d.

        >>> from zputils import ZPrime
        >>> ZPrime(u=1.0, d=0.5).neutron
        2.0
        """
        return self.u + 2 * self.d

    @property
    def like_photon(self) -> Any:
        """Whether g_q/Q_q is the same for u, d and s to a percent, as Eq. 3.12 has it.

        >>> from zputils import ZPrime
        >>> ZPrime.dark_photon().like_photon, ZPrime.b_minus_l().like_photon
        (True, False)
        """
        u, d, s = (getattr(self, q) / CHARGE[q] for q in LIGHT_QUARKS)
        return (abs(d - u) <= ALIKE * abs(u)) & (abs(s - u) <= ALIKE * abs(u))

    # -- arithmetic, from the sum and the product of each kind ------------------------------------------

    def __add__(self, other: Any) -> Any:
        return NotImplemented  # each kind of model says how

    def __mul__(self, factor: Any) -> Any:
        return NotImplemented

    def __radd__(self, other: Any) -> Any:
        return self if np.isscalar(other) and other == 0 else NotImplemented  # where sum() begins

    def __rmul__(self, factor: Any) -> Any:
        return self * factor

    def __truediv__(self, divisor: float) -> Any:
        if not np.isscalar(divisor):
            return NotImplemented
        if divisor == 0:
            raise ValueError("divisor = 0: a model is divided by a number that is not 0")
        return self * (1 / divisor)  # type: ignore[operator]  # a scalar of numpy's may be text

    def __neg__(self) -> Any:
        return self * -1.0

    def __sub__(self, other: Any) -> Any:
        return self + -other if isinstance(other, Couplings) else NotImplemented
