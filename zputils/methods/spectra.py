"""The momenta of the Z's that fly towards an experiment: from a formula, or from a table of the catalogue.

Each spectrum is a function of a model and of masses m, (n,) GeV, which returns momenta in GeV and how many Z's each
stands for, per unit of exposure and of the reference coupling squared: two arrays that broadcast to (..., n, k).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import checks, curves
from ..constants import M_ETA, M_MU, M_PI0
from ..physics.mechanisms import mechanism_ratio
from ..physics.models import Couplings
from ..physics.production import FORM_FACTORS, bremsstrahlung_spectrum, vmd_form_factor_squared

BINS_PER_DECADE = 20  # of momentum, in the tables; bin k begins at 10^(k/20) GeV


def _phase_space(parent: float) -> Callable:
    return lambda m: np.maximum(1 - (m / parent) ** 2, 0) ** 3


# Channel of a table: the mechanism that says how it depends on the couplings, and the part of its dependence on the
# mass that varies fast, which is taken out before it is interpolated.
CHANNELS = {"pi0": ("pi0 -> gamma X", _phase_space(M_PI0)), "eta": ("eta -> gamma X", _phase_space(M_ETA)),
            "proton": ("proton bremsstrahlung", vmd_form_factor_squared)}


@dataclass(frozen=True)
class Bremsstrahlung:
    """Z's that protons radiate (`zputils.physics.production.bremsstrahlung_spectrum`), per proton.

    :param beam_energy: GeV.
    :param form_factor: "dipole", "vmd" or "none".
    :param pt_max: the largest transverse momentum, GeV.
    :param z_range: the smallest and largest momentum over that of the beam.
    :param angle: the largest angle to the beam that is accepted, in radians.
    :param points: how many momenta.

    >>> from zputils import ZPrime
    >>> p, n = Bremsstrahlung(400)(ZPrime.dark_photon(), np.array([0.1, 1.0]))
    >>> p.shape, n.shape
    ((24,), (2, 24))
    """

    beam_energy: float
    form_factor: str = "dipole"
    pt_max: float = 1.0
    z_range: tuple[float, float] = (0.1, 0.9)
    angle: float = np.inf
    points: int = 24

    def __call__(self, model: Couplings, m: ArrayLike) -> tuple[NDArray, NDArray]:
        p, n = bremsstrahlung_spectrum(m, self.beam_energy, self.form_factor, self.pt_max, self.z_range, self.angle,
                                       self.points)
        return p, np.asarray(abs(model.at(checks.mass(m)).proton))[..., None] ** 2 * n


@dataclass(frozen=True)
class Tabulated:
    """Z's of a table of the catalogue, channel by channel, each with its own dependence on the couplings.

    Between the masses of the table the number in each bin is linear in ln m once what varies fast is taken out: the
    phase space (1 - m^2/M^2)^3 of a meson's decay, the form factor of the proton.

    :param table: name in the catalogue.
    :param channels: those of CHANNELS that are taken from the table.
    :param scale: factor on the number, by channel.
    :param form_factor: of the proton, in the place of the table's "vmd".
    :raises KeyError: for a table or a channel that is not there.

    >>> from zputils import ZPrime
    >>> p, n = Tabulated("spectrum_faser2")(ZPrime.dark_photon(), np.array([0.05]))
    >>> p.shape, f"{n.sum():.1e} pb at epsilon = 1"
    ((1, 37), '1.3e+11 pb at epsilon = 1')
    """

    table: str
    channels: tuple[str, ...] = tuple(CHANNELS)
    scale: tuple[tuple[str, float], ...] = ()
    form_factor: str = "vmd"

    def __post_init__(self) -> None:
        checks.choice("form_factor", self.form_factor, FORM_FACTORS)
        for channel in (*self.channels, *dict(self.scale)):
            checks.choice("channel", channel, CHANNELS)

    def __call__(self, model: Couplings, m: ArrayLike) -> tuple[NDArray, NDArray]:
        m = checks.mass(m)
        parts = [self._channel(model, m, channel) for channel in self.channels]
        n = sum(number for _, number in parts)
        total = sum(p * number for p, number in parts)
        middle = 10 ** ((_grid(self.table)[0] + 0.5) / BINS_PER_DECADE)
        return np.divide(total, n, out=np.broadcast_to(middle, n.shape).copy(), where=n > 0), n

    def _channel(self, model, m, channel):
        """Mean momentum and number of Z's in each bin, (..., n, k), of one channel."""
        mechanism, fast = CHANNELS[channel]
        fast = FORM_FACTORS[self.form_factor] if channel == "proton" else fast
        log_m, number, momentum = _grid(self.table)[1][channel]
        i = np.clip(np.searchsorted(log_m, np.log(m), side="right") - 1, 0, len(log_m) - 2)
        share = np.clip((np.log(m) - log_m[i]) / (log_m[i + 1] - log_m[i]), 0, 1)[..., None]
        ratio = np.asarray(mechanism_ratio(model, m, mechanism) * fast(m) * dict(self.scale).get(channel, 1.0))
        p, n = (values[i] * (1 - share) + values[i + 1] * share for values in (momentum, number))
        return p, ratio[..., None] * n


@cache
def _grid(table):
    """(bins, {channel: ln m, number over what varies fast, mean momentum}) of a table, (n,), (n, k), (n, k)."""
    frame = curves.table(table)
    frame["bin"] = np.floor(BINS_PER_DECADE * np.log10(frame.p_GeV)).astype(int)
    bins = np.arange(frame.bin.min(), frame.bin.max() + 1)
    number = next(column for column in frame if column.startswith("N_"))
    return bins, {channel: _channel_grid(part, number, bins, CHANNELS[channel][1])
                  for channel, part in frame.groupby("channel")}


def _channel_grid(part, number, bins, fast):
    """ln m, number and momentum of one channel; at the muon threshold, where what is seen may change, a step."""
    wide = part.pivot(index="m_GeV", columns="bin", values=[number, "p_GeV"])
    n, p = (wide[column].reindex(columns=bins) for column in (number, "p_GeV"))
    m = n.index.to_numpy()
    n = n.fillna(0).to_numpy() / fast(m)[:, None]
    p = p.fillna({k: 10 ** ((k + 0.5) / BINS_PER_DECADE) for k in bins}).to_numpy()
    step = np.searchsorted(m, 2 * M_MU)
    twice = np.insert(np.arange(len(m)), step, [step - 1, step]) if 0 < step < len(m) else np.arange(len(m))
    knots = np.insert(m, step, 2 * M_MU * np.array([1 - 1e-12, 1 + 1e-12])) if 0 < step < len(m) else m
    return np.log(knots), n[twice], p[twice]


@dataclass(frozen=True)
class Together:
    """Several spectra as one.

    :param parts: the spectra.

    >>> from zputils import ZPrime
    >>> both = Together((Bremsstrahlung(400), Tabulated("spectrum_ship_mesons", ("pi0", "eta"))))
    >>> both(ZPrime.dark_photon(), np.array([0.05]))[1].shape
    (1, 82)
    """

    parts: tuple[Callable, ...]

    def __call__(self, model: Couplings, m: ArrayLike) -> tuple[NDArray, NDArray]:
        pairs = [np.broadcast_arrays(*part(model, m)) for part in self.parts]
        shape = np.broadcast_shapes(*(n.shape[:-1] for _, n in pairs))
        p, n = (np.concatenate([np.broadcast_to(pair[i], (*shape, pair[i].shape[-1])) for pair in pairs], axis=-1)
                for i in range(2))
        return p, n


def one_momentum(model: Couplings, m: ArrayLike, momentum: float, source: Callable) -> tuple[NDArray, NDArray]:
    """The recipe of arXiv:2108.05147 as a spectrum: all Z's at one momentum, as many as `source` says.

    :param model: the Z'.
    :param m: (n,) GeV.
    :param momentum: GeV.
    :param source: (model, m) -> (n,).
    :returns: momenta, (n, 1) GeV, and how many Z's each stands for, (n, 1).

    >>> from zputils import ZPrime
    >>> from zputils.constants import E_CHARGE
    >>> p, n = one_momentum(ZPrime.dark_photon(), np.array([0.1]), 200.0, lambda model, m: model.proton**2 * m**0)
    >>> p.tolist(), f"{n[0, 0] / E_CHARGE**2:.3f}"
    ([200.0], '1.000')
    """
    return np.array([momentum]), np.asarray(source(model.at(m), m))[..., None]
