"""Elastic neutrino scattering: solar neutrinos on electrons (Borexino) and CEvNS at the SNS (COHERENT)."""

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
from .counting import AnyOf, CountingExperiment
from .nu_electron import BOREXINO, SolarNeutrinos, nu_electron

__all__ = ["BOREXINO", "COHERENT_CSI", "COHERENT_FUTURE", "COHERENT_FUTURE_AR", "COHERENT_FUTURE_NAI", "NUCLEI",
           "AnyOf", "CountingExperiment", "SolarNeutrinos", "StoppedPions", "cevns", "coherent_future", "nu_electron"]
