"""The terms of a field with a common prefix, with their frequencies and documents.

exact      the words of a zone with a common prefix are in consecutive rows: one slice of arrays contains them all
combined   the same for terms
id         the documents in order of number
others     term by term
"""

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from searchq.index.format.checked_array import whole
from searchq.index.format.encoding import Ints, gather_ranges
from searchq.index.format.segment_data import SegmentData
from searchq.index.format.strings import Strings
from searchq.index.read.segment import Segment, term_numbers
from searchq.index.read.term_postings import find_postings
from searchq.index.schema import FieldSpec

__all__ = ["TermSlice", "term_slice"]


class TermSlice(NamedTuple):
    """Terms of one segment, by their ascending numbers in a sorted table.

    counts: the document frequency of each. `docs_of(places)`: the documents that contain the terms at those places of
    `numbers`, counted from the segment's first one, `base` in the snapshot; unordered, possibly with duplicates. Both
    include deleted documents: `live` bool[docs] is False for these; None if none is deleted.
    """

    table: Strings
    numbers: Ints
    counts: Ints
    docs_of: Callable[[Ints], Ints]
    base: int = 0
    live: npt.NDArray[np.bool_] | None = None


def term_slice(segment: Segment, base: int, spec: FieldSpec, prefix: str) -> TermSlice | None:
    """Return the terms of a field that begin with `prefix`, in a segment numbered from `base`; None without any."""
    found = _SLICES.get(spec.kind, _by_term)(segment.part, spec, prefix)
    return None if found is None else TermSlice(*found, base, segment.live)


_Slice = tuple[Strings, Ints, Ints, Callable[[Ints], Ints]]


def _exact(part: SegmentData, spec: FieldSpec, prefix: str) -> _Slice | None:
    language = part.languages[spec.language]
    words = language.words.prefix_range(prefix)
    if words[0] == words[1]:
        return None
    zone = language.zones[spec.zone]
    rows = whole(zone.rows)
    first, last = rows.searchsorted(np.array(words, rows.dtype)).tolist()  # another type would copy all rows
    if first == last:
        return None
    return (language.words, rows[first:last], *_spread(zone.starts[first : last + 1], zone.docs))


def _combined(part: SegmentData, spec: FieldSpec, prefix: str) -> _Slice | None:
    language = part.languages[spec.language]
    if language.combined is None:
        return _by_term(part, spec, prefix)
    first, last = language.terms.prefix_range(prefix)
    if first == last:
        return None
    starts, docs = language.combined.starts[first : last + 1], language.combined.docs
    return (language.terms, np.arange(first, last), *_spread(starts, docs))


def _id(part: SegmentData, spec: FieldSpec, prefix: str) -> _Slice | None:
    table, _ = term_numbers(part, spec)
    first, last = table.prefix_range(prefix)
    if first == last:
        return None
    docs = part.number_order[first:last]
    return table, np.arange(first, last), np.ones(last - first, np.intp), lambda places: docs[places]


def _by_term(part: SegmentData, spec: FieldSpec, prefix: str) -> _Slice | None:
    table, numbers = term_numbers(part, spec)
    first, last = table.prefix_range(prefix)
    numbers = np.arange(first, last) if numbers is None else numbers[(numbers >= first) & (numbers < last)]
    if not len(numbers):
        return None
    rows = [find_postings(part, spec, table[number]) for number in numbers.tolist()]
    docs = [np.zeros(0, np.intp) if row is None else row.docs for row in rows]
    counts = np.fromiter(map(len, docs), np.intp, len(docs))
    return (
        table,
        numbers,
        counts,
        lambda places: np.concatenate([np.zeros(0, np.intp), *(docs[place] for place in places)]),
    )


def _spread(starts: Ints, docs: Ints) -> tuple[Ints, Callable[[Ints], Ints]]:
    """Return counts and documents of consecutive terms, whose postings begin at `starts` (one more than terms)."""
    counts = starts[1:] - starts[:-1]

    def docs_of(places: Ints) -> Ints:
        if len(places) == len(counts):
            return docs[starts[0] : starts[-1]]
        return gather_ranges(docs, starts[places], counts[places])

    return counts, docs_of


_SLICES: Final[dict[str, Callable[[SegmentData, FieldSpec, str], _Slice | None]]] = {
    "exact": _exact,
    "combined": _combined,
    "id": _id,
}
