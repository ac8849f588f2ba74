"""`|M|^2` of nu_mu N -> nu_mu mu- mu+ N at tree level: the weak contact interaction and one photon::

    M = G_F/sqrt2 e^2/Q^2 J_beta j_alpha L^{alpha beta},
    L^{alpha beta} = ubar(p-) [gamma^beta S(p- - q) Gamma^alpha + Gamma^alpha S(q - p+) gamma^beta] v(p+),

with the left-handed neutrino current j, the hadronic current J and Gamma^alpha = gamma^alpha (C_V - C_A gamma5), so
`|M|^2` = C_V^2 VV + C_A^2 AA - 2 C_V C_A VA. VA is odd in the exchange of the muons and integrates to zero.
A vector Z' adds g_mu g_nu/(sqrt2 G_F (m^2 + K^2)) to C_V. (arXiv:1406.2332, 1807.10973)
"""

import numpy as np
from numpy.typing import NDArray

from ..constants import ALPHA, G_FERMI, M_MU, SIN2_W_LOW
from .scatterer import Scatterer
from .trident_kinematics import METRIC, Points, dot, vector

# L = -G_F/sqrt2 [nubar gamma (1 - gamma5) nu][mubar gamma (C_V - C_A gamma5) mu], W and Z exchange together.
C_V = 0.5 + 2 * SIN2_W_LOW
C_A = 0.5

_SIGMA = np.array([np.eye(2), [[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]]])
_ZERO = np.zeros((2, 2))
GAMMA = np.array([np.block([[_ZERO, s], [sign * s, _ZERO]]) for sign, s in zip(METRIC, _SIGMA, strict=True)])
GAMMA_5 = np.diag([-1, -1, 1, 1])


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

    >>> from zputils.physics.scatterer import nucleus
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

    >>> from zputils.physics.scatterer import nucleus
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

    >>> from zputils.physics.scatterer import nucleus
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

    >>> from zputils.physics.scatterer import nucleus
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
