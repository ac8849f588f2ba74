"""NA48/2: pi0 -> gamma e+e- from kaon decays."""

from numpy.typing import NDArray

from ..constants import HBAR_C
from ..methods.look import UMBER, Look
from ..methods.recast import Recast


def proper_time(m: NDArray) -> NDArray:
    """Largest proper time in 1/GeV at which a decay counts as prompt: 1 m of flight at 50 GeV.

    :param m: (n,) GeV.
    :returns: (n,) 1/GeV.

    >>> f"{proper_time(0.05):.1e}"
    '5.1e+12'
    """
    return m / 50 / HBAR_C


NA48 = Recast(
    name="NA48/2", group="hadrons", data="NA48_Batley2015lha", production="pi0 -> gamma X", final_states=("e",),
    proper_time=proper_time, references=("Batley:2015lha",), look=Look("NA48/2", UMBER, "-."), figures=("fig-2.2",))

BOUNDS = (NA48,)
