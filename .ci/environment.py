"""Make an environment: completely, then in the place of the old one, or not at all. .ci/environment calls it.

    python .ci/environment.py FOLDER LOCK STATE

Runs with the standard library alone, in the Python the environment is for. uv installs (its version and checksum are in
requirements-uv.txt), three times as fast as pip; where uv is not to be had or fails, pip does. STATE goes into the file
`complete`, the last that is written: who reads it knows where and of what the environment was made.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "_build"
UV = BUILD / "uv"
UV_LOCK = ROOT / "requirements-uv.txt"
NO_PIP = ("This Python has neither pip nor ensurepip, so that nothing can be installed: install them (Debian and "
          "Ubuntu: apt install python3-venv python3-pip), or name another Python, as in make PYTHON=python3.12")


class Failed(Exception):
    """What cannot be done, in words for the user."""


def run(*command, **options):
    """Run a program; Failed with its name when it does not succeed."""
    if subprocess.run([str(part) for part in command], **options).returncode:
        raise Failed(f"{Path(command[0]).name} {' '.join(map(str, command[1:4]))} ... failed")


def uv():
    """The path of the locked uv, fetched when it is missing; that of the system where pip is; None where neither is."""
    program = UV / "bin" / "uv"
    if not (UV / "complete").exists() or (UV / "complete").read_bytes() != UV_LOCK.read_bytes():
        if not find_spec("pip"):
            return shutil.which("uv")
        fresh = BUILD / "uv-next"
        shutil.rmtree(fresh, ignore_errors=True)
        run(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes",
            "--only-binary", ":all:", "--target", fresh, "-r", UV_LOCK)
        shutil.copy(UV_LOCK, fresh / "complete")
        replace(fresh, UV)
    return program


def with_uv(folder, lock):
    """Fill `folder` with uv."""
    program = uv()
    if program is None:
        raise Failed("there is no uv, and no pip to fetch it")
    install = (program, "--no-config", "--quiet", "pip", "install", "--python", folder / "bin" / "python")
    run(program, "--no-config", "--quiet", "venv", "--python", sys.executable, "--no-python-downloads", folder)
    # A lock is complete. Nothing is compiled ahead: Python compiles what it imports, a third of what there is.
    run(*install, "--require-hashes", "--no-deps", "-r", lock)
    return install


def with_pip(folder, lock):
    """Fill `folder` with pip."""
    if not find_spec("ensurepip"):
        raise Failed(NO_PIP)
    run(sys.executable, "-m", "venv", "--clear", folder)
    install = (folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*install, "--require-hashes", "--no-deps", "--no-compile", "-r", lock)
    return install


def fill(folder, lock):
    """Fill `folder`, with zputils as it is in this tree where the lock holds what builds it."""
    try:
        install = with_uv(folder, lock)
    except Failed as error:
        print(f"{error}: pip installs instead, which takes longer", file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
        install = with_pip(folder, lock)
    if "\nsetuptools==" in lock.read_text(encoding="utf-8"):
        run(*install, "--no-deps", "--no-build-isolation", "-e", ROOT)


def rename_inside(folder, name):
    """Let the programs of an environment say the folder it will have."""
    old, new = os.fsencode(folder), os.fsencode(name)
    for path in (folder / "bin").iterdir():
        if path.is_file() and not path.is_symlink() and old in (text := path.read_bytes()):
            path.write_bytes(text.replace(old, new))


def replace(fresh, folder):
    """Put a folder in the place of another, which is deleted only then."""
    last = folder.with_name(f"{folder.name}-last")
    if folder.exists():
        shutil.rmtree(last, ignore_errors=True)
        folder.rename(last)
    fresh.rename(folder)
    shutil.rmtree(last, ignore_errors=True)


def make(folder, lock, state):
    """Make the environment, unless another process has just made it."""
    marker, fresh = folder / "complete", folder.with_name(f"{folder.name}-next")
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "environment.lock").open("w", encoding="utf-8") as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        if (folder / "bin" / "python").exists() and marker.exists() \
                and marker.read_text(encoding="utf-8") == state + "\n":
            return
        shutil.rmtree(fresh, ignore_errors=True)
        fill(fresh, lock)
        rename_inside(fresh, folder)
        (fresh / "complete").write_text(state + "\n", encoding="utf-8")
        replace(fresh, folder)


def main(folder, lock, state):
    """Make it; 0, or 1 with a message on what is left as it was."""
    try:
        make(ROOT / folder, ROOT / lock, state)
    except (Failed, OSError) as error:
        left = "what was there stays" if (ROOT / folder).exists() else "nothing is left behind that is used"
        print(f"{folder} is not made: {error}; {left}. The next make tries again.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
