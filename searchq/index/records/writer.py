"""Writes stored records: every complete question in packed pieces, so a list of hits reads only the small one.

    header   everything except the long texts: what a line of results shows
    texts    question and answer, a NUL between; or JSON, with French texts and how they divide into several `answers`
    pages    for a record made from several pages: how each differs from the record; else empty

The other pieces are JSON. Each is packed by a table of strings (names, portfolios, words, phrases) that is learnt from
the first questions of the index (see `tokens`), so that a record can be read alone; or by zstandard, where that is
shorter: a text in another language than those, or any while there are too few questions to learn from. Without C
zstandard packs all, with a dictionary that it learns from the same questions.

`reader.py` reads them.
"""

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from types import MappingProxyType
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import zstandard
from msgspec.structs import asdict, replace

from searchq.index.format.encoding import Bytes, Ints, gather_ranges, starts_of
from searchq.index.format.segment_data import Records
from searchq.index.records.reader import BETWEEN_ANSWERS, LONG, RecordReader
from searchq.index.records.tokens import TEXTS_END, in_c, is_table, learn_table, table_of
from searchq.question import Question
from searchq.record_json import encode_json

__all__ = ["join_records", "learn_dictionary", "pack_records"]

_LEVEL: Final = 3  # of zstandard
# Of zstandard's dictionary, where there is no C: 1.48 kB a record with 256 kB, 1.56 with 64, 2.2 with none.
_DICTIONARY_BYTES: Final = range(64 << 10, (256 << 10) + 1)
_DICTIONARY_PART: Final = 8  # at most an eighth of what it is learnt from: all segments, small ones too, hold a copy
# How to learn a dictionary (zstandard's "fast cover": segments of 512 bytes, matches of 8 in a table of 2^20):
# a third of the time of zstandard's defaults, and records 0.5 % smaller (measured).
_SEEKING: Final = {"k": 512, "d": 8, "f": 20, "accel": 1}
_MIN_TO_LEARN: Final = 200  # records; fewer do not make a useful table
_MAX_TO_LEARN: Final = 2000
_AT_ONCE: Final = 1000  # records packed at once
_GOOD: Final = 2  # times smaller; else zstandard is tried

Pieces: TypeAlias = tuple[bytes, bytes, bytes]  # header, texts, pages


def pack_records(
    questions: Sequence[Question],
    dictionary: bytes = b"",
    pages: Mapping[str, Sequence[Question]] = MappingProxyType({}),
) -> Records:
    """Pack questions with the table or dictionary of the index (`learn_dictionary`; empty if there is none yet).

    `pages` are the pages of each question that was made from several, by number.
    """
    return _packed((_pieces(question, pages.get(question.number, ())) for question in questions), dictionary)


def _packed(pieces: Iterable[Pieces], dictionary: bytes) -> Records:
    pack = _packer(dictionary)
    columns: tuple[list[bytes], ...] = [], [], []
    rest = iter(pieces)
    while group := list(itertools.islice(rest, _AT_ONCE)):
        for column, own in zip(columns, zip(*group, strict=True), strict=True):
            column += pack(list(own))
    headers, texts, pages = map(_joined, columns)
    return Records(*headers, *texts, *pages, np.frombuffer(dictionary, np.uint8))


def learn_dictionary(questions: Sequence[Question]) -> bytes:
    """Learn a table from some questions, or without C a dictionary of zstandard; empty if they are too few."""
    if len(questions) < _MIN_TO_LEARN:
        return b""
    chosen = questions[:: -(-len(questions) // _MAX_TO_LEARN)]
    samples = list(itertools.chain.from_iterable(map(_record, chosen)))
    return learn_table(samples) or _trained(samples)


def _trained(samples: list[bytes]) -> bytes:
    try:
        return zstandard.train_dictionary(_size_of_dictionary(samples), list(samples), **_SEEKING).as_bytes()
    except zstandard.ZstdError:  # samples too uniform to learn from
        return b""


def _size_of_dictionary(samples: Iterable[Sized]) -> int:
    part = sum(map(len, samples)) // _DICTIONARY_PART
    return max(_DICTIONARY_BYTES[0], min(part, _DICTIONARY_BYTES[-1]))


def join_records(parts: Sequence[Records], kept: Sequence[npt.NDArray[np.intp] | None], dictionary: bytes) -> Records:
    """Concatenate the kept documents (None: all) of several segments, packed with one table."""
    parts = [_under(part, dictionary) for part in parts]
    headers, header_starts = _gathered([(part.headers, part.header_starts) for part in parts], kept)
    texts, text_starts = _gathered([(part.texts, part.text_starts) for part in parts], kept)
    pages, page_starts = _gathered([(part.pages, part.page_starts) for part in parts], kept)
    own = headers, header_starts, texts, text_starts, pages, page_starts
    return Records(*own, np.frombuffer(dictionary, np.uint8))


def _pieces(question: Question, pages: Sequence[Question]) -> Pieces:
    if not pages:
        return *_record(question), b""
    whole = _flat(question)
    differing = [{name: value for name, value in _flat(page).items() if value != whole[name]} for page in pages]
    return *_record(question), encode_json(differing)


def _flat(question: Question) -> dict[str, Any]:
    """Return the fields of a question without repeated texts: `parts` gives the part of `answer` in each answer."""
    record: dict[str, Any] = asdict(question)
    record["answers"] = tuple([replace(one, text=None, french=None) for one in question.answers])
    record["parts"] = _parts(question)
    return record


def _parts(question: Question) -> list[list[int | str | None]] | None:
    """Return the text lengths of each answer; None if there is at most one answer."""
    french = question.french.answer if question.french else None
    texts, twins = [one.text for one in question.answers], [one.french for one in question.answers]
    if (texts, twins) in (([], []), ([question.answer], [french])):
        return None
    return [[*pair] for pair in zip(_cut(texts, question.answer), _cut(twins, french), strict=True)]


def _cut(texts: Sequence[str | None], whole: str | None) -> Sequence[int | str | None]:
    """Return the length of each text if together they are `whole`; else the texts."""
    joined = BETWEEN_ANSWERS.join(text for text in texts if text is not None)
    return [text and len(text) for text in texts] if joined == whole else texts


def _record(question: Question) -> tuple[bytes, bytes]:
    """Return the header and the texts."""
    record = _flat(question)
    texts: dict[str, Any] = {key: record.pop(key) for key in LONG}
    if parts := record.pop("parts"):
        texts["parts"] = parts
    if question.french is not None:
        texts["french"] = {key: getattr(question.french, key) for key in LONG}
        record["french"] = replace(question.french, question=None, answer=None)
    header = {key: value for key, value in record.items() if value is not None and value != ()}
    return encode_json(header), _plain(texts) or encode_json(texts)


def _plain(texts: Mapping[str, Any]) -> bytes | None:
    """Return a question and its answer, where there is one, as they are; None if they must be JSON."""
    question, answer = map(texts.get, LONG)
    if len(texts) > len(LONG) or question is None or question.startswith("{"):
        return None
    whole = question if answer is None else f"{question}\0{answer}"
    try:
        plain: bytes = whole.encode()
    except UnicodeError:  # half a character
        return None
    return plain if plain.count(TEXTS_END) == (answer is not None) else None


def _packer(dictionary: bytes) -> Callable[[list[bytes]], list[bytes]]:
    """Return what packs pieces, but leaves empty ones, for one thread."""
    if not is_table(dictionary) or in_c is None:
        squeeze = _squeezer(b"" if is_table(dictionary) else dictionary)
        return lambda pieces: [squeeze(piece) if piece else piece for piece in pieces]
    by_tokens, squeeze = table_of(dictionary).pack, _squeezer(b"")  # type: ignore[attr-defined]

    def pack(pieces: list[bytes]) -> list[bytes]:
        packed = zip(pieces, by_tokens(pieces), strict=True)
        return [
            own if len(own) * _GOOD <= len(piece) else min(own, squeeze(piece), key=len) if piece else piece
            for piece, own in packed
        ]

    return pack


def _squeezer(dictionary: bytes) -> Callable[[bytes], bytes]:
    shared = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    if shared is not None:
        shared.precompute_compress(level=_LEVEL)
    return zstandard.ZstdCompressor(level=_LEVEL, dict_data=shared, write_checksum=True, write_dict_id=False).compress


def _joined(pieces: list[bytes]) -> tuple[Bytes, npt.NDArray[np.uint64]]:
    sizes = np.fromiter(map(len, pieces), np.int64, len(pieces))
    return np.frombuffer(b"".join(pieces), np.uint8), starts_of(sizes).astype(np.uint64)


def _gathered(
    sources: Sequence[tuple[Bytes, Ints]], kept: Sequence[npt.NDArray[np.intp] | None]
) -> tuple[Bytes, npt.NDArray[np.uint64]]:
    """Concatenate pieces of several tables; complete tables are copied at once."""
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
    """Pack records with that table."""
    if records.dictionary.tobytes() == dictionary:
        return records
    reader = RecordReader(records)
    return _packed(map(reader.pieces, range(len(reader))), dictionary)
