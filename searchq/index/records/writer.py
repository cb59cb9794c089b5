"""Stored records: every question kept whole, in two compressed pieces, so that a list of hits reads only the light one.

    header   all but the long texts: what a line of results shows
    texts    question and answer, and their French twins

Each piece is JSON under zstandard with a dictionary learnt from the first questions of the index: one record is read
alone, and short pieces still share what they have in common (names, portfolios, turns of phrase).

`record_reader.py` reads them. Writing is msgspec's, a fifth of the time that `json` takes, but for texts it refuses.
"""

import datetime as dt
import itertools
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import zstandard

from searchq.index.format.encoding import Bytes, Ints, gather_ranges, starts_of
from searchq.index.format.segment_data import Records
from searchq.index.records.reader import RecordReader
from searchq.question import Question

__all__ = ["join_records", "learn_dictionary", "pack_records"]

_LEVEL: Final = 3  # of zstandard: level 9 saves 7 % more and takes five times as long
_DICTIONARY_BYTES: Final = 64 << 10  # 40,000 records: 1.5 kB a record with it, 2.2 kB without
# How zstandard seeks what pieces share (its "fast cover": segments of 512 bytes, matches of 8 in a table of 2^20): a
# dictionary takes a third of the time that it does by zstandard's own choice, and records 0.5 % less room (measured).
_SEEKING: Final = {"k": 512, "d": 8, "f": 20, "accel": 1}
_LEAST_TO_LEARN: Final = 200  # records; fewer teach nothing worth keeping
_MOST_TO_LEARN: Final = 2000
_LONG: Final = ("question", "answer")


def pack_records(questions: Sequence[Question], dictionary: bytes = b"") -> Records:
    """The questions, compressed with the dictionary of the index (none yet: empty)."""
    return _packed(map(_pieces, questions), dictionary)


def _packed(pieces: Iterable[tuple[bytes, bytes]], dictionary: bytes) -> Records:
    squeeze = _compressor(dictionary).compress
    packed = [(squeeze(header), squeeze(text)) for header, text in pieces]
    headers, texts = (_joined([record[piece] for record in packed]) for piece in (0, 1))
    return Records(*headers, *texts, np.frombuffer(dictionary, np.uint8))


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


def _plain(value: Any) -> Any:
    """What JSON does not know by itself: days and the parts of a question."""
    return value.isoformat() if isinstance(value, dt.date) else {name: getattr(value, name) for name in value.__slots__}


_FIELDS: Final = tuple(field.name for field in fields(Question))
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode


def _compressor(dictionary: bytes) -> zstandard.ZstdCompressor:
    """A compressor for this thread."""
    shared = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    if shared is not None:
        shared.precompute_compress(level=_LEVEL)
    return zstandard.ZstdCompressor(level=_LEVEL, dict_data=shared, write_checksum=False, write_dict_id=False)


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
    reader = RecordReader(records)
    return _packed(map(reader.pieces, range(len(reader))), dictionary)
