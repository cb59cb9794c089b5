"""Files that hold many documents: zip, tar, compressed files, WARC and WET archives, and lines of records.

Members are read one after the other from the open stream and never unpacked to disk. A member beyond the limit is
rejected by name before it is read whole, and an archive has a budget for what it unpacks to and how long that takes.
One that turns out to be broken, or to cost too much, gives the members before that and one rejection that says so.

    unpack(stream, source, shape)     shape: zip, tar, compressed, warc, lines
      └─ each member ── a document ─────────────> SourceDocument
                     └─ again an archive ───────> unpacked, one level deeper (not zip: it needs a seekable file)
"""

import io
import os
import zipfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import BinaryIO, Final, cast

from searchq.documents.archive_faults import reason_of
from searchq.documents.budget import Budget, BudgetExceeded, Metered
from searchq.documents.content_type import SNIFFED_BYTES, archive_format, inner_name, media_of
from searchq.documents.document import Rejection, SourceDocument, document_of, name_of, printable, too_large
from searchq.documents.record_lines import read_lines
from searchq.documents.tar import open_tar, tar_members
from searchq.documents.unpacking import compression, unpacked
from searchq.documents.warc import read_warc
from searchq.errors import DocumentError
from searchq.limits import MAX_ARCHIVE_DEPTH, MAX_DOCUMENT_BYTES
from searchq.python_release import warn_once
from searchq.question import Source

__all__ = ["unpack"]

_OF_PYTHON: Final = ("zip", "tar")  # read by modules of Python's own

Documents = Iterator[SourceDocument | Rejection]


def unpack(stream: io.BufferedReader, source: Source, shape: str) -> Documents:
    """The documents within an archive, in its order; faults become rejections, whatever they are."""
    if stream.seekable():
        budget = Budget(stream.seek(0, os.SEEK_END))
        stream.seek(0)
    else:
        budget = Budget()
        stream = io.BufferedReader(Metered(stream, budget.read))
    documents = _unpack(stream, source, shape, budget, 1)
    try:
        while document := budget.timed(documents):
            yield document
    except BudgetExceeded as error:
        yield Rejection(name_of(source), f"{error}; the rest of it is not read")


def _unpack(stream: io.BufferedReader, source: Source, shape: str, budget: Budget, depth: int) -> Documents:
    if depth > MAX_ARCHIVE_DEPTH:
        yield Rejection(name_of(source), f"archives are nested more than {MAX_ARCHIVE_DEPTH} deep")
        return
    if shape in _OF_PYTHON:
        warn_once()
    try:
        yield from _UNPACKERS[shape](stream, source, budget, depth)
    except BudgetExceeded:
        raise
    except Exception as error:  # hostile archives raise nearly anything from within the libraries that read them
        yield Rejection(name_of(source), f"it is a broken archive from here on: {reason_of(error)}")


def _unzip(stream: io.BufferedReader, source: Source, budget: Budget, depth: int) -> Documents:
    if depth > 1 or not stream.seekable():
        yield Rejection(name_of(source), "it is a zip file within another archive: unpack it first")
        return
    with zipfile.ZipFile(stream) as archive:
        overlapping = _overlapping(archive.infolist())
        for info in archive.infolist():
            member = Source(source.path, printable(info.filename))
            if info.is_dir() or _hidden(info.filename):
                continue
            if info.flag_bits & _ENCRYPTED:
                yield Rejection(name_of(member), "it cannot be unpacked: it is encrypted")
                continue
            if info in overlapping:
                yield Rejection(name_of(member), "it cannot be unpacked: it overlaps another member")
                continue
            try:
                with archive.open(info) as opened:
                    metered = io.BufferedReader(Metered(cast(BinaryIO, opened), budget.unpack))
                    content = cast("io.BufferedReader", metered)
                    yield from _open_member(content, member, info.file_size, budget, depth)
            except BudgetExceeded:
                raise
            except Exception as error:  # one bad member (checksum, password, method) does not spoil the others
                yield Rejection(name_of(member), f"it cannot be unpacked: {reason_of(error)}")


_ENCRYPTED: Final = 1  # bit of a zip member's flags
_LOCAL_HEADER_BYTES: Final = 30  # before the name of a zip member


def _overlapping(members: list[zipfile.ZipInfo]) -> set[zipfile.ZipInfo]:
    """The members that reach into the next one, as zip bombs do; only some versions of zipfile refuse them."""
    found = set()
    for info, following in pairwise(sorted(members, key=lambda info: info.header_offset)):
        if info.header_offset + _LOCAL_HEADER_BYTES + info.compress_size > following.header_offset:
            found.add(info)
        if info.header_offset == following.header_offset:
            found.add(following)
    return found


def _untar(stream: io.BufferedReader, source: Source, budget: Budget, depth: int) -> Documents:
    with open_tar(stream) as archive:
        for info in tar_members(archive):
            budget.check()
            member = Source(source.path, _join(source.member, printable(info.name)))
            if info.isdir() or _hidden(info.name):
                continue
            if not info.isreg():
                yield Rejection(name_of(member), "it is a link or a device, not a file")
            elif content := archive.extractfile(info):
                yield from _open_member(cast(io.BufferedReader, content), member, info.size, budget, depth)


def _decompress(stream: io.BufferedReader, source: Source, budget: Budget, depth: int) -> Documents:
    """The one document of a compressed file, or the archive in it, which is no level of its own."""
    kind = compression(stream.peek(SNIFFED_BYTES))
    if kind is None:
        raise DocumentError("it is not compressed")
    content = unpacked(stream, kind, budget)
    name = inner_name(source.member or source.path or "")
    shape = archive_format(content.peek(SNIFFED_BYTES)[:SNIFFED_BYTES], name)
    if shape is not None:
        yield from _unpack(content, source, shape, budget, depth + (shape == "compressed"))
    else:
        yield document_of(content, media_of(name), source)


_UNPACKERS: Final[dict[str, Callable[[io.BufferedReader, Source, Budget, int], Documents]]] = {
    "zip": _unzip,
    "tar": _untar,
    "compressed": _decompress,
    "warc": lambda stream, source, budget, depth: read_warc(stream, source, budget),
    "lines": lambda stream, source, budget, depth: read_lines(stream, source),
}


def _open_member(content: io.BufferedReader, member: Source, size: int, budget: Budget, depth: int) -> Documents:
    name = member.member or ""
    shape = archive_format(content.peek(SNIFFED_BYTES)[:SNIFFED_BYTES], name)
    if shape is not None:
        yield from _unpack(content, member, shape, budget, depth + 1)
    elif size > MAX_DOCUMENT_BYTES:
        yield too_large(member)
    else:
        yield document_of(content, media_of(name), member)


def _hidden(name: str) -> bool:
    """Whether a member is a dot file or an archiver's own (`__MACOSX`), as a folder listing hides them."""
    return any(part.startswith((".", "__MACOSX")) and part not in (".", "..") for part in name.split("/"))


def _join(outer: str | None, inner: str) -> str:
    return f"{outer}:{inner}" if outer else inner
