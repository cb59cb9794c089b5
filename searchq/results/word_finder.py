"""Find the words and phrases that are sought in a text (see `needles`).

    text  -> one byte per letter, folded -> find each needle -> the piece between two blanks -> its words -> known?

Needles are found at memory speed; pieces are cached for the duration of a query.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Final

from msgspec import Struct, field

from searchq.analysis.tokenizer import tokens
from searchq.results import compiled
from searchq.results.marks import Place
from searchq.results.needles import Needle, Phrase, Sought, level_of, needles_by_word, needles_of

__all__ = ["WordFinder", "pieces"]

MAX_PIECE_LENGTH: Final = 200  # characters between two blanks; longer ones are not prose
MAX_OTHERS: Final = 64  # needles of one phrase that the kernel takes


class WordFinder(Struct):
    """Finds what is sought in texts; keeps what it read in their pieces, which recur."""

    sought: Sought
    read: dict[str, tuple[Place, ...]] = field(default_factory=dict)  # by piece

    def places(self, text: str, most: int) -> list[Place]:
        """Find words and phrases in a text; at most `most` pieces per needle."""
        sought, level = self.sought, level_of(text)
        uneven = list(_uneven_pieces(level))
        found = [
            place for phrase in sought.phrases.values() for place in _phrase_places(phrase, text, level, uneven, most)
        ]
        for needle in sought.needles:
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
        if needle.letters not in level:  # usually true
            return []
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


def _uneven_pieces(level: bytes) -> Iterator[tuple[int, int]]:
    """The pieces with a ligature or an invisible character, in which no needle is found."""
    place = level.find(b"!")
    while place >= 0:
        start, end = level.rfind(b" ", 0, place) + 1, level.find(b" ", place)
        end = len(level) if end < 0 else end
        if end - start <= MAX_PIECE_LENGTH:
            yield start, end
        place = level.find(b"!", place + 1)


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
        for start, end in chain(_stretches(phrase, needle, level, most), _may_stand(phrase, level, uneven)):
            near = tokens(text[start:end])
            words = [token.word for token in near]
            for place in range(len(words) - size + 1):
                if tuple(words[place : place + size]) == phrase.words:
                    first, last = near[place], near[place + size - 1]
                    yield start + first.start, start + last.end, phrase.term, phrase.weight


def _stretches(phrase: Phrase, needle: Needle, level: bytes, most: int) -> Sequence[tuple[int, int]]:
    """The stretches around each occurrence of the needle where a phrase may stand."""
    others = _plain_needles(phrase.words)
    if compiled.marks and needle.letters and others is not None:
        before, after = _blanks_around(phrase)
        return compiled.marks.stretches(level, _plain(needle), others, most, MAX_PIECE_LENGTH, before, after)
    return list(_may_stand(phrase, level, pieces(level, needle, most)))


def _may_stand(phrase: Phrase, level: bytes, near: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The stretches around some pieces where a phrase may stand."""
    for piece in near:
        start, end = _widened(level, *piece, *_blanks_around(phrase))
        if phrase.may_stand_in(level[start:end]):
            yield start, end


def _blanks_around(phrase: Phrase) -> tuple[int, int]:
    """How many blanks before and after its longest word a phrase reaches at most."""
    return 2 * phrase.anchor + 1, 2 * (len(phrase.words) - phrase.anchor)


def _plain(needle: Needle) -> tuple[bytes, bool]:
    return needle.letters, needle.is_alone


@lru_cache(maxsize=4096)
def _plain_needles(words: tuple[str, ...]) -> tuple[tuple[tuple[bytes, bool], ...], ...] | None:
    """The needles of each word, for the kernel; None where there are patterns among them, or many."""
    every = needles_by_word(words)
    are_plain = all(needle.letters for needles in every for needle in needles)
    return tuple(tuple(map(_plain, own)) for own in every) if are_plain and sum(map(len, every)) <= MAX_OTHERS else None


def _widened(level: bytes, start: int, end: int, before: int, after: int) -> tuple[int, int]:
    """Extend a range by a number of blanks on each side, as far apart as in prose."""
    low, high = max(0, start - before * MAX_PIECE_LENGTH), min(len(level), end + after * MAX_PIECE_LENGTH)
    for _ in range(before):
        start = level.rfind(b" ", low, max(start - 1, low)) + 1 or low
    for _ in range(after):
        blank = level.find(b" ", end + 1, high)
        end = high if blank < 0 else blank
    return start, end
