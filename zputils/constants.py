"""Masses, couplings and unit conversions. Natural units: GeV.

Particle masses come from the `particle` package (Review of Particle Physics tables), universal
constants from `scipy.constants` (CODATA).
"""

from math import pi, sqrt

from particle import Particle
from scipy import constants as codata


def _mass(name):
    """Mass in GeV of a particle by its PDG name; `particle` keeps MeV."""
    return Particle.from_name(name).mass * 1e-3


M_E = _mass("e-")
M_MU = _mass("mu-")
M_TAU = _mass("tau-")
M_PROTON = _mass("p")
M_NEUTRON = _mass("n")
M_PI = _mass("pi+")
M_PI0 = _mass("pi0")
M_ETA = _mass("eta")
M_RHO = _mass("rho(770)0")
M_OMEGA = _mass("omega(782)")
M_PHI = _mass("phi(1020)")
M_D = _mass("D0")
M_B = _mass("B+")
M_Z = _mass("Z0")

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
