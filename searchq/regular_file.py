"""Open files in folders that others may write to: never wait for a pipe, never write through a link.

open_regular   to read: a regular file or a link to one
open_in_place  to write or lock: a regular file itself, created if absent
"""

import errno
import io
import os
import stat
from pathlib import Path
from typing import Final

__all__ = ["NotRegular", "open_in_place", "open_regular", "read_regular"]

_TRIES: Final = 3  # of a file that a network file system has replaced since its name was looked up
_CAREFUL: Final = os.O_NONBLOCK | os.O_CLOEXEC | getattr(os, "O_NOCTTY", 0)


class NotRegular(OSError):
    """There is a link, a pipe, a socket or a device where a regular file is expected."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        super().__init__(errno.EINVAL, "it is not a regular file", os.fspath(path))


def open_regular(path: str | os.PathLike[str]) -> io.BufferedReader:
    """Open a file to read. Raises NotRegular at once for a pipe or a device, FileNotFoundError for a stale handle."""
    for _ in range(_TRIES):
        try:
            return os.fdopen(_open(path, os.O_RDONLY), "rb")
        except OSError as error:
            if error.errno != errno.ESTALE:
                raise
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), os.fspath(path))


def read_regular(path: Path) -> bytes:
    """Read a whole file. Raises as `open_regular` does."""
    for _ in range(_TRIES):
        try:
            with open_regular(path) as file:
                return file.read()
        except OSError as error:
            if error.errno != errno.ESTALE:
                raise
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), os.fspath(path))


def open_in_place(path: str | os.PathLike[str], flags: int) -> int:
    """Open a file to write or to lock, created if absent; return its descriptor. Raises NotRegular for a link too."""
    try:
        return _open(path, flags | os.O_CREAT | os.O_NOFOLLOW)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):  # a link; a pipe that nobody reads, or a socket
            raise NotRegular(path) from error
        raise


def _open(path: str | os.PathLike[str], flags: int) -> int:
    descriptor = os.open(path, flags | _CAREFUL, 0o644)
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return descriptor
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
    raise NotRegular(path)
