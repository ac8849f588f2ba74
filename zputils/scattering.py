"""Elastic neutrino scattering: solar neutrinos on electrons (Borexino) and CEvNS at the SNS (COHERENT)."""

from .methods.counting import AnyOf, CountingExperiment
from .methods.solar import BOREXINO, SolarNeutrinos, nu_electron
from .methods.stopped_pions import (
    COHERENT_CSI,
    COHERENT_FUTURE,
    COHERENT_FUTURE_AR,
    COHERENT_FUTURE_NAI,
    NUCLEI,
    StoppedPions,
    cevns,
    coherent_future,
)

__all__ = ["BOREXINO", "COHERENT_CSI", "COHERENT_FUTURE", "COHERENT_FUTURE_AR", "COHERENT_FUTURE_NAI", "NUCLEI",
           "AnyOf", "CountingExperiment", "SolarNeutrinos", "StoppedPions", "cevns", "coherent_future", "nu_electron"]
