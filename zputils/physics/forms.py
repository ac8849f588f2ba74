"""Widths and production of any Z' as forms in its couplings, tabulated at masses once and for all models.

A width is a sum over pairs of names, {(first, second): (n,)}, of what stands there times the product of the two
(`values`): couplings, `nu`, the charges to rho, omega and phi, and the switch between quarks that couple like a photon
and quarks that do not, as two sets of names of which a model has one. A production is a sum of squares, each of a
linear form (`Squares`), because what nearly cancels in an amplitude has to cancel before it is squared.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from ..constants import ALPHA, CHARGED_LEPTON_MASS
from ..kept import by_mass
from . import hadrons
from .decays import lepton_width, neutrino_width
from .mechanisms import EachMechanism, amplitude, floor
from .models import FERMIONS, LIGHT_QUARKS, Couplings

MESONS = ("rho", "omega", "phi")
LIKE, UNLIKE = ("u like", "d like", "s like"), LIGHT_QUARKS  # light quarks that couple like a photon, or do not
NAMES = ("e", "mu", "tau", "nu", *LIKE, *UNLIKE, "c", "b", *MESONS)
PAIRS = tuple((a, a) for a in NAMES) + tuple(
    (three[i], three[j]) for three in (UNLIKE, MESONS) for i in range(3) for j in range(i))
_BARE: dict[str, dict] = {"proton": {"u": 2.0, "d": 1.0}, "mu": {"mu": 1.0}, "e": {"e": 1.0}}
Form = dict[tuple[str, str], np.ndarray]


def values(model: Couplings) -> np.ndarray:
    """What the names of `NAMES` stand for, (15,), or (15, k, 1) for k models.

    :param model: the Z'.
    :returns: (15,), or (15, k, 1).

    >>> from zputils import ZPrime
    >>> dict(zip(NAMES, values(ZPrime.b_minus_l()).round(2).tolist()))["u"]
    0.33
    """
    light = [getattr(model, q) for q in LIGHT_QUARKS]
    like = [np.where(model.like_photon, g, 0.0) for g in light]
    unlike = [np.where(model.like_photon, 0.0, g) for g in light]
    plain, heavy = ([getattr(model, name) for name in names] for names in (("e", "mu", "tau", "nu"), "cb"))
    return np.array([*plain, *like, *unlike, *heavy, *hadrons.meson_charges(model)])


def products(model: Couplings) -> np.ndarray:
    """The products of `PAIRS`, (21,), or (21, k, 1) for k models.

    :param model: the Z'.
    :returns: (21,), or (21, k, 1).

    >>> from zputils import ZPrime
    >>> float(products(ZPrime(mu=2.0))[PAIRS.index(("mu", "mu"))])
    4.0
    """
    found = values(model)
    first, second = ([NAMES.index(pair[side]) for pair in PAIRS] for side in (0, 1))
    return found[first] * found[second]


@by_mass(8)
def channels(m: np.ndarray, shift: float = 0.0) -> dict[str, Form]:
    """{channel: form of its width in GeV} at masses m, (n,) GeV: those of `decays.CHANNELS`, and "pi+_pi-".

    Up to 2 m_top; beyond, the width to hadrons is nan.

    :param m: (n,) GeV.
    :param shift: see `hadrons.hadronic_form`.
    :returns: {channel: {pair: (n,)}} GeV.

    >>> sorted(channels(np.array([0.5])))
    ['e', 'hadrons', 'mu', 'nu', 'pi+_pi-', 'tau']
    """
    forms: dict[str, Form] = {lepton: {(lepton, lepton): lepton_width(m, 1.0, mass)}
                              for lepton, mass in CHARGED_LEPTON_MASS.items()}
    forms["nu"] = {("nu", "nu"): neutrino_width(m, 1.0)}
    known = m <= hadrons.MASS_MAX
    unit = np.where(known, ALPHA * m / 3, np.nan)
    safe_m = np.where(known, m, 1.0)
    like, unlike = (unit[:, None, None] * hadrons.hadronic_form(safe_m, kind, shift) for kind in (True, False))
    forms["hadrons"] = {(LIKE[i], LIKE[i]): like[:, i, i] for i in range(3)} | _entries(unlike, (*UNLIKE, "c", "b"))
    low = np.minimum(safe_m, hadrons.QUARKS_START)
    pions = unit[:, None, None] * hadrons.exclusive_form(low, "pi+_pi-")
    forms["pi+_pi-"] = _entries(np.where((m <= hadrons.QUARKS_START)[:, None, None], pions, np.nan), MESONS)
    return forms


def _entries(matrices, names):
    """{pair: (n,)} of matrices (n, k, k) over names, a product of two different ones once; without what is zero."""
    found = {(names[i], names[j]): (1 if i == j else 2) * matrices[:, i, j]
             for i in range(len(names)) for j in range(i + 1)}
    return {pair: entry for pair, entry in found.items() if np.any(np.nan_to_num(entry))}


def total(forms: Iterable[Form]) -> Form:
    """The sum of forms.

    :param forms: of widths at the same masses.
    :returns: {pair: (n,)} GeV.

    >>> total([{("e", "e"): 1.0}, {("e", "e"): 2.0}])
    {('e', 'e'): 3.0}
    """
    found: Form = {}
    for form in forms:
        for pair, entry in form.items():
            found[pair] = found.get(pair, 0.0) + entry
    return found


def matrix(form: Form, size: int) -> np.ndarray:
    """A form as rows in the order of `PAIRS`, (21, n): `products(model) @ matrix` is the width.

    :param form: of a width.
    :param size: the number n of masses.
    :returns: (21, n).

    >>> from zputils import ZPrime
    >>> m = np.array([0.1])
    >>> f"{(products(ZPrime(e=2.0)) @ matrix(channels(m)['e'], 1))[0]:.2e}"  # GeV
    '1.06e-02'
    """
    rows = np.zeros((len(PAIRS), size))
    for pair, entry in form.items():
        rows[PAIRS.index(pair)] = entry
    return rows


@dataclass(frozen=True, eq=False)
class Squares:
    """Production as a sum of squares of linear forms: sum_t weight_t abs(a_t g)^2, each at one of n masses.

    A square counts as zero where abs(a g) <= floor sum_f abs(a_f g_f).

    :param at: (t,), which of the masses.
    :param weight: (t,).
    :param floor: (t,), relative.
    :param form: (t, 11), complex, in the order of FERMIONS.

    >>> squares = Squares.of(lambda model: model.proton**2, np.array([0.1, 0.2]))
    >>> from zputils import ZPrime
    >>> squares(ZPrime(u=1.0, d=-1.0), 2).tolist()
    [1.0, 1.0]
    """

    at: np.ndarray
    weight: np.ndarray
    floor: np.ndarray
    form: np.ndarray

    @classmethod
    def of(cls, produced: Callable, m: np.ndarray) -> "Squares":
        """Of a production at masses m, (n,) GeV: a function of a model, of the mechanisms or of one coupling's square.

        :param produced: a function of a model that gives its production, (n,).
        :param m: (n,) GeV.

        >>> Squares.of(lambda model: 3 * model.mu**2, np.array([0.1])).weight.tolist()
        [3.0]
        """
        rows = EachMechanism.ROWS
        weights = np.broadcast_to(produced(EachMechanism()), (len(rows), m.size))
        row, at = np.nonzero(weights)
        form = np.zeros((row.size, len(FERMIONS)), complex)
        for k in np.unique(row):
            here = row == k
            for fermion, entry in linear(rows[k], m).items():
                form[here, FERMIONS.index(fermion)] = np.broadcast_to(entry, m.shape)[at[here]]
        floors = np.array([floor_of(name) for name in rows])
        return cls(at, weights[row, at], floors[row], form)

    def __call__(self, model: Couplings, n: int) -> np.ndarray:
        """The production of one model at the n masses, (n,).

        >>> from zputils import ZPrime
        >>> Squares.of(lambda model: 3 * model.mu**2, np.array([0.1]))(ZPrime(mu=2.0), 1).tolist()
        [12.0]
        """
        g = np.array(list(model.couplings.values()))
        amplitude2 = (self.form.real @ g) ** 2 + (self.form.imag @ g) ** 2
        size = abs(self.form) @ abs(g)
        return np.bincount(self.at, self.weight * np.where(amplitude2 > (self.floor * size) ** 2, amplitude2, 0.0), n)


def linear(name: str, m: np.ndarray) -> dict:
    """The linear form {fermion: number or (n,)} of a row of `EachMechanism` at masses m, (n,) GeV.

    :param name: of a row of `EachMechanism`.
    :param m: (n,) GeV.

    >>> linear("proton", np.array([0.1]))
    {'u': 2.0, 'd': 1.0}
    """
    return _BARE[name] if name in _BARE else amplitude(m, name)


def floor_of(name: str) -> float:
    """The part of its terms below which the linear form of a row of `EachMechanism` counts as zero.

    :param name: of a row of `EachMechanism`.
    :returns: relative.

    >>> floor_of("proton"), floor_of("pi0 -> gamma X")
    (0.0, 0.001)
    """
    return 0.0 if name in _BARE else floor(name)
