"""One document as it was found: its bytes, what kind it is, where it stood; or the reason there is none."""

from dataclasses import dataclass
from typing import BinaryIO, Literal

from searchq.limits import MAX_DOCUMENT_BYTES
from searchq.question import Source

__all__ = [
    "MEDIA",
    "Media",
    "Rejection",
    "SourceDocument",
    "document_of",
    "guess_media",
    "legible",
    "name_of",
    "suffix_of",
    "too_large",
]

Media = Literal["text", "html", "record"]

MEDIA: dict[str, Media] = {".txt": "text", ".text": "text", ".html": "html", ".htm": "html"}

_HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")
_SNIFFED_BYTES = 256


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """The bytes of one document, not yet understood.

    `charset` is the encoding its carrier declared (an HTTP header), None where there was none.
    `source.layout` is still None: parsing finds it.
    """

    content: bytes
    media: Media
    source: Source
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """A document that gave no question: its name, and the reason as a clause ("it is empty"); both legible."""

    name: str
    reason: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", legible(self.name))
        object.__setattr__(self, "reason", legible(self.reason))


def document_of(
    stream: BinaryIO, media: Media | None, source: Source, charset: str | None = None
) -> SourceDocument | Rejection:
    """The whole stream as one document, or its rejection when it is larger than MAX_DOCUMENT_BYTES.

    Reads at most one byte beyond the limit. With `media` None the content tells its kind.
    """
    parts: list[bytes] = []
    left = MAX_DOCUMENT_BYTES + 1
    while left > 0 and (part := stream.read(left)):
        parts.append(part)
        left -= len(part)
    if left <= 0:
        return too_large(source)
    content = parts[0] if len(parts) == 1 else b"".join(parts)
    if media is None or media == "text":
        media = guess_media(content)
    return SourceDocument(content, media, source, charset)


def too_large(source: Source) -> Rejection:
    """The rejection of a document beyond the limit."""
    return Rejection(name_of(source), f"it is larger than {MAX_DOCUMENT_BYTES // 1024 // 1024} MB")


def guess_media(content: bytes) -> Media:
    """Whether content without a telling name is HTML or plain text."""
    start = content[:_SNIFFED_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return "html" if start.startswith(_HTML_STARTS) else "text"


def name_of(source: Source) -> str:
    """What people call a document: `pages.zip:0001/5-1.txt`, `site.warc.gz:https://…`, `5-1.txt`."""
    inner = source.member or (source.address if source.path else None)
    outer = source.path or source.address or "a document"
    return f"{outer}:{inner}" if inner else outer


def legible(name: str) -> str:
    """A name that can be written anywhere: bytes that are no character and signs that show nothing are spelled out."""
    if name.isprintable():
        return name
    return "".join(char if char.isprintable() or char == "\xa0" else ascii(char)[1:-1] for char in name)


def suffix_of(path: str) -> str:
    """The ending of a file name in lower case, with its dot; empty where there is none."""
    stem, dot, ending = path.rpartition(".")
    return f".{ending.lower()}" if dot and stem[-1:] not in ("", "/") and "/" not in ending else ""
