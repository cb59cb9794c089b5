"""Pages that a browser saved as a single file (MHTML): a letter whose first part in HTML is the page.

Read by hand: `email` takes seconds for parts by the million, and its recursion as many calls as parts lie in others.
"""

import binascii
import re
from collections.abc import Callable, Mapping
from typing import Final

from msgspec.structs import replace

from searchq.documents.content_type import SNIFFED_BYTES, guess_media
from searchq.documents.document import SourceDocument

__all__ = ["unwrapped"]

_LETTER: Final = re.compile(rb"\s*[A-Za-z][A-Za-z-]{2,40}:[ \t]")
_PARTS: Final = re.compile(rb"^Content-Type:\s*multipart/(?:related|alternative|mixed)", re.IGNORECASE | re.MULTILINE)
_PART: Final = re.compile(
    rb"^--(?P<boundary>[^\r\n]{1,200}+)\r?\n(?P<head>(?:[^\r\n]{1,4000}+\r?\n){1,50}+)\r?\n", re.MULTILINE
)
_HEADER: Final = re.compile(rb"^(?P<name>[A-Za-z-]+):[ \t]*(?P<value>[^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*)", re.MULTILINE)
_PAGE: Final = re.compile(r"text/html|application/xhtml\+xml", re.IGNORECASE)
_CHARSET: Final = re.compile(r"\bcharset\s*=\s*\"?([\w.:-]{1,40})", re.IGNORECASE)
_DECODERS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "quoted-printable": binascii.a2b_qp,
    "base64": binascii.a2b_base64,
}


def unwrapped(document: SourceDocument) -> SourceDocument:
    """The page within a document that is a single file; any other document as it is."""
    content = document.content
    if not _LETTER.match(content) or not _PARTS.search(content, 0, SNIFFED_BYTES):
        return document
    for part in _PART.finditer(content):
        headers = _headers(part["head"])
        if _PAGE.match(headers.get("content-type", "")):
            end = content.find(b"\n--" + part["boundary"].rstrip(), part.end())
            return _page(headers, content[part.end() : end if end >= 0 else len(content)], document)
    return document


def _headers(head: bytes) -> dict[str, str]:
    return {
        found["name"].decode("ascii").lower(): re.sub(r"\s*\n\s*", "", found["value"].decode("latin-1"))
        for found in _HEADER.finditer(head)
    }


def _page(headers: dict[str, str], body: bytes, document: SourceDocument) -> SourceDocument:
    decoder = _DECODERS.get(headers.get("content-transfer-encoding", "").strip().lower(), bytes)
    try:
        content = decoder(body)
    except binascii.Error:  # cut within a sign
        return document
    address = headers.get("content-location", "").strip()
    is_told = document.source.address is None and address.startswith(("http://", "https://"))
    charset = _CHARSET.search(headers["content-type"])
    return replace(
        document,
        content=content,
        media=guess_media(content, "html"),
        source=replace(document.source, address=address) if is_told else document.source,
        charset=charset[1] if charset else document.charset,
    )
