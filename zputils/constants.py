"""Masses, couplings and unit conversions. Natural units: GeV.

Masses of the Review of Particle Physics and universal constants of CODATA, as `zputils.measured` has them.
"""

from math import pi, sqrt

from .measured import CONSTANTS, MASSES

M_E = MASSES["electron"]
M_MU = MASSES["muon"]
M_TAU = MASSES["tau"]
M_PROTON = MASSES["proton"]
M_PI = MASSES["pi+"]
M_PI0 = MASSES["pi0"]
M_KAON = MASSES["K+"]
M_KAON0 = MASSES["K0"]
M_ETA = MASSES["eta"]
M_RHO = MASSES["rho"]
M_OMEGA = MASSES["omega"]
M_PHI = MASSES["phi"]
M_K = MASSES["K+"]
M_D = MASSES["D0"]
M_DPLUS = MASSES["D+"]
M_DS = MASSES["Ds"]
M_B = MASSES["B+"]
# Charm and bottom quarks in the MS-bar scheme at their own mass, top from its decays.
M_CHARM, M_BOTTOM, M_TOP = MASSES["charm"], MASSES["bottom"], MASSES["top"]
M_Z = MASSES["Z"]

CHARGED_LEPTON_MASS = {"e": M_E, "mu": M_MU, "tau": M_TAU}

ALPHA = CONSTANTS["fine structure"]
E_CHARGE = sqrt(4 * pi * ALPHA)  # the positron's charge, 0.30282

# Fermi constant in GeV^-2 (CODATA lists G_F/(hbar c)^3 in GeV^-2).
G_FERMI = CONSTANTS["Fermi [1/GeV^2]"]

# sin^2 theta_W: MS-bar at m_Z for mixing with the Z, and at zero momentum for neutrino scattering
# (Review of Particle Physics 2020, Electroweak model review, table 10.2 and Eq. 10.18 with kappa(0)).
SIN2_W = 0.23121
SIN2_W_LOW = 0.2386
COS_W = sqrt(1 - SIN2_W)
G_Z = E_CHARGE / sqrt(SIN2_W * (1 - SIN2_W))  # g/c_W

SPEED_OF_LIGHT = CONSTANTS["c [m/s]"]  # m/s
_HBAR, _CHARGE = CONSTANTS["hbar [J s]"], CONSTANTS["e [C]"]
HBAR_C = _HBAR * SPEED_OF_LIGHT / _CHARGE * 1e-9  # GeV m
HBAR = _HBAR / _CHARGE * 1e-9  # GeV s
GEV2_TO_CM2 = (HBAR_C * 100) ** 2  # one GeV^-2 in cm^2
FERMI = 1e-15 / HBAR_C  # one femtometre in GeV^-1
ATOMIC_MASS_UNIT = CONSTANTS["atomic mass [MeV]"] * 1e-3
AVOGADRO = CONSTANTS["Avogadro [1/mol]"]
PLANCK_MASS = CONSTANTS["Planck mass [GeV]"]

# Electric charge and weak isospin T3 of the left-handed field, for every fermion a Z' may couple to.
CHARGE = {"e": -1.0, "mu": -1.0, "tau": -1.0, "nu_e": 0.0, "nu_mu": 0.0, "nu_tau": 0.0,
          "u": 2 / 3, "d": -1 / 3, "s": -1 / 3, "c": 2 / 3, "b": -1 / 3}
ISOSPIN = {"e": -0.5, "mu": -0.5, "tau": -0.5, "nu_e": 0.5, "nu_mu": 0.5, "nu_tau": 0.5,
           "u": 0.5, "d": -0.5, "s": -0.5, "c": 0.5, "b": -0.5}
