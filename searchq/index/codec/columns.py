"""Our columns as Whoosh's column readers."""

from typing import Any

from whoosh.columns import ColumnReader

from searchq.index.format.encoding import Ints
from searchq.index.format.strings import Strings

__all__ = ["BytesColumn", "NumberColumn"]


class BytesColumn(ColumnReader):  # type: ignore[misc]
    """One string per document, as a code into a table; -1 is no value, returned to Whoosh as an empty string."""

    def __init__(self, values: Strings, codes: Ints) -> None:
        self._values = values
        self._codes = codes

    def __len__(self) -> int:
        return len(self._codes)

    def __iter__(self) -> Any:
        return (self[doc] for doc in range(len(self)))

    def __getitem__(self, doc: int) -> bytes:
        code = self._codes[doc]
        return self._values.bytes_at(code) if code >= 0 else b""


class NumberColumn(ColumnReader):  # type: ignore[misc]
    """One number per document, in Whoosh's sortable form."""

    def __init__(self, values: Ints) -> None:
        self._values = values
        self._reverse = False

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Any:
        return iter(self._values.tolist())

    def __getitem__(self, doc: int) -> int:
        return int(self._values[doc])

    def sort_key(self, doc: int) -> int:
        return -self[doc] if self._reverse else self[doc]

    def set_reverse(self) -> None:
        self._reverse = True
