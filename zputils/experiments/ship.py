"""SHiP: 400 GeV protons on a dump, decays in a 50 m vessel (Table 1)."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from .. import curves
from ..methods.beam_dump import BeamDump
from ..methods.geometry import Geometry
from ..methods.look import VERMILLION, Look
from ..methods.recast import Recast
from ..physics import mixtures
from ..physics.models import ZPrime
from ..physics.production import M_REFERENCE, bremsstrahlung_source

SHIP = BeamDump(
    name="SHiP", geometry=Geometry(shield=60, decay=50, momentum=200), beam_energy=400,  # half of it, Sec. 3.3
    source=partial(bremsstrahlung_source, beam_energy=400), published="SHiP_Ahdida2020new_brem_dipole",
    sensitivity=0.75e-20,  # as the paper prints for p = 200 GeV (Sec. 3.3)
    exposure=2e20,  # protons, arXiv:2011.05115
    mass_range=(1e-3, 10.0), references=("Ahdida:2020new",), look=Look("SHiP", VERMILLION, "--"), figures=("fig-4.1",))
# Mesons and quarks one by one, as published; epsilon is read as g_f = epsilon e Q_f here.
_MESONS: dict[str, tuple[str, Any, str]] = {"pi0": ("meson_pi0", "pi0 -> gamma X", r"$\pi^0$"),
           "eta": ("meson_eta", "eta -> gamma X", r"$\eta$"),
           "eta'": ("meson_etap", "eta' -> gamma X", r"$\eta'$"),
           "omega": ("meson_omega", "omega -> pi0 X", r"$\omega$"),
           "Drell-Yan": ("dy", mixtures.quark_annihilation_in_nuclei, "Drell-Yan")}
CHANNELS = tuple(
    Recast(name=f"SHiP {name}", group="beam dumps", data=f"SHiP_Ahdida2020new_{data}", production=production,
           final_states=("e", "mu", "hadrons"), references=("Ahdida:2020new",), shield=60.0, decay=50.0, future=True,
           look=Look(f"SHiP {text}", VERMILLION, "--"))
    for name, (data, production, text) in _MESONS.items())

BOUNDS = (SHIP, *CHANNELS)


def fits(momenta: Sequence[float] = (100, 200, 300)) -> dict:
    """{p in GeV: SHiP at that momentum}, each with R-bar such that the lower edge at 100 MeV is the published one.

    The published epsilon is read as mixing with hypercharge, g_f = epsilon c_W e Q_f (Sec. 3.3).

    :param momenta: GeV.

    >>> f"{fits()[200].sensitivity:.2g}"
    '1.3e-20'
    """
    anchor = curves.load(SHIP.published).lower_at(M_REFERENCE)
    photon = ZPrime.dark_photon(hypercharge=True)
    return {p: SHIP.at_momentum(p).calibrated(photon, M_REFERENCE, anchor) for p in momenta}
