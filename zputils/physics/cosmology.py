"""What a light Z' does to the early universe: N_eff(m, ratio).

Photons with e+e- and the three neutrinos are two fluids, at T_gamma and T_nu (arXiv:1812.05605, 2001.04466).
The Z', three spin states, stays in equilibrium with the one it couples to more strongly. Energy passes between
the fluids by weak interactions and by the Z' itself, and ::

    d ln T/d ln a = -(3 (rho + p) +- Q/H) / (d rho/d ln T)

for each. `python -m zputils.physics.cosmology` rewrites data/cosmology/n_eff.csv, a table of it. The bound that the
figures draw is a published one (`zputils.methods.thermal`); what is computed here is the check of it.
"""

from collections.abc import Callable
from functools import cache
from inspect import unwrap
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import solve_ivp
from scipy.interpolate import RectBivariateSpline
from scipy.optimize import elementwise
from scipy.sparse import eye_array, kron
from scipy.special import kv

from .. import checks, curves
from ..cache import cached
from ..constants import GEV2_TO_CM2, M_E, PLANCK_MASS, SPEED_OF_LIGHT
from ..paths import TABLES, plain_errors, replacing
from . import plasma
from .plasma import SPINS

SIGMA_V = 3e-26 / (GEV2_TO_CM2 * SPEED_OF_LIGHT * 100)  # GeV^-2; 3e-26 cm^3/s, arXiv:1910.01649
T_START = 0.02  # GeV; weak interactions are 1000 times faster than the expansion
FASTEST = 1e6  # the Z' exchanges no more energy than this per expansion time: equal temperatures to 1e-6, less stiff

M_BBN = 0.4e-3  # GeV; BBN alone excludes any lighter particle in equilibrium, arXiv:1910.01649

TABLE = TABLES / "cosmology" / "n_eff.csv"
# A ratio beyond these is as good as 0 or infinity. The Z' changes fluid at 1, so both sides of 1 are nodes.
SMALL_RATIOS = np.geomspace(1e-10, 1, 41)
RATIOS = np.concatenate([SMALL_RATIOS, [np.nextafter(1, 2)], 1 / SMALL_RATIOS[-2::-1]])
MASSES = np.geomspace(M_BBN, 0.04, 41)


# -- energy that the Z' passes on, GeV^5 for temperatures (n,) in GeV: what a fluid gives at T, less what it gets back


def annihilation_flow(m: NDArray, share: NDArray) -> Callable:
    """Z'Z' pairs: g^2 <sigma v> share m^5/(4 pi^4) T^2 K_2(m/T)^2 (arXiv:1910.01649).

    :param m: (n,) GeV.
    :param share: the fraction of annihilations into the fluid that the Z' is not in equilibrium with.

    >>> flow = annihilation_flow(5e-3, share=0.5)
    >>> f"{flow(2e-3):.2e}"  # GeV^5
    '5.47e-30'
    """
    scale = SPINS**2 * SIGMA_V * share * m**5 / (4 * np.pi**4)
    return lambda temperature: scale * (temperature * kv(2, m / temperature)) ** 2


def decay_flow(m: NDArray, width: NDArray) -> Callable:
    """Z' <-> e+e-: g m^3 Gamma/(2 pi^2) T K_2(m/T) (arXiv:1901.02010); width in GeV.

    :param m: (n,) GeV.
    :param width: (n,) GeV.

    >>> flow = decay_flow(5e-3, width=1e-24)
    >>> f"{flow(2e-3):.2e}"  # GeV^5
    '4.61e-36'
    """
    scale = SPINS * m**3 * width / (2 * np.pi**2)
    return lambda temperature: scale * temperature * kv(2, m / temperature)


# -- N_eff --------------------------------------------------------------------------------------------


def cooling(t_gamma: NDArray, t_nu: NDArray, m: NDArray, electric: NDArray, flow: Callable) -> np.ndarray:
    """d ln(aT)/d ln a of plasma and neutrinos, (2, n).

    :param t_gamma: temperature of the plasma, (n,) GeV.
    :param t_nu: of the neutrinos, (n,) GeV.
    :param m: (n,) GeV.
    :param electric: (n,) booleans, whether the Z' belongs to the plasma.
    :param flow: what the Z' passes on at a temperature, as `decay_flow` has it.
    :returns: (2, n).

    >>> hot = np.array([2e-3])
    >>> plasma_and_neutrinos = cooling(hot, hot, np.array([5e-3]), np.array([False]), lambda temperature: 0.0)
    >>> [f"{rate:.3f}" for rate in plasma_and_neutrinos[:, 0]]  # a Z' of 5 MeV among the neutrinos
    ['0.003', '0.079']
    """
    boson = plasma.fluid("boson", np.where(electric, t_gamma, t_nu), m)
    fluids = np.array([plasma.fluid("plasma", t_gamma, M_E) + electric * boson,
                       plasma.neutrinos(t_nu) + ~electric * boson])
    pressure, enthalpy, capacity = np.moveaxis(fluids, 1, 0)
    density = (enthalpy - pressure).sum(0)
    hubble = np.sqrt(8 * np.pi / 3 * density) / PLANCK_MASS
    given, returned = flow(t_gamma), flow(t_nu)
    exchange = (given - returned) / (1 + (given + returned) / (FASTEST * hubble * density))
    transfer = (plasma.weak_exchange(t_gamma, t_nu) + exchange) / hubble
    return 1 - (3 * enthalpy + np.array([transfer, -transfer])) / capacity


def _final_n_eff(m, electric, flow):
    """N_eff = 8/7 (11/4)^(4/3) rho_nu/rho_gamma after the last e+e- and Z' are gone. m: (n,), one system of 2n."""
    efolds = np.log(40 * T_START / m.min(initial=M_E))

    def slope(log_a, log_at):  # plasma and neutrinos of a mass side by side: the Jacobian is 2 x 2 blocks
        t_gamma, t_nu = T_START * np.exp(log_at.reshape(-1, 2).T - log_a)
        return cooling(t_gamma, t_nu, m, electric, flow).T.ravel()

    # BDF: where the exchange is stiff LSODA reports success with N_eff off by 0.1.
    solution = solve_ivp(slope, (0, efolds), np.zeros(2 * m.size), "BDF", t_eval=(efolds,), rtol=1e-8, atol=1e-8,
                         jac_sparsity=kron(eye_array(m.size), np.ones((2, 2))))
    if not solution.success:
        raise RuntimeError(f"the temperatures could not be followed: {solution.message}")
    log_gamma, log_nu = solution.y.reshape(-1, 2).T
    return 3 * (11 / 4) ** (4 / 3) * np.exp(4 * (log_nu - log_gamma))


def _checked(m, name, value):
    """m and value broadcast against each other, flat, and their common shape; value may be infinite."""
    value = np.asarray(value)
    checks.real(name, value[value != np.inf], 0)
    m, value = np.broadcast_arrays(checks.mass(m, 1e-6), value.astype(float))
    return m.ravel(), value.ravel(), m.shape


@cached
def n_eff(m: ArrayLike, ratio: ArrayLike) -> np.ndarray:
    """N_eff with a Z' of mass m that exchanges energy by annihilation, ratio = Gamma_ee/Gamma_nunu (Eq. 2.15).

    Up to ratio 1 the Z' is in equilibrium with the neutrinos, beyond with the plasma: N_eff jumps there by 1 % (m > 2
    MeV), the error of either choice.

    :param m: GeV, >= 1 keV.
    :param ratio: 0 to inf; they broadcast.
    :returns: of the broadcast shape.

    >>> f"{n_eff(1.0, 0.0):.2f}"  # a heavy Z' leaves the Standard Model's
    '3.05'
    """
    flat_m, flat, shape = _checked(m, "ratio", ratio)
    to_neutrinos = 1 / (1 + flat)
    share = np.minimum(to_neutrinos, 1 - to_neutrinos)
    return _final_n_eff(flat_m, flat > 1, annihilation_flow(flat_m, share)).reshape(shape)[()]


@cached
def n_eff_decays(m: ArrayLike, width: ArrayLike) -> np.ndarray:
    """N_eff with a Z' in equilibrium with the neutrinos that decays to e+e- with `width`.

    The Z' of arXiv:1901.02010, whose coupling is large enough for decays to beat annihilations; with a large width it
    is in equilibrium with both fluids.

    :param m: GeV, >= 1 keV.
    :param width: GeV, finite; they broadcast.
    :returns: of the broadcast shape.

    >>> f"{n_eff_decays(1.0, 1e-20):.2f}"
    '3.05'
    """
    checks.real("width", width, 0)
    flat_m, flat, shape = _checked(m, "width", width)
    return _final_n_eff(flat_m, np.zeros(flat_m.shape, bool), decay_flow(flat_m, flat)).reshape(shape)[()]


# -- N_eff as a table --------------------------------------------------------------------------------------


def write_table(path: Path = TABLE) -> None:
    """Compute N_eff at MASSES x RATIOS and write it; a reader finds the old file or the new one, never a part.

    :param path: where to.
    """
    values = unwrap(n_eff)(MASSES[:, None], RATIOS)  # computed, whatever the build cache holds
    frame = pd.DataFrame(values, index=pd.Index(MASSES, name="m_GeV"), columns=pd.Index(RATIOS, name="ratio"))
    body = frame.round(5).stack().rename("N_eff").to_csv(lineterminator="\n")
    with replacing(path) as temporary:
        temporary.write_text("# N_eff by mass and Gamma_ee/Gamma_nunu; "
                             "written by python -m zputils.physics.cosmology\n" + body, encoding="utf-8")


def _read_table() -> pd.DataFrame:
    """The catalogued table as a DataFrame, masses by ratios.

    >>> table = _read_table()
    >>> table.shape == (MASSES.size, RATIOS.size)
    True
    """
    return curves.table("n_eff").pivot(index="m_GeV", columns="ratio", values="N_eff")


@cache
def _table_splines():
    """Splines in (ln m, ln ratio) on each side of ratio 1."""
    frame = _read_table()
    log_m, log_ratio = np.log(frame.index), np.log(frame.columns)
    return [RectBivariateSpline(log_m, log_ratio[side], frame.to_numpy()[:, side])
            for side in (log_ratio <= 0, log_ratio > 0)]


def _tabulated(log_m, log_ratio):
    below, above = _table_splines()
    return np.where(log_ratio > 0, above(log_m, log_ratio, grid=False), below(log_m, log_ratio, grid=False))


def mass_at(value: ArrayLike, ratio: ArrayLike) -> np.ndarray:
    """The heaviest mass in GeV at which N_eff passes through a value, nan where it does at none from M_BBN to 40 MeV.

    From the table.

    :param value: of N_eff.
    :param ratio: Gamma_ee/Gamma_nunu, 0 to inf; the two broadcast.
    :returns: GeV, of the broadcast shape.

    >>> [f"{1e3 * m:.1f}" for m in mass_at(3.5, [0, 3.8e-5, 1e3, 1e10])]  # MeV; the last never raises N_eff
    ['8.5', '5.0', '1.9', 'nan']
    """
    _, flat, shape = _checked(1.0, "ratio", ratio)
    values, ratios = np.broadcast_arrays(checks.real("value", value), flat.reshape(shape))
    log_m, log_ratio = np.log(MASSES), np.log(np.clip(ratios.ravel(), RATIOS[0], RATIOS[-1]))

    def excess(log_m, log_ratio, value):
        return _tabulated(log_m, log_ratio) - value

    above = excess(log_m[:, None], log_ratio, values.ravel()) > 0
    crossed = above[1:] != above[:-1]
    heaviest = np.max(np.arange(log_m.size - 1)[:, None] * crossed, axis=0)  # the last, 0 where there is none
    bracket = log_m[heaviest], log_m[heaviest + 1]
    root = elementwise.find_root(excess, bracket, args=(log_ratio, values.ravel())).x
    return np.exp(np.where(crossed.any(axis=0), root, np.nan)).reshape(values.shape)[()]


if __name__ == "__main__":
    with plain_errors():
        write_table()
