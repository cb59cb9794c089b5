"""Rows as Parquet, by pyarrow (the extra `parquet`): typed columns for pandas, R, DuckDB and the like."""

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from searchq.exports.columns import Column, Kind
from searchq.record_json import encode_json
from searchq.results.page import ResultHit

__all__ = ["write_parquet"]

_GROUP_ROWS: Final = 2_000

_TYPES: Final[dict[Kind, Any]] = {
    "text": pa.string(),
    "integer": pa.int32(),
    "number": pa.float64(),
    "date": pa.date32(),
    "time": pa.timestamp("us", tz="UTC"),
    "texts": pa.list_(pa.string()),
    "data": pa.string(),  # as JSON
}


def write_parquet(hits: Iterable[ResultHit], columns: Sequence[Column]) -> Iterator[bytes]:
    """The hits as Parquet, a group of some thousand rows a piece.

    Text is `string`, days are `date32`, times are `timestamp[us, UTC]`, lists are `list<string>`, structures are JSON
    in a `string`.
    """
    schema = pa.schema([(column.name, _TYPES[column.kind]) for column in columns])
    sink = _Sink()
    rows = iter(hits)
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        while group := list(islice(rows, _GROUP_ROWS)):
            arrays = [_array(group, column) for column in columns]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            yield sink.taken()
    yield sink.taken()


def _array(group: Sequence[ResultHit], column: Column) -> Any:
    values = [column.value(hit) for hit in group]
    if column.kind == "data":
        values = [None if value is None else encode_json(value).decode(errors="replace") for value in values]
    elif column.kind == "texts":
        values = [None if value is None else [_whole(one) for one in value] for value in values]
    elif column.kind == "text":
        values = [value and _whole(value) for value in values]
    return pa.array(values, _TYPES[column.kind])


def _whole(text: str) -> str:
    """The text without half characters, which UTF-8 cannot hold."""
    return text.encode(errors="replace").decode()


class _Sink(io.RawIOBase):
    """A file to write to, whose bytes are taken as they come."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self._pieces.append(piece)
        self._size += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._size

    def taken(self) -> bytes:
        """What was written since the last call."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)
