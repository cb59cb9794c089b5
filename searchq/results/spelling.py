"""How far one Dutch word is from another: slips of the finger, and sounds that are written in two ways.

    distance("asielzoker", "asielzoeker")   1.0    one letter added, lost, changed, or swapped with the next
    distance("kontrole", "controle")        0.5    sounds the same
    distance("veiligeid", "veiligheid")     1.0

A word is compared with those of nearly its length and its letters only, which leaves a few hundred of all.
"""

import math
import re
from typing import Final

import numpy as np
import numpy.typing as npt

from searchq.analysis.folding import fold
from searchq.results.vocabulary import WordTable, letters_of, top

__all__ = ["distance", "near_words"]

_SAME_SOUND: Final = 0.5  # what a spelling by ear costs, against 1 for a slip
_LONG: Final = 5  # letters from which two slips are believed
_SHORTEST: Final = 3  # letters; there are too many shorter words to mean one of them
_MOST_COMPARED: Final = 600  # words, the most frequent ones
_STEP: Final = 3.5  # a word one edit nearer is preferred to one e^3.5 = 33 times as frequent
_BITS: Final = np.array([bin(number).count("1") for number in range(1 << 14)], np.uint8)


def near_words(word: str, table: WordTable, most: int = 3) -> list[str]:
    """Words of the index that may have been meant, best first; never the word itself."""
    own = fold(word.lower())
    if len(own) < _SHORTEST:
        return []
    reach = 2 if len(own) >= _LONG else 1
    like = np.abs(table.lengths - len(own.encode())) <= reach
    like &= _bit_count(table.letters ^ letters_of(own)) <= 2 * reach
    places = np.flatnonzero(like)
    frequencies = table.frequencies[places]
    found = []
    for place in top(frequencies, _MOST_COMPARED):
        other = table.folded[int(places[place])]
        far = distance(own, other, reach)
        if other != own and far <= reach:
            likely = math.log(float(frequencies[place])) - _STEP * far + (other[0] == own[0])
            found.append((-likely, table.words[int(places[place])]))
    return [other for _, other in sorted(found)[:most]]


def distance(left: str, right: str, reach: int = 2) -> float:
    """Edits between two folded words, spellings of one sound at half price; beyond `reach` only that it is beyond."""
    edits = _edits(left, right, reach)
    sounds = _edits(_sound(left), _sound(right), reach)
    return min(float(edits), sounds + _SAME_SOUND)


def _edits(left: str, right: str, reach: int) -> int:
    """Optimal string alignment distance, or `reach` + 1 as soon as it is sure to be beyond."""
    if abs(len(left) - len(right)) > reach:
        return reach + 1
    before: list[int] = []
    last = list(range(len(right) + 1))
    for i, letter in enumerate(left, 1):
        row = [i]
        for j, other in enumerate(right, 1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        if min(row) > reach:
            return reach + 1
        before, last = last, row
    return last[-1]


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
