"""The bounds that a page evaluates by itself, in JavaScript, against the package: the same edges, the same silence."""

import json
import shutil
import subprocess
from functools import cache

import numpy as np
import pandas as pd
import pytest

from zputils import ZPrime, bounds, paths
from zputils.constants import CHARGE, E_CHARGE
from zputils.methods import stacked
from zputils.methods.region import Region
from zputils.pages import live, live_element
from zputils.physics import decays, g_minus_2
from zputils.physics.models import FERMIONS, QUARKS

NODE = shutil.which("node")
MODULES = live_element.SCRIPTS[:4]  # without those that draw
ANSWER = """
import {readFileSync, writeFileSync} from "node:fs";
import {load, evaluate, band} from "./live.js";
import {nearest, point} from "./live_point.js";
(0, eval)(readFileSync("./data.js", "utf8"));
const data = await load(globalThis.zputilsLive);
const columns = [];  // as they are in memory: as text they take ten times as long
let total = 0;
function column(y) {
  columns.push(Buffer.from(Float64Array.from(y).buffer));
  total += y.length;
  return {start: total - y.length, count: y.length};
}
const plain = (_, y) => ArrayBuffer.isView(y) ? column(y) : Number.isNaN(y) ? "nan" : y === Infinity ? "inf" : y;
const said = JSON.parse(readFileSync("./asked.json", "utf8")).map(({model, place, g, mass}) =>
  ({found: evaluate(data, model), band: band(data, model), point: point(data, model, place, g),
    near: nearest(data, mass)}));
process.stdout.write(JSON.stringify(said, plain));
writeFileSync("columns", Buffer.concat(columns));
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
LIKE = {q: CHARGE[q] for q in QUARKS}
RNG = np.random.default_rng(1)
# Alike in all but the d or the s quark; photon-like quarks beside anything; all couplings of one size.
HARD += [ZPrime(e=-1.0, **LIKE | {q: 0.5 * CHARGE[q]}) for q in "ds"]
HARD += [nearly_photon_like(-2e-2), -ZPrime.dark_photon()]
HARD += [ZPrime(e=e, mu=mu, nu_e=nu, nu_mu=nu, **LIKE)
         for e, mu, nu in ((-1, -1, 0.3), (0, 0, 1), (0.1, 0, 1), (0, 1, 1))]
HARD += [ZPrime(**dict(zip(FERMIONS, row, strict=True))) for row in
         (RNG.choice([-1, 1], (20, len(FERMIONS))) * RNG.uniform(0.3, 1, (20, len(FERMIONS)))).tolist()]
MODELS = HARD + random_models(200)


POINTS = [(int(place), float(g)) for place, g in zip(RNG.integers(0, bounds.MASSES.size, len(MODELS)),
                                                     10 ** RNG.uniform(-9, 1, len(MODELS)), strict=True)]

MASSES = [1e-4, 20.0, *(bounds.MASSES[[0, 0, 0, -2, -1]] * [1.001, 1.015, 1.0, 1.02, 1.0]).tolist(),
          *(10 ** RNG.uniform(-3, 1, len(MODELS) - 7)).tolist()]


def modules():
    """{name: text} of what evaluates."""
    return {name: (paths.ROOT / "_ext" / name).read_text(encoding="utf-8") for name in MODULES}


@cache
def script():
    """The page's data as of now, made when the first asks for it."""
    return live.script()


def asked(models):
    """What is asked of the modules, as JSON."""
    return json.dumps([{"model": {f: value for f, value in model.couplings.items() if value}, "place": place, "g": g,
                        "mass": mass} for model, (place, g), mass in zip(models, POINTS, MASSES, strict=False)])


def answers(folder, models, scripts=None, data=None):
    """What the modules say of models and of a point of each."""
    files = (scripts or modules()) | {"ask.js": ANSWER, "asked.json": asked(models), "data.js": data or script(),
                                      "package.json": '{"type": "module"}'}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    run = subprocess.run([NODE, "ask.js"], cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    columns = np.fromfile(folder / "columns")
    return json.loads(run.stdout, object_hook=lambda found: found if found.keys() != {"start", "count"} else
                      columns[found["start"]:found["start"] + found["count"]])


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    return answers(tmp_path_factory.mktemp("live"), MODELS)


def region_of(answer):
    edges = np.array([[side["lower"], side["upper"]] for side in answer["intervals"]], float)
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
    """{name: (what the package says, why not)}; no region of the early universe where there is no mass."""
    asked = [bounds.get(name) for name in bounds.register() if name != BBN or np.isfinite(bounds.get(name).mass(model))]
    found = dict(zip((bound.name for bound in asked), stacked.regions(asked, model), strict=True))
    return {name: (found.get(name), bound.why_not(model) if name not in found or found[name].empty else None)
            for name, bound in bounds.register().items()}


def wrong(found, model):
    """The first bound that is not the same, and in what; None when all are."""
    for name, (region, why_not) in expected_of(model).items():
        if found[name]["why_not"] != why_not:
            return name, "why_not"
        one = region_of(found[name])
        off = differs(one, region) if region is not None else (None if np.isnan(one.m).all() else "m")
        if off:
            return name, off
    return None


BBN = "BBN+CMB"


def test_every_bound_says_what_the_package_says(said):
    for model, answer in zip(MODELS, said, strict=True):
        assert answer["found"].keys() == bounds.register().keys()
        assert wrong(answer["found"], model) is None, model.couplings


def test_the_band(said):
    for model, answer in zip(MODELS, said, strict=True):
        for key, expected in zip(("m", "low", "central", "high"), bounds.band(model), strict=True):
            np.testing.assert_allclose(np.array(answer["band"][key], float), expected, rtol=1e-12)


def test_a_point_is_excluded_by_the_same_and_by_as_much(said):
    for model, answer, (place, g) in zip(MODELS, said, POINTS, strict=True):
        expected, found = bounds.excluded_by(model, bounds.MASSES[place], g), pd.DataFrame(answer["point"]["by"])
        assert list(expected.index) == ([] if found.empty else list(found.name)), model.couplings
        for column in ("margin", "lower", "upper") if len(found) else ():
            np.testing.assert_allclose(found[column].astype(float), expected[column], rtol=1e-9)


def test_the_decays_and_the_moment_at_a_point(said):
    m = bounds.MASSES
    for model, answer, (place, g) in zip(MODELS, said, POINTS, strict=True):
        found = answer["point"]
        shares = {channel: decays.branching_ratio(model, m[place], channel) for channel in decays.CHANNELS}
        left = (g_minus_2.ANOMALY_2021.value - g_minus_2.delta_a_mu(m[place], g * abs(model.mu)))
        np.testing.assert_allclose(float(found["length"]), decays.decay_length(model, m[place], g), rtol=1e-9)
        np.testing.assert_allclose([float(found["branching"][channel]) for channel in shares], [*shares.values()],
                                   rtol=1e-9)
        np.testing.assert_allclose(found["deviation"], left / g_minus_2.ANOMALY_2021.error, rtol=1e-9)


def test_the_nearest_mass_of_the_grid_is_found(said):
    distance = abs(np.log(bounds.MASSES[:, None] / MASSES))
    assert [answer["near"] for answer in said] == np.argmin(distance, axis=0).tolist()


def test_two_exports_are_the_same():
    assert live.script() == script()
    assert len(script()) < live.LIMIT


@pytest.mark.parametrize("name", live_element.SCRIPTS)
def test_a_script_is_one_sitting(name):
    lines = (paths.ROOT / "_ext" / name).read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 250 and max(map(len, lines)) <= 120


def test_the_page_is_light():
    assert len(live_element.element().encode()) < live.LIMIT


MUTANTS = {"the floor of an amplitude": ("(floor * size) ** 2", "0"),
           "like a photon": ("<= data.alike *", "<= 10 * data.alike *"),
           "a width to neutrinos": ("24 * Math.PI", "12 * Math.PI"), "a tip": ("bound.tips && ", "false && "),
           "the peak": ("8 * EPS", "-8e9 * EPS"),
           "the second root": ("q / a, c / q), Math.max", "q / a, q / a), Math.max"),
           "the ratio of BBN": ("ratio = 2 *", "ratio = 1 *"), "no neutrinos": ("bound.needs_nu && ", "false && ")}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_wrong_module_is_found(tmp_path, mutant):
    changed = {name: text.replace(*MUTANTS[mutant]) for name, text in modules().items()}
    assert changed != modules()
    models = HARD[:3] + HARD[18:23]  # all kinds are found out by one of these
    found = answers(tmp_path, models, changed)
    assert any(wrong(answer["found"], model) for model, answer in zip(models, found, strict=True))
