"""CMS: Z -> mu mu Z' in four muons; a bump in muon pairs."""

from numpy.typing import NDArray

from ..methods.look import ROSE, UMBER, Look
from ..methods.muonic import MuonicSearch
from ..methods.recast import Recast
from ..physics import mixtures
from ..physics.models import QUARKS, Couplings

FOUR_MUONS = MuonicSearch(
    name="CMS 4mu", data="CMS4mu_Sirunyan2018_LmuLtau", channel="mu", references=("Sirunyan:2018nnz",),
    look=Look(r"CMS $4\mu$", ROSE), figures=("fig-2.2/muon_only",))

SHARES = "cms_production_fractions"


def cms_mixture(model: Couplings, m: NDArray) -> NDArray:
    """Quark annihilation at CMS over that for a dark photon with epsilon = 1.

    :param model: the Z'.
    :param m: (n,) GeV.
    :returns: (n,).

    >>> from zputils import ZPrime
    >>> f"{cms_mixture(2 * ZPrime.dark_photon(), 20.0):.2f}"
    '4.00'
    """
    return mixtures.tabulated(model, m, SHARES, {f"{q}_{q}": f"{q} qbar" for q in QUARKS})


DIMUON = Recast(
    name="CMS dimuon", group="hadrons", data="CMS_CMS2019buh", production=cms_mixture, shares=(SHARES,),
    final_states=("mu",), references=("CMS:2019buh",), look=Look(r"CMS $\mu\mu$", UMBER, (0, (1, 1))))

BOUNDS = (FOUR_MUONS, DIMUON)
