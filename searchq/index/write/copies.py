"""Copies a generation of an index into another folder: a backup, and the way back.

    backup     the files of the index, its manifest and a mark, by which the next backup knows the folder for its own
    restore    the files of a backup, beside those of the index; then its manifest takes the place of the old one

Both are commits: new files first, durable and read back, then the manifest by a rename, then what it does not list is
removed. So whatever happens the folder holds the old generation or the new one, and a server moves from one to the
other without noticing. A file that is there, and is what the manifest lists, is not written again.

A restored generation counts on from the last one of its folder: whoever was told of everything up to that is told of
what comes after the restoration.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

import numpy as np

from searchq.atomic_file import replaced, sync_ancestors, sync_directory
from searchq.errors import (
    REBUILD,
    IndexBroken,
    IndexFault,
    IndexMissing,
    IndexOutdated,
    IndexUnreadable,
    IndexWriteError,
    RequestError,
)
from searchq.index.format.arrays import FileEntry, parse_arrays
from searchq.index.format.integrity import faults
from searchq.index.format.manifest import MANIFEST, Manifest, other_version, parse_manifest, toc_name
from searchq.index.read.generation import Generation, open_generation
from searchq.index.read.segment import open_segment
from searchq.index.write.lock import LOCK, WriteLock
from searchq.index.write.storage import DOUBTFUL, MARK, failures_named, mark, sweep
from searchq.index.write.transaction import Transaction
from searchq.regular_file import read_regular

__all__ = ["Copied", "Restamp", "Tell", "backup", "restore"]

Tell = Callable[[int, int], object]  # bytes that are there, of how many
Restamp = Callable[[bytes, int, int], bytes]  # (stored bytes, old generation, new generation) to new bytes

_PIECE: Final = 1 << 22  # bytes copied at once
_TOC: Final = re.compile(r"_MAIN_(\d{1,15})\.toc")


class Copied(NamedTuple):
    """What the folder holds now, and how many bytes of that were written."""

    generation: int
    questions: int
    files: int
    bytes: int
    written: int


def backup(directory: Path, folder: Path, tell: Tell) -> Copied:
    """Copy the newest generation of an index, of this version or an older one, in place of an earlier backup.

    Raises RequestError for a folder that holds anything else, and an IndexFault; the earlier backup is then unchanged.
    """
    with open_generation(directory) as source:
        _refuse_same(directory, folder)
        _refuse_foreign(folder)
        with _writing(folder, "The backup there is as it was.") as lock:
            if not (folder / MARK).exists():
                mark(folder)
            files = Transaction(folder, source.manifest.files)
            with _removed_on_failure(files):
                written = _copy(source, source.manifest.files, folder, files, tell)
                _commit(folder, lock, source.data, source.committed)
            _sweep(folder, {*source.manifest.files, MARK})
            return _copied(source.manifest, written)


def restore(folder: Path, directory: Path, restamp: Mapping[str, Restamp], tell: Tell) -> Copied:
    """Make the generation of a backup the newest one of an index; blobs in `restamp` get their generation written anew.

    Raises RequestError for a backup to be restored into one, and an IndexFault; the index is then unchanged.
    """
    if not (folder / MANIFEST).exists():
        raise IndexMissing(f"There is no whole backup in {folder}; name a folder that `searchq backup` has filled.")
    with open_generation(folder) as source:
        _refuse_same(folder, directory)
        if what := other_version(source.manifest):
            raise IndexOutdated(
                f"The backup in {folder} has another {what} than this searchq reads; "
                f"renew it with `searchq upgrade --index {folder}`, then restore it."
            )
        if (directory / MARK).exists():
            raise RequestError(f"{directory} is a backup itself; name the folder of the index with --index.")
        with _writing(directory, "The index is as it was before this run.") as lock:
            files = Transaction(directory, source.manifest.files)
            with _removed_on_failure(files):
                generation = max(source.manifest.generation, _last_generation(directory) + 1)
                if generation == source.manifest.generation:
                    written = _copy(source, source.manifest.files, directory, files, tell)
                    manifest, data, committed = source.manifest, source.data, source.committed
                else:
                    written = _copy(source, _unstamped(source.manifest, restamp), directory, files, tell)
                    manifest = _renumbered(source, generation, directory, files, restamp)
                    data, committed = manifest.to_bytes(), None
                _commit(directory, lock, data, committed)
            _sweep(directory, {*manifest.files})
            return _copied(manifest, written)


def _copied(manifest: Manifest, written: int) -> Copied:
    sizes = [entry.length for entry in manifest.files.values()]
    return Copied(manifest.generation, manifest.questions, len(sizes), sum(sizes), written)


# What is refused


def _refuse_same(one: Path, other: Path) -> None:
    if other.exists() and other.samefile(one):
        raise RequestError(f"{other} is the folder of the index itself; name another one for the backup.")


def _refuse_foreign(folder: Path) -> None:
    """Raise RequestError for a folder that holds something, but no backup."""
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    if names - {LOCK} and MARK not in names:
        raise RequestError(f"{folder} holds other files, and no backup; name an empty folder, or a new one.")


# Writing into a folder


@contextmanager
def _writing(folder: Path, outcome: str) -> Iterator[WriteLock]:
    """Hold the write lock of a folder, made if absent."""
    with failures_named(folder, outcome):
        is_new = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        if is_new:
            sync_ancestors(folder)
        lock = WriteLock(folder)
        try:
            yield lock
        finally:
            lock.release()


@contextmanager
def _removed_on_failure(files: Transaction) -> Iterator[None]:
    try:
        yield
    except BaseException:
        files.remove()
        raise


def _copy(source: Generation, names: Iterable[str], folder: Path, files: Transaction, tell: Tell) -> int:
    """Copy the files that are not there yet, and read them back; return the bytes written."""
    chosen = {name: source.manifest.files[name] for name in names}
    total, done, written = sum(entry.length for entry in chosen.values()), 0, 0
    for name, entry in chosen.items():
        if not _is_there(folder, name, entry):
            files.copy(name, _pieces(source, name, lambda here: tell(done + here, total)))  # noqa: B023
            _read_back(folder, name, entry)
            written += entry.length
        done += entry.length
        tell(done, total)
    return written


def _is_there(folder: Path, name: str, entry: FileEntry) -> bool:
    """Whether a file is there, whole, under no other name: what is written to that would change this one, too."""
    path = folder / name
    return not path.is_symlink() and not faults(folder, {name: entry}) and path.stat().st_nlink == 1


def _pieces(source: Generation, name: str, tell: Callable[[int], object]) -> Iterator[bytes]:
    """Yield a file in pieces. Raises IndexBroken at the end of one that the manifest does not list."""
    import hashlib  # loads OpenSSL: 4 ms that a search does not need

    digest, length = hashlib.sha256(), 0
    while piece := _read(source.files[name], name):
        digest.update(piece)
        length += len(piece)
        yield piece
        tell(length)
    if (length, digest.hexdigest()) != source.manifest.files[name][:2]:
        raise IndexBroken(
            f"The index file {source.directory / name} was altered: its SHA-256 differs from the manifest; {REBUILD}."
        )


def _read(file: BinaryIO, name: str) -> bytes:
    try:
        return file.read(_PIECE)
    except OSError as error:
        raise IndexUnreadable(f"{name} cannot be read: {error.strerror}.") from error


def _read_back(folder: Path, name: str, entry: FileEntry) -> None:
    """Compare a file with its SHA-256 as it is on the disk, not in memory, where the system can."""
    if hasattr(os, "posix_fadvise"):
        handle = os.open(folder / name, os.O_RDONLY)
        try:
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(handle)
    if found := faults(folder, {name: entry}):
        raise IndexWriteError(f"The folder {folder} does not keep what is written to it; use another disk. {found[0]}")


def _commit(folder: Path, lock: WriteLock, data: bytes, committed: int | None) -> None:
    """Give the manifest its name; `committed` is the moment it had, if it is that of an earlier commit."""
    sync_directory(folder)
    lock.confirm()
    with replaced(folder / MANIFEST, sync=True) as file:
        file.write(data)
        file.flush()
        if committed is not None:
            os.utime(file.fileno(), ns=(committed, committed))


def _sweep(folder: Path, names: set[str]) -> None:
    with failures_named(folder, DOUBTFUL):
        sweep(folder, names)  # which makes the name of the manifest durable first


# Counting on


def _last_generation(directory: Path) -> int:
    """The last generation that a folder is known to have held, readable or not; 0 where none."""
    held = [int(found[1]) for path in directory.iterdir() if (found := _TOC.fullmatch(path.name))]
    with suppress(IndexFault, OSError):
        held.append(parse_manifest(directory, read_regular(directory / MANIFEST)).generation)
    return max(held, default=0)


def _unstamped(manifest: Manifest, restamp: Mapping[str, Restamp]) -> list[str]:
    """The files that are the same in any generation."""
    stamped = {toc_name(manifest.generation), *(manifest.blobs[name] for name in restamp if name in manifest.blobs)}
    return [name for name in manifest.files if name not in stamped]


def _renumbered(
    source: Generation, generation: int, directory: Path, files: Transaction, restamp: Mapping[str, Restamp]
) -> Manifest:
    """Write what a generation of another number has of its own; return its manifest."""
    before, blobs = source.manifest, dict(source.manifest.blobs)
    for _ in _pieces(source, toc_name(before.generation), lambda here: None):  # compared, though not copied
        pass
    for name in restamp.keys() & blobs.keys():
        data = restamp[name](_blob(source, blobs[name]), before.generation, generation)
        blobs[name] = files.store_blob(name, data)
    segments = [(entry, open_segment(directory, entry, before.files)) for entry in before.segments]
    live = [
        (entry, np.ones(entry.docs, np.bool_) if segment.live is None else segment.live) for entry, segment in segments
    ]
    return files.manifest(before, generation, live, blobs)


def _blob(source: Generation, name: str) -> bytes:
    data = b"".join(_pieces(source, name, lambda here: None))
    blob: bytes = parse_arrays(memoryview(data), name, source.manifest.files[name])["blob"].tobytes()
    return blob
