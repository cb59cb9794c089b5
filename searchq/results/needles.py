"""What is sought in the texts of a zone: words, phrases, and needles, the fewest strings of which every word holds one.

    words   communicatie, communicaties, communicatiebeleid        needles   communicatie
    text    "De Communicatie, één"                                 level     b"de communicatie, een"

Needles are found at memory speed (see `word_finder`).
"""

import re
from collections.abc import Callable, Collection, Iterator
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Final, NamedTuple

from msgspec import Struct, field

from searchq.analysis.folding import fold
from searchq.analysis.typography import UNEVEN_SIGNS
from searchq.results import compiled

__all__ = ["Needle", "Phrase", "Sought", "level_of", "needles_by_word", "needles_of"]

MAX_NEEDLES: Final = 12  # searched for one by one
BEGINNING: Final = 4  # prefix length if there are more needles
MAX_REMEMBERED: Final = 512  # cached words with needles; some 40 kB each
SHORT_WORD: Final = 3  # letters; shorter words occur inside most others, so only whole words match
MAX_DOTTED_LENGTH: Final = 5  # letters of an abbreviation that may have dots


# One byte a character, so that places in the bytes are places in the text: letters without case and marks, blanks as
# one sort; what is no letter of Latin-1 reads as `?`, or `!` where it is uneven, and both signs as a full stop.
def _level_sign(sign: str) -> str:
    if sign in UNEVEN_SIGNS:
        return "!"
    letter = " " if sign.isspace() else "." if sign == "!" else fold(sign.lower())
    return letter if len(letter) == 1 and letter.isascii() else "?"


_LEVEL: Final = bytes(ord(_level_sign(chr(code))) for code in range(256))
_AS_SOFT_HYPHENS: Final = str.maketrans({"?": "."} | dict.fromkeys(UNEVEN_SIGNS, "\u00ad"))
_RUN: Final = re.compile(rb"[a-z0-9]+")
_SEPARATORS: Final = (b" ", b".")


class Needle(NamedTuple):
    """A pattern to search for, and letters that must occur, which are tested first."""

    letters: bytes
    pattern: re.Pattern[bytes]
    is_alone: bool = False  # no letter or digit stands beside them


def level_of(text: str) -> bytes:
    """The text without case and accents, one byte per character."""
    if compiled.marks:
        return compiled.marks.level_of(text, _LEVEL)
    return text.translate(_AS_SOFT_HYPHENS).encode("latin-1", "replace").translate(_LEVEL)


def needles_of(words: tuple[str, ...]) -> tuple[Needle, ...]:
    """A near-minimal set of strings such that each word, as `level_of` writes it, contains one of them.

    A few are searched for one by one, at memory speed; many (from a prefix, say) by one pattern of their prefixes.
    """
    return _remembered(words) if len(words) <= MAX_REMEMBERED else _needles(words)


def _needles(words: tuple[str, ...]) -> tuple[Needle, ...]:
    levels = sorted({level_of(word) for word in words}, key=len)
    short = {level for level in levels if len(level) <= SHORT_WORD and level.isalnum()}
    needles: list[bytes] = []
    for level in levels:
        if level in short or any(needle in level for needle in needles[:MAX_NEEDLES]):
            continue
        if run := max(_RUN.findall(level), key=len, default=b""):
            needles.append(run)
    broken = {spelling for level in levels for spelling in _broken(level)}
    return (
        *_sought(short, _alone, lambda texts: rb"(?<![a-z0-9])" + _any_of(texts) + rb"(?![a-z0-9])"),
        *_sought(needles, re.escape, lambda texts: _any_of({text[:BEGINNING] for text in texts})),
        *_sought(broken, re.escape, _any_of),
    )


_remembered: Final = lru_cache(maxsize=1 << 10)(_needles)


def _sought(
    texts: Collection[bytes], each: Callable[[bytes], bytes], together: Callable[[Collection[bytes]], bytes]
) -> list[Needle]:
    """The needles for some strings: one pattern each, or one for all."""
    if len(texts) > MAX_NEEDLES:
        return [Needle(b"", re.compile(together(texts)))]
    return [Needle(text, re.compile(each(text)), each is _alone) for text in sorted(texts)]


def _any_of(texts: Collection[bytes]) -> bytes:
    """A pattern that matches any of the strings, with common prefixes factored out: `b(?:aan|ij(?:na|))`.

    A plain alternation of thousands of strings takes fifty times as long.
    """
    parts = [
        re.escape(first) + _any_of([text[1:] for text in rest])
        for first, rest in groupby(sorted(filter(None, texts)), lambda text: text[:1])
    ]
    parts += [b""] * (b"" in texts)
    return parts[0] if len(parts) == 1 else b"(?:" + b"|".join(parts) + b")"


def _alone(level: bytes) -> bytes:
    """A pattern that matches a whole word only: `eu`, not the `eu` in `Europa`.

    The lookbehind comes last, so that the pattern starts with literal letters and is searched as fast as they are.
    """
    return level + rb"(?<![a-z0-9]" + level + rb")(?![a-z0-9])"


def _broken(level: bytes) -> Iterator[bytes]:
    """The spellings of a word with separators: 1565 is also 1 565 and 1.565, nmbs N.M.B.S."""
    if level.isdigit() and len(level) > 3:
        head = len(level) % 3 or 3
        groups = [level[:head], *(level[place : place + 3] for place in range(head, len(level), 3))]
        yield from (separator.join(groups) for separator in _SEPARATORS)
    elif level.isalpha() and 1 < len(level) <= MAX_DOTTED_LENGTH:
        yield b".".join(level[place : place + 1] for place in range(len(level)))


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
        """Whether a folded piece may contain the phrase: it has every word, or what was not read."""
        if b"?" in stretch or b"!" in stretch:
            return True
        return all(any(needle.pattern.search(stretch) for needle in needles) for needles in needles_by_word(self.words))


@lru_cache(maxsize=4096)
def needles_by_word(words: tuple[str, ...]) -> tuple[tuple[Needle, ...], ...]:
    """The needles of each word of letters, where it has some."""
    return tuple([needles for word in words if word.isalpha() and (needles := needles_of((word,)))])


class Sought(Struct, dict=True):
    """The words and phrases to mark in the texts of some zones."""

    words: dict[str, tuple[int, float]] = field(default_factory=dict)  # word: term, weight
    phrases: dict[tuple[tuple[str, ...], int], Phrase] = field(default_factory=dict)  # by words and term
    sets: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, words: tuple[str, ...], term: int, weight: float) -> None:
        """Mark the words as a term; a word of two terms counts as the rarer one."""
        known, own = self.words, (term, weight)
        for word in words:
            if word not in known or known[word][1] < weight:
                known[word] = own
        self.sets.append(words)

    def add_phrase(self, phrase: Phrase) -> None:
        """Mark a phrase; one of several zones is sought once and counts as its most frequent."""
        known = self.phrases.setdefault((phrase.words, phrase.term), phrase)
        if phrase.weight < known.weight:
            self.phrases[phrase.words, phrase.term] = phrase

    @cached_property
    def needles(self) -> tuple[Needle, ...]:
        """The needles of every word; computed per term, since terms recur in other queries."""
        single = tuple(words[0] for words in self.sets if len(words) == 1)
        several = [words for words in self.sets if len(words) > 1]
        return tuple(dict.fromkeys(needle for words in [single, *several] for needle in needles_of(words)))

    @cached_property
    def whole(self) -> frozenset[str]:
        """The words, those of phrases among them."""
        return frozenset(self.words).union(*(words for words, _ in self.phrases))
