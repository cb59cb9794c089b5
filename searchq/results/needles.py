"""Find words in a text at memory speed: the text as bytes, and the fewest substrings to search for.

    words   communicatie, communicaties, communicatiebeleid        needles   communicatie
    text    "De Communicatie, één"                                 level     b"de communicatie, een"

Each occurrence of a needle is extended to the surrounding blanks; the words in between are then checked.
"""

import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from itertools import groupby, islice
from typing import Final, NamedTuple

from searchq.analysis.folding import fold
from searchq.analysis.typography import uneven_places
from searchq.results import compiled

__all__ = ["MAX_PIECE_LENGTH", "Needle", "level_of", "needles_of", "pieces", "uneven_pieces"]

MAX_NEEDLES: Final = 12  # searched for one by one
BEGINNING: Final = 4  # prefix length if there are more needles
MAX_REMEMBERED: Final = 512  # cached words with needles; some 40 kB each
SHORT_WORD: Final = 3  # letters; shorter words occur inside most others, so only whole words match
MAX_DOTTED_LENGTH: Final = 5  # letters of an abbreviation that may have dots
MAX_PIECE_LENGTH: Final = 200  # characters between two blanks; longer ones are not prose

# One byte a character, so that places in the bytes are places in the text: letters without case and marks, blanks as
# one sort; what is no letter of Latin-1 reads as `?`, which stands in no needle, and a question mark as a full stop.
_LEVEL: Final = bytes(
    32
    if chr(code).isspace()
    else ord(letter)
    if len(letter := fold(chr(code).lower())) == 1 and ord(letter) < 128
    else 63
    for code in range(256)
)
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
    return text.replace("?", ".").encode("latin-1", "replace").translate(_LEVEL)


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


def uneven_pieces(text: str, level: bytes) -> Iterator[tuple[int, int]]:
    """The pieces with a ligature or an invisible character, in which no needle is found."""
    for place in uneven_places(text):
        start, end = level.rfind(b" ", 0, place) + 1, level.find(b" ", place)
        end = len(level) if end < 0 else end
        if end - start <= MAX_PIECE_LENGTH:
            yield start, end
