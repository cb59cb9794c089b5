"""What a file is: judged by how it begins, and by its ending where that does not tell.

Crawlers name files after addresses (`index.html?MIval=…&LEG=5&NR=130`), and browsers save what they like under `.html`:
so an ending announces, and the content decides.
"""

import re
from typing import Final, Literal

__all__ = [
    "MEDIA",
    "SNIFFED_BYTES",
    "Media",
    "archive_format",
    "binary_kind",
    "guess_media",
    "inner_name",
    "is_chamber",
    "media_of",
    "suffix_of",
]

Media = Literal["text", "html", "record", "chamber"]

MEDIA: Final[dict[str, Media]] = {".txt": "text", ".text": "text", ".html": "html", ".htm": "html"}
_ARCHIVES: Final = (
    (".tgz", "compressed"),
    (".tbz2", "compressed"),
    (".txz", "compressed"),
    (".gz", "compressed"),
    (".bz2", "compressed"),
    (".xz", "compressed"),
    (".warc", "warc"),
    (".wet", "warc"),
    (".tar", "tar"),
    (".zip", "zip"),
    (".jsonl", "lines"),
    (".ndjson", "lines"),
)
_INNER: Final = ((".tgz", ".tar"), (".tbz2", ".tar"), (".txz", ".tar"), (".gz", ""), (".bz2", ""), (".xz", ""))

SNIFFED_BYTES: Final = 4096  # how much of a file tells its kind; the mark of a tar file stands at 257
_MAGIC: Final = re.compile(
    rb"(?P<zip>PK\x03\x04(?!.{26}(?:\[Content_Types\]|mimetype|META-INF|_rels))|PK\x05\x06)"
    rb"|(?P<compressed>\x1f\x8b|BZh[1-9](?:1AY&SY|\x17\x72\x45)|\xfd7zXZ\x00)|(?P<tar>.{257}ustar)"
    rb"|(?P<warc>WARC/[0-9])|(?P<lines>\{\")",
    re.DOTALL,
)
_BINARY: Final = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"RIFF", "an image or a recording"),
    (b"\0\0\1\0", "an icon"),
    (b"\0\1\0\0", "a font"),
    (b"OTTO", "a font"),
    (b"wOF", "a font"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"PK\x03\x04", "an Office document"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"SQLite format 3\0", "a database"),
    (b"\x7fELF", "a program"),
)
_MARKS: Final = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")  # of UTF-16 and UTF-32, whose text holds zero bytes
_CONTROLS: Final = bytes([*range(8), *range(14, 27), *range(28, 32)])
_MAX_CONTROLS: Final = 0.04  # of the bytes of a text; packed or drawn bytes have a tenth
_TAG: Final = re.compile(
    rb"\s*<(?:!doctype\s|!--|\?xml|/?(?:html|head|title|meta|link|script|style|base|body|frameset|table|center|div|font"
    rb"|form|main|article|section|h[1-6]|p|pre|br|hr|a|b|span|img)\b)",
    re.IGNORECASE,
)
_PAGE: Final = re.compile(rb"<!doctype\s+html|<html[\s>]|<body[\s>]", re.IGNORECASE)
_CHAMBER: Final = re.compile(rb"\"(?:SDOCNAME|QUESTNUM)\"\s*:|<QRVADOC[\s>/]")  # of the Chamber's service
_ANY_TAG: Final = re.compile(rb"</?[a-z][a-z0-9]{0,10}(?:\s[^<>]*)?/?>|&(?:[a-z]{2,8}|#[0-9]{2,6});", re.IGNORECASE)


def archive_format(start: bytes, name: str) -> str | None:
    """Of which kind an archive is that begins so and has that name; None for a single document."""
    if found := _MAGIC.match(start):
        return None if found.lastgroup == "lines" and _goes_on(start) else found.lastgroup
    if media_in(start) == "html" or binary_kind(start):
        return None
    lower = name.lower()
    return next((archive for ending, archive in _ARCHIVES if lower.endswith(ending)), None)


def _goes_on(start: bytes) -> bool:
    """Whether the first line of JSON is only a part of it."""
    line, end, _ = start.partition(b"\n")
    return bool(end) and not line.rstrip().endswith(b"}")


def inner_name(name: str) -> str:
    """The name of what a compressed file holds: `pages.tar` of `pages.tgz`."""
    for ending, inner in _INNER:
        if name.lower().endswith(ending):
            return name[: -len(ending)] + inner
    return name


def media_of(name: str) -> Media | None:
    """The kind of document that a name announces."""
    return MEDIA.get(suffix_of(name))


def guess_media(content: bytes, announced: Media | None = None) -> Media:
    """Of which kind a document is, as its content shows."""
    if is_chamber(content):
        return "chamber"
    found = media_in(content)
    if found is None and announced == "html" and not _ANY_TAG.search(content):
        return "text"
    return found or announced or "text"


def is_chamber(content: bytes) -> bool:
    """Whether a document is JSON or XML with records of the Chamber's service."""
    start = content[:64].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe \t\r\n")
    if not start.startswith((b"{", b"[", b"<?xml", b"<result", b"<items", b"<QRVADOC")):
        return False
    return _CHAMBER.search(content.replace(b"\0", b"") if b"\0" in content[:64] else content) is not None


def media_in(content: bytes) -> Media | None:
    """`html` where the beginning of a document shows it."""
    start = content[:SNIFFED_BYTES].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe")
    return "html" if _TAG.match(start) or _PAGE.search(start) else None


def binary_kind(content: bytes) -> str | None:
    """What a document is that is no text, by its beginning; None for a text."""
    start = content[:SNIFFED_BYTES]
    for magic, kind in _BINARY:
        if start.startswith(magic):
            return kind
    if start.startswith(_MARKS):
        return None
    controls = len(start) - len(start.translate(None, _CONTROLS))
    return "binary data" if controls > _MAX_CONTROLS * len(start) else None


def suffix_of(path: str) -> str:
    """The ending of a file name in lower case, with its dot; empty where there is none."""
    stem, dot, ending = path.rpartition(".")
    return f".{ending.lower()}" if dot and stem[-1:] not in ("", "/") and "/" not in ending else ""
