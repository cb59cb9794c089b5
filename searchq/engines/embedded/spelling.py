"""Spelling correction: the distance between Dutch words, by typing errors and by sounds with two spellings.

    distance("asielzoker", "asielzoeker")   1.0    one letter added, lost, changed, or swapped with the next
    distance("kontrole", "controle")        0.5    sounds the same
    distance("veiligeid", "veiligheid")     1.0

A word is compared with the words of similar length and letters; those more than two letters off must begin with the
same letter, which a sorted table has in one range. The candidates are ranked by distance, frequency, first and last
letter and set of letters: typing errors are more frequent inside a word than at its ends, and more often swap or double
letters than add new ones.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from msgspec.structs import replace
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from searchq.analysis.folding import fold
from searchq.engines.embedded.vocabulary import Vocabulary, WordTable, letters_of, top
from searchq.index.format.encoding import distinct
from searchq.query.suggestion import KnownWord

__all__ = ["Near", "distance", "near_words", "spellings"]

_SAME_SOUND: Final = 0.5  # cost of a same-sounding spelling; a typing error costs 1
_REACH: Final = ((10, 3.0), (7, 2.0), (5, 1.5), (4, 1.0), (3, 1.0))  # letters, and the distance accepted from there on
_ELSEWHERE: Final = 2  # letters; the most that differ in words with another first letter
_OTHER_FIRST: Final = 1.0  # distance accepted for those
_MAX_COMPARED: Final = 600  # words of a kind, the most frequent ones
_MAX_FOUND: Final = 8

# Weights of a candidate, in logarithms of its frequency. Of 3,000 slips in words of titles the word meant comes first
# in 97.8 % (tests/measurements/spelling.py); it did in 96.3 % with distance, frequency and the first letter alone.
_STEP: Final = 4.5  # a word one edit nearer is preferred to one e^4.5 = 90 times as frequent
_SAME_END: Final = 1.0  # for the first letter, and for the last
_SAME_LETTERS: Final = 2.0  # no other letters: some swapped, doubled or lost of two
_BITS: Final = np.array([bin(number).count("1") for number in range(1 << 14)], np.uint8)


class Near(NamedTuple):
    """A word of the index, and its distance from another."""

    word: str
    distance: float


def spellings(word: str, vocabulary: Vocabulary) -> tuple[KnownWord, ...]:
    """Return what the index knows of the words that may have been meant, best first.

    A word of the dictionary is no slip, though no question holds it: only other marks may have been meant.
    """
    is_listed = vocabulary.snapshot.lexicon.is_listed(word.lower())
    found = ((near, vocabulary.known(near.word)) for near in near_words(word, vocabulary.table))
    return tuple(
        replace(known, distance=near.distance) for near, known in found if known and not (is_listed and near.distance)
    )


def near_words(word: str, table: WordTable, most: int = _MAX_FOUND) -> list[Near]:
    """Return words of the index that may have been meant, best first; never the word itself."""
    own = fold(word.lower())
    reach = next((reach for letters, reach in _REACH if len(own) >= letters), 0.0)
    if not reach:
        return []
    places = _comparable(own, table, int(reach + _SAME_SOUND))
    others = [table.folded[place] for place in places.tolist()]
    far = _distances(own, others, int(reach) + 2)
    ends = [(other[0] == own[0]) + (other[-1] == own[-1]) for other in others]
    same_letters = table.letters[places] == letters_of(own)
    likely = np.log(table.frequencies[places]) - _STEP * far + _SAME_END * np.array(ends) + _SAME_LETTERS * same_letters
    meant = sorted(
        (-score, table.words[place], edits)
        for score, place, other, edits in zip(likely.tolist(), places.tolist(), others, far.tolist(), strict=True)
        if edits <= (reach if other[0] == own[0] else _OTHER_FIRST) and table.words[place] != word
    )
    return [Near(other, edits) for _, other, edits in meant[:most]]


def _comparable(own: str, table: WordTable, reach: int) -> npt.NDArray[np.intp]:
    """Return the places of the words worth comparing: any with few other letters, more with the same first letter."""
    first, last = table.folded.prefix_range(own[0])
    anywhere = _alike(own, table, slice(None), min(reach, _ELSEWHERE))
    return distinct(np.concatenate((anywhere, first + _alike(own, table, slice(first, last), reach))))


def _alike(own: str, table: WordTable, among: slice, reach: int) -> npt.NDArray[np.intp]:
    """Return the places, within a slice, of the most frequent words that at most `reach` edits may make of a word."""
    letters, mask = table.letters[among], letters_of(own)
    fits = np.abs(table.lengths[among] - len(own.encode())) <= reach
    places = np.flatnonzero(fits)
    lost, added = _bit_count(mask & ~letters[places]), _bit_count(letters[places] & ~mask)
    places = places[(lost <= reach) & (added <= reach)]
    found: npt.NDArray[np.intp] = places[top(table.frequencies[among][places], _MAX_COMPARED)]
    return found


def distance(left: str, right: str) -> float:
    """Return the edit distance of two folded words; same-sounding spellings cost half."""
    return float(_distances(left, [right])[0])


def _distances(word: str, others: Sequence[str], most: int = 1 << 10) -> npt.NDArray[np.float64]:
    """Return the distance of a word from each of the others: float64[n]; of no use beyond `most`."""
    far = _edits(word, others).astype(np.float64)
    near = np.flatnonzero(far <= most)
    sounds = _sound("\n".join(others[place] for place in near.tolist())).split(
        "\n"
    )  # one substitution per word would be slow
    far[near] = np.minimum(far[near], _edits(_sound(word), sounds) + _SAME_SOUND)
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
