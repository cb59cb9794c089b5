"""A Whoosh searcher on a snapshot that is open already: the same segments, whatever happened to the directory since.

For query nodes that the execution by arrays does not know.
"""

from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.filedb.filestore import RamStorage
from whoosh.reading import EmptyReader, IndexReader, MultiReader, SegmentReader
from whoosh.searching import Searcher

from searchq.index.codec.codec import ArraySegment
from searchq.index.codec.documents import ArrayDocumentReader
from searchq.index.codec.fields import whoosh_schema
from searchq.index.codec.terms import ArrayTermsReader
from searchq.index.codec.view import PartView
from searchq.index.read.segment import Segment
from searchq.index.read.snapshot import Snapshot

__all__ = ["searcher_of"]


class _OpenCodec(base.Codec):  # type: ignore[misc]
    """Reads one segment that is open already."""

    def __init__(self, segment: Segment) -> None:
        self._view = PartView(segment.part)

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTermsReader:
        return ArrayTermsReader(self._view)

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> ArrayDocumentReader:
        return ArrayDocumentReader(self._view, segment)


def searcher_of(snapshot: Snapshot, weighting: Any) -> Searcher:
    """Whoosh's own searcher on a snapshot, for one thread."""
    return Searcher(_reader_of(snapshot), weighting=weighting)


def _reader_of(snapshot: Snapshot) -> IndexReader:
    readers = [_segment_reader(segment) for segment in snapshot.segments]
    if not readers:
        return EmptyReader(whoosh_schema())
    return readers[0] if len(readers) == 1 else MultiReader(readers)


def _segment_reader(segment: Segment) -> SegmentReader:
    deleted = () if segment.live is None else np.flatnonzero(~segment.live).tolist()
    own = ArraySegment("MAIN", segment.entry.name, segment.entry.docs, deleted, native=True)
    return SegmentReader(RamStorage(), whoosh_schema(), own, codec=_OpenCodec(segment))
