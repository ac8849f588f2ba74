"""A short form of `make faults`, and files that belong together, killed at every step of their replacement."""

import signal
import subprocess
import sys
from time import sleep

import faults
import pytest

from zputils import paths
from zputils.paths import replacing, replacing_together

KILLED = """import os, signal, sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

spec = spec_from_file_location("paths", sys.argv[1])  # without the package around it, which takes longer to import
paths = module_from_spec(spec)
spec.loader.exec_module(paths)
steps = int(sys.argv[2])

def counted(function):
    def call(*arguments, **options):
        global steps
        if not steps:
            os.kill(os.getpid(), signal.SIGKILL)
        steps -= 1
        return function(*arguments, **options)
    return call

os.replace, Path.unlink, Path.write_text = counted(os.replace), counted(Path.unlink), counted(Path.write_text)
with paths.replacing_together(sys.argv[3:]) as files:
    for file in files:
        file.write_text("new", encoding="utf-8")
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
            target.write_text("old", encoding="utf-8")
        code = subprocess.run([sys.executable, "-c", KILLED, paths.__file__, str(steps), *targets]).returncode
        found = [target.read_text(encoding="utf-8") for target in targets if target.exists()]
        assert len(set(found)) <= 1 and set(found) <= {"old", "new"}
        if code == 0:
            break
        states.append(found)
        assert code == -signal.SIGKILL
    with replacing_together(targets) as files:
        for file in files:
            file.write_text("newer", encoding="utf-8")
    assert ["old"] * 3 in states and ["new"] * 3 in states and [] in states
    assert sorted(tmp_path.iterdir()) == targets, "what the kills left is gone"


def test_what_has_not_changed_stays(tmp_path):
    targets = [tmp_path / name for name in "ab"]
    for text in ("1", "1"):
        with replacing_together(targets) as files:
            for file in files:
                file.write_text(text, encoding="utf-8")
        inodes = [target.stat().st_ino for target in targets]
    with replacing_together(targets) as (first, second):
        first.write_text("1", encoding="utf-8")
        second.write_text("2", encoding="utf-8")
    assert [target.stat().st_ino == inode for target, inode in zip(targets, inodes, strict=True)] == [True, False]


HOLDING = """import sys, time
from zputils.paths import replacing
with replacing(sys.argv[1]) as temporary:
    temporary.write_text("theirs", encoding="utf-8")
    print(temporary.name, flush=True)
    time.sleep(600)"""


@pytest.mark.parametrize("namespace", [(), ("unshare", "--map-root-user", "--pid", "--fork", "--kill-child")],
                         ids=["same processes", "another namespace"])
def test_the_file_of_a_living_process_stays(tmp_path, namespace):
    """Whatever its number is: in a container it may be that of another process, or of none."""
    if namespace and subprocess.run([*namespace, "true"], stderr=subprocess.DEVNULL).returncode:
        pytest.skip("a process namespace is not permitted here")
    target = tmp_path / "x"
    other = subprocess.Popen([*namespace, sys.executable, "-c", HOLDING, target], stdout=subprocess.PIPE, text=True)
    theirs = tmp_path / other.stdout.readline().strip()
    with replacing(target) as ours:
        ours.write_text("ours", encoding="utf-8")
    assert theirs.read_text(encoding="utf-8") == "theirs" and target.read_text(encoding="utf-8") == "ours"
    other.kill()
    other.communicate()
    for _ in range(100):  # until the system has ended the process in the namespace
        with replacing(target) as again:
            again.write_text("again", encoding="utf-8")
        if not theirs.exists():
            break
        sleep(0.1)
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_files_that_only_look_temporary_stay(tmp_path):
    odd = [tmp_path / name for name in (".x.tmp", ".x.1.tmp", ".x.notes.tmp", ".x.-5.tmp", ".y.0123456789abcdef.tmp")]
    odd.append(tmp_path / ".x.fedcba9876543210.tmp")
    for path in odd[:-1]:
        path.write_text("mine", encoding="utf-8")
    odd[-1].mkdir()
    with replacing(tmp_path / "x") as temporary:
        temporary.write_text("new", encoding="utf-8")
    assert all(path.exists() for path in odd)


def test_a_new_file_can_be_read_by_those_who_may_read_others(tmp_path):
    (tmp_path / "plain").write_text("", encoding="utf-8")
    with replacing(tmp_path / "x") as temporary:
        temporary.write_text("new", encoding="utf-8")
    assert (tmp_path / "x").stat().st_mode == (tmp_path / "plain").stat().st_mode
