"""`make book`: build into _build/next, then put the book in the place of the old one, which stays until then.

    python _ext/build.py [--builder NAME] [OPTION ...]      options of jupyter-book, warnings are errors

Without a builder it is HTML. Two builds of one tree wait for each other.
"""

import fcntl
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import kernels

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "_build"
NEXT = BUILD / "next"


@contextmanager
def alone():
    """Nobody else builds this tree in this block. The system lifts the lock when a process ends, however it does."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "book.lock").open("w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another build of this book is running: waiting for it.", file=sys.stderr, flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def execute(options):
    """The exit code of jupyter-book, whose pages are executed by kernels that start at once."""
    program = Path(sys.executable).with_name("jupyter-book")
    command = [program, "build", ROOT, "--path-output", NEXT, "-W", "-n", "--keep-going"]
    with TemporaryDirectory(prefix="zp-", dir=kernels.SHORT) as folder, kernels.warm(folder) as environment:
        return subprocess.run([*command, *options], env=environment).returncode


def replace(built):
    """Put what was built in the place of what is there."""
    place, last = BUILD / built.name, BUILD / f"{built.name}-last"
    shutil.rmtree(last, ignore_errors=True)
    if place.exists():
        place.rename(last)
    built.rename(place)
    shutil.rmtree(last, ignore_errors=True)


def main(*options):
    """Build; the exit code of jupyter-book."""
    with alone():
        shutil.rmtree(NEXT, ignore_errors=True)
        code = execute(options)
        if code == 0:
            for built in (NEXT / "_build").glob("*html"):
                replace(built)
            shutil.rmtree(NEXT, ignore_errors=True)  # there is none after --help
        elif (BUILD / "html").exists():
            print("The book is not built; the one in _build/html is the last that was.", file=sys.stderr)
        return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
