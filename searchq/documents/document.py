"""One document as it was found: its bytes, what kind it is, where it stood; or the reason there is none."""

import datetime as dt
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import force_setattr

from searchq.documents.content_type import Media, binary_kind, guess_media
from searchq.limits import MAX_DOCUMENT_BYTES
from searchq.question import Source

__all__ = [
    "Cancellation",
    "Rejection",
    "SourceDocument",
    "document_from",
    "document_of",
    "name_of",
    "printable",
    "read_bounded",
    "too_large",
]


class SourceDocument(Struct, frozen=True):
    """The bytes of one document, not yet understood.

    `charset` is the encoding its carrier declared (an HTTP header), None where there was none; `seen` is the day it was
    captured, where an archive tells. `source.layout` is still None: parsing finds it.
    """

    content: bytes
    media: Media
    source: Source
    charset: str | None = None
    seen: dt.date | None = None


class Rejection(Struct, frozen=True):
    """A document that gave no question: its name, and the reason as a clause ("it is empty"); both legible."""

    name: str
    reason: str

    def __post_init__(self) -> None:
        force_setattr(self, "name", printable(self.name))
        force_setattr(self, "reason", printable(self.reason))


class Cancellation(Rejection, frozen=True):
    """A record that says only that its question was cancelled: the number, and the day it tells of."""

    number: str
    day: dt.date | None = None


def document_of(stream: BinaryIO, announced: Media | None, source: Source) -> SourceDocument | Rejection:
    """The whole stream as one document, or its rejection; `announced` is the kind its name promises."""
    return document_from(read_bounded(stream), announced, source)


def document_from(
    content: bytes,
    announced: Media | None,
    source: Source,
    charset: str | None = None,
    seen: dt.date | None = None,
) -> SourceDocument | Rejection:
    """Content as a document, of the kind that it shows; its rejection when it is too large or no text."""
    if len(content) > MAX_DOCUMENT_BYTES:
        return too_large(source)
    if kind := binary_kind(content):
        return Rejection(name_of(source), f"it is {kind}, not text or HTML")
    return SourceDocument(content, guess_media(content, announced), source, charset, seen)


def read_bounded(stream: BinaryIO) -> bytes:
    """What a stream holds, at most one byte beyond MAX_DOCUMENT_BYTES of it."""
    parts: list[bytes] = []
    left = MAX_DOCUMENT_BYTES + 1
    while left > 0 and (part := stream.read(left)):
        parts.append(part)
        left -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def too_large(source: Source) -> Rejection:
    """The rejection of a document beyond the limit."""
    return Rejection(name_of(source), f"it is larger than {MAX_DOCUMENT_BYTES // 1024 // 1024} MB")


def name_of(source: Source) -> str:
    """What people call a document: `pages.zip:0001/5-1.txt`, `site.warc.gz:https://…`, `5-1.txt`."""
    inner = source.member or (source.address if source.path else None)
    outer = source.path or source.address or "a document"
    return f"{outer}:{inner}" if inner else outer


def printable(name: str) -> str:
    """A name that can be written anywhere: bytes that are no character and signs that show nothing are spelled out."""
    if name.isprintable():
        return name
    return "".join(char if char.isprintable() or char == "\xa0" else ascii(char)[1:-1] for char in name)
