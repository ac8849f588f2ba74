"""Where the data and the outputs of a build are, and how a file is written: whole or not at all.

In the source tree the data are in `data/` and all that is made goes to `_build/`. An installed package carries its
data; what it keeps for itself goes to the user's cache folder, and what it is asked to write to the folder it runs in.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from secrets import token_hex

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent
BOOK = ROOT / "book"
INSTALLED = (PACKAGE / "data").is_dir()  # in the tree they are beside the package


def _cache():
    """Where an installed package keeps what takes long to compute."""
    from platformdirs import user_cache_path

    return user_cache_path("zputils", appauthor=False)


DATA = PACKAGE / "data" if INSTALLED else ROOT / "data"
REFERENCES = DATA / "references.bib"
BUILD = Path() if INSTALLED else ROOT / "_build"
FIGURES = BUILD / "figures"
CACHE = _cache() if INSTALLED else BUILD / "cache"
TABLES = CACHE / "tables" if INSTALLED else DATA  # computed tables, anew


@contextmanager
def plain_errors() -> Iterator[None]:
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
def replacing(path: str | os.PathLike) -> Iterator[Path]:
    """A temporary path beside `path` that takes its place when the block ends without an error.

    A reader finds the old file or the new one, never a part, and an error or a kill leaves the old one. Folders are
    made.

    :param path: of what is written.
    :raises OSError: names the file and its folder.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with replacing(f"{folder}/new/x.csv") as temporary:
    ...         _ = temporary.write_text("m,g")
    ...     Path(f"{folder}/new/x.csv").read_text()
    'm,g'
    """
    with replacing_together([path]) as (temporary,):
        yield temporary


@contextmanager
def replacing_together(targets: Iterable[str | os.PathLike]) -> Iterator[list[Path]]:
    """As `replacing` for files that belong together and can be made again: those there are of one version.

    No filesystem replaces several files at once, so where more than one changes the old ones go first. A kill in
    between leaves some missing, never old ones beside new ones.

    :param targets: paths.
    :raises OSError: naming the file and its folder.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with replacing_together([f"{folder}/x.csv", f"{folder}/x.svg"]) as temporaries:
    ...         _ = [temporary.write_text("new") for temporary in temporaries]
    ...     sorted(path.name for path in Path(folder).iterdir())
    ['x.csv', 'x.svg']
    """
    places, temporaries = [Path(target) for target in targets], []
    try:
        with ExitStack() as owned:
            for target in places:
                target.parent.mkdir(parents=True, exist_ok=True)
                _sweep(target)
                temporaries.append(owned.enter_context(_temporary(target)))
            yield temporaries
            _move(temporaries, places)
    except OSError as error:
        names = ", ".join(target.name for target in places)
        raise OSError(f"{names}: not written to {places[0].parent}: {error}") from error


@contextmanager
def _temporary(target):
    """A file beside `target` that is locked, and gone when the block ends.

    The system lifts the lock when a process ends, however it does, and whoever shares the disk sees it: a number of a
    process would say nothing to another machine or container.
    """
    path = target.with_name(f".{target.name}.{token_hex(8)}.tmp")
    file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666)
    try:
        _lock(file)
        yield path
    finally:
        os.close(file)
        with suppress(OSError):  # it has taken its place, or its folder is no folder
            path.unlink()


def _lock(file):
    """Whether the file is ours now; on a disk that knows no locks it is."""
    try:
        flock(file, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        pass
    return True


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
    """Remove what killed processes left beside a file: temporary files of our name that nobody has locked."""
    ours = re.compile(rf"\.{re.escape(target.name)}\.[0-9a-f]{{16}}\.tmp")
    for left in target.parent.iterdir():
        if ours.fullmatch(left.name) and left.is_file():
            with suppress(FileNotFoundError), left.open("rb") as file:  # another process may have been faster
                if _lock(file):
                    left.unlink()
