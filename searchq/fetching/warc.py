"""WARC files: what was fetched, kept as it came, one gzip member per record.

An exchange is appended with a single write, response before request, and synced before it is accounted for. A kill can
leave a torn end; `recover` returns the whole pairs that the ledger does not know yet and cuts off the rest:

    warcinfo | response request | response request | respo
             └── accounted for ─┘└─── recovered ───┘└ cut ┘

A page that came back unchanged is a `revisit` record: its headers, and what it is a copy of.
"""

import datetime as dt
import io
import itertools
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from searchq import __version__
from searchq.atomic_file import sync_directory, sync_file
from searchq.errors import FetchError
from searchq.fetching.exchange import Exchange
from searchq.regular_file import open_in_place, open_regular

__all__ = ["Original", "Recovered", "append", "digest_of", "file_for", "recover", "response", "revisit"]

MAX_FILE_BYTES: Final = 256 * 1024 * 1024  # a new file begins after that
KEY: Final = "Searchq-Page"  # our own field: which page was asked for, "5/8902/both"
_NOT_MODIFIED: Final = "http://netpreserve.org/warc/1.0/revisit/server-not-modified"
_SOFTWARE: Final = b"software: searchq "
_MAX_WARCINFO_BYTES: Final = 1024
_BLOCK: Final = 64 * 1024


class Original(Struct, frozen=True):
    """The stored capture that a revisit refers to."""

    address: str
    date: str
    payload: str


class Recovered(Struct, frozen=True):
    """An exchange found whole in a file beyond what was accounted for."""

    exchange: Exchange
    key: str  # the field KEY
    is_revisit: bool
    end: int  # offset in the file


def response(exchange: Exchange, key: str) -> bytes:
    """An exchange as WARC records: response, request."""
    return _records(exchange, "response", key)


def revisit(exchange: Exchange, key: str, original: Original) -> bytes:
    """An exchange that gave what is stored already, as WARC records: revisit, request."""
    return _records(exchange, "revisit", key, original)


def digest_of(body: bytes) -> str:
    """The payload digest that a response with this body gets."""
    digester = WARCWriter._create_digester()
    digester.update(body)
    return str(digester)


def file_for(directory: Path, legislature: int) -> Path:
    """The file that the next pages of a legislature go to."""
    paths = (directory / f"senate-{legislature}-{number:03}.warc.gz" for number in itertools.count(1))
    return next(path for path in paths if not path.exists() or path.stat().st_size < MAX_FILE_BYTES)


def append(path: Path, data: bytes) -> int:
    """Append records to a file, made with its `warcinfo` when it is new; returns its size, synced."""
    is_new = not path.exists()
    file = open_in_place(path, os.O_WRONLY | os.O_APPEND)
    start = os.fstat(file).st_size
    try:
        _write(file, data if start else _warcinfo(path.name) + data)
        sync_file(file)
    except OSError as error:
        os.ftruncate(file, start)
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        os.close(file)
    if is_new:
        sync_directory(path.parent)
    return path.stat().st_size


def recover(path: Path, accounted: int) -> Iterator[Recovered]:
    """The whole pairs beyond `accounted` bytes; at the end the file is cut off after the last of them.

    Raises FetchError for a file that this package did not begin; it stays as it is.
    """
    whole = accounted
    answer: ArcWarcRecord | None = None
    with open_regular(path) as file:
        if accounted == 0:
            _confirm_ours(path, file)
        for end, data in _members(file, accounted):
            record: ArcWarcRecord = next(iter(ArchiveIterator(io.BytesIO(data))))
            if record.rec_type in ("response", "revisit"):
                answer = record
                continue
            whole = end
            if answer is not None and (found := _recovered(answer, end)):
                yield found
            answer = None
    os.truncate(path, whole)


def _confirm_ours(path: Path, file: io.BufferedReader) -> None:
    first = next(_members(file, 0), None)
    is_torn = first is None and path.stat().st_size < _MAX_WARCINFO_BYTES
    if not is_torn and (first is None or _SOFTWARE not in first[1]):
        raise FetchError(f"{path} was not written by `searchq fetch`; move it elsewhere, its name is needed here.")


def _write(file: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(file, left) :]


def _records(exchange: Exchange, kind: str, key: str, original: Original | None = None) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    fields = {"WARC-Date": _date(exchange.at), KEY: key}
    status = StatusAndHeaders(f"{exchange.status} {exchange.reason}", list(exchange.headers), protocol="HTTP/1.1")
    if original is None:
        body = io.BytesIO(exchange.body)
        answer = writer.create_warc_record(
            exchange.address, kind, body, len(exchange.body), http_headers=status, warc_headers_dict=fields
        )
    else:
        refers = (original.payload, original.address, original.date)
        answer = writer.create_revisit_record(exchange.address, *refers, status, fields)
        if exchange.status == 304:
            answer.rec_headers.replace_header("WARC-Profile", _NOT_MODIFIED)
    writer.write_request_response_pair(_request(writer, exchange), answer)
    return out.getvalue()


def _request(writer: WARCWriter, exchange: Exchange) -> ArcWarcRecord:
    path = "/" + exchange.address.split("://", 1)[1].partition("/")[2]
    line = StatusAndHeaders(f"GET {path} HTTP/1.1", list(exchange.request), is_http_request=True)
    return writer.create_warc_record(exchange.address, "request", http_headers=line)


def _warcinfo(name: str) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    facts = {"software": f"searchq {__version__}", "format": "WARC File Format 1.0", "robots": "obey"}
    writer.write_record(writer.create_warcinfo_record(name, facts))
    return out.getvalue()


def _date(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _members(file: io.BufferedReader, start: int) -> Iterator[tuple[int, bytes]]:
    """The whole gzip members from an offset on: where each ends, and what it holds."""
    file.seek(start)
    end, left = start, b""
    while True:
        unzip, data = zlib.decompressobj(zlib.MAX_WBITS | 16), bytearray()
        while not unzip.eof:
            block = left or file.read(_BLOCK)
            if not block:
                return
            try:
                data += unzip.decompress(block)
            except zlib.error:
                return
            left = unzip.unused_data
            end += len(block) - len(left)
        yield end, bytes(data)


def _recovered(record: ArcWarcRecord, end: int) -> Recovered | None:
    """An exchange as its response record has it; None for a record that this package did not write."""
    told, http = record.rec_headers, record.http_headers
    key = told.get_header(KEY)
    if key is None or http is None:
        return None
    exchange = Exchange(
        address=told.get_header("WARC-Target-URI"),
        at=dt.datetime.fromisoformat(told.get_header("WARC-Date")),
        request=(),
        status=int(http.get_statuscode()),
        reason=http.statusline.partition(" ")[2],
        headers=tuple(http.headers),
        body=record.raw_stream.read(),
    )
    return Recovered(exchange, key, record.rec_type == "revisit", end)
