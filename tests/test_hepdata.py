"""The HEPData submission holds the figures' numbers, passes HEPData's checks, and is written whole or not at all."""

import tarfile
from itertools import groupby

import numpy as np
import pandas as pd
import pytest
import yaml

from zputils import bounds, curves, figures
from zputils.figures.limit_figure import LimitFigure
from zputils.methods.region import Region

hepdata = pytest.importorskip("zputils.pages.hepdata")

PANELS = [(name, panel) for name, panels in figures.PANELS.items() for panel in panels]


def load(path):
    return list(yaml.load_all(path.read_text(encoding="utf-8"), yaml.CSafeLoader))


def thinned(figure, step=10):
    """A figure with every tenth point of each curve: writing and checking all takes half a minute, and is the same."""
    figure._rows = [row for _, rows in groupby(figure._rows, key=lambda row: row[:3]) for row in list(rows)[::step]]
    return figure


@pytest.fixture(scope="module")
def drawn():
    return {name: thinned(figures.draw(name)) for name in figures.NAMES}


@pytest.fixture(scope="module")
def folder(drawn, tmp_path_factory):
    return hepdata.write(drawn.values(), tmp_path_factory.mktemp("hepdata"))


@pytest.fixture(scope="module")
def head(folder):
    """{table's name: its document in submission.yaml}."""
    return {document["name"]: document for document in load(folder / "submission.yaml")[1:]}


@pytest.fixture
def small():
    """A figure of few points."""
    figure = LimitFigure("fig-3.3", figures.PANELS["fig-3.3"])
    for panel in figure.axes:
        region = Region.of(np.array([0.01, 0.1]), (np.array([1e-6, 1e-5]), np.inf))
        figure.region(panel, "FASER", region, inputs=("FASER2_Ariga2018uku",))
    return figure


@pytest.fixture
def unpacked(small, tmp_path):
    """A small submission to break."""
    with tarfile.open(hepdata.write([small], tmp_path / "whole") / hepdata.ARCHIVE) as archive:
        archive.extractall(tmp_path / "copy", filter="data")
    return tmp_path / "copy"


def packed(copy):
    archive = copy.parent / hepdata.ARCHIVE
    with tarfile.open(archive, "w:gz") as tar:
        for file in copy.iterdir():
            tar.add(file, arcname=file.name)
    return archive


def test_there_is_a_table_for_every_panel(head):
    assert list(head) == [f"{name} {panel}" for name, panel in PANELS]


@pytest.mark.parametrize(("name", "panel"), PANELS)
def test_the_numbers_come_back(name, panel, folder, head, drawn):
    (content,) = load(folder / head[f"{name} {panel}"]["data_file"])
    columns = content["independent_variables"] + content["dependent_variables"]
    read = pd.DataFrame({key: [entry["value"] for entry in column["values"]]
                         for key, column in zip(("x", "curve", "role", "y"), columns, strict=True)})
    expected = drawn[name].table.query("panel == @panel").reset_index(drop=True)
    pd.testing.assert_frame_equal(read[["curve", "role", "x", "y"]], expected[["curve", "role", "x", "y"]],
                                  check_exact=True, check_dtype=False)


@pytest.mark.parametrize(("name", "panel"), PANELS)
def test_columns_have_the_units_of_the_axes(name, panel, folder, head):
    (content,) = load(folder / head[f"{name} {panel}"]["data_file"])
    look = figures.PANELS[name][panel]
    for column, label in ((content["independent_variables"][0], look.x), (content["dependent_variables"][0], look.y)):
        header = column["header"]
        assert header["name"] + f" [{header.get('units')}]" * ("units" in header) == label
    assert ("GeV" == content["independent_variables"][0]["header"].get("units")) == ("GeV" in look.x)


def test_qualifiers_say_which_model_and_level(folder, head):
    for ratio in figures.RATIOS:
        (content,) = load(folder / head[f"fig-4.1 gnu_{ratio}"]["data_file"])
        said = {entry["name"]: entry["value"] for entry in content["dependent_variables"][0]["qualifiers"]}
        assert said["g_nu_mu/g_mu"] == ratio and said["g_mu/g_mu"] == 1
        assert said["Level, BaBar 4mu"] == curves.entry("BaBar4mu_Lees2016_LmuLtau").confidence_level
        drawn_there = {entry["value"] for entry in content["independent_variables"][1]["values"]}
        assert {f"Level, {curve}" for curve in drawn_there if curve in bounds.register()} <= set(said)


def test_every_published_curve_that_went_in_is_referred_to(head, drawn):
    for name, panel in PANELS:
        links = head[f"{name} {panel}"].get("additional_resources", ())
        said = [f"{link['location']} {link['description']}" for link in links]
        for row in map(curves.entry, drawn[name].inputs_of(panel)):
            where = f"arxiv.org/abs/{row.arxiv} " if row.arxiv else "inspirehep.net"
            assert row.kind == "table" or row.inspire
            assert not row.inspire or any(where in text and row.what in text and row.inspire in text for text in said)
    assert "additional_resources" not in head["fig-3.1 left"]
    ship = head["fig-3.2 left"]["additional_resources"]
    assert "https://arxiv.org/abs/2011.05115" in {link["location"] for link in ship}


def test_a_panel_does_not_refer_to_what_another_is_made_from(head):
    seaquest, faser = ({link["location"] for link in head[f"fig-3.3 {panel}"]["additional_resources"]}
                       for panel in ("seaquest", "faser"))
    assert seaquest ^ faser == {"https://arxiv.org/abs/1804.00661", "https://arxiv.org/abs/1811.12522"}


def test_the_archive_holds_the_files_beside_it(folder):
    with tarfile.open(folder / hepdata.ARCHIVE) as archive:
        packed_files = {member.name: archive.extractfile(member).read() for member in archive}
    assert packed_files == {file.name: file.read_bytes() for file in folder.glob("*.yaml")}


def edit(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


FASER = "fig-3.3_faser.yaml"
DAMAGES = {
    "a table is missing": (lambda copy: (copy / FASER).unlink(), "Missing data_file"),
    "a column has no name": (lambda copy: edit(copy / FASER, "name: Curve", "title: Curve"), "'name'"),
    "a value is a list": (lambda copy: edit(copy / FASER, "- value: ", "- value: [1] #"), r"\[1\] is not of"),
    "a column is short": (lambda copy: edit(copy / FASER, "  - value: FASER\n", ""), "length"),
    "a file too many": (lambda copy: (copy / "notes.yaml").write_text("a: 1", encoding="utf-8"),
                        "notes.yaml is not referenced"),
    "no description": (lambda copy: edit(copy / "submission.yaml", "description: 'Fig. 3.3", "remark: 'Fig. 3.3"),
                       "'description' is a required property"),
    "no yaml": (lambda copy: edit(copy / "submission.yaml", "comment: ", "comment: ]"), "problem parsing"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_broken_submission_is_refused(damage, unpacked):
    hepdata.validate(packed(unpacked))
    spoil, message = DAMAGES[damage]
    spoil(unpacked)
    with pytest.raises(ValueError, match=message):
        hepdata.validate(packed(unpacked))


def test_an_invalid_submission_leaves_the_old_one(small, tmp_path, monkeypatch):
    hepdata.write([small], tmp_path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    monkeypatch.setattr(hepdata, "COMMENT", 3)
    with pytest.raises(ValueError, match="no HEPData submission"):
        hepdata.write([small], tmp_path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_files_of_an_older_submission_go(small, tmp_path):
    (tmp_path / "fig-9.9_gone.yaml").write_text("old", encoding="utf-8")
    hepdata.write([small], tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {"fig-3.3_seaquest.yaml", "fig-3.3_faser.yaml",
                                                          "submission.yaml", hepdata.ARCHIVE}
