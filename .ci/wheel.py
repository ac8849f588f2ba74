"""What `pip install` gives: the wheel, built from the sdist, in a fresh environment, asked from another folder.

    python .ci/wheel.py

First the wheel alone, with what it declares and nothing else, in the locked versions; then each extra, installed by the
command that the error without it names. Every answer must be the one this tree gives. Runs in the Python of .venv; only
the package index is needed.
"""

import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import environment

ROOT = environment.ROOT
BUILD = "import sys; from setuptools import build_meta; getattr(build_meta, 'build_' + sys.argv[1])(sys.argv[2])"

# What is asked in both places: each prints text that must not differ.
QUESTIONS = {
    "reach": "from zputils import SHIP, ZPrime\nprint(SHIP.reach(ZPrime.muonic(g_nu=0.1), [0.01, 0.1, 0.2]))",
    "summary": "from zputils import ZPrime, bounds\nprint(bounds.summary(ZPrime.muonic(g_nu=0.1)).to_csv())",
    "figure": "import sys\nfrom zputils import figures\nfigures.draw('fig-3.3').save(sys.argv[1])\n"
              "print(open(sys.argv[1] + '/fig-3.3.csv', encoding='utf-8').read())",
    "kept": "from zputils.physics import cosmology\nprint(cosmology.n_eff([1e-3, 1e-2], 1e-4))"}
WITH_EXTRA = {
    "scan": "import sys\nimport numpy as np\nfrom zputils import scan\n"
            "grid = scan.Grid(m=np.geomspace(2e-3, 1, 20), g_nu=[0.01, 0.1])\n"
            "data = scan.run(grid, ['SHiP', 'CCFR'], sys.argv[1] + '/scan.zarr', outputs=['lower', 'coverage'])\n"
            "print(data.lower.values, data.coverage.values)",
    "book": "from zputils.pages import bibliography, data_page, explore\n"
            "print(len(bibliography.entries()), bibliography.citation('TheBABAR:2016rlg'), explore.NAMES)\n"
            "print(data_page.facts('NA64mu_LmuLtau')['Source'])",
    "hepdata": "import sys\nfrom zputils import figures\nfrom zputils.pages import hepdata\n"
               "folder = hepdata.write([figures.draw('fig-3.3')], sys.argv[1] + '/hepdata')\n"
               "print(sorted(path.name for path in folder.iterdir()))"}
QUIET = {"hepdata": "ignore"}  # its library warns of itself
IMPORTS = {"scan": "zputils.scan", "book": "zputils.pages.explore", "hepdata": "zputils.pages.hepdata"}


def built(folder):
    """The wheel, from the sdist, which therefore carries everything; nothing is left in the tree."""
    before = set(ROOT.iterdir())
    run(sys.executable, "-c", BUILD, "sdist", folder, cwd=ROOT)
    left = {path.name for path in set(ROOT.iterdir()) - before} - {"zputils.egg-info"}
    assert not left, f"the build leaves {left}"
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as file:
        file.extractall(folder, filter="data")
    run(sys.executable, "-c", BUILD, "wheel", folder, cwd=folder / archive.name.removesuffix(".tar.gz"))
    return next(folder.glob("*.whl"))


def run(*command, **options):
    """What a program prints; AssertionError with what it says when it fails."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, encoding="utf-8", **options)
    assert done.returncode == 0, f"{' '.join(map(str, command[:4]))}\n{done.stdout}{done.stderr}"
    return done.stdout


class Fresh:
    """An environment with nothing of this tree's, a home and a folder to work in."""

    def __init__(self, folder):
        self.python, self.home, self.here = folder / "venv" / "bin" / "python", folder / "home", folder / "elsewhere"
        for path in (self.home, self.here):
            path.mkdir()
        self.variables = {"HOME": str(self.home), "PATH": os.environ["PATH"], "MPLCONFIGDIR": str(self.home)}
        self.uv = environment.uv()
        venv = [self.uv, "--no-config", "venv", "--python"] if self.uv else []
        run(*venv, sys.executable, *([] if self.uv else ["-m", "venv"]), folder / "venv")

    def install(self, *what, locked=True):
        """Install, in the versions of the lock unless it is about something that the lock leaves out."""
        pip = [self.uv, "--no-config", "pip", "install", "--python", self.python] if self.uv else \
              [self.python, "-m", "pip", "install", "--disable-pip-version-check"]
        return run(*pip, *what, *(["--constraint", self.here.parent / "pins.txt"] if locked else []))

    def ask(self, *arguments, warnings="error"):
        """What Python in the folder prints."""
        return run(self.python, "-I", "-W", warnings, *arguments, cwd=self.here, env=self.variables)

    def installed(self):
        """{file: size} of the package, without what Python itself keeps."""
        (package,) = (self.python.parent.parent / "lib").glob("python*/site-packages/zputils")
        return {path: path.stat().st_size for path in package.rglob("*.*") if "__pycache__" not in path.parts}


def pins():
    """The versions of the lock, without checksums, which would ask for one of the wheel too."""
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    return "\n".join(line.rstrip(" \\") for line in lock.splitlines() if re.match(r"[\w.-]+==", line)) + "\n"


def of_tree(question, folder, warnings):
    """What this tree answers."""
    return run(sys.executable, "-W", warnings, "-c", question, folder, cwd=ROOT,
               env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"})


def same(fresh, name, question, folder):
    """AssertionError where the installed package answers another thing than the tree."""
    mine, its = folder / f"{name}-tree", folder / f"{name}-wheel"
    warnings = QUIET.get(name, "error")
    mine, its = of_tree(question, mine, warnings), fresh.ask("-c", question, its, warnings=warnings)
    assert mine == its, f"the tree answers\n{mine}\nand the wheel\n{its}"


def without_extra(fresh, extra):
    """The error without an extra names the command that installs it."""
    said = fresh.ask("-c", f"try:\n    import {IMPORTS[extra]}\nexcept ImportError as error:\n    print(error)")
    command = re.search(r"pip install '(zputils\[\w+\])'", said)
    assert command, f"{extra}: {said!r} names no command"
    fresh.install(command[1])


def cases(folder):
    """(name, check) of everything that must hold, in order."""
    (folder / "pins.txt").write_text(pins(), encoding="utf-8")
    wheel, fresh = built(folder), Fresh(folder)
    fresh.install(wheel)
    before = fresh.installed()
    for name, question in QUESTIONS.items():
        yield name, lambda name=name, question=question: same(fresh, name, question, folder)
    yield "cache", lambda: next(iter((fresh.home / ".cache/zputils").glob("*.npz")))
    yield "program", lambda: fresh.ask("-m", "zputils.figures", "fig-3.1")
    yield "its files", lambda: (fresh.here / "figures" / "fig-3.1.svg").stat()
    for extra, question in WITH_EXTRA.items():
        yield f"without {extra}", lambda extra=extra: without_extra(fresh, extra)
        yield extra, lambda extra=extra, question=question: same(fresh, extra, question, folder)
    yield "s3", lambda: fresh.install("--dry-run", "zputils[s3]", locked=False)
    yield "unchanged", lambda: untouched(before, fresh.installed())


def untouched(before, after):
    """AssertionError where something was written into the package."""
    assert before == after, "the package was written to"


def main():
    """Run every check, say which fails, and close as pytest does."""
    start, passed, failed = perf_counter(), 0, 0
    with TemporaryDirectory() as folder:
        for name, check in cases(Path(folder)):
            try:
                check()
                passed += 1
            except (AssertionError, LookupError, OSError) as error:
                failed += 1
                print(f"FAILED {name}: {error}", file=sys.stderr)
    print(f"{f'{failed} failed, ' * bool(failed)}{passed} passed in {perf_counter() - start:.2f}s")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
