"""Spelling correction: the distance between Dutch words, by typing errors and by sounds with two spellings.

    distance("asielzoker", "asielzoeker")   1.0    one letter added, lost, changed, or swapped with the next
    distance("kontrole", "controle")        0.5    sounds the same
    distance("veiligeid", "veiligheid")     1.0

A word is compared only with words of similar length and letters, a few hundred in all. The candidates are ranked by
distance, frequency, first and last letter and set of letters: typing errors are more frequent inside a word than at its
ends, and more often swap or double letters than add new ones.
"""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from searchq.analysis.folding import fold
from searchq.engines.embedded.vocabulary import WordTable, letters_of, top

__all__ = ["distance", "near_words"]

_SAME_SOUND: Final = 0.5  # cost of a same-sounding spelling; a typing error costs 1
_LONG: Final = 5  # letters; from this length two errors are accepted, neither of them in the first letter
_MIN_LENGTH: Final = 3  # letters; shorter words have too many neighbours
_MAX_COMPARED: Final = 600  # words, the most frequent ones

# Weights of a candidate, in logarithms of its frequency. Of 3,000 slips in words of titles the word meant comes first
# in 97.8 % (tests/measurements/spelling.py); it did in 96.3 % with distance, frequency and the first letter alone.
_STEP: Final = 4.5  # a word one edit nearer is preferred to one e^4.5 = 90 times as frequent
_SAME_END: Final = 1.0  # for the first letter, and for the last
_SAME_LETTERS: Final = 2.0  # no other letters: some swapped, doubled or lost of two
_BITS: Final = np.array([bin(number).count("1") for number in range(1 << 14)], np.uint8)


def near_words(word: str, table: WordTable, most: int = 3) -> list[str]:
    """Return words of the index that may have been meant, best first; never the word itself."""
    own = fold(word.lower())
    if len(own) < _MIN_LENGTH:
        return []
    reach = 2 if len(own) >= _LONG else 1
    places = np.flatnonzero(np.abs(table.lengths - len(own.encode())) <= reach)
    places = places[_bit_count(table.letters[places] ^ letters_of(own)) <= 2 * reach]
    places = places[top(table.frequencies[places], _MAX_COMPARED)]
    others = [table.folded[place] for place in places.tolist()]
    far = _distances(own, others)
    ends = [(other[0] == own[0]) + (other[-1] == own[-1]) for other in others]
    same_letters = table.letters[places] == letters_of(own)
    likely = np.log(table.frequencies[places]) - _STEP * far + _SAME_END * np.array(ends) + _SAME_LETTERS * same_letters
    meant = sorted(
        (-score, table.words[place])
        for score, place, other, edits in zip(likely.tolist(), places.tolist(), others, far.tolist(), strict=True)
        if other != own and edits <= (reach if other[0] == own[0] else 1)
    )
    return [word for _, word in meant[:most]]


def distance(left: str, right: str) -> float:
    """Return the edit distance of two folded words; same-sounding spellings cost half."""
    return float(_distances(left, [right])[0])


def _distances(word: str, others: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return the distance of a word from each of the others: float64[n]."""
    sounds = _sound("\n".join(others)).split("\n")  # all at once: one substitution per word would be slow
    far: npt.NDArray[np.float64] = np.minimum(_edits(word, others), _edits(_sound(word), sounds) + _SAME_SOUND)
    return far


def _edits(word: str, others: Sequence[str]) -> npt.NDArray[np.int16]:
    """Return the optimal string alignment distance of a word from each of the others: int16[n]."""
    edits: npt.NDArray[np.int16] = cdist([word], others, scorer=OSA.distance, dtype=np.int16)[0]
    return edits


_SOUNDS: Final = (
    (re.compile(r"(.)\1"), r"\1"),  # doubled letters
    (re.compile(r"ei"), "ij"),
    (re.compile(r"ou"), "au"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"th"), "t"),
    (re.compile(r"ch"), "g"),
    (re.compile(r"qu"), "kw"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"c"), "k"),
    (re.compile(r"(?<=[aeiou])y"), "i"),
    (re.compile(r"z"), "s"),
    (re.compile(r"v"), "f"),
    (re.compile(r"dt?\b"), "t"),
    (re.compile(r"b\b"), "p"),
)


def _sound(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def _bit_count(values: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
    counts: npt.NDArray[np.uint8] = _BITS[values & 0x3FFF] + _BITS[values >> np.uint32(14)]
    return counts
