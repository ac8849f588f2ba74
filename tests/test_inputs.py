"""Each bound declares what it reads from data/; here it is seen reading it."""

import functools
import gc
import sys
from pathlib import Path

import numpy as np
import pytest

from zputils import ZPrime, bounds, curves
from zputils.paths import DATA

# Quarks that couple like the photon's (by a loop), in no such way without and with a rho, and not at all.
MODELS = (ZPrime.muonic(g_nu=0.1), ZPrime.all_fermions(), ZPrime(e=1.0, mu=1.0, nu_mu=1.0, u=1.0),
          ZPrime.universal_leptons())
opened = set()


def _watch(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and DATA in (path := Path(arguments[0])).parents:
        opened.add(path.relative_to(DATA).as_posix())


sys.addaudithook(_watch)  # sees every file that Python opens, whoever asks


@functools.cache
def caches(modules):
    """The package's caches, looked for again when there are more modules."""
    return [found for found in gc.get_objects() if isinstance(found, functools._lru_cache_wrapper)
            and found.__module__.startswith("zputils")]


def forget():
    """Nothing in the package's caches, nothing opened yet."""
    for cached in caches(len(sys.modules)):
        cached.cache_clear()
    opened.clear()


def read_names():
    """Catalogue names of the files opened since `forget`; a file that is not in the catalogue goes by its path."""
    names = curves.catalogue().reset_index().set_index("file").name
    return {names.get(file, file) for file in opened - {"catalogue.csv"}}


@pytest.mark.slow
@pytest.mark.parametrize("name", bounds.register())
def test_a_bound_reads_what_it_declares(name):
    read = set()
    for model in MODELS:
        forget()
        bound = bounds.get(name)
        if bound.why_not(model) is None:
            bound.region(model)
            bound.region(model, np.geomspace(1e-3, 5, 30))
            assert read_names() == set(bound.needs(model)), model
            read |= read_names()
    assert read == set(bound.inputs)


def test_a_curve_is_seen_once_its_cache_is_cleared():
    forget()
    curves.load("NA64mu_Andreev2024klw")
    assert read_names() == {"NA64mu_Andreev2024klw"}
    opened.clear()
    curves.load("NA64mu_Andreev2024klw")
    assert not read_names()


def test_inputs_are_named_once_and_in_the_catalogue():
    for bound in bounds.register().values():
        assert len(set(bound.inputs)) == len(bound.inputs)
        assert set(bound.inputs) <= set(curves.names())


def test_every_bound_says_at_what_level_it_excludes():
    levels = {name: bound.confidence for name, bound in bounds.register().items()}
    assert levels["BaBar 4mu"] == "90 %" and levels["CMS 4mu"] == levels["CCFR"] == "95 %"
    assert levels["SeaQuest"] == "10 events" and levels["COHERENT future"] == "90 %"
    assert levels["BBN+CMB"] == "2 sigma (Delta chi2 = 4)"
    assert all(levels.values())
