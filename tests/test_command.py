"""The command `zputils`: models in writing, answers as tables, files and exit codes, and no traceback for a mistake."""

import json
import subprocess
import sys
from dataclasses import replace
from io import StringIO

import numpy as np
import pandas as pd
import pytest

from zputils import ZPrime, bounds, curves
from zputils.arguments import EXAMPLES, parser
from zputils.command import COMMANDS, main
from zputils.paths import ROOT
from zputils.physics import written


def test_every_preset_can_be_written():
    for text, method in written.presets().items():
        for spelling in (text, text.upper(), method, f" {text} "):
            assert written.read(spelling) == getattr(ZPrime, method)()


@pytest.mark.parametrize(("text", "model"), [
    ("muonic:g_nu=1/10", ZPrime.muonic(g_nu=0.1)), ("muonic: g_nu=0.1, loop=no", ZPrime.muonic(0.1, loop=False)),
    ("dark-photon:hypercharge=yes", ZPrime.dark_photon(hypercharge=True)), ("B-L", ZPrime.b_minus_l()),
    ("mixed:epsilon=1e-3,theta=0.01,m=0.1", ZPrime.mixed(1e-3, 0.01, 0.1))])
def test_parameters_of_presets(text, model):
    assert written.read(text) == model


def test_couplings_in_writing():
    model = written.read("q=1/3, l=-1, nu=-1, nu_e=0, b = 2e-1")
    assert model.couplings == ZPrime.b_minus_l().couplings | {"nu_e": 0.0, "b": 0.2}


@pytest.mark.parametrize(("text", "error", "message"), [
    ("e=__import__('os')", ValueError, "is no number"), ("e=1/0", ValueError, "is no number"), ("", KeyError, "model"),
    ("x=1", KeyError, "fermion = 'x'"), ("muonic:g=1", KeyError, "parameter of muonic = 'g'"),
    ("e=", ValueError, "e ="),
    ("muonic:loop=perhaps", KeyError, "loop"), ("e=1,mu", ValueError, "'mu' in a model is written name=value"),
    ("e=nan", ValueError, "coupling e = nan"), ("b_l_", None, ""), ("of", KeyError, "model")])
def test_what_cannot_be_read(text, error, message):
    if error is None:
        assert written.read(text) == ZPrime.b_minus_l()
        return
    with pytest.raises(error, match=message):
        written.read(text)


def answer(capsys, *words):
    code = main([str(word) for word in words])
    out, err = capsys.readouterr()
    assert code == 0, err
    return out


def test_bounds_are_those_of_the_summary(capsys):
    names = ["SHiP", "BaBar", "CHARM"]
    text = answer(capsys, "bounds", "b-l", "--csv", "--why-not", "--names", *names)
    frame = pd.read_csv(StringIO(text), index_col="bound")
    expected = bounds.summary(ZPrime.b_minus_l(), np.geomspace(1e-3, 10, 400), names)
    np.testing.assert_allclose(frame.coupling, expected.coupling)
    records = json.loads(answer(capsys, "bounds", "b-l", "--json", "--names", "SHiP"))
    assert records[0]["bound"] == "SHiP" and records[0]["future"] is True


def test_a_point(capsys):
    text = answer(capsys, "point", "muonic:g_nu=1", "--mass", 0.03, "--coupling", 1e-3, "--names", "CCFR", "DUNE")
    assert text.startswith("excluded by 1, will be probed by 1\n") and "CCFR" in text


def test_plots_and_figures_are_files(capsys, tmp_path):
    answer(capsys, "plot", "b-l", "-o", tmp_path / "x.pdf", "--names", "SHiP", "BaBar", "--curves", tmp_path / "x.csv")
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")
    assert set(pd.read_csv(tmp_path / "x.csv", comment="#").bound) == {"SHiP", "BaBar"}
    answer(capsys, "figure", "4.1", "--g-nu", 0.05, "-o", tmp_path / "y.csv")
    assert set(pd.read_csv(tmp_path / "y.csv", comment="#").panel) == {"gnu_0.05"}
    answer(capsys, "figure", "fig-3.3", "-o", tmp_path / "y.svg")
    assert "</svg>" in (tmp_path / "y.svg").read_text(encoding="utf-8")


def test_data(capsys):
    name = "CCFR_Altmannshofer2014_LmuLtau"
    assert name in answer(capsys, "data") and "arxiv: 1406.2332" in answer(capsys, "data", name)
    frame = pd.read_csv(StringIO(answer(capsys, "data", name, "--csv")))
    np.testing.assert_allclose(frame.g, curves.load(name).limit)
    assert f"{curves.entry(name).file} is in the catalogue" in answer(capsys, "data", "add",
                                                                     ROOT / "data" / curves.entry(name).file)


def test_a_scan_of_a_file(scan, capsys, tmp_path):
    (tmp_path / "scan.toml").write_text(f"""
store = "{tmp_path}/store"
bounds = ["CCFR", "SHiP"]
outputs = ["lower"]
m = {{from = 0.01, to = 0.1, points = 3}}
[axes]
g_nu = [0.1, 1.0]
""", encoding="utf-8")
    for _ in range(2):
        assert main(["scan", str(tmp_path / "scan.toml")]) == 0
        said = capsys.readouterr()
        assert "6 points of lower" in said.out and not said.err  # a bar is for a terminal


PLAN = """
store = "{folder}/{name}"
bounds = ["CCFR", "SHiP"]
outputs = ["lower"]
model = "{model}"
m = [0.01, 0.1]
[axes]
{axes}
"""


ONE_MASS = {"mixed": "mixed:epsilon=1e-3,m=0.1"}  # its couplings depend on the mass unless that is said


@pytest.mark.parametrize("model", [*(ONE_MASS.get(name, name) for name in written.presets()), "e=-1,mu=-1,nu_mu=-1"])
def test_a_scan_of_every_family_and_of_any_couplings(scan, capsys, tmp_path, model):
    axes = 'nu_mu = {from = 0, to = 1, points = 3, spacing = "linear"}\nmu = {from = 0.1, to = 1, points = 2, ' \
           'signs = "both"}'
    plan = PLAN.format(folder=tmp_path, name="store", model=model, axes=axes)
    (tmp_path / "scan.toml").write_text(plan, encoding="utf-8")
    assert "24 points of lower" in answer(capsys, "scan", tmp_path / "scan.toml")
    found = scan.load(tmp_path / "store").lower.sel(bound="CCFR", nu_mu=0.5, mu=-0.1, m=0.1)
    changed = replace(written.read(model), nu_mu=0.5, mu=-0.1)
    np.testing.assert_allclose(found, bounds.get("CCFR").region(changed, 0.1).lowest[0])


@pytest.mark.parametrize(("model", "axes"), [
    ("muonic:loop=one-loop", "g_nu = [0.1, 1.0]"), ("mixed", "epsilon = [0.1, 1.0]"),
    ("mixed:epsilon=1", "theta = [0.1, 1.0]")])
def test_parameters_of_a_preset_are_axes_too(scan, capsys, tmp_path, model, axes):
    plan = PLAN.format(folder=tmp_path, name="store", model=model, axes=axes)
    (tmp_path / "scan.toml").write_text(plan, encoding="utf-8")
    assert "4 points of lower" in answer(capsys, "scan", tmp_path / "scan.toml")


@pytest.mark.parametrize(("model", "axes", "message"), [
    ("b-l", "g_nu = [0.1]", "axis of b-l = 'g_nu'"), ("b-q", "mu = [1.0]", "model = 'b-q'"),
    ("muonic:loop=one-loop", "mu = [1.0]", "depend on the mass"),
    ("b-l", "mu = {from = 0, to = 1, points = 2}", "logarithm"),
    ("b-l", 'mu = {from = 1, to = 2, points = 2, spacing = "odd"}', "spacing of mu"),
    ("b-l", 'mu = {from = 1, to = 2}', "from, to and points")])
def test_a_family_that_is_none(scan, capsys, tmp_path, model, axes, message):
    plan = PLAN.format(folder=tmp_path, name="store", model=model, axes=axes)
    (tmp_path / "scan.toml").write_text(plan, encoding="utf-8")
    assert main(["scan", str(tmp_path / "scan.toml")]) == 1
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(("words", "message"), [
    (["bounds", "b-q"], "model = 'b-q'"), (["bounds", "b-l", "--names", "Ship"], "nearest: 'SHiP'"),
    (["point", "b-l", "--mass", "-1", "--coupling", "1e-3"], "m = -1"), (["figure", "9", "-o", "x.pdf"], "figure ="),
    (["figure", "3.1", "--g-nu", "1", "-o", "x.pdf"], "--g-nu is of figure 4.1"), (["data", "nothing"], "nothing"),
    (["plot", "b-l", "-o", "x.doc"], "x.doc: the name ends in .pdf"),
    (["data", "add"], "FILE and facts"), (["data", "add", "missing.csv", "what=x"], "missing.csv"),
    (["point", "b-l", "--mass", "100", "--coupling", "1e-3", "--names", "BaBar"], None)])
def test_a_mistake_is_one_line(capsys, words, message):
    code = main(words)
    out, err = capsys.readouterr()
    if message is None:  # a warning, and an answer
        assert code == 0 and "BaBar from 0.02" in err and err.count("\n") == 1
    else:
        assert code == 1 and not out and message in err and "Traceback" not in err and err.count("\n") == 1


@pytest.mark.parametrize("plan", ["store = 1\n", "= ", "store='x'\nbounds=['CCFR']\nm=[0.1]\nfast=true\n",
                                  "store='x'\nbounds=['CCFR']\nm={from=1}\n"])
def test_a_plan_that_is_none(scan, capsys, tmp_path, plan):
    (tmp_path / "scan.toml").write_text(plan, encoding="utf-8")
    assert main(["scan", str(tmp_path / "scan.toml")]) == 1
    assert capsys.readouterr().err.startswith("zputils: ")
    assert main(["scan", "missing.toml"]) == 1
    assert "missing.toml" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["bound", "b-l"], ["point", "b-l"], ["point", "b-l", "--mass", "x"]])
def test_what_is_no_command_shows_the_usage(capsys, words):
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 2 and "usage: zputils" in capsys.readouterr().err


def test_the_examples_in_the_help_can_be_read():
    import shlex

    for line in EXAMPLES.splitlines()[1:]:
        words = shlex.split(line.split("   ")[0].split(" > ")[0])
        given = parser(COMMANDS).parse_args(words[1:])
        if hasattr(given, "model"):
            written.read(given.model)


def run(*words):
    return subprocess.run([sys.executable, "-m", "zputils", *words], capture_output=True, text=True, cwd=ROOT)


def test_a_process_of_its_own_ends_with_the_code():
    assert "muonic:g_nu=0.1" in run("--help").stdout
    wrong = run("bounds", "b-q")
    assert wrong.returncode == 1 and "Traceback" not in wrong.stderr
    assert run("nonsense").returncode == 2


def test_the_help_loads_no_library():
    code = ("import sys\nfrom zputils.command import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
            "print(*sys.modules)")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert not {"numpy", "pandas", "scipy", "matplotlib"} & set(done.stdout.split())
