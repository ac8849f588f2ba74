"""A light Z' by its couplings: L = sum_f g_f Z'_mu fbar gamma^mu f (Eq. 2.1), neutrinos left-handed.

A `ZPrime` holds each coupling per unit of one reference coupling g (g_mu, epsilon, ...): what a limit
or a reach is then a limit or a reach on. `ZPrimes` are many of them side by side, which every width, rate and
bound takes in the place of one. Equation numbers are those of arXiv:2108.05147.
"""

from dataclasses import dataclass, replace

import numpy as np

from .. import checks
from ..constants import ALPHA, CHARGE, COS_W, E_CHARGE, G_Z, ISOSPIN, M_MU, M_TAU, M_Z, SIN2_W

CHARGED_LEPTONS = ("e", "mu", "tau")
NEUTRINOS = ("nu_e", "nu_mu", "nu_tau")
LIGHT_QUARKS = ("u", "d", "s")
QUARKS = (*LIGHT_QUARKS, "c", "b")
FERMIONS = CHARGED_LEPTONS + NEUTRINOS + QUARKS


class Couplings:
    """What one model and many have in common.

    >>> isinstance(ZPrime.muonic(), Couplings), isinstance(ZPrimes.of([ZPrime.muonic()]), Couplings)
    (True, True)
    """

    @property
    def couplings(self):
        """Fermion name -> coupling per unit of the reference.

        >>> ZPrime.muonic(loop=False).couplings["mu"]
        1.0
        """
        return {f: getattr(self, f) for f in FERMIONS}

    @property
    def nu(self):
        """Root of the summed squares of the neutrino couplings (Eq. 2.16).

        >>> float(ZPrime(nu_mu=3.0, nu_tau=4.0).nu)
        5.0
        """
        return np.hypot(np.hypot(self.nu_e, self.nu_mu), self.nu_tau)

    @property
    def proton(self):
        """Vector coupling to the proton, 2 g_u + g_d.

        >>> ZPrime(u=1.0, d=0.5).proton
        2.5
        """
        return 2 * self.u + self.d

    @property
    def neutron(self):
        """Vector coupling to the neutron, g_u + 2 g_d.

        >>> ZPrime(u=1.0, d=0.5).neutron
        2.0
        """
        return self.u + 2 * self.d

    @property
    def like_photon(self):
        """Whether g_q/Q_q is the same for u, d and s, as Eq. 3.12 has it.

        >>> ZPrime.dark_photon().like_photon, ZPrime.b_minus_l().like_photon
        (True, False)
        """
        u, d, s = (getattr(self, q) / CHARGE[q] for q in LIGHT_QUARKS)
        return (abs(d - u) <= 1e-12 * abs(u)) & (abs(s - u) <= 1e-12 * abs(u))


@dataclass(frozen=True)
class ZPrime(Couplings):
    """Couplings of a Z' to every fermion, per unit of the reference coupling.

    Charged leptons and quarks couple as vectors, neutrinos left-handed. Models add and scale:
    `ZPrime.muonic(loop=False) + 0.01 * ZPrime.dark_photon()`.

    Raises ValueError for a coupling that is not a finite real number.

    >>> ZPrime.muonic(g_nu=0.1).nu_mu
    0.1
    """

    e: float = 0.0
    mu: float = 0.0
    tau: float = 0.0
    nu_e: float = 0.0
    nu_mu: float = 0.0
    nu_tau: float = 0.0
    u: float = 0.0
    d: float = 0.0
    s: float = 0.0
    c: float = 0.0
    b: float = 0.0
    name: str = "Z'"
    reference: str = r"$g$"

    def __post_init__(self):
        for fermion in FERMIONS:
            value = checks.real(f"coupling {fermion}", getattr(self, fermion))
            if value.ndim:
                raise ValueError(f"coupling {fermion} = {value} must be one number, not an array")
            object.__setattr__(self, fermion, float(value))

    # -- presets -----------------------------------------------------------------------------------

    @classmethod
    def muonic(cls, g_nu=0.0, loop=True, scale=M_TAU):
        """g_mu = 1, g_nu_mu = `g_nu`; electron and quarks at the loop-induced level if `loop`.

        scale: GeV, where the loop is cut off. The tau's mass gives Eq. 2.12, another one the size of Eq. 2.11.

        >>> model = ZPrime.muonic(g_nu=0.1)
        >>> model.mu, model.nu_mu, f"{model.e:.2e}"
        (1.0, 0.1, '-4.37e-03')
        >>> f"{ZPrime.muonic(scale=1e3).e / model.e:.2f}"  # Lambda = 1 TeV
        '3.24'
        """
        induced = loop_couplings(scale) if loop else {}
        return cls(mu=1.0, nu_mu=g_nu, **induced, name=rf"muonic, $g_\nu/g_\mu={g_nu:g}$", reference=r"$g_\mu$")

    @classmethod
    def l_mu_minus_l_tau(cls, loop=True):
        """Gauged L_mu - L_tau; electron and quarks at the loop-induced level (Eq. 2.12) if `loop`.

        >>> model = ZPrime.l_mu_minus_l_tau(loop=False)
        >>> model.mu, model.tau, model.nu_mu, model.nu_tau
        (1.0, -1.0, 1.0, -1.0)
        """
        induced = loop_couplings() if loop else {}
        return cls(mu=1.0, tau=-1.0, nu_mu=1.0, nu_tau=-1.0, **induced, name=r"$L_\mu-L_\tau$", reference=r"$g_\mu$")

    @classmethod
    def dark_photon(cls, hypercharge=False):
        """g_f = epsilon e Q_f per unit of epsilon, the mixing with the photon (Eq. 2.8 with the sign of the charge).

        With `hypercharge` the reference is the mixing with U(1)_Y, varepsilon = epsilon/c_W (Eq. 2.7), as the paper
        reads SHiP's: g_f = varepsilon c_W e Q_f (Sec. 3.3).

        >>> f"{ZPrime.dark_photon().proton:.3f}"  # the positron's charge
        '0.303'
        """
        scale, letter = (E_CHARGE * COS_W, r"$\varepsilon$") if hypercharge else (E_CHARGE, r"$\epsilon$")
        return cls(**{f: scale * q for f, q in CHARGE.items()}, name="dark photon", reference=letter)

    @classmethod
    def universal_leptons(cls):
        """The same coupling to e, mu, tau and the three neutrinos, none to quarks (Fig. 2.2, lower left).

        >>> ZPrime.universal_leptons().nu_tau, ZPrime.universal_leptons().proton
        (1.0, 0.0)
        """
        return cls(**dict.fromkeys(CHARGED_LEPTONS + NEUTRINOS, 1.0), name="universal leptons")

    @classmethod
    def all_fermions(cls):
        """The same coupling to every fermion (Fig. 2.2, lower right).

        >>> set(ZPrime.all_fermions().couplings.values())
        {1.0}
        """
        return cls(**dict.fromkeys(FERMIONS, 1.0), name="all fermions")

    @classmethod
    def b_minus_l(cls):
        """Gauged B - L without light right-handed neutrinos.

        >>> round(ZPrime.b_minus_l().neutron, 6), ZPrime.b_minus_l().nu_e
        (1.0, -1.0)
        """
        leptons, quarks = dict.fromkeys(CHARGED_LEPTONS + NEUTRINOS, -1.0), dict.fromkeys(QUARKS, 1 / 3)
        return cls(**leptons, **quarks, name="$B-L$")

    @classmethod
    def mixed(cls, epsilon=0.0, theta=0.0, m=None):
        """Kinetic and mass mixing (Eqs. 2.4-2.6): the vector part (g_L + g_R)/2, g_L for neutrinos.

        epsilon: mixing with the photon; theta: mass mixing angle; m: mass in GeV at which r_m is taken,
        the light limit r_m = 0 when None. The axial part is `mixing_couplings` left minus right.

        >>> model = ZPrime.mixed(epsilon=1e-3)
        >>> f"{model.e / E_CHARGE:.3e}", abs(model.nu_e)  # the light limit couples to charge
        ('1.000e-03', 0.0)
        """
        r_m = 0.0 if m is None else float(checks.mass(m) ** 2 / M_Z**2)
        left = {f: _mixing(epsilon, theta, r_m, CHARGE[f], ISOSPIN[f]) for f in FERMIONS}
        right = {f: _mixing(epsilon, theta, r_m, CHARGE[f], 0.0) for f in FERMIONS}
        vector = {f: left[f] if f in NEUTRINOS else (left[f] + right[f]) / 2 for f in FERMIONS}
        return cls(**vector, name="mixed", reference="1")

    # -- arithmetic --------------------------------------------------------------------------------

    def __add__(self, other):
        if not isinstance(other, ZPrime):
            return NotImplemented
        total = {f: getattr(self, f) + getattr(other, f) for f in FERMIONS}
        return replace(self, **total, name=f"{self.name} + {other.name}")

    def __mul__(self, factor):
        if not np.isscalar(factor):
            return NotImplemented
        factor = float(checks.real("factor", factor))
        return replace(self, **{f: factor * getattr(self, f) for f in FERMIONS})

    __rmul__ = __mul__

    @property
    def photon_like(self):
        """g_q/Q_q when it is the same for u, d and s (Eq. 3.12), else None; 0.0 without couplings to them.

        >>> f"{ZPrime.dark_photon().photon_like:.3f}"
        '0.303'
        >>> print(ZPrime.b_minus_l().photon_like)
        None
        """
        return self.u / CHARGE["u"] if self.like_photon else None


@dataclass(frozen=True, eq=False)
class ZPrimes(Couplings):
    """Many models side by side: each coupling an array (k, 1), so that k models and n masses broadcast to (k, n).

    table: (11, k, 1), in the order of `FERMIONS`. Only widths, rates and bounds take many for one.

    >>> ZPrimes.of([ZPrime.muonic(g_nu=0.1), ZPrime.muonic(g_nu=0.2)]).nu_mu.tolist()
    [[0.1], [0.2]]
    """

    table: np.ndarray

    def __post_init__(self):
        for fermion, values in zip(FERMIONS, self.table, strict=True):
            object.__setattr__(self, fermion, values)

    @classmethod
    def of(cls, models):
        """From a sequence of k `ZPrime`.

        >>> ZPrimes.of([ZPrime.muonic(), ZPrime.dark_photon()]).mu.shape
        (2, 1)
        """
        return cls(np.array([[[getattr(model, fermion)] for model in models] for fermion in FERMIONS]))

    def __mul__(self, factor):
        return ZPrimes(self.table * factor)


def loop_couplings(scale=M_TAU):
    """Couplings to e, u, d, s, c, b that a muon loop induces, per unit of g_mu.

    g_f = -alpha/(3 pi) Q_f ln(m_mu^2/scale^2): Eq. 2.12 at scale = m_tau (GeV), where the tau loop of
    L_mu - L_tau cuts the divergence off; its size at another scale is the estimate of Eq. 2.11.

    >>> round(loop_couplings()["e"], 5)
    -0.00437
    """
    scale = float(checks.mass(scale, name="scale"))
    factor = -ALPHA / (3 * np.pi) * np.log(M_MU**2 / scale**2)
    return {f: float(factor * CHARGE[f]) for f in ("e", *QUARKS)}


def _mixing(epsilon, theta, r_m, charge, isospin):
    """Eqs. 2.4-2.6 for any chiral fermion; the paper's sign: the electron gets +epsilon e."""
    hypercharge = charge - isospin
    kinetic = -epsilon * E_CHARGE * (charge - r_m * hypercharge / COS_W**2) / (1 - r_m)
    return kinetic + G_Z * np.sin(theta) * (isospin - charge * SIN2_W)


def mixing_couplings(m, epsilon=0.0, theta=0.0, fermion="e"):
    """Left- and right-handed coupling of a fermion from kinetic and mass mixing (Eqs. 2.4-2.6).

    m: (n,) masses in GeV, not m_Z itself; epsilon: kinetic mixing with the photon (Eq. 2.7);
    theta: angle by which the Z and the Z' mix. With the theta of Eq. 2.3 that is theta/(1 - r_m) to first order, a
    factor the paper's formulas omit. Returns (g_L, g_R), each (n,). A neutrino's g_R multiplies a field that the
    Standard Model lacks; it is 0.

    >>> left, right = mixing_couplings(0.1, theta=0.01)
    >>> f"{left:.2e} {right:.2e}"
    '-1.93e-03 1.66e-03'
    """
    checks.choice("fermion", fermion, FERMIONS)
    m = checks.mass(m)
    if np.any(m == M_Z):
        raise ValueError(f"m = {M_Z:g} GeV is the Z mass, where the mixing formulas (Eqs. 2.4-2.6) diverge")
    r_m = (m / M_Z) ** 2
    left = _mixing(epsilon, theta, r_m, CHARGE[fermion], ISOSPIN[fermion])
    right = _mixing(epsilon, theta, r_m, CHARGE[fermion], 0.0)
    return left, right
