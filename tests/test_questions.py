"""What a reader asks of bounds: is this point excluded, by what; the curves as a file and in their own axes."""

import doctest
import re
import shlex
from dataclasses import replace
from io import StringIO

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from pybtex.database import parse_string

from zputils import (
    FASER,
    SEAQUEST,
    SHIP,
    Geometry,
    ZPrime,
    arguments,
    bounds,
    command,
    curves,
    figures,
    paths,
    references,
)
from zputils.experiments.predicted import SHIP_BREMSSTRAHLUNG
from zputils.methods.bound import MassWarning
from zputils.methods.points import margin
from zputils.methods.recast import Recast
from zputils.methods.region import Region
from zputils.paths import ROOT
from zputils.physics import mechanisms, written

MODEL, PHOTON = ZPrime.muonic(g_nu=0.1), ZPrime.dark_photon()
SOME = ["CCFR", "BaBar", "BBN+CMB", "NA64mu", "E137", "SHiP", "DUNE", "COHERENT future"]


# -- which bounds exclude a point ----------------------------------------------------------------------------------


def test_points_are_excluded_where_a_region_contains_them():
    m, g = np.geomspace(2e-3, 5, 30)[:, None], np.geomspace(1e-8, 0.1, 40)
    points = bounds.excluded_by(MODEL, m, g, SOME)
    for name in SOME:
        region = bounds.get(name).region(MODEL, m.ravel())
        inside = np.array([region.contains(coupling) for coupling in g]).T
        np.testing.assert_array_equal(points.margin(name) >= 1, inside, err_msg=name)
    either = [np.any([points.margin(name) >= 1 for name in SOME if bounds.get(name).future == future], axis=0)
              for future in (False, True)]
    np.testing.assert_array_equal(points.excluded, either[0])
    np.testing.assert_array_equal(points.probed, either[1])
    assert 0.05 < either[0].mean() < 0.95


def test_a_margin_takes_a_coupling_to_its_nearest_edge():
    m, model = 0.05, ZPrime.muonic(g_nu=0.1)
    lower, upper = SHIP.reach(model, m)
    for g in (lower / 3, 2 * lower, np.sqrt(lower * upper), upper / 2, 5 * upper):
        (factor,) = bounds.excluded_by(model, [m], g, ["SHiP"]).margin("SHiP")
        edge = g / factor if abs(np.log(g / lower)) < abs(np.log(g / upper)) else g * factor
        assert min(abs(edge / lower - 1), abs(edge / upper - 1)) < 1e-12
        assert (factor > 1) == (lower < g < upper)


def test_a_margin_between_two_intervals_of_one_bound():
    region = Region.of(np.array([0.1]), (1e-6, 1e-5), (1e-3, np.inf))
    np.testing.assert_allclose(margin(region, [1e-4, 2e-5, 1e-2]), [0.1, 0.5, 10])
    everything = Region.of(np.array([0.1]), (0.0, np.inf))
    assert np.isinf(margin(everything, [1e-4])).all()
    assert np.isnan(margin(Region.of(np.array([0.1]), (np.nan, np.nan)), [1e-4])).all()


def test_one_point_is_a_table_with_what_excludes_it_and_nothing_else():
    table = bounds.excluded_by(MODEL, 0.5, 0.01)
    many = bounds.excluded_by(MODEL, [0.5], 0.01)
    assert set(table.index) == {bound.name for bound in many.bounds if many.margin(bound.name)[0] >= 1}
    for name, row in table.iterrows():
        assert row.lower <= 0.01 <= row.upper and row.margin == many.margin(name)[0]
        assert row.references == " ".join(bounds.get(name).references)
    assert table.future.is_monotonic_increasing and "BaBar 4mu" in table.index
    assert bounds.excluded_by(MODEL, 0.5, 1e-14).empty


def test_points_keep_their_shape_and_their_order():
    m = np.array([[0.3, 0.02], [0.02, 0.1]])
    points = bounds.excluded_by(MODEL, m, 1e-3, SOME)
    for i, j in np.ndindex(m.shape):
        assert points.excluded[i, j] == bounds.excluded_by(MODEL, [m[i, j]], 1e-3, SOME).excluded[0]


@pytest.mark.parametrize(("m", "g", "message"), [(0.1, 0, "g = 0"), (0.1, -1.0, "g = -1"), (-0.1, 1e-3, "m = -0.1"),
                                                 ([], 1e-3, "m is empty"), (0.1, np.nan, "g = nan")])
def test_points_that_are_none(m, g, message):
    with pytest.raises(ValueError, match=message):
        bounds.excluded_by(MODEL, m, g, SOME)


# -- masses ---------------------------------------------------------------------------------------------------------


def test_masses_in_mev_are_warned_of_with_both_ranges():
    for call in (lambda: bounds.get("BaBar").region(MODEL, [20.0, 100.0]),
                 lambda: bounds.coverage(MODEL, [20.0, 100.0], ["BaBar", "SHiP"]),
                 lambda: bounds.excluded_by(MODEL, [20.0, 100.0], 1e-3, ["BaBar"])):
        with pytest.warns(MassWarning, match=r"m = 20 to 100 GeV is beyond .*BaBar from 0.02\d* to 10.\d* GeV"):
            call()


@pytest.mark.parametrize("name", [name for name in bounds.register() if np.isfinite(bounds.get(name).mass_range[1])])
def test_beyond_its_masses_a_bound_covers_nothing(name):
    low, high = bounds.get(name).mass_range
    model = ZPrime.all_fermions()
    outside = np.array([*([0.9 * low] if low else []), 0.5 * (max(low, 1e-3) + high), 1.1 * high])
    region = bounds.get(name).region(model, outside)
    assert np.isnan(region.lowest[-1]) and (not low or np.isnan(region.lowest[0]))
    covered = bounds.coverage(model, outside, [name])
    assert covered[-1] == 0 and (not low or covered[0] == 0)


def test_summary_says_of_which_masses_a_bound_speaks_and_notes_strong_couplings():
    table = bounds.summary(MODEL, 0.05, ["BaBar 4mu", "SHiP"])
    assert "speaks of masses between 0.2" in table.why_not["BaBar 4mu"] and pd.isna(table.why_not["SHiP"])
    weak = bounds.summary(1e-5 * ZPrime.muonic(g_nu=1), names=["CCFR", "BaBar 4mu"])
    assert (weak.note == "above sqrt(4 pi)").all() and (weak.coupling > np.sqrt(4 * np.pi)).all()
    assert (bounds.summary(MODEL, names=["CCFR"]).note == "").all()
    with pytest.raises(ValueError, match="m is empty"):
        bounds.summary(MODEL, [])


# -- a limit of one's own -----------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path):
    def write(curve, name="mine"):
        columns = {"m_GeV": curve.m, "epsilon" if curve.upper is None else "epsilon_lower": curve.lower}
        columns |= {} if curve.upper is None else {"epsilon_upper": curve.upper}
        pd.DataFrame(columns).to_csv(tmp_path / f"{name}.csv", index=False, na_rep="NA")
        return tmp_path / f"{name}.csv"
    return write


@pytest.mark.parametrize("name", ["BaBar", "BaBar invisible", "NA64 visible", "E137"])
def test_a_published_search_from_a_file_is_the_search_of_the_package(file, name):
    """Prompt, invisible, displaced: the same numbers in a file of the user's own give the same region."""
    known = bounds.get(name)
    mine = Recast.from_file(file(known.curve), production=known.production, final_states=known.final_states,
                            shield=known.shield, decay=known.decay, published_br=known.published_br)
    for model in (MODEL, ZPrime.b_minus_l()):
        np.testing.assert_allclose(mine.region(model).lower, known.region(model).lower, rtol=1e-9)
        np.testing.assert_allclose(mine.region(model).upper, known.region(model).upper, rtol=1e-9)


def test_a_limit_on_another_model_comes_back_for_that_model_in_any_units_of_production(file):
    curve = curves.load("BaBar_Lees2014xha")
    for factor in (1.0, 7.0):
        mine = Recast.from_file(file(curve), model=ZPrime.b_minus_l(), final_states=("e", "mu"),
                                production=lambda model, m, factor=factor: factor * model.e**2 / (1 + m))
        np.testing.assert_allclose(mine.region(ZPrime.b_minus_l(), curve.m).limit, curve.limit, rtol=1e-12)
        leptons = mine.region(ZPrime(e=-2.0, nu_e=-2.0), 0.1).limit  # half of 2/3 go to electrons: 2 g, BR 2/3 to 2/5
        expected = mine.region(ZPrime.b_minus_l(), 0.1).limit * np.sqrt((2 / 5) / (2 / 3)) / 2
        np.testing.assert_allclose(leptons, expected, rtol=1e-3)


def test_a_limit_of_ones_own_joins_every_question(file, tmp_path):
    mine = Recast.from_file(file(curves.load("BaBar_Lees2014xha")), production="e+e- annihilation",
                            final_states=("e", "mu"), references=("Lees:2014xha",), level="90 %", name="Mine")
    table = bounds.summary(PHOTON, extra=[mine])
    assert table.coupling["Mine"] == pytest.approx(table.coupling["BaBar"], rel=1e-9)
    assert table.confidence["Mine"] == "90 %" and table.group["Mine"] == "your own"
    assert "Mine" in bounds.excluded_by(PHOTON, 0.5, 0.01, extra=[mine]).index
    assert bounds.draw(Figure().add_subplot(), PHOTON, [mine])[0].get_label() == "Mine"
    assert "Mine" in set(pd.read_csv(bounds.to_csv(PHOTON, tmp_path / "x.csv", [mine]), comment="#").bound)
    drawn = bounds.draw(Figure().add_subplot(), PHOTON, ["CCFR", "BaBar"], filled=False, extra=[mine])
    assert [artist.get_label() for artist in drawn] == ["BaBar", "Mine"]
    assert "Mine" in [artist.get_label() for artist in bounds.draw(Figure().add_subplot(), PHOTON, extra=[mine])]
    path = bounds.to_csv(PHOTON, tmp_path / "y.csv", ["BaBar"], extra=[mine])
    assert pd.read_csv(path, comment="#").bound.unique().tolist() == ["BaBar", "Mine"]
    assert bounds.coverage(MODEL, 0.5, [mine]) == bounds.coverage(MODEL, 0.5, ["BaBar"])
    with pytest.raises(ValueError, match="two bounds are called 'BaBar'"):
        bounds.summary(PHOTON, extra=[Recast.from_file(file(curves.load("BaBar_Lees2014xha")), name="BaBar",
                                                       production="e+e- annihilation")])


def test_a_scan_takes_a_limit_of_ones_own_and_knows_it_from_another(scan, file, tmp_path):
    curve = curves.load("BaBar_Lees2014xha")
    keywords = {"production": "e+e- annihilation", "final_states": ("e", "mu"), "name": "Mine"}
    mine = Recast.from_file(file(curve), **keywords)
    stronger = Recast.from_file(file(replace(curve, lower=curve.lower / 2)), **keywords)
    grid = scan.Grid(m=[0.3, 0.5], g_nu=[0.1, 1.0])
    data = scan.run(grid, ["BaBar", mine], tmp_path / "scan", progress=False)
    assert data.bound.to_numpy().tolist() == ["BaBar", "Mine"]
    np.testing.assert_allclose(data.lower.sel(bound="Mine"), data.lower.sel(bound="BaBar"), rtol=1e-9)
    again = scan.run(grid, ["BaBar", Recast.from_file(file(curve), **keywords)], tmp_path / "scan", progress=False)
    assert again.identical(data)
    with pytest.raises(ValueError, match="another scan: user's bounds"):
        scan.run(grid, ["BaBar", stronger], tmp_path / "scan", progress=False)


def test_what_is_said_of_a_file_has_to_belong_to_it(file):
    limit, reach = file(bounds.get("BaBar").curve), file(bounds.get("E137").curve, "two")
    for path, keywords in ((limit, {"shield": 10.0, "decay": 5.0}), (reach, {})):
        with pytest.raises(ValueError, match="a curve with two edges is of a displaced search"):
            Recast.from_file(path, production="electron bremsstrahlung", final_states=("e",), **keywords)
    with pytest.raises(KeyError, match=r"production of mine = .*magic"):
        Recast.from_file(limit, production="magic")
    with pytest.raises(TypeError, match="final state of mine = 'e' must be a list"):
        Recast.from_file(limit, production="e+e- annihilation", final_states="e")
    silent = Recast.from_file(limit, production="e+e- annihilation", model=ZPrime(mu=1.0, name="muons alone"))
    with pytest.raises(ValueError, match="muons alone, for which the curve is, does not come from e"):
        silent.region(PHOTON, 0.1)


def test_channels_named_twice_count_once():
    babar = bounds.get("BaBar")
    twice = Recast(name="twice", group="e+e- colliders", data=babar.data, production=babar.production,
                   final_states=("e", "mu", "e"))
    np.testing.assert_array_equal(twice.region(MODEL).lower, babar.region(MODEL).lower)
    dump = SHIP.modified(visible=(*SHIP.visible, "e"))
    np.testing.assert_array_equal(dump.reach(MODEL, 0.1), SHIP.reach(MODEL, 0.1))


# -- a dump that is changed ----------------------------------------------------------------------------------------


def test_a_changed_dump_keeps_what_it_measures():
    """Far below the upper edge N goes with g^4 L_dec exposure, so that the lower edge has a closed form."""
    m = np.array([0.01, 0.02])
    lower, _ = SEAQUEST.reach(MODEL, m)
    longer = SEAQUEST.modified(geometry=Geometry(5, 2, 60), exposure=1e20, needed=3)
    expected = lower * (1 / 2 * 1.44e18 / 1e20 * 3 / 10) ** 0.25
    np.testing.assert_allclose(longer.reach(MODEL, m)[0], expected, rtol=0.02)
    np.testing.assert_allclose(SEAQUEST.modified().reach(MODEL, m), SEAQUEST.reach(MODEL, m), rtol=1e-12)


def test_events_follow_exposure_and_are_those_needed_at_the_edge():
    for dump in (SHIP, SEAQUEST, FASER):
        doubled = dump.modified(exposure=2 * dump.exposure)
        np.testing.assert_allclose(doubled.events(MODEL, 0.05, 1e-5), 2 * dump.events(MODEL, 0.05, 1e-5), rtol=1e-12)
        assert doubled.events(MODEL, 0.05, doubled.reach(MODEL, 0.05)[0]) == pytest.approx(dump.needed)


def test_recalibration_is_asked_for():
    geometry = Geometry(5, 2, 60)
    again = SEAQUEST.modified(geometry=geometry, recalibrate=True)
    published = curves.load(SEAQUEST.published).lower_at(0.1)
    assert again.reach(PHOTON, 0.1)[0] == pytest.approx(published)
    assert SEAQUEST.modified(geometry=geometry).reach(PHOTON, 0.1)[0] < 0.9 * published


def test_a_spectrum_is_counted_with_the_new_exposure():
    more = SHIP_BREMSSTRAHLUNG.modified(exposure=4e20)
    np.testing.assert_allclose(more.events(PHOTON, 0.1, 1e-6), 2 * SHIP_BREMSSTRAHLUNG.events(PHOTON, 0.1, 1e-6))


@pytest.mark.parametrize(("changes", "message"), [
    ({"exposure": 0}, "exposure = 0"), ({"needed": -1}, "needed = -1"), ({"exposure": np.nan}, "exposure = nan"),
    ({"geometry": Geometry(60, 50, 500)}, "momentum of SHiP = 500 is outside"),
    ({"beam_energy": 800}, "beam_energy = 800 GeV, but the source is for 400 GeV"),
    ({"beam_energy": 800, "source": lambda model, m: model.proton**2}, "needs a sensitivity or a spectrum")])
def test_changes_that_no_dump_can_have(changes, message):
    with pytest.raises(ValueError, match=message):
        SHIP.modified(**changes)


# -- files, references, pictures -----------------------------------------------------------------------------------


def test_the_file_has_every_curve_in_full(tmp_path):
    path = bounds.to_csv(MODEL, tmp_path / "all.csv")
    head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    frame = pd.read_csv(path, comment="#")
    assert "mu=1" in head[1] and any("GeV" in line for line in head)
    for name, rows in frame.groupby("bound"):
        assert any(f"{name}: {bounds.get(name).confidence}" in line for line in head)
        np.testing.assert_allclose(rows.lower, bounds.get(name).region(MODEL).table().lower, rtol=1e-7)
        assert all(key in " ".join(head) for key in bounds.get(name).references)
    silent = set(bounds.register()) - set(frame.bound)
    assert silent == {name for name, bound in bounds.register().items() if bound.region(MODEL).empty}


def test_bibtex_has_the_references_of_what_leads_each_once():
    table = bounds.summary(MODEL)
    entries = parse_string(bounds.bibtex(MODEL), "bibtex").entries
    assert set(entries) == {key for keys in table.references[table.leads > 0] for key in keys.split()}
    every = parse_string(bounds.bibtex(MODEL, only="all"), "bibtex").entries
    assert set(entries) < set(every) and every == {key: references.library()[key] for key in every}
    with pytest.raises(KeyError, match="only = 'best'"):
        bounds.bibtex(MODEL, only="best")
    with pytest.raises(KeyError, match="key = 'Nobody:2030'"):
        references.bibtex(["Nobody:2030"])


def test_drawing_changes_nothing_but_the_axes():
    before = dict(mpl.rcParams)
    figure = Figure()
    ax = figure.add_subplot(xscale="log", yscale="log", xlim=(1e-3, 1), ylim=(1e-7, 1e-2), ylabel="mine")
    artists = bounds.draw(ax, MODEL, ["SHiP", "CCFR", "BBN+CMB"], color="tab:red", linewidth=3)
    figure.savefig(StringIO(), format="svg")
    assert dict(mpl.rcParams) == before
    assert ax.get_xlim() == (1e-3, 1) and ax.get_ylim() == (1e-7, 1e-2) and ax.get_ylabel() == "mine"
    assert all(line.get_color() == "tab:red" and line.get_linewidth() == 3 for line in ax.lines)
    assert set(ax.lines) <= set(artists) and len(artists) > len(ax.lines)
    assert [text for text in ax.get_legend_handles_labels()[1]] == [bounds.get(n).look.text for n in
                                                                    ("SHiP", "CCFR", "BBN+CMB")]


def test_what_is_drawn_is_the_region():
    m = np.geomspace(0.02, 0.3, 50)
    ax = Figure().add_subplot(xscale="log", yscale="log", xlim=(1e-3, 1), ylim=(1e-9, 1))
    (line,) = bounds.draw(ax, MODEL, ["SHiP"], m, filled=False, label=False)
    region = SHIP.region(MODEL, m)
    drawn = line.get_ydata()[np.isfinite(line.get_ydata())]
    around = np.concatenate([region.lower[0], region.upper[0][::-1], region.lower[0][:1]])
    np.testing.assert_allclose(drawn, around, rtol=1e-12)
    assert line.get_label().startswith("_") and not ax.collections


def test_empty_axes_become_those_of_the_bounds():
    ax = Figure().add_subplot(ylabel="mine")
    bounds.draw(ax, MODEL, ["CCFR", "DUNE"])
    low, high = ax.get_ylim()
    edges = bounds.get("CCFR").region(MODEL).lower
    assert ax.get_xscale() == ax.get_yscale() == "log" and low < np.nanmin(edges) < np.nanmax(edges) < high
    assert "GeV" in ax.get_xlabel() and ax.get_ylabel() == "mine"


def test_names_of_mechanisms_are_what_from_file_takes():
    assert {"e+e- annihilation", "electron bremsstrahlung", "proton bremsstrahlung"} <= set(mechanisms.MECHANISMS)


def test_the_code_of_the_readme_prints_its_answers(tmp_path, monkeypatch):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    test = doctest.DocTestParser().get_doctest(block, {}, "README.md", "README.md", 0)
    said = StringIO()
    assert len(test.examples) > 5 and not doctest.DocTestRunner().run(test, out=said.write).failed, said.getvalue()


def test_the_commands_of_the_readme_can_be_read():
    lines = re.findall(r"^zputils (.*)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    for line in lines:
        if "--help" not in line:
            written.read(arguments.parser(command.COMMANDS).parse_args(shlex.split(line)).model)
    assert len(lines) == 4


@pytest.mark.slow
@pytest.mark.slow
@pytest.mark.parametrize("model", [
    "ZPrime.l_mu_minus_l_tau()", "ZPrime(u=1/3, d=1/3, s=1/3, c=1/3, b=1/3, name='B')", "ZPrime.b_minus_l()",
    "ZPrime.universal_leptons()", "ZPrime.dark_photon()"])
def test_a_reader_who_changes_the_models_cell_gets_through_the_page(model, tmp_path, monkeypatch):
    page = (ROOT / "book" / "appendix-your-model.md").read_text(encoding="utf-8")
    cells = re.findall(r"^```\{code-cell\} ipython3\n(?:---\n.*?\n---\n|(?::[^\n]*\n)+)?\n*(.*?)^```", page,
                       re.DOTALL | re.MULTILINE)
    (changed,) = [i for i, cell in enumerate(cells) if cell.startswith("model = ")]
    cells[changed] = f"model = {model}\n"
    monkeypatch.setattr(paths, "BUILD", tmp_path)
    monkeypatch.setattr(figures, "use_style", lambda: None)
    exec("\n".join(cells), {})
    plt.close("all")
