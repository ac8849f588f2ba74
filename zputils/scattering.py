"""Elastic neutrino scattering: on electrons (Borexino, CHARM II, TEXONO) and on nuclei (COHERENT)."""

from .methods.counting import CountingExperiment, at_excess
from .methods.neutrino_beams import CHARM_II, MuonNeutrinoBeams
from .methods.reactor import TEXONO, ReactorNeutrinos
from .methods.solar import BOREXINO, BOREXINO_EXCESS, SolarNeutrinos
from .methods.stopped_pions import (
    COHERENT_CSI,
    COHERENT_FUTURE,
    COHERENT_FUTURE_AR,
    COHERENT_FUTURE_NAI,
    SYSTEMATICS,
    StoppedPions,
    coherent_future,
)
from .methods.together import Together
from .physics.nu_electron import nu_electron
from .physics.nuclei import NUCLEI, cevns

__all__ = ["BOREXINO", "BOREXINO_EXCESS", "CHARM_II", "COHERENT_CSI", "COHERENT_FUTURE", "COHERENT_FUTURE_AR",
           "COHERENT_FUTURE_NAI", "NUCLEI", "SYSTEMATICS", "TEXONO", "CountingExperiment", "MuonNeutrinoBeams",
           "ReactorNeutrinos", "SolarNeutrinos", "StoppedPions", "Together", "at_excess", "cevns", "coherent_future",
           "nu_electron"]
