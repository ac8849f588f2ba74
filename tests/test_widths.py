"""What is asked of a model is asked once: a reach, a limit, a reason compute the widths at their masses one time."""

from collections import Counter

import numpy as np
import pytest

from zputils import FASER, SEAQUEST, SHIP, ZPrime, bounds
from zputils.experiments.predicted import FASER_2, SHIP_ALL
from zputils.methods import stacked
from zputils.methods.counting import Counting
from zputils.methods.thermal import LightThermal
from zputils.physics import decays
from zputils.physics.models import ZPrimes

M = np.geomspace(0.02, 0.2, 7)
MODELS = {"photon": ZPrime.dark_photon(), "muonic": ZPrime.muonic(g_nu=0.1),
          "dark": ZPrime.dark_photon().with_channel("chi", 1e-14, scales=False),
          "many": ZPrimes.of([ZPrime.dark_photon(), ZPrime.b_minus_l()])}
SEARCHES = [bound for bound in bounds.register().values() if not isinstance(bound, (Counting, LightThermal))]


@pytest.fixture
def asked(monkeypatch):
    """{(model, masses): how often its widths were computed}, filled while the test runs."""
    found, plain = Counter(), decays.partial_widths

    def counted(model, m, shift=0.0):
        found[id(model), np.asarray(m, float).tobytes(), shift] += 1
        return plain(model, m, shift)

    monkeypatch.setattr(decays, "partial_widths", counted)
    return found


@pytest.mark.parametrize("bound", SEARCHES, ids=lambda bound: bound.name)
def test_a_kernel_asks_once(bound, asked):
    for name, model in MODELS.items():
        kernel = bound.kernel(M)
        asked.clear()
        kernel.region(model)
        assert sum(count for (owner, *_), count in asked.items() if owner == id(model)) <= 1, name


@pytest.mark.parametrize("bound", SEARCHES, ids=lambda bound: bound.name)
def test_a_region_with_its_tips_and_a_reason_ask_once(bound, asked):
    for question in (bound.region, bound.why_not):
        question(MODELS["photon"])  # the published edge is kept from now on
        asked.clear()
        question(MODELS["muonic"])
        assert max(asked.values(), default=0) <= 1


@pytest.mark.parametrize("dump", [SHIP, SEAQUEST, FASER, SHIP_ALL, FASER_2], ids=lambda dump: dump.name)
def test_a_dump_asks_once(dump, asked):
    dump.reach(MODELS["muonic"], M)
    for question in (dump.reach, lambda model, m: dump.events(model, m, 1e-5), lambda model, m: dump.why_not(model)):
        asked.clear()
        question(MODELS["muonic"], M)
        assert set(asked.values()) == {1}


def test_a_stack_asks_for_none(asked):
    searches = [bound for bound in SEARCHES if bound.stacks]
    stack = stacked.Stacked.of([bound.kernel(M) for bound in searches])
    asked.clear()
    stack.regions(MODELS["muonic"])
    assert not asked
