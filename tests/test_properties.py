"""What holds for every model and mass, tried on models and masses that nobody chose, and on damaged files."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from zputils import FASER, SEAQUEST, SHIP, ZPrime, bounds, curves, readers
from zputils.experiments.ccfr import CCFR
from zputils.experiments.dune import DUNE
from zputils.methods import thermal
from zputils.methods.recast import Recast
from zputils.paths import DATA
from zputils.physics import decays, displaced, g_minus_2
from zputils.physics.models import FERMIONS

settings.register_profile("zputils", derandomize=True, deadline=None, max_examples=40, database=None,
                          suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("zputils")

SEARCHES = [bound for bound in bounds.register().values() if isinstance(bound, Recast)]
pytestmark = pytest.mark.filterwarnings("ignore::zputils.methods.bound.MassWarning")  # some masses are beyond some
DUMPS = (SHIP, SEAQUEST, FASER)
LIMITS = tuple(name for name, bound in bounds.register().items() if name != "BBN+CMB")


def powers(low, high):
    """Numbers that are even in ln between 10^low and 10^high."""
    return st.floats(low, high).map(lambda x: 10.0**x)


def couplings(low, high):
    """A sign and a size between 10^low and 10^high, or none."""
    return st.just(0.0) | powers(low, high) | powers(low, high).map(lambda x: -x)


def models(low=-3, high=2):
    return st.builds(ZPrime, **dict.fromkeys(FERMIONS, couplings(low, high)))


def masses(low=-2, high=0.128):
    """Masses that every dump takes, in no order."""
    return st.lists(powers(low, high), min_size=1, max_size=12).map(np.array)


anything = models(-300, 150) | models()


def same(found, expected, rtol=1e-9):
    """Equal to rtol, nan where the other is nan."""
    np.testing.assert_allclose(found, expected, rtol=rtol)


# -- every bound ------------------------------------------------------------------------------------------

@pytest.mark.slow
@example(ZPrime(mu=1e120, d=1e-123, c=1e120, b=1e120), np.array([1.0]))  # the quotient of the widths overflows,
@example(ZPrime(mu=1e78, s=1e78), np.array([1.0]))  # and production times partial width does
@given(anything, masses())
def test_every_bound_is_a_positive_interval_or_nothing(model, m):
    for name in LIMITS:
        for lower, upper in bounds.get(name).region(model, m).intervals:
            known = np.isfinite(lower)
            assert lower.shape == upper.shape == m.shape, name
            np.testing.assert_array_equal(np.isnan(lower), np.isnan(upper), name)
            assert np.isnan(lower[~known]).all() and (0 < lower[known]).all(), name
            assert (lower[known] <= upper[known]).all(), name


@given(anything)
def test_the_thermal_bound_is_a_mass_or_nothing(model):
    mass = bounds.get("BBN+CMB").mass(model)
    assert np.isnan(mass) == (model.e == 0 == model.nu)
    published = thermal.published().m_BBN_CMB_GeV
    assert np.isnan(mass) or published.min() <= mass <= published.max()


@settings(max_examples=15)
@given(models(), masses(), powers(-20, 20))
def test_every_bound_is_on_the_coupling_not_on_its_unit(model, m, unit):
    for name in LIMITS:
        one, other = (bounds.get(name).region(scaled, m) for scaled in (model, unit * model))
        same(unit * other.lower, one.lower, 1e-7)
        same(unit * other.upper, one.upper, 1e-7)


@pytest.mark.slow
@settings(max_examples=15)
@given(models(), masses())
def test_a_mass_alone_or_in_any_order_gives_the_same(model, m):
    order = np.random.default_rng(m.size).permutation(m.size)
    for name in LIMITS:
        together = np.array(bounds.get(name).region(model, m).intervals)
        same(np.array(bounds.get(name).region(model, m[order]).intervals), together[..., order], 1e-12)
        for i, mass in enumerate(m[:2]):
            same(np.squeeze(bounds.get(name).region(model, mass).intervals, -1), together[..., i], 1e-12)


@pytest.mark.slow
@settings(max_examples=15)
@given(models(), masses())
def test_signs_that_do_not_interfere_do_not_matter(model, m):
    """An overall sign never does; those of muon and tau only where neutrinos scatter by muon exchange."""
    for name in LIMITS:
        bound = bounds.get(name)
        same(bound.region(-1.0 * model, m).intervals, bound.region(model, m).intervals, 1e-12)
        if bound.references not in (CCFR.references, DUNE.references):
            flipped = replace(model, mu=-model.mu, tau=-model.tau)
            same(bound.region(flipped, m).intervals, bound.region(model, m).intervals, 1e-12)


# -- dumps, decays, g-2 -----------------------------------------------------------------------------------

@given(st.sampled_from(DUMPS), models(), masses(), powers(-2, 2))
def test_neutrinos_shrink_every_reach(dump, model, m, nu):
    assume(model.nu < nu)
    lower, upper = dump.reach(model, m)
    smaller_lower, smaller_upper = dump.reach(replace(model, nu_e=0.0, nu_mu=0.0, nu_tau=nu), m)
    seen = np.isfinite(smaller_lower)
    assert np.isfinite(lower[seen]).all()
    slack = 1 + 1e-9
    assert (smaller_lower[seen] * slack >= lower[seen]).all() and (smaller_upper[seen] <= upper[seen] * slack).all()


@given(st.sampled_from(DUMPS), models(), masses(), powers(-300, 150))
def test_rates_and_lengths_at_any_coupling(dump, model, m, g):
    assert not np.isnan(dump.log_rate(model, m, g)).any()
    assert (dump.log_rate(model, m, g) < np.inf).all()
    assert (decays.decay_length(model, m, g) >= 0).all()
    branching = decays.branching_ratio(model, m)
    assert (np.isnan(branching) | ((0 <= branching) & (branching <= 1 + 1e-12))).all()


@given(st.sampled_from(DUMPS), models(), masses(), st.floats(0, 1))
def test_the_rate_is_above_the_threshold_inside_the_reach_only(dump, model, m, part):
    lower, upper = dump.reach(model, m)
    seen = np.isfinite(lower)
    inside = lower[seen] ** part * upper[seen] ** (1 - part)
    threshold = dump.log_rate(model, m[seen], lower[seen])
    assert (dump.log_rate(model, m[seen], inside) >= threshold - 1e-8).all()
    for outside in (lower[seen] * 0.9, upper[seen] * 1.1):
        assert (dump.log_rate(model, m[seen], outside) < threshold).all()


@given(powers(-5, 5), st.floats(-600, 50))
def test_crossings_solve_their_equation(s, level):
    lower, upper = displaced.crossings(level, s)
    assert np.isnan(lower) == np.isnan(upper)
    if np.isfinite(lower):
        assert lower <= upper
        slope = 3 + s * np.exp(upper)  # by which errors in ln y grow
        np.testing.assert_allclose(displaced.log_shape(np.array([lower, upper]), s), level, atol=1e-12 * slope,
                                   rtol=1e-12)


@given(st.lists(powers(-9, 4), min_size=1, max_size=6).map(np.array), powers(-150, 75))
def test_g_minus_2_grows_as_the_square_and_falls_with_the_mass(m, g):
    one = g_minus_2.delta_a_mu(m)
    assert ((0 < one) & (one <= 1 / (8 * np.pi**2))).all()
    assert (np.diff(g_minus_2.delta_a_mu(np.sort(m))) <= 1e-12 * one.max()).all()
    same(g_minus_2.delta_a_mu(m, g), g**2 * one)


@given(masses(-2.9, 1), powers(-3, 3))
def test_four_muon_limits_go_as_the_root_of_the_branching_ratio(m, ratio):
    """A limit falls as 1/sqrt(BR); its square times BR is the same whatever the neutrinos."""
    def events(model, search):
        limit = bounds.get(search).region(model, m).intervals[0][0]
        return limit**2 * decays.branching_ratio(model, m, "mu")

    for search in ("BaBar 4mu", "CMS 4mu"):
        same(events(ZPrime(mu=1.0, nu_mu=ratio), search), events(ZPrime(mu=1.0), search))


@given(st.sampled_from((CCFR, DUNE)), masses(), powers(-3, 3))
def test_tridents_see_the_product_of_two_couplings(experiment, m, ratio):
    limit = experiment.limit(ZPrime(mu=1.0, nu_mu=ratio), m)
    same(limit * np.sqrt(ratio), experiment.limit(ZPrime(mu=1.0, nu_mu=1.0), m))


@given(st.sampled_from([limit for limit in SEARCHES if limit.published_br is None and not limit.leptons_alone]),
       powers(-10, 10))
def test_a_dark_photon_in_any_unit_gets_its_published_limit(limit, unit):
    region = limit.region(unit * ZPrime.dark_photon())
    m, ((lower, upper),) = region.m, region.intervals
    edges = [limit.curve.lower] if limit.curve.upper is None else [limit.curve.lower, limit.curve.upper]
    published = np.isin(m, limit.curve.m)
    for found, edge in zip((lower, upper), edges, strict=False):
        same(unit * found[published], edge, 1e-6)


# -- damaged files -----------------------------------------------------------------------------------------

FILES = sorted([*(DATA / "curves").glob("*.csv"), *(DATA / "dark_photon").glob("*.csv")])
SNIPPETS = st.sampled_from([b"", b"nan", b"inf", b"-1", b"0", b"1e999", b"NA", b",", b"\n", b"\r", b"\x00", b"\xff",
                            b'"', b"#", b"e", b" ", b"1_0", b"\xe2\x88\x92", "٣".encode()])


@st.composite
def damaged(draw):
    """The bytes of a catalogued file with a few pieces replaced, or cut short."""
    data = draw(st.sampled_from(FILES)).read_bytes()
    data = data[: draw(st.just(None) | st.integers(0, len(data)))]
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        data = data[:start] + draw(SNIPPETS | st.binary(max_size=4)) + data[start + draw(st.integers(0, 8)):]
    return data


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("damaged") / "curve.csv"


@pytest.mark.slow
@settings(max_examples=1500)
@given(damaged())
def test_a_damaged_file_is_a_sound_curve_or_an_error_that_names_it(scratch, data):
    scratch.write_bytes(data)
    try:
        curve = curves.read_curve(scratch)
    except (ValueError, curves.CurveWarning) as error:  # a warning, here an error, says what was guessed
        assert scratch.name in str(error)
        return
    values = np.array([curve.lower] if curve.upper is None else [curve.lower, curve.upper])
    gap = np.isnan(values).all(axis=0)
    assert np.isfinite(curve.m).all() and (curve.m > 0).all() and (np.diff(curve.m) > 0).all()
    assert np.isfinite(values[:, ~gap]).all() and (values[:, ~gap] > 0).all()
    comments = tuple(mark.encode() for mark in readers.COMMENT)
    lines = [line.split(b"#")[0].rstrip() for line in data.splitlines() if not line.lstrip().startswith(comments)]
    written = [line.endswith(b",NA") for line in lines]
    assert not gap[[0, -1]].any() and gap.sum() == sum(written)
