"""Stored records: every question kept whole, in two compressed pieces, so that a list of hits reads only the light one.

    header   all but the long texts: what a line of results shows
    texts    question and answer, and their French twins

Each piece is JSON under zstandard with a dictionary learnt from the first questions of the index: one record is read
alone, and short pieces still share what they have in common (names, portfolios, turns of phrase).

A page shows twenty records, and reading them is most of a search: 0.045 ms each by `json` and `from_json`, 0.025 by
msgspec. Its import takes as long as reading 300 records, so a process that reads only a few never asks for it. Writing
is always msgspec's, a fifth of the time, but for texts that it refuses.
"""

import datetime as dt
import itertools
import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from functools import cache
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import zstandard

from searchq.errors import IndexBroken
from searchq.index.encoding import Bytes, Ints, gather_ranges, starts_of
from searchq.index.part import Records
from searchq.question import Question, from_json

__all__ = ["header_of", "join_records", "learn_dictionary", "pack_records", "record_of"]

_LEVEL: Final = 3  # of zstandard: level 9 saves 7 % more and takes five times as long
_DICTIONARY_BYTES: Final = 64 << 10  # 40,000 records: 1.5 kB a record with it, 2.2 kB without
# How zstandard seeks what pieces share (its "fast cover": segments of 512 bytes, matches of 8 in a table of 2^20): a
# dictionary takes a third of the time that it does by zstandard's own choice, and records 0.5 % less room (measured).
_SEEKING: Final = {"k": 512, "d": 8, "f": 20, "accel": 1}
_LEAST_TO_LEARN: Final = 200  # records; fewer teach nothing worth keeping
_MOST_TO_LEARN: Final = 2000
_LONG: Final = ("question", "answer")
_FRENCH: Final = b'"french":'
_FEW: Final = 200  # records a process reads before it prepares for many
_ASKED: Final = itertools.count()

_Reader: TypeAlias = Callable[[bytes, bytes | None], Question]  # of the header and, where they are wanted, the texts


class _Own(threading.local):
    """Decompressors by dictionary; one must not be used by two threads at once."""

    def __init__(self) -> None:
        self.decompressors: dict[bytes, zstandard.ZstdDecompressor] = {}


_OWN: Final = _Own()


def pack_records(questions: Sequence[Question], dictionary: bytes = b"") -> Records:
    """The questions, compressed with the dictionary of the index (none yet: empty)."""
    pieces = [_pieces(question) for question in questions]
    squeeze = _compressor(dictionary).compress
    headers = [squeeze(header) for header, _ in pieces]
    texts = [squeeze(text) for _, text in pieces]
    return Records(*_joined(headers), *_joined(texts), np.frombuffer(dictionary, np.uint8))


def header_of(records: Records, doc: int) -> Question:
    """The question without its long texts."""
    header = _piece(records.headers, records.header_starts, doc, _decompressor(records.dictionary))
    return _reader()(header, None)


def record_of(records: Records, doc: int) -> Question:
    """The question as it was stored."""
    decompressor = _decompressor(records.dictionary)
    header = _piece(records.headers, records.header_starts, doc, decompressor)
    texts = _piece(records.texts, records.text_starts, doc, decompressor)
    return _reader()(header, texts)


def _reader() -> _Reader:
    """What makes a question of its pieces."""
    return _quickly() if next(_ASKED) >= _FEW else _plainly


def _plainly(header: bytes, texts: bytes | None) -> Question:
    return from_json(_read(header) if texts is None else _whole(_read(header), _read(texts)))


def _whole(header: dict[str, Any], texts: dict[str, Any]) -> dict[str, Any]:
    """Both pieces as one record."""
    for key in _LONG:
        header[key] = texts[key]
    if header.get("french") is not None:
        header["french"].update(texts["french"])
    return header


@cache
def _quickly() -> _Reader:
    """What does the same as `_plainly`, sooner."""
    import msgspec  # a command line never needs it, see above

    decode, convert = msgspec.json.Decoder().decode, msgspec.convert
    decode_question = msgspec.json.Decoder(Question).decode

    def read(header: bytes, texts: bytes | None) -> Question:
        try:
            if texts is None:
                return decode_question(header)
            if _FRENCH in header:  # whose texts belong inside it
                return convert(_whole(decode(header), decode(texts)), Question)
            return decode_question(header[:-1] + b"," + texts[1:])  # {…} and {…} as one {…,…}
        except (msgspec.MsgspecError, UnicodeError):  # half a character, or a word that is none of its kind
            return _plainly(header, texts)

    return read


def learn_dictionary(questions: Sequence[Question]) -> bytes:
    """A dictionary from some questions; empty when they are too few to learn from."""
    if len(questions) < _LEAST_TO_LEARN:
        return b""
    chosen = questions[:: -(-len(questions) // _MOST_TO_LEARN)]
    samples: list[bytes | bytearray | memoryview[int]] = list(itertools.chain.from_iterable(map(_pieces, chosen)))
    try:
        return zstandard.train_dictionary(_DICTIONARY_BYTES, samples, **_SEEKING).as_bytes()
    except zstandard.ZstdError:  # samples too uniform to learn from
        return b""


def join_records(parts: Sequence[Records], kept: Sequence[npt.NDArray[np.intp] | None], dictionary: bytes) -> Records:
    """The kept documents (None: all) of several parts, one after the other, all under one dictionary."""
    parts = [_under(part, dictionary) for part in parts]
    headers, header_starts = _gathered([(part.headers, part.header_starts) for part in parts], kept)
    texts, text_starts = _gathered([(part.texts, part.text_starts) for part in parts], kept)
    return Records(headers, header_starts, texts, text_starts, np.frombuffer(dictionary, np.uint8))


def _pieces(question: Question) -> tuple[bytes, bytes]:
    record = {name: getattr(question, name) for name in _FIELDS}
    texts: dict[str, Any] = {key: record.pop(key) for key in _LONG}
    if question.french is not None:
        texts["french"] = {key: getattr(question.french, key) for key in _LONG}
        record["french"] = replace(question.french, question=None, answer=None)
    header = {key: value for key, value in record.items() if value is not None and value != ()}
    return _json(header), _json(texts)


def _json(value: Any) -> bytes:
    return _writer()(value)


@cache
def _writer() -> Callable[[Any], bytes]:
    """What makes a piece of a value: msgspec, and `json` for what holds half a character."""
    import msgspec  # a search writes nothing, see above

    encode = msgspec.json.Encoder().encode

    def write(value: Any) -> bytes:
        try:
            return encode(value)
        except UnicodeError:
            return _ENCODE(value).encode(errors="surrogatepass")

    return write


def _read(piece: bytes) -> Any:
    """The value of a piece; `json.loads` would first guess its encoding and look for blanks, a third of the time."""
    return _DECODE(piece.decode(errors="surrogatepass"))[0]


def _plain(value: Any) -> Any:
    """What JSON does not know by itself: days and the parts of a question."""
    return value.isoformat() if isinstance(value, dt.date) else {name: getattr(value, name) for name in value.__slots__}


_FIELDS: Final = tuple(field.name for field in fields(Question))
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode
_DECODE: Final = json.JSONDecoder().raw_decode


def _piece(data: Bytes, starts: Ints, number: int, decompressor: zstandard.ZstdDecompressor) -> bytes:
    try:
        first, last = starts[number : number + 2].tolist()
        return decompressor.decompress(data[first:last].data)
    except zstandard.ZstdError as error:
        raise IndexBroken(f"Stored record {number} cannot be read ({error}); build the index again.") from error


def _compressor(dictionary: bytes) -> zstandard.ZstdCompressor:
    """A compressor for this thread."""
    shared = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    if shared is not None:
        shared.precompute_compress(level=_LEVEL)
    return zstandard.ZstdCompressor(level=_LEVEL, dict_data=shared, write_checksum=False, write_dict_id=False)


def _decompressor(dictionary: Bytes) -> zstandard.ZstdDecompressor:
    """The decompressor of this thread for a dictionary, told by its beginning, which holds a hash of the rest."""
    key = dictionary[:256].tobytes()
    known = _OWN.decompressors
    if key not in known:
        shared = zstandard.ZstdCompressionDict(dictionary.tobytes()) if len(dictionary) else None
        known[key] = zstandard.ZstdDecompressor(dict_data=shared)
    return known[key]


def _joined(pieces: list[bytes]) -> tuple[Bytes, npt.NDArray[np.uint64]]:
    sizes = np.fromiter(map(len, pieces), np.int64, len(pieces))
    return np.frombuffer(b"".join(pieces), np.uint8), starts_of(sizes).astype(np.uint64)


def _gathered(
    sources: Sequence[tuple[Bytes, Ints]], kept: Sequence[npt.NDArray[np.intp] | None]
) -> tuple[Bytes, npt.NDArray[np.uint64]]:
    """Pieces of several tables, one after the other; whole tables are copied whole."""
    blobs, sizes = [], []
    for (data, starts), keep in zip(sources, kept, strict=True):
        counts = np.diff(starts).astype(np.int64)
        if keep is None:
            blobs.append(data)
            sizes.append(counts)
        else:
            blobs.append(gather_ranges(data, starts[keep].astype(np.int64), counts[keep]))
            sizes.append(counts[keep])
    return np.concatenate(blobs), starts_of(np.concatenate(sizes)).astype(np.uint64)


def _under(records: Records, dictionary: bytes) -> Records:
    """The same records, compressed with that dictionary."""
    if records.dictionary.tobytes() == dictionary:
        return records
    squeeze, own = _compressor(dictionary).compress, _decompressor(records.dictionary)
    count = len(records.header_starts) - 1
    headers = [squeeze(_piece(records.headers, records.header_starts, doc, own)) for doc in range(count)]
    texts = [squeeze(_piece(records.texts, records.text_starts, doc, own)) for doc in range(count)]
    return Records(*_joined(headers), *_joined(texts), np.frombuffer(dictionary, np.uint8))
