import numpy as np
import pytest
from scipy.optimize import brentq, minimize_scalar

from zputils.physics import displaced


def rate(log_y, s):
    y = np.exp(log_y)
    return np.log(y) - s * y + np.log(1 - np.exp(-y))


@pytest.mark.parametrize("s", [3e-3, 0.3, 1.2, 32.0])
def test_the_peak_is_the_maximum(s):
    best = minimize_scalar(lambda x: -rate(x, s), bounds=(-8, 8), method="bounded", options={"xatol": 1e-10})
    assert displaced.peak(s) == pytest.approx(best.x, abs=1e-5)


@pytest.mark.parametrize("s", [3e-3, 0.3, 1.2, 32.0])
def test_crossings_against_a_scalar_solver(s):
    top = displaced.peak(s)
    levels = rate(top, s) - np.array([1e-3, 0.1, 3.0, 20.0])
    lower, upper = displaced.crossings(levels, s)
    for i, level in enumerate(levels):
        assert lower[i] == pytest.approx(brentq(lambda x, level=level: rate(x, s) - level, -30, top), abs=1e-6)
        assert upper[i] == pytest.approx(brentq(lambda x, level=level: rate(x, s) - level, top, 10), abs=1e-6)


def test_small_y_limit_and_unreachable_levels():
    lower, upper = displaced.crossings(np.array([-200.0, 5.0, np.nan]), 1.2)
    assert lower[0] == pytest.approx(-100.0)  # the rate is y^2 there
    assert np.isnan(lower[1:]).all() and np.isnan(upper[1:]).all()


def test_the_tip_is_a_solution():
    s = np.r_[0.01, 1.0, 50.0, np.geomspace(1e-3, 1e3, 5000)]  # at many of them rounding turns the slope at the peak
    lower, upper = displaced.crossings(displaced.log_shape(displaced.peak(s), s), s)
    np.testing.assert_allclose(lower, displaced.peak(s), atol=1e-6)
    np.testing.assert_allclose(upper, displaced.peak(s), atol=1e-6)


def test_shapes_broadcast():
    lower, upper = displaced.crossings(-10.0, np.array([[0.5], [2.0]]))
    assert lower.shape == upper.shape == (2, 1)


def test_bad_geometry():
    with pytest.raises(ValueError, match="s = 0"):
        displaced.crossings(-1.0, 0.0)


def test_without_shielding_against_a_scalar_solver():
    levels = np.array([-400.0, -5.0, 0.0, 2.0, 300.0])
    solved = [brentq(lambda y, level=level: y + np.log1p(-np.exp(-np.exp(min(y, 6.0)))) - level, -10, 10)
              for level in levels[1:4]]
    np.testing.assert_allclose(displaced.rise(levels), [-200.0, *solved, 300.0], rtol=1e-9)
    assert np.isnan(displaced.rise([np.nan, -np.inf, np.inf])).all()


@pytest.mark.parametrize("s", [3e-3, 0.3, 1.2, 48.0])
def test_two_edges_give_back_their_level(s):
    log_ratio = np.array([1e-5, 1e-3, 0.1, 2.0, 8.0])
    lower = displaced.lower_of_pair(log_ratio, s)
    np.testing.assert_allclose(rate(lower, s), rate(lower + log_ratio, s), rtol=1e-11, atol=1e-10)
    edges = displaced.crossings(displaced.log_shape(lower, s), s)
    np.testing.assert_allclose(edges, [lower, lower + log_ratio], atol=1e-8)


def test_two_edges_that_meet_do_so_at_the_peak():
    assert displaced.lower_of_pair(0.0, 0.3) == pytest.approx(displaced.peak(0.3), abs=1e-12)
    with pytest.raises(ValueError, match="log_ratio"):
        displaced.lower_of_pair(-0.1, 0.3)


@pytest.mark.parametrize("s", [3e-3, 0.3, 1.2, 48.0])
def test_the_solver_starts_outside_and_close(s):
    """From outside its steps pass no root; far from the peak the start is all but the answer."""
    level = displaced.log_shape(displaced.peak(s), s) - np.geomspace(1e-6, 600, 200)
    lower, upper = displaced.crossings(level, s)
    left, right = displaced._below(level, s), displaced._above(level, s)
    assert (left <= lower + 1e-12 * abs(lower)).all() and (right >= upper - 1e-12 * abs(upper)).all()
    small, large = lower < -5 - np.log(1 + s), (upper > 3) & (s * np.exp(upper) > 5)
    assert small.any() and abs(left - lower)[small].max() < 1e-4
    assert abs(right - upper)[large].max(initial=0) < 1e-2
