"""Files that are on disk when they are said to be: the only module that writes into an index directory.

    new files      written, fsynced, under names no generation has used before
    the manifest   written aside, fsynced, renamed over the old one, the directory fsynced
    old files      removed only then; a reader that has them mapped keeps them

Whatever moment the power goes at, the manifest on disk names files that are whole.
"""

import contextlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Final

from searchq.errors import IndexWriteError
from searchq.index.format.arrays import Array, write_arrays
from searchq.index.format.manifest import Manifest
from searchq.patterns import late

__all__ = ["failures_named", "replace_whole", "store_arrays", "sweep", "sync_directory"]

_OWN: Final = late(r"MAIN_[0-9a-z_]+(\.[0-9a-f]+)?\.(words|columns|records|deleted|blob)|_MAIN_\d+\.toc|.+\.new")


def store_arrays(directory: Path, name: str, arrays: Mapping[str, Array]) -> tuple[int, str]:
    """Write a new array file for good; its length and SHA-256."""
    with _new_file(directory / name) as file:
        return write_arrays(file, arrays)


def replace_whole(directory: Path, name: str, data: bytes) -> None:
    """Put a small file in place of another of that name, or of none: at any moment it is the old one or the new."""
    aside = directory / f"{name}.new"
    with _new_file(aside) as file:
        file.write(data)
    aside.replace(directory / name)


def sync_directory(directory: Path) -> None:
    """Make the names in a directory durable."""
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(directory: Path, manifest: Manifest) -> None:
    """Remove every file of ours that the manifest does not name: old generations, and what killed runs left."""
    for path in directory.iterdir():
        if _OWN.fullmatch(path.name) and path.name not in manifest.files:
            with contextlib.suppress(OSError):
                path.unlink()


@contextlib.contextmanager
def failures_named(directory: Path, outcome: str = "The index is as it was before this run.") -> Iterator[None]:
    """Turn what the disk says into one sentence and its outcome: IndexWriteError."""
    try:
        yield
    except OSError as error:
        raise IndexWriteError(f"Writing to {directory} failed: {error.strerror or error}. {outcome}") from error


@contextlib.contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    with path.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
