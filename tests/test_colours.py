"""What a reader can tell apart: colours by class, dashes, names, and files that are small and hold letters."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure

from zputils import SEAQUEST, ZPrime, bounds, figures
from zputils.figures import envelope, looks, svg
from zputils.figures.fig_2_2 import MODELS, SEARCHES
from zputils.figures.limit_figure import EXCLUDED
from zputils.figures.muonic_panel import FINE
from zputils.methods.region import Region
from zputils.physics.g_minus_2 import ANOMALY_2025

# Deuteranopia on linear sRGB: Machado, Oliveira and Fernandes, IEEE TVCG 15 (2009) 1291, severity 1.
DEUTERANOPIA = np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                         [-0.011820, 0.042940, 0.968881]])
TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
                   [0.0193339, 0.1191920, 0.9503041]])
APART = 12  # distances in CIELAB; 2.3 is just noticeable side by side
LATER = {"anomaly": ANOMALY_2025, "later": bounds.LATER}
DRAWINGS = {**{name: lambda name=name: figures.draw(name) for name in figures.NAMES},
            **{panel: lambda panel=panel: figures.viable(panels=(panel,)) for panel in SEARCHES},
            "fig-2.2-2025": lambda: figures.viable(**LATER, variant="-2025"),
            "fig-4.1-2025": lambda: figures.combined(**LATER, variant="-2025")}


@pytest.fixture(scope="module")
def drawn():
    made = {name: draw() for name, draw in DRAWINGS.items()}
    for figure in made.values():
        figure._repr_svg_()
    return made


def linear(color):
    channel = np.array(to_rgb(color))
    return np.where(channel <= 0.04045, channel / 12.92, ((channel + 0.055) / 1.055) ** 2.4)


def cielab(light):
    ratio = light @ TO_XYZ.T / TO_XYZ.sum(axis=1)
    f = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(a, b):
    """Of two colours, as most readers see them and as those do who see no green: the smaller."""
    return min(np.linalg.norm(cielab(np.clip(eye @ linear(a), 0, 1)) - cielab(np.clip(eye @ linear(b), 0, 1)))
               for eye in (np.eye(3), DEUTERANOPIA))


def lines(figure):
    return [line for panel in figure.axes for line, _ in figure.names.drawn[panel]]


def experiment(line):
    """Whose colour it is: an experiment's, its projection included, or a class's."""
    return f"class {bounds.get(line.curve).group}" if line.paint else line.curve.removesuffix(" future")


def test_the_eye_is_the_right_one():
    np.testing.assert_allclose(cielab(linear("white")), [100, 0, 0], atol=0.02)
    np.testing.assert_allclose(cielab(linear("#ff0000")), [53.24, 80.09, 67.20], atol=0.05)
    np.testing.assert_allclose(DEUTERANOPIA.sum(axis=1), 1, atol=1e-5)  # grey stays grey
    assert distance("#c0392b", "#5f7a1f") < 15 < np.linalg.norm(cielab(linear("#c0392b")) - cielab(linear("#5f7a1f")))


@pytest.mark.parametrize("name", DRAWINGS)
def test_no_colour_is_used_for_two_and_all_are_told_apart(drawn, name):
    """A class may have the colour of one of its own experiments, which another panel of Fig. 2.2 draws alone."""
    users = {}
    for line in lines(drawn[name]):
        if not line.grey:
            users.setdefault(line.color, set()).add(experiment(line))
    for who in users.values():
        alone = {user for user in who if not user.startswith("class ")}
        assert len(who) == 1 or (len(alone) == 1 and who - alone == {f"class {bounds.get(*alone).group}"})
    assert not [(users[a], users[b], distance(a, b)) for a, b in combinations(users, 2) if distance(a, b) < APART]


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_colour_of_an_experiment_is_one_of_its_class(drawn, name):
    owners = {}
    for line in lines(drawn[name]):
        if line.curve in bounds.register():
            owners.setdefault(looks.look(line.curve).color, set()).add(bounds.get(line.curve).group)
    assert all(len(groups) == 1 for groups in owners.values())


@pytest.mark.parametrize("name", DRAWINGS)
def test_dashed_is_planned_and_planned_is_dashed(drawn, name):
    for line in lines(drawn[name]):
        planned = line.curve in bounds.register() and bounds.get(line.curve).future
        assert (line.line["linestyle"] == "--") == planned, line.curve


def test_no_look_is_dashed_that_is_not_planned():
    for name, curve in looks.curves().items():
        planned = name in bounds.register() and bounds.get(name).future
        assert curve.linestyle != "--" or planned, name


def contrast(color, ground):
    light, dark = sorted((TO_XYZ[1] @ linear(color) + 0.05, TO_XYZ[1] @ linear(ground) + 0.05), reverse=True)
    return light / dark


@pytest.mark.parametrize("name", DRAWINGS)
def test_names_can_be_read_on_their_ground(drawn, name):
    colors = {to_hex(text.get_color()) for ax in drawn[name].axes.values() for text in ax.texts}
    assert colors
    for color in colors:
        for ground in ("white", EXCLUDED["color"]):
            assert contrast(color, ground) >= 4.5, (color, ground)


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_curve_that_is_seen_is_named(drawn, name):
    """By its name or the legend; in the small panels of Fig. 2.2 each class by the search that leads."""
    figure = drawn[name]
    for panel, ax in figure.axes.items():
        texts = {text.get_text() for text in ax.texts}
        if ax.get_legend():
            texts |= {text.get_text() for text in ax.get_legend().texts}
        leaders = [line for line, _ in figure.names.drawn[panel] if line.paint and line.name in texts]
        for line, _ in figure.names.drawn[panel]:
            if line.curve in figure.names.seen(panel):
                assert line.name in texts or (line.paint and len(figure.axes) > 1 and line.paint in {
                    leader.paint for leader in leaders}), (panel, line.curve)


@pytest.mark.parametrize("name", DRAWINGS)
def test_names_do_not_collide(drawn, name):
    for ax in drawn[name].axes.values():
        boxes = [text.get_window_extent() for text in ax.texts]
        assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]
        assert all(ax.bbox.padded(1).contains(*corner) for box in boxes for corner in box.corners())


@pytest.mark.parametrize("name", DRAWINGS)
def test_files_are_small(drawn, name):
    assert len(drawn[name]._repr_svg_().encode()) < 300_000


def test_pdf_holds_letters(drawn, tmp_path):
    drawn["fig-3.3"].save(tmp_path)
    text = (tmp_path / "fig-3.3.pdf").read_bytes()
    assert b"/Type3" not in text and b"/CIDFontType2" in text


def test_no_reach_is_said_where_there_is_none(drawn):
    for panel, dump in (("seaquest", SEAQUEST), ("faser", bounds.get("FASER"))):
        said = {text.get_text() for text in drawn["fig-3.3"].axes[panel].get_legend().texts}
        for ratio in (0, 0.2, 2):
            empty = dump.region(ZPrime.muonic(g_nu=ratio), FINE).empty
            assert (rf"$g_\nu/g_\mu={ratio}$: no reach" in said) == empty


def test_the_island_is_more_than_a_stroke(drawn):
    rows = drawn["fig-3.3"].table.query("panel == 'seaquest' and 0.7 < x < 0.85 and curve == 'g_nu/g_mu=0'")
    assert rows.groupby(["piece", "role"]).size().min() > 20 and rows.piece.nunique() == 1
    assert 0.70 < rows.x.min() < 0.76 and 0.785 < rows.x.max() < 0.80  # around the omega, at 783 MeV


def test_no_gap_is_bridged(drawn):
    """A piece of a curve has no mass inside it at which the bound says nothing: SHiP at g_nu = g_mu, 34 to 211 MeV."""
    rows = drawn["fig-4.1"].table.query("panel == 'gnu_1' and curve == 'SHiP' and role == 'lower'")
    ends = rows.groupby("piece").x.agg(["min", "max"])
    assert len(ends) > 1 and ends["max"].iloc[0] < 0.04 and ends["min"].iloc[1] > 0.21
    for name, ratio in (("SHiP", 1), ("SeaQuest", 0.1)):
        where = {"panel": f"gnu_{ratio}", "name": name}
        rows = drawn["fig-4.1"].table.query("panel == @panel and curve == @name and role == 'lower'", local_dict=where)
        m = bounds.get(name).masses
        reached = np.isfinite(bounds.get(name).region(ZPrime.muonic(g_nu=ratio), m).lowest)
        for _, piece in rows.groupby("piece"):
            assert reached[(m >= piece.x.min() * (1 - 1e-7)) & (m <= piece.x.max() * (1 + 1e-7))].all()


def test_of_a_class_what_no_other_covers_is_drawn(drawn):
    """Point by point against every member's region, for the colliders with all fermions."""
    figure, panel = drawn["all_fermions"], "all_fermions"
    members = {line.curve: path for line, path in figure.names.drawn[panel]
               if line.paint and bounds.get(line.curve).group == "e+e- colliders"}
    assert len(members) > 5
    regions = {name: bounds.get(name).region(MODELS[panel]) for name in members}
    for name, (m, g) in members.items():
        for other, region in regions.items():
            if other != name:
                there = np.isfinite(m) & np.isfinite(g) & np.isin(m, region.m)
                for x, y in np.transpose([m[there], g[there]]):
                    at = np.flatnonzero(region.m == x)[0]
                    inside = (region.lower[:, at] * (1 + 2e-6) < y) & (y < region.upper[:, at] * (1 - 2e-6))
                    assert not inside.any(), (name, other, x)


def test_a_covered_edge_is_cut_where_it_is_covered():
    log = {"xscale": "log", "yscale": "log", "xlim": (1, 100), "ylim": (1, 100)}
    ax = Figure(figsize=(2, 2), dpi=100).add_axes((0, 0, 1, 1), **log)
    m = np.geomspace(1, 100, 3)
    falling, rising = 100 / m, m
    pieces = [list(Region.of(m, (g, np.inf)).pieces()) for g in (falling, rising)]
    left, right = envelope.outer(ax, [(m, falling), (m, rising)], pieces)
    assert np.nanmin(left[0]) > 9.8 and np.nanmax(right[0]) < 10.2  # they cross at 10: the lower edge stays


@pytest.mark.parametrize("start", np.geomspace(1.02e-3, 1.04e-3, 40))
def test_an_edge_that_two_bounds_share_is_drawn_once(start):
    """On some processors the way to pixels and back ends left of the start, on others right of it."""
    log = {"xscale": "log", "yscale": "log", "xlim": (1e-3, 1), "ylim": (1e-4, 0.1)}
    ax = Figure(figsize=(3, 3), dpi=90).add_axes((0, 0, 1, 1), **log)
    m = np.geomspace(start, 0.1, 5)
    limits = [(2e-4, 1e-2), (5e-4, 5e-2), (3e-4, 2e-2)]
    pieces = [list(Region.of(m, (np.full(5, low), np.full(5, high))).pieces()) for low, high in limits]
    edges = [(np.r_[m, m[::-1], m[0]], np.repeat([low, high, low], [5, 5, 1])) for low, high in limits]
    first, second, third = (path[1][abs(path[0] / start - 1) < 1e-9] for path in envelope.outer(ax, edges, pieces))
    assert np.nanmin(first) == pytest.approx(2e-4) and np.nanmax(first) == pytest.approx(1e-2)
    assert np.nanmin(second) > 0.99e-2 and np.nanmax(second) == pytest.approx(5e-2)
    assert len(first) > 40 and np.isnan(third).all()


def test_simpler_paths_stay_within_their_tolerance():
    x = np.linspace(0, 100, 2001)
    y = 20 * np.sin(x / 5) + np.random.default_rng(1).normal(size=len(x)) * 0.02
    kept = svg.simplified(np.column_stack([x, y]), 0.05)
    assert len(kept) < 600
    assert np.abs(np.interp(x, *kept.T) - y).max() < 0.05 * np.sqrt(1 + 16)  # measured along y, at slopes up to 4
