"""Models by name: classmethods that `zputils.ZPrime` inherits."""

from typing import TYPE_CHECKING, Any, Self, overload

from .. import checks
from ..constants import CHARGE, COS_W, E_CHARGE, M_TAU, M_Z
from .couplings import CHARGED_LEPTONS, FERMIONS, NEUTRINOS, QUARKS
from .mixing import LoopMixing, Mixing, loop_couplings
from .running import Running

LOOPS = (True, False, "one-loop")
_LATEX = {"e": "e", "mu": r"\mu", "tau": r"\tau"}


class Presets:
    """Models by name.

    `loop` is True for the couplings a loop induces at zero momentum (Eq. 2.12), "one-loop" for the same loop at the
    momentum it has (`zputils.physics.loop_mixing`), and False for none.

    >>> from zputils import ZPrime
    >>> issubclass(ZPrime, Presets)
    True
    """

    if TYPE_CHECKING:  # what the class has that these are mixed into
        def __init__(self, **fields: Any) -> None: ...

        def with_right_handed_neutrinos(self) -> Self: ...

    @overload
    @classmethod
    def muonic(cls, g_nu: float = 0.0, loop: bool = True, scale: float = M_TAU) -> Self: ...

    @overload
    @classmethod
    def muonic(cls, g_nu: float = 0.0, *, loop: str, scale: float = M_TAU) -> Running: ...

    @classmethod
    def muonic(cls, g_nu: float = 0.0, loop: bool | str = True, scale: float = M_TAU) -> Self | Running:
        """g_mu = 1, g_nu_mu = `g_nu`; electron and quarks at the loop-induced level unless `loop` is False.

        The tau's mass gives Eq. 2.12, another one the size of Eq. 2.11. With loop = "one-loop" the tau loop itself does
        it where `scale` is the tau's mass, as in L_mu - L_tau.

        :param g_nu: g_nu/g_mu.
        :param loop: True for the constant of Eq. 2.12, "one-loop" for the mixing at the momentum of the Z', False for
            none.
        :param scale: GeV, where the loop is cut off.

        >>> from zputils import ZPrime
        >>> model = ZPrime.muonic(g_nu=0.1)
        >>> model.mu, model.nu_mu, f"{model.e:.2e}"
        (1.0, 0.1, '-4.37e-03')
        >>> f"{ZPrime.muonic(scale=1e3).e / model.e:.2f}"  # Lambda = 1 TeV
        '3.24'
        """
        induced = loop_couplings(scale) if _loop(loop) is True else {}
        model = cls(mu=1.0, nu_mu=g_nu, **induced, name=rf"muonic, $g_\nu/g_\mu={g_nu:g}$", reference=r"$g_\mu$")
        if loop != "one-loop":
            return model
        if scale == M_TAU:
            return Running(model, ((1.0, LoopMixing((("mu", 1.0), ("tau", -1.0)))),))
        return Running(model, ((1.0, LoopMixing((("mu", 1.0),), float(checks.mass(scale, name="scale")))),))

    @classmethod
    def l_mu_minus_l_tau(cls, loop: bool | str = True) -> Self | Running:
        """Gauged L_mu - L_tau; electron and quarks at the loop-induced level (Eq. 2.12) unless `loop` is False.

        :param loop: as `muonic`.

        >>> from zputils import ZPrime
        >>> model = ZPrime.l_mu_minus_l_tau(loop=False)
        >>> model.mu, model.tau, model.nu_mu, model.nu_tau
        (1.0, -1.0, 1.0, -1.0)
        >>> f"{abs(ZPrime.l_mu_minus_l_tau(loop='one-loop').at(2.0).e / ZPrime.l_mu_minus_l_tau().e):.2f}"
        '0.59'
        """
        return _difference(cls, "mu", "tau", loop)

    @classmethod
    def l_e_minus_l_mu(cls, loop: bool | str = True) -> Self | Running:
        """Gauged L_e - L_mu; the tau and quarks get what the loop of electrons and muons induces.

        At zero momentum its logarithm is ln(m_e^2/m_mu^2), which shrinks as soon as the momentum exceeds m_e.

        :param loop: as `muonic`.

        >>> from zputils import ZPrime
        >>> model, constant = ZPrime.l_e_minus_l_mu(loop="one-loop"), ZPrime.l_e_minus_l_mu()
        >>> constant.e, constant.mu, f"{constant.proton:.2e}"
        (1.0, -1.0, '8.26e-03')
        >>> f"{abs(model.at(0.1).proton / constant.proton):.2f}"
        '0.33'
        """
        return _difference(cls, "e", "mu", loop)

    @classmethod
    def l_e_minus_l_tau(cls, loop: bool | str = True) -> Self | Running:
        """Gauged L_e - L_tau; the muon and quarks get what the loop of electrons and taus induces.

        :param loop: as `muonic`.

        >>> from zputils import ZPrime
        >>> model = ZPrime.l_e_minus_l_tau()
        >>> f"{model.mu:.2e}", f"{model.proton:.2e}"
        ('-1.26e-02', '1.26e-02')
        """
        return _difference(cls, "e", "tau", loop)

    @classmethod
    def dark_photon(cls, hypercharge: bool = False) -> Self:
        """g_f = epsilon e Q_f per unit of epsilon, the mixing with the photon (Eq. 2.8 with the sign of the charge).

        With `hypercharge` the reference is the mixing with U(1)_Y, varepsilon = epsilon/c_W (Eq. 2.7), as the paper
        reads SHiP's: g_f = varepsilon c_W e Q_f (Sec. 3.3).

        :param hypercharge: whether the reference is the mixing with U(1)_Y.

        >>> from zputils import ZPrime
        >>> f"{ZPrime.dark_photon().proton:.3f}"  # the positron's charge
        '0.303'
        """
        scale, letter = (E_CHARGE * COS_W, r"$\varepsilon$") if hypercharge else (E_CHARGE, r"$\epsilon$")
        return cls(**{f: scale * q for f, q in CHARGE.items()}, name="dark photon", reference=letter)

    @classmethod
    def universal_leptons(cls) -> Self:
        """The same coupling to e, mu, tau and the three neutrinos, none to quarks (Fig. 2.2, lower left).

        >>> from zputils import ZPrime
        >>> ZPrime.universal_leptons().nu_tau, ZPrime.universal_leptons().proton
        (1.0, 0.0)
        """
        return cls(**dict.fromkeys(CHARGED_LEPTONS + NEUTRINOS, 1.0), name="universal leptons")

    @classmethod
    def all_fermions(cls) -> Self:
        """The same coupling to every fermion (Fig. 2.2, lower right).

        >>> from zputils import ZPrime
        >>> set(ZPrime.all_fermions().couplings.values())
        {1.0}
        """
        return cls(**dict.fromkeys(FERMIONS, 1.0), name="all fermions")

    @classmethod
    def b_minus_l(cls, dirac: bool = False) -> Self:
        """Gauged B - L; with `dirac` the neutrinos are Dirac particles, whose right-handed parts have the same charge.

        :param dirac: whether neutrinos have right-handed parts.

        >>> from zputils import ZPrime
        >>> round(ZPrime.b_minus_l().neutron, 6), ZPrime.b_minus_l().nu_e
        (1.0, -1.0)
        >>> [channel.name for channel in ZPrime.b_minus_l(dirac=True).channels]
        ['nu_R']
        """
        leptons, quarks = dict.fromkeys(CHARGED_LEPTONS + NEUTRINOS, -1.0), dict.fromkeys(QUARKS, 1 / 3)
        model = cls(**leptons, **quarks, name="$B-L$")
        return model.with_right_handed_neutrinos() if dirac else model

    @classmethod
    def mixed(cls, epsilon: float = 0.0, theta: float = 0.0, m: float | None = None) -> Self | Running:
        """Kinetic and mass mixing (Eqs. 2.4-2.6), vector and axial parts of charged leptons, at the mass of the Z'.

        The axial part of quarks is left out.

        :param epsilon: mixing with the photon.
        :param theta: mass mixing angle.
        :param m: None for couplings that follow the mass of the Z', one mass in GeV to fix them at its r_m, 0 for the
            light limit r_m = 0.
        :raises ValueError: at the mass of the Z.

        >>> from zputils import ZPrime
        >>> model = ZPrime.mixed(epsilon=1e-3)
        >>> [f"{e / E_CHARGE:.4e}" for e in model.at([0.1, 10.0]).e]
        ['1.0000e-03', '1.0003e-03']
        >>> abs(ZPrime.mixed(epsilon=1e-3, m=0).nu_e)  # the light limit couples to charge
        0.0
        """
        part = Mixing(float(checks.number("epsilon", epsilon)), float(checks.number("theta", theta)))
        if m is None:
            return Running(cls(name="mixed", reference="1"), ((1.0, part),))
        r_m = checks.number("m [GeV]", m, 0)
        if r_m == M_Z:
            raise ValueError(f"m = {M_Z:g} GeV is the Z mass, where the mixing formulas (Eqs. 2.4-2.6) diverge")
        return cls(**part.of(r_m**2 / M_Z**2), name="mixed", reference="1")


def _loop(loop):
    if loop not in LOOPS:
        raise ValueError(f"loop = {loop!r} must be True, False or 'one-loop'")
    return loop


def _difference(cls, first, second, loop):
    """L_first - L_second, its loop inducing the couplings of quarks and of the lepton that has no charge."""
    name = f"$L_{_LATEX[first]}-L_{_LATEX[second]}$"
    (third,) = set(CHARGED_LEPTONS) - {first, second}
    part = LoopMixing(((first, 1.0), (second, -1.0)), fermions=(third, *QUARKS))
    induced: dict[str, Any] = {}
    if _loop(loop) is True:
        induced = loop_couplings() if third == "e" else part.spacelike(1.0)
    charges = {first: 1.0, second: -1.0, f"nu_{first}": 1.0, f"nu_{second}": -1.0}
    model = cls(**charges, **induced, name=name, reference=f"$g_{_LATEX[first]}$")
    return Running(model, ((1.0, part),)) if loop == "one-loop" else model
