"""Postings as arrays, iterated one by one for Whoosh's searcher."""

from typing import Any

import numpy as np
from whoosh.matching import LeafMatcher, ReadTooFar

from searchq.index.codec.view import ViewRow

__all__ = ["ArrayMatcher"]


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]
    """All postings of a term, as one block."""

    def __init__(
        self, row: ViewRow, format_: Any, info: Any, term: tuple[str, bytes], scorer: Any = None, at: int = 0
    ) -> None:
        self.format = format_
        self.scorer = scorer
        self._row = row
        self._info = info
        self._term = term
        self._docs = row.docs.tolist()
        self._weights = row.weights.tolist()
        self._places: Any = None
        self._at = at

    def is_active(self) -> bool:
        return self._at < len(self._docs)

    def reset(self) -> None:
        self._at = 0

    def copy(self) -> "ArrayMatcher":
        return ArrayMatcher(self._row, self.format, self._info, self._term, self.scorer, self._at)

    def id(self) -> int:
        doc: int = self._docs[self._at]
        return doc

    def all_ids(self) -> Any:
        return iter(self._docs[self._at :])

    def next(self) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return True

    def skip_to(self, id: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        if id > self.id():
            self._at += int(np.searchsorted(self._row.docs[self._at :], id))

    def skip_to_quality(self, minquality: float) -> int:
        if self.block_quality() > minquality:
            return 0
        self._at = len(self._docs)
        return 1

    def weight(self) -> float:
        weight: float = self._weights[self._at]
        return weight

    def value(self) -> bytes:
        """Return the value of the posting, encoded in the field's format."""
        encoded: bytes = b""
        if self._row.value is not None:
            encoded = self._row.value(self._at)
        elif self._row.positions is not None:
            encoded = self.format.encode(self._positions())
        elif self.format.posting_size:
            encoded = self.format.encode(round(self.weight())) if hasattr(self.format, "encode") else b""
        return encoded

    def value_as(self, astype: str) -> Any:
        if astype == "weight":
            return self.weight()
        if astype == "positions" and self._row.positions is not None:
            return self._positions()
        if astype == "frequency" and self._row.value is None:
            return len(self._positions()) if self._row.positions is not None else self.weight()
        return LeafMatcher.value_as(self, astype)

    def all_items(self) -> Any:
        while self.is_active():
            yield self.id(), self.value()
            self.next()

    def items_as(self, astype: str) -> Any:
        while self.is_active():
            yield self.id(), self.value_as(astype)
            self.next()

    def block_min_length(self) -> Any:
        return self._info.min_length()

    def block_max_length(self) -> Any:
        return self._info.max_length()

    def block_max_weight(self) -> float:
        weight: float = self._info.max_weight()
        return weight

    def _positions(self) -> list[int]:
        if self._places is None:
            assert self._row.positions is not None
            self._places = self._row.positions()
        indptr, positions = self._places
        found: list[int] = positions[indptr[self._at] : indptr[self._at + 1]].tolist()
        return found
