"""Texts to word numbers: what a process that prepares questions remembers from batch to batch.

    "Wat kost de NMBS?"   chunks   Wat  kost  de  NMBS?       each looked up once in a dictionary of codes
                          codes    0    1     2   3           the number of the chunk's word
    "gebouw?2. Wat"       codes    ~0   0                     or, of a chunk of no word or several, the place of
                          several  [(4, 5)]                   their numbers, as its complement

Most chunks hold one word and have been met before, so a text costs a cut at its blanks and one look-up a chunk.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from searchq.analysis.tokenizer import chunks, words_of_chunk
from searchq.index.encoding import starts_of
from searchq.index.strings import Numbering

__all__ = ["WordReader"]

_MOST_REMEMBERED: Final = 1 << 19  # chunks, some 60 MB
_LONGEST_REMEMBERED: Final = 64  # characters; longer chunks are rarely met twice


class WordReader:
    """Reads texts as numbers of words, given in the order the words came."""

    def __init__(self) -> None:
        self.words = Numbering()
        self._codes = _Codes(self.words)

    def read(self, texts: Sequence[str]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
        """The word numbers of the texts, one text after the other, and how many words each has: int64[texts]."""
        if len(self._codes) > _MOST_REMEMBERED:
            self._codes = _Codes(self.words)
        code = self._codes.__getitem__
        codes = [np.fromiter(map(code, pieces), np.int32, len(pieces)) for pieces in map(chunks, texts)]
        if not codes:
            return np.zeros(0, np.int32), np.zeros(0, np.int64)
        return self._spread(np.concatenate(codes), np.fromiter(map(len, codes), np.int64, len(codes)))

    def _spread(
        self, codes: npt.NDArray[np.int32], sizes: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
        """Each code of several words, or of none, replaced by those."""
        places = np.flatnonzero(codes < 0)
        several = [self._codes.several[~code] for code in codes[places].tolist()]
        counts = np.ones(len(codes), np.int64)
        counts[places] = np.fromiter(map(len, several), np.int64, len(several))
        numbers = np.repeat(codes, counts)
        numbers[numbers < 0] = np.fromiter(chain.from_iterable(several), np.int32)
        return numbers, np.diff(starts_of(counts)[starts_of(sizes)])


class _Codes(dict[str, int]):
    """The code of every chunk met; `several` holds the word numbers of those that are not one word."""

    def __init__(self, words: Numbering) -> None:
        super().__init__()
        self._words = words
        self.several: list[tuple[int, ...]] = []

    def __missing__(self, chunk: str) -> int:
        numbers = tuple(map(self._words.__getitem__, words_of_chunk(chunk)))
        if len(numbers) == 1:
            code = numbers[0]
        else:
            code = ~len(self.several)
            self.several.append(numbers)
        if len(chunk) <= _LONGEST_REMEMBERED:
            self[chunk] = code
        return code
