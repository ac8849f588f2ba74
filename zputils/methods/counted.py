"""Events of a beam dump whose Z's have a spectrum of momenta, counted from the protons on: nothing is calibrated::

    N(g) = exposure BR_vis g^2 sum_c r_c sum_i w_ci [exp(-L_sh x_i) - exp(-(L_sh + L_dec) x_i)]

with x_i = m Gamma/(p_i hbar c), the spectrum w_ci of channel c and its production r_c over a dark photon's, both in
`zputils.methods.spectra`. This is the kernel of a `zputils.methods.beam_dump.BeamDump` that has a `spectrum`.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..constants import HBAR_C
from ..physics import decays
from ..physics.models import Couplings
from ..physics.spectrum import Beam
from .region import Region

if TYPE_CHECKING:
    from .beam_dump import BeamDump


class Rates(NamedTuple):
    """What a model gives a dump with a spectrum, per exposure and coupling squared.

    :param momenta: of the Z's, GeV; with `produced`, how many of them, two arrays that broadcast to (..., n, k).
    :param produced: Z's per exposure and coupling squared, of the shape of `momenta`.
    :param seen: width to what is seen, (n,) GeV.
    :param whole: width to everything, (n,) GeV.
    :param fixed: None, as of `zputils.methods.events.Rates` without a width that does not go with the coupling.

    >>> from zputils.experiments.predicted import FASER_2
    >>> from zputils import ZPrime
    >>> FASER_2.kernel(np.array([0.1])).rates(ZPrime(nu_mu=1.0)).seen.tolist()
    [0.0]
    """

    momenta: NDArray
    produced: NDArray
    seen: NDArray
    whole: NDArray
    fixed: None = None


@dataclass(frozen=True, eq=False)
class Counted:
    """What a dump with a spectrum needs of a model at masses m.

    :param m: (n,) GeV.
    :param log_events: ln of the events needed, (n,), nan where the dump says nothing.
    :param dump: the `zputils.methods.beam_dump.BeamDump`.
    :param known_m: m, but inside the dump's masses where it says nothing.

    >>> from zputils.experiments.predicted import SHIP_BREMSSTRAHLUNG
    >>> from zputils import ZPrime
    >>> kernel = SHIP_BREMSSTRAHLUNG.kernel(np.array([0.1]))
    >>> f"{kernel.region(ZPrime.dark_photon()).lower[0, 0]:.1e}"
    '5.5e-08'
    """

    m: NDArray
    log_events: NDArray
    dump: "BeamDump"
    known_m: NDArray

    def rates(self, model: Couplings) -> Rates:
        """What a model gives, its widths asked for once.

        :param model: the Z'.
        :raises ValueError: for a model with a width that does not go with the coupling.

        >>> from zputils.experiments.predicted import FASER_2
        >>> from zputils import ZPrime
        >>> bool(FASER_2.kernel(np.array([0.1])).rates(ZPrime(mu=1.0)).produced.any())
        False
        """
        if fixed := decays.fixed_widths(model, self.known_m):
            raise ValueError(f"{self.dump.name}: a spectrum of momenta takes no width that does not go with the "
                             f"coupling ({', '.join(fixed)}); take the dump with one momentum")
        seen, whole = decays.part_and_total(model, self.known_m, self.dump.visible, self.dump.r_shift)
        momenta, produced = self.dump.spectrum(model, self.known_m)
        return Rates(momenta, produced, seen, whole)

    def beam(self, rates: Rates) -> tuple[Beam, NDArray, NDArray]:
        """What decays behind the shield.

        :param rates: of `rates`.
        :returns: the beam, its rows those of the other two flattened; ln of m Gamma/(hbar c) per coupling squared, in
            GeV/m; ln of the events over the number of the beam. Each (..., n), the first -inf where nothing decays, the
            second where nothing visible does.

        >>> from zputils.experiments.predicted import SHIP_BREMSSTRAHLUNG
        >>> from zputils import ZPrime
        >>> kernel = SHIP_BREMSSTRAHLUNG.kernel(np.array([0.05, 0.1]))
        >>> b, log_t, log_scale = kernel.beam(kernel.rates(ZPrime.dark_photon()))
        >>> b.momenta.shape, log_t.shape
        ((2, 24), (2,))
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            log_width = np.log(rates.whole)
            visible = np.log(rates.seen) - log_width
            log_t = log_width + np.log(self.known_m / HBAR_C)
            log_scale = np.where(np.isneginf(log_t), -np.inf, np.log(self.dump.exposure) + visible - log_t)
        momenta, weights = np.broadcast_arrays(rates.momenta, rates.produced)
        shape = np.broadcast_shapes(log_t.shape, weights.shape[:-1])
        p, w = (np.broadcast_to(x, (*shape, x.shape[-1])).reshape(-1, x.shape[-1]) for x in (momenta, weights))
        beam = Beam(p, w, self.dump.geometry.shield, self.dump.geometry.decay)
        return beam, np.broadcast_to(log_t, shape), np.broadcast_to(log_scale, shape)

    def log_count(self, model: Couplings, g: ArrayLike) -> NDArray:
        """ln of events over those needed at couplings g, which broadcast against m; -inf where there are none.

        :param model: the Z'.
        :param g: the reference coupling.
        :returns: of the broadcast shape.

        >>> from zputils.experiments.predicted import SHIP_BREMSSTRAHLUNG
        >>> from zputils import ZPrime
        >>> kernel = SHIP_BREMSSTRAHLUNG.kernel(np.array([0.1, 0.1]))
        >>> n = 2.3 * np.exp(kernel.log_count(ZPrime.dark_photon(), [1e-7, 1e-5]))
        >>> [f"{x:.1e}" for x in n]
        ['2.6e+01', '5.5e+06']
        """
        m, known, need, g = np.broadcast_arrays(self.m, self.known_m, self.log_events, np.asarray(g, float))
        one_by_one = Counted(m, need, self.dump, known)
        b, log_t, log_scale = one_by_one.beam(one_by_one.rates(model))
        log_t, log_scale, g = np.broadcast_arrays(log_t, log_scale, g)
        number = b.log_number((log_t + 2 * np.log(g)).ravel()).reshape(log_t.shape)
        return np.where(np.isneginf(log_scale), -np.inf, log_scale + number) - need

    def region(self, model: Couplings) -> Region:
        """The couplings that give at least the events needed.

        It is one interval unless the number of events has two maxima with too few in between
        (`zputils.physics.spectrum`).

        :param model: the Z'.

        >>> from zputils.experiments.predicted import SHIP_BREMSSTRAHLUNG
        >>> from zputils import ZPrime
        >>> region = SHIP_BREMSSTRAHLUNG.kernel(np.array([0.1])).region(ZPrime.dark_photon())
        >>> f"{region.lower[0, 0]:.1e} to {region.upper[0, 0]:.1e}"
        '5.5e-08 to 3.1e-05'
        """
        return self.solved(self.rates(model))

    def solved(self, rates: Rates) -> Region:
        """As `region`, of a model whose rates are known.

        :param rates: of `rates`.

        >>> from zputils.experiments.predicted import FASER_2
        >>> from zputils import ZPrime
        >>> kernel = FASER_2.kernel(np.array([0.1]))
        >>> kernel.solved(kernel.rates(ZPrime(mu=1.0))).empty
        True
        """
        b, log_t, log_scale = self.beam(rates)
        edges = b.crossings((self.log_events - log_scale).ravel())
        pairs = zip(*(np.moveaxis(np.exp((edge.reshape(*log_t.shape, -1) - log_t[..., None]) / 2), -1, 0)
                      for edge in edges), strict=True)
        return Region.of(self.m, *pairs)

    def with_tips(self, model: Couplings) -> Region:
        """As `region`: masses between two rows, where the edges meet, are not added.

        :param model: the Z'.

        >>> from zputils.experiments.predicted import FASER_2
        >>> from zputils import ZPrime
        >>> FASER_2.kernel(np.array([0.1])).with_tips(ZPrime.dark_photon()).m.tolist()
        [0.1]
        """
        return self.region(model)
