"""Every coupling that several counts exclude together, against chi^2 by its definition."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import lsq_linear

from zputils import ZPrime
from zputils.experiments.borexino import BOREXINO
from zputils.experiments.charm_ii import CHARM_II
from zputils.experiments.coherent import COHERENT_CSI, COHERENT_FUTURE, coherent_future
from zputils.methods import count_edges
from zputils.methods.chi_squared import ChiSquared
from zputils.physics.models import ZPrimes

THRESHOLD = 2.7
SHARES = {"none": np.zeros((1, 4)), "one": np.full((1, 4), 0.1), "own": 0.1 * np.kron(np.eye(2), [1, 1]),
          "own and common": np.array([[0.1, 0.1, 0, 0], [0, 0, 0.05, 0.05], [0.08] * 4]),
          "of every bin": np.diag([0.1, 0.2, 0.05, 0.1]), "of a part": np.array([[0.1, 0.1, 0.1, 0]]),
          "tiny": np.full((1, 4), 1e-5), "large": np.full((1, 4), 2.0),
          "tilted": np.array([[0.1] * 4, [0.1, 0.05, 0, -0.1]])}


def amplitudes(nuisances, seed=0, n=30, bins=4):
    """Random amplitudes (a + b x)^2 + c^2 of one sign or the other, as interference makes them."""
    rng = np.random.default_rng(seed)
    a, c = rng.uniform(5, 20, (bins, 1)), rng.uniform(0, 5, (bins, 1))
    b = rng.uniform(0.5, 2, (bins, n)) * np.where(np.arange(n) % 2, 1, -1) * np.geomspace(1e-3, 1e3, n)
    n0 = (a**2 + c**2).ravel()
    return ChiSquared(n0, 2 * a * b, b**2, n0, np.sqrt(n0), nuisances)


def by_definition(chi2, x, item):
    """The least of the chi^2 over the nuisances, by bounded least squares."""
    count = np.ravel(chi2.n0) + chi2.n1[:, item] * x + chi2.n2[:, item] * x**2
    s = np.atleast_2d(chi2.nuisances)
    matrix = np.append((s * count / chi2.error).T, np.eye(len(s)), axis=0)
    target = np.append((chi2.observed - count) / chi2.error, np.zeros(len(s)))
    return 2 * lsq_linear(matrix, target, tol=1e-14).cost


@pytest.mark.parametrize("nuisances", SHARES.values(), ids=SHARES)
def test_chi_squared_is_its_definition(nuisances):
    chi2 = amplitudes(nuisances)
    scale = 1 / np.abs(np.mean(chi2.n2, axis=0)) ** 0.5
    for factor in (0.0, 0.01, 0.3, 1.0, 10.0, 30.0, 100.0):
        found = chi2((factor * scale)[:, None])[:, 0]
        expected = [by_definition(chi2, x, i) for i, x in enumerate(factor * scale)]
        np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("nuisances", SHARES.values(), ids=SHARES)
def test_excluded_is_all_that_is_above_the_threshold(nuisances):
    """On a fine scan, from far below to far above: a coupling is in one of the intervals or it is not excluded."""
    chi2 = amplitudes(nuisances, seed=1)
    lower, upper = chi2.excluded(THRESHOLD)
    scale = np.sqrt(chi2.n0.sum() / chi2.n2.sum(axis=0))
    x = scale[:, None] * np.geomspace(1e-6, 1e4, 4001)
    inside = np.any((lower[..., None] < x) & (x < upper[..., None]), axis=0)
    value = chi2(x)
    clear = abs(value / THRESHOLD - 1) > 1e-6
    np.testing.assert_array_equal(inside[clear], (value > THRESHOLD)[clear])


@pytest.mark.parametrize("nuisances", SHARES.values(), ids=SHARES)
def test_edges_are_on_the_threshold(nuisances):
    chi2 = amplitudes(nuisances, seed=2)
    edges = np.concatenate(chi2.excluded(THRESHOLD)).T
    there = np.isfinite(edges)
    assert there.sum() >= there.shape[0] // 2
    np.testing.assert_allclose(chi2(np.where(there, edges, 1.0))[there], THRESHOLD, rtol=1e-8)


@pytest.mark.parametrize("nuisances", SHARES.values(), ids=SHARES)
def test_order_and_shape(nuisances):
    chi2 = amplitudes(nuisances, seed=3)
    lower, upper = chi2.excluded(THRESHOLD)
    assert lower.shape == upper.shape == (chi2.degree // 2 + 1, 30)
    for low, up in zip(lower.T, upper.T, strict=True):
        edges = np.ravel([low, up], order="F")
        edges = edges[~np.isnan(edges)]
        assert np.all(np.diff(edges[np.isfinite(edges)]) > 0) and np.isinf(up[-1]) == np.isfinite(low[-1])


def test_numerator_is_a_polynomial_of_its_degree():
    """The value at one more point follows from those at degree + 1."""
    for nuisances in SHARES.values():
        chi2 = amplitudes(nuisances, n=1)
        chi2 = replace(chi2, n1=chi2.n1 * 1e3, n2=chi2.n2 * 1e6)  # in units where N2 is of the order of N0
        x = 0.2 * np.cos(np.pi * (np.arange(chi2.degree + 1) + 0.5) / (chi2.degree + 1))
        fit = np.polynomial.Polynomial.fit(x, chi2.numerator(x[None], THRESHOLD)[0], chi2.degree)
        y = chi2.numerator(np.array([[0.137]]), THRESHOLD).item()
        assert fit(0.137) == pytest.approx(y, rel=1e-6)


def test_what_does_not_change_is_not_excluded():
    chi2 = amplitudes(SHARES["own"], n=3)
    chi2 = replace(chi2, n1=chi2.n1 * [1, 0, 1], n2=chi2.n2 * [1, 0, 1])
    lower, upper = chi2.excluded(THRESHOLD)
    assert np.isnan(lower[:, 1]).all() and np.isnan(upper[:, 1]).all() and np.isfinite(lower[-1, [0, 2]]).all()


@pytest.mark.parametrize("experiment", [BOREXINO, COHERENT_CSI, *coherent_future(0.05, 0, bins=1).experiments],
                         ids=lambda e: e.name)
@pytest.mark.parametrize("model", [ZPrime.muonic(g_nu=1), ZPrime.muonic(g_nu=-1), ZPrime.b_minus_l()])
def test_one_count_by_chi_squared_is_one_count_by_two_quadratics(experiment, model):
    m = np.geomspace(1e-3, 10, 40)
    kernel = experiment.kernel(m)
    products = np.array(experiment.products(model))[:, None]
    lower, upper = experiment.chi_squared(kernel, products).excluded(experiment.z**2)
    island, (limit, _) = experiment.regions(model, m)
    np.testing.assert_allclose(np.sqrt(lower[-1]), limit, rtol=1e-8)
    np.testing.assert_allclose(np.sqrt(lower[0]), island[0], rtol=1e-8)
    np.testing.assert_allclose(np.sqrt(upper[0]), island[1], rtol=1e-8)


@pytest.mark.parametrize("experiment", [CHARM_II, COHERENT_FUTURE], ids=lambda e: e.name)
def test_many_models_are_solved_like_one(experiment):
    models = [ZPrime.muonic(g_nu=r) for r in (1, 0.1, -0.3)] + [ZPrime.b_minus_l(), ZPrime(), ZPrime.all_fermions()]
    m = np.geomspace(1e-3, 1, 7)
    together = np.array(experiment.regions(ZPrimes.of(models), m))
    for i, model in enumerate(models):
        np.testing.assert_allclose(together[:, :, i], np.array(experiment.regions(model, m)), rtol=1e-10)


def test_models_are_solved_in_parts(monkeypatch):
    models = ZPrimes.of([ZPrime(u=u, d=1.0, nu_mu=1.0) for u in np.linspace(-1, 1, 7)])
    m = np.geomspace(1e-3, 1, 5)
    whole = np.array(COHERENT_FUTURE.regions(models, m))
    for items in (1, 12):
        monkeypatch.setattr(count_edges, "ITEMS", items)
        np.testing.assert_array_equal(np.array(COHERENT_FUTURE.regions(models, m)), whole)
    assert COHERENT_FUTURE.limit(models, []).shape == (7, 0)


def test_an_unknown_flux_leaves_the_ratio_of_two_targets():
    """With nothing of their own, two detectors measure a ratio to 0.6 %, whatever the flux."""
    exact, model = coherent_future(0.0, bins=1), ZPrime.muonic(g_nu=-1)
    tenth, unknown = (replace(exact, flux=flux).limit(model, 1e-3) for flux in (0.1, 5.0))
    assert unknown == pytest.approx(tenth, rel=0.03)
    assert unknown < 0.6 * coherent_future(0.1, 0, bins=1).limit(model, 1e-3)
