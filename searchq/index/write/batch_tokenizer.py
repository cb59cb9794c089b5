"""Converts texts to word numbers, with a cache that lasts from batch to batch.

    "Wat kost de NMBS?"   chunks   Wat  kost  de  NMBS?       each looked up once in a dictionary of codes
                          codes    0    1     2   3           the number of the chunk's word
    "gebouw?2. Wat"       codes    ~0   0                     or, for a chunk of no word or several, the place of
                          several  [(4, 5)]                   their numbers, complemented

Most chunks are one word and have occurred before. Short chunks are cached in a hash table: their bytes are two numbers,
which give a place in the table; it contains those numbers and the code of the last chunk stored there. Looking up all
chunks of some texts is thus a few whole-array operations; the dictionary is used only for chunks that are long, new, or
overwritten by another.

Where the kernel was built, it does the same in C (`searchq.kernel.texts`), and asks Python for new chunks only,
whose words are not plain to see.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from searchq.analysis.tokenizer import words_of_chunk
from searchq.index.format.encoding import starts_of
from searchq.index.format.strings import Numbering
from searchq.index.write.split_words import PADDING, Chunks, split_words, strip_punctuation, with_plain_blanks
from searchq.kernel import built

__all__ = ["WordReader", "word_reader"]

_in_c: Final[Any] = built("texts")

_AT_ONCE: Final = 1 << 18  # characters read at once: the working set stays in the cache of a core
_MAX_REMEMBERED: Final = 1 << 19  # chunks, some 60 MB
_MAX_REMEMBERED_LENGTH: Final = 64  # bytes; longer chunks rarely occur twice
_TABLE_BITS: Final = 19  # the places of the table of short chunks: 10 MB

_Codes = npt.NDArray[np.int32]
_Keys = npt.NDArray[np.uint64]


_Numbers = tuple[_Codes, npt.NDArray[np.int64]]


class WordReader(Protocol):
    """Converts texts to word numbers."""

    def read(self, texts: Sequence[str]) -> _Numbers:
        """Return the word numbers of the texts, concatenated, and the word count of each text: int64[texts]."""


def word_reader(words: Numbering) -> WordReader:
    """Return a reader of texts; `words` assigns the numbers in order of first use."""
    return CompiledReader(words) if _in_c else ArrayReader(words)


class CompiledReader:
    """Reads texts in C."""

    def __init__(self, words: Numbering) -> None:
        self._words = words
        self._begin()

    def _begin(self) -> None:
        self._reader = _in_c.TextReader(self._numbers, _MAX_REMEMBERED_LENGTH, self._words)

    def read(self, texts: Sequence[str]) -> _Numbers:
        if len(self._reader) > _MAX_REMEMBERED:
            self._begin()
        pieces = [with_plain_blanks(text).encode(errors="surrogatepass") for text in texts]
        numbers, sizes = self._reader.read(pieces)
        return np.frombuffer(numbers, np.int32), np.frombuffer(sizes, np.int64)

    def _numbers(self, chunk: bytes) -> Sequence[int]:
        return _numbers_of(chunk, self._words)


class ArrayReader:
    """Reads texts as arrays."""

    def __init__(self, words: Numbering) -> None:
        self.words = words
        self._begin()

    def _begin(self) -> None:
        self._known = _Known(self.words)
        self._sight = _BatchTokens()

    def read(self, texts: Sequence[str]) -> _Numbers:
        if len(self._known) > _MAX_REMEMBERED:
            self._begin()
        chunks = [strip_punctuation(split_words(group)) for group in _groups(texts)]
        if not chunks:
            return np.zeros(0, np.int32), np.zeros(0, np.int64)
        codes = np.concatenate([self._codes(own) for own in chunks])
        return self._spread(codes, np.concatenate([own.sizes for own in chunks]))

    def _codes(self, chunks: Chunks) -> _Codes:
        keys = _keys(chunks)
        codes, seen = self._sight.look(*keys)
        rest = np.flatnonzero(~seen)
        raw = chunks.data.tobytes()
        ranges = zip(chunks.starts[rest].tolist(), chunks.ends[rest].tolist(), strict=True)
        codes[rest] = np.fromiter((self._known[raw[start:end]] for start, end in ranges), np.int32, len(rest))
        short = rest[chunks.ends[rest] - chunks.starts[rest] <= _SHORT]
        self._sight.keep(keys[0][short], keys[1][short], codes[short])
        return codes

    def _spread(self, codes: _Codes, sizes: npt.NDArray[np.int64]) -> _Numbers:
        """Replace each code of several words, or of none, by their numbers."""
        places = np.flatnonzero(codes < 0)
        several = [self._known.several[~code] for code in codes[places].tolist()]
        counts = np.ones(len(codes), np.int64)
        counts[places] = np.fromiter(map(len, several), np.int64, len(several))
        numbers = np.repeat(codes, counts)
        numbers[numbers < 0] = np.fromiter(chain.from_iterable(several), np.int32)
        return numbers, np.diff(starts_of(counts)[starts_of(sizes)])


def _numbers_of(chunk: bytes, words: Numbering) -> tuple[int, ...]:
    """Return the numbers of the words of a chunk; one of ASCII letters is a word."""
    if chunk.isalpha():
        return (words[chunk.decode()],)
    return tuple(map(words.__getitem__, words_of_chunk(chunk.decode(errors="surrogatepass"))))


def _groups(texts: Sequence[str]) -> Iterator[list[str]]:
    """Yield the texts in order, in groups."""
    group: list[str] = []
    size = 0
    for text in texts:
        group.append(text)
        size += len(text)
        if size >= _AT_ONCE:
            yield group
            group, size = [], 0
    if group:
        yield group


class _Known(dict[bytes, int]):
    """Maps every chunk seen to its code; `several` contains the word numbers of chunks that are not one word."""

    def __init__(self, words: Numbering) -> None:
        super().__init__()
        self._words = words
        self.several: list[tuple[int, ...]] = []

    def __missing__(self, chunk: bytes) -> int:
        numbers = _numbers_of(chunk, self._words)
        if len(numbers) == 1:
            code = numbers[0]
        else:
            code = ~len(self.several)
            self.several.append(numbers)
        if len(chunk) <= _MAX_REMEMBERED_LENGTH:
            self[chunk] = code
        return code


class _BatchTokens:
    """A hash table from the bytes of short chunks to their codes; each place keeps only the latest chunk."""

    def __init__(self) -> None:
        self._first, self._second = (np.zeros(1 << _TABLE_BITS, np.uint64) for _ in range(2))  # no chunk is zero
        self._codes = np.zeros(1 << _TABLE_BITS, np.int32)

    def look(self, first: _Keys, second: _Keys) -> tuple[_Codes, npt.NDArray[np.bool_]]:
        """Return the codes of chunks, and a mask of those found; the other codes are meaningless."""
        places = _places(first, second)
        seen = (self._first[places] == first) & (self._second[places] == second) & (first != 0)
        return self._codes[places], seen

    def keep(self, first: _Keys, second: _Keys, codes: _Codes) -> None:
        """Store the codes of short chunks; if several share a place, NumPy keeps the last."""
        places = _places(first, second)
        self._first[places], self._second[places], self._codes[places] = first, second, codes


_SHORT: Final = PADDING  # bytes: the size of two numbers
_BYTES: Final = 8
_MASKS: Final = np.array([(1 << 8 * size) - 1 for size in range(_BYTES + 1)], np.uint64)
_MIXERS: Final = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], np.uint64)  # odd, with well-spread bits (xxHash)


def _keys(chunks: Chunks) -> tuple[_Keys, _Keys]:
    """Return the first eight bytes of each chunk and the next eight as numbers; zeros for longer chunks."""
    sizes = chunks.ends - chunks.starts
    sizes[sizes > _SHORT] = 0
    at = np.ndarray(len(chunks.data) - _BYTES + 1, np.uint64, chunks.data, strides=(1,))
    first = at[chunks.starts] & _MASKS[np.minimum(sizes, _BYTES)]
    second = at[chunks.starts + _BYTES] & _MASKS[np.maximum(sizes - _BYTES, 0)]
    return first, second


def _places(first: _Keys, second: _Keys) -> npt.NDArray[np.uint64]:
    """Return the place of each chunk in the table: the upper bits of its mixed bytes."""
    mixed: _Keys = (first * _MIXERS[0] ^ second * _MIXERS[1]) * _MIXERS[0]
    return mixed >> np.uint64(64 - _TABLE_BITS)
