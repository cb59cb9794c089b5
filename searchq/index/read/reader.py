"""Opens the newest generation of an index as a snapshot, and keeps the newest snapshot open.

A writer may replace a generation at any moment. An open snapshot stays valid; if files disappear while a snapshot is
being opened, the newer generation is opened instead.
"""

import os
import threading
from pathlib import Path
from typing import Final

from searchq.errors import REBUILD, IndexBroken, IndexMissing
from searchq.index.format.arrays import map_array
from searchq.index.format.manifest import MANIFEST, Manifest, read_manifest
from searchq.index.read.segment import open_segment
from searchq.index.read.snapshot import Snapshot

__all__ = ["IndexReader", "current", "open_snapshot"]

_TRIES: Final = 50  # attempts while a writer keeps replacing generations


def open_snapshot(directory: str | os.PathLike[str], before: Snapshot | None = None) -> Snapshot:
    """Open the newest generation of an index, reusing the segments that `before` has open.

    The new snapshot's number is greater than that of `before`, even if the index was rebuilt meanwhile. If a file
    disappears after the manifest was read, a writer has made a newer generation, which is opened instead.
    Raises IndexMissing, IndexOutdated, or IndexBroken.
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
                name: map_array(directory / file, "blob", manifest.files[file]) for name, file in manifest.blobs.items()
            }
            return Snapshot(directory, max(manifest.generation, least), segments, blobs)
        except FileNotFoundError as error:
            if tried == manifest:
                raise IndexBroken(
                    f"The index in {directory} lacks the file {Path(error.filename).name}; {REBUILD}."
                ) from error
            tried = manifest
        except OSError as error:
            raise IndexBroken(f"The index in {directory} cannot be read: {error.strerror}.") from error
    raise IndexBroken(f"The index in {directory} changes faster than it can be opened; try again.")


class IndexReader:
    """Returns the newest snapshot of a directory; costs one `stat` if nothing changed."""

    def __init__(self, directory: str | os.PathLike[str]) -> None:
        self._manifest = Path(directory) / MANIFEST
        self._lock = threading.Lock()
        self._newest: tuple[tuple[int, ...], Snapshot] | None = None

    def current(self) -> Snapshot:
        """Return the newest snapshot. Raises as `open_snapshot` does."""
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
    """Return the newest snapshot of a directory, kept open between calls."""
    return _SOURCES.setdefault(Path(directory).absolute(), IndexReader(directory)).current()
