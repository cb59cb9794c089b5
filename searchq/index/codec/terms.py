"""Whoosh's terms reader and field cursor over a view."""

from collections.abc import Iterator
from typing import Any

from whoosh.codec import base
from whoosh.reading import TermInfo, TermNotFound

from searchq.index.codec.matcher import ArrayMatcher
from searchq.index.codec.view import View, ViewRow

__all__ = ["ArrayCursor", "ArrayTermsReader"]


class ArrayTermsReader(base.TermsReader):  # type: ignore[misc]
    """Terms and postings of one segment; every text is bytes."""

    def __init__(self, view: View) -> None:
        self._view = view

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._view.row(*term) is not None

    def indexed_field_names(self) -> list[str]:
        return self._view.fields()

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for field in self._view.fields():
            yield from self.terms_from(field, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        table = self._view.terms(fieldname)
        for number in range(table.lower_bound(prefix), len(table)):
            yield fieldname, table.bytes_at(number)

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        return self._info(fieldname, self._row(fieldname, text))

    def frequency(self, fieldname: str, text: bytes) -> float:
        row = self._view.row(fieldname, text)
        return float(row.weights.sum()) if row is not None else 0.0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        row = self._view.row(fieldname, text)
        return len(row.docs) if row is not None else 0

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ArrayMatcher:
        row = self._row(fieldname, text)
        return ArrayMatcher(row, format_, self._info(fieldname, row), (fieldname, text), scorer)

    def cursor(self, fieldname: str, fieldobj: Any) -> "ArrayCursor":
        return ArrayCursor(self, self._view, fieldname, fieldobj)

    def _row(self, fieldname: str, text: bytes) -> ViewRow:
        row = self._view.row(fieldname, text)
        if row is None:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return row

    def _info(self, fieldname: str, row: ViewRow) -> TermInfo:
        lengths = self._view.lengths(fieldname)
        own = [0] if lengths is None else lengths[row.docs]
        return TermInfo(
            float(row.weights.sum()),
            len(row.docs),
            _plain(min(own)),
            _plain(max(own)),
            float(row.weights.max()),
            int(row.docs[0]),
            int(row.docs[-1]),
        )


class ArrayCursor(base.FieldCursor):  # type: ignore[misc]
    """Iterates over the terms of a field, with seeking for Whoosh's fuzzy search."""

    def __init__(self, reader: ArrayTermsReader, view: View, fieldname: str, fieldobj: Any) -> None:
        self._reader = reader
        self._table = view.terms(fieldname)
        self._name = fieldname
        self._field = fieldobj
        self._at = 0

    def first(self) -> str | None:
        self._at = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        key = term if isinstance(term, bytes) else self._field.to_bytes(term)
        self._at = self._table.lower_bound(key)
        return self.text()

    def next(self) -> str | None:
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        return self._field.from_bytes(self._table.bytes_at(self._at)) if self.is_valid() else None

    term = text

    def term_info(self) -> TermInfo | None:
        return self._reader.term_info(self._name, self._table.bytes_at(self._at)) if self.is_valid() else None

    def is_valid(self) -> bool:
        return self._at < len(self._table)


def _plain(number: Any) -> Any:
    return number.item() if hasattr(number, "item") else number
