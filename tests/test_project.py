"""What holds the repository together: references, the lock, the table of contents, the citation file."""

import re
from importlib.metadata import version

import pytest
import yaml
from pybtex.database import parse_file

from zputils import curves
from zputils.paths import BOOK, ROOT

PAGES = sorted(BOOK.glob("*.md"))
KEY = re.compile(r"\{cite[a-z:]*\}`([^`]+)`")


@pytest.fixture(scope="module")
def bibliography():
    return parse_file(BOOK / "references.bib").entries


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_citation_is_in_the_bibliography(page, bibliography):
    cited = {key.strip() for keys in KEY.findall(page.read_text()) for key in keys.split(",")}
    assert cited <= set(bibliography)


def test_every_source_of_the_catalogue_is_in_the_bibliography(bibliography):
    assert set(curves.catalogue().inspire) - {""} <= set(bibliography)


def test_the_catalogue_and_the_bibliography_agree_on_arxiv_numbers(bibliography):
    sources = curves.catalogue().query("arxiv != ''")
    eprints = {key: bibliography[key].fields.get("eprint") for key in sources.inspire}
    assert {key: eprints[key] for key in sources.inspire} == dict(zip(sources.inspire, sources.arxiv, strict=True))


def test_every_reference_has_what_finds_it(bibliography):
    for entry in bibliography.values():
        assert entry.persons["author"] and entry.fields["title"], entry.key
        assert 1950 < int(entry.fields["year"]) < 2030, entry.key
        assert "eprint" in entry.fields or {"journal", "volume", "pages"} <= set(entry.fields), entry.key


def test_no_paper_is_in_the_bibliography_twice(bibliography):
    for field in ("eprint", "doi"):
        values = [entry.fields[field] for entry in bibliography.values() if field in entry.fields]
        assert len(values) == len(set(values))


def test_every_page_is_in_the_table_of_contents():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text())
    listed = [toc["root"], *re.findall(r"file: (\S+)", (ROOT / "_toc.yml").read_text())]
    assert sorted(listed) == sorted(f"book/{page.stem}" for page in PAGES)


def test_the_lock_pins_what_was_chosen_with_hashes_and_names_no_host():
    lock = (ROOT / "requirements.txt").read_text()
    chosen = re.findall(r"^[\w-]+", (ROOT / "requirements.in").read_text(), re.MULTILINE)
    pinned = dict(re.findall(r"^([\w.-]+)==(\S+)", lock, re.MULTILINE))
    assert set(chosen) <= set(pinned)
    assert lock.count("\n    --hash=sha256:") >= len(pinned)
    assert all(f"{name}=={pin}" in lock for name, pin in pinned.items())
    assert "://" not in lock and "index-url" not in lock


def test_the_citation_file_names_this_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["version"] == version("zputils")
    assert citation["references"][0]["identifiers"][0]["value"] == "arXiv:2108.05147"


def test_the_readme_gives_the_two_commands_of_ci_first():
    commands = re.findall(r"^make \w+", (ROOT / "README.md").read_text(), re.MULTILINE)
    ci = re.findall(r"^make [\w-]+", (ROOT / ".ci" / "run").read_text(), re.MULTILINE)
    assert sorted(commands[:2]) == sorted(ci[:2]) == ["make book", "make test"]
    assert ci[2:] == ["make test-web", "make test-others"]
