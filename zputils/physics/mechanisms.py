"""How each production mechanism scales from a dark photon to any other Z'.

The amplitude of a mechanism is linear in the couplings (`amplitude`), its rate a quadratic form (`production_form`).
Source: arXiv:1801.04847 Eqs. 2.3-2.12 and App. A (vector-meson dominance with running widths).
"""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import checks
from ..constants import CHARGE, E_CHARGE, M_ETA, M_KAON, M_KAON0, M_OMEGA, M_PHI, M_PI, M_PI0, M_RHO
from .axial import unknown_axial
from .models import FERMIONS, LIGHT_QUARKS, QUARKS, Couplings

# Diagonals of the U(3) generators of the mesons and of the quark charges (arXiv:1801.04847 App. A).
_GENERATOR = {"gamma": np.array([2.0, -1.0, -1.0]) / 3, "pi0": np.array([1.0, -1.0, 0.0]) / 2,
              "eta": np.array([1.0, 1.0, -1.0]) / np.sqrt(6), "eta'": np.array([1.0, 1.0, 2.0]) / np.sqrt(12),
              "rho": np.array([1.0, -1.0, 0.0]) / 2,
              "omega": np.array([1.0, 1.0, 0.0]) / 2, "phi": np.array([0.0, 0.0, 1.0]) / np.sqrt(2)}
_MASS = {"rho": M_RHO, "omega": M_OMEGA, "phi": M_PHI}
_WIDTH = {"rho": 0.1474, "omega": 0.00868, "phi": 0.004249}  # GeV, Review of Particle Physics 2022
# Main decays as (share, mass, mass), GeV, three pions as a pair and one (Review of Particle Physics 2022).
_DECAYS = {"rho": ((1.0, M_PI, M_PI),),
           "omega": ((0.892, 2 * M_PI, M_PI0), (0.0835, M_PI0, 0.0), (0.0153, M_PI, M_PI)),
           "phi": ((0.491, M_KAON, M_KAON), (0.339, M_KAON0, M_KAON0), (0.154, 2 * M_PI, M_PI0),
                   (0.0130, M_ETA, 0.0))}
# Terms that cancel to less than this part of them leave nothing. In a meson's decay the rest rests on isospin, which
# a mixing of pi0 and eta of 0.01 breaks by more; elsewhere it is rounding.
CANCELLATION, ROUNDING = 1e-3, 1e-12


def _momentum(m, first, second):
    """Momentum in GeV of two particles that something of mass m decays to, zero below threshold."""
    above = np.maximum(m**2 - (first + second) ** 2, 0)
    return np.sqrt(above * np.maximum(m**2 - (first - second) ** 2, 0)) / (2 * m)


def running_width(meson: str, m: ArrayLike) -> np.ndarray:
    """Width in GeV of a rho, omega or phi of mass m, each decay by its P-wave phase space; zero below all of them.

    Gamma_V m_V/m sum_i B_i (p_i(m)/p_i(m_V))^3 with shares B_i of sum one (arXiv:1801.04847 Eq. A.3).

    :param meson: "rho", "omega" or "phi".
    :param m: (n,) GeV.
    :returns: (n,).
    :raises KeyError: for another meson.
    :raises ValueError: for m <= 0.

    >>> [f"{running_width('omega', m):.2e}" for m in (0.1, 0.3, M_OMEGA)]
    ['0.00e+00', '6.09e-05', '8.68e-03']
    """
    m, mass = checks.mass(m), _MASS[checks.choice("meson", meson, _MASS)]
    decays = _DECAYS[meson]
    shape = sum(share * (_momentum(m, *pair) / _momentum(mass, *pair)) ** 3 for share, *pair in decays)
    return _WIDTH[meson] * mass / m * shape / sum(share for share, *_ in decays)


def _propagator(meson, m):
    """Breit-Wigner m_V^2/(m_V^2 - m^2 - i m_V Gamma_V(m)): real below every decay, 1 at m = 0."""
    mass = _MASS[meson]
    return mass**2 / (mass**2 - m**2 - 1j * mass * running_width(meson, m))


def _per_photon(weights):
    """Amplitude from weights of u, d and s: per unit of each coupling, over that of the charges' own e Q."""
    photon = sum(CHARGE[q] * weight for q, weight in zip(LIGHT_QUARKS, weights, strict=True))
    return {q: weight / (E_CHARGE * photon) for q, weight in zip(LIGHT_QUARKS, weights, strict=True)}


def _meson_decay(m, parent, daughter):
    """sum_V Tr(T_parent T_daughter T_V) T_V BW_V(m), diagonal by diagonal (arXiv:1801.04847 Eqs. 2.7-2.10)."""
    pairs = {v: np.sum(_GENERATOR[parent] * _GENERATOR[daughter] * _GENERATOR[v]) for v in _MASS}
    terms = [pair * np.multiply.outer(_GENERATOR[v], _propagator(v, m)) for v, pair in pairs.items() if pair]
    return _per_photon(sum(terms))


def _meson_mixing(m, meson):
    return _per_photon(_GENERATOR[meson])


def _contact(m, fermion):
    return {fermion: 1 / (E_CHARGE * CHARGE[fermion])}


def _proton(m):
    return {"u": 2 / E_CHARGE, "d": 1 / E_CHARGE}


MECHANISMS: dict[str, Callable] = {
    "electron bremsstrahlung": partial(_contact, fermion="e"),
    "e+e- annihilation": partial(_contact, fermion="e"),
    "electron loop": partial(_contact, fermion="e"),
    "proton bremsstrahlung": _proton,
    "pi0 -> gamma X": partial(_meson_decay, parent="pi0", daughter="gamma"),
    "eta -> gamma X": partial(_meson_decay, parent="eta", daughter="gamma"),
    "eta' -> gamma X": partial(_meson_decay, parent="eta'", daughter="gamma"),
    "phi -> eta X": partial(_meson_decay, parent="phi", daughter="eta"),
    "omega -> pi0 X": partial(_meson_decay, parent="omega", daughter="pi0"),
    **{f"{v} mixing": partial(_meson_mixing, meson=v) for v in _MASS},
    **{f"{q} qbar": partial(_contact, fermion=q) for q in QUARKS},
}


def amplitude(m: ArrayLike, mechanism: str) -> dict:
    """Amplitude of a production mechanism as a linear form: {fermion: amplitude per unit of its coupling}.

    In units of the amplitude of a dark photon with epsilon = 1. 1/(e Q) for one fermion; 2 g_u + g_d for protons;
    vector-meson dominance for the decays of pi0, eta, eta', omega and phi and the mixing of rho, omega and phi. Each
    value is a number or (n,), complex near resonances.

    :param m: (n,) GeV.
    :param mechanism: a key of MECHANISMS.
    :raises KeyError: for another mechanism.
    :raises ValueError: for m <= 0.

    >>> {f: f"{a:.2f}" for f, a in amplitude(0.1, "proton bremsstrahlung").items()}
    {'u': '6.60', 'd': '3.30'}
    """
    return MECHANISMS[checks.choice("mechanism", mechanism, MECHANISMS)](checks.mass(m))


def production_form(m: ArrayLike, mechanism: str) -> np.ndarray:
    """The same as a quadratic form in all couplings: the ratio of cross sections is g F g, in the order of FERMIONS.

    F = Re(a a^dagger) of the `amplitude` a. m, mechanism and what is raised: see there.

    :param m: (n,) GeV.
    :param mechanism: a key of MECHANISMS.
    :returns: (n, 11, 11).

    >>> photon = np.array([E_CHARGE * CHARGE[f] for f in FERMIONS])
    >>> f"{photon @ production_form(0.1, 'pi0 -> gamma X') @ photon:.3f}"
    '1.000'
    """
    m = checks.mass(m)
    vector = np.zeros((*m.shape, len(FERMIONS)), complex)
    for fermion, value in amplitude(m, mechanism).items():
        vector[..., FERMIONS.index(fermion)] = value
    return (vector[..., :, None] * vector[..., None, :].conj()).real


def _by_axial(model, m, mechanism):
    """What the axial coupling of electrons adds, 0.0 where there is none."""
    if not mechanism.startswith("e") or mechanism.startswith("eta") or not np.any(model.e_axial):
        return 0.0
    if mechanism == "e+e- annihilation":
        return abs(model.e_axial / E_CHARGE) ** 2
    return np.where(unknown_axial(model, m, "e"), np.nan, 0.0)


def mechanism_ratio(model: Couplings, m: ArrayLike, mechanism: str) -> np.ndarray:
    """Cross section of a production mechanism for `model` over that for a dark photon with epsilon = 1.

    The square of `amplitude` times the couplings; zero for the decay of a meson where its terms cancel to 1e-3 of
    themselves (CANCELLATION: exact protophobia). Axial electrons annihilate as vectors do, but for m_e^2/m^2; what they
    do to other mechanisms is not known here: nan, unless it is less than a percent.

    :param model: the Z'.
    :param m: (n,) GeV.
    :param mechanism: a key of MECHANISMS.
    :returns: (n,), or (k, n) for k models.
    :raises KeyError: for another mechanism.
    :raises ValueError: for m <= 0.

    >>> from zputils import ZPrime
    >>> f"{mechanism_ratio(2 * ZPrime.dark_photon(), 0.1, 'proton bremsstrahlung'):.2f}"
    '4.00'
    >>> [f"{mechanism_ratio(m, 0.05, 'pi0 -> gamma X'):.2f}" for m in (ZPrime.b_minus_l(), ZPrime(u=-1.0, d=2.0))]
    ['10.90', '0.00']
    """
    if isinstance(model, EachMechanism):
        return model.row(mechanism)
    m, model = checks.mass(m), model.at(m)
    terms = [value * getattr(model, fermion) for fermion, value in amplitude(m, mechanism).items()]
    total, size = abs(sum(terms)), sum(abs(term) for term in terms)
    rate = np.where(total > floor(mechanism) * size, total, 0.0) ** 2 * np.ones_like(m)
    return rate + _by_axial(model, m, mechanism)


def floor(mechanism: str) -> float:
    """The part of its terms below which an amplitude counts as zero.

    :param mechanism: a key of MECHANISMS.
    :returns: relative.

    >>> floor("pi0 -> gamma X"), floor("u qbar")
    (0.001, 1e-12)
    """
    return CANCELLATION if mechanism.endswith(" X") else ROUNDING


class EachMechanism(Couplings):
    """Stands for a model whose ratio is 1 in one mechanism and 0 in the others, for each of `ROWS` in turn, (k, 1).

    A production that is a sum of mechanisms with weights gives, for this model, the weights: (k, n).

    >>> from zputils.experiments.lhcb import lhcb_mixture
    >>> weights = lhcb_mixture(EachMechanism(), np.array([1.0]))
    >>> f"{weights.sum():.3f} {weights[EachMechanism.ROWS.index('u qbar'), 0]:.3f}"
    '1.000 0.408'
    """

    ROWS = (*MECHANISMS, "proton", "mu", "e")
    nu = np.ones((len(ROWS), 1))
    e_axial = mu_axial = tau_axial = 0.0

    def row(self, name: str) -> np.ndarray:
        """1 in the row of a name, 0 in the others, (k, 1).

        :param name: of a mechanism.
        :returns: (k, 1).

        >>> EachMechanism().row("e")[-1].tolist()
        [1.0]
        """
        return np.array([[float(name == row)] for row in self.ROWS])

    def __getattr__(self, name: str) -> NDArray:
        if name not in FERMIONS:
            raise AttributeError(name)
        return self.row(name)

    @property
    def proton(self) -> NDArray:
        """The row of the coupling to the proton.

        >>> float(EachMechanism().proton.sum())
        1.0
        """
        return self.row("proton")
