"""Text as numbers of the strings of a table, which is learnt from samples: unpacked by copying, many times as fast.

A table has up to 65,536 tokens of 1 to 32 bytes, among them every byte, so that any text can be packed. Packing takes
the longest token at each place. Learning reads samples the same way: two tokens that stood side by side twice
become one, which is read as one from there on.

    "datum":"2012-05-04"      →   "datum":"20 │ 12-05 │ -0 │ 4"        4 numbers of 2 bytes
    piece                         mark uint8, checksum uint32, numbers uint16[…]
    table as bytes                magic, count uint32, digest of the rest, lengths uint8[count], texts

A question and its answer are plain texts, a NUL between; or JSON, which begins with a brace as no plain text does.
A record is read in one step: its header decoded, such texts filled in.

Learning and packing are in C only (searchq/kernel/tokens.c): where it was not built, zstandard does it (`writer.py`).
"""

import struct
from collections.abc import Callable
from itertools import accumulate, pairwise
from types import ModuleType
from typing import Final, Protocol

import numpy as np
from msgspec.structs import force_setattr

from searchq.index.format.seal import blake2b
from searchq.kernel import built
from searchq.question import Question

__all__ = [
    "JSON",
    "MARK",
    "TEXTS_END",
    "PlainTable",
    "TokenTable",
    "checksum",
    "in_c",
    "is_table",
    "learn_table",
    "plain_texts",
    "table_of",
    "with_texts",
]

MARK: Final = 1  # the first byte of a piece
JSON: Final = b"{"  # what JSON begins with, and no other texts
TEXTS_END: Final = b"\0"  # between texts that are no JSON

in_c: ModuleType | None = built("tokens")

_MAGIC: Final = b"TOK1"
_HEAD: Final = struct.Struct("<4sI16s")
_PIECE: Final = struct.Struct("<BI")
_BYTES: Final = 256
_MOST: Final = 1 << 16
_LONGEST: Final = 32
_LEAST: Final = 2  # times that two tokens stand side by side before they become one
_MULTIPLIER: Final = 0x9E3779B97F4A7C15
_WORD: Final = (1 << 64) - 1


class TokenTable(Protocol):
    """A table, in C or not."""

    def unpack(self, piece: memoryview, /) -> bytes:
        """Return the text of a piece. Raises ValueError if it was altered."""

    def records(
        self, headers: memoryview, header_starts: memoryview, texts: memoryview, text_starts: memoryview,
        docs: list[int], decode: Callable[[bytes], Question], /,
    ) -> list[Question | None]:  # fmt: skip
        """Return the questions of some documents, whose pieces begin at these places, their headers decoded.

        None of one that cannot be decoded, whose texts are JSON, or of which this table did not pack both pieces, or
        somebody altered one.
        """


def learn_table(samples: list[bytes]) -> bytes:
    """Learn a table from some texts, as bytes; empty without C."""
    if in_c is None:
        return b""
    lengths, texts = in_c.learn(samples, _LEAST)
    own: bytes = lengths + texts
    return _HEAD.pack(_MAGIC, len(lengths), _digest(own)) + own


def is_table(data: bytes) -> bool:
    """Return whether these bytes are a table, and not a dictionary of zstandard."""
    return data.startswith(_MAGIC)


def table_of(data: bytes) -> TokenTable:
    """Return the table that some bytes contain. Raises ValueError where they were altered."""
    if len(data) < _HEAD.size:
        raise ValueError("a table of tokens is cut off")
    magic, count, digest = _HEAD.unpack_from(data)
    own = data[_HEAD.size :]
    if magic != _MAGIC or digest != _digest(own):
        raise ValueError("a table of tokens was altered")
    make: type[TokenTable] = PlainTable if in_c is None else in_c.Table
    return make(own[:count], own[count:])  # type: ignore[call-arg]


def _digest(own: bytes) -> bytes:
    return blake2b(own, digest_size=16).digest()


class PlainTable:
    """A table without C."""

    def __init__(self, lengths: bytes, texts: bytes) -> None:
        """Raises ValueError where these are no table."""
        self._tokens = [texts[start:end] for start, end in pairwise([0, *accumulate(lengths)])]
        if not _BYTES <= len(lengths) <= _MOST:
            raise ValueError("a table of too few or too many tokens")
        fits = sum(lengths) == len(texts) and min(lengths) >= 1 and max(lengths) <= _LONGEST
        if not fits or self._tokens[:_BYTES] != [bytes([byte]) for byte in range(_BYTES)]:
            raise ValueError("its tokens do not fit")

    def unpack(self, piece: memoryview) -> bytes:
        """Return the text of a piece. Raises ValueError if it was altered."""
        if len(piece) < _PIECE.size or len(piece) % 2 != _PIECE.size % 2 or piece[0] != MARK:
            raise ValueError("its head was altered")
        codes = bytes(piece[_PIECE.size :])
        if _PIECE.unpack_from(piece) != (MARK, checksum(codes)):
            raise ValueError("its checksum differs")
        try:
            return b"".join(map(self._tokens.__getitem__, np.frombuffer(codes, "<u2").tolist()))
        except IndexError:
            raise ValueError("it names an unknown token") from None

    def records(
        self, headers: memoryview, header_starts: memoryview, texts: memoryview, text_starts: memoryview,
        docs: list[int], decode: Callable[[bytes], Question], /,
    ) -> list[Question | None]:  # fmt: skip
        """See `TokenTable.records`."""
        return [self._record(_cut(headers, header_starts, doc), _cut(texts, text_starts, doc), decode) for doc in docs]

    def _record(self, header: memoryview, texts: memoryview, decode: Callable[[bytes], Question]) -> Question | None:
        try:
            own = self.unpack(texts)
            return None if own.startswith(JSON) else with_texts(decode(self.unpack(header)), *plain_texts(own))
        except ValueError:
            return None


def _cut(pieces: memoryview, starts: memoryview, doc: int) -> memoryview:
    """Return the piece of a document; an empty one where there is no such document, or its place was altered."""
    known = 0 <= doc < len(starts) - 1 and starts[doc + 1] <= len(pieces)
    return pieces[starts[doc] : starts[doc + 1]] if known else pieces[:0]


def plain_texts(texts: bytes) -> tuple[str, str | None]:
    """Return question and answer of texts that are not JSON. Raises ValueError for none: no record lacks its piece."""
    if not texts:
        raise ValueError("its texts are missing")
    question, has_answer, answer = texts.partition(TEXTS_END)
    return question.decode(), answer.decode() if has_answer else None


def with_texts(question: Question, asked: str | None, answer: str | None) -> Question:
    """Fill in the texts of a decoded question, with one answer at most: in place, a copy takes as long as decoding."""
    force_setattr(question, "question", asked)
    force_setattr(question, "answer", answer)
    for only in question.answers:
        force_setattr(only, "text", answer)
    return question


def checksum(codes: bytes) -> int:
    """Return the checksum of the numbers of a piece: uint32."""
    total = len(codes)
    for word in np.frombuffer(codes + bytes(-len(codes) % 8), "<u8").tolist():
        total = (total ^ word) * _MULTIPLIER & _WORD
    return ((total ^ total >> 32) * _MULTIPLIER & _WORD) >> 32
