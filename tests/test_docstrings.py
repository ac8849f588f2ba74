"""Every public function, class and method has a docstring: an example, which `--doctest-modules` runs, and a field for
each parameter, for what is returned and for what is raised.
"""

import ast
import doctest
import inspect
import pkgutil
import re
from dataclasses import is_dataclass
from functools import cached_property
from importlib import import_module

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


def _has_example(name):
    return bool(doctest.DocTestParser().get_examples(inspect.getdoc(PUBLIC[name]) or ""))


def test_what_is_public_has_a_docstring_with_an_example():
    assert len(PUBLIC) > 700
    assert [name for name in sorted(PUBLIC.keys() - WITHOUT_EXAMPLE) if not _has_example(name)] == []


def test_what_has_no_example_is_documented_and_really_has_none():
    assert [name for name in WITHOUT_EXAMPLE if not inspect.getdoc(PUBLIC[name]) or _has_example(name)] == []


# -- fields ----------------------------------------------------------------------------------------------------

NUMBERS = re.compile(r"Array|float|\bint\b|[tT]uple")  # return types whose shape, unit or order has to be said
FIELD = re.compile(r":(param|returns|raises) ?(\w*): \S")


def _is_new(name):
    """Whether no base class has the method: one that answers a base's question needs to say only what differs."""
    owner, _, method = name.rpartition(".")
    bases = PUBLIC[owner].__mro__[1:] if owner in PUBLIC else ()
    return not any((vars(base).get(method) or object).__doc__ for base in bases if base is not object)


def _is_asked_without_arguments(name):
    owner, _, method = name.rpartition(".")
    return owner in PUBLIC and isinstance(vars(PUBLIC[owner])[method], property | cached_property)


def _parameters(member):
    if inspect.isclass(member) and (is_dataclass(member) or issubclass(member, tuple)):
        return [name for name, kind in inspect.get_annotations(member).items()
                if not name.startswith("_") and not re.search("ClassVar|InitVar", str(kind))]
    function = member if inspect.isfunction(member) else vars(member).get("__init__", object)
    return [name for name in inspect.signature(function).parameters if name not in ("self", "cls")]


def _raised(member):
    """The errors that its own body raises by name."""
    source = inspect.getsource(member)
    tree = ast.parse(f"if True:\n{source}" if source[0] == " " else source)
    calls = (node.exc for node in ast.walk(tree) if isinstance(node, ast.Raise) and node.exc is not None)
    names = {ast.unparse(call.func if isinstance(call, ast.Call) else call) for call in calls}
    return {name for name in names if name.endswith("Error")}


def _undocumented(name):
    """What the docstring of a public name does not say, or says of what is not there."""
    member = PUBLIC[name]
    found = FIELD.findall(inspect.getdoc(member) or "")
    told = {kind: {what for a, what in found if a == kind} for kind in ("param", "returns", "raises")}
    parameters = set(_parameters(member)) if _is_new(name) and not _is_asked_without_arguments(name) else set()
    missing = (parameters - told["param"]) | (told["param"] - set(_parameters(member)))
    if inspect.isclass(member):
        return missing
    shaped = NUMBERS.search(str(inspect.signature(member).return_annotation)) and parameters
    return missing | (_raised(member) - told["raises"]) | ({"returns"} if shaped and not told["returns"] else set())


def test_parameters_returns_and_errors_are_told():
    assert {name: missing for name in sorted(PUBLIC) if (missing := _undocumented(name))} == {}


def _strays(m, g):
    """Says too little and too much.

    :param m: GeV.
    :param h: not there.
    """
    if m < g:
        raise ValueError("m is below g")


def test_what_is_not_told_is_found(monkeypatch):
    monkeypatch.setitem(PUBLIC, "strays", _strays)
    assert _undocumented("strays") == {"g", "h", "ValueError"}


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
