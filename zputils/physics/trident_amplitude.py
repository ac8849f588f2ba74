"""`|M|^2` of nu_mu N -> nu_mu mu- mu+ N at tree level: the weak contact interaction and one photon::

    M = G_F/sqrt2 e^2/Q^2 J_beta j_alpha L^{alpha beta},
    L^{alpha beta} = ubar(p-) [gamma^beta S(p- - q) Gamma^alpha + Gamma^alpha S(q - p+) gamma^beta] v(p+),

with the left-handed neutrino current j, the hadronic current J and Gamma^alpha = gamma^alpha (C_V - C_A gamma5), so
`|M|^2` = C_V^2 VV + C_A^2 AA - 2 C_V C_A VA. VA is odd in the exchange of the muons and integrates to zero.
A vector Z' adds g_mu g_nu/(sqrt2 G_F (m^2 + K^2)) to C_V. (arXiv:1406.2332, 1807.10973)
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from .. import checks
from ..constants import ALPHA, ATOMIC_MASS_UNIT, FERMI, G_FERMI, M_MU, M_PROTON, SIN2_W_LOW
from .trident_kinematics import METRIC, Points, dot, vector

# L = -G_F/sqrt2 [nubar gamma (1 - gamma5) nu][mubar gamma (C_V - C_A gamma5) mu], W and Z exchange together.
C_V = 0.5 + 2 * SIN2_W_LOW
C_A = 0.5

FERMI_MOMENTUM = 0.235  # GeV, nucleons in a nucleus (arXiv:1807.10973)
DIPOLE_MASS2 = 0.71  # GeV^2
MOMENT_PROTON, MOMENT_NEUTRON = 2.793, -1.913  # nuclear magnetons

# Protons and nucleons of the targets; all have spin 0, as the coherent current assumes.
NUCLEI = {"Ar": (18, 40), "Fe": (26, 56)}

_SIGMA = np.array([np.eye(2), [[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]]])
_ZERO = np.zeros((2, 2))
GAMMA = np.array([np.block([[_ZERO, s], [sign * s, _ZERO]]) for sign, s in zip(METRIC, _SIGMA, strict=True)])
GAMMA_5 = np.diag([-1, -1, 1, 1])


# -- hadronic side -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scatterer:
    """What the photon couples to, at rest.

    :param name: of the target.
    :param mass: GeV.
    :param responses: q2 -> (R1, R2) of the spin-averaged tensor R1 (P + P')(P + P') + R2 (q^2 g - q q).
    :param q2_max: the largest Q^2 that matters, GeV^2.

    >>> nucleus("Ar").name, f"{nucleus('Ar').mass:.1f}"
    ('Ar', '37.3')
    """

    name: str
    mass: float
    responses: Callable
    q2_max: float


def form_factor(q2: NDArray, number: int) -> np.ndarray:
    """Charge form factor of a nucleus: the symmetrised Fermi distribution (arXiv:1807.10973).

    F = 3 pi a/(r0^2 + pi^2 a^2) [pi a coth(pi Q a) sin(Q r0) - r0 cos(Q r0)]/(Q r0 sinh(pi Q a)), r0 = 1.126 A^(1/3)
    fm, a = 0.523 fm.

    :param q2: GeV^2, > 0, any shape.
    :param number: of nucleons, A.
    :returns: of the shape of q2.

    >>> [f"{form_factor(q**2, number=40):.2f}" for q in (1e-3, 0.1, 0.2)]
    ['1.00', '0.57', '0.04']
    """
    r0, a = 1.126 * number ** (1 / 3) * FERMI, 0.523 * FERMI
    q = np.sqrt(checks.real("q2", q2, 0, open_low=True))
    x = np.pi * a * q
    bracket = np.pi * a * np.sin(q * r0) / np.tanh(x) - r0 * np.cos(q * r0)
    return 3 * np.pi * a / (r0**2 + (np.pi * a) ** 2) * bracket / (q * r0 * np.sinh(x))


def pauli_blocking(q2: NDArray) -> np.ndarray:
    """Fraction of nucleons in a Fermi gas that can take up q: 3/2 y - y^3/2, `y = min(|q|/2 k_F, 1)`.

    :param q2: Q^2 > 0, (n,) GeV^2.
    :returns: of the shape of q2.

    >>> pauli_blocking(np.array([0.01, 1.0])).round(2).tolist()
    [0.31, 1.0]
    """
    y = np.minimum(np.sqrt(q2 + (q2 / (2 * M_PROTON)) ** 2) / (2 * FERMI_MOMENTUM), 1)
    return y * (3 - y**2) / 2


def _nuclear_responses(q2, protons, number):
    """R1 = (Z F)^2, R2 = 0."""
    return (protons * form_factor(q2, number)) ** 2, 0.0


def _nucleon_responses(q2, protons, neutrons, blocked):
    """R1 = (G_E^2 + tau G_M^2)/(1 + tau), R2 = G_M^2, summed over nucleons; dipoles, G_E of the neutron 0."""
    tau, dipole2 = q2 / (4 * M_PROTON**2), (1 + q2 / DIPOLE_MASS2) ** -4.0
    dipole2 = dipole2 * (pauli_blocking(q2) if blocked else 1)
    magnetic = protons * MOMENT_PROTON**2 + neutrons * MOMENT_NEUTRON**2
    return dipole2 * (protons + tau * magnetic) / (1 + tau), dipole2 * magnetic


def nucleus(name: str) -> Scatterer:
    """Coherent scattering on a nucleus of `NUCLEI`; KeyError for a target without form factor.

    :param name: of `NUCLEI`.

    >>> coherent, _ = nucleus("Fe").responses(1e-6)
    >>> f"{coherent:.0f}"  # Z^2
    '676'
    """
    protons, number = NUCLEI[checks.choice("target", name, NUCLEI)]
    return Scatterer(name, number * ATOMIC_MASS_UNIT,
                     partial(_nuclear_responses, protons=protons, number=number), q2_max=1.0)


def nucleons(name: str, blocked: bool = True) -> Scatterer:
    """Incoherent scattering on the nucleons of a nucleus, `blocked` by the Pauli principle or free.

    :param name: of the nucleus.
    :param blocked: whether the Pauli principle acts.

    >>> electric, magnetic = nucleons("Ar", blocked=False).responses(1e-6)
    >>> f"{electric:.1f}"  # Z
    '18.0'
    """
    protons, number = NUCLEI[checks.choice("target", name, NUCLEI)]
    return Scatterer(f"{name} nucleons", M_PROTON,
                     partial(_nucleon_responses, protons=protons, neutrons=number - protons, blocked=blocked),
                     q2_max=20.0)


# -- leptonic side -------------------------------------------------------------------------------------


def slash(p: NDArray) -> np.ndarray:
    """gamma.p, (n, 4, 4), from contravariant components (n, 4).

    :param p: (n, 4), contravariant.
    :returns: (n, 4, 4).

    >>> p = slash(vector(5.0, 0.0, 0.0, [4.0]))
    >>> np.diag((p @ p)[0]).real.tolist()  # p.p
    [9.0, 9.0, 9.0, 9.0]
    """
    return np.einsum("nm,mij->nij", p * METRIC, GAMMA)


def _weyl(k):
    """Left-handed spinor of a massless k, (n, 2): chi chi^dagger = k.sigma."""
    chi = np.stack([-k[:, 1] + 1j * k[:, 2], (k[:, 0] + k[:, 3]).astype(complex)], axis=1)
    return chi / np.sqrt(k[:, 0] + k[:, 3])[:, None]


def neutrino_current(k: NDArray, k_out: NDArray) -> np.ndarray:
    """j^alpha = ubar(k') gamma^alpha (1 - gamma5) u(k) = 2 chi'^dagger sigmabar^alpha chi, (n, 4).

    :param k: four-momentum that comes in, (n, 4) GeV.
    :param k_out: the one that goes out, (n, 4) GeV.
    :returns: (n, 4, 4).

    >>> k = vector(1.0, 0.0, 0.0, [1.0])
    >>> np.abs(neutrino_current(k, k)).round(6).tolist()  # 4 k without scattering
    [[4.0, 0.0, 0.0, 4.0]]
    """
    return 2 * np.einsum("ni,mij,nj->nm", _weyl(k_out).conj(), _SIGMA, _weyl(k)) * METRIC


def muon_vertices(points: Points, polarisation: NDArray) -> tuple[np.ndarray, np.ndarray]:
    """What stands between ubar(p-) and v(p+) for C_V = 1 and C_A = -1, each (n, 4, 4); the photon is `polarisation`.

    :param points: of phase space.
    :param polarisation: (n, 4), of the virtual photon.
    :returns: (n, 4, 4) each.

    >>> from zputils.physics.trident_kinematics import sample
    >>> points = sample(np.full((1, 7), 0.5), 10.0, nucleus("Ar").mass)
    >>> [vertex.shape for vertex in muon_vertices(points, points.eps)]
    [(1, 4, 4), (1, 4, 4)]
    """
    q, m = points.q, M_MU * np.eye(4)
    eps, weak = slash(polarisation), slash(neutrino_current(points.k, points.k_out))
    minus = (slash(points.minus - q) + m) / -(points.q2 + 2 * dot(q, points.minus))[:, None, None]
    plus = (slash(q - points.plus) + m) / -(points.q2 + 2 * dot(q, points.plus))[:, None, None]
    first, last = eps @ minus @ weak, plus @ eps
    return first + weak @ last, first @ GAMMA_5 + weak @ GAMMA_5 @ last


def spin_sum(points: Points, left: NDArray, right: NDArray) -> np.ndarray:
    """Sum over muon spins of `(ubar left v)(ubar right v)^*`: Tr[(p-slash + m) left (p+slash - m) rightbar], (n,).

    :param points: of phase space.
    :param left: (n, 4, 4), between the spinors.
    :param right: (n, 4, 4), likewise.
    :returns: (n,).

    >>> from zputils.physics.trident_kinematics import sample
    >>> points = sample(np.full((1, 7), 0.5), 10.0, nucleus("Ar").mass)
    >>> vector_vertex, _ = muon_vertices(points, points.eps)
    >>> bool(spin_sum(points, vector_vertex, vector_vertex)[0] > 0)
    True
    """
    m = M_MU * np.eye(4)
    bar = GAMMA[0] @ right.conj().swapaxes(1, 2) @ GAMMA[0]
    return np.einsum("nij,nji->n", (slash(points.minus) + m) @ left, (slash(points.plus) - m) @ bar).real


def vv_aa(points: Points, polarisation: NDArray) -> np.ndarray:
    """Spin sums for C_V = 1 and for C_A = 1, (2, n).

    :param points: of phase space.
    :param polarisation: (n, 4), of the virtual photon.
    :returns: (2, n).

    >>> from zputils.physics.trident_kinematics import sample
    >>> points = sample(np.full((1, 7), 0.5), 10.0, nucleus("Ar").mass)
    >>> bool(np.all(np.abs(vv_aa(points, points.q)) < 1e-9 * vv_aa(points, points.eps)))  # gauge invariance
    True
    """
    return np.array([spin_sum(points, vertex, vertex) for vertex in muon_vertices(points, polarisation)])


def squared(points: Points, scatterer: Scatterer) -> np.ndarray:
    """Sum of `|M|^2` for (C_V, C_A) = (1, 0) and (0, 1), averaged over the target's spin, (2, n).

    G_F^2/2 (4 pi alpha)^2/Q^4 {4 R1 L(eps, eps) + R2 Q^2 [L(x, x) + L(y, y) - L(n, n) Q^2/W^2]}; the bracket is
    -g over the directions that q.L = 0 leaves, n = (1, 0, 0, 1).

    :param points: of phase space.
    :param scatterer: that is hit.
    :returns: (2, n).

    >>> from zputils.physics.trident_kinematics import sample
    >>> points = sample(np.full((1, 7), 0.5), 10.0, nucleus("Ar").mass, q2_max=1.0)
    >>> [f"{part:.1e}" for part in squared(points, nucleus("Ar"))[:, 0]]
    ['7.7e+00', '2.8e+01']
    """
    q2, (r1, r2) = points.q2, scatterer.responses(points.q2)
    total = 4 * r1 * vv_aa(points, points.eps)
    if np.any(r2):
        one = np.ones_like(q2)
        x, y, n = vector(0, one, 0, 0), vector(0, 0, one, 0), vector(one, 0, 0, one)
        total += r2 * q2 * (vv_aa(points, x) + vv_aa(points, y) - q2 / points.w2 * vv_aa(points, n))
    return (G_FERMI * 4 * np.pi * ALPHA / q2) ** 2 / 2 * total


def standard_model(vv: NDArray, aa: NDArray) -> np.ndarray:
    """C_V^2 VV + C_A^2 AA: the cross section or rate from those for C_V = 1 and for C_A = 1.

    :param vv: for C_V = 1, any shape.
    :param aa: for C_A = 1, of the same shape.
    :returns: C_V and C_A.

    >>> f"{standard_model(1.0, 1.0) - C_V**2:.2f}"
    '0.25'
    """
    return C_V**2 * vv + C_A**2 * aa
