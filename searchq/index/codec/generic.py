"""Segments of any Whoosh schema in array files, written by Whoosh's own SegmentWriter through our codec.

    <segment>.docs      lengths, stored fields, columns
    <segment>.postings  for each field its terms, and flat arrays of documents, weights and values

Stored fields may be any object and are pickled, as in Whoosh's own codec; our own segments contain no pickles.
"""

import io
import pickle
from collections import defaultdict
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.codec import base
from whoosh.filedb.structfile import BufferFile, StructFile

from searchq.index.codec.view import TermTable, ViewRow
from searchq.index.format.arrays import Array, parse_arrays, write_arrays
from searchq.index.format.encoding import starts_of
from searchq.index.format.strings import Strings

__all__ = ["GenericDocumentWriter", "GenericFieldWriter", "GenericView"]

_DOCS, _POSTINGS = ".docs", ".postings"


class GenericDocumentWriter(base.PerDocWriterWithColumns):  # type: ignore[misc]
    """Collects lengths, stored fields and columns, and writes them on `close`."""

    def __init__(self, storage: Any, segment: Any) -> None:
        super().__init__()
        self._storage = storage
        self._segment = segment
        self._docnum = -1
        self._stored: list[dict[str, Any]] = []
        self._lengths: dict[str, dict[int, int]] = defaultdict(dict)
        self._columns: dict[str, tuple[Any, io.BytesIO]] = {}
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        self._docnum = docnum
        self._stored.append({})

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:
        if value is not None:
            self._stored[-1][fieldname] = value
        if length:
            self._lengths[fieldname][self._docnum] = length

    def add_vector_items(self, fieldname: str, fieldobj: Any, items: Any) -> None:
        raise NotImplementedError("This codec does not store term vectors.")

    def _has_column(self, fieldname: str) -> bool:
        return fieldname in self._columns

    def _create_column(self, fieldname: str, column: Any) -> None:
        data = io.BytesIO()
        self._columns[fieldname] = column.writer(StructFile(data)), data

    def _get_column(self, fieldname: str) -> Any:
        return self._columns[fieldname][0]

    def close(self) -> None:
        count = len(self._stored)
        arrays: dict[str, Array] = {}
        pickled = [pickle.dumps(stored, 4) for stored in self._stored]
        arrays["stored"], arrays["stored_starts"] = _joined(pickled)
        for field, lengths in self._lengths.items():
            column = np.zeros(count, np.uint32)
            column[list(lengths)] = list(lengths.values())
            arrays[f"length/{field}"] = column
        for field, (writer, data) in self._columns.items():
            writer.finish(count)
            arrays[f"column/{field}"] = np.frombuffer(data.getvalue(), np.uint8)
        _write(self._storage, self._segment, _DOCS, arrays)
        self.is_closed = True


class GenericFieldWriter(base.FieldWriter):  # type: ignore[misc]
    """Collects postings, ordered by field and term, and writes them on `close`."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._storage = storage
        self._segment = segment
        self._arrays: dict[str, Array] = {}
        self._field = ""
        self.is_closed = False

    def start_field(self, fieldname: str, fieldobj: Any) -> None:
        self._field = fieldname
        self._terms: list[bytes] = []
        self._counts: list[int] = []
        self._docs: list[int] = []
        self._weights: list[float] = []
        self._values: list[bytes] = []

    def start_term(self, text: bytes) -> None:
        self._terms.append(text)
        self._counts.append(len(self._docs))

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int) -> None:
        self._docs.append(docnum)
        self._weights.append(weight)
        self._values.append(vbytes)

    def finish_term(self) -> None:
        """Do nothing: the next term, or the end of the field, ends this term."""

    def finish_field(self) -> None:
        blob, ends = _joined([term + b"\n" for term in self._terms])
        values, value_starts = _joined(self._values)
        own = {
            "terms": blob,
            "term_starts": ends,
            "starts": np.array([*self._counts, len(self._docs)], np.uint32),
            "docs": np.array(self._docs, np.uint32),
            "weights": np.array(self._weights, np.float32),
            "values": values,
            "value_starts": value_starts,
        }
        self._arrays.update({f"{self._field}/{name}": array for name, array in own.items()})

    def close(self) -> None:
        _write(self._storage, self._segment, _POSTINGS, self._arrays)
        self.is_closed = True


class GenericView:
    """A segment written by the two writers above, as Whoosh's readers see it."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._where = storage, segment

    @cached_property
    def _docs(self) -> dict[str, Array]:
        return _read(*self._where, _DOCS)

    @cached_property
    def _postings(self) -> dict[str, Array]:
        return _read(*self._where, _POSTINGS)  # does not exist yet while Whoosh's writer reads lengths

    @property
    def doc_count(self) -> int:
        return len(self._docs["stored_starts"]) - 1

    def fields(self) -> list[str]:
        return sorted(name.removesuffix("/terms") for name in self._postings if name.endswith("/terms"))

    def terms(self, field: str) -> TermTable:
        return self._terms(field)

    def row(self, field: str, term: bytes) -> ViewRow | None:
        terms = self._terms(field)
        number = terms.lower_bound(term)
        if number == len(terms) or terms.bytes_at(number) != term:
            return None
        first, last = self._postings[f"{field}/starts"][number : number + 2].tolist()
        values, starts = self._postings[f"{field}/values"], self._postings[f"{field}/value_starts"]
        return ViewRow(
            self._postings[f"{field}/docs"][first:last],
            self._postings[f"{field}/weights"][first:last],
            value=lambda at: values[starts[first + at] : starts[first + at + 1]].tobytes(),
        )

    def lengths(self, field: str) -> npt.NDArray[Any] | None:
        return self._docs.get(f"length/{field}")

    def stored(self, doc: int) -> dict[str, Any]:
        starts = self._docs["stored_starts"]
        fields: dict[str, Any] = pickle.loads(self._docs["stored"][starts[doc] : starts[doc + 1]].tobytes())
        return fields

    def has_column(self, field: str) -> bool:
        return f"column/{field}" in self._docs

    def column(self, field: str, column: Any) -> Any:
        data = self._docs[f"column/{field}"].tobytes()
        return column.reader(BufferFile(memoryview(data)), 0, len(data), self.doc_count)

    def _terms(self, field: str) -> Strings:
        empty = np.zeros(0, np.uint8), np.zeros(1, np.uint32)
        return Strings(
            self._postings.get(f"{field}/terms", empty[0]), self._postings.get(f"{field}/term_starts", empty[1])
        )


def _joined(pieces: list[bytes]) -> tuple[Array, Array]:
    sizes = np.fromiter(map(len, pieces), np.int64, len(pieces))
    return np.frombuffer(b"".join(pieces), np.uint8), starts_of(sizes).astype(np.uint32)


def _write(storage: Any, segment: Any, extension: str, arrays: dict[str, Array]) -> None:
    file = segment.create_file(storage, extension)
    write_arrays(file, arrays)
    file.close()


def _read(storage: Any, segment: Any, extension: str) -> dict[str, Array]:
    file = segment.open_file(storage, extension)
    try:
        data = bytes(file.get(0, storage.file_length(segment.make_filename(extension))))
        return parse_arrays(memoryview(data), extension)
    finally:
        file.close()
