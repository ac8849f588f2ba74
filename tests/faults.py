"""Kill installs, builds, figures, ledger, tables and a scan at random moments; fill the disk; take the folder away.

    python tests/faults.py [KILLS [NAME ...]]     20 kills of each program, or KILLS of those named

Each program runs in a copy of the package and the data, over outputs of another version of the code. After a kill every
file is there whole, of the one version or the other, files that belong together of the same one, and the next run
ends with what an undisturbed one leaves and nothing else.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from zputils.paths import ROOT

SHORTER = (  # what would take minutes takes seconds
    ("geomspace(M_BBN, 0.04, 41)", "geomspace(M_BBN, 0.04, 3)", "zputils/physics/cosmology.py"),
    ("SEQUENCES, LOG2_POINTS = 16, 16", "SEQUENCES, LOG2_POINTS = 2, 12", "zputils/physics/trident_tables.py"),
    ("for part in PARTS", "for part in PARTS[:2]", "zputils/claims/__init__.py"))
TABLES = """from zputils.physics import cosmology, trident_tables
trident_tables.main("_build/tables")
cosmology.write_table("_build/tables/n_eff.csv")"""
READ_SCAN = """import sys, numpy as np
from zputils import scan
values = {name: array.to_numpy()
          for name, array in scan.load("_build/scan", partial=True).items() if name != "done"}
if len(sys.argv) > 1:  # what is there after a kill: unknown, or as in the end
    with np.load(sys.argv[1]) as end:
        for name, value in values.items():
            np.testing.assert_array_equal(value[~np.isnan(value)], end[name][~np.isnan(value)], err_msg=name)
else:
    np.savez("end.npz", **values)"""


@dataclass(frozen=True)
class Program:
    """What runs (arguments of python), and what it writes: files below _build/ that match `outputs`."""

    name: str
    command: tuple[str, ...]
    outputs: str


PROGRAMS = {program.name: program for program in (
    Program("figures", ("-m", "zputils.figures", "fig-3.1", "fig-3.2"), "figures/*"),
    Program("claims", ("-m", "zputils.claims"), "claims.csv"),
    Program("tables", ("-c", TABLES), "tables/*"),
    Program("scan", ("-m", "zputils.scan", "_build/scan", "--models", "30", "--scheduler", "synchronous"), "scan"))}


class Copy:
    """The package and the data in a folder of their own, with the programs run there."""

    def __init__(self, folder):
        self.folder, self.build = Path(folder), Path(folder) / "_build"
        for name in ("zputils", "data", "publish"):
            shutil.copytree(ROOT / name, self.folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        self.build.mkdir()
        for edit in SHORTER:
            self.edit(*edit)

    def edit(self, old, new, file="zputils/constants.py"):
        """Change a line of the code."""
        text = (self.folder / file).read_text(encoding="utf-8")
        assert old in text, f"{file} does not contain {old}"
        (self.folder / file).write_text(text.replace(old, new), encoding="utf-8")

    def start(self, command, before=()):
        """A process in a group of its own; `before`: a command that starts it."""
        environment = os.environ | {"PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.Popen([*before, sys.executable, *command], cwd=self.folder, env=environment, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)

    def run(self, command, before=()):
        """(exit code, what it printed as an error)."""
        process = self.start(command, before)
        _, errors = process.communicate()
        return process.returncode, errors

    def complete(self, command):
        """Seconds of a run, which must succeed."""
        start = perf_counter()
        code, errors = self.run(command)
        assert code == 0, errors
        return perf_counter() - start

    def files(self, pattern):
        """{path: bytes} of the outputs, leftovers included."""
        return {path: path.read_bytes() for path in sorted(self.build.glob(pattern)) if path.is_file()}

    def empty(self):
        """Forget everything built."""
        shutil.rmtree(self.build)
        self.build.mkdir()

    def restore(self, files):
        """Put these outputs in place, alone."""
        self.empty()
        for path, data in files.items():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)


def outlived(process, seconds):
    """Give a process that leads a group some time, then kill the group; whether it was still running."""
    try:
        process.communicate(timeout=seconds)
        return False
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return True


def kill_after(copy, command, seconds):
    """Run a program and kill it, with every process it started; whether it was still running."""
    return outlived(copy.start(command), seconds)


def check_whole(found, old, new):
    """Every file is of one of two versions, and those of one figure of the same."""
    versions = {}
    for path, data in found.items():
        if path.name.startswith("."):  # a temporary file, which nobody reads
            continue
        there = {name for name, version in (("old", old), ("new", new)) if version.get(path) == data}
        assert there, f"{path.name} is neither the old file nor the new one"
        versions.setdefault(path.stem, {"old", "new"}).intersection_update(there)
    mixed = [stem for stem, common in versions.items() if not common]
    assert not mixed, f"{mixed}: old files beside new ones"


def kill_files(copy, program, kills, draw):
    """Kill a program that writes files; the number of kills that met it running."""
    copy.edit('MASSES["muon"]', '1.001 * MASSES["muon"]')
    copy.edit('MASSES["electron"]', '1.001 * MASSES["electron"]')
    copy.complete(program.command)
    old = copy.files(program.outputs)
    copy.edit("1.001 * ", "")
    copy.empty()
    seconds = copy.complete(program.command)
    new = copy.files(program.outputs)
    assert old.keys() == new.keys() and all(old[path] != new[path] for path in old if path.suffix == ".csv")
    met = 0
    while met < kills:
        copy.restore(old)
        met += kill_after(copy, program.command, draw(seconds))
        check_whole(copy.files(program.outputs), old, new)
        copy.complete(program.command)
        assert copy.files(program.outputs) == new, "another result, or something left behind"
    return met


def kill_scan(copy, program, kills, draw):
    """Kill a scan, which goes on where it stopped; the number of kills that met it running."""
    seconds = copy.complete(program.command)
    copy.complete(("-c", READ_SCAN))
    met = 0
    while met < kills:
        copy.empty()
        met += kill_after(copy, program.command, draw(seconds))
        if (copy.build / program.outputs).exists():
            copy.complete(("-c", READ_SCAN, "end.npz"))
        copy.complete(program.command)
        copy.complete(("-c", READ_SCAN, "end.npz"))
    return met


def kill(name, kills, seed=0):
    """Kill a program at random moments; the number of kills that met it running, or None where it is not installed."""
    program = PROGRAMS[name]
    if name == "scan" and find_spec("zputils.scan") is None:
        return None
    generator = random.Random(seed)
    with TemporaryDirectory() as folder:
        run = kill_scan if name == "scan" else kill_files
        return run(Copy(folder), program, kills, lambda seconds: generator.uniform(0.1, 1.0) * seconds)


# -- a disk that is full, a folder that cannot be written ------------------------------------------------

ISOLATED = ("unshare", "--map-root-user", "--mount", "sh", "-c")
# $0: the folder, which becomes a small disk of its own; the rest: a command; $0.after: what is there afterwards.
SMALL_DISK = """set -e
cp -a "$0" "$0.before"; mount -t tmpfs -o size=16m tmpfs "$0"; cp -a "$0.before/." "$0"
{fault}
code=0; "$@" || code=$?
rm -f "$0/.fill"; cp -a "$0" "$0.after"; exit $code"""
FAULTS = {"a full disk": ('head -c 17m /dev/zero > "$0/.fill" 2> /dev/null || true', "No space left on device"),
          "a read-only folder": ('mount -o remount,ro "$0"; rm() { :; }', "Read-only file system")}
WRITERS = {"figures": (PROGRAMS["figures"].command, "_build"), "claims": (PROGRAMS["claims"].command, "_build"),
           "tables": (("-m", "zputils.physics.cosmology"), "data"), "tidy": (("publish/tidy.py", "n_eff"), "data")}


def isolated():
    """Whether a program may have a disk of its own here."""
    return shutil.which("unshare") and subprocess.run([*ISOLATED, "mount -t tmpfs none /mnt"]).returncode == 0


def break_off(name, fault):
    """Run a writer over old outputs with a fault: a message, an exit code, and the old files are all there is."""
    command, folder = WRITERS[name]
    action, message = FAULTS[fault]
    with TemporaryDirectory() as scratch:
        copy = Copy(scratch)
        for old in ("figures/fig-3.1.csv", "figures/fig-3.1.svg", "claims.csv"):
            (copy.build / old).parent.mkdir(exist_ok=True)
            (copy.build / old).write_text("old", encoding="utf-8")
        if name == "tidy":
            copy.edit("0.0004,1e-10,", "0.0004,1e-10,0", "data/cosmology/n_eff.csv")  # another checksum
        code, errors = copy.run(command, (*ISOLATED, SMALL_DISK.format(fault=action), str(copy.folder / folder)))
        assert code == 1 and message in errors and "not written to" in errors and "Traceback" not in errors, errors
        before, after = ({path.relative_to(top): path.read_bytes() for path in top.rglob("*") if path.is_file()}
                         for top in (copy.folder / f"{folder}.{when}" for when in ("before", "after")))
        after.pop(Path(".fill"), None)
        assert after == before, "something is written in part"


# -- an environment and a book in the making -------------------------------------------------------------------


def killed(command, folder, seconds):
    """Run a program in a folder and kill it and what it started; whether it was still running."""
    return outlived(subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                     start_new_session=True), seconds)


def kill_install(kills, draw):
    """Kill the making of an environment over an old one, and move the tree after every second kill."""
    from test_environment import Tree

    met = 0
    with TemporaryDirectory() as scratch:
        folders = [Path(scratch) / name for name in ("tree", "moved", "wheels")]
        for folder in (folders[0], folders[2]):
            folder.mkdir()
        tree = Tree(folders[0], folders[2])
        start = perf_counter()
        assert tree.make()[0] == 0
        seconds, version = perf_counter() - start, 1
        while met < kills:
            version += 1
            tree.lock(f"{version}.0")
            command = ["/bin/sh", ".ci/environment", ".venv", "lock.txt", sys.executable]
            if not killed(command, tree.folder, draw(seconds)):
                continue
            met += 1
            if (tree.folder / ".venv" / "complete").exists():
                assert tree.version() in (f"{version - 1}.0", f"{version}.0")
            if met % 2:
                other = folders[tree.folder == folders[0]]
                tree.folder = tree.folder.rename(other)
            code, said = tree.make()
            assert code == 0 and tree.version() == f"{version}.0", said
            left = [path.name for path in tree.folder.iterdir() if path.name.startswith(".venv-")]
            assert not left, left
    return met


def kill_books(kills, draw):
    """Kill one of two builds of a small book that run at once; the book that is there is always whole."""
    import test_build

    met = version = 0
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        command = [sys.executable, "-c", test_build.BUILD, str(ROOT / "_ext")]
        test_build.write_book(folder, first="print('version 0')", second="print('version 0')")
        start = perf_counter()
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        seconds = perf_counter() - start
        while met < kills:
            version += 1
            cell = f"print('version {version}')"
            test_build.write_book(folder, first=cell, second=cell)
            other = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            met += killed(command, folder, draw(seconds))
            html = folder / "_build" / "html"
            if html.exists():
                pages = [(html / f"{name}.html").read_text(encoding="utf-8") for name in ("first", "second")]
                whole = [all(f"version {n}\n" in page for page in pages) for n in (version - 1, version)]
                assert any(whole), "pages of two builds"
            assert other.wait() == 0, "the other build suffered"
            assert f"version {version}\n" in test_build.shown(folder)
    return met


KILLED = {"install and move": kill_install, "two books at once": kill_books}


if __name__ == "__main__":
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    for name, function in {} if sys.argv[2:] else KILLED.items():
        met = function(kills, lambda seconds: random.uniform(0.1, 1.0) * seconds)
        print(f"{name}: {met} kills survived", flush=True)
    for name in sys.argv[2:] or PROGRAMS:
        met = kill(name, kills)
        print(f"{name}:", "skipped, zputils.scan is missing" if met is None else f"{met} kills survived", flush=True)
    for name in WRITERS if isolated() else ():
        for fault in FAULTS:
            break_off(name, fault)
            print(f"{name}: {fault} survived", flush=True)
    if not isolated():
        print("full disk and read-only folder skipped: a mount namespace is not permitted here")
