"""Many searches in one evaluation: what each of them gives, on models drawn at random and on hard ones."""

import numpy as np
import pytest

from zputils import ZPrime, bounds
from zputils.constants import ALPHA, CHARGE, E_CHARGE
from zputils.methods import stacked
from zputils.methods.bound import MASSES, MassWarning
from zputils.methods.events import Events
from zputils.methods.n_eff import DecaysToElectrons
from zputils.physics import decays, forms, mechanisms
from zputils.physics.hadrons import channel_ratio
from zputils.physics.models import FERMIONS, QUARKS

RNG = np.random.default_rng(1)


def random_model():
    """Couplings over eight decades, of either sign, a third of them 0."""
    return ZPrime(**{f: float(RNG.choice([-1, 0, 1]) * 10 ** RNG.uniform(-8, 0)) for f in FERMIONS})


def nearly_photon_like(off):
    quarks = {q: CHARGE[q] * E_CHARGE for q in QUARKS}
    return ZPrime(e=-E_CHARGE, mu=-E_CHARGE, **(quarks | {"d": quarks["d"] * (1 + off)}))


HARD = {"nothing": ZPrime(), "dark photon": ZPrime.dark_photon(), "B - L": ZPrime.b_minus_l(),
        "muonic": ZPrime.muonic(g_nu=0.1), "bare": ZPrime.muonic(loop=False), "strange": ZPrime(s=1.0, e=1.0),
        "charm": ZPrime(c=1.0, mu=1.0), "protophobic": ZPrime(e=0.1, u=-1 / 3, d=2 / 3, s=2 / 3),
        "inside": nearly_photon_like(5e-3), "outside": nearly_photon_like(5e-2),
        "tiny": 1e-20 * ZPrime.all_fermions()}
MODELS = HARD | {f"random {i}": random_model() for i in range(20)}
CANCELLING = 1e-9  # where the widths to hadrons of a model nearly cancel, the order of the sum shows
BOUNDS = list(bounds.register().values())
SEARCHES = [bound for bound in BOUNDS if bound.stacks]



def test_what_stacks_has_a_kernel_that_does():
    for bound in BOUNDS:
        events = isinstance(bound.kernel(bound.masses[:1]), Events) and not isinstance(bound, DecaysToElectrons)
        assert bound.stacks == events, bound.name


def the_same_width(form, size, model, expected):
    """Up to rounding in the largest terms of the sum."""
    pairs, rows = forms.products(model), forms.matrix(form, size)
    assert np.all(abs(pairs @ rows - expected) <= 1e-14 * (abs(pairs) @ abs(rows)))


@pytest.fixture(params=MODELS)
def name(request):
    return request.param


@pytest.fixture
def model(name):
    return MODELS[name]


def test_widths_are_forms(model):
    m = np.geomspace(1e-3, 100, 300)
    by_channel = forms.channels(m)
    for channel, width in decays.partial_widths(model, m).items():
        the_same_width(by_channel[channel], m.size, model, width)
    low = m[m < 1.75]
    pions = ALPHA * low / 3 * channel_ratio(model, low, "pi+_pi-")
    the_same_width(forms.channels(low)["pi+_pi-"], low.size, model, pions)


@pytest.mark.parametrize("mechanism", mechanisms.MECHANISMS)
def test_production_is_a_sum_of_squares(mechanism):
    m = np.geomspace(1e-3, 10, 100)
    squares = forms.Squares.of(lambda model: 3 * mechanisms.mechanism_ratio(model, m, mechanism), m)
    for model in MODELS.values():
        np.testing.assert_allclose(squares(model, m.size), 3 * mechanisms.mechanism_ratio(model, m, mechanism),
                                   rtol=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("m", [None, MASSES], ids=["own masses", "common masses"])
def test_all_at_once_is_one_by_one(name, model, m):
    rtol = CANCELLING if name == "protophobic" else 1e-12
    for bound, together in zip(SEARCHES, stacked.regions(SEARCHES, model, m), strict=True):
        alone = bound.region(model, m)
        for side in ("m", "lower", "upper"):
            np.testing.assert_allclose(getattr(together, side), getattr(alone, side), rtol=rtol, err_msg=bound.name)


def test_most_bounds_are_stacked():
    assert len(SEARCHES) > 0.8 * len(BOUNDS)


def test_beyond_the_top_quark_each_bound_answers_for_itself():
    model, m = ZPrime.muonic(loop=False), np.array([400.0])
    searches = [bounds.get("BaBar 4mu"), bounds.get("SHiP")]
    with pytest.warns(MassWarning):
        for bound, region in zip(searches, stacked.regions(searches, model, m), strict=True):
            np.testing.assert_array_equal(region.lower, bound.region(model, m).lower)


def test_many_models_are_answered_bound_by_bound():
    from zputils.physics.models import ZPrimes

    both = ZPrimes.of([ZPrime.dark_photon(), ZPrime.b_minus_l()])
    (region,) = stacked.regions([bounds.get("BaBar")], both, np.array([0.5, 1.0]))
    assert region.lower.shape == (1, 2, 2)
