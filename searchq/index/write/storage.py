"""Durable files: the only module that writes into an index directory.

    new files      written under names that no generation has used, and fsynced
    the manifest   written to a temporary file, fsynced, renamed over the old one, the directory fsynced
    old files      removed last; a reader that has mapped them can still use them

If the power fails at any moment, the manifest on disk lists complete files.
"""

import contextlib
import re
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Final

from searchq.atomic_file import replaced, sync_directory, sync_file
from searchq.errors import IndexWriteError
from searchq.index.format.arrays import Array, FileEntry, write_arrays
from searchq.lazy_regex import lazy

__all__ = ["DOUBTFUL", "MARK", "failures_named", "mark", "replace_whole", "store_arrays", "sweep"]

MARK: Final = "MAIN_backup.txt"  # in a folder that a backup has filled, until an indexer writes there
_DATA: Final = (
    r"MAIN_[0-9a-f]{16}\.(words|columns|records)|MAIN_[0-9a-f]{16}\.[0-9a-f]{8}\.deleted"
    r"|MAIN_[a-z_]+_[0-9a-f]{12,64}\.blob|_MAIN_\d+\.toc"
)
_OWN: Final = lazy(  # the names this index can have made, whole or being written, in any version
    rf"{_DATA}|{re.escape(MARK)}"
    r"|(_MAIN_\d+\.toc|manifest\.json)\.new"
    rf"|\.({_DATA}|manifest\.json|{re.escape(MARK)})\.[0-9a-f]{{8}}\.part"
)


def store_arrays(directory: Path, name: str, arrays: Mapping[str, Array]) -> FileEntry:
    """Write a new array file durably; return what the manifest lists of it."""
    with _new_file(directory / name) as file:
        return write_arrays(file, arrays)


def replace_whole(directory: Path, name: str, data: bytes) -> None:
    """Write or replace a small file atomically: at any moment it is either the old file or the new one."""
    with replaced(directory / name, sync=True) as file:
        file.write(data)


def mark(directory: Path) -> None:
    """Mark a folder as that of backups, durably; half written the mark is one, too."""
    with _new_file(directory / MARK) as file:
        file.write(b"A backup of a searchq index: `searchq restore FOLDER` puts it back.\n")
    sync_directory(directory)


def sweep(directory: Path, names: Container[str]) -> None:
    """Remove every index file but those of these names: old generations, and remains of killed runs.

    First the names are made durable: that of the manifest may come from a run that was killed before it could do so,
    and if the power failed after this, both the files of the old generation and the new manifest would be gone.
    """
    sync_directory(directory)
    for path in directory.iterdir():
        if _OWN.fullmatch(path.name) and path.name not in names:
            with contextlib.suppress(OSError):
                path.unlink()


DOUBTFUL: Final = "The new generation answers, but may not outlast a power failure."


@contextlib.contextmanager
def failures_named(directory: Path, outcome: str = "The index is as it was before this run.") -> Iterator[None]:
    """Convert an OSError to an IndexWriteError that ends with `outcome`."""
    try:
        yield
    except OSError as error:
        raise IndexWriteError(f"Writing to {directory} failed: {error.strerror or error}. {outcome}") from error


@contextlib.contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    with path.open("xb") as file:  # the name is new: no link is followed
        yield file
        file.flush()
        sync_file(file.fileno())
