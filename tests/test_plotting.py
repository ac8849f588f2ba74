"""Figures: what is written is what is drawn, complete or not at all."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from zputils import bounds, figures, paths
from zputils.figures import label_spots, limit_figure, line, looks, record
from zputils.figures.fig_2_1 import loop_diagram
from zputils.methods.region import Region


def LimitFigure(name):
    """A figure of the paper that is still empty."""
    return limit_figure.LimitFigure(name, figures.PANELS[name])


def above(g, m=None):
    return Region.of(M if m is None else np.asarray(m), (g, np.inf))


M = np.geomspace(1e-3, 10, 40)
PANELS = {
    "fig-2.2": ["muon_only", "muon_neutrino", "universal_leptons", "all_fermions"],
    "fig-3.1": ["left", "right"],
    "fig-3.2": ["left", "right"],
    "fig-3.3": ["seaquest", "faser"],
    "fig-4.1": ["gnu_1", "gnu_0.1", "gnu_0.01", "gnu_0.001"],
}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "FIGURES", tmp_path / "figures")
    return tmp_path / "figures"


def drawn(name="fig-3.2"):
    """A figure with one curve of every kind in its first panel, and a limit in the others."""
    figure = LimitFigure(name)
    first, *others = figure.axes
    hole = (M > 0.05) & (M < 0.3)
    figure.band(first, M, 1e-4 * M**0.1, 1.2e-4 * M**0.1, 1.5e-4 * M**0.1)
    figure.region(first, "CCFR", above(np.where(M > 1, np.nan, 6e-4 / 3 + M / 7000)))
    figure.region(first, "SHiP", Region.of(M, (np.where(hole, np.nan, 2e-8 / M**0.3), np.full_like(M, 3e-5))))
    figure.region(first, "BBN+CMB", Region.of(np.array([1e-3, 4.9e-3]), (0.0, np.inf)))
    figure.outline(first, "SeaQuest", [0.01, 0.1, 0.05], [1e-6, 1e-6, 1e-7], legend=True)
    figure.line(first, "p=200 GeV", "central", M, 1e-5 / M, dashed=True, label=(3.0, 1e-5))
    for panel in others:
        figure.region(panel, "CCFR", above(np.full_like(M, 1e-3)), grey=True)
    return figure


def test_panels_are_those_others_read():
    assert {name: list(panels) for name, panels in figures.PANELS.items()} == PANELS


@pytest.mark.parametrize("name", ["fig-2.2", "fig-3.1"])
def test_the_file_holds_the_record(name, folder):
    figure = drawn(name)
    figure.save()
    assert {file.name for file in folder.iterdir()} == {f"{name}.{suffix}" for suffix in ("csv", "svg", "pdf")}
    table = pd.read_csv(folder / f"{name}.csv", comment="#")
    pd.testing.assert_frame_equal(table, figure.table, check_exact=True)
    assert set(table.role) == set(record.ROLES)


def test_the_record_is_what_is_drawn():
    figure = drawn()
    limit = next(line for line in figure.axes["left"].lines if line.get_color() == looks.look("CCFR").color)
    table = figure.table.query("panel == 'left' and curve == 'CCFR'")
    points = limit.get_xydata()
    np.testing.assert_array_equal(points[np.isfinite(points).all(axis=1)], table[["x", "y"]])
    assert len(table) == (M <= 1).sum()


def test_kept_to_eight_digits():
    figure = LimitFigure("fig-3.1")
    figure.line("left", "g_nu/g_e=0", "central", [1 / 3e8], [2 / 3e15])
    assert figure.table[["x", "y"]].values.tolist() == [[3.3333333e-9, 6.6666667e-16]]


@pytest.mark.slow
def test_two_runs_write_the_same_bytes(folder):
    runs = []
    for _ in range(2):
        drawn().save()
        runs.append({file.name: file.read_bytes() for file in folder.iterdir()})
    assert runs[0] == runs[1] and len(runs[0]) == 3


def test_what_a_page_shows_is_what_is_saved(folder):
    figure = drawn().save()
    assert figure._repr_svg_() == figure._repr_svg_() == (folder / "fig-3.2.svg").read_text(encoding="utf-8")


def test_a_reach_in_two_regions_is_two_closed_shapes():
    figure = LimitFigure("fig-4.1")
    lower, upper = np.full_like(M, 1e-6), np.full_like(M, 1e-4)
    lower[10:20], upper[15:25] = np.nan, np.nan  # no reach where either edge is missing
    figure.region("gnu_1", "SHiP", Region.of(M, (lower, upper)))
    regions = [fill.get_paths()[0] for fill in figure.axes["gnu_1"].collections]
    assert [region.contains_point((M[i], 1e-5)) for region in regions for i in (5, 12, 22, 30)] == [
        True, False, False, False, False, False, False, True]
    assert figure.table.groupby("role").size().to_dict() == {"lower": len(M) - 15, "upper": len(M) - 15}
    edge = figure.axes["gnu_1"].lines[0].get_xydata()
    first = edge[: np.flatnonzero(np.isnan(edge[:, 0]))[0]]
    np.testing.assert_array_equal(first[0], first[-1])
    assert first[:, 0].max() == pytest.approx(M[9])


def test_no_reach_anywhere_is_drawn_as_nothing():
    figure = LimitFigure("fig-4.1")
    figure.region("gnu_1", "FASER", Region.of(M, (np.full_like(M, np.nan), np.full_like(M, np.nan))))
    assert figure.table.empty and not figure.axes["gnu_1"].lines


def test_masses_to_the_left_span_the_axis():
    figure = LimitFigure("fig-2.2")
    figure.region("muon_neutrino", "BBN+CMB", Region.of(np.array([1e-3, 4.9e-3]), (0.0, np.inf)))
    assert figure.table[["x", "y"]].values.tolist() == [[4.9e-3, y] for y in figure.axes["muon_neutrino"].get_ylim()]


@pytest.mark.parametrize("call, name", [
    (lambda: figures.draw("fig-9.9"), "fig-9.9"),
    (lambda: LimitFigure("fig-3.1").region("middle", "CCFR", above(M)), "middle"),
    (lambda: LimitFigure("fig-3.1").region("left", "CCFRR", above(M)), "CCFRR"),
    (lambda: LimitFigure("fig-3.1").line("left", "CCFR", "edge", M, M), "edge"),
    (lambda: line.style("CCFRR"), "CCFRR"),
])
def test_unknown_names(call, name):
    with pytest.raises(KeyError, match=name):
        call()


@pytest.mark.parametrize("m, g, message", [
    (M, -M, "y of CCFR, limit = -0.001"), (-M, M, "x of CCFR, limit"), (M, M[:3], "shape"),
])
def test_numbers_that_no_plot_can_show(m, g, message):
    figure = LimitFigure("fig-3.1")
    with pytest.raises(ValueError, match=message):
        figure.region("left", "CCFR", above(g, m))
    assert figure.table.empty


def test_an_empty_panel_is_not_saved(folder):
    figure = LimitFigure("fig-3.1")
    figure.region("left", "CCFR", above(M))
    figure.region("right", "CCFR", above(np.full_like(M, np.nan)))
    with pytest.raises(ValueError, match="right"):
        figure.save()
    assert not folder.exists()


@pytest.mark.slow
def test_a_failure_leaves_the_files_of_before(folder, monkeypatch):
    drawn().save()
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    figure = drawn()
    figure.region("right", "Borexino", above(M))
    save = Figure.savefig

    def disk_full(self, target, **options):
        if options["format"] == "pdf":
            raise OSError(28, "No space left on device")
        save(self, target, **options)

    monkeypatch.setattr(Figure, "savefig", disk_full)
    with pytest.raises(OSError, match=r"fig-3.2.csv, .*: not written to .*No space left"):
        figure.save()
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_a_folder_that_cannot_be_written(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setattr(paths, "FIGURES", tmp_path / "file" / "figures")
    with pytest.raises(OSError, match=r"fig-3.2.csv, .*: not written to .*file/figures"):
        drawn().save()


def test_labels_are_inside_and_apart():
    figure = drawn("fig-4.1")
    assert "<svg" in figure._repr_svg_()
    for ax in figure.axes.values():
        boxes = [text.get_window_extent() for text in ax.texts]
        assert all(ax.bbox.contains(*corner) for box in boxes for corner in box.corners())
        assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
    names = [text.get_text() for text in figure.axes["gnu_1"].texts]
    assert sorted(names) == sorted([r"$(g-2)_\mu$", "CCFR", "SHiP", "BBN+CMB", "$p=200$ GeV"])


def test_a_label_goes_where_it_is_put():
    figure = drawn()
    figure._repr_svg_()
    assert (3.0, 1e-5) in [text.get_position() for text in figure.axes["left"].texts]


@pytest.mark.slow
def test_looking_at_an_unfinished_figure_moves_no_label():
    def finished(look):
        figure = LimitFigure("fig-4.1")
        figure.region("gnu_1", "CCFR", above(np.full_like(M, 1e-3)))
        if look:
            figure._repr_svg_()
        figure.region("gnu_1", "DUNE", above(np.full_like(M, 1.1e-3)))
        figure._repr_svg_()
        return [(text.get_text(), *text.get_position()) for text in figure.axes["gnu_1"].texts]

    assert len(finished(look=True)) == 2 and finished(look=True) == finished(look=False)


def test_no_label_for_a_curve_out_of_sight():
    figure = LimitFigure("fig-4.1")
    figure.region("gnu_1", "CCFR", above(np.full_like(M, 50.0)))
    figure._repr_svg_()
    assert not figure.axes["gnu_1"].texts


def test_points_in_boxes_are_counted_as_one_by_one():
    random = np.random.default_rng(1)
    points, low = random.uniform(0, 600, (3000, 2)), random.uniform(-50, 600, (200, 2))
    high = low + random.uniform(0, 200, (200, 2))
    inside = ((points > low[:, None]) & (points <= high[:, None])).all(axis=-1)
    np.testing.assert_array_equal(label_spots.count(points, low, high), inside.sum(axis=-1))
    assert label_spots.count(points[:0], low, high).tolist() == [0] * 200


def test_a_free_spot_covers_nothing():
    ax = LimitFigure("fig-4.1").axes["gnu_1"]
    curve, other = (label_spots.trace(ax, np.array([M, np.full_like(M, y)])) for y in (1e-3, 1.5e-3))
    crowd = np.concatenate([curve, other])
    assert np.hypot(*np.diff(curve, axis=0).T).max() < label_spots.SPACING + 1e-9
    centre = ax.transData.transform(label_spots.free_spot(ax, (40, 12), curve, crowd))
    half = np.array([20, 6])
    assert not label_spots.inside(crowd, centre - half, centre + half).any()
    assert abs(centre[1] - curve[0, 1]) < 20


def _luminance(color):
    channel = np.array(to_rgb(color))
    linear = np.where(channel <= 0.04045, channel / 12.92, ((channel + 0.055) / 1.055) ** 2.4)
    return linear @ (0.2126, 0.7152, 0.0722)


def test_every_colour_can_be_read_on_white():
    contrast = [1.05 / (_luminance(curve.color) + 0.05) for curve in looks.curves().values()]
    assert min(contrast) > 3  # WCAG 2.1, 1.4.11: graphical objects


TOGETHER = ["BaBar 4mu", "CMS 4mu", "Borexino", "COHERENT", "CCFR", "BBN+CMB", "NA64mu", "N_eff", "SHiP", "SeaQuest",
            "FASER", "DUNE", "COHERENT future"]


DARK_PHOTON = [limit.name for limit in bounds.register().values()
               if "fig-2.2" in limit.figures and limit.group != "muons"]


@pytest.mark.parametrize("names", [
    TOGETHER, DARK_PHOTON,
    *([name for name in looks.curves() if name.startswith(start)] for start in ("g_nu/g_e", "g_nu/g_mu", "p=")),
])
def test_curves_of_one_figure_look_different(names):
    seen = {(looks.curves()[name].color, looks.curves()[name].linestyle) for name in names}
    assert len(seen) == len(names) > 1


@pytest.mark.parametrize("experiment", [
    "BaBar", "COHERENT", "KLOE", "NA64 ", "SHiP", "SeaQuest", "FASER", "electron", "nu-Cal"])
def test_an_experiment_keeps_its_colour(experiment):
    """In each class that it belongs to: BaBar's four muons are a search for muons' couplings."""
    colors = {(bounds.get(name).group, bound.look.color) for name, bound in bounds.register().items()
              if name.startswith(experiment)}
    assert colors and len(colors) == len({group for group, _ in colors})


def test_plain_axes_and_diagram_draw():
    one, pair = line.log_axes(y="$g$"), line.log_axes(2)
    assert one.get_xscale() == "log" and len(pair) == 2
    ax = loop_diagram().axes[0]
    ends = {tuple(np.round(line.get_xydata()[i], 9)) for line in ax.lines[:2] for i in (0, -1)}
    assert ends == {(-2.8, 0.0), (-0.7, 0.0), (0.7, 0.0), (2.2, 0.0)}
    plt.close("all")
