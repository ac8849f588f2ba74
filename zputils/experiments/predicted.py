"""Reaches that are predicted, not calibrated: dumps with a spectrum of momenta, an exposure and a number of events.

Each stands beside the one-momentum recipe of the same name in a file of its own here, which the figures draw; these are
not in the register.
"""

from dataclasses import replace

from ..methods.geometry import Geometry
from ..methods.muon_sources import MesonDecays, Muons
from ..methods.spectra import Bremsstrahlung, Tabulated, Together
from .faser import FASER
from .seaquest import SEAQUEST
from .ship import SHIP

# arXiv:2011.05115: 2e20 protons of 400 GeV, no background, a vessel of 50 m that begins about 50 m behind the target.
SHIP_BREMSSTRAHLUNG = replace(SHIP, geometry=replace(SHIP.geometry, shield=50), exposure=2e20, needed=2.3,
                              spectrum=Bremsstrahlung(400, pt_max=4.0))
SHIP_MESONS = Tabulated("spectrum_ship_mesons", ("pi0", "eta"))
SHIP_ALL = replace(SHIP_BREMSSTRAHLUNG, tables=("spectrum_ship_mesons",),
                   spectrum=Together((SHIP_BREMSSTRAHLUNG.spectrum, SHIP_MESONS)))

# arXiv:1804.00661: 1.44e18 protons of 120 GeV, ten events.
SEAQUEST_SPECTRUM = replace(SEAQUEST, exposure=1.44e18, needed=10, tables=("spectrum_seaquest",),
                            mass_range=(1.1e-3, 2.0), spectrum=Tabulated("spectrum_seaquest"))

# arXiv:1811.12522: 150/fb in a cylinder of 0.1 m radius and 1.5 m length, 3/ab in one of 1 m and 5 m; three events.
FASER_RUN_3 = replace(FASER, name="FASER Run 3", geometry=Geometry(480, 1.5, 3500), exposure=1.5e5, needed=3,
                      published="", mass_range=(1e-3, 2.0), tables=("spectrum_faser",),
                      spectrum=Tabulated("spectrum_faser"))
FASER_2 = replace(FASER, geometry=Geometry(480, 5, 3500), exposure=3e6, needed=3, mass_range=(1e-3, 2.0),
                  tables=("spectrum_faser2",), spectrum=Tabulated("spectrum_faser2"))

# What a muonic Z' has besides: decays of mesons to muons and bremsstrahlung of secondary muons, where there are tables.
MUONIC_RANGE, MUON_TABLES = (0.0101, 0.2), ("gmu_yields", "secondary_muons")
SHIP_MUONIC = replace(SHIP_ALL, mass_range=MUONIC_RANGE,
                      tables=(*SHIP_ALL.tables, *MUON_TABLES), spectrum=Together(
    (SHIP_ALL.spectrum, MesonDecays("gmu_yields", "SHiP"), Muons("SHiP"))))
SEAQUEST_MUONIC = replace(SEAQUEST_SPECTRUM, mass_range=MUONIC_RANGE,
                          tables=(*SEAQUEST_SPECTRUM.tables, *MUON_TABLES), spectrum=Together(
    (SEAQUEST_SPECTRUM.spectrum, MesonDecays("gmu_yields", "SeaQuest"), Muons("SeaQuest"))))
FASER_2_MUONIC = replace(FASER_2, mass_range=MUONIC_RANGE,
                         tables=(*FASER_2.tables, "gmu_yields_faser2"), spectrum=Together(
    (FASER_2.spectrum, MesonDecays("gmu_yields_faser2", "FASER2 23 m"))))
