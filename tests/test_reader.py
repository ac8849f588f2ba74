"""What a reader meets outside the pages: links of citations, labels of references, titles, the archive of all data."""

import re
import sys
from zipfile import ZipFile

import pytest
import yaml

from zputils import paths

pytest.importorskip("sphinx")  # of the book, not of the package
sys.path.append(str(paths.ROOT / "_ext"))
import citations
import reader


def test_every_citation_has_an_address():
    pages = " ".join(page.read_text(encoding="utf-8") for page in paths.BOOK.glob("*.md"))
    cited = {key.strip() for keys in re.findall(r"{cite(?::t)?}`([^`]*)`", pages) for key in keys.split(",")}
    assert len(cited) > 50 and cited <= set(citations.addresses())
    assert all(address.startswith("https://") for address in citations.addresses().values())
    assert citations.addresses()["Coy:2021"] == "https://arxiv.org/abs/2108.05147"


def test_labels_name_author_and_year_and_tell_entries_apart():
    entries = list(citations.parse_file(citations.BIBLIOGRAPHY).entries.values())
    labels = list(citations.AuthorYearLabels().format_labels(entries))
    assert "Coy and Xu, 2021" in labels and "Bennett et al., 2006" in labels
    assert len(set(labels)) == len(entries) and not set("{}\\") & set("".join(labels))


@pytest.mark.parametrize("tex, text", [("g-2", "g−2"), (r"Z'", "Z′"), (r"g_\\mu", "gμ"), (r"\\varepsilon", "ε")])
def test_titles_without_tex(tex, text):
    assert reader.plain(tex.replace("\\\\", "\\")) == text


def test_the_card_says_what_the_citation_file_says():
    cff = yaml.safe_load((paths.ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    for said in (cff["version"], str(cff["date-released"]), cff["license"], cff["title"], "2108.05147"):
        assert said in reader.card()
    assert reader.card().count("@") == 2


def test_the_archive_has_every_table(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "ARCHIVE", tmp_path / "data.zip")
    reader.write_archive()
    first = reader.ARCHIVE.read_bytes()
    reader.write_archive()
    with ZipFile(reader.ARCHIVE) as archive:
        names = set(archive.namelist())
        catalogue = archive.read("zputils-data/data/catalogue.csv")
    tables = {f"zputils-data/{file.relative_to(paths.ROOT).as_posix()}" for file in paths.DATA.rglob("*.csv")}
    assert tables <= names and catalogue == (paths.DATA / "catalogue.csv").read_bytes()
    assert reader.ARCHIVE.read_bytes() == first
