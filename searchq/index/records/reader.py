"""Reads stored records one by one (written by `writer.py`).

A page shows twenty records, and reading them is half of a search. The two compressed pieces of a record are cut from
the mapped file, unpacked and decoded as one piece of JSON: 0.011 ms, nearly all of it inside zstandard and msgspec.
"""

import threading
from collections.abc import Callable, Iterator
from typing import Any, Final

import zstandard
from msgspec.structs import force_setattr, replace

from searchq.errors import IndexBroken
from searchq.index.format.segment_data import Records
from searchq.question import Question
from searchq.record_json import decode_json, decode_question, from_json

__all__ = ["BETWEEN_ANSWERS", "RecordReader"]

BETWEEN_ANSWERS: Final = "\n\n"  # in `answer`, which is the texts of `answers`

_FRENCH: Final = b'"french":'
_PARTS_END: Final = b"]]}"  # what texts with `parts` end with, where there is no French; a text ends with a quote
_DICTIONARIES: Final = 8  # cached; an index has one, or two if its first questions were too few to learn from


class RecordReader:
    """The records of one segment; thread-safe."""

    def __init__(self, records: Records) -> None:
        # Slicing a memory view takes a quarter of the time of slicing an array.
        self._headers, self._header_starts = records.headers.data, records.header_starts.data
        self._texts, self._text_starts = records.texts.data, records.text_starts.data
        self._pages, self._page_starts = records.pages.data, records.page_starts.data
        self._dictionary = records.dictionary
        self._key = records.dictionary[:256].tobytes()  # contains a hash of the rest

    def __len__(self) -> int:
        return len(self._header_starts) - 1

    def header(self, doc: int) -> Question:
        """Return the question without its long texts; three times as fast as `record`."""
        return _question(doc, self._piece(self._headers, self._header_starts, doc), None)

    def record(self, doc: int) -> Question:
        """Return the question as it was stored."""
        header = self._piece(self._headers, self._header_starts, doc)
        return _question(doc, header, self._piece(self._texts, self._text_starts, doc))

    def pages(self, doc: int) -> tuple[Question, ...]:
        """Return the pages the record was made from; for a single page, the record itself."""
        header, texts, pages = self.pieces(doc)
        if not pages:
            return (self.record(doc),)
        try:
            whole = _whole(header, texts)
            return tuple([from_json(_with_answer_texts({**whole, **differing})) for differing in decode_json(pages)])
        except _TORN as error:
            raise _torn(doc, error) from error

    def pieces(self, doc: int) -> tuple[bytes, bytes, bytes]:
        """Return the header, texts and pages of a record, as JSON. Raises IndexBroken if they are torn."""
        header = self._piece(self._headers, self._header_starts, doc)
        texts = self._piece(self._texts, self._text_starts, doc)
        return header, texts, self._piece(self._pages, self._page_starts, doc)

    def _piece(self, data: memoryview, starts: memoryview, doc: int) -> bytes:
        piece = data[starts[doc] : starts[doc + 1]]
        if not piece:
            return b""
        try:
            return self._unpacker()(piece)
        except (zstandard.ZstdError, MemoryError) as error:  # a torn piece may claim a size beyond any memory
            raise _torn(doc, error) from error

    def _unpacker(self) -> Callable[[memoryview], bytes]:
        """Return this thread's function to decompress a piece."""
        known = _OWN.unpackers
        if self._key not in known:
            if len(known) >= _DICTIONARIES:  # those of rebuilt indexes, 100 kB each, are no longer used
                known.clear()
            shared = zstandard.ZstdCompressionDict(self._dictionary.tobytes()) if len(self._dictionary) else None
            known[self._key] = zstandard.ZstdDecompressor(dict_data=shared).decompress
        return known[self._key]


class _Own(threading.local):
    """Decompressors by dictionary; they are not thread-safe."""

    def __init__(self) -> None:
        self.unpackers: dict[bytes, Callable[[memoryview], bytes]] = {}


_OWN: Final = _Own()


def _question(doc: int, header: bytes, texts: bytes | None) -> Question:
    try:
        return _decode(header, texts)
    except _TORN as error:
        raise _torn(doc, error) from error


_TORN: Final = (ValueError, TypeError, LookupError, AttributeError, RecursionError)


def _torn(doc: int, error: BaseException) -> IndexBroken:
    return IndexBroken(f"Stored record {doc} cannot be read ({error}); build the index again.")


def _decode(header: bytes, texts: bytes | None) -> Question:
    """Decode a question from its pieces; without texts if only the header is given."""
    try:
        if texts is None:
            return decode_question(header)
        if _FRENCH in header or texts.endswith(_PARTS_END):  # texts that belong inside other values
            return from_json(_with_answer_texts(_whole(header, texts)))
        return _with_only_answer(decode_question(header[:-1] + b"," + texts[1:]))  # {…} and {…} as one {…,…}
    except UnicodeError:  # half a character
        return from_json(decode_json(header) if texts is None else _with_answer_texts(_whole(header, texts)))


def _whole(header: bytes, texts: bytes) -> dict[str, Any]:
    """Join both pieces into one record, whose `answers` lack their texts."""
    record, long = decode_json(header), decode_json(texts)
    french = long.pop("french", None)
    if record.get("french") is not None:
        record["french"].update(french)
    return {**record, **long}


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


def _with_only_answer(question: Question) -> Question:
    """Fill in the text of the only answer of a decoded question."""
    if question.answers:  # set in place: a copy takes as long as decoding
        whole = tuple([replace(one, text=question.answer) for one in question.answers])
        force_setattr(question, "answers", whole)
    return question
