"""Every public function, class and method has a docstring with an example, which `--doctest-modules` runs."""

import doctest
import inspect
import pkgutil
import re
from functools import cached_property
from importlib import import_module

import pytest

import zputils
from zputils.paths import BOOK

# Where an example would be absurd, and why.
WITHOUT_EXAMPLE = {
    "zputils.entries.write": "writes a file of data/; `text` has the example of what",
    "zputils.entries.save": "writes the catalogue; `readme` has the example of what goes with it",
    "zputils.entries.accept": "writes a file of data/ and the catalogue",
    "zputils.claims.write": "computes every claim; `ledger`, whose table it writes, has the example",
    "zputils.physics.cosmology.write_table": "computes for minutes and replaces a file of data/",
    **dict.fromkeys([f"zputils.methods.{name}" for name in (
        "bound.Bound.confidence", "bound.Bound.kernel", "bound.Bound.why_not", "counting.Counting.kernel",
        "counting.Counting.nuisances", "counting.Counting.measured")],
        "abstract; each method has its own"),
    "zputils.pages.thumbnails.thumbnail": "writes a picture into _build/",
    "zputils.pages.data_page.section": "writes a picture into _build/; `facts` has the example of what it says",
    "zputils.pages.data_page.sections": "writes pictures into _build/",
    "zputils.figures.draw.main": "writes the figures into _build/; `draw` has the example",
    "zputils.pages.hepdata.write": "writes every figure's numbers into _build/; `submission` has the example of what",
    "zputils.physics.trident_tables.main": "computes for minutes and replaces files of data/",
}


def _modules():
    found = pkgutil.walk_packages(zputils.__path__, "zputils.")
    return [import_module(module.name) for module in found if not module.name.endswith("__main__")]


def _function(member):
    """The function behind a method, a property or a cached function; a class as it is; None for anything else."""
    member = getattr(member, "fget", None) or getattr(member, "__func__", member)
    member = inspect.unwrap(member.func if isinstance(member, cached_property) else member)
    return member if inspect.isfunction(member) or inspect.isclass(member) else None


def _public(owner, prefix, module):
    """{dotted name: object} of what a module or class defines itself, without a leading underscore."""
    found = {}
    for name, member in vars(owner).items():
        member = _function(member)
        if not name.startswith("_") and member is not None and (member.__module__, member.__name__) == (module, name):
            found[f"{prefix}.{name}"] = member
            if inspect.isclass(member):
                found |= _public(member, f"{prefix}.{name}", module)
    return found


PUBLIC = {name: member for module in _modules()
          for name, member in _public(module, module.__name__, module.__name__).items()}


@pytest.mark.parametrize("name", sorted(PUBLIC.keys() - WITHOUT_EXAMPLE))
def test_what_is_public_has_a_docstring_with_an_example(name):
    assert doctest.DocTestParser().get_examples(inspect.getdoc(PUBLIC[name]) or ""), name


@pytest.mark.parametrize("name", WITHOUT_EXAMPLE)
def test_what_has_no_example_is_documented_and_really_has_none(name):
    text = inspect.getdoc(PUBLIC[name])
    assert text and not doctest.DocTestParser().get_examples(text)


def test_kinds_of_public_names_are_found():
    for name in ("physics.models.ZPrime", "physics.presets.Presets.muonic", "physics.couplings.Couplings.nu",
                 "methods.recast.Recast.why_not", "physics.decays.total_width", "claims.claim.Claim.computed",
                 "paths.replacing"):
        assert f"zputils.{name}" in PUBLIC


def test_every_module_is_on_one_page_of_the_book():
    pages = "".join(page.read_text(encoding="utf-8") for page in sorted(BOOK.glob("api-*.md")))
    listed = re.findall(r"automodule:: (\S+)", pages)
    own = {module.__name__ for module in _modules() if _public(module, module.__name__, module.__name__)}
    own = {name for name in own if not name.startswith("zputils.experiments.")}  # one page has them all
    assert sorted(listed) == sorted(own | {"zputils.scan", "zputils.constants", "zputils.experiments.register"})
