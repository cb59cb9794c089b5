"""Files written whole or not at all: under no name or one of their own first, then renamed over the old one.

.report.json.1f0c9a2b.part     what is being written, where it needs a name; the next writer removes what a kill left
"""

import errno
import glob
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from searchq.regular_file import open_regular

__all__ = ["UNFINISHED", "replaced", "sync_ancestors", "sync_directory", "sync_file"]

UNFINISHED: Final = ".part"  # how the names of files end that are not whole yet
_OWN_FILES: Final = Path("/proc/self/fd")
_NO_FULL_SYNC: Final = (errno.ENOTSUP, errno.EINVAL, errno.ENOTTY)  # a network file system knows no such thing


@contextmanager
def replaced(path: Path, *, sync: bool = False) -> Iterator[BinaryIO]:
    """A file to write, which takes the place of `path` when the block ends well; of two writers the last one wins.

    `sync`: its content is on disk before it has the name. `sync_directory` makes the name itself durable. A file
    without `sync` has no name until it is whole, where the system can: a killed process leaves nothing.
    """
    _remove_left(path)
    coming = path.with_name(f".{path.name}.{os.urandom(4).hex()}{UNFINISHED}")
    unnamed = None if sync else _open_unnamed(path.parent)
    try:
        with coming.open("xb") if unnamed is None else os.fdopen(unnamed, "wb") as file:
            with suppress(OSError):  # a file system without locks: what a kill leaves there stays
                _lock(file)
            yield file
            file.flush()
            if sync:
                sync_file(file.fileno())
            if unnamed is not None:
                os.link(_OWN_FILES / str(unnamed), coming, src_dir_fd=unnamed)  # else the link itself is linked
            coming.replace(path)
    except BaseException:
        with suppress(OSError):
            coming.unlink(missing_ok=True)
        raise


def sync_directory(directory: Path) -> None:
    """Make the names in a directory durable."""
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        sync_file(handle)
    finally:
        os.close(handle)


def sync_ancestors(directory: Path) -> None:
    """Make the name of a directory durable, and the names of those above it as far as they may be read."""
    for above in directory.absolute().parents:
        try:
            sync_directory(above)
        except PermissionError:
            return


def sync_file(handle: int) -> None:
    """Make what was written to an open file, or the names in an open directory, durable.

    On macOS a plain fsync leaves it in the cache of the disk, which loses it when the power fails.
    """
    import fcntl  # a search, which writes no file, does not need it

    whole = getattr(fcntl, "F_FULLFSYNC", None)
    if whole is not None:
        try:
            fcntl.fcntl(handle, whole)
            return
        except OSError as error:
            if error.errno not in _NO_FULL_SYNC:
                raise
    os.fsync(handle)


def _open_unnamed(folder: Path) -> int | None:
    """A new file without a name; None where there is no such thing."""
    if not (hasattr(os, "O_TMPFILE") and _OWN_FILES.is_dir()):
        return None
    try:
        return os.open(folder, os.O_TMPFILE | os.O_WRONLY | os.O_CLOEXEC, 0o666)
    except OSError:
        return None


def _remove_left(path: Path) -> None:
    """Remove unfinished files of killed writers, whose locks ended with them."""
    digits = "[0-9a-f]" * 8
    for left in path.parent.glob(f".{glob.escape(path.name)}.{digits}{UNFINISHED}"):
        with suppress(OSError), open_regular(left) as file:
            _lock(file)
            left.unlink()


def _lock(file: BinaryIO) -> None:
    """Lock a file while it is open. Raises OSError if another writer has it."""
    import fcntl  # a search, which writes no file, does not need it

    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
