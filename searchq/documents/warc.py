"""WARC and WET archives: each page that a crawler captured, with its address, its day and its content."""

import datetime as dt
import io
from collections.abc import Iterator
from email.message import Message
from typing import BinaryIO, Final, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader, DecompressingBufferedReader
from warcio.limitreader import LimitReader
from warcio.recordloader import ArcWarcRecord

from searchq.documents.budget import Budget
from searchq.documents.content_encoding import decode_body
from searchq.documents.content_type import Media, is_chamber, media_in
from searchq.documents.document import Rejection, SourceDocument, document_from, name_of, printable, read_bounded
from searchq.errors import DocumentError
from searchq.limits import MAX_DOCUMENT_BYTES, MAX_MEMBER_NAME_BYTES
from searchq.question import Source

__all__ = ["read_warc"]

_PAGES: Final = frozenset({"response", "resource", "conversion"})  # the rest tells of the crawl, not of pages
_MEDIA: Final[dict[str, Media | None]] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "application/octet-stream": None,
    "": None,
}
_MAX_BODY_BYTES: Final = 2 * MAX_DOCUMENT_BYTES  # as it was sent, in chunks


def read_warc(stream: BinaryIO, source: Source, budget: Budget) -> Iterator[SourceDocument | Rejection]:
    """The pages of an archive that is not compressed (any more). Raises DocumentError where it ends within a record."""
    archive = ArchiveIterator(stream)
    archive.reader = _HeadReader(stream, decomp_type=None)
    for record in archive:
        page = _page(record, source, budget) if record.rec_type in _PAGES else None
        if not _is_whole(record):
            raise DocumentError("it ends within a record")
        if page is not None:
            yield page


class _HeadReader(DecompressingBufferedReader):  # type: ignore[misc]  # warcio has no types
    """A reader of records whose heads have a bound; warcio reads a line however long it is."""

    def __init__(self, stream: BinaryIO, **options: object) -> None:
        super().__init__(stream, **options)
        self._head = 0

    def read(self, length: int | None = None) -> bytes:
        self._head = 0
        return cast(bytes, super().read(length))

    def readline(self, length: int | None = None) -> bytes:
        line = cast(bytes, super().readline(min(length or MAX_MEMBER_NAME_BYTES, MAX_MEMBER_NAME_BYTES)))
        self._head += len(line)
        if self._head >= MAX_MEMBER_NAME_BYTES:
            raise DocumentError(f"the head of a record is larger than {MAX_MEMBER_NAME_BYTES // 1024} kB")
        return line


def _page(record: ArcWarcRecord, source: Source, budget: Budget) -> SourceDocument | Rejection:
    address = record.rec_headers.get_header("WARC-Target-URI")
    member = Source(source.path, source.member, address and printable(address))
    headers = record.http_headers or record.rec_headers
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if status != "200":
        return Rejection(name_of(member), f"the site answered with status {status}")
    media, charset = _content_type(headers.get_header("Content-Type") or "")
    try:
        content = _body(record, budget)
    except DocumentError as error:
        return Rejection(name_of(member), str(error))
    if media not in _MEDIA and media_in(content) is None and not is_chamber(content):
        return Rejection(name_of(member), f"it is {media or 'of unknown kind'}, not text or HTML")
    return document_from(content, _MEDIA.get(media), member, charset, _day(record))


def _body(record: ArcWarcRecord, budget: Budget) -> bytes:
    """The content of a record, without the encodings it was sent in. Raises DocumentError."""
    headers = record.http_headers
    stream = record.raw_stream
    if headers and (headers.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        stream = ChunkedDataReader(LimitReader(stream, _MAX_BODY_BYTES))
    encodings = (headers.get_header("Content-Encoding") or "") if headers else ""
    sent = read_bounded(cast(BinaryIO, stream))
    content = decode_body(sent, encodings, MAX_DOCUMENT_BYTES)
    if content is not sent:
        budget.unpack(len(content))
    return content


def _day(record: ArcWarcRecord) -> dt.date | None:
    """The day of a capture."""
    try:
        return dt.date.fromisoformat((record.rec_headers.get_header("WARC-Date") or "")[:10])
    except ValueError:
        return None


def _is_whole(record: ArcWarcRecord) -> bool:
    """Whether a record, read to its end, was as long as it said; a download broken off ends within one."""
    while record.raw_stream.read(io.DEFAULT_BUFFER_SIZE):
        pass
    return getattr(record.raw_stream, "limit", None) == 0


def _content_type(header: str) -> tuple[str, str | None]:
    message = Message()
    message["Content-Type"] = header or "x/x"
    return (message.get_content_type() if header else ""), message.get_content_charset()
