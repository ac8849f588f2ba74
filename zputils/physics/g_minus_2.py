"""The muon's anomalous magnetic moment: what a Z' adds, and the band of couplings that explains the anomaly."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import checks
from ..constants import M_MU
from ..kept import by_mass


def _tanhsinh(*arguments: Any, **keywords: Any) -> Any:
    """`scipy.integrate.tanhsinh`, loaded when it is first called: loading takes longer than most questions.

    >>> float(_tanhsinh(np.square, 0, 1).integral.round(12))
    0.333333333333
    """
    from scipy.integrate import tanhsinh as integrate

    return integrate(*arguments, **keywords)


@dataclass(frozen=True)
class Anomaly:
    """a_mu(experiment) - a_mu(Standard Model) and its error, with the BibTeX keys it comes from.

    :param value: one number each, error > 0.
    :param error: one number each, error > 0.
    :param references: a list of BibTeX keys.
    :raises ValueError: .
    :raises TypeError: otherwise.

    >>> f"{Anomaly(38e-11, 63e-11, ('Muong-2:2025xyk',)).significance:.1f}"
    '0.6'
    """

    value: float
    error: float
    references: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", checks.number("value", self.value))
        object.__setattr__(self, "error", checks.number("error", self.error, 0, open_low=True))
        keys = checks.listed("references", self.references)
        object.__setattr__(self, "references", tuple(checks.instance("reference", key, str) for key in keys))

    @property
    def significance(self) -> float:
        """The deviation in standard deviations.

        >>> f"{ANOMALY_2021.significance:.2f}"
        '4.25'
        """
        return self.value / self.error


# Eq. 2.14: the 2021 world average against the 2020 White Paper.
ANOMALY_2021 = Anomaly(25.1e-10, 5.9e-10, ("Bennett:2006fi", "Abi:2021gix", "Aoyama:2020ynm"))
# The 2025 world average against the 2025 White Paper, arXiv:2506.03069 and 2505.21476: 38(63)e-11.
ANOMALY_2025 = Anomaly(38e-11, 63e-11, ("Muong-2:2025xyk", "Aliberti:2025beg"))


def _integrand(x, ratio):
    return (1 - x) * x**2 / (1 - x + ratio * x**2)


def _axial_integrand(x, ratio):
    return (x * (1 - x) * (x - 4) - 2 * ratio * x**3) / (1 - x + ratio * x**2)


@by_mass(64)  # the band at the same masses is asked for of every model
def _integral(ratio, integrand):
    return _tanhsinh(integrand, 0, 1, args=(ratio,), rtol=1e-10).integral


def delta_a_mu(m: ArrayLike, g_mu: ArrayLike = 1.0, axial: ArrayLike = 0.0) -> NDArray:
    """What a Z' with vector coupling g_mu and axial coupling `axial` to muons adds to a_mu (Eq. 2.13).

    g_mu^2/(4 pi^2) r int_0^1 dx (1-x) x^2 / (1 - x + r x^2), r = (m_mu/m)^2; it tends to g_mu^2/(8 pi^2) for a light Z'
    and to g_mu^2 r/(12 pi^2) for a heavy one. An axial coupling a takes away: it adds a^2/(4 pi^2) r int_0^1 dx [x
    (1-x) (x-4) - 2 r x^3]/(1 - x + r x^2) (Leveille, Nucl. Phys. B 137 (1978) 63), which tends to -5 a^2 r/(12 pi^2)
    for a heavy Z' and to -a^2 r/(4 pi^2) for a light one, whose longitudinal part couples with a m_mu/m.

    Dimensionless, of the broadcast shape.

    :param m: masses in GeV, any shape.
    :param g_mu: couplings that broadcast against m.
    :param axial: couplings that broadcast against m.
    :returns: without dimension, of the broadcast shape.

    >>> f"{delta_a_mu(0.1, 1e-3):.2e}"
    '2.80e-09'
    >>> f"{delta_a_mu(1e-5, 1e-3) / (1e-6 / (8 * np.pi**2)):.3f}"  # the light limit
    '1.000'
    >>> f"{delta_a_mu(100.0, 0.0, axial=1.0) / delta_a_mu(100.0, 1.0):.3f}"
    '-5.000'
    """
    ratio = (M_MU / checks.mass(m)) ** 2
    g_mu = checks.real("g_mu", g_mu, 0)
    vector = g_mu**2 * ratio * _integral(ratio, _integrand) / (4 * np.pi**2)
    if not np.any(axial):
        return vector[()]
    loss = _integral(ratio, _axial_integrand)
    return (vector + checks.real("axial", axial) ** 2 * ratio * loss / (4 * np.pi**2))[()]


def g_mu_band(m: ArrayLike, anomaly: Anomaly = ANOMALY_2021) -> tuple[NDArray, NDArray, NDArray]:
    """g_mu at which the deviation is reduced to -1, 0 and +1 standard deviations.

    Where the Standard Model itself is within one standard deviation the band reaches down to `low` = 0; `central` is 0
    where the anomaly is negative.

    :param m: any shape, GeV.
    :param anomaly: measured minus predicted a_mu.
    :returns: (low, central, high), each of that shape.

    >>> low, central, high = g_mu_band([1e-3, 10.0])
    >>> [f"{g:.1e}" for g in central]
    ['4.5e-04', '5.2e-02']
    """
    return band_of(delta_a_mu(m), anomaly)


def band_of(unit: NDArray, anomaly: Anomaly = ANOMALY_2021) -> tuple[NDArray, NDArray, NDArray]:
    """As `g_mu_band`, from what a coupling of 1 adds to a_mu, any shape; nan where its sign or size explains nothing.

    :param unit: any shape, of either sign.
    :param anomaly: measured minus predicted a_mu.
    :returns: couplings, of the shape of `unit`, each.

    >>> [[f"{g:.2e}" for g in edge] for edge in band_of([1e-2, -1e-2], Anomaly(4e-10, 3e-10))]
    [['1.00e-04', 'nan'], ['2.00e-04', 'nan'], ['2.65e-04', 'nan']]
    """
    checks.instance("anomaly", anomaly, Anomaly)
    unit = np.asarray(unit, float)
    targets = anomaly.value + anomaly.error * np.array([-1.0, 0.0, 1.0])
    with np.errstate(divide="ignore", invalid="ignore"):
        up = [np.sqrt(max(target, 0.0) / unit) for target in targets]
        down = [np.sqrt(max(-target, 0.0) / -unit) for target in targets[::-1]]
    possible = np.where(unit > 0, targets[2] > 0, targets[0] < 0) & (unit != 0)
    low, central, high = (np.where(possible, np.where(unit > 0, *pair), np.nan)[()]
                          for pair in zip(up, down, strict=True))
    return low, central, high
