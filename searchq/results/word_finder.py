"""Find the words and phrases of a query in the texts of one zone.

    terms -> words -> needles: the fewest short strings such that every word contains one
    text  -> one byte per letter, folded -> find each needle -> the piece between two blanks -> its words -> known?

Needles are found at memory speed; pieces are cached for the duration of a query.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import Final, NamedTuple

from msgspec import Struct, field

from searchq.analysis.broken_words import with_sought_joined
from searchq.analysis.tokenizer import tokens
from searchq.analysis.typography import with_words_joined
from searchq.results import compiled
from searchq.results.marks import Place
from searchq.results.needles import MAX_PIECE_LENGTH, Needle, level_of, needles_of, pieces, uneven_pieces

__all__ = ["Lookup", "Phrase"]


class Phrase(NamedTuple):
    """Words that match only in sequence."""

    words: tuple[str, ...]
    term: int
    weight: float

    @property
    def anchor(self) -> int:
        """The word to search for: the longest, as it is usually the rarest."""
        return max(range(len(self.words)), key=lambda place: len(self.words[place]))

    def may_stand_in(self, stretch: bytes) -> bool:
        """Whether a folded piece may contain the phrase: it has every word, or a `?`."""
        return b"?" in stretch or all(
            any(needle.pattern.search(stretch) for needle in needles) for needles in _needles_by_word(self.words)
        )


@lru_cache(maxsize=4096)
def _needles_by_word(words: tuple[str, ...]) -> list[tuple[Needle, ...]]:
    """The needles of each word of letters, where it has some."""
    return [needles for word in words if word.isalpha() and (needles := needles_of((word,)))]


class Lookup(Struct, dict=True):
    """The words to mark in one zone, and what has been worked out about its texts so far."""

    words: dict[str, tuple[int, float]] = field(default_factory=dict)  # word: term, weight
    phrases: dict[tuple[tuple[str, ...], int], Phrase] = field(default_factory=dict)  # by words and term
    pieces: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    sets: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, words: tuple[str, ...], term: int, weight: float) -> None:
        """Mark the words as a term; a word of two terms counts as the rarer one."""
        own = dict.fromkeys(words, (term, weight))
        shared = own.keys() & self.words.keys()
        own |= {word: self.words[word] for word in shared if self.words[word][1] >= weight}
        self.words |= own
        self.sets.append(words)

    def add_phrase(self, phrase: Phrase) -> None:
        """Mark a phrase; one of several zones is sought once and counts as its most frequent."""
        known = self.phrases.setdefault((phrase.words, phrase.term), phrase)
        if phrase.weight < known.weight:
            self.phrases[phrase.words, phrase.term] = phrase

    def places(self, text: str, most: int) -> list[Place]:
        """Find words and phrases in a text; at most `most` pieces per needle."""
        text = with_sought_joined(with_words_joined(text), self._sought)
        level = level_of(text)
        uneven = list(uneven_pieces(text, level))
        found = [
            place for phrase in self.phrases.values() for place in _phrase_places(phrase, text, level, uneven, most)
        ]
        for needle in self.needles:
            if needle.letters in level:  # usually false
                found += self._around(needle, text, level, most)
        for start, end in uneven:
            own = self._read(text[start:end])
            found += [(start + first, start + last, term, weight) for first, last, term, weight in own]
        return found

    def _around(self, needle: Needle, text: str, level: bytes, most: int) -> list[Place]:
        """The words in the pieces around a needle."""
        if compiled.marks and needle.letters:
            return compiled.marks.word_places(
                text, level, needle.letters, needle.is_alone, most, MAX_PIECE_LENGTH, self.words, self._read
            )
        return [
            (start + first, start + last, term, weight)
            for start, end in pieces(level, needle, most)
            for first, last, term, weight in self._read(text[start:end])
        ]

    def _read(self, piece: str) -> tuple[Place, ...]:
        """The words in a piece."""
        known = self.pieces.get(piece)
        if known is None:
            known = self.pieces[piece] = _word_places(piece, self.words)
        return known

    @cached_property
    def _sought(self) -> frozenset[str]:
        return frozenset(self.words).union(*(words for words, _ in self.phrases))

    @cached_property
    def needles(self) -> tuple[Needle, ...]:
        """The needles of every word; computed per term, since terms recur in other queries."""
        single = tuple(words[0] for words in self.sets if len(words) == 1)
        several = [words for words in self.sets if len(words) > 1]
        return tuple(dict.fromkeys(needle for words in [single, *several] for needle in needles_of(words)))


def _word_places(piece: str, words: dict[str, tuple[int, float]]) -> tuple[Place, ...]:
    """The words in a piece of text; a plain word between punctuation skips the tokenizer."""
    core = piece.strip(_PUNCTUATION)
    if core.isascii() and core.isalpha():
        known = words.get(core.lower())
        start = piece.index(core)
        return ((start, start + len(core), *known),) if known else ()
    return tuple((token.start, token.end, *words[token.word]) for token in tokens(piece) if token.word in words)


_PUNCTUATION: Final = '.,;:!?()[]"“”„‘’…•'


def _phrase_places(
    phrase: Phrase, text: str, level: bytes, uneven: Sequence[tuple[int, int]], most: int
) -> Iterator[Place]:
    """The ranges where the words of a phrase occur in sequence."""
    size, anchor = len(phrase.words), phrase.anchor
    for needle in needles_of((phrase.words[anchor],)):
        for start, end in chain(pieces(level, needle, most), uneven):
            start, end = _widened(level, start, end, 2 * anchor + 1, 2 * (size - anchor))
            if not phrase.may_stand_in(level[start:end]):
                continue
            near = tokens(text[start:end])
            words = [token.word for token in near]
            for place in range(len(words) - size + 1):
                if tuple(words[place : place + size]) == phrase.words:
                    first, last = near[place], near[place + size - 1]
                    yield start + first.start, start + last.end, phrase.term, phrase.weight


def _widened(level: bytes, start: int, end: int, before: int, after: int) -> tuple[int, int]:
    """Extend a range by a number of blanks on each side, as far apart as in prose."""
    low, high = max(0, start - before * MAX_PIECE_LENGTH), min(len(level), end + after * MAX_PIECE_LENGTH)
    for _ in range(before):
        start = level.rfind(b" ", low, max(start - 1, low)) + 1 or low
    for _ in range(after):
        blank = level.find(b" ", end + 1, high)
        end = high if blank < 0 else blank
    return start, end
