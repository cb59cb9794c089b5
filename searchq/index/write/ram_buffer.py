"""Buffers prepared batches until they become a segment, with the vocabularies of their preparers."""

from collections import defaultdict
from typing import Final

import numpy as np
from msgspec import Struct
from msgspec.structs import astuple, replace

from searchq.index.format.files import arrays_of
from searchq.index.format.segment_data import MAX_DOCS, Combined, SegmentData, ZonePostings
from searchq.index.format.strings import Strings
from searchq.index.write.merge_policy import PendingSegment
from searchq.index.write.prepare import BatchLanguage, PreparedBatch
from searchq.index.write.term_ids import Addition, TermIdsReplica

__all__ = ["RamBuffer"]

# Bytes used while batches merge, per byte of the batches, and per byte of their new words and terms (measured).
_MERGE_COST: Final = 2.7
_WORDS_COST: Final = 12


class _Batch(Struct, eq=False):
    held: PendingSegment  # without languages
    origin: str
    languages: dict[str, BatchLanguage]


class RamBuffer:
    """The batches of a run not yet written, within a number of bytes; the vocabularies last as long as the run."""

    def __init__(self, memory: int) -> None:
        self._memory = memory
        # by origin and language
        self._vocabularies: defaultdict[tuple[str, str], TermIdsReplica] = defaultdict(TermIdsReplica)
        self._batches: list[_Batch] = []
        self._bytes = 0
        self._word_bytes = 0

    def hold(self, batch: PreparedBatch) -> PendingSegment:
        """Add a batch; return its pending segment."""
        for name, own in batch.languages.items():
            self._vocabularies[batch.origin, name].add(own.addition)
        held = PendingSegment(batch.part, np.ones(batch.part.doc_count, np.bool_))
        self._batches.append(_Batch(held, batch.origin, batch.languages))
        self._bytes += _size_of(batch)
        self._word_bytes += _words_size_of(batch)
        return held

    def full(self, coming: PreparedBatch) -> bool:
        """Return whether the buffer must be written before `coming` is added."""
        docs = sum(batch.held.part.doc_count for batch in self._batches) + coming.part.doc_count
        size = (self._bytes + _size_of(coming)) * _MERGE_COST
        words = (self._word_bytes + _words_size_of(coming)) * _WORDS_COST
        return bool(self._batches) and (docs > MAX_DOCS or size + words > self._memory)

    def held(self) -> list[PendingSegment]:
        """Return the pending segment of each batch, in order."""
        return [batch.held for batch in self._batches]

    def parts(self) -> list[SegmentData]:
        """Return the batches as complete segment data, in order; batches of one origin share their tables of words."""
        tables = {
            (batch.origin, name): self._vocabularies[batch.origin, name].language()
            for batch in {batch.origin: batch for batch in self._batches}.values()
            for name in batch.languages
        }
        return [
            replace(
                batch.held.part,
                languages={
                    name: replace(tables[batch.origin, name], zones=own.zones, combined=own.combined)
                    for name, own in batch.languages.items()
                },
            )
            for batch in self._batches
        ]

    def clear(self) -> None:
        """Drop the batches; keep the words, which later batches refer to."""
        self._batches, self._bytes = [], 0


def _size_of(batch: PreparedBatch) -> int:
    """Return the bytes used by the postings and columns of a batch."""
    postings = [own for language in batch.languages.values() for own in (*language.zones.values(), language.combined)]
    columns = [array for file in arrays_of(batch.part).values() for array in file.values()]
    return sum(map(_bytes_of, postings)) + sum(array.nbytes for array in columns)


def _words_size_of(batch: PreparedBatch) -> int:
    """Return the bytes used by the new words of a batch and their terms."""
    additions = [own.addition for own in batch.languages.values()]
    return sum(_bytes_of(own) + _bytes_of(own.words) + _bytes_of(own.terms) for own in additions)


def _bytes_of(own: ZonePostings | Combined | Addition | Strings | None) -> int:
    arrays = astuple(own) if own else ()
    return sum(array.nbytes for array in arrays if isinstance(array, np.ndarray))
