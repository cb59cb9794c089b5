"""Opens the newest generation of an index as a snapshot, and keeps the newest snapshot open.

A writer may replace a generation at any moment. An open snapshot stays valid; if files disappear while a snapshot is
being opened, the newer generation is opened instead.
"""

import os
import threading
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Final

from searchq.errors import REBUILD, IndexBroken
from searchq.index.format.arrays import map_array
from searchq.index.format.manifest import MANIFEST, Manifest, missing, read_manifest, toc_name, unreadable
from searchq.index.read.segment import Stamp, open_segment, stamp_of
from searchq.index.read.snapshot import Snapshot

__all__ = ["IndexReader", "current", "open_snapshot"]

_TRIES: Final = 50  # attempts while a writer keeps replacing generations
_LOOK_SECONDS: Final = 1.0  # between two looks at the files of a snapshot


def open_snapshot(directory: str | os.PathLike[str], before: Snapshot | None = None, step: int = 1) -> Snapshot:
    """Open the newest generation of an index, reusing the segments that `before` has open.

    The new snapshot's number is greater than that of `before` by `step`, even if the index was rebuilt. If a file
    disappears after the manifest was read, a writer has made a newer generation, which is opened instead.
    Raises IndexMissing, IndexUnreadable, IndexOutdated, or IndexBroken.
    """
    directory = Path(directory)
    known = {segment.entry.name: segment for segment in before.segments} if before else {}
    least = before.generation + step if before else 0
    tried: Manifest | None = None
    for _ in range(_TRIES):
        manifest = read_manifest(directory)
        try:
            mapped = manifest.files.keys() - {toc_name(manifest.generation)}
            stamps = {name: stamp_of(directory / name) for name in mapped}
            segments = tuple(open_segment(directory, entry, manifest.files, known) for entry in manifest.segments)
            blobs = {
                name: map_array(directory / file, "blob", manifest.files[file]) for name, file in manifest.blobs.items()
            }
            return Snapshot(directory, max(manifest.generation, least), segments, blobs, stamps)
        except FileNotFoundError as error:
            if tried == manifest:
                raise IndexBroken(
                    f"The index in {directory} lacks the file {Path(error.filename).name}; {REBUILD}."
                ) from error
            tried = manifest
        except OSError as error:
            raise unreadable(directory, error) from error
    raise IndexBroken(f"The index in {directory} changes faster than it can be opened; try again.")


class IndexReader:
    """Returns the newest snapshot of a directory; costs one `stat` if nothing changed.

    Once a second it looks at the files, too: one that was copied over or cut short since it was mapped is not what was
    compared with its checksums, and beyond a new end there is nothing to read but a bus error.
    """

    def __init__(self, directory: str | os.PathLike[str]) -> None:
        self._manifest = Path(directory) / MANIFEST
        self._looked_at = str(self._manifest)  # a look at a path made text takes half as long
        self._lock = threading.Lock()
        self._newest: tuple[Stamp, Snapshot] | None = None
        self._last: tuple[Stamp, Snapshot] | None = None  # that could be opened
        self._looked = 0.0

    def current(self) -> Snapshot:
        """Return the newest snapshot. Raises as `open_snapshot` does."""
        stamp = self._stamp()
        newest = self._newest
        if newest is not None and newest[0] == stamp and monotonic() < self._looked + _LOOK_SECONDS:
            return newest[1]
        with self._lock:
            stamp = self._stamp()
            if self._newest is None or self._newest[0] != stamp or not _is_as_opened(self._newest[1]):
                self._newest = None  # whatever comes of opening it, the last one may not be read any more
                self._newest = self._last = (stamp, self._opened(stamp))
            self._looked = monotonic()
            return self._newest[1]

    def _opened(self, stamp: Stamp) -> Snapshot:
        if self._last is None:
            return open_snapshot(self._manifest.parent)
        return open_snapshot(self._manifest.parent, self._last[1], step=int(self._last[0] != stamp))

    def _stamp(self) -> Stamp:
        try:
            return stamp_of(self._looked_at)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise missing(self._manifest.parent) from error
        except OSError as error:
            raise unreadable(self._manifest.parent, error) from error


def _is_as_opened(snapshot: Snapshot) -> bool:
    """Return whether the files of a snapshot are those that were opened; what is gone can still be read."""
    for name, stamp in snapshot.stamps.items():
        with suppress(OSError):
            if stamp_of(snapshot.directory / name) != stamp:
                return False
    return True


_SOURCES: dict[Path, IndexReader] = {}


def current(directory: str | os.PathLike[str]) -> Snapshot:
    """Return the newest snapshot of a directory, kept open between calls."""
    return _SOURCES.setdefault(Path(directory).absolute(), IndexReader(directory)).current()
