"""Masses, couplings and unit conversions. Natural units: GeV.

Particle masses come from the `particle` package (Review of Particle Physics tables), universal
constants from `scipy.constants` (CODATA).
"""

from math import pi, sqrt

from particle import Particle
from scipy import constants as codata


def _mass(pdgid):
    """Mass in GeV of a particle by its PDG number, which is found 10^4 times faster than a name; `particle` has MeV."""
    return Particle.from_pdgid(pdgid).mass * 1e-3


M_E = _mass(11)
M_MU = _mass(13)
M_TAU = _mass(15)
M_PROTON = _mass(2212)
M_NEUTRON = _mass(2112)
M_PI = _mass(211)
M_PI0 = _mass(111)
M_KAON = _mass(321)
M_KAON0 = _mass(311)
M_ETA = _mass(221)
M_RHO = _mass(113)
M_OMEGA = _mass(223)
M_PHI = _mass(333)
M_K = _mass(321)
M_D = _mass(421)
M_DPLUS = _mass(411)
M_DS = _mass(431)
M_B = _mass(521)
# Charm and bottom quarks in the MS-bar scheme at their own mass, top from its decays.
M_CHARM, M_BOTTOM, M_TOP = _mass(4), _mass(5), _mass(6)
M_Z = _mass(23)

CHARGED_LEPTON_MASS = {"e": M_E, "mu": M_MU, "tau": M_TAU}

ALPHA = codata.fine_structure
E_CHARGE = sqrt(4 * pi * ALPHA)  # the positron's charge, 0.30282

# Fermi constant in GeV^-2 (CODATA lists G_F/(hbar c)^3 in GeV^-2).
G_FERMI = codata.value("Fermi coupling constant")

# sin^2 theta_W: MS-bar at m_Z for mixing with the Z, and at zero momentum for neutrino scattering
# (Review of Particle Physics 2020, Electroweak model review, table 10.2 and Eq. 10.18 with kappa(0)).
SIN2_W = 0.23121
SIN2_W_LOW = 0.2386
COS_W = sqrt(1 - SIN2_W)
G_Z = E_CHARGE / sqrt(SIN2_W * (1 - SIN2_W))  # g/c_W

HBAR_C = codata.hbar * codata.c / codata.e * 1e-9  # GeV m
HBAR = codata.hbar / codata.e * 1e-9  # GeV s
SPEED_OF_LIGHT = codata.c  # m/s
GEV2_TO_CM2 = (HBAR_C * 100) ** 2  # one GeV^-2 in cm^2
FERMI = 1e-15 / HBAR_C  # one femtometre in GeV^-1
ATOMIC_MASS_UNIT = codata.value("atomic mass constant energy equivalent in MeV") * 1e-3
AVOGADRO = codata.Avogadro

# Electric charge and weak isospin T3 of the left-handed field, for every fermion a Z' may couple to.
CHARGE = {"e": -1.0, "mu": -1.0, "tau": -1.0, "nu_e": 0.0, "nu_mu": 0.0, "nu_tau": 0.0,
          "u": 2 / 3, "d": -1 / 3, "s": -1 / 3, "c": 2 / 3, "b": -1 / 3}
ISOSPIN = {"e": -0.5, "mu": -0.5, "tau": -0.5, "nu_e": 0.5, "nu_mu": 0.5, "nu_tau": 0.5,
           "u": 0.5, "d": -0.5, "s": -0.5, "c": 0.5, "b": -0.5}
