"""The bounds that a page evaluates by itself, in JavaScript, against the package: the same edges, the same silence."""

import json
import shutil
import subprocess
from functools import cache

import numpy as np
import pytest

from zputils import ZPrime, bounds, paths
from zputils.constants import CHARGE, E_CHARGE
from zputils.methods import stacked
from zputils.methods.region import Region
from zputils.pages import live
from zputils.physics.models import FERMIONS, QUARKS

NODE = shutil.which("node")
ANSWER = """
import {readFileSync} from "node:fs";
import {load, evaluate, band} from "./live.mjs";
(0, eval)(readFileSync("./data.js", "utf8"));
const data = await load(globalThis.zputilsLive);
const plain = x => Array.from(x, y => Number.isNaN(y) ? "nan" : y === Infinity ? "inf" : y);
const said = JSON.parse(readFileSync("./models.json", "utf8")).map(model => {
  const found = {};
  for (const [name, {m, intervals, why_not}] of Object.entries(evaluate(data, model)))
    found[name] = {m: plain(m), edges: intervals.map(({lower, upper}) => [plain(lower), plain(upper)]), why_not};
  return {found, band: Object.fromEntries(Object.entries(band(data, model)).map(([k, x]) => [k, plain(x)]))};
});
console.log(JSON.stringify(said));
"""
pytestmark = pytest.mark.skipif(NODE is None, reason="needs node")


def nearly_photon_like(off):
    quarks = {q: CHARGE[q] * E_CHARGE for q in QUARKS}
    return ZPrime(e=-E_CHARGE, mu=-E_CHARGE, **(quarks | {"d": quarks["d"] * (1 + off)}))


def random_models(count, seed=0):
    """Couplings over eight decades, of either sign, a third of them 0."""
    rng = np.random.default_rng(seed)
    size = rng.choice([-1, 0, 1], (count, len(FERMIONS))) * 10 ** rng.uniform(-8, 0, (count, len(FERMIONS)))
    return [ZPrime(**dict(zip(FERMIONS, row.tolist(), strict=True))) for row in size]


HARD = [ZPrime.dark_photon(), ZPrime.b_minus_l(), ZPrime.l_mu_minus_l_tau(), ZPrime.muonic(g_nu=0.1),
        ZPrime.muonic(loop=False), ZPrime.universal_leptons(), ZPrime.all_fermions(),
        *(ZPrime(**{f: 1.0}) for f in FERMIONS),
        nearly_photon_like(1e-13), nearly_photon_like(5e-3), nearly_photon_like(5e-2),
        ZPrime(e=0.1, nu_mu=1.0, u=1.0, d=-1.0), ZPrime(mu=1.0, nu_mu=1.0, u=1.0, d=-2.0), 1e-9 * ZPrime.all_fermions(),
        1e9 * ZPrime.all_fermions(), *(ZPrime(e=e, nu_e=1.0) for e in np.geomspace(1e-6, 1e6, 25).tolist())]
MODELS = HARD + random_models(200)


def answers(folder, models, module=None):
    """What the module says of models."""
    module = module or (paths.ROOT / "_ext" / "live.js").read_text(encoding="utf-8")
    for name, text in (("live.mjs", module), ("ask.mjs", ANSWER),
                       ("models.json", json.dumps([model.couplings for model in models]))):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "data.js").write_text(DATA, encoding="utf-8")
    run = subprocess.run([NODE, "ask.mjs"], cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    return answers(tmp_path_factory.mktemp("live"), MODELS)


def region_of(answer):
    edges = np.array(answer["edges"], float)
    return Region(np.array(answer["m"], float), edges[:, 0], edges[:, 1])


def differs(found, expected, rtol=1e-9):
    """What is not the same in two regions, or None; a cut and its absence differ.

    Where two edges are close, a rounding of 1e-14 in the number of events moves them by that over their distance.
    """
    gap = np.where(np.isinf(expected.upper), np.inf, np.log(expected.upper / expected.lower))
    near = rtol + np.minimum(1e-14 / np.maximum(gap, 1e-20), 1e-7)
    for side, allowed in (("m", rtol), ("lower", near), ("upper", near)):
        one, other = getattr(found, side), getattr(expected, side)
        if one.shape != other.shape or np.any(np.isnan(one) != np.isnan(other)):
            return side
        with np.errstate(invalid="ignore"):
            if np.any((one != other) & (abs(one - other) > allowed * other)):
                return side
    return None


@cache
def expected_of(model):
    """{name: what the package says}, without the early universe where there is no mass."""
    asked = [bounds.get(name) for name in SHOWN if name != BBN or np.isfinite(bounds.get(name).mass(model))]
    return {bound.name: region for bound, region in zip(asked, stacked.regions(asked, model), strict=True)}


def wrong(found, model):
    """The first bound that is not the same, and in what; None when all are."""
    expected = expected_of(model)
    for name in SHOWN:
        region = region_of(found[name])
        off = differs(region, expected[name]) if name in expected else (None if np.isnan(region.m).all() else "m")
        if off:
            return name, off
    return None


BBN, DATA = "BBN+CMB", live.script()
SHOWN = [part["name"] for part in live.exported()[0]["bounds"] if part["kind"] != "none"]


def test_the_module_says_what_the_package_says(said):
    for model, answer in zip(MODELS, said, strict=True):
        assert wrong(answer["found"], model) is None, model.couplings


def test_the_band(said):
    for model, answer in zip(MODELS, said, strict=True):
        for key, expected in zip(("m", "low", "central", "high"), bounds.band(model), strict=True):
            np.testing.assert_allclose(np.array(answer["band"][key], float), expected, rtol=1e-12)


def test_what_is_left_out_says_why(said):
    left_out = {name for name in bounds.register() if name not in SHOWN}
    assert left_out == {"CHARM II", "COHERENT future", "LHCb displaced"}
    assert all(name in said[0]["found"][name]["why_not"] for name in left_out)


def test_two_exports_are_the_same():
    assert live.script() == DATA
    assert len(DATA) < live.LIMIT


MUTANTS = {"the floor of an amplitude": ("(floor * size) ** 2", "0"),
           "like a photon": ("<= data.alike *", "<= 10 * data.alike *"),
           "a width to neutrinos": ("24 * Math.PI", "12 * Math.PI"), "a tip": ("withTips(region, points)", "region"),
           "the peak": ("8 * EPS", "-8e9 * EPS"),
           "the second root": ("q / a, c / q), Math.max", "q / a, q / a), Math.max"),
           "the ratio of BBN": ("r = 2 *", "r = 1 *"), "no neutrinos": ("bound.needs_nu && ", "false && ")}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_wrong_module_is_found(tmp_path, mutant):
    module = (paths.ROOT / "_ext" / "live.js").read_text(encoding="utf-8")
    assert module.count(MUTANTS[mutant][0]) >= 1
    found = answers(tmp_path, HARD, module.replace(*MUTANTS[mutant]))
    assert any(wrong(answer["found"], model) for model, answer in zip(HARD, found, strict=True))
