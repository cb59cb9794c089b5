"""Rows as JSON: one a line, or one array; the values are those of the record's JSON."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec

from searchq.exports.columns import Column
from searchq.record_json import encode_json
from searchq.results.page import ResultHit

__all__ = ["json_row", "write_json", "write_json_lines"]

_CHUNK_BYTES: Final = 1 << 16


def write_json_lines(hits: Iterable[ResultHit], columns: Sequence[Column]) -> Iterator[bytes]:
    """One JSON object a line, in UTF-8, in pieces."""
    return _joined(encode_json(json_row(hit, columns)) + b"\n" for hit in hits)


def write_json(hits: Iterable[ResultHit], columns: Sequence[Column]) -> Iterator[bytes]:
    """One JSON array of objects, in UTF-8, in pieces."""
    return _joined(_array(hits, columns))


def _array(hits: Iterable[ResultHit], columns: Sequence[Column]) -> Iterator[bytes]:
    before = b"[\n"
    for hit in hits:
        yield before + encode_json(json_row(hit, columns))
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"


def json_row(hit: ResultHit, columns: Sequence[Column]) -> dict[str, Any]:
    """One hit as JSON-ready data, a key a column."""
    return {column.name: msgspec.to_builtins(column.value(hit)) for column in columns}


def _joined(parts: Iterable[bytes]) -> Iterator[bytes]:
    held: list[bytes] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size >= _CHUNK_BYTES:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)
