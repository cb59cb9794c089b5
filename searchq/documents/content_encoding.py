"""The body of an HTTP response as it was before its server compressed it: gzip, deflate, zstd, br.

A crawler may have unpacked a body and left its headers as they were: what cannot be unpacked and reads as text is taken
as it is. Whatever else cannot be unpacked is rejected with the name of its encoding, never read as it stands.
"""

import io
import zlib
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

import zstandard

from searchq.documents.content_type import binary_kind
from searchq.errors import DocumentError

__all__ = ["decode_body", "encoding_in"]

_ZSTD_WINDOW: Final = 8 * 1024 * 1024  # the most a browser allows (RFC 9659)
_PIECE: Final = 256  # bytes handed to a decompressor that has no bound of its own
_LARGE_PIECE: Final = 64 * 1024
_MAGIC: Final = ((b"\x1f\x8b", "gzip"), (b"\x28\xb5\x2f\xfd", "zstd"))


class _Broken(Exception):
    """The bytes are not what their encoding says, or end early."""


def decode_body(body: bytes, encodings: str, limit: int) -> bytes:
    """The body unpacked, at most `limit` bytes of it and one more; `encodings` is the header, "" where there was none.

    Raises DocumentError, naming an encoding that is unknown, broken, or needs a library that is not installed.
    """
    named = [name for part in encodings.lower().split(",") if (name := part.strip()) not in ("", "identity", "none")]
    for name in reversed(named or [encoding for encoding in [encoding_in(body)] if encoding]):
        if (decoder := _DECODERS.get(name.removeprefix("x-"))) is None:
            raise DocumentError(f"it is encoded as “{name}”, which is not read")
        try:
            body = decoder(body, limit + 1)
        except _Broken as error:
            if not _reads_as_text(body):
                raise DocumentError(f"its {name} encoding is broken or cut off") from error
    return body


def encoding_in(body: bytes) -> str | None:
    """The encoding that the first bytes of a body show."""
    return next((name for magic, name in _MAGIC if body.startswith(magic)), None)


def _reads_as_text(body: bytes) -> bool:
    return encoding_in(body) is None and binary_kind(body) is None and b"\0" not in body


def _inflate(window: int) -> Callable[[bytes, int], bytes]:
    def decode(body: bytes, most: int) -> bytes:
        parts: list[bytes] = []
        at = 0
        while at < len(body) and most > 0:
            part, at = _member(body, at, window, most)
            parts.append(part)
            most -= len(part)
        return b"".join(parts)

    return decode


def _member(body: bytes, at: int, window: int, most: int) -> tuple[bytes, int]:
    """What a member holds, and where the next one begins; fed in growing pieces, since its end copies what follows."""
    decoder, parts, step = zlib.decompressobj(window), list[bytes](), _PIECE
    while not decoder.eof and most > 0:
        piece = body[at : at + step]
        if not piece:
            raise _Broken
        try:
            parts.append(decoder.decompress(piece, most))
        except zlib.error as error:
            raise _Broken from error
        at, step, most = at + len(piece), min(2 * step, _LARGE_PIECE), most - len(parts[-1])
    at -= len(decoder.unused_data)
    while zeros := len(piece := body[at : at + _LARGE_PIECE]) - len(piece.lstrip(b"\0")):
        at += zeros
    return b"".join(parts), at


def _deflate(body: bytes, most: int) -> bytes:
    """With the head that the standard asks for, or without, as some servers send it."""
    try:
        return _inflate(zlib.MAX_WBITS)(body, most)
    except _Broken:
        return _inflate(-zlib.MAX_WBITS)(body, most)


def _zstd(body: bytes, most: int) -> bytes:
    try:
        decoder = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
        content = _fed(decoder.decompress, body, most)
    except zstandard.ZstdError as error:
        raise _Broken from error
    if not decoder.eof and len(content) < most:
        raise _Broken
    return content


def _brotli(body: bytes, most: int) -> bytes:
    try:
        brotli: Any = import_module("brotli")
    except ImportError as error:
        raise DocumentError("it is encoded with Brotli (br); to read it: pip install 'searchq[brotli]'") from error
    decoder = brotli.Decompressor()
    try:
        content = _fed(decoder.process, body, most)
    except brotli.error as error:
        raise _Broken from error
    if not decoder.is_finished() and len(content) < most:
        raise _Broken
    return content


def _fed(decompress: Callable[[bytes], bytes], body: bytes, most: int) -> bytes:
    """What a decompressor makes of a body, fed so that no piece can grow beyond measure."""
    content, stream = io.BytesIO(), io.BytesIO(body)
    while content.tell() < most and (piece := stream.read(_PIECE)):
        content.write(decompress(piece))
    return content.getvalue()[:most]


_DECODERS: Final[dict[str, Callable[[bytes, int], bytes]]] = {
    "gzip": _inflate(16 + zlib.MAX_WBITS),
    "deflate": _deflate,
    "zstd": _zstd,
    "br": _brotli,
}
