"""Finding words in a text at memory speed: the text as bytes, and the fewest short strings to seek in it.

    words   communicatie, communicaties, communicatiebeleid        needles   communicatie
    text    "De Communicatie, één"                                 level     b"de communicatie, een"

A place of a needle is widened to the piece between two blanks, whose words are then looked at properly.
"""

import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from itertools import groupby, islice
from typing import Final, NamedTuple

from searchq.analysis.folding import fold

__all__ = ["MAX_PIECE_LENGTH", "Needle", "level_of", "needles_of", "pieces"]

MAX_NEEDLES: Final = 12  # sought one by one
BEGINNING: Final = 4  # letters of each where there are more
MAX_REMEMBERED: Final = 512  # words of which the needles are kept; each such takes some 40 kB
SHORT_WORD: Final = 3  # letters; a word as short stands inside most others, so it is sought by itself
MAX_DOTTED_LENGTH: Final = 5  # letters of an abbreviation that may be written with dots
MAX_PIECE_LENGTH: Final = 200  # characters between two blanks; more is no prose

# One byte a character, so that places in the bytes are places in the text: letters without case and marks, blanks as
# one sort; what is no letter of Latin-1 reads as `?`, which stands in no needle.
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
    """What to seek: a pattern, and letters without which it is nowhere, which are looked for sooner."""

    letters: bytes
    pattern: re.Pattern[bytes]


def level_of(text: str) -> bytes:
    """A text without case and marks, a byte a character."""
    return text.encode("latin-1", "replace").translate(_LEVEL)


def needles_of(words: tuple[str, ...]) -> tuple[Needle, ...]:
    """The fewest strings (nearly) such that each word, as `level_of` writes it, holds one of them.

    A few are sought one by one, at memory speed; many (of a prefix, say) by one pattern of their beginnings.
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
    """What seeks some texts: a pattern for each, or one for many together."""
    if len(texts) > MAX_NEEDLES:
        return [Needle(b"", re.compile(together(texts)))]
    return [Needle(text, re.compile(each(text))) for text in sorted(texts)]


def _any_of(texts: Collection[bytes]) -> bytes:
    """The pattern of any of some texts, the letters they begin with written once: `b(?:aan|ij(?:na|))`.

    Of thousands side by side each would be tried at each place of a text, which takes fifty times as long.
    """
    parts = [
        re.escape(first) + _any_of([text[1:] for text in rest])
        for first, rest in groupby(sorted(filter(None, texts)), lambda text: text[:1])
    ]
    parts += [b""] * (b"" in texts)
    return parts[0] if len(parts) == 1 else b"(?:" + b"|".join(parts) + b")"


def _alone(level: bytes) -> bytes:
    """The pattern of a word that counts only by itself: `eu`, not what stands in `Europa`.

    What comes before is looked at last, so that the pattern begins with its letters and is sought as fast as they are.
    """
    return level + rb"(?<![a-z0-9]" + level + rb")(?![a-z0-9])"


def _broken(level: bytes) -> Iterator[bytes]:
    """The ways a text may break a word up: 1565 is written 1 565 and 1.565, nmbs N.M.B.S."""
    if level.isdigit() and len(level) > 3:
        head = len(level) % 3 or 3
        groups = [level[:head], *(level[place : place + 3] for place in range(head, len(level), 3))]
        yield from (separator.join(groups) for separator in _SEPARATORS)
    elif level.isalpha() and 1 < len(level) <= MAX_DOTTED_LENGTH:
        yield b".".join(level[place : place + 1] for place in range(len(level)))


def pieces(level: bytes, needle: Needle, most: int) -> Iterator[tuple[int, int]]:
    """From blank to blank around each place of the needle, each piece once."""
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
