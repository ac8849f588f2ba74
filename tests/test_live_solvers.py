"""What the live page's solvers do where no bound of today takes them: several intervals of counts that are excluded."""

import json
import subprocess

import numpy as np
import pytest
from test_live import NODE, answers, differs, modules, region_of

from zputils import ZPrime
from zputils.experiments.coherent import COHERENT_FUTURE_NAI
from zputils.methods.chi_squared import ChiSquared
from zputils.methods.together import Together
from zputils.pages import live

ANSWER = """
import {readFileSync} from "node:fs";
import {numerator, signChanges} from "./live_solvers.js";
const {polynomials, counts} = JSON.parse(readFileSync("./asked.json", "utf8"));
const excluded = counts.map(({n1, n2, ...bound}) => Array.from(signChanges(numerator(bound, n1, n2))));
process.stdout.write(JSON.stringify({changes: polynomials.map(p => signChanges(Float64Array.from(p))), excluded}));
"""
ROOTS = [[1.0, 2.0, 3.0], [0.5], [], [1e-6, 1.0, 1e6], [2.0, 2.0], [1.0, 2.0, 2.0, 5.0], [-1.0, 3.0], [-2.0, -1.0],
         [1.0, 1.001], [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8]]
pytestmark = pytest.mark.skipif(NODE is None, reason="needs node")


def counts(seed, bins, nuisances):
    """Counts that fall and then rise with x, in bins of one or two detectors that interfere alike."""
    rng = np.random.default_rng(seed)
    n0, n1 = rng.uniform(50, 200, bins), -rng.uniform(0.8, 1.0, bins)
    shifts = np.array([[0.05] * bins]) if nuisances == 1 else np.kron(np.eye(2), np.full(bins // 2, 0.05))
    return ChiSquared(n0, (n1 * n0)[:, None], (0.4 * n1**2 * n0)[:, None], n0 * 1.01, np.sqrt(n0), shifts)


COUNTS = [counts(seed, bins, nuisances) for seed in range(20) for bins, nuisances in ((2, 1), (1, 1), (6, 1), (8, 2))]


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    folder = tmp_path_factory.mktemp("solvers")
    asked = {"polynomials": [np.atleast_1d(np.poly(roots))[::-1].tolist() for roots in ROOTS],
             "counts": [{"n0": c.n0.tolist(), "n1": c.n1[:, 0].tolist(), "n2": c.n2[:, 0].tolist(), "threshold": 2.7,
                         "observed": c.observed.tolist(), "error": c.error.tolist(), "shifts": c.shifts.tolist(),
                         "start": c.as_shift[0].tolist()} for c in COUNTS]}
    files = modules() | {"ask.js": ANSWER, "asked.json": json.dumps(asked), "package.json": '{"type": "module"}'}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    run = subprocess.run([NODE, "ask.js"], cwd=folder, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def test_a_polynomial_changes_its_sign_at_its_single_roots(said):
    for roots, found in zip(ROOTS, said["changes"], strict=True):
        single = [root for root in roots if root > 0 and roots.count(root) % 2]
        np.testing.assert_allclose(found, single, rtol=1e-9)


def test_islands_and_what_is_above_them_are_those_of_the_package(said):
    islands = 0
    for chi2, found in zip(COUNTS, said["excluded"], strict=True):
        edges = np.array(chi2.excluded(2.7))[:, :, 0]
        expected = np.sort(edges[np.isfinite(edges)])
        islands += expected.size > 1
        np.testing.assert_allclose(found, expected, rtol=1e-8)
    assert islands > 30


def test_a_bound_with_islands_is_that_of_the_package(tmp_path, monkeypatch):
    alone = Together(name="alone", experiments=(COHERENT_FUTURE_NAI.binned(2),), flux=0.05)
    model = ZPrime.muonic(g_nu=1.0)
    expected = alone.region(model)
    assert np.isfinite(expected.lower[:-1]).any()  # an island
    monkeypatch.setattr(live, "register", lambda: {"alone": alone})
    (said,) = answers(tmp_path, [model], data=live.script())
    assert differs(region_of(said["found"]["alone"]), expected) is None
