"""The documents that hold a term early in a zone, found without merging the rows of its words: that takes longest."""

from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from searchq.index.format.encoding import Ints
from searchq.index.format.positions import first_positions
from searchq.index.format.segment_data import SegmentData, ZonePostings
from searchq.index.read.snapshot import Snapshot
from searchq.index.read.term_postings import gathered, pieces, rows_of
from searchq.index.schema import FIELDS, FieldSpec

__all__ = ["docs_before"]

_COMMON: Final = 8  # rows of a term: of its words those that most documents hold
Mask = npt.NDArray[np.bool_]


def docs_before(
    snapshot: Snapshot, field: str, term: str, limit: int | None = None, among: Ints | None = None
) -> npt.NDArray[np.int64]:
    """Return the documents that hold a term of a zone before a position (None: anywhere), deleted ones included.

    They are in any order, some twice. If only those `among` some are asked for, others may be left out: what tells of
    none of them is not read. Raises KeyError for an unknown field, or one of another kind.
    """
    spec = FIELDS[field]
    if spec.kind != "terms":
        raise KeyError(f"The field {spec.name} has no terms with positions.")
    left = None if among is None else _mask(snapshot.max_doc, among)
    found = [np.zeros(0, np.int64)]
    for segment, (base, end) in zip(snapshot.segments, pairwise(snapshot.bases.tolist()), strict=True):
        own = None if left is None else left[base:end]
        if own is None or own.any():
            number = segment.part.languages[spec.language].terms.find(term)
            found.append(_of_segment(segment.part, spec, number, limit, own) + np.int64(base))
    return np.concatenate(found)


def _mask(count: int, docs: Ints) -> Mask:
    mask = np.zeros(count, np.bool_)
    mask[docs] = True
    return mask


def _of_segment(part: SegmentData, spec: FieldSpec, number: int, limit: int | None, left: Mask | None) -> Ints:
    """Return those of a segment; `number` is that of the term, -1 where it has none; `left` forgets those found."""
    zone, (rows, _) = part.languages[spec.language].zones[spec.zone], rows_of(part, spec, number)
    if left is None:
        return _of_rows(zone, rows, limit)
    found: list[Ints] = [np.zeros(0, np.int64)]
    for some in _common_first(zone, rows):
        if left.any():  # rare words are many, and far apart in the file
            found.append(_of_rows(zone, some if limit is None else _rows_with(zone, some, left), limit))
            left[found[-1]] = False
    return np.concatenate(found)


def _common_first(zone: ZonePostings, rows: Ints) -> tuple[Ints, Ints]:
    """Return the rows that most documents are in, and the others: each ascending."""
    order = np.argsort(zone.starts[rows].astype(np.int64) - zone.starts[rows + 1], kind="stable")
    return np.sort(rows[order[:_COMMON]]), np.sort(rows[order[_COMMON:]])


def _rows_with(zone: ZonePostings, rows: Ints, left: Mask) -> Ints:
    """Return the rows that hold one of some documents."""
    held = (left[docs].any() for docs in pieces(zone.docs, zone.starts, rows))
    return rows[np.fromiter(held, np.bool_, len(rows))]


def _of_rows(zone: ZonePostings, rows: Ints, limit: int | None) -> Ints:
    docs = gathered(zone.docs, zone.starts, rows)
    if limit is None or not len(docs):
        return docs
    firsts = [first_positions(own) for own in pieces(zone.places, zone.place_starts, rows)]  # copying none of them
    return docs[np.concatenate(firsts) < limit]
