"""Postings of one field and term in one segment: stored, or derived from its arrays.

combined   stored as they are
exact      the row of a surface word in its zone
terms      the rows of all words that have the term, merged
facet, id  the documents whose column contains the value
"""

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

from searchq.index.format.checked_array import whole, within
from searchq.index.format.encoding import (
    WEIGHTS,
    Bytes,
    Floats,
    Ints,
    bounds,
    changes,
    distinct,
    gather_ranges,
    starts_of,
    with_end,
)
from searchq.index.format.positions import read_frequencies
from searchq.index.format.segment_data import SegmentData, ZonePostings
from searchq.index.schema import FieldSpec

__all__ = ["Rows", "Stored", "TermPostings", "find_postings", "gathered", "pieces", "rows_of"]

_Type = TypeVar("_Type", bound=np.integer[Any])

Stored = tuple[Bytes, Ints | None]  # encoded positions, see `TermPostings`
Rows = tuple[tuple[Ints, Bytes], ...]  # of words: the documents of each, and their encoded positions


class TermPostings:
    """Postings in a segment: docs ascending; weights float32, computed on first use.

    `places(chosen)` returns the encoded positions of some postings (ascending; None: of all): the bytes of whole rows
    of words, and the place in `docs` of each posting there (None if they are the postings of `docs`, one each). It may
    return more than was asked for. `rows()` returns the rows themselves, of each word that has the term. Both are None
    for a field without positions. `is_merged`: made of the rows of several words, which takes long.
    """

    __slots__ = ("_weights", "docs", "is_merged", "places", "rows")

    def __init__(
        self,
        docs: Ints,
        weights: Floats | Callable[[], Floats],
        places: Callable[[Ints | None], Stored] | None = None,
        rows: Callable[[], Rows] | None = None,
        *,
        is_merged: bool = False,
    ) -> None:
        self.docs = docs
        self.places = places
        self.rows = rows
        self.is_merged = is_merged
        self._weights = weights

    @property
    def weights(self) -> Floats:
        if callable(self._weights):
            self._weights = self._weights()
        return self._weights


def find_postings(part: SegmentData, spec: FieldSpec, term: str) -> TermPostings | None:
    """Return the postings of a term, deleted documents included; None if the segment has none."""
    number = _NUMBERS[spec.kind](part, spec, term)
    return None if number < 0 else _POSTINGS[spec.kind](part, spec, number)


def _combined(part: SegmentData, spec: FieldSpec, number: int) -> TermPostings | None:
    language = part.languages[spec.language]
    if language.combined is None:
        return None
    first, last = bounds(language.combined.starts, number)
    if first == last:
        return None
    codes = language.combined.weights[first:last]
    return TermPostings(language.combined.docs[first:last], lambda: WEIGHTS.take(codes))


def _exact(part: SegmentData, spec: FieldSpec, number: int) -> TermPostings | None:
    return _row_of_word(part.languages[spec.language].zones[spec.zone], number, 1.0)


def _terms(part: SegmentData, spec: FieldSpec, number: int) -> TermPostings | None:
    zone = part.languages[spec.language].zones[spec.zone]
    rows, weights = rows_of(part, spec, number)
    if len(rows) == 1:
        return _row(zone, int(rows[0]), float(weights[0]))
    return _merged_rows(zone, rows, weights) if len(rows) else None


def rows_of(part: SegmentData, spec: FieldSpec, number: int) -> tuple[Ints, Floats]:
    """Return the rows of the words that have a term in a zone, none for -1, and the weight of each."""
    language = part.languages[spec.language]
    first, last = bounds(language.term_starts, number) if number >= 0 else (0, 0)
    words, kinds = language.term_words[first:last], language.term_kinds[first:last]
    held = whole(language.zones[spec.zone].rows)
    rows = held.searchsorted(words)
    found = np.flatnonzero(held[np.minimum(rows, len(held) - 1)] == words) if len(held) else rows[:0]
    return rows[found], language.kind_weights[kinds[found]]


def _row_of_word(zone: ZonePostings, word: int, weight: float) -> TermPostings | None:
    rows = whole(zone.rows)
    if not len(rows) or word > rows[-1]:
        return None
    row = int(rows.searchsorted(rows.dtype.type(word)))  # a key of another type would copy all rows
    return _row(zone, row, weight) if rows[row] == word else None


def _row(zone: ZonePostings, row: int, weight: float) -> TermPostings:
    docs, data = _stored(zone, row)
    return TermPostings(
        docs,
        lambda: read_frequencies(data) * np.float32(weight),
        lambda chosen: (data, None),
        lambda: ((docs, data),),
    )


def _stored(zone: ZonePostings, row: int) -> tuple[Ints, Bytes]:
    """Return the documents of a row, and its encoded positions."""
    first, last = bounds(zone.starts, row)
    begin, end = bounds(zone.place_starts, row)
    return zone.docs[first:last], zone.places[begin:end]


def _merged_rows(zone: ZonePostings, rows: Ints, row_weights: Floats) -> TermPostings:
    """Merge the rows of several words into one term: weights summed, positions merged per document."""
    counts = zone.starts[rows + 1].astype(np.int64) - zone.starts[rows]
    docs = gathered(zone.docs, zone.starts, rows)
    order = np.argsort(docs, kind="stable")
    docs = docs[order]
    heads = changes(docs).nonzero()[0]
    sizes = np.diff(with_end(heads, len(docs)))  # postings of each document

    def data(of: Ints) -> Bytes:
        return gathered(zone.places, zone.place_starts, of)

    def weights() -> Floats:
        return np.add.reduceat((read_frequencies(data(rows)) * np.repeat(row_weights, counts))[order], heads)

    def places(chosen: Ints | None) -> Stored:
        owners = np.empty(len(order), np.intp)
        owners[order] = np.repeat(np.arange(len(heads)), sizes)
        if chosen is None or len(chosen) >= len(rows):
            return data(rows), owners
        starts = starts_of(counts)  # a few documents contain few of the words: read only the rows of those
        held = distinct(starts.searchsorted(gather_ranges(order, heads[chosen], sizes[chosen]), "right") - 1)
        return data(rows[held]), gather_ranges(owners, starts[held], counts[held])

    return TermPostings(docs[heads], weights, places, lambda: _stored_rows(zone, rows), is_merged=True)


def _stored_rows(zone: ZonePostings, rows: Ints) -> Rows:
    """Return the documents of several rows, and the encoded positions of each."""
    return tuple(zip(pieces(zone.docs, zone.starts, rows), pieces(zone.places, zone.place_starts, rows), strict=True))


def pieces(array: npt.NDArray[_Type], starts: Ints, rows: Ints) -> Iterator[npt.NDArray[_Type]]:
    """Return what each of some rows holds of an array."""
    firsts, ends = starts[rows].astype(np.int64), starts[rows + 1].astype(np.int64)
    plain: npt.NDArray[_Type] = within(array, firsts, ends - firsts)
    return (plain[first:end] for first, end in zip(firsts.tolist(), ends.tolist(), strict=True))


def gathered(array: npt.NDArray[_Type], starts: Ints, rows: Ints) -> npt.NDArray[_Type]:
    """Return what some rows hold of an array, one after another."""
    firsts = starts[rows].astype(np.int64)
    return gather_ranges(array, firsts, starts[rows + 1] - firsts)


def _facet(part: SegmentData, spec: FieldSpec, code: int) -> TermPostings | None:
    facet = part.facets[spec.name]
    docs = np.flatnonzero(facet.codes == code)
    if facet.starts is not None:
        docs = np.searchsorted(facet.starts, docs, "right") - 1
    return TermPostings(docs, np.ones(len(docs), np.float32)) if len(docs) else None


def find_number(part: SegmentData, number: str) -> int:
    """Return the document of a question number, or -1."""
    low, high = 0, part.doc_count
    while low < high:
        middle = (low + high) >> 1
        if part.numbers[part.number_order[middle]] < number:
            low = middle + 1
        else:
            high = middle
    if low < part.doc_count and part.numbers[part.number_order[low]] == number:
        return int(part.number_order[low])
    return -1


def _document(part: SegmentData, spec: FieldSpec, doc: int) -> TermPostings | None:
    return TermPostings(np.array([doc]), np.ones(1, np.float32))


# By the kind of a field: the number of a term in its table, -1 if it is not there, and the postings of that number.
_NUMBERS: Final[dict[str, Callable[[SegmentData, FieldSpec, str], int]]] = {
    "combined": lambda part, spec, term: part.languages[spec.language].terms.find(term),
    "exact": lambda part, spec, term: part.languages[spec.language].words.find(term),
    "terms": lambda part, spec, term: part.languages[spec.language].terms.find(term),
    "facet": lambda part, spec, term: part.facets[spec.name].values.find(term),
    "id": lambda part, spec, term: find_number(part, term),
    "integer": lambda part, spec, term: -1,  # compared by column, see `Snapshot.integers`
}
_POSTINGS: Final[dict[str, Callable[[SegmentData, FieldSpec, int], TermPostings | None]]] = {
    "combined": _combined,
    "exact": _exact,
    "terms": _terms,
    "facet": _facet,
    "id": _document,
}
