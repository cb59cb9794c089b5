"""The segments of a writer, and which it merges: those of similar size, and those with many deleted documents."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from searchq.index.format.manifest import SegmentEntry
from searchq.index.format.segment_data import MAX_DOCS, SegmentData
from searchq.index.read.term_postings import find_number
from searchq.index.records.reader import RecordReader

__all__ = ["PendingSegment", "mergeable"]

_TIER: Final = 8  # segments of similar size that are merged into one
_MIN_TIER: Final = 1000  # documents; smaller segments all count as similar in size
_FEW_NUMBERS: Final = 300  # sought by bisection; a table of 45,000 costs as much
_MAX_DELETED: Final = 0.3  # share of deleted documents above which a segment is rewritten without them


class NumberLookup:
    """Finds the document of a number: by bisection, since a small run asks for few numbers of a large segment; after
    some of them in a table."""

    def __init__(self, part: SegmentData) -> None:
        self._part = part
        self._asked = 0
        self._table: dict[str, int] | None = None

    def find(self, number: str) -> int:
        """Return the document of a question number, or -1."""
        if self._table is not None:
            return self._table.get(number, -1)
        self._asked += 1
        if self._asked > _FEW_NUMBERS:
            self._table = {number: doc for doc, number in enumerate(self._part.numbers.tolist())}
        return find_number(self._part, number)


class PendingSegment(Struct, eq=False, dict=True):
    """A segment of a writer, in memory or on disk, and which of its documents are live."""

    part: SegmentData
    live: npt.NDArray[np.bool_]
    entry: SegmentEntry | None = None  # None: in memory only
    touched: bool = False  # documents were deleted in this run

    @cached_property
    def records(self) -> RecordReader:
        """Return a reader of the stored records."""
        file = f"{self.entry.name}.records" if self.entry else ""
        return RecordReader(self.part.records, file)

    @cached_property
    def numbers(self) -> "NumberLookup":
        """Return a table of the questions by number, whether live or not."""
        return NumberLookup(self.part)

    def find(self, number: str) -> int | None:
        """Return the live document of a question number; None if there is none."""
        doc = self.numbers.find(number)
        return doc if doc >= 0 and self.live[doc] else None

    @property
    def live_count(self) -> int:
        return int(np.count_nonzero(self.live))


def mergeable(segments: Sequence[PendingSegment]) -> list[PendingSegment]:
    """Return the segments to merge next: a full tier of similar size, or one with many deleted documents; or none."""
    for held in segments:
        if held.live_count < held.part.doc_count * (1 - _MAX_DELETED):
            return [held]
    by_size = sorted(segments, key=lambda held: held.live_count)
    for first in range(len(by_size) - _TIER + 1):
        tier = by_size[first : first + _TIER]
        limit = max(_MIN_TIER, tier[0].live_count) * _TIER
        if tier[-1].live_count <= limit and sum(held.live_count for held in tier) <= MAX_DOCS:
            return tier
    return []
