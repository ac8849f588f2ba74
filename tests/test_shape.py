"""The package stays readable: short functions, modules of one sitting, public signatures that say what they return."""

import ast
from statistics import median

import pytest

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


@pytest.mark.parametrize("name", SOURCES)
def test_no_module_is_more_than_one_sitting(name):
    assert len(SOURCES[name].splitlines()) <= 250
