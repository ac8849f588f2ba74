"""Sphinx extension: a citation opens its publication, and the list of references is labelled as the text cites."""

import re
from collections import Counter
from functools import cache
from pathlib import Path
from string import ascii_lowercase
from urllib.parse import quote

from docutils import nodes
from pybtex.database import parse_file
from pybtex.plugin import find_plugin, register_plugin
from pybtex.style.formatting.unsrt import Style
from pybtex.style.labels import BaseLabelStyle

SPECIAL = re.compile(r"(and others\b|\$[^$]+\$)")
BIBLIOGRAPHY = Path(__file__).resolve().parent.parent / "data" / "references.bib"


def author_year(entry):
    """Coy and Xu, 2021; three names and more are the first et al."""
    names = [" ".join(map(str, person.rich_prelast_names + person.rich_last_names))
             for person in entry.persons["author"]]
    many = len(names) > 2 or names[-1] == "others"
    who = f"{names[0]} et al." if many else " and ".join(names)
    return f"{who}, {entry.fields['year']}"


class AuthorYearLabels(BaseLabelStyle):
    """Labels that name author and year; those that coincide get a letter."""

    def format_labels(self, entries):
        labels = [author_year(entry) for entry in entries]
        count, seen = Counter(labels), Counter()
        for label in labels:
            yield label + (ascii_lowercase[seen[label]] if count[label] > 1 else "")
            seen[label] += 1


class AuthorYear(Style):
    """The formatting of `unsrt`, in the order of the labels."""

    default_label_style = AuthorYearLabels
    default_sorting_style = "author_year_title"


@cache
def addresses():
    """{BibTeX key: address of the publication}: the arXiv's where it is there, else by DOI, else INSPIRE's."""
    found = {}
    for key, entry in parse_file(BIBLIOGRAPHY).entries.items():
        fields = entry.fields
        found[key] = (f"https://arxiv.org/abs/{fields['eprint']}" if "eprint" in fields else
                      f"https://doi.org/{fields['doi']}" if "doi" in fields else
                      f"https://inspirehep.net/literature?q=texkeys%3A{quote(key, safe='')}")
    return found


def open_publications(app, doctree, name):
    """Turn the links of citations, which lead to the list of references, into those of the publications."""
    keys = {citation.citation_id: citation.key for citation in app.env.get_domain("cite").citations}
    for link in doctree.findall(nodes.reference):
        target = link.get("refid") or link.get("refuri", "").partition("#")[2]
        if link.get("internal") and target in keys and "references" in (link.get("refuri", "") or name):
            link.attributes.pop("refid", None)
            link["refuri"], link["internal"] = addresses()[keys[target]], False


def cites(node):
    return isinstance(node, nodes.citation) or "bibtex-citation" in getattr(node, "attributes", {}).get("classes", ())


def parts(text):
    """The nodes of a citation's text: et al. for others, as in the labels of the list; mathematics between dollars."""
    for part in SPECIAL.split(text):
        if part.startswith("$"):
            yield nodes.math("", part.strip("$"))
        elif part == "and others":
            yield nodes.emphasis("", "et al.")
        elif part:
            yield nodes.Text(part)


def spell(app, doctree, name):
    for text in [text for citation in doctree.findall(cites) for text in citation.findall(nodes.Text)]:
        if SPECIAL.search(text):
            text.parent.replace(text, list(parts(text)))


def setup(app):
    register_plugin("pybtex.style.formatting", "author_year", AuthorYear)
    # Asked for at each citation; what is not registered is looked for in every package that is installed.
    register_plugin("pybtex.backends", "plaintext", find_plugin("pybtex.backends", "plaintext"), force=True)
    app.connect("doctree-resolved", open_publications, priority=900)
    app.connect("doctree-resolved", spell, priority=901)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
