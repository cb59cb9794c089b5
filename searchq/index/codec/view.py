"""The interface that Whoosh's readers need of a segment, and our own segments behind it."""

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from searchq.index.codec.columns import BytesColumn, NumberColumn
from searchq.index.format.encoding import Floats, Ints
from searchq.index.format.segment_data import SegmentData
from searchq.index.format.strings import Strings
from searchq.index.read.first_seen import FirstSeenColumns
from searchq.index.read.postings import Piece, Positions, Postings
from searchq.index.read.segment import term_numbers, weighted_lengths
from searchq.index.read.term_postings import find_postings
from searchq.index.records.reader import RecordReader
from searchq.index.schema import FIELDS, MISSING
from searchq.record_json import to_json

__all__ = ["PartView", "TermTable", "View", "ViewRow"]


class ViewRow(Struct, frozen=True, eq=False):
    """Postings: docs ascending, weights, and either a function that returns all positions, or the value of each."""

    docs: Ints
    weights: Floats
    positions: Callable[[], Positions] | None = None
    value: Callable[[int], bytes] | None = None


class TermTable(Protocol):
    """The terms of a field in byte order."""

    def __len__(self) -> int: ...

    def bytes_at(self, number: int) -> bytes: ...

    def lower_bound(self, key: bytes) -> int: ...


class View(Protocol):
    """A segment, as Whoosh's readers use it."""

    @property
    def doc_count(self) -> int: ...

    def fields(self) -> list[str]:
        """Return the indexed fields, ordered by name."""

    def terms(self, field: str) -> TermTable: ...

    def row(self, field: str, term: bytes) -> ViewRow | None: ...

    def lengths(self, field: str) -> npt.NDArray[Any] | None:
        """Return the lengths of a scored field, one per document."""

    def stored(self, doc: int) -> dict[str, Any]: ...

    def has_column(self, field: str) -> bool: ...

    def column(self, field: str, column: Any) -> Any:
        """Return a Whoosh column reader."""


class PartView:
    """A segment of our own index."""

    def __init__(self, part: SegmentData) -> None:
        self._part = part
        self.doc_count = part.doc_count
        self._records = RecordReader(part.records)
        self._first_seen = FirstSeenColumns(part.integers)

    def fields(self) -> list[str]:
        return sorted(FIELDS)

    def terms(self, field: str) -> TermTable:
        spec = FIELDS[field]
        if spec.kind == "integer":
            return _Numbers(self._part.integers[field])
        table, numbers = term_numbers(self._part, spec)
        return table if numbers is None else _Chosen(table, numbers)

    def row(self, field: str, term: bytes) -> ViewRow | None:
        spec = FIELDS.get(field)
        if spec is None:
            return None
        if spec.kind == "integer":
            return _number_row(self._part.integers[field], term)
        try:
            row = find_postings(self._part, spec, term.decode())
        except UnicodeDecodeError:
            return None
        if row is None:
            return None
        positions = None if row.places is None else Postings([Piece(row)]).positions
        return ViewRow(row.docs, row.weights, positions)

    def lengths(self, field: str) -> npt.NDArray[Any] | None:
        spec = FIELDS[field]
        if spec.zone:
            return self._part.lengths[spec.zone]
        return weighted_lengths(self._part, spec.language) if spec.kind == "combined" else None

    def stored(self, doc: int) -> dict[str, Any]:
        record = self._first_seen.told(self._records.record(doc), doc)
        return {"number": record.number, "record": to_json(record)}

    def has_column(self, field: str) -> bool:
        spec = FIELDS.get(field)
        return spec is not None and (spec.kind == "integer" or (spec.kind in ("facet", "id") and not spec.multi))

    def column(self, field: str, column: Any) -> Any:
        spec = FIELDS[field]
        if spec.kind == "integer":
            return NumberColumn(_sortable(self._part.integers[field]))
        if spec.kind == "id":
            return BytesColumn(self._part.numbers, np.arange(self.doc_count))
        facet = self._part.facets[field]
        return BytesColumn(facet.values, facet.codes)


def _sortable(column: Ints) -> Ints:
    """Return signed numbers of 32 or 64 bits as unsigned numbers with the sign bit flipped, as Whoosh sorts them."""
    unsigned = column.view(f"u{column.itemsize}")
    flipped: Ints = unsigned ^ unsigned.dtype.type(1 << (8 * column.itemsize - 1))
    return flipped


class _Numbers:
    """The distinct numbers of a column as Whoosh's numeric terms: a precision byte, then big-endian."""

    def __init__(self, column: Ints) -> None:
        self._values = _sortable(np.unique(column[column != MISSING]))

    def __len__(self) -> int:
        return len(self._values)

    def bytes_at(self, number: int) -> bytes:
        return b"\0" + int(self._values[number]).to_bytes(self._values.itemsize, "big")

    def lower_bound(self, key: bytes) -> int:
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) >> 1
            low, high = (middle + 1, high) if self.bytes_at(middle) < key else (low, middle)
        return low


class _Chosen(Struct, frozen=True, eq=False):
    """A selection of strings from a sorted table, by ascending number."""

    table: Strings
    numbers: Ints

    def __len__(self) -> int:
        return len(self.numbers)

    def bytes_at(self, number: int) -> bytes:
        return self.table.bytes_at(self.numbers[number])

    def lower_bound(self, key: bytes) -> int:
        return int(np.searchsorted(self.numbers, self.table.lower_bound(key)))


def _number_row(column: Ints, term: bytes) -> ViewRow | None:
    value = int.from_bytes(term[1:], "big") - (1 << (8 * column.itemsize - 1))
    if len(term) != 1 + column.itemsize or term[0] != 0 or value == MISSING:
        return None
    docs = np.flatnonzero(column == value)
    return ViewRow(docs, np.ones(len(docs), np.float32)) if len(docs) else None
