"""Where a scan's store is: a folder, or an address that fsspec knows."""

import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from fsspec.core import url_to_fs

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")  # two letters and more: C:/ is a drive


def place(store: str | os.PathLike) -> str:
    """The folder of a store, absolute and without ``~`` or ``file://``, or its address as it is (``s3://...``).

    :param store: a folder or an address.
    :raises ImportError: names the package that an address needs, ValueError one that nothing knows; both before
        anything else.
    :raises ValueError: for an address that nothing knows.

    >>> place("file:///tmp/my%20scan"), place("memory://scan")
    ('/tmp/my scan', 'memory://scan')
    """
    text = os.fspath(store)
    if text.startswith("file:"):
        return os.path.abspath(unquote(urlsplit(text).path))
    if not SCHEME.match(text):
        return os.path.abspath(os.path.expanduser(text))
    if "://" not in text:
        raise ValueError(f"store = {text!r}: a path has lost a slash of this address; give it as text, with ://")
    _filesystem(text)
    return text


def is_address(where: str) -> bool:
    """Whether `place` gave an address instead of a folder.

    :param where: of `place`.

    >>> is_address("s3://bucket/scan"), is_address("/tmp/scan")
    (True, False)
    """
    return bool(SCHEME.match(where))


def _filesystem(address):
    """(filesystem, path) of an address."""
    try:
        return url_to_fs(address)
    except ImportError as error:
        raise ImportError(f"store = {address!r}: {error}", name=error.name) from error
    except ValueError as error:
        raise ValueError(f"store = {address!r}: {error}") from error


def exists(where: str) -> bool:
    """Whether there is something.

    :param where: of `place`.
    :raises OSError: where nobody answers.

    >>> exists("/"), exists("memory://nowhere")
    (True, False)
    """
    if not is_address(where):
        return os.path.exists(where)
    filesystem, path = _filesystem(where)
    try:
        return filesystem.exists(path)
    except Exception as error:  # of the address's own library
        raise OSError(f"{where} cannot be reached: {error}") from error


def files(where: str, name: str) -> set[str]:
    """The files below `name` of a store, relative to the store, with / between folders.

    :param where: of `place`.
    :param name: of a folder in it.

    >>> files("/nowhere", "lower")
    set()
    """
    if is_address(where):
        filesystem, path = _filesystem(where)
        found = filesystem.find(f"{path}/{name}")
        return {name + file[file.index(f"{path}/{name}") + len(f"{path}/{name}"):] for file in found}
    return {file.relative_to(where).as_posix() for file in Path(where, name).rglob("*") if file.is_file()}
