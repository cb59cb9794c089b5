"""Files that hold many documents: zip, tar, gzip, WARC and WET archives, and lines of records.

Members are read one after the other from the open stream and never unpacked to disk. A member beyond the limit is
rejected by name before it is read whole, so a "bomb" costs at most MAX_DOCUMENT_BYTES of memory. An archive
that turns out to be broken gives the members before the fault and one rejection that names it.

    unpack(stream, source, shape)     shape: zip, tar, gzip, warc, lines
      └─ each member ── a document ─────────────> SourceDocument
                     └─ again an archive ───────> unpack, one level deeper (not zip: it needs a seekable file)
"""

import datetime as dt
import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from email.message import Message
from typing import BinaryIO, Final, Self, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.recordloader import ArcWarcRecord

from searchq.documents.archive_faults import reason_of
from searchq.documents.content_encoding import decode_body
from searchq.documents.content_type import SNIFFED_BYTES, Media, archive_format, media_in, media_of
from searchq.documents.document import (
    Rejection,
    SourceDocument,
    document_from,
    document_of,
    legible,
    name_of,
    read_bounded,
    too_large,
)
from searchq.errors import DocumentError
from searchq.limits import MAX_ARCHIVE_DEPTH, MAX_DOCUMENT_BYTES, MAX_MEMBER_NAME_BYTES
from searchq.question import Source

__all__ = ["unpack"]

Documents = Iterator[SourceDocument | Rejection]


def unpack(stream: BinaryIO, source: Source, shape: str, depth: int = 1) -> Documents:
    """The documents within an archive, in its order; faults become rejections, whatever they are."""
    if depth > MAX_ARCHIVE_DEPTH:
        yield Rejection(name_of(source), f"archives are nested more than {MAX_ARCHIVE_DEPTH} deep")
        return
    try:
        yield from _UNPACKERS[shape](stream, source, depth)
    except Exception as error:  # hostile archives raise nearly anything from within the libraries that read them
        yield Rejection(name_of(source), f"it is a broken archive from here on: {reason_of(error)}")


def _unzip(stream: BinaryIO, source: Source, depth: int) -> Documents:
    if depth > 1:
        yield Rejection(name_of(source), "it is a zip file within another archive: unpack it first")
        return
    with zipfile.ZipFile(stream) as archive:
        for info in archive.infolist():
            member = Source(source.path, legible(info.filename))
            if info.is_dir() or _hidden(info.filename):
                continue
            if info.flag_bits & _ENCRYPTED:
                yield Rejection(name_of(member), "it cannot be unpacked: it is encrypted")
                continue
            try:
                with archive.open(info) as content:
                    yield from _open_member(cast(BinaryIO, content), member, info.file_size, depth)
            except Exception as error:  # one bad member (checksum, password, method) does not spoil the others
                yield Rejection(name_of(member), f"it cannot be unpacked: {reason_of(error)}")


_ENCRYPTED: Final = 1  # bit of a zip member's flags


def _untar(stream: BinaryIO, source: Source, depth: int) -> Documents:
    with tarfile.open(fileobj=stream, mode="r|*", tarinfo=_TarMember) as archive:
        for info in archive:
            member = Source(source.path, _join(source.member, legible(info.name)))
            if info.isdir() or _hidden(info.name):
                continue
            if not info.isreg():
                yield Rejection(name_of(member), "it is a link or a device, not a file")
            elif content := archive.extractfile(info):
                yield from _open_member(cast(BinaryIO, content), member, info.size, depth)
            archive.members.clear()  # type: ignore[attr-defined]  # tarfile remembers every member otherwise


_DESCRIBING: Final = frozenset(  # headers that tell of the member to come
    {tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE}
)


class _TarMember(tarfile.TarInfo):
    """A member whose name and attributes have a bound: tarfile reads them whole, whatever size they claim."""

    def _proc_member(self, archive: tarfile.TarFile) -> Self | None:
        """Pass on a header; the hook that tarfile names for subclasses, called for every header in all its versions.

        Raises DocumentError where a name or attributes are larger than MAX_MEMBER_NAME_BYTES.
        """
        if self.type in _DESCRIBING and self.size > MAX_MEMBER_NAME_BYTES:
            raise DocumentError(f"the name of a member is larger than {MAX_MEMBER_NAME_BYTES // 1024} kB")
        return cast("Self | None", super()._proc_member(archive))  # type: ignore[misc]


def _gunzip(stream: BinaryIO, source: Source, depth: int) -> Documents:
    with gzip.GzipFile(fileobj=stream) as unzipped:
        content = io.BufferedReader(cast(io.RawIOBase, unzipped))
        name = (source.member or source.path or "").removesuffix(".gz")
        shape = archive_format(content.peek(SNIFFED_BYTES), name)
        if shape is not None:
            yield from unpack(content, source, shape, depth + 1)
        else:
            yield document_of(content, media_of(name), source)


def _unwarc(stream: BinaryIO, source: Source, depth: int) -> Documents:
    for record in ArchiveIterator(stream):
        page = _page(record, source) if record.rec_type in _WARC_PAGES else None
        if not _is_whole(record):
            raise DocumentError("it ends within a record")
        if page is not None:
            yield page


def _lines(stream: BinaryIO, source: Source, depth: int) -> Documents:
    """The records of a file of lines; a file without one of ours is rejected as a whole."""
    held: list[SourceDocument] = []  # before the first record of ours
    count = 0
    for line in _numbered(stream, source):
        if isinstance(line, Rejection) or all(key in line.content for key in _RECORD_KEYS):
            yield from held
            yield line
            break
        count += 1
        if len(held) < _LINES_HELD:
            held.append(line)
    else:
        yield Rejection(name_of(source), f"it holds no exported record ({count:,} lines)" if count else "it is empty")
        return
    if count > len(held):
        yield Rejection(f"{name_of(source)}:{len(held) + 1}", f"{count - len(held):,} lines hold no exported record")
    yield from _numbered(stream, source, count + 1)


def _numbered(stream: BinaryIO, source: Source, number: int = 0) -> Documents:
    while line := stream.readline(MAX_DOCUMENT_BYTES + 1):
        number += 1
        member = Source(source.path, _join(source.member, str(number)), layout="record")
        if len(line) > MAX_DOCUMENT_BYTES:
            yield too_large(member)
            return
        if line.strip():
            yield SourceDocument(line, "record", member)


_UNPACKERS: Final[dict[str, Callable[[BinaryIO, Source, int], Documents]]] = {
    "zip": _unzip,
    "tar": _untar,
    "gzip": _gunzip,
    "warc": _unwarc,
    "lines": _lines,
}

_WARC_PAGES: Final = frozenset({"response", "resource", "conversion"})  # the rest tells of the crawl, not of pages
_WARC_MEDIA: Final[dict[str, Media | None]] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "application/octet-stream": None,
    "": None,
}
_RECORD_KEYS: Final = (b'"number"', b'"source"')
_LINES_HELD: Final = 100  # lines before the first record that are judged each by itself


def _open_member(content: BinaryIO, member: Source, size: int, depth: int) -> Documents:
    peekable = content if hasattr(content, "peek") else io.BufferedReader(cast(io.RawIOBase, content))
    name = member.member or ""
    shape = archive_format(peekable.peek(SNIFFED_BYTES)[:SNIFFED_BYTES], name)
    if shape is not None:
        yield from unpack(peekable, member, shape, depth + 1)
    elif size > MAX_DOCUMENT_BYTES:
        yield too_large(member)
    else:
        yield document_of(peekable, media_of(name), member)


def _page(record: ArcWarcRecord, source: Source) -> SourceDocument | Rejection:
    address = record.rec_headers.get_header("WARC-Target-URI")
    member = Source(source.path, source.member, address and legible(address))
    headers = record.http_headers or record.rec_headers
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if status != "200":
        return Rejection(name_of(member), f"the site answered with status {status}")
    media, charset = _content_type(headers.get_header("Content-Type") or "")
    try:
        content = _body(record)
    except DocumentError as error:
        return Rejection(name_of(member), str(error))
    if media not in _WARC_MEDIA and media_in(content) is None:
        return Rejection(name_of(member), f"it is {media or 'of unknown kind'}, not text or HTML")
    return document_from(content, _WARC_MEDIA.get(media), member, charset, _day(record))


def _day(record: ArcWarcRecord) -> dt.date | None:
    """The day of a capture."""
    try:
        return dt.date.fromisoformat((record.rec_headers.get_header("WARC-Date") or "")[:10])
    except ValueError:
        return None


def _body(record: ArcWarcRecord) -> bytes:
    """The content of a record, without the encodings it was sent in. Raises DocumentError."""
    headers = record.http_headers
    stream = record.raw_stream
    if headers and (headers.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        stream = ChunkedDataReader(stream)
    encodings = (headers.get_header("Content-Encoding") or "") if headers else ""
    return decode_body(read_bounded(cast(BinaryIO, stream)), encodings, MAX_DOCUMENT_BYTES)


def _is_whole(record: ArcWarcRecord) -> bool:
    """Whether a record, read to its end, was as long as it said; a download broken off ends within one."""
    while record.raw_stream.read(io.DEFAULT_BUFFER_SIZE):
        pass
    return getattr(record.raw_stream, "limit", None) == 0


def _content_type(header: str) -> tuple[str, str | None]:
    message = Message()
    message["Content-Type"] = header or "x/x"
    return (message.get_content_type() if header else ""), message.get_content_charset()


def _hidden(name: str) -> bool:
    """Whether a member is a dot file or an archiver's own (`__MACOSX`), as a folder listing hides them."""
    return any(part.startswith((".", "__MACOSX")) and part not in (".", "..") for part in name.split("/"))


def _join(outer: str | None, inner: str) -> str:
    return f"{outer}:{inner}" if outer else inner
