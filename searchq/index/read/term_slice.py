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

Docs = npt.NDArray[np.intp]


class TermSlice(NamedTuple):
    """Terms of one segment, by their ascending numbers in a sorted table.

    counts: the document frequency of each, deleted documents included. `docs_of(places)`: the live documents, numbered
    across the snapshot, that contain the terms at those places of `numbers`; unordered, possibly with duplicates.
    """

    table: Strings
    numbers: Ints
    counts: Ints
    docs_of: Callable[[Ints], Docs]


def term_slice(segment: Segment, base: int, spec: FieldSpec, prefix: str) -> TermSlice:
    """Return the terms of a field that begin with `prefix`, in a segment whose documents are numbered from `base`."""
    table, numbers, counts, docs_of = _SLICES.get(spec.kind, _by_term)(segment.part, spec, prefix)

    def live_docs(places: Ints) -> Docs:
        docs = docs_of(places).astype(np.intp)
        return (docs if segment.live is None else docs[segment.live[docs]]) + base

    return TermSlice(table, numbers, counts, live_docs)


_Slice = tuple[Strings, Ints, Ints, Callable[[Ints], Ints]]


def _exact(part: SegmentData, spec: FieldSpec, prefix: str) -> _Slice:
    language = part.languages[spec.language]
    zone = language.zones[spec.zone]
    rows = whole(zone.rows)
    words = language.words.prefix_range(prefix)
    if words[0] == words[1]:
        return language.words, rows[:0], rows[:0], lambda places: rows[:0]
    first, last = rows.searchsorted(np.array(words, rows.dtype)).tolist()  # another type would copy all rows
    return (language.words, rows[first:last], *_spread(zone.starts[first : last + 1], zone.docs))


def _combined(part: SegmentData, spec: FieldSpec, prefix: str) -> _Slice:
    language = part.languages[spec.language]
    if language.combined is None:
        return _by_term(part, spec, prefix)
    first, last = language.terms.prefix_range(prefix)
    starts, docs = language.combined.starts[first : last + 1], language.combined.docs
    return (language.terms, np.arange(first, last), *_spread(starts, docs))


def _id(part: SegmentData, spec: FieldSpec, prefix: str) -> _Slice:
    table, _ = term_numbers(part, spec)
    first, last = table.prefix_range(prefix)
    docs = part.number_order[first:last]
    return table, np.arange(first, last), np.ones(last - first, np.intp), lambda places: docs[places]


def _by_term(part: SegmentData, spec: FieldSpec, prefix: str) -> _Slice:
    table, numbers = term_numbers(part, spec)
    first, last = table.prefix_range(prefix)
    numbers = np.arange(first, last) if numbers is None else numbers[(numbers >= first) & (numbers < last)]
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


_SLICES: Final[dict[str, Callable[[SegmentData, FieldSpec, str], _Slice]]] = {
    "exact": _exact,
    "combined": _combined,
    "id": _id,
}
