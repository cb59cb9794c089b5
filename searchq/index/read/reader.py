"""Opening an index: its newest generation as a snapshot, and a source that has the newest at hand.

A writer may replace a generation at any moment. A snapshot that is open stays whole; one that is being opened while its
files go is given up for the newer one.
"""

import os
import threading
from pathlib import Path
from typing import Final

from searchq.errors import IndexBroken, IndexMissing
from searchq.index.format.arrays import map_array
from searchq.index.format.manifest import MANIFEST, Manifest, read_manifest
from searchq.index.read.segment import open_segment
from searchq.index.read.snapshot import Snapshot

__all__ = ["IndexReader", "current", "open_snapshot"]

_TRIES: Final = 50  # openings tried while a writer replaces generations under our feet


def open_snapshot(directory: str | os.PathLike[str], before: Snapshot | None = None) -> Snapshot:
    """Open the newest generation of an index; segments that `before` has open are used again, and its number is passed
    even where the index was built anew meanwhile.

    Raises IndexMissing, IndexOutdated, or IndexBroken. A writer may replace the generation at any moment: files that
    went between the reading of the manifest and their opening mean that there is a newer one, which is then opened.
    """
    directory = Path(directory)
    known = {segment.entry.name: segment for segment in before.segments} if before else {}
    least = before.generation + 1 if before else 0
    tried: Manifest | None = None
    for _ in range(_TRIES):
        manifest = read_manifest(directory)
        try:
            segments = tuple(open_segment(directory, entry, manifest.files, known) for entry in manifest.segments)
            blobs = {
                name: map_array(directory / file, "blob", manifest.files[file][0])
                for name, file in manifest.blobs.items()
            }
            return Snapshot(directory, max(manifest.generation, least), segments, blobs)
        except FileNotFoundError as error:
            if tried == manifest:
                raise IndexBroken(
                    f"The index in {directory} lacks the file {Path(error.filename).name}; build it again."
                ) from error
            tried = manifest
        except OSError as error:
            raise IndexBroken(f"The index in {directory} cannot be read: {error.strerror}.") from error
    raise IndexBroken(f"The index in {directory} changes faster than it can be opened; try again.")


class IndexReader:
    """Gives the newest snapshot of a directory; costs one `stat` while nothing changed."""

    def __init__(self, directory: str | os.PathLike[str]) -> None:
        self._manifest = Path(directory) / MANIFEST
        self._lock = threading.Lock()
        self._newest: tuple[tuple[int, ...], Snapshot] | None = None

    def current(self) -> Snapshot:
        """The newest snapshot. Raises as `open_snapshot` does."""
        stamp = self._stamp()
        newest = self._newest
        if newest is not None and newest[0] == stamp:
            return newest[1]
        with self._lock:
            stamp = self._stamp()
            newest = self._newest
            if newest is None or newest[0] != stamp:
                newest = self._newest = (stamp, open_snapshot(self._manifest.parent, newest[1] if newest else None))
            return newest[1]

    def _stamp(self) -> tuple[int, ...]:
        try:
            found = self._manifest.stat()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise IndexMissing(
                f"There is no index in {self._manifest.parent} yet; build one with `searchq index FILES`."
            ) from error
        except OSError as error:
            raise IndexBroken(f"The index in {self._manifest.parent} cannot be read: {error.strerror}.") from error
        return found.st_ino, found.st_mtime_ns, found.st_size


_SOURCES: dict[Path, IndexReader] = {}


def current(directory: str | os.PathLike[str]) -> Snapshot:
    """The newest snapshot of a directory, kept open between calls."""
    return _SOURCES.setdefault(Path(directory).absolute(), IndexReader(directory)).current()
