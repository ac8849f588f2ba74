"""Z's that fly towards an experiment because they couple to muons: from decays of mesons to muons, and from muons.

Spectra in the sense of `zputils.methods.spectra`, from the catalogue's tables of yields, which hold for a muonic Z'
and are good to a factor of 2 to 3.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import checks, curves
from ..physics import axial
from ..physics.models import ZPrime
from ..physics.muon_bremsstrahlung import IRON, thick_target

DECAYS = ("pi", "K", "D", "Ds")
SPREADS = {"mean": (np.ones(1), np.ones(1)), "exponential": np.polynomial.laguerre.laggauss(12)}


@dataclass(frozen=True)
class MesonDecays:
    """Z's from P -> mu nu Z' inside an aperture.

    The table has a number and a mean momentum at each of a few masses and g_nu/g_mu; both are quadratic forms in g_mu
    and g_nu, here fixed by three ratios, and interpolated log-log in the mass.

    :param table: name in the catalogue: "gmu_yields" (per proton) or "gmu_yields_faser2" (pb).
    :param facility: a name in that table.
    :param mesons: of "pi", "K", "D", "Ds".
    :param spread: all at the "mean" momentum, or distributed like exp(-p/mean) ("exponential").
    :raises KeyError: for a facility, meson or spread that is not there.

    >>> from zputils import ZPrime
    >>> p, n = MesonDecays("gmu_yields", "SHiP", ("K",))(ZPrime.muonic(g_nu=1), np.array([0.05]))
    >>> f"{n.sum():.1e} a proton, {p[0, 0]:.1f} GeV"
    '1.4e-05 a proton, 5.4 GeV'
    """

    table: str
    facility: str
    mesons: tuple[str, ...] = DECAYS
    spread: str = "mean"

    def __post_init__(self) -> None:
        checks.choice("spread", self.spread, SPREADS)
        checks.choice("facility", self.facility, tuple(dict.fromkeys(curves.columns(self.table)["facility"].tolist())))
        for meson in self.mesons:
            checks.choice("meson", meson, DECAYS)

    def __call__(self, model: ZPrime, m: ArrayLike) -> tuple[NDArray, NDArray]:
        nodes, shares = SPREADS[self.spread]
        parts = [_meson(self.table, self.facility, meson, model, checks.mass(m)) for meson in self.mesons]
        momenta, numbers = ([part[i][..., None] * by for part in parts] for i, by in enumerate((nodes, shares)))
        return np.concatenate(momenta, axis=-1), np.concatenate(numbers, axis=-1)


def _vector(model, m):
    """The model's couplings; ValueError for what the tables do not know."""
    if reason := axial.why_unknown(model, m, "mu"):
        raise ValueError(f"production through muons {reason}")
    model = model.at(m)
    if np.ndim(model.mu) == 1:
        raise ValueError("production through muons takes a coupling to muons that does not depend on the mass")
    return model


def _meson(table, facility, meson, model, m):
    """Mean momentum and number of Z's of one meson's decay at masses m; no Z' beyond the table's last mass."""
    log_m, number, moment = _forms(table, facility, meson)
    model = _vector(model, m)
    couplings = np.stack(np.broadcast_arrays(abs(model.mu) ** 2, model.mu * model.nu_mu, model.nu_mu**2), axis=-1)
    i = np.clip(np.searchsorted(log_m, np.log(m), side="right") - 1, 0, max(len(log_m) - 2, 0))
    share = np.clip((np.log(m) - log_m[i]) / (log_m[i + 1] - log_m[i]), 0, None)
    log_n, log_np = (np.log(np.maximum(couplings @ form.T, np.finfo(float).tiny)) for form in (number, moment))
    n, total = (np.exp(log[..., i] * (1 - share) + log[..., i + 1] * share) for log in (log_n, log_np))
    there = (m <= np.exp(log_m[-1]) * (1 + 1e-9)) & (couplings.any(axis=-1))
    return np.where(there, total / n, 1.0), np.where(there, n, 0.0)


@cache
def _forms(table, facility, meson):
    """ln m (j,), and (j, 3): the number and the number times momentum as forms in g_mu^2, g_mu g_nu, g_nu^2."""
    frame = curves.table(table).query("facility == @facility and mechanism == @meson")
    number = frame.columns[frame.columns.str.startswith("N_")][0]
    wide = frame.assign(moment=frame[number] * frame.p_mean_GeV).pivot(
        index="m_GeV", columns="g_nu_over_g_mu", values=[number, "moment"])
    ratios = np.array([0.0, 0.1, 1.0])
    powers = np.stack([ratios**0, ratios, ratios**2], axis=-1)
    solved = [np.linalg.solve(powers, wide[column][ratios.tolist()].to_numpy().T).T for column in (number, "moment")]
    return np.log(wide.index.to_numpy()), *solved


@dataclass(frozen=True)
class Muons:
    """Z's that secondary muons radiate, scaled to the table's number inside the aperture.

    The momenta are those of `zputils.physics.muon_bremsstrahlung.thick_target` for muons inside the aperture that are
    stopped in iron, which is how far the muons of a dump go.

    :param facility: "SHiP" or "SeaQuest".
    :param momenta: how many.

    >>> from zputils import ZPrime
    >>> p, n = Muons("SHiP")(ZPrime.muonic(), np.array([0.05]))
    >>> f"{n.sum():.1e} a proton, {np.sum(n * p) / n.sum():.0f} GeV"
    '4.1e-05 a proton, 12 GeV'
    """

    facility: str
    momenta: int = 40

    def __post_init__(self) -> None:
        facilities = tuple(dict.fromkeys(curves.columns("secondary_muons")["facility"].tolist()))
        checks.choice("facility", self.facility, facilities)

    def __call__(self, model: ZPrime, m: ArrayLike) -> tuple[NDArray, NDArray]:
        log_m, log_n, p, share = _muon_grid(self.facility, self.momenta)
        log = np.log(checks.mass(m))
        shares = np.stack([np.interp(log, log_m, column) for column in share.T], axis=-1)
        shares = shares / shares.sum(axis=-1, keepdims=True)
        slope = (log_n[0] - log_n[1]) / (log_m[0] - log_m[1])
        lighter = np.minimum(log - log_m[0], 0) * slope  # at lighter masses the power law of the first two
        number = np.where(log <= log_m[-1] + 1e-9, np.exp(np.interp(log, log_m, log_n) + lighter), 0.0)
        return p, np.asarray(abs(_vector(model, np.exp(log)).mu))[..., None] ** 2 * number[..., None] * shares


@cache
def _muon_grid(facility, momenta):
    """ln m (j,), ln of the number (j,), momenta (k,) and the share of each at each mass (j, k)."""
    muons = curves.table("secondary_muons").query("facility == @facility")
    rows = curves.table("gmu_yields").query("facility == @facility and mechanism == 'mu brem' and g_nu_over_g_mu == 0")
    energy = np.sqrt(muons.E_low_GeV * muons.E_high_GeV).to_numpy()
    edges = np.geomspace(0.5, 0.98 * energy[-1], momenta + 1)
    p = np.sqrt(edges[1:] * edges[:-1])
    share = np.array([thick_target(p, energy, m, IRON) @ muons.N_inside_per_proton.to_numpy() * np.diff(edges)
                      for m in rows.m_GeV])
    return (np.log(rows.m_GeV.to_numpy()), np.log(rows.N_per_proton.to_numpy()), p,
            share / share.sum(axis=-1, keepdims=True))
