"""Whoosh's per-document reader over a view."""

from collections.abc import Iterable
from typing import Any

import numpy.typing as npt
from whoosh.codec import base

from searchq.index.codec.view import View

__all__ = ["ArrayDocumentReader"]


class ArrayDocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    """Lengths, columns and stored fields of one segment."""

    def __init__(self, view: View, segment: Any) -> None:
        self._view = view
        self._segment = segment
        self._lengths: dict[str, npt.NDArray[Any] | None] = {}

    def doc_count(self) -> int:
        return self._view.doc_count - int(self._segment.deleted_count())

    def doc_count_all(self) -> int:
        return self._view.doc_count

    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> Iterable[int]:
        docs: Iterable[int] = self._segment.deleted_docs()
        return docs

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return self._view.has_column(fieldname)

    def column_reader(self, fieldname: str, column: Any) -> Any:
        return self._view.column(fieldname, column)

    def doc_field_length(self, docnum: int, fieldname: str, default: Any = 0) -> Any:
        lengths = self._of(fieldname)
        return default if lengths is None else lengths[docnum].item() or default

    def field_length(self, fieldname: str) -> Any:
        lengths = self._of(fieldname)
        return 0 if lengths is None else lengths.sum().item()

    def min_field_length(self, fieldname: str) -> Any:
        lengths = self._of(fieldname)
        return 0 if lengths is None or not len(lengths) else lengths.min().item()

    def max_field_length(self, fieldname: str) -> Any:
        lengths = self._of(fieldname)
        return 0 if lengths is None or not len(lengths) else lengths.max().item()

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return self._view.stored(docnum)

    def _of(self, fieldname: str) -> npt.NDArray[Any] | None:
        if fieldname not in self._lengths:
            self._lengths[fieldname] = self._view.lengths(fieldname)
        return self._lengths[fieldname]
