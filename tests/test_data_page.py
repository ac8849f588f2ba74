"""The page of the catalogue: everything is on it, under its own anchor, with what the catalogue says."""

import re

import numpy as np
import pytest
from matplotlib import image
from pybtex.database import parse_file, parse_string

from zputils import curves, entries, figures, licences, paths, references
from zputils.pages import data_page, links, thumbnails

NAMES = curves.names()
PAGE = (paths.BOOK / "appendix-data.md").read_text(encoding="utf-8")


def test_anchors_are_distinct_and_ids_that_docutils_leaves_alone():
    anchors = [links.anchor(name) for name in NAMES]
    assert len(set(anchors)) == len(NAMES)
    assert all(re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", anchor) for anchor in anchors)


def test_an_unknown_name_has_no_anchor():
    with pytest.raises(KeyError, match="nearest: 'Borexino_LmuLtau'"):
        links.anchor("Borexino_LmuLta")


def test_the_page_shows_every_kind_once():
    shown = [kind for call in re.findall(r"sections\((.*)\)", PAGE) for kind in re.findall(r'"(\w+)"', call)]
    assert sorted(shown) == sorted(set(curves.catalogue().kind))


def test_the_overview_links_every_name():
    assert re.findall(r"\]\(#(.*?)\)", data_page.overview().text) == [links.anchor(name) for name in NAMES]


@pytest.mark.parametrize("name", ["Borexino_LmuLtau", "FASER2_Ariga2018uku", "Neff_Escudero2019_LmuLtau", "n_eff",
                                  "bbn_cmb_mass_bounds", "pdg_rratio_2020", "BESIII_Ablikim2017aab"])
def test_a_section_has_all_that_is_promised(name, tmp_path, monkeypatch):
    data_page.uses(name)  # reads the pages once and for all, before the book is elsewhere
    monkeypatch.setattr(paths, "BOOK", tmp_path / "book")
    monkeypatch.setattr(paths, "DATA", tmp_path / "data")
    monkeypatch.setattr(thumbnails, "THUMBNAILS", tmp_path / "_build" / "thumbnails")
    row, text = curves.entry(name), data_page.section(name)
    assert f"({links.anchor(name)})=" in text
    assert f"<../data/{row.file}>" in text
    assert row.what in text.replace("\\", "")
    assert re.search(r":alt: .{40}", text)
    assert (f"arxiv.org/abs/{row.arxiv}" in text) == bool(row.arxiv)
    assert ("```bibtex" in text) == bool(row.inspire)
    pixels = image.imread(thumbnails.THUMBNAILS / f"{name}.png")
    assert np.mean(np.ptp(pixels[..., :3], axis=-1) > 0.2) > 1e-3  # colour: a frame and its letters are grey
    assert (thumbnails.THUMBNAILS / f"{name}.png").stat().st_size < 60_000


@pytest.mark.parametrize("name", NAMES)
def test_what_the_catalogue_says_is_said(name):
    row, text = curves.entry(name), "\n".join(data_page.facts(name).values()).replace("\\", "")
    for field in ("model", "confidence_level", "how_obtained", "cleaning", "caveats", "production", "conditions"):
        assert row[field] in text
    assert all(f"`{column}`" in text for column in [row.x, *row.y.split()])


def test_every_table_has_a_plot_of_columns_it_has():
    assert set(thumbnails.TABLES) == set(curves.names("table"))
    for name, plot in thumbnails.TABLES.items():
        assert {*plot.columns, *plot.groups} <= set(curves.table(name))


def test_every_name_of_the_catalogue_is_found_in_quotes():
    assert [name for name in curves.names() if not data_page.QUOTED.fullmatch(f"'{name}'")] == []


def test_uses_are_those_of_the_text_and_of_the_figures():
    loaded = re.compile(r'curves\.(?:load|table)\("(\w+)"\)')
    for page in set(paths.BOOK.glob("*.md")) - {paths.BOOK / "appendix-data.md"}:
        for name in loaded.findall(page.read_text(encoding="utf-8")):
            assert f"[]({page.name})" in data_page.uses(name)["text"]
    used = data_page.uses("NA64mu_Andreev2024klw")
    assert used["bounds"] == ["NA64mu"] and not used["figures"]
    assert data_page.uses("SeaQuest_phase1_Berlin2018")["figures"] == ["[fig-3.3](#fig-3-3)", "[fig-4.1](#fig-4-1)"]


def test_links_to_figures_have_targets():
    pages = "\n".join(page.read_text(encoding="utf-8") for page in paths.BOOK.glob("*.md"))
    for name in figures.NAMES:
        assert re.search(rf"^ *name: {name.replace('.', '-')}$", pages, re.MULTILINE), name


def test_most_bounds_are_named_by_those_that_are_missing():
    every = list(data_page.bounds.register())
    assert data_page._bounds_in_words(every[:2]) == f"{every[0]}, {every[1]}"
    assert data_page._bounds_in_words(every[1:]) == f"every bound but {every[0]}"
    assert data_page._bounds_in_words(every) == "every bound"


def test_what_was_read_somewhere_has_the_licence_of_that_place():
    rows = entries.catalogued()
    read = {name for name in rows.index if rows.source[name]}
    assert {name for name in rows.index if licences.of(name)} >= read
    used = {source for name in rows.index for source in licences.of(name)}
    assert used == set(licences.stated().index)
    assert all(licence and what for licence, what in licences.stated().itertuples(index=False))
    assert data_page.facts("hadronic_forms")["Licence"] == "Hazma: MIT; DeLiVeR: none stated"


def test_bibtex_reads_back_as_the_bibliographys_entry():
    entries = parse_file(paths.REFERENCES).entries
    for key in set(curves.catalogue().inspire) - {""}:
        assert parse_string(references.bibtex([key]), "bibtex").entries[key] == entries[key]
    with pytest.raises(KeyError, match="= 'Nobody:2030'"):
        references.bibtex(["Nobody:2030"])
