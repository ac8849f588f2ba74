import re

import numpy as np
import pytest

from zputils import ZPrime, bounds, curves, figures, paths
from zputils.experiments import ship
from zputils.pages.credits import credits
from zputils.physics.g_minus_2 import ANOMALY_2025, g_mu_band


@pytest.fixture(scope="module")
def drawn():
    return {name: figures.draw(name) for name in figures.NAMES}


@pytest.mark.parametrize("name", figures.NAMES)
def test_every_panel_has_its_curves_and_every_input_its_row(drawn, name):
    table = drawn[name].table
    assert set(table.panel) == set(figures.PANELS[name])
    assert np.isfinite(table[["x", "y"]]).all(axis=None) and (table[["x", "y"]] > 0).all(axis=None)
    assert set(drawn[name].inputs) <= set(curves.names())


def test_the_paper_has_five():
    assert set(figures.NAMES) == set(figures.PANELS)


def test_figure_4_1_holds_what_the_bounds_say(drawn):
    table = drawn["fig-4.1"].table
    for ratio in figures.RATIOS:
        panel = table[table.panel == f"gnu_{ratio:g}"]
        for name in bounds.PLANNED:
            region = bounds.get(name).region(ZPrime.muonic(g_nu=ratio))
            rows = panel[(panel.curve == name) & panel.role.isin(("limit", "lower"))]
            there = np.isfinite(region.lower)
            np.testing.assert_allclose(np.sort(rows.y), np.sort(region.lower[there]), rtol=1e-7, err_msg=name)
            m = np.broadcast_to(region.m, there.shape)[there]
            np.testing.assert_allclose(np.sort(rows.x), np.sort(m), rtol=1e-7)


@pytest.mark.parametrize(("figure", "panel", "model"), [
    ("fig-2.2", "muon_neutrino", ZPrime.muonic(g_nu=1)), ("fig-2.2", "all_fermions", ZPrime.all_fermions()),
    *(("fig-4.1", f"gnu_{ratio:g}", ZPrime.muonic(g_nu=ratio)) for ratio in figures.RATIOS)])
def test_what_coherent_excludes_is_drawn_with_its_window(drawn, figure, panel, model):
    """The rows of the table, piece by piece, are the intervals of the bound: a coupling in the window is in none."""
    rows = drawn[figure].table.query("panel == @panel and curve == 'COHERENT'")
    region = bounds.get("COHERENT").region(model, rows[rows.role == "limit"].x.to_numpy())
    (lower, limit), (upper, _) = region.lower, region.upper
    found = rows.groupby("piece").role.agg(lambda role: tuple(dict.fromkeys(role)))
    assert sorted(found) == [("limit",), ("lower", "upper")]
    for role, edge in (("limit", limit), ("lower", lower), ("upper", upper)):
        np.testing.assert_allclose(rows[rows.role == role].y, edge, rtol=1e-7)
    assert np.all((lower < upper) & (upper < limit))


def test_the_projection_of_coherent_is_a_line_in_a_band(drawn):
    for ratio in figures.RATIOS:
        rows = drawn["fig-4.1"].table.query("panel == @panel", local_dict={"panel": f"gnu_{ratio:g}"})
        low, line, high = (rows[(rows.curve == "COHERENT future") & (rows.role == role)].y.to_numpy()
                           for role in ("low", "limit", "high"))
        assert np.all((low < line) & (line < high)) and np.all(abs(np.diff(np.log(line))) < 0.05)  # no step


def test_inputs_are_those_of_the_curves_drawn(drawn):
    assert not drawn["fig-3.1"].inputs
    assert {"SHiP_Ahdida2020new_brem_dipole", "pdg_rratio_2020"} <= set(drawn["fig-3.2"].inputs)
    assert "BaBar4mu_Lees2016_LmuLtau" in drawn["fig-4.1"].inputs
    assert "FASER2_Ariga2018uku" not in drawn["fig-4.1"].inputs


def test_the_band_of_2025_reaches_down_to_the_axis():
    figure = figures.combined(ANOMALY_2025, bounds.LATER, "-2025")
    table = figure.table[(figure.table.panel == "gnu_1") & (figure.table.curve == "g-2")]
    assert set(table.role) == {"central", "high"} and figure.name == "fig-4.1-2025"
    high = table[table.role == "high"]
    np.testing.assert_allclose(high.y, g_mu_band(high.x.to_numpy(), ANOMALY_2025)[2], rtol=1e-7)
    (fill,) = (c for c in figure.axes["gnu_1"].collections if c.get_alpha() == 0.15)
    assert fill.get_paths()[0].vertices[:, 1].min() == figures.PANELS["fig-4.1"]["gnu_1"].ylim[0]
    assert set(bounds.LATER) <= set(figure.table.curve)


def test_credits_lead_to_the_files_the_function_and_the_data(drawn):
    for name, figure in drawn.items():
        text = credits(figure)._repr_markdown_()
        assert re.findall(r"_build/figures/([\w.-]+)>", text) == [f"{name}.{kind}" for kind in ("csv", "svg", "pdf")]
        assert f"figures.{figures.DRAW[name].__name__}" in text
        assert text.count("](#data-") == len(figure.inputs)


def test_ship_fits_are_anchored():
    anchor = curves.load("SHiP_Ahdida2020new_brem_dipole").lower_at(0.1)
    for fit in ship.fits().values():
        assert fit.reach(ZPrime.dark_photon(hypercharge=True), 0.1)[0] == pytest.approx(anchor)


def test_the_command_writes_what_draw_draws(tmp_path, monkeypatch, drawn):
    monkeypatch.setattr(paths, "FIGURES", tmp_path)
    figures.main(["fig-3.1"])
    assert sorted(file.name for file in tmp_path.iterdir()) == ["fig-3.1.csv", "fig-3.1.pdf", "fig-3.1.svg"]
    assert (tmp_path / "fig-3.1.csv").read_text(encoding="utf-8") == drawn["fig-3.1"].text("fig-3.1")


def test_unknown_figure():
    with pytest.raises(KeyError, match=r"figure = 'fig-9.9' is not one of 'fig-2.2'"):
        figures.draw("fig-9.9")
