"""A small book built as `make book` builds: pages executed together, errors that stop it, the old book kept."""

import os
import shutil
import subprocess
import sys

import jupytext
import pytest

from zputils.paths import ROOT

CONFIG = f"""title: small
execute: {{execute_notebooks: cache, timeout: -1, stderr_output: remove-warn}}
exclude_patterns: [".*"]
sphinx:
  local_extensions: {{parallel_pages: {ROOT / "_ext"}}}
  config: {{nb_execution_raise_on_error: true}}
"""
PAGE = """---
jupytext: {{text_representation: {{extension: .md, format_name: myst}}}}
kernelspec: {{display_name: Python 3, language: python, name: python3}}
---
# {name}

```{{code-cell}} ipython3
{cell}
```
"""
# As `make book` does, but with the server of kernels that is there: to start one each time takes longer than all else.
BUILD = """import os, sys
sys.path.insert(0, sys.argv[1])
import build
from contextlib import nullcontext
from pathlib import Path
build.ROOT, build.BUILD = Path(), Path("_build").resolve()
build.NEXT = build.BUILD / "next"
build.kernels.warm = lambda folder: nullcontext(os.environ)
sys.exit(build.main())"""
HOLD = """import fcntl
file = open("_build/book.lock", "w")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
input()"""

HAD = "pages have the outputs of before"


def write_book(folder, **cells):
    """A book of pages with one cell each."""
    chapters = "".join(f"\n- file: {name}" for name in list(cells)[1:])
    toc = f"format: jb-book\nroot: {next(iter(cells))}\nchapters:{chapters}\n"
    pages = {f"{name}.md": PAGE.format(name=name, cell=cell) for name, cell in cells.items()}
    for name, text in {"_config.yml": CONFIG, "_toc.yml": toc, **pages}.items():
        (folder / name).write_text(text, encoding="utf-8")


def started(folder):
    """A build that is running."""
    return subprocess.Popen([sys.executable, "-c", BUILD, ROOT / "_ext"], cwd=folder, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True, encoding="utf-8",
                            env=os.environ | {"PYTHONUTF8": "1"})


@pytest.fixture
def book(tmp_path, forked_kernels):
    """A function that writes a book in `tmp_path` and builds it: (exit code, what it said)."""
    (tmp_path / "helper.py").write_text("number = 1\n", encoding="utf-8")

    def build(**cells):
        write_book(tmp_path, **cells)
        with started(tmp_path) as building:
            said = building.communicate()[0]
        return building.returncode, said

    return build


def shown(folder, page="first"):
    return (folder / "_build" / "html" / f"{page}.html").read_text(encoding="utf-8")


def test_an_edit_of_what_a_page_imports_shows_and_a_failure_keeps_the_old_book(book, tmp_path):
    first, second = "import helper; print('number', helper.number)", "print('second')"
    code, said = book(first=first, second=second)
    assert code == 0 and said.count("executed") == 2, said
    assert "number 1" in shown(tmp_path) and "second" in shown(tmp_path, "second")
    (tmp_path / "helper.py").write_text("number = 2\n", encoding="utf-8")
    assert book(first=first, second=second)[0] == 0 and "number 2" in shown(tmp_path)
    for cell, message in (("1 / 0", "ZeroDivisionError"), ("import sys; print('oh', file=sys.stderr)", "stderr")):
        code, said = book(first=first, second=cell)
        assert code != 0 and message in said and "the last that was" in said, said
        assert "number 2" in shown(tmp_path) and "second" in shown(tmp_path, "second")


def test_after_a_failure_only_the_page_that_failed_is_executed(book, tmp_path):
    good = {"second": "print('second')", "third": "import time; time.sleep(1); print('third')"}
    code, said = book(first="1 / 0", **good)
    assert code != 0 and "ZeroDivisionError" in said, said
    code, said = book(first="print('first')", **good)
    assert code == 0 and f"2 of 3 {HAD}" in said and said.count("executed") == 1, said
    assert all(name in shown(tmp_path, name) for name in ("first", *good))


def test_a_page_that_shows_what_another_writes_is_read_after_it(book, tmp_path):
    shows = "1\n```\n\n![a dot](_build/dot.svg)\n\n```{code-cell} ipython3\n2"
    dot = """'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="3"/></svg>'"""
    writes = f"import time\nfrom pathlib import Path\ntime.sleep(1)\nPath('_build/dot.svg').write_text({dot})"
    code, said = book(first=shows, second="3", third=writes)
    assert code == 0, said
    assert '<circle r="3"/>' in (tmp_path / "_build/html/_images/dot.svg").read_text(encoding="utf-8")


def test_two_builds_wait_for_each_other(forked_kernels, tmp_path):
    write_book(tmp_path, first="print('first')", second="print('second')")
    (tmp_path / "_build").mkdir()
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", HOLD], cwd=tmp_path, **pipes) as other:
        assert other.stdout.readline() == "held\n"
        with started(tmp_path) as building:
            try:
                assert "waiting for it" in building.stdout.readline()
                assert not (tmp_path / "_build" / "next").exists()
            finally:
                other.communicate("\n")  # or the build would wait for ever
            said = building.communicate()[0]
    assert building.returncode == 0 and "first" in shown(tmp_path), said


CONFTEST = f"""import sys
sys.path.insert(0, {str(ROOT / "_ext")!r})

def pytest_configure(config):
    import executed
    config.pluginmanager.register(executed.Tested("."))
"""


def test_the_book_takes_what_tested_pages_put_out(book, tmp_path):
    cells = {"first": "print('first')\nprint('more')\n{'a': [1]}",
             "second": "from IPython.display import HTML\nHTML('<b>2</b>')", "third": "6 * 7;  # quiet"}
    (tmp_path / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    code, said = book(**cells)
    assert code == 0 and HAD not in said, said
    expected = [shown(tmp_path, name) for name in cells]
    pages = [tmp_path / "_build" / "nb" / f"{name}.ipynb" for name in cells]
    pages[0].parent.mkdir()
    for page in pages:
        jupytext.write(jupytext.read(tmp_path / f"{page.stem}.md"), page)

    def tested():
        plugins = ["--disable-plugin-autoload", "-p", "xdist", "-p", "nbval", "-p", "no:cacheprovider"]
        command = [sys.executable, "-m", "pytest", *plugins, "-n", "2", "--dist", "loadscope", "--nbval-lax", *pages]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)

    shutil.rmtree(tmp_path / "_build" / "executed")
    assert tested().returncode == 0
    code, said = book(**cells)
    assert code == 0 and f"3 of 3 {HAD}" in said, said
    assert [shown(tmp_path, name) for name in cells] == expected
    pages[1].write_text(pages[1].read_text(encoding="utf-8").replace("<b>2", "<b>'; 1/0 #"), encoding="utf-8")
    assert tested().returncode == 1
    assert not (tmp_path / "_build" / "executed" / "seal.json").exists()  # without which nothing is taken
