"""Reads stored records, one or some at once (written by `writer.py`).

A page shows twenty records, and reading them is a third of a search. The two packed pieces of a record are cut from
the mapped file, unpacked and decoded; what a table of tokens packed is read for all records at once. Each piece has
a checksum of its own, which is compared as it is unpacked; the other arrays are checked as those of any file.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, Final, TypeVar

import zstandard

from searchq.errors import REBUILD, IndexBroken
from searchq.index.format.checked_array import unchecked, whole
from searchq.index.format.encoding import Bytes, Ints
from searchq.index.format.segment_data import Records
from searchq.index.records.tokens import JSON, MARK, TokenTable, is_table, plain_texts, table_of, with_texts
from searchq.question import Question
from searchq.record_json import decode_json, decode_question, from_json

__all__ = ["BETWEEN_ANSWERS", "LONG", "RecordReader"]

BETWEEN_ANSWERS: Final = "\n\n"  # in `answer`, which is the texts of `answers`
LONG: Final = ("question", "answer")  # the texts that a header lacks

_T = TypeVar("_T")

_FRENCH: Final = b'"french":'
_PARTS_END: Final = b"]]}"  # what texts with `parts` end with, where there is no French; a text ends with a quote
_MOST: Final = 1 << 28  # bytes of a piece; a document has a 25th of that at most
_HAS_CHECKSUM: Final = 4  # in the fifth byte of a piece
_IS_LARGE: Final = 128  # in the same byte: it may unpack to more than 65,791 bytes
_DICTIONARIES: Final = 8  # cached; an index has one, or two if its first questions were too few to learn from


class RecordReader:
    """The records of one segment; thread-safe."""

    def __init__(self, records: Records, file: str = "", checksums: bool = True) -> None:
        """`file` is named in errors; `checksums` is False for records of a format before they had any."""
        self._file = file
        self._flag = _HAS_CHECKSUM if checksums else 0
        self._headers = _Pieces(records.headers, records.header_starts)
        self._texts = _Pieces(records.texts, records.text_starts)
        self._pages = _Pieces(records.pages, records.page_starts)
        self._dictionary = records.dictionary
        self._key = unchecked(records.dictionary)[:256].tobytes()  # contains a hash of the rest
        self._has_tokens = is_table(self._key)
        self._table: TokenTable | None = None
        self._count = len(records.header_starts) - 1

    def __len__(self) -> int:
        return self._count

    def header(self, doc: int) -> Question:
        """Return the question without its long texts; three times as fast as `record`."""
        header = self._piece(self._headers, doc)
        try:
            return _decode_header(header)
        except _TORN as error:
            raise self._torn(doc, error) from error

    def record(self, doc: int) -> Question:
        """Return the question as it was stored."""
        return self.records([doc])[0]

    def records(self, docs: list[int]) -> list[Question]:
        """Return the questions of some documents as they were stored."""
        read = zip(docs, self._together(docs), strict=True)
        return [self._apart(doc) if question is None else question for doc, question in read]

    def _together(self, docs: list[int]) -> Sequence[Question | None]:
        """Return the questions that a table of tokens packed; None of one that is to be read apart."""
        if not self._has_tokens:
            return [None] * len(docs)
        table, headers, texts = self._table or self._tokens(), self._headers, self._texts
        return table.records(headers.data, headers.starts, texts.data, texts.starts, docs, decode_question)

    def _apart(self, doc: int) -> Question:
        """Return a question read piece by piece, whatever packed them; tells which is torn."""
        try:
            return _decode(self._piece(self._headers, doc), self._piece(self._texts, doc))
        except _TORN as error:
            raise self._torn(doc, error) from error

    def pages(self, doc: int) -> tuple[Question, ...]:
        """Return the pages the record was made from; for a single page, the record itself."""
        header, texts, pages = self.pieces(doc)
        if not pages:
            return (self.record(doc),)
        try:
            whole = _whole(header, texts)
            return tuple([from_json(_with_answer_texts({**whole, **differing})) for differing in decode_json(pages)])
        except _TORN as error:
            raise self._torn(doc, error) from error

    def pieces(self, doc: int) -> tuple[bytes, bytes, bytes]:
        """Return the header, texts and pages of a record, as JSON. Raises IndexBroken if they are torn."""
        return self._piece(self._headers, doc), self._piece(self._texts, doc), self._piece(self._pages, doc)

    def _piece(self, pieces: "_Pieces", doc: int) -> bytes:
        piece = pieces.of(doc)
        if not piece:
            return b""
        try:
            if piece[0] == MARK:
                return (self._table or self._tokens()).unpack(piece)
            head = piece[4]
            if self._flag & ~head or (head & _IS_LARGE and zstandard.frame_content_size(piece) > _MOST):
                raise ValueError("its head was altered")
            return (_OWN.unpackers.get(self._key) or self._unpacker())(piece)
        except (zstandard.ZstdError, MemoryError, ValueError, IndexError) as error:
            raise self._torn(doc, error) from error

    def _torn(self, doc: int, error: BaseException) -> IndexBroken:
        if not self._file:
            return IndexBroken(f"Stored record {doc} cannot be read ({error}); {REBUILD}.")
        return IndexBroken(f"Stored record {doc} in the index file {self._file} cannot be read ({error}); {REBUILD}.")

    def _tokens(self) -> TokenTable:
        """Return the table of this index, which its readers share."""
        table = self._table = _TABLES.get(self._key) or _kept(_TABLES, self._key, table_of(self._dictionary.tobytes()))
        return table

    def _unpacker(self) -> Callable[[memoryview], bytes]:
        """Make this thread's function to decompress a piece."""
        own = self._dictionary.tobytes()
        shared = zstandard.ZstdCompressionDict(own) if own and not is_table(own) else None
        return _kept(_OWN.unpackers, self._key, zstandard.ZstdDecompressor(dict_data=shared).decompress)


class _Pieces:
    """The pieces of one kind; slicing a memory view takes a quarter of the time of slicing an array."""

    def __init__(self, data: Bytes, starts: Ints) -> None:
        self.data = unchecked(data).data
        self._starts = starts

    @cached_property
    def starts(self) -> memoryview:
        """Where each begins, and where the last ends; compared with their checksums."""
        compared: memoryview = whole(self._starts).data
        return compared

    def of(self, doc: int) -> memoryview:
        starts = self.starts
        return self.data[starts[doc] : starts[doc + 1]]


class _Own(threading.local):
    """Decompressors by dictionary; they are not thread-safe."""

    def __init__(self) -> None:
        self.unpackers: dict[bytes, Callable[[memoryview], bytes]] = {}


_OWN: Final = _Own()
_TABLES: Final[dict[bytes, TokenTable]] = {}


def _kept(known: dict[bytes, _T], key: bytes, made: _T) -> _T:
    if len(known) >= _DICTIONARIES:  # those of rebuilt indexes, up to a megabyte each, are no longer used
        known.clear()
    return known.setdefault(key, made)


_TORN: Final = (ValueError, TypeError, LookupError, AttributeError, RecursionError)


def _decode(header: bytes, texts: bytes) -> Question:
    """Decode a question from its pieces."""
    if texts.startswith(JSON):
        return _decode_json(header, texts)
    return with_texts(_decode_header(header), *plain_texts(texts))


def _decode_header(header: bytes) -> Question:
    try:
        return decode_question(header)
    except UnicodeError:  # half a character
        return from_json(decode_json(header))


def _decode_json(header: bytes, texts: bytes) -> Question:
    try:
        if _FRENCH in header or texts.endswith(_PARTS_END):  # texts that belong inside other values
            return from_json(_with_answer_texts(_whole(header, texts)))
        whole = decode_question(header[:-1] + b"," + texts[1:])  # {…} and {…} as one {…,…}
        return with_texts(whole, whole.question, whole.answer)
    except UnicodeError:
        return from_json(_with_answer_texts(_whole(header, texts)))


def _whole(header: bytes, texts: bytes) -> dict[str, Any]:
    """Join both pieces into one record, whose `answers` lack their texts."""
    record, long = decode_json(header), _long(texts)
    french = long.pop("french", None)
    if record.get("french") is not None:
        record["french"].update(french)
    return {**record, **long}


def _long(texts: bytes) -> dict[str, Any]:
    return decode_json(texts) if texts.startswith(JSON) else dict(zip(LONG, plain_texts(texts), strict=True))


def _with_answer_texts(whole: dict[str, Any]) -> dict[str, Any]:
    """Fill in the texts of the answers, divided by `parts`; a single answer has the whole text."""
    answers, parts = whole.get("answers") or (), whole.pop("parts", None)
    french = (whole.get("french") or {}).get("answer")
    if parts is None:
        texts: list[Any] = [(whole.get("answer"), french)] * len(answers)
    else:
        texts = list(zip(_divided(parts, 0, whole.get("answer")), _divided(parts, 1, french), strict=True))
    filled = [{**one, "text": text, "french": twin} for one, (text, twin) in zip(answers, texts, strict=True)]
    return {**whole, "answers": filled}


def _divided(parts: list[Any], side: int, whole: str | None) -> Iterator[str | None]:
    """Yield the texts: each part is a length within `whole`, or the text itself."""
    place = 0
    for part in parts:
        own = part[side]
        if isinstance(own, int):
            yield (whole or "")[place : place + own]
            place += own + len(BETWEEN_ANSWERS)
        else:
            yield own
