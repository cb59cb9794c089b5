"""Find the words and phrases that are sought in a text (see `needles`).

    text  -> one byte per letter, folded -> find each needle -> the piece between two blanks -> its words -> known?

Needles are found at memory speed; pieces are cached for the duration of a query.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Final

from msgspec import Struct, field

from searchq.analysis.tokenizer import tokens
from searchq.analysis.typography import UNEVEN, UNEVEN_SIGNS
from searchq.results import compiled
from searchq.results.marks import Place
from searchq.results.needles import Needle, Phrase, Sought, level_of, needles_of

__all__ = ["WordFinder", "pieces"]

MAX_PIECE_LENGTH: Final = 200  # characters between two blanks; longer ones are not prose


class WordFinder(Struct):
    """Finds what is sought in texts; keeps what it read in their pieces, which recur."""

    sought: Sought
    read: dict[str, tuple[Place, ...]] = field(default_factory=dict)  # by piece

    def places(self, text: str, most: int) -> list[Place]:
        """Find words and phrases in a text; at most `most` pieces per needle."""
        sought, level = self.sought, level_of(text)
        uneven = list(_uneven_pieces(text, level))
        found = [
            place for phrase in sought.phrases.values() for place in _phrase_places(phrase, text, level, uneven, most)
        ]
        for needle in sought.needles:
            if needle.letters in level:  # usually false
                found += self._around(needle, text, level, most)
        for start, end in uneven:
            own = self._words_in(text[start:end])
            found += [(start + first, start + last, term, weight) for first, last, term, weight in own]
        return found

    def _around(self, needle: Needle, text: str, level: bytes, most: int) -> list[Place]:
        """The words in the pieces around a needle."""
        if compiled.marks and needle.letters:
            return compiled.marks.word_places(
                text, level, needle.letters, needle.is_alone, most, MAX_PIECE_LENGTH, self.sought.words, self._words_in
            )
        return [
            (start + first, start + last, term, weight)
            for start, end in pieces(level, needle, most)
            for first, last, term, weight in self._words_in(text[start:end])
        ]

    def _words_in(self, piece: str) -> tuple[Place, ...]:
        """The words in a piece."""
        known = self.read.get(piece)
        if known is None:
            known = self.read[piece] = _word_places(piece, self.sought.words)
        return known


def pieces(level: bytes, needle: Needle, most: int) -> Iterator[tuple[int, int]]:
    """The distinct pieces, from blank to blank, around each occurrence of the needle."""
    last = 0
    for match in islice(needle.pattern.finditer(level), most):
        first, after = match.span()
        if first < last:
            continue
        start = level.rfind(b" ", 0, first) + 1
        end = level.find(b" ", after)
        if end < 0:
            end = len(level)
        if end - start > MAX_PIECE_LENGTH:
            start, end = max(start, first - MAX_PIECE_LENGTH), min(end, after + MAX_PIECE_LENGTH)
        yield start, end
        last = end


def _uneven_pieces(text: str, level: bytes) -> Iterator[tuple[int, int]]:
    """The pieces with a ligature or an invisible character, in which no needle is found."""
    if not any(sign in text for sign in UNEVEN_SIGNS):  # most have none, which asking for each tells soonest
        return
    for place in [found.start() for found in UNEVEN.finditer(text)]:
        start, end = level.rfind(b" ", 0, place) + 1, level.find(b" ", place)
        end = len(level) if end < 0 else end
        if end - start <= MAX_PIECE_LENGTH:
            yield start, end


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
