"""A short form of `make faults`, and files that belong together, killed at every step of their replacement."""

import signal
import subprocess
import sys

import faults
import pytest

from zputils.paths import replacing, replacing_together

KILLED = """import os, signal, sys
from pathlib import Path
from zputils.paths import replacing_together

steps = int(sys.argv[1])

def counted(function):
    def call(*arguments, **options):
        global steps
        if not steps:
            os.kill(os.getpid(), signal.SIGKILL)
        steps -= 1
        return function(*arguments, **options)
    return call

os.replace, Path.unlink, Path.write_text = counted(os.replace), counted(Path.unlink), counted(Path.write_text)
with replacing_together(sys.argv[2:]) as files:
    for file in files:
        file.write_text("new")
"""


def test_a_kill():
    assert faults.kill("claims", 1) == 1


@pytest.mark.parametrize("name, fault", [("figures", "a full disk"), ("tidy", "a read-only folder")])
def test_a_broken_disk(name, fault):
    if not faults.isolated():
        pytest.skip("a mount namespace is not permitted here")
    faults.break_off(name, fault)


def test_files_that_belong_together_are_never_of_two_versions(tmp_path):
    """Killed before the first step of the replacement, the second, ... until the last."""
    targets, states = [tmp_path / name for name in "abc"], []
    for steps in range(20):
        for target in targets:
            target.write_text("old")
        code = subprocess.run([sys.executable, "-c", KILLED, str(steps), *map(str, targets)]).returncode
        found = [target.read_text() for target in targets if target.exists()]
        assert len(set(found)) <= 1 and set(found) <= {"old", "new"}
        if code == 0:
            break
        states.append(found)
        assert code == -signal.SIGKILL
    with replacing_together(targets) as files:
        for file in files:
            file.write_text("newer")
    assert ["old"] * 3 in states and ["new"] * 3 in states and [] in states
    assert sorted(tmp_path.iterdir()) == targets, "what the kills left is gone"


def test_what_has_not_changed_stays(tmp_path):
    targets = [tmp_path / name for name in "ab"]
    for text in ("1", "1"):
        with replacing_together(targets) as files:
            for file in files:
                file.write_text(text)
        inodes = [target.stat().st_ino for target in targets]
    with replacing_together(targets) as (first, second):
        first.write_text("1")
        second.write_text("2")
    assert [target.stat().st_ino == inode for target, inode in zip(targets, inodes, strict=True)] == [True, False]


def test_the_file_of_a_living_process_stays(tmp_path):
    with replacing(tmp_path / "x") as outer:
        outer.write_text("outer")
        alive = tmp_path / ".x.1.tmp"  # process 1 is always there
        alive.write_text("theirs")
        with replacing(tmp_path / "y") as inner:
            inner.write_text("inner")
    with replacing(tmp_path / "x") as again:
        again.write_text("again")
    assert alive.read_text() == "theirs" and (tmp_path / "x").read_text() == "again"
