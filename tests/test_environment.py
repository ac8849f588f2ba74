"""`make` has an environment that is whole, of this place and of this lock, or says what is wrong; the old one stays."""

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from zipfile import ZipFile

import pytest

from zputils.paths import BUILD, ROOT

UV = BUILD / "uv"


def wheel(folder, version):
    """A package of one line, and what a lock says of it."""
    path, info = folder / f"tiny-{version}-py3-none-any.whl", f"tiny-{version}.dist-info"
    with ZipFile(path, "w") as file:
        file.writestr("tiny.py", f"version = '{version}'\n")
        file.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n")
        file.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        file.writestr(f"{info}/entry_points.txt", "[console_scripts]\nshow = tiny:version.strip\n")
        file.writestr(f"{info}/RECORD", "".join(f"{name},,\n" for name in ("tiny.py", f"{info}/METADATA",
                                                f"{info}/WHEEL", f"{info}/entry_points.txt", f"{info}/RECORD")))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"--no-index\n--find-links {folder}\ntiny=={version} --hash=sha256:{digest}"


class Tree:
    """A tree with what makes an environment, and a lock of one package."""

    def __init__(self, folder, wheels):
        self.folder, self.wheels = folder, wheels
        shutil.copytree(ROOT / ".ci", folder / ".ci")
        shutil.copy(ROOT / "requirements-uv.txt", folder)
        if UV.exists():
            (folder / "_build").mkdir()
            (folder / "_build" / "uv").symlink_to(UV)
        self.lock("1.0")

    def lock(self, version):
        (self.folder / "lock.txt").write_text(wheel(self.wheels, version) + "\n", encoding="utf-8")

    def make(self, python=sys.executable, **environment):
        """(exit code, what it said)."""
        variables = os.environ | {"PIP_NO_INDEX": "1"} | environment
        run = subprocess.run(["/bin/sh", ".ci/environment", ".venv", "lock.txt", python], cwd=self.folder,
                             env=variables, capture_output=True, text=True, encoding="utf-8")
        return run.returncode, run.stderr

    def version(self):
        return subprocess.run([self.folder / ".venv" / "bin" / "python", "-c", "import tiny; print(tiny.version)"],
                              capture_output=True, text=True, check=True, encoding="utf-8").stdout.strip()


@pytest.fixture
def tree(tmp_path):
    (tmp_path / "a tree").mkdir()
    (tmp_path / "wheels").mkdir()
    tree = Tree(tmp_path / "a tree", tmp_path / "wheels")
    code, said = tree.make()
    assert code == 0 and "there is none yet" in said and tree.version() == "1.0"
    return tree


def test_what_is_whole_stays_and_another_lock_makes_another(tree):
    assert tree.make() == (0, "")
    tree.lock("2.0")
    code, said = tree.make()
    assert code == 0 and "lock.txt has changed" in said and tree.version() == "2.0"


def test_a_moved_tree_and_a_copied_one_make_their_own(tree, tmp_path):
    copy, moved = (Tree.__new__(Tree) for _ in range(2))
    for each, folder, bring in ((copy, tmp_path / "copy", shutil.copytree), (moved, tmp_path / "moved", os.rename)):
        each.folder, each.wheels = folder, tree.wheels
        bring(tree.folder, folder) if bring is os.rename else bring(tree.folder, folder, symlinks=True)
        code, said = each.make()
        assert code == 0 and f"made in another place ({tree.folder})" in said and each.version() == "1.0"
        assert f"{folder}/.venv/bin/python".encode() in (folder / ".venv" / "bin" / "show").read_bytes()
        assert each.make() == (0, "")


def test_a_half_made_one_and_one_whose_python_is_gone(tree):
    (tree.folder / ".venv" / "complete").unlink()
    assert "not complete" in tree.make()[1] and tree.version() == "1.0"
    python = tree.folder / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3.11")
    assert "its Python is gone (3." in tree.make()[1] and tree.version() == "1.0"


def test_the_old_one_stays_when_the_new_one_cannot_be_made(tree):
    lock = tree.folder / "lock.txt"
    good = lock.read_text(encoding="utf-8")
    lock.write_text(good.replace("tiny==1.0", "tiny==3.0"), encoding="utf-8")
    code, said = tree.make()
    assert code == 1 and "what was there stays" in said and tree.version() == "1.0"
    lock.write_text(good, encoding="utf-8")
    assert tree.make() == (0, "")


def test_a_python_that_is_missing_or_old(tree):
    shutil.rmtree(tree.folder / ".venv")
    code, said = tree.make("python9.9")
    assert code == 1 and "PYTHON=python9.9 does not run" in said and "make PYTHON=python3.12" in said
    old = tree.folder / "old"
    old.write_text('#!/bin/sh\ncase "$*" in *version_info*) exit 1;; *) echo python 3.9.1 /usr/bin/python3.9;; esac\n',
                   encoding="utf-8")
    old.chmod(0o755)
    code, said = tree.make(str(old))
    assert code == 1 and "is too old (python 3.9.1 /usr/bin/python3.9)" in said


@pytest.fixture
def module(monkeypatch, tmp_path):
    spec = spec_from_file_location("environment", ROOT / ".ci" / "environment.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "BUILD", tmp_path / "_build")
    monkeypatch.setattr(module, "UV", tmp_path / "_build" / "uv")
    return module


def test_without_uv_pip_installs_and_without_both_it_says_so(module, monkeypatch, tmp_path, capsys):
    lock = tmp_path / "lock.txt"
    lock.write_text(wheel(tmp_path, "1.0") + "\n", encoding="utf-8")
    monkeypatch.setattr(module, "find_spec", lambda name: name != "pip")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert module.main(tmp_path / ".venv", lock, "state") == 0
    assert "pip installs instead" in capsys.readouterr().err
    assert (tmp_path / ".venv" / "complete").read_text(encoding="utf-8") == "state\n"
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    assert module.main(tmp_path / ".venv", lock, "another state") == 1
    said = capsys.readouterr().err
    assert "apt install python3-venv" in said and "what was there stays" in said
    assert (tmp_path / ".venv" / "complete").read_text(encoding="utf-8") == "state\n"
