"""How far one Dutch word is from another: slips of the finger, and sounds that are written in two ways.

    distance("asielzoker", "asielzoeker")   1.0    one letter added, lost, changed, or swapped with the next
    distance("kontrole", "controle")        0.5    sounds the same
    distance("veiligeid", "veiligheid")     1.0

A word is compared with those of nearly its length and its letters only, which leaves a few hundred of all. Which of the
near ones was meant, frequency, both ends and the letters themselves tell: fingers slip inside a word more often than at
its ends, and swap or double letters more often than they find others.
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

_SAME_SOUND: Final = 0.5  # what a spelling by ear costs, against 1 for a slip
_LONG: Final = 5  # letters from which two slips are believed, the first letter not being one of them
_MIN_LENGTH: Final = 3  # letters; there are too many shorter words to mean one of them
_MAX_COMPARED: Final = 600  # words, the most frequent ones

# What speaks for a word, in logarithms of its frequency. Of 3,000 slips in words of titles the word meant comes first
# in 97.8 % (tests/measurements/spelling.py); it did in 96.3 % with distance, frequency and the first letter alone.
_STEP: Final = 4.5  # a word one edit nearer is preferred to one e^4.5 = 90 times as frequent
_SAME_END: Final = 1.0  # for the first letter, and for the last
_SAME_LETTERS: Final = 2.0  # no other letters: some swapped, doubled or lost of two
_BITS: Final = np.array([bin(number).count("1") for number in range(1 << 14)], np.uint8)


def near_words(word: str, table: WordTable, most: int = 3) -> list[str]:
    """Words of the index that may have been meant, best first; never the word itself."""
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
    """Edits between two folded words, spellings of one sound at half price."""
    return float(_distances(left, [right])[0])


def _distances(word: str, others: Sequence[str]) -> npt.NDArray[np.float64]:
    """The distance of a word from each of the others: float64[n]."""
    sounds = _sound("\n".join(others)).split("\n")  # all at once: a pattern for each word is what would take the time
    far: npt.NDArray[np.float64] = np.minimum(_edits(word, others), _edits(_sound(word), sounds) + _SAME_SOUND)
    return far


def _edits(word: str, others: Sequence[str]) -> npt.NDArray[np.int16]:
    """Optimal string alignment distance of a word from each of the others: int16[n]."""
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
