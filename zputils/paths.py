"""Where the data and the outputs of a build are, and how a file is written: whole or not at all."""

import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
BOOK = ROOT / "book"
BUILD = ROOT / "_build"
FIGURES = BUILD / "figures"


@contextmanager
def plain_errors():
    """A program in this block that cannot read or write ends with the message alone, and exit code 1.

    >>> with plain_errors():
    ...     raise OSError("x.csv: not written to /full: No space left on device")
    Traceback (most recent call last):
    SystemExit: x.csv: not written to /full: No space left on device
    """
    try:
        yield
    except OSError as error:
        sys.exit(str(error))


@contextmanager
def replacing(path):
    """A temporary path beside `path` that takes its place when the block ends without an error.

    A reader finds the old file or the new one, never a part, and an error or a kill leaves the old one. Folders are
    made. OSError names the file and its folder.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with replacing(f"{folder}/new/x.csv") as temporary:
    ...         _ = temporary.write_text("m,g")
    ...     Path(f"{folder}/new/x.csv").read_text()
    'm,g'

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with replacing(Path(folder) / "table.csv") as temporary:
    ...         _ = temporary.write_text("m_GeV,g")
    ...     [file.name for file in Path(folder).iterdir()]
    ['table.csv']
    """
    with replacing_together([path]) as (temporary,):
        yield temporary


@contextmanager
def replacing_together(targets):
    """As `replacing` for files that belong together and can be made again: those there are of one version.

    No filesystem replaces several files at once, so where more than one changes the old ones go first. A kill in
    between leaves some missing, never old ones beside new ones.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with replacing_together([f"{folder}/x.csv", f"{folder}/x.svg"]) as temporaries:
    ...         _ = [temporary.write_text("new") for temporary in temporaries]
    ...     sorted(path.name for path in Path(folder).iterdir())
    ['x.csv', 'x.svg']

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with replacing_together([Path(folder) / "a.csv", Path(folder) / "a.svg"]) as temporaries:
    ...         _ = [temporary.write_text("") for temporary in temporaries]
    ...     sorted(file.name for file in Path(folder).iterdir())
    ['a.csv', 'a.svg']
    """
    targets = [Path(target) for target in targets]
    temporaries = [target.with_name(f".{target.name}.{os.getpid()}.tmp") for target in targets]
    try:
        for target in targets:
            target.parent.mkdir(parents=True, exist_ok=True)
            _sweep(target)
        yield temporaries
        _move(temporaries, targets)
    except OSError as error:
        names = ", ".join(target.name for target in targets)
        raise OSError(f"{names}: not written to {targets[0].parent}: {error}") from error
    finally:
        for temporary in temporaries:
            with suppress(OSError):  # gone already, or its folder is no folder
                temporary.unlink()


def _move(temporaries, targets):
    """Put the files that changed in place."""
    changed = [(new, old) for new, old in zip(temporaries, targets, strict=True) if not _same(new, old)]
    for _, old in changed if len(changed) > 1 else ():
        old.unlink(missing_ok=True)
    for new, old in changed:
        os.replace(new, old)


def _same(new, old):
    return old.is_file() and new.read_bytes() == old.read_bytes()


def _sweep(target):
    """Remove what killed processes left beside a file."""
    for left in target.parent.glob(f".{target.name}.*.tmp"):
        if not _alive(int(left.suffixes[-2][1:])):
            left.unlink(missing_ok=True)


def _alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # another user's
        pass
    return True
