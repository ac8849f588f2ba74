"""The package stays readable: short functions, modules of one sitting, public signatures that say what they return."""

import ast
import re
from statistics import median

from zputils.paths import ROOT

FILES = sorted((ROOT / "zputils").rglob("*.py"))
SOURCES = {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in FILES}
FUNCTIONS = [(name, node) for name, source in SOURCES.items() for node in ast.walk(ast.parse(source))
             if isinstance(node, ast.FunctionDef)]


def lines(source, node):
    """Lines of a function's body in a source text, without its docstring, comments and empty lines."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    if not body:
        return 0
    text = source.splitlines()[body[0].lineno - 1:body[-1].end_lineno]
    return sum(bool(line.strip()) and not line.strip().startswith("#") for line in text)


BODIES = [(f"{name}: {node.name}", lines(SOURCES[name], node)) for name, node in FUNCTIONS]


def test_a_body_is_counted_as_it_is_read():
    code = 'def f(x):\n    """What."""\n    # why\n    y = (x,\n         x)\n\n    return y\n'
    (node,) = ast.parse(code).body
    assert lines(code, node) == 3


def test_functions_are_short():
    counts = sorted(count for _, count in BODIES)
    assert len(counts) > 700
    assert median(counts) <= 5 and counts[int(0.9 * len(counts))] <= 12
    assert [(name, count) for name, count in BODIES if count > 20] == []


BESIDE = {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8")
          for folder in ("_ext", "bench", "publish", ".ci") for file in sorted((ROOT / folder).glob("*.py"))}


def test_no_module_is_more_than_one_sitting():
    assert len(SOURCES) > 150
    assert [name for name, text in (SOURCES | BESIDE).items() if len(text.splitlines()) > 250] == []


def public(node, inside=False):
    """(function or method, whether it is a method) of all that is public below a node of the syntax."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef) and not child.name.startswith("_"):
            yield from public(child, True)
        elif isinstance(child, ast.FunctionDef) and (not child.name.startswith("_") or child.name.endswith("__")):
            yield child, inside


def untyped(function, method):
    """What a signature leaves open: names of parameters, and "return"."""
    parameters = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs,
                  *filter(None, (function.args.vararg, function.args.kwarg))]
    own = parameters[1:] if method and parameters and parameters[0].arg in ("self", "cls") else parameters
    return [each.arg for each in own if each.annotation is None] + ["return"] * (function.returns is None)


def test_what_is_untyped_is_seen():
    code = "class A:\n    def f(self, x, *, y: int = 0): ...\n    def g(self) -> int: ...\n    def _h(self): ..."
    assert [untyped(*found) for found in public(ast.parse(code))] == [["x", "return"], []]


PUBLIC = [(name, *found) for name, text in SOURCES.items() for found in public(ast.parse(text))]


def test_public_signatures_are_typed():
    found = {f"{name}: {function.name}": untyped(function, method) for name, function, method in PUBLIC}
    assert {function: names for function, names in found.items() if names} == {}


def unsaid(function):
    """Parameters that are arrays, by their type, and that the docstring names nowhere before its example."""
    prose = (ast.get_docstring(function) or "").split(">>>")[0]
    return [each.arg for each in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
            if each.annotation is not None and "Array" in ast.unparse(each.annotation)
            and not re.search(rf"(?<![A-Za-z]){each.arg}(?![A-Za-z])", prose)]


def test_an_array_that_is_not_spoken_of_is_seen():
    code = 'def f(m: NDArray, energy: ArrayLike, n: int) -> int:\n    """m: (n,) GeV.\n\n    >>> energy\n    """'
    assert [unsaid(function) for function, _ in public(ast.parse(code))] == [["energy"]]


def test_every_array_is_spoken_of():
    found = {f"{name}: {function.name}": unsaid(function) for name, function, _ in PUBLIC
             if not function.name.startswith("__") and ast.get_docstring(function) is not None}
    assert {function: names for function, names in found.items() if names} == {}
