"""What the live page's solvers do where no bound of today takes them: several intervals of counts that are excluded."""

import json
import subprocess

import numpy as np
import pytest
from test_live import NODE, answers, differs, modules, region_of

from zputils import ZPrime
from zputils.experiments.coherent import COHERENT_FUTURE_NAI
from zputils.methods.chi_squared import ChiSquared
from zputils.methods.polynomial import quadratic_roots
from zputils.methods.ratio_map import below
from zputils.methods.together import Together
from zputils.pages import live
from zputils.physics import displaced

ANSWER = """
import {readFileSync} from "node:fs";
import * as solvers from "./live_solvers.js";
import {said} from "./said.js";
const plain = (_, x) => ArrayBuffer.isView(x) ? Array.from(x) : Number.isNaN(x) ? "nan" : x;
process.stdout.write(JSON.stringify(said(solvers, JSON.parse(readFileSync("./solvers.json", "utf8"))), plain));
"""
# What the solvers say of all that is asked: here, and of their mutants in mutants.js.
SAID = """
export const said = (solvers, { polynomials, counts, levels, quadratics, maps }) => ({
  changes: polynomials.map(p => solvers.signChanges(Float64Array.from(p))),
  excluded: counts.map(({n1, n2, ...bound}) => Array.from(solvers.signChanges(solvers.numerator(bound, n1, n2)))),
  crossings: levels.map(({level, s, top, highest}) => solvers.crossings(level, s, top, highest)),
  rises: levels.map(({level}) => solvers.rise(level)),
  roots: quadratics.map(three => solvers.quadraticRoots(...three)),
  negative: maps.map(({x, z}) => solvers.negative(x, z)),
  interpolated: maps.map(({x, z, at}) => solvers.interpolated(at, x, z)),
});
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


RNG = np.random.default_rng(3)
# Far below the peak, at the peak, a rounding above it, and above; with a thin, a usual and a thick shield.
DEPTHS = [*np.geomspace(1e-9, 700, 15), 0.0, -1e-15, -1e-3]
LEVELS = [{"s": s, "top": float(top), "highest": float(highest), "level": float(highest - depth)}
          for s in (3e-3, 0.3, 1.2, 48.0) for top in [displaced.peak(s)] for highest in [displaced.log_shape(top, s)]
          for depth in DEPTHS]
QUADRATICS = [*((RNG.choice([-1, 1], (60, 3)) * 10 ** RNG.uniform(-6, 6, (60, 3))).tolist()), [1, -2, 1], [1, 0, -4],
              [1, -0.0, -4], [0, 1, -1], [0.0, 0.0, 1.0], [1, 0, 4], [2, 3, 1], [-1, 3, -2], [1, -1e9, 1], [1, 1e9, 1],
              [0.5, -3, 2]]
MAPS = [{"x": np.cumsum(RNG.uniform(0.1, 1, n)).tolist(), "z": RNG.normal(shift, 1, n).tolist(),
         "at": np.linspace(-0.5, n, 7).tolist()} for n in range(2, 12) for shift in (-0.7, 0.0, 0.7)]
MAPS += [{"x": [0.0, 1.0, 2.0], "z": [1.0, 0.0, -1.0], "at": [0.0, 1.0, 2.0]}]


def asked():
    """What is asked of the solvers, as JSON."""
    counts = [{"n0": c.n0.tolist(), "n1": c.n1[:, 0].tolist(), "n2": c.n2[:, 0].tolist(), "threshold": 2.7,
               "observed": c.observed.tolist(), "error": c.error.tolist(), "shifts": c.shifts.tolist(),
               "start": c.as_shift[0].tolist()} for c in COUNTS]
    return json.dumps({"polynomials": [np.atleast_1d(np.poly(roots))[::-1].tolist() for roots in ROOTS],
                       "counts": counts, "levels": LEVELS, "quadratics": QUADRATICS, "maps": MAPS})


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    folder = tmp_path_factory.mktemp("solvers")
    files = modules() | {"ask.js": ANSWER, "said.js": SAID, "solvers.json": asked(),
                         "package.json": '{"type": "module"}'}
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


def test_the_edges_of_a_rate_are_those_of_the_package(said):
    for case, found, rise in zip(LEVELS, said["crossings"], said["rises"], strict=True):
        expected = np.array(displaced.crossings(case["level"], case["s"]))
        close = 1e-14 / max(np.ptp(np.nan_to_num(expected)), 1e-9)  # near the peak a rounding moves them by more
        np.testing.assert_allclose(np.array(found, float), expected, rtol=1e-12, atol=1e-12 + close)
        np.testing.assert_allclose(float(rise), displaced.rise(case["level"]), rtol=1e-12)


def test_the_roots_of_a_quadratic_are_those_of_the_package(said):
    some = 0
    for three, found in zip(QUADRATICS, said["roots"], strict=True):
        expected = np.array(quadratic_roots(*map(np.float64, three)))
        some += np.isfinite(expected).all()
        np.testing.assert_allclose(np.array(found, float), expected, rtol=1e-13)
    assert 10 < some < len(QUADRATICS) - 10


def test_what_is_below_zero_and_in_between_is_that_of_the_package(said):
    for case, parts, values in zip(MAPS, said["negative"], said["interpolated"], strict=True):
        lower, upper = (edges[:, 0] for edges in below(np.array(case["x"]), np.array([case["z"]])))
        expected = np.transpose([lower, upper])[np.isfinite(lower)]
        np.testing.assert_allclose(np.reshape(parts, (-1, 2)), expected, rtol=1e-12)
        np.testing.assert_allclose(values, np.interp(case["at"], case["x"], case["z"]), rtol=1e-12, atol=1e-15)


ALONE, OPPOSED = Together(name="alone", experiments=(COHERENT_FUTURE_NAI.binned(2),), flux=0.05), ZPrime.muonic(g_nu=1)


def alone():
    """What the page would get of a bound with islands, and of no other."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(live, "register", lambda: {"alone": ALONE})
        return live.script()


def test_a_bound_with_islands_is_that_of_the_package(tmp_path):
    expected = ALONE.region(OPPOSED)
    assert np.isfinite(expected.lower[:-1]).any()  # an island
    (said,) = answers(tmp_path, [OPPOSED], data=alone())
    assert differs(region_of(said["found"]["alone"]), expected) is None
