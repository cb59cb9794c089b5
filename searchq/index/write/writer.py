"""Adds, replaces and deletes questions, all or nothing.

    Preparer.prepare(questions)     in any process: PreparedBatch
    writer.add(batch)               buffers it in memory; above `memory_mb` a segment is written
    writer.delete(number)
    writer.commit()                 segments merged, files and manifest on disk: the next generation
    writer.abort()                  the index is unchanged

A writer holds the write lock of its index from construction until `commit`, `abort` or the end of a `with` block.
"""

import contextlib
import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from searchq.analysis.lexicon import is_installed, packed_dictionary
from searchq.analysis.packed import digest_of
from searchq.atomic_file import sync_ancestors, sync_directory
from searchq.errors import REBUILD, IndexBroken, IndexFault, IndexMissing
from searchq.index.format.arrays import array_file, map_array
from searchq.index.format.files import arrays_of
from searchq.index.format.integrity import faults
from searchq.index.format.manifest import (
    DICTIONARY,
    MANIFEST,
    Manifest,
    SegmentEntry,
    files_of,
    read_manifest,
    read_older_manifest,
    unreadable,
)
from searchq.index.format.segment_data import SegmentData, whole_part
from searchq.index.read.segment import open_segment
from searchq.index.records.writer import learn_dictionary
from searchq.index.write.lock import WriteLock
from searchq.index.write.merge import merge
from searchq.index.write.merge_policy import PendingSegment, mergeable
from searchq.index.write.prepare import PreparedBatch
from searchq.index.write.ram_buffer import RamBuffer
from searchq.index.write.steps import Steps
from searchq.index.write.storage import DOUBTFUL, failures_named, replace_whole, sweep
from searchq.index.write.transaction import Transaction
from searchq.question import Entry, Question

__all__ = ["DEFAULT_MEMORY_MB", "IndexWriter"]

DEFAULT_MEMORY_MB: Final = 768  # one segment of some 45,000 questions; merging takes two thirds of it


class IndexWriter:
    """The only writer of an index directory, which is created if absent."""

    def __init__(
        self,
        directory: str | os.PathLike[str],
        memory_mb: int = DEFAULT_MEMORY_MB,
        *,
        rebuild: bool = False,
    ) -> None:
        """Lock the index and read its state; with `rebuild`, start empty: the old index is searchable until the commit.

        Raises IndexLocked within a second if another process is writing, IndexOutdated or IndexBroken if the index
        there cannot be extended, IndexWriteError if the directory is not writable.
        """
        self.directory = Path(directory)
        self._batches = RamBuffer(memory_mb << 20)
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
        self._segments: list[PendingSegment] = []
        self._files = Transaction(self.directory, {} if rebuild else self._before.files)
        self._blobs = {} if rebuild else dict(self._before.blobs)
        self._dictionary: bytes | None = None
        self._buffered: dict[str, tuple[PendingSegment, int]] = {}  # questions of batches, by number
        if self._before.generation:
            with failures_named(self.directory):
                sweep(self.directory, self._before.files)
        if not rebuild:
            self._refuse_altered(self._blobs.values())
            self._segments += [self._opened(entry) for entry in self._before.segments]

    # The public interface.

    @property
    def generation(self) -> int:
        """Return the generation of the index before the commit; 0 if there is none."""
        return self._before.generation

    @property
    def dictionary(self) -> bytes:
        """Return the compression dictionary of this index, for `prepare`; empty until it is learnt."""
        if self._dictionary is None and self._segments:
            self._dictionary = self._segments[0].part.records.dictionary.tobytes()
        return self._dictionary or b""

    @property
    def lexicon_file(self) -> Path | None:
        """Return the file with the dictionary to analyse words with; None where it is that of this installation."""
        name = self._blobs.get(DICTIONARY)
        if name is None:
            return None
        path = self.directory / name
        packed = map_array(path, "blob", self._files.known[name])
        return None if is_installed(packed.data) else path

    def __contains__(self, number: str) -> bool:
        return self._place(number) is not None

    @property
    def doc_count(self) -> int:
        """Return the number of questions in the index after a commit."""
        return sum(held.live_count for held in (*self._segments, *self._batches.held()))

    def entry(self, number: str) -> Entry | None:
        """Return the entry of a question number after a commit; None if there is none."""
        place = self._place(number)
        if place is None:
            return None
        held, doc = place
        return Entry(held.records.record(doc), held.records.pages(doc))

    def learn(self, questions: Sequence[Question]) -> None:
        """Learn a compression dictionary from the first questions, unless there is one already or they are too few."""
        if not self.dictionary:
            self._dictionary = learn_dictionary(questions) or None

    def get_ready(self) -> None:
        """Do what a commit takes beside the questions, which it does itself if it was not done before."""
        import searchq.index.codec.toc  # noqa: F401  loads Whoosh

        if DICTIONARY not in self._blobs:
            packed = packed_dictionary()
            name = f"MAIN_{DICTIONARY}_{digest_of(packed)}.blob"
            with self._undone_on_failure():  # put whole, since the generation before may have one of that name
                self._files.put(name, *array_file({"blob": np.frombuffer(packed, np.uint8)}))
            self._blobs[DICTIONARY] = name

    def add(self, batch: PreparedBatch) -> None:
        """Add the questions of a batch; each replaces an earlier question of the same number."""
        numbers = batch.numbers
        for number in numbers:
            self.delete(number)
        if self._batches.full(batch):
            self._flush()
        held = self._batches.hold(batch)
        self._buffered.update((number, (held, doc)) for doc, number in enumerate(numbers))

    def delete(self, number: str) -> bool:
        """Delete a question; return whether it existed."""
        place = self._place(number)
        if place is None:
            return False
        self._buffered.pop(number, None)
        held, doc = place
        held.live[doc] = False
        held.touched = True
        return True

    def set_blob(self, name: str, data: bytes) -> None:
        """Store some bytes under a name with the next generation (see `Snapshot.blob`)."""
        with self._undone_on_failure():
            self._blobs[name] = self._files.store_blob(name, data)

    def commit(self) -> int:
        """Make all changes durable and visible at once; return the new generation."""
        with self._undone_on_failure():
            self._flush()
            self._merge_tiers()
            self.get_ready()
            self._lock.confirm()
            generation = self._before.generation + 1
            segments = [(self._entry(held), held.live) for held in self._segments]
            manifest = self._files.manifest(self._before, generation, segments, self._blobs)
            sync_directory(self.directory)
            if not self._before.generation:
                sync_ancestors(self.directory)
            replace_whole(self.directory, MANIFEST, manifest.to_bytes())
        with failures_named(self.directory, DOUBTFUL):
            try:
                sweep(self.directory, manifest.files)  # which makes the name of the manifest durable first
            finally:
                self._end()
        return manifest.generation

    def abort(self) -> None:
        """Discard all changes and remove the files written."""
        self._files.remove()
        self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._open:
            self.abort()

    # Its implementation.

    @property
    def _open(self) -> bool:
        return self._lock.held

    def _end(self) -> None:
        self._batches.clear()
        self._segments, self._buffered = [], {}
        self._lock.release()

    @contextlib.contextmanager
    def _undone_on_failure(self) -> Iterator[None]:
        try:
            with failures_named(self.directory):
                yield
        except BaseException:
            self.abort()
            raise

    def _place(self, number: str) -> tuple[PendingSegment, int] | None:
        """Return where a question is, live."""
        if number in self._buffered:
            return self._buffered[number]
        found = ((held, held.find(number)) for held in self._segments)
        return next(((held, doc) for held, doc in found if doc is not None), None)

    def _flush(self) -> None:
        """Write the buffered batches as one segment."""
        live = [held.live for held in self._batches.held()]
        if any(own.any() for own in live):
            with self._undone_on_failure():
                self._segments.append(self._merged(self._batches.parts(), live))
        self._batches.clear()
        self._buffered.clear()

    def _merged(self, parts: Sequence[SegmentData], live: Sequence[npt.NDArray[np.bool_]]) -> PendingSegment:
        """Merge several segment data into one new segment on disk."""
        part = merge(parts, live, self.dictionary)
        name = f"MAIN_{secrets.token_hex(8)}"
        with Steps(part.doc_count) as steps:
            files = arrays_of(part).items()
            stored = [steps.begin(partial(self._files.store, f"{name}.{kind}", arrays)) for kind, arrays in files]
            for done in stored:
                done()
        return self._opened(SegmentEntry(name, part.doc_count))

    def _opened(self, entry: SegmentEntry) -> PendingSegment:
        """Open a segment on disk."""
        try:
            segment = open_segment(self.directory, entry, self._files.known)
            live = np.ones(entry.docs, np.bool_) if segment.live is None else segment.live
        except FileNotFoundError as error:
            raise IndexBroken(f"The index in {self.directory} lacks {error.filename}; {REBUILD}.") from error
        except OSError as error:
            raise unreadable(self.directory, error) from error
        except ValueError as error:
            raise IndexBroken(f"The index in {self.directory} cannot be read ({error}); {REBUILD}.") from error
        return PendingSegment(segment.part, live, entry)

    def _merge_tiers(self) -> None:
        """Merge segments of similar size, and rewrite those with many deleted documents."""
        self._segments = [held for held in self._segments if held.live.any()]
        while chosen := mergeable(self._segments):
            entries = [held.entry for held in chosen if held.entry in self._before.segments]
            self._refuse_altered(chain.from_iterable(map(files_of, entries)))
            merged = self._merged([whole_part(held.part) for held in chosen], [held.live for held in chosen])
            self._segments = [held for held in self._segments if held not in chosen] + [merged]

    def _refuse_altered(self, names: Iterable[str]) -> None:
        """Raise IndexBroken if one of these files differs from its SHA-256.

        A file merged from a damaged one would get a valid SHA-256, and the damage would never be found.
        """
        if found := faults(self.directory, {name: self._files.known[name] for name in names}):
            raise IndexBroken(f"{' '.join(found)} The index in {self.directory} is broken: {REBUILD}.")

    def _entry(self, held: PendingSegment) -> SegmentEntry:
        """Return the segment's manifest entry; newly deleted documents are marked in a new file."""
        assert held.entry is not None
        if not held.touched:
            return held.entry
        name = f"{held.entry.name}.{secrets.token_hex(4)}.deleted"
        self._files.store(name, {"deleted": np.packbits(~held.live, bitorder="little")})
        return replace(held.entry, deleted=name, deleted_count=held.entry.docs - held.live_count)


def _manifest_or_empty(directory: Path, rebuild: bool) -> Manifest:
    try:
        return read_manifest(directory)
    except IndexMissing:
        return Manifest()
    except IndexFault:
        if rebuild:
            return _outdated_or_empty(directory)
        raise


def _outdated_or_empty(directory: Path) -> Manifest:
    """Return a manifest that goes on counting after that of an outdated index, whose files stay until the commit."""
    try:
        older = read_older_manifest(directory)
    except IndexFault:
        older = None
    return Manifest(older.generation, files=older.files) if older else Manifest()
