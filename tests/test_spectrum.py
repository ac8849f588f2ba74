"""Decays of a beam with a spectrum: brute-force sums, integrals, Brent's method, one momentum, two maxima."""

import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq

from zputils.physics import displaced
from zputils.physics.spectrum import Beam

SHIELD, DECAY = 60.0, 50.0


def random_beam(n=20, k=12, seed=5):
    """n masses, k momenta over three decades, with bins that are empty."""
    random = np.random.default_rng(seed)
    momenta = np.geomspace(0.5, 400, k) * random.uniform(0.95, 1.05, (n, k))
    weights = momenta**-2 * random.uniform(0.1, 1, (n, k)) * (random.uniform(size=(n, k)) < 0.9)
    return Beam(momenta, weights, SHIELD, DECAY)


def number(beam, row, t):
    """The sum, term by term; no trick against underflow."""
    return t * math.fsum(w * (math.exp(-SHIELD * t / p) - math.exp(-(SHIELD + DECAY) * t / p))
                         for p, w in zip(beam.momenta[row].tolist(), beam.weights[row].tolist(), strict=True))


@pytest.mark.parametrize("log_t", [-6.0, -2.0, 0.0, 2.0, 4.0])
def test_the_number_against_a_sum_term_by_term(log_t):
    beam = random_beam()
    expected = [math.log(number(beam, row, math.exp(log_t))) for row in range(20)]
    np.testing.assert_allclose(beam.log_number(np.full(20, log_t)), expected, rtol=1e-10)


def test_many_momenta_against_an_integral():
    """A spectrum that falls like exp(-p/30 GeV) from 5 to 400 GeV, at Gauss points in ln p."""
    nodes, weights = np.polynomial.legendre.leggauss(200)
    p = 5 * 80 ** ((nodes + 1) / 2)
    beam = Beam(p, np.exp(-p / 30) * p * weights * np.log(80) / 2, SHIELD, DECAY)
    for t in (1e-3, 0.5, 20.0):
        def density(p, t=t):
            return math.exp(-p / 30 - SHIELD * t / p) * -math.expm1(-DECAY * t / p)
        expected = t * quad(density, 5, 400, epsabs=0, epsrel=1e-10, limit=200)[0]
        assert np.exp(beam.log_number([math.log(t)])[0]) == pytest.approx(expected, rel=1e-9)


def test_small_and_large_t_do_not_underflow():
    beam = Beam([[1.0, 100.0]], [[1.0, 1e-3]], SHIELD, DECAY)
    small, large = beam.log_number([-300.0])[0], beam.log_number([np.log(1e5)])[0]
    assert small == pytest.approx(-600 + np.log(DECAY * (1 + 1e-5)))
    assert large == pytest.approx(np.log(1e5) - SHIELD * 1e5 / 100 + np.log(1e-3))


def test_the_slope_is_the_derivative():
    beam, h = random_beam(), 1e-5
    for log_t in (-5.0, 0.0, 1.0, 3.0):
        at = np.full(20, log_t)
        numeric = (beam.log_number(at + h) - beam.log_number(at - h)) / (2 * h)
        np.testing.assert_allclose(beam.slope(at), numeric, rtol=1e-6, atol=1e-6)


def test_one_momentum_is_the_shape_of_one_momentum():
    log_t, level = np.linspace(-15, 4, 9), np.array([-12.0, -5.0, -1.5])
    p = np.array([[20.0], [200.0], [3000.0]])
    beam, one = Beam(p, np.full((3, 1), 0.7), SHIELD, DECAY), displaced.crossings
    for value in log_t:
        y = value + np.log(DECAY / p[:, 0])
        expected = displaced.log_shape(y, SHIELD / DECAY) + np.log(0.7 * p[:, 0] / DECAY)
        np.testing.assert_allclose(beam.log_number(np.full(3, value)), expected, rtol=1e-12, atol=1e-12)
    shift = np.log(p[:, 0] / DECAY)
    for edges, expected in zip(beam.crossings(level), one(level - np.log(0.7) - shift, SHIELD / DECAY), strict=True):
        np.testing.assert_allclose(edges[:, 0], expected + shift, rtol=1e-12, atol=1e-12)


def test_crossings_against_brentq():
    beam = random_beam()
    turns = beam.turning_points()
    assert turns.shape == (20, 1)  # these have one maximum
    level = beam.log_number(turns[:, 0]) - np.geomspace(1e-3, 30, 20)
    lower, upper = beam.crossings(level)
    for row in range(20):
        def above(x, row=row):
            return beam.log_number([x], [row])[0] - level[row]
        assert lower[row, 0] == pytest.approx(brentq(above, -60, turns[row, 0], xtol=1e-13), abs=1e-10)
        assert upper[row, 0] == pytest.approx(brentq(above, turns[row, 0], 9, xtol=1e-13), abs=1e-10)


def test_a_level_out_of_reach_and_one_that_is_none():
    beam = Beam([[100.0]], [[1.0]], SHIELD, DECAY)
    top = beam.log_number(beam.turning_points()[:, 0])
    for level in (top + 1e-6, [np.nan], [-np.inf], [np.inf]):
        assert all(np.isnan(edges).all() and edges.shape == (1, 1) for edges in beam.crossings(level))
    assert all(np.isnan(edges).all() for edges in Beam([[100.0]], [[0.0]], SHIELD, DECAY).crossings([-5.0]))


def test_the_tip_is_a_crossing():
    beam = random_beam()
    top = beam.turning_points()[:, 0]
    for edges in beam.crossings(beam.log_number(top)):
        np.testing.assert_allclose(edges[:, 0], top, atol=1e-6)


def two_humps():
    """Many slow particles and few fast ones; a row with a dip, one without."""
    return Beam([[1.0, 1000.0], [1.0, 1000.0]], [[1e6, 1.0], [1.0, 1.0]], SHIELD, DECAY)


def test_two_maxima_give_two_intervals_when_the_dip_is_below_the_level():
    beam = two_humps()
    first, dip, second = beam.turning_points()[0]
    values = beam.log_number([first, dip, second], [0, 0, 0])
    grid = np.linspace(-8, 6, 20001)
    scan = beam.log_number(grid, np.zeros(grid.size, int))
    assert values[1] < values[2] < values[0]
    assert np.sum(np.diff(np.sign(np.diff(scan))) != 0) == 3
    lower, upper = beam.crossings([values[2] - 1, -5.0])
    assert np.isfinite(lower[0]).all() and np.isfinite(lower[1]).tolist() == [True, False]
    inside = np.any((grid[:, None] > lower[0]) & (grid[:, None] < upper[0]), axis=1)
    np.testing.assert_array_equal(inside, scan > values[2] - 1)


def test_a_dip_above_the_level_leaves_one_interval():
    beam = two_humps()
    below_the_dip = beam.log_number([beam.turning_points()[0, 1]], [0])[0] - 1
    lower, upper = beam.crossings([below_the_dip, np.nan])
    assert lower.shape == (2, 1) and lower[0, 0] < beam.turning_points()[0, 0] < upper[0, 0]


def test_more_particles_widen_the_interval():
    beam = random_beam()
    more = Beam(beam.momenta, 2 * beam.weights, SHIELD, DECAY)
    (lower, upper), (lower_more, upper_more) = (b.crossings(np.full(20, -9.0)) for b in (beam, more))
    assert (lower_more < lower).all() and (upper_more > upper).all()


@pytest.mark.parametrize(("momenta", "weights", "shield", "name"), [
    ([0.0], [1.0], 60, "momenta"), ([1.0], [-1.0], 60, "weights"), ([1.0], [1.0], 0, "shield"),
    ([np.nan], [1.0], 60, "momenta")])
def test_bad_input(momenta, weights, shield, name):
    with pytest.raises(ValueError, match=name):
        Beam(momenta, weights, shield, DECAY)
