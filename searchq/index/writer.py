"""Adding, replacing and deleting questions, all or nothing.

    prepare(questions)          in any process: PreparedBatch
    writer.add(batch)           keeps it in memory; beyond `memory_mb` a segment is written
    writer.delete(number)
    writer.commit()             segments merged, files and manifest on disk: the next generation
    writer.abort()              nothing happened

The writer is the only one of its index from its making until `commit`, `abort` or the end of a `with` block.
"""

import contextlib
import hashlib
import os
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from searchq.errors import IndexBroken, IndexFault, IndexMissing
from searchq.index.arrays import Array
from searchq.index.codec.toc import toc_bytes, toc_name
from searchq.index.files import EXTENSIONS, arrays_of
from searchq.index.lock import WriteLock
from searchq.index.manifest import MANIFEST, Manifest, SegmentEntry, read_manifest
from searchq.index.merge import merge
from searchq.index.part import MAX_DOCS, Part
from searchq.index.prepare import PreparedBatch
from searchq.index.records import learn_dictionary
from searchq.index.segment import open_segment
from searchq.index.storage import failures_named, replace_whole, store_arrays, sweep, sync_directory

__all__ = ["DEFAULT_MEMORY_MB", "IndexWriter"]

DEFAULT_MEMORY_MB: Final = 768  # one segment of some 45,000 questions; merging takes two thirds of it
_MERGE_COST: Final = 3  # bytes in use while batches merge, for each byte of the batches (measured: 2.6)
_TIER: Final = 8  # segments of like size that are merged into one
_LEAST_TIER: Final = 1000  # documents below which segments are of like size
_MOST_DELETED: Final = 0.3  # share of a segment beyond which it is written anew without its deleted documents


@dataclass(slots=True, eq=False)
class _Held:
    """A part being worked on, and which of its documents are still wanted."""

    part: Part
    live: npt.NDArray[np.bool_]
    entry: SegmentEntry | None = None  # None: in memory only
    touched: bool = False  # documents were deleted in this run

    @property
    def live_count(self) -> int:
        return int(np.count_nonzero(self.live))


class IndexWriter:
    """The one writer of an index directory, which is made when absent."""

    def __init__(
        self,
        directory: str | os.PathLike[str],
        memory_mb: int = DEFAULT_MEMORY_MB,
        *,
        rebuild: bool = False,
    ) -> None:
        """Lock the index and read its state; with `rebuild` begin empty, whatever is there answers until the commit.

        Raises IndexLocked within a second while another process writes, IndexOutdated or IndexBroken where there is
        an index that cannot be added to, IndexWriteError where the directory cannot be written.
        """
        self.directory = Path(directory)
        self._memory = memory_mb << 20
        with failures_named(self.directory):
            self.directory.mkdir(parents=True, exist_ok=True)
        self._lock = WriteLock(self.directory)
        try:
            self._begin(rebuild)
        except BaseException:
            self._lock.release()
            raise

    def _begin(self, rebuild: bool) -> None:
        self._before = _manifest_or_empty(self.directory, rebuild)
        self._segments: list[_Held] = []
        self._batches: list[_Held] = []
        self._files: dict[str, tuple[int, str]] = {}
        self._blobs: dict[str, str] = {}
        self._written: list[str] = []
        self._bytes = 0
        self._dictionary: bytes | None = None
        self._places: dict[str, tuple[_Held, int]] = {}
        if self._before.generation:
            with failures_named(self.directory):
                sweep(self.directory, self._before)
        if not rebuild:
            self._files.update(self._before.files)
            self._blobs.update(self._before.blobs)
            self._segments += [self._opened(entry) for entry in self._before.segments]

    # What a writer does.

    @property
    def dictionary(self) -> bytes:
        """The compression dictionary of this index, for `prepare`; empty until the first batch taught it."""
        if self._dictionary is None and self._segments:
            self._dictionary = self._segments[0].part.records.dictionary.tobytes()
        return self._dictionary or b""

    def __contains__(self, number: str) -> bool:
        return number in self._places

    @property
    def doc_count(self) -> int:
        """Questions the index will hold after a commit."""
        return len(self._places)

    def add(self, batch: PreparedBatch) -> None:
        """Add the questions of a batch; one whose number is known already takes its place."""
        if not self.dictionary:
            self._dictionary = learn_dictionary(batch.part.records) or None
        numbers = batch.numbers
        for number in numbers:
            self.delete(number)
        size = _size_of(batch.part)
        docs = sum(held.part.doc_count for held in self._batches)
        if self._batches and (docs + len(numbers) > MAX_DOCS or (self._bytes + size) * _MERGE_COST > self._memory):
            self._flush()
        held = _Held(batch.part, np.ones(len(numbers), np.bool_))
        self._batches.append(held)
        self._bytes += size
        self._place(held, numbers, held.live)

    def delete(self, number: str) -> bool:
        """Remove a question; whether there was one."""
        place = self._places.pop(number, None)
        if place is None:
            return False
        held, doc = place
        held.live[doc] = False
        held.touched = True
        return True

    def set_blob(self, name: str, data: bytes) -> None:
        """Keep some bytes under a name with the coming generation (see `Snapshot.blob`)."""
        with self._undone_on_failure():
            file = f"MAIN_{name}_{secrets.token_hex(6)}.blob"
            self._store(file, {"blob": np.frombuffer(data, np.uint8)})
            self._blobs[name] = file

    def commit(self) -> int:
        """Make everything since the beginning durable and visible at once; the generation it became."""
        with self._undone_on_failure():
            self._flush()
            self._merge_tiers()
            generation = self._before.generation + 1
            entries = tuple(self._entry(held) for held in self._segments)
            self._store_toc(generation, entries)
            named = {
                toc_name(generation),
                *self._blobs.values(),
                *(name for entry in entries for name in _files_of(entry)),
            }
            manifest = replace(
                self._before,
                generation=generation,
                segments=entries,
                blobs=self._blobs,
                files={name: own for name, own in self._files.items() if name in named},
            )
            sync_directory(self.directory)
            replace_whole(self.directory, MANIFEST, manifest.to_bytes())
        with failures_named(self.directory, "The new generation answers, but may not outlast a power failure."):
            try:
                sync_directory(self.directory)  # only then may the files of the old generation go
                sweep(self.directory, manifest)
            finally:
                self._end()
        return manifest.generation

    def abort(self) -> None:
        """Forget everything since the beginning and remove what was written."""
        try:
            named = read_manifest(self.directory).files  # should the commit have got that far, its files stay
        except IndexFault:
            named = {}
        for name in set(self._written) - set(named):
            for left in (name, f"{name}.new"):
                with contextlib.suppress(OSError):
                    (self.directory / left).unlink()
        with contextlib.suppress(OSError):
            (self.directory / f"{MANIFEST}.new").unlink()
        self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._open:
            self.abort()

    # How it does it.

    @property
    def _open(self) -> bool:
        return self._lock.held

    def _end(self) -> None:
        self._batches, self._segments, self._places = [], [], {}
        self._lock.release()

    @contextlib.contextmanager
    def _undone_on_failure(self) -> Iterator[None]:
        try:
            with failures_named(self.directory):
                yield
        except BaseException:
            self.abort()
            raise

    def _place(self, held: _Held, numbers: Sequence[str], live: npt.NDArray[np.bool_]) -> None:
        self._places.update(
            (number, (held, doc))
            for doc, (number, stays) in enumerate(zip(numbers, live.tolist(), strict=True))
            if stays
        )

    def _flush(self) -> None:
        """Write the batches held in memory as one segment."""
        if any(held.live.any() for held in self._batches):
            with self._undone_on_failure():
                self._segments.append(self._merged(self._batches))
        self._batches, self._bytes = [], 0

    def _merged(self, held: Sequence[_Held]) -> _Held:
        """Several parts as one new segment on disk."""
        part = merge([own.part for own in held], [own.live for own in held], self.dictionary)
        name = f"MAIN_{secrets.token_hex(8)}"
        for extension, arrays in arrays_of(part).items():
            self._store(f"{name}.{extension}", arrays)
        return self._opened(SegmentEntry(name, part.doc_count))

    def _opened(self, entry: SegmentEntry) -> _Held:
        """A segment on disk, its questions known by number."""
        try:
            segment = open_segment(self.directory, entry, self._files)
        except FileNotFoundError as error:
            raise IndexBroken(f"The index in {self.directory} lacks {error.filename}; build it again.") from error
        live = np.ones(entry.docs, np.bool_) if segment.live is None else segment.live
        held = _Held(segment.part, live, entry)
        self._place(held, segment.part.numbers.tolist(), live)
        return held

    def _merge_tiers(self) -> None:
        """Merge segments of like size, and write those anew that are mostly deleted."""
        self._segments = [held for held in self._segments if held.live.any()]
        while chosen := _mergeable(self._segments):
            merged = self._merged(chosen)
            self._segments = [held for held in self._segments if held not in chosen] + [merged]

    def _entry(self, held: _Held) -> SegmentEntry:
        """The segment's line in the manifest; documents newly deleted are marked in a new file."""
        assert held.entry is not None
        if not held.touched:
            return held.entry
        name = f"{held.entry.name}.{secrets.token_hex(4)}.deleted"
        self._store(name, {"deleted": np.packbits(~held.live, bitorder="little")})
        return replace(held.entry, deleted=name, deleted_count=held.entry.docs - held.live_count)

    def _store_toc(self, generation: int, entries: Sequence[SegmentEntry]) -> None:
        """Whoosh's table of contents, by a rename, since Whoosh takes the newest it sees."""
        live = [held.live for held in self._segments]
        data = toc_bytes(generation, list(zip(entries, live, strict=True)))
        name = toc_name(generation)
        self._written.append(name)
        self._files[name] = len(data), hashlib.sha256(data).hexdigest()
        replace_whole(self.directory, name, data)

    def _store(self, name: str, arrays: dict[str, Array]) -> None:
        self._written.append(name)
        self._files[name] = store_arrays(self.directory, name, arrays)


def _manifest_or_empty(directory: Path, rebuild: bool) -> Manifest:
    try:
        return read_manifest(directory)
    except IndexMissing:
        return Manifest()
    except IndexFault:
        if rebuild:
            return Manifest()
        raise


def _files_of(entry: SegmentEntry) -> list[str]:
    own = [f"{entry.name}.{extension}" for extension in EXTENSIONS]
    return own if entry.deleted is None else [*own, entry.deleted]


def _size_of(part: Part) -> int:
    """Bytes the arrays of a part take."""
    return sum(array.nbytes for arrays in arrays_of(part).values() for array in arrays.values())


def _mergeable(segments: Sequence[_Held]) -> list[_Held]:
    """The segments to merge next: a full tier of like size, or one with many deleted documents; empty when none."""
    for held in segments:
        if held.live_count < held.part.doc_count * (1 - _MOST_DELETED):
            return [held]
    by_size = sorted(segments, key=lambda held: held.live_count)
    for first in range(len(by_size) - _TIER + 1):
        tier = by_size[first : first + _TIER]
        limit = max(_LEAST_TIER, tier[0].live_count) * _TIER
        if tier[-1].live_count <= limit and sum(held.live_count for held in tier) <= MAX_DOCS:
            return tier
    return []
