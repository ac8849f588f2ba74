"""Events of a beam dump whose Z's have a spectrum of momenta, counted from the protons on: nothing is calibrated::

    N(g) = exposure BR_vis g^2 sum_c r_c sum_i w_ci [exp(-L_sh x_i) - exp(-(L_sh + L_dec) x_i)]

with x_i = m Gamma/(p_i hbar c), the spectrum w_ci of channel c and its production r_c over a dark photon's, both in
`zputils.methods.spectra`. `zputils.methods.beam_dump.BeamDump` comes here when it has a `spectrum`.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..constants import HBAR_C
from ..physics import decays
from ..physics.models import Couplings
from ..physics.spectrum import Beam


def beam(dump, model: Couplings, m: ArrayLike) -> tuple[Beam, NDArray, NDArray]:
    """What decays behind the shield of a dump.

    :param dump: a `zputils.methods.beam_dump.BeamDump` with a spectrum.
    :param m: (n,) GeV.
    :returns: the beam, its rows those of the other two flattened; ln of m Gamma/(hbar c) per coupling squared, in
        GeV/m; ln of the events over the number of the beam. Each (..., n), the first -inf where nothing decays, the
        second where nothing visible does.

    >>> from zputils.experiments.predicted import SHIP_BREMSSTRAHLUNG
    >>> from zputils import ZPrime
    >>> b, log_t, log_scale = beam(SHIP_BREMSSTRAHLUNG, ZPrime.dark_photon(), np.array([0.05, 0.1]))
    >>> b.momenta.shape, log_t.shape
    ((2, 24), (2,))
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        log_t = np.log(decays.total_width(model, m, dump.r_shift) * m / HBAR_C)
        visible = np.log(np.nan_to_num(decays.branching_ratio(model, m, dump.visible, dump.r_shift)))
        log_scale = np.where(np.isneginf(log_t), -np.inf, np.log(dump.exposure) + visible - log_t)
    momenta, weights = np.broadcast_arrays(*dump.spectrum(model, m))
    shape = np.broadcast_shapes(log_t.shape, weights.shape[:-1])
    rows = (np.broadcast_to(x, (*shape, x.shape[-1])).reshape(-1, x.shape[-1]) for x in (momenta, weights))
    log_t, log_scale = (np.broadcast_to(x, shape) for x in (log_t, log_scale))
    return Beam(*rows, dump.geometry.shield, dump.geometry.decay), log_t, log_scale


def log_events(dump, model: Couplings, m: ArrayLike, g: ArrayLike) -> NDArray:
    """ln of the number of events at masses m and couplings g, which broadcast; -inf where there are none.

    >>> from zputils.experiments.predicted import SHIP_BREMSSTRAHLUNG
    >>> from zputils import ZPrime
    >>> n = np.exp(log_events(SHIP_BREMSSTRAHLUNG, ZPrime.dark_photon(), 0.1, [1e-7, 1e-5]))
    >>> [f"{x:.1e}" for x in n]
    ['2.6e+01', '5.5e+06']
    """
    m, g = np.broadcast_arrays(np.asarray(m, float), np.asarray(g, float))
    b, log_t, log_scale = beam(dump, model, m)
    log_t, log_scale, g = np.broadcast_arrays(log_t, log_scale, g)
    number = b.log_number((log_t + 2 * np.log(g)).ravel()).reshape(log_t.shape)
    return np.where(np.isneginf(log_scale), -np.inf, log_scale + number)


def pieces(dump, model: Couplings, m: ArrayLike) -> tuple[NDArray, NDArray]:
    """The couplings at which enough events are seen: (lower, upper), each (..., n, j).

    j is 1 unless the number of events has two maxima with too few in between (`zputils.physics.spectrum`); masses that
    have fewer pieces are filled up with nan.

    >>> from zputils.experiments.predicted import SHIP_BREMSSTRAHLUNG
    >>> from zputils import ZPrime
    >>> lower, upper = pieces(SHIP_BREMSSTRAHLUNG, ZPrime.dark_photon(), np.array([0.1]))
    >>> f"{lower[0, 0]:.1e} to {upper[0, 0]:.1e}"
    '5.5e-08 to 3.1e-05'
    """
    b, log_t, log_scale = beam(dump, model, np.asarray(m, float))
    edges = b.crossings((np.log(dump.needed) - log_scale).ravel())
    return tuple(np.exp((edge.reshape(*log_t.shape, -1) - log_t[..., None]) / 2) for edge in edges)


def reach(dump, model: Couplings, m: ArrayLike) -> tuple[NDArray, NDArray]:
    """The outermost edges of `pieces`, (lower, upper), each of the shape of m, nan where there are none.

    >>> from zputils.experiments.predicted import SHIP_BREMSSTRAHLUNG
    >>> from zputils import ZPrime
    >>> [f"{g:.1e}" for g in reach(SHIP_BREMSSTRAHLUNG, ZPrime.dark_photon(), 0.1)]
    ['5.5e-08', '3.1e-05']
    """
    lower, upper = pieces(dump, model, m)
    return np.fmin.reduce(lower, axis=-1), np.fmax.reduce(upper, axis=-1)
