"""Where the data and the outputs of a build are, and how a file is written: whole or not at all."""

import os
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
BOOK = ROOT / "book"
BUILD = ROOT / "_build"
FIGURES = BUILD / "figures"


@contextmanager
def replacing(path):
    """A temporary path beside `path` that takes its place when the block ends without an error.

    A reader finds the old file or the new one, never a part, and an error or a kill leaves the old one. Folders are
    made. OSError names `path`.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with replacing(Path(folder) / "table.csv") as temporary:
    ...         _ = temporary.write_text("m_GeV,g")
    ...     [file.name for file in Path(folder).iterdir()]
    ['table.csv']
    """
    path = Path(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        os.replace(temporary, path)
    except OSError as error:
        raise OSError(f"{path} is not written: {error}") from error
    finally:
        if path.parent.is_dir():
            temporary.unlink(missing_ok=True)
