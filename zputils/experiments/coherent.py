"""COHERENT: coherent scattering of neutrinos from stopped pions, on CsI, and planned on NaI and argon."""

from typing import Any

import numpy as np

from .. import checks
from ..methods.look import BLUE, Look
from ..methods.stopped_pions import StoppedPions
from ..methods.together import Together
from ..physics.recoils import KEV

# arXiv:1708.01294: 14.6 kg for 308.1 days, 134 +- 22 events for 173 +- 48 expected, between 5 and 30 photoelectrons
# of 1.17 per keV. At 90 % the constructive sign falls on the published L_mu-L_tau curve (COHERENT_existing_LmuLtau).
CSI_PROTONS, CSI_DAYS = 1.76e23, 308.1
COHERENT_CSI = StoppedPions(
    name="COHERENT", observed=134.0, error=22.0, systematic=48 / 173, level=0.90, target=("Cs", "I"), mass=14.6,
    protons=CSI_PROTONS, distance=19.3, window=(5 / 1.17 * KEV, 30 / 1.17 * KEV), acceptance="coherent_csi_acceptance",
    light_yield=1.17 / KEV, references=("Akimov:2017ade",), look=Look("COHERENT", BLUE),
    figures=("fig-2.2/muon_neutrino", "fig-4.1"))


def coherent_future(systematic: float = 0.05, shared: float = 0.5, bins: int = 8) -> Together:
    """COHERENT's projection: NaI and Ar, 10 tonne-years each, in one chi^2 with an assumed systematic uncertainty.

    Thresholds and distances of arXiv:1803.01224; the proton rate of the CsI run, no backgrounds.

    :param systematic: relative uncertainty of each detector's prediction.
    :param shared: the part of its variance that is the flux, common to both, the rest being each detector's own.
    :param bins: of the recoil energy in each detector, even in ln T, 1 for counts alone.

    >>> from zputils import ZPrime
    >>> m, model = 0.03, ZPrime.muonic(g_nu=1)
    >>> [f"{coherent_future(systematic).limit(model, m):.1e}" for systematic in (0.02, 0.05)]
    ['3.2e-04', '3.4e-04']
    """
    systematic, shared = checks.number("systematic", systematic, 0), checks.number("shared", shared, 0, 1)
    own: dict[str, Any] = dict(systematic=float(systematic * np.sqrt(1 - shared)), level=0.90, mass=1e4, future=True,
               protons=CSI_PROTONS / CSI_DAYS * 365.25, references=("Abdullah:2018ykz",))
    nai = StoppedPions(name="COHERENT NaI", target=("Na", "I"), distance=28.0, window=(13 * KEV, np.inf), **own)
    argon = StoppedPions(name="COHERENT Ar", target=("Ar",), distance=29.0, window=(20 * KEV, np.inf), **own)
    return Together(name="COHERENT future", experiments=tuple(one.binned(bins) for one in (nai, argon)),
                    flux=float(systematic * np.sqrt(shared)), references=("Abdullah:2018ykz",), future=True,
                    look=Look("COHERENT future", BLUE, "--"), figures=("fig-4.1",))


SYSTEMATICS = (0.02, 0.10)  # what Fig. 4.1 draws as a band around COHERENT_FUTURE
COHERENT_FUTURE = coherent_future()
COHERENT_FUTURE_NAI, COHERENT_FUTURE_AR = COHERENT_FUTURE.experiments

BOUNDS = (COHERENT_CSI, COHERENT_FUTURE)
