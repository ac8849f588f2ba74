"""Elastic neutrino scattering: on electrons (Borexino, CHARM II) and CEvNS at the SNS (COHERENT)."""

from .cevns import (
    COHERENT_CSI,
    COHERENT_FUTURE,
    COHERENT_FUTURE_AR,
    COHERENT_FUTURE_NAI,
    NUCLEI,
    StoppedPions,
    cevns,
    coherent_future,
)
from .counting import CountingExperiment, Together
from .nu_electron import BOREXINO, BOREXINO_EXCESS, CHARM_II, MuonNeutrinoBeams, SolarNeutrinos, at_excess, nu_electron

__all__ = ["BOREXINO", "BOREXINO_EXCESS", "CHARM_II", "COHERENT_CSI", "COHERENT_FUTURE", "COHERENT_FUTURE_AR",
           "COHERENT_FUTURE_NAI", "NUCLEI", "CountingExperiment", "MuonNeutrinoBeams", "SolarNeutrinos",
           "StoppedPions", "Together", "at_excess", "cevns", "coherent_future", "nu_electron"]
