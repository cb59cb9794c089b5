"""Compressed streams read piece by piece: gzip, bzip2 and xz, of one member or several, never more than asked for.

Readers of the standard library hand a decompressor all they have read, and 800 bytes of bzip2 become 1.8 GB.
"""

import bz2
import io
import lzma
import zlib
from collections.abc import Callable
from typing import BinaryIO, Final, Protocol

from searchq.documents.budget import Budget
from searchq.errors import DocumentError

__all__ = ["compression", "unpacked"]

_READ_BYTES: Final = 64 * 1024
_XZ_MEMORY: Final = 128 * 1024 * 1024  # the highest level takes 65 MB


class _Decompressor(Protocol):
    """What decompressors of bzip2 and xz have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class _Gzip:
    """The same for gzip, whose decompressor does not keep what it has not read yet."""

    def __init__(self) -> None:
        self._own = zlib.decompressobj(16 + zlib.MAX_WBITS)

    @property
    def eof(self) -> bool:
        return self._own.eof

    @property
    def needs_input(self) -> bool:
        return not self._own.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._own.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._own.decompress(self._own.unconsumed_tail + data, max_length)


_KINDS: Final[tuple[tuple[bytes, Callable[[], _Decompressor]], ...]] = (
    (b"\x1f\x8b", _Gzip),
    (b"BZh", bz2.BZ2Decompressor),
    (b"\xfd7zXZ\x00", lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)),
)


def compression(start: bytes) -> Callable[[], _Decompressor] | None:
    """What unpacks a stream that begins so; None where it is not compressed."""
    return next((kind for magic, kind in _KINDS if start.startswith(magic)), None)


def unpacked(stream: BinaryIO, kind: Callable[[], _Decompressor], budget: Budget) -> io.BufferedReader:
    """The content of a compressed stream. Reading raises BudgetExceeded, DocumentError where it is cut off, and what
    the decompressor raises."""
    return io.BufferedReader(_Unpacked(stream, kind, budget))


class _Unpacked(io.RawIOBase):
    """After an error each reading raises it again: a decompressor that has failed may not be asked any more, since
    several versions of Python then write where they must not (CVE-2026-6100, CVE-2026-9669)."""

    def __init__(self, stream: BinaryIO, kind: Callable[[], _Decompressor], budget: Budget) -> None:
        self._stream, self._kind, self._budget = stream, kind, budget
        self._member: _Decompressor | None = kind()
        self._given = b""  # input of a new member
        self._fault: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        if self._fault is not None:
            raise self._fault
        while self._member is not None:
            data = self._take(self._member, len(buffer))
            if data:
                buffer[: len(data)] = data
                self._budget.unpack(len(data))
                return len(data)
        return 0

    def _take(self, member: _Decompressor, most: int) -> bytes:
        """Some bytes of a member; at its end, the next one is begun."""
        if member.eof:
            self._begin(member.unused_data)
            return b""
        data, self._given = self._given, b""
        if not data and member.needs_input:
            data = self._stream.read(_READ_BYTES)
            if not data:
                raise DocumentError("its data is cut off")  # with EOFError a WARC would end as if it were whole
        try:
            return member.decompress(data, most)
        except Exception as error:
            self._fault = error
            raise

    def _begin(self, rest: bytes) -> None:
        """Begin the next member, after the zeros that may stand between; there may be none."""
        while not (rest := rest.lstrip(b"\0")):
            rest = self._stream.read(_READ_BYTES)
            if not rest:
                self._member = None
                return
        self._member, self._given = self._kind(), rest
