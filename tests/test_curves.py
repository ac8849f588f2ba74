"""The catalogue: every file has its row and loads; published numbers come back; damaged files are refused."""

import importlib.util
import io
import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import quad

from zputils import curves, entries, facts
from zputils.constants import ALPHA, M_E, M_OMEGA, M_PHI
from zputils.paths import DATA, ROOT

CURVES = [name for name in curves.names() if curves.catalogue().kind[name] not in curves.TABLES]
TABLES = curves.names("table") + curves.names("map")


def test_every_file_has_one_row_and_every_row_a_file_in_the_same_letter_case():
    files = {path.relative_to(DATA).as_posix() for path in DATA.glob("*/*.csv")}
    assert files == set(curves.catalogue().file)
    assert all(Path(file).stem == name for name, file in curves.catalogue().file.items())


def test_every_row_says_where_the_numbers_are_from():
    rows = curves.catalogue()
    published = rows[rows.source != ""]
    for column in ("what", "model", "kind", "x", "y", "how_obtained", "version", "sha256"):
        assert (rows[column] != "").all(), column
    for column in ("inspire", "read_from", "location", "cleaning"):
        assert (published[column] != "").all(), column
    assert (published.confidence_level[published.kind != "table"] != "").all()
    assert rows.how_obtained[rows.source == ""].str.startswith("Computed").all()
    assert rows.arxiv[rows.arxiv != ""].str.fullmatch(r"\d{4}\.\d{4,5}").all()
    assert published.inspire.str.fullmatch(r"[A-Za-z0-9]+:\d{4}[a-z]{2,3}").all()


def test_the_readme_has_a_heading_for_every_file():
    headings = re.findall(r"^### (\S+)$", (DATA / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == curves.catalogue().file.tolist()


def test_dark_photon_rows_can_be_read_by_a_machine():
    rows = curves.catalogue().loc[curves.catalogue().file.str.startswith("dark_photon/")]
    assert set(rows.kind) == {"prompt", "displaced", "invisible", "indirect", "map"}
    assert (rows.production != "").all()
    leptons = rows.published_br == "leptons"
    assert rows.index[leptons].tolist() == ["KLOE_Babusci2012cr"]
    for column, kind in (("L_dec_m", "displaced"), ("L_sh_m", "displaced"), ("published_br", "invisible")):
        assert ((rows[column] != "") == (rows.kind == kind))[~leptons].all()
        assert (rows[column][rows.kind == kind].astype(float) > 0).all()
    assert set(rows.proper_time_rule[rows.kind == "prompt"]) == {"", "na48", "lhcb", "kloe", "kloe_phi"}
    for name, row in rows[rows.kind == "displaced"].iterrows():
        assert row.conditions == f"L_dec/L_sh = {row.L_dec_m}/{row.L_sh_m}"
        assert curves.load(name).upper is not None


@pytest.mark.parametrize("name", CURVES)
def test_a_curve_has_the_stated_columns_in_its_file_and_returns_its_own_points(name):
    row, curve = curves.catalogue().loc[name], curves.load(name)
    lines = (DATA / row.file).read_text(encoding="utf-8").splitlines()
    header = next(line for line in lines if not line.startswith("#"))
    assert header.split(",") == [row.x, *row.y.split()] == curves.table(name).columns.tolist()
    assert np.isfinite(curve.m).all() and not curve.m.flags.writeable
    if curve.outline:
        return
    np.testing.assert_allclose(curve.lower_at(curve.m), curve.lower, rtol=1e-12)
    assert np.isnan(curve.lower_at([curve.m[0] * 0.999, curve.m[-1] * 1.001])).all()
    if curve.upper is not None:
        np.testing.assert_allclose(curve.at(curve.m)[1], curve.upper, rtol=1e-12)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_the_stated_columns(name):
    row = curves.catalogue().loc[name]
    stated = row.x.split() + row.y.split() + row.labels.split()
    assert sorted(curves.table(name)) == sorted(stated)


# -- numbers that the publications state ---------------------------------------------------------------


@pytest.mark.parametrize(("name", "m", "value", "rtol"), [
    # arXiv:2108.05147 Sec. 3.3 fixes its beam-dump rate at 5.28e-8 at 100 MeV.
    ("SHiP_Ahdida2020new_brem_dipole", 0.1, 5.28e-8, 2e-3),
    # 0.063 m/GeV between 2 and 25 MeV, digitised to 3 figures.
    ("Borexino_LmuLtau", 0.003, 0.063 * 0.003, 0.03),
    ("Borexino_LmuLtau", 0.02, 0.063 * 0.02, 0.03),
    # 1.4e-3, flat below 9 MeV.
    ("COHERENT_existing_LmuLtau", 0.005, 1.4e-3, 1e-3),
])
def test_stated_values_of_a_lower_edge(name, m, value, rtol):
    assert curves.load(name).lower_at(m) == pytest.approx(value, rel=rtol)


def test_ccfr_at_high_mass_is_the_limit_of_a_contact_interaction():
    """There the limit is linear in the mass; arXiv:1406.2332 states m/g > 550 GeV."""
    slope = curves.load("CCFR_Altmannshofer2014_LmuLtau").lower_at([100.0, 400.0]) / [100.0, 400.0]
    assert slope[0] == pytest.approx(slope[1], rel=0.02)
    assert 1 / slope[1] == pytest.approx(550, rel=0.05)


@pytest.mark.parametrize(("name", "shift"), [("AMMe_Bodas2021fsy_cs", 8.7e-13 + 3 * 3.6e-13),
                                             ("AMMe_Bodas2021fsy_rb", 4.8e-13 + 3 * 3.0e-13)])
def test_electron_g_minus_2_limits_follow_from_the_shifts_of_arxiv_2102_07781(name, shift):
    curve = curves.load(name)

    def loop(m):  # the one-loop vertex with a vector of mass m and coupling e
        def weight(z):
            return 2 * z * (1 - z) ** 2 / ((1 - z) ** 2 + z * (m / M_E) ** 2)
        return ALPHA / (2 * np.pi) * quad(weight, 0, 1, epsrel=1e-10)[0]

    for i in (0, 20, 50):
        assert curve.limit[i] == pytest.approx(np.sqrt(shift / loop(curve.m[i])), rel=5e-3)


def test_gaps_are_the_vetoes_of_the_publications():
    babar, lhcb = curves.load("BaBar_Lees2014xha"), curves.load("LHCb_Aaij2019bvg_prompt")
    omega, phi, jpsi, psi2s, upsilon, upsilon2s = M_OMEGA, M_PHI, 3.0969, 3.6861, 9.4604, 10.0233
    assert np.isnan(babar.lower_at([omega, phi, jpsi, psi2s, upsilon2s])).all()
    assert np.isnan(lhcb.lower_at([omega, phi, jpsi, psi2s, upsilon])).all()
    assert np.isfinite(babar.lower_at([0.7, 0.9, 2.0, 5.0])).all()
    assert max(np.nanmax(babar.lower), np.nanmax(lhcb.lower)) < 0.1


def test_a_gap_in_a_table_is_nan():
    frame = curves.table("bbn_cmb_mass_bounds")
    assert frame.electrons[frame.m_CMB_GeV.isna()].tolist() == [1e5] and frame.isna().to_numpy().sum() == 1


def test_interpolation_is_log_log_and_keeps_the_shape():
    curve = curves.load("SHiP_Ahdida2020new_brem_dipole")
    middle = np.sqrt(curve.m[0] * curve.m[1])
    assert curve.lower_at(middle) == pytest.approx(np.sqrt(curve.lower[0] * curve.lower[1]), rel=1e-12)
    assert curve.lower_at(np.full((2, 3), 0.1)).shape == (2, 3) and np.ndim(curve.lower_at(0.1)) == 0


def test_the_tip_of_the_seaquest_outline_is_kept():
    curve = curves.load("SeaQuest_phase1_Berlin2018")
    assert curve.m[-1] == 1.36798 and curve.lower[-1] == curve.upper[-1] == 6.35401e-7
    assert curve.upper_at(0.776924) == pytest.approx(1.46112e-6)  # a point of the upper branch
    assert curve.lower_at(0.777031) == pytest.approx(5.94511e-8)  # and one of the lower


# -- bad input ---------------------------------------------------------------------------------------------


def test_unknown_names_are_answered_with_close_ones():
    with pytest.raises(KeyError, match="Borexino_LmuLtau"):
        curves.load("borexino_LmuLtau")
    with pytest.raises(KeyError, match="is not one of 'BaBar4mu_Lees2016_LmuLtau'"):
        curves.table("???")
    with pytest.raises(KeyError, match=r"curves\.table"):
        curves.load("pdg_rratio_2020")
    with pytest.raises(KeyError, match="kind = 'curve'"):
        curves.names("curve")


@pytest.mark.parametrize("m", [0.0, -1.0, np.nan, [0.1, np.inf]])
def test_masses_must_be_positive_and_finite(m):
    with pytest.raises(ValueError, match="m = "):
        curves.load("Borexino_LmuLtau").at(m)


def test_edges_that_are_not_there():
    with pytest.raises(ValueError, match="no upper edge"):
        curves.load("Borexino_LmuLtau").upper_at(0.01)
    with pytest.raises(AttributeError, match="not one limit"):
        curves.load("E137_Andreas2012mt").limit  # noqa: B018
    with pytest.raises(ValueError, match="outline"):
        curves.load("Neff_Escudero2019_LmuLtau").at(0.01)


GOOD = "# mine\nm_GeV,epsilon_lower,epsilon_upper\n0.1,1e-7,1e-5\n0.2,NA,NA\n0.3,1e-7,2e-6\n"


def own(tmp_path, text, newline="\n"):
    path = tmp_path / "mine.csv"
    path.write_text(text, newline=newline, encoding="utf-8")
    return path


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_file_of_your_own(tmp_path, newline):
    curve = curves.read_curve(own(tmp_path, GOOD, newline))
    assert curve.name == "mine" and curve.coupling == "epsilon"
    edge = curve.lower_at([0.1, 0.15, 0.2, 0.25, 0.3])
    np.testing.assert_allclose(edge, [1e-7, np.nan, np.nan, np.nan, 1e-7], rtol=1e-12)


@pytest.mark.parametrize(("old", "new", "message"), [
    ("0.3,1e-7,2e-6", "0.1,1e-7,2e-6", "line 5: m_GeV = 0.1, masses must rise"),
    ("0.3,1e-7,2e-6", "0.2,1e-7,2e-6", "line 5: m_GeV = 0.2, masses must rise"),
    ("0.3,1e-7,2e-6", "0.3,3e-6,2e-6", "line 5: epsilon_lower = 3e-06, must not exceed epsilon_upper"),
    ("0.3,1e-7,2e-6", "0.3,nan,2e-6", "line 5: epsilon_lower = 'nan' is not a finite number"),
    ("0.3,1e-7,2e-6", "0.3,1e-7,", "line 5: epsilon_upper = '' is not a finite number"),
    ("0.3,1e-7,2e-6", "0.3,NA,2e-6", "line 5: epsilon_lower = 'NA' is not a finite number"),
    ("0.3,1e-7,2e-6", "0.3,1e-7,inf", "line 5: epsilon_upper = 'inf' is not a finite number"),
    ("0.3,1e-7,2e-6", "-0.3,1e-7,2e-6", "line 5: m_GeV = -0.3, must be > 0"),
    ("0.3,1e-7,2e-6", "0.3,0,2e-6", "line 5: epsilon_lower = 0, must be > 0"),
    ("0.3,1e-7,2e-6", "0.3,1e-7", "line 5: 2 values, the header has 3"),
    ("0.3,1e-7,2e-6", "0.3,NA,NA", "line 5: a gap at the end"),
    (",epsilon_upper", "", "line 3: 3 values, the header has 2"),
    ("epsilon_upper", "eps", "columns .*eps"),
    ("m_GeV,epsilon_lower", "epsilon_lower,m_GeV", "line 4: m_GeV = 'NA' is not a finite number"),
    ("epsilon_lower,epsilon_upper", "epsilon_upper,epsilon_lower", "line 3: epsilon_lower = 1e-05, must not exceed"),
    ("m_GeV", "mass_GeV", "columns .*mass_GeV.*a curve has m_GeV"),
    ("0.3,1e-7,2e-6", "0.3,1e-7,1e5", "line 5: epsilon_upper = 100000, is no coupling"),
    (GOOD, "# nothing\n", "no rows"),
    (GOOD, "", "no rows"),
])
def test_a_damaged_file_is_refused_by_name_line_and_column(tmp_path, old, new, message):
    assert old in GOOD
    with pytest.raises(ValueError, match=rf"mine\.csv.*{message}"):
        curves.read_curve(own(tmp_path, GOOD.replace(old, new)))


def elsewhere(folder, monkeypatch):
    """The catalogue in another folder, and nothing cached from or for it."""
    for module in (curves, entries, facts):
        monkeypatch.setattr(module, "DATA", folder)
    curves.forget()
    yield folder
    curves.forget()


@pytest.fixture
def copy_of_data(tmp_path, monkeypatch):
    """A small catalogue in another folder."""
    folder, rows = tmp_path / "data", curves.catalogue().loc[["Borexino_LmuLtau", "coherent_csi_acceptance"]]
    for file in rows.file:
        (folder / file).parent.mkdir(parents=True)
        (folder / file).write_bytes((DATA / file).read_bytes())
    rows.reset_index().to_csv(folder / "catalogue.csv", index=False, lineterminator="\n")
    (folder / "README.md").write_text(entries.readme(rows.assign(name=rows.index)), encoding="utf-8")
    yield from elsewhere(folder, monkeypatch)


@pytest.mark.parametrize(("damage"), [
    lambda text: text[: len(text) // 2],
    lambda text: text.replace(b"0.000137", b"0.000138"),
    lambda text: text.replace(b"# Borexino", b"# Borex"),
])
def test_a_truncated_or_edited_file_is_refused(copy_of_data, damage):
    path = copy_of_data / "curves/Borexino_LmuLtau.csv"
    assert curves.load("Borexino_LmuLtau").m.size == 36
    curves.load.cache_clear()
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(ValueError, match=r"curves/Borexino_LmuLtau\.csv: sha256"):
        curves.load("Borexino_LmuLtau")


def test_line_ends_of_another_system_are_not_damage(copy_of_data):
    path = copy_of_data / "curves/Borexino_LmuLtau.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert curves.load("Borexino_LmuLtau").m.size == 36


def test_a_missing_file_a_missing_column_and_a_repeated_name_are_refused(copy_of_data):
    (copy_of_data / "curves/Borexino_LmuLtau.csv").unlink()
    with pytest.raises(ValueError, match=r"Borexino_LmuLtau\.csv: the file is missing"):
        curves.load("Borexino_LmuLtau")
    path = copy_of_data / "tables/coherent_csi_acceptance.csv"
    text = path.read_text(encoding="utf-8").replace("photoelectrons,acceptance", "photoelectrons,efficiency")
    path.write_text(text, encoding="utf-8")
    rows = pd.read_csv(copy_of_data / "catalogue.csv", dtype=str, keep_default_na=False)
    rows.loc[1, "sha256"] = curves.sha256(text)
    rows.to_csv(copy_of_data / "catalogue.csv", index=False)
    curves.forget()
    with pytest.raises(ValueError, match="column acceptance is missing"):
        curves.table("coherent_csi_acceptance")
    pd.concat([rows, rows]).to_csv(copy_of_data / "catalogue.csv", index=False)
    curves.forget()
    with pytest.raises(ValueError, match="has two rows"):
        curves.names()


def test_a_file_is_read_once_and_tables_are_copies():
    assert curves.load("Borexino_LmuLtau") is curves.load("Borexino_LmuLtau")
    with pytest.raises(ValueError, match="read-only"):
        curves.load("Borexino_LmuLtau").m[0] = 1.0
    table = curves.table("coherent_csi_acceptance")
    table.loc[0, "acceptance"] = 9.0
    assert curves.table("coherent_csi_acceptance").acceptance[0] != 9.0


# -- how the files are made ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tidy():
    spec = importlib.util.spec_from_file_location("tidy", ROOT / "publish" / "tidy.py")
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "publish")  # as for a script: the modules beside it can be imported
        spec.loader.exec_module(module)
    return module


def test_rows_are_ordered_and_repeated_masses_keep_the_widest_exclusion(tidy):
    frame = pd.DataFrame({"m_GeV": [2.0, 1.0, 2.0], "epsilon_lower": [3.0, 1.0, 2.0], "epsilon_upper": [4.0, 9.0, 5.0]})
    ordered, done = tidy.order(frame)
    assert ordered.to_numpy().tolist() == [[1.0, 1.0, 9.0], [2.0, 2.0, 5.0]]
    assert "1 row out of order" in done and "1 repeated" in done


def test_placeholders_become_gaps_inside_and_vanish_at_the_ends(tidy):
    frame = pd.DataFrame({"m_GeV": [1.0, 2.0, 3.0, 4.0, 5.0], "epsilon": [1e5, 0.1, 1e5, 0.2, 1.0]})
    marked, done = tidy.mark_gaps(frame, 1.0)
    np.testing.assert_array_equal(marked.to_numpy(), [[2.0, 0.1], [3.0, np.nan], [4.0, 0.2]])
    assert done.startswith("3 rows") and "2 at the ends dropped, 1 inside" in done


def test_an_outline_splits_into_edges_that_pass_through_its_points(tidy):
    outline = pd.DataFrame({"m_GeV": [1.0, 2.0, 4.0, 8.0, 3.0, 1.5], "epsilon": [64.0, 32.0, 16.0, 8.0, 2.0, 1.0]})
    edges, _ = tidy.split_outline(outline)
    assert edges.m_GeV.tolist() == [1.5, 2.0, 3.0, 4.0, 8.0]
    np.testing.assert_allclose(edges.epsilon_upper, 64 / edges.m_GeV)  # the upper branch is this power law
    np.testing.assert_allclose(edges.epsilon_lower[[0, 2, 4]], [1.0, 2.0, 8.0])


def test_computed_tables_are_registered_and_outlive_a_rerun(tidy, copy_of_data):
    published = pd.read_csv(copy_of_data / "curves/Borexino_LmuLtau.csv", comment="#")
    weights = pd.DataFrame({"K2_GeV2": [0.1, 0.2], "w_VV": [1.5, 2.5]})
    for _ in range(2):  # registering again replaces the row
        entries.accept("weights", weights, file="trident/weights.csv", what="Bins", model="any", kind="table",
                         x="K2_GeV2", y="w_VV", how_obtained="Computed", version="2026-11-24")
    with pytest.raises(KeyError, match="colour"):
        entries.accept("weights", weights, colour="red")
    with pytest.raises(KeyError, match="published numbers"):
        entries.accept("Borexino_LmuLtau", weights)
    with pytest.raises(KeyError, match="no file is given"):
        entries.accept("unheard_of")
    weights.iloc[0, 1] = 1.75
    weights.to_csv(copy_of_data / "trident/weights.csv", index=False)
    assert tidy.command(["weights"]) == "trident/weights.csv is accepted"  # what another program has written
    source = copy_of_data / "input"
    for file in ("curves/Borexino_LmuLtau.csv", "tables/coherent_csi_acceptance.csv"):
        (source / file).parent.mkdir(parents=True)
        rows = pd.read_csv(copy_of_data / file, comment="#")
        rows.to_csv(source / file, index=False)  # raw: without what the project says about it
    assert tidy.command([str(source)]) == "2 written, 0 as they were, 0 without their input"
    assert curves.names() == ["Borexino_LmuLtau", "coherent_csi_acceptance", "weights"]
    pd.testing.assert_frame_equal(curves.table("weights"), weights)
    pd.testing.assert_frame_equal(curves.table("Borexino_LmuLtau"), published)
    assert "### trident/weights.csv" in (copy_of_data / "README.md").read_text(encoding="utf-8")


def state(folder):
    """{file: its bytes}."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def all_of_data(tmp_path, monkeypatch):
    shutil.copytree(DATA, tmp_path / "data")
    yield from elsewhere(tmp_path / "data", monkeypatch)


def test_the_script_on_the_data_themselves_changes_nothing(tidy, all_of_data, tmp_path):
    shutil.copytree(all_of_data, tmp_path / "copy")
    before = state(all_of_data)
    for folder in (all_of_data, tmp_path / "copy"):
        published = sum(curves.catalogue().source != "")
        found = sum((folder / source).is_file() for source in curves.catalogue().source if source)
        done = f"0 written, {found} as they were, {published - found} without their input"
        assert tidy.command([str(folder)]) == done
        assert found > 20 and state(all_of_data) == before


def test_a_folder_with_one_of_the_files_leaves_the_others(tidy, all_of_data, tmp_path):
    row, before = curves.entry("Borexino_LmuLtau"), state(all_of_data)
    raw = tmp_path / "raw" / row.source
    raw.parent.mkdir(parents=True)
    curves.table("Borexino_LmuLtau").to_csv(raw, index=False)
    assert tidy.command([str(tmp_path / "raw")]).startswith("1 written, 0 as they were")
    assert state(all_of_data) == before


FACTS = {"what": "Mine", "model": "L_mu - L_tau", "confidence_level": "90 %", "inspire": "Nobody:2030abc",
         "read_from": "the publication", "location": "Fig. 1", "how_obtained": "Digitised by hand"}


def test_a_curve_of_ones_own_is_catalogued(copy_of_data, tmp_path):
    mine = tmp_path / "my_limit.csv"
    mine.write_text("# mine\nm_MeV,g\n10,1e-3\n20,1.23456789e-3\n100,1e5\n", encoding="utf-8")
    before = curves.names()
    with pytest.warns(curves.CurveWarning, match=r"is no limit \(line 5\)") as said:
        row = curves.add(mine, **FACTS, arxiv="2030.01234")
    assert said[0].filename == __file__
    assert (row.kind, row.x, row.y, row.file) == ("limit", "m_GeV", "g", "curves/my_limit.csv")
    assert "is no limit (line 5)" in row.cleaning
    assert curves.names() == [*before, "my_limit"]
    np.testing.assert_allclose([curves.load("my_limit").m, curves.load("my_limit").limit],
                               [[0.01, 0.02], [1e-3, 1.23456789e-3]], rtol=1e-12)
    assert curves.entry("my_limit").arxiv == "2030.01234" and "### curves/my_limit.csv" in (
        copy_of_data / "README.md").read_text(encoding="utf-8")


def test_adding_it_again_changes_nothing(copy_of_data, tmp_path):
    mine = tmp_path / "my_region.csv"
    mine.write_text("m_GeV,epsilon_lower,epsilon_upper\n0.01,1e-6,1e-4\n0.02,1e-6,1e-5\n", encoding="utf-8")
    first = curves.add(mine, **FACTS)
    assert first.kind == "reach"
    before = state(copy_of_data)
    for again in (lambda: curves.add(mine), lambda: curves.add(mine, **FACTS),
                  lambda: curves.add(copy_of_data / first.file), lambda: curves.add(copy_of_data / first.file, **FACTS),
                  lambda: curves.add(copy_of_data / "curves/Borexino_LmuLtau.csv"),
                  lambda: curves.add(copy_of_data / "tables/coherent_csi_acceptance.csv")):
        again()
        assert state(copy_of_data) == before


def test_other_numbers_or_facts_need_a_word(copy_of_data, tmp_path):
    mine = tmp_path / "my_limit.csv"
    mine.write_text("m_GeV,g\n0.01,1e-3\n0.02,2e-3\n", encoding="utf-8")
    curves.add(mine, **FACTS)
    with pytest.raises(ValueError, match="my_limit is in the catalogue with another location, sha256; replace=True"):
        curves.add(mine, location="Fig. 2")
    mine.write_text("m_GeV,g\n0.01,1e-3\n0.02,3e-3\n", encoding="utf-8")
    before = state(copy_of_data)
    with pytest.raises(ValueError, match="another sha256; replace=True"):
        curves.add(mine)
    assert state(copy_of_data) == before
    curves.add(mine, replace=True)
    assert curves.load("my_limit").limit[-1] == 3e-3 and curves.names()[-1] == "my_limit"


@pytest.mark.parametrize(("change", "error", "text"), [
    ({"what": ""}, ValueError, "my_limit: say what"), ({"name": "my limit"}, ValueError, "name = 'my limit'"),
    ({"sha256": "0"}, KeyError, "fact = 'sha256'"), ({"colour": "red"}, KeyError, "fact = 'colour'"),
    ({"locations": "Fig. 1"}, KeyError, "nearest: 'location'"), ({"format": "excel"}, KeyError, "format = 'excel'")])
def test_what_cannot_be_catalogued_leaves_everything(copy_of_data, tmp_path, change, error, text):
    mine = tmp_path / "my_limit.csv"
    mine.write_text("m_GeV,g\n0.01,1e-3\n0.02,2e-3\n", encoding="utf-8")
    before = state(copy_of_data)
    with pytest.raises(error, match=text):
        curves.add(mine, **FACTS | change)
    assert state(copy_of_data) == before


def test_the_script_adds_too(tidy, copy_of_data, tmp_path):
    mine = tmp_path / "my_limit.csv"
    mine.write_text("m_GeV,g\n0.01,1e-3\n0.02,2e-3\n", encoding="utf-8")
    facts = [f"{key}={value}" for key, value in FACTS.items()]
    for _ in range(2):
        done = tidy.command(["add", str(mine), *facts])
        assert done == "curves/my_limit.csv is in the catalogue; cleaning: none needed"
    assert curves.load("my_limit").limit.tolist() == [1e-3, 2e-3]
    with pytest.raises(ValueError, match="key=value"):
        tidy.command(["add", str(mine), "what"])


# -- what came after the paper ------------------------------------------------------------------------


def test_every_bound_says_how_far_its_source_can_be_trusted():
    rows = curves.catalogue()
    drawn = ~rows.kind.isin(curves.TABLES)
    assert set(rows.trust[drawn]) == {"high", "medium", "inferred"}
    inferred = rows.index[rows.trust == "inferred"]
    assert all("inferred" in rows.caveats[name] + rows.model[name] for name in inferred)
    assert len(inferred) == 4  # none of what came later rests on an inferred publication


def tidied(tidy, text, name="x", **row):
    row = pd.Series({"name": name, "source": "later/x.csv", "kind": "displaced", "y": "epsilon_lower epsilon_upper",
                     "final_states": "", **row})
    return tidy.clean(row, pd.read_csv(io.StringIO(text)))


def test_sources_name_their_columns_in_their_own_ways(tidy):
    frame, _ = tidied(tidy, "m_GeV,lower,upper\n1,NA,inf\n2,0.1,inf\n3,0.2,inf\n", y="epsilon", kind="prompt")
    assert frame.columns.tolist() == ["m_GeV", "epsilon"] and frame.to_numpy().tolist() == [[2.0, 0.1], [3.0, 0.2]]
    frame, _ = tidied(tidy, "m_GeV,g_mu,epsilon\n1,0.3,1\n2,0.4,1\n", y="g", kind="limit")
    assert frame.to_numpy().tolist() == [[1.0, 0.3], [2.0, 0.4]]
    frame, _ = tidied(tidy, "m_GeV,lower,upper\n1,0.1,0.3\n2,0.1,0.2\n")
    assert frame.columns.tolist() == ["m_GeV", "epsilon_lower", "epsilon_upper"]


def test_masses_that_say_nothing_of_the_experiment_are_dropped_and_counted(tidy):
    text = "m_GeV,lower,upper\n0.001,1e-5,1e-4\n0.002,1e-5,1e-4\n0.003,1e-5,1e-4\n"
    frame, done = tidied(tidy, text, final_states="e")
    assert frame.m_GeV.tolist() == [0.002, 0.003] and done == "1 row dropped: below 2 m_e there is no decay to e e"
    frame, done = tidied(tidy, "m_GeV,lower,upper\n40,0.1,inf\n50,0.1,inf\n", name="CMS_CMS2019buh", y="epsilon")
    assert frame.m_GeV.tolist() == [40.0] and done.startswith("1 row dropped: above, mixing with hypercharge")


def test_a_thinned_map_keeps_every_ratio_to_a_hundredth(tidy):
    epsilon = np.geomspace(1e-6, 1e-4, 400)
    ratio = 3 + np.cos(np.log(epsilon)) + 1e9 * (epsilon > 5e-5)
    text = pd.concat([pd.DataFrame({"m_GeV": m, "epsilon": epsilon, "r": m * ratio}) for m in (1.0, 2.0)]).to_csv()
    frame, done = tidied(tidy, text, kind="map", y="epsilon ratio")
    assert done.startswith("800 points thinned to") and len(frame) < 150
    for m, part in frame.groupby("m_GeV"):
        back = np.exp(np.interp(np.log(epsilon), np.log(part.epsilon), np.log(part.ratio)))
        np.testing.assert_allclose(back, np.minimum(m * ratio, 1e6), rtol=0.0101)


def test_mixing_with_hypercharge_makes_a_fifth_more_events_at_45_gev():
    """Why CMS's limit ends there: its boson couples with Q - (m/m_Z)^2 Y/c_W^2, over 1 - (m/m_Z)^2."""
    cw2, m_z = 0.7688, 91.1876
    hypercharges = {2 / 3: (1 / 6, 2 / 3), -1 / 3: (1 / 6, -1 / 3)}  # Q: Y of the left- and right-handed quark

    def excess(m):
        t = (m / m_z) ** 2
        squares = {q: np.mean([((q - t * y / cw2) / (1 - t) / q) ** 2 for y in ys]) for q, ys in hypercharges.items()}
        table = curves.table("cms_production_fractions").iloc[0]  # 10 GeV: still photon-like
        up = table.u_u + table.c_c
        return up * squares[2 / 3] + (1 - up) * squares[-1 / 3] - 1

    assert excess(20) < 0.04 and excess(45) == pytest.approx(0.22, abs=0.02) and excess(75) > 1
    assert curves.load("CMS_CMS2019buh").m[-1] <= 45
