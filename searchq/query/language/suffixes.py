"""Suffixes of a word or a phrase: ~ for fuzziness or distance, ^ for weight, * and ? for other letters.

    "sociale media"~3^2      three words apart at most, twice the weight
    facebok~                 one letter different
    onder*   wild?ard        any letters; one letter

Values beyond a limit are clamped, with a hint.
"""

import re
from typing import Final, Literal, NamedTuple

from searchq.lazy_regex import lazy
from searchq.limits import FUZZY_DISTANCE, MAX_BOOST, MAX_WILDCARDS, MAX_WORD_DISTANCE, MIN_PREFIX_LETTERS
from searchq.query.language.hint_collector import HintCollector

__all__ = ["Suffix", "distance", "suffix", "word_shape"]

_UNSAID_DISTANCE: Final = 10  # words, for NEAR and ~ without a number

_SUFFIX: Final = lazy(r"(?:~([0-9]*+)(?:[.,][0-9]++)?+)?+(?:\^([0-9]++(?:[.,][0-9]++)?+))?+(?![^\s),;.?!])")
_PATTERN: Final = lazy(r"(?<=[\w'’&\-])\*|\*(?=\w)|(?<=[^\W\d])\?(?=[^\W\dA-Z]|\?|\*)")
_CLOSING_MARKS: Final = ",;.?!"


class Suffix(NamedTuple):
    """A ~ with its number (None: no ~), the weight after a ^, and the place where they end."""

    distance: int | None
    boost: float
    end: int


def suffix(text: str, at: int, hints: HintCollector) -> Suffix:
    """Read the ~ and ^ at this place."""
    found = _SUFFIX.match(text, at)
    if found is None:
        return Suffix(None, 1.0, at)
    return Suffix(None if found[1] is None else distance(found, 1, hints), _boost(found, hints), found.end())


def distance(found: re.Match[str], group: int, hints: HintCollector) -> int:
    """Return the number of words in a group of the match, clamped."""
    if not found[group]:
        return _UNSAID_DISTANCE
    words = int(found[group][:9])
    if words > MAX_WORD_DISTANCE:
        hints.add("distance-limit", *found.span(group), value=found[group], limit=MAX_WORD_DISTANCE)
    return max(1, min(words, MAX_WORD_DISTANCE))


def word_shape(
    text: str, start: int, end: int, hints: HintCollector
) -> tuple[Literal["word", "pattern", "fuzzy"], str, float]:
    """Return the shape of a chunk of text, the chunk without suffixes, and its weight."""
    chunk = text[start:end]
    if not _SPECIAL.search(chunk):
        return "word", chunk, 1.0
    stop = next((at for at in range(start + 1, end) if text[at] in "~^"), end)
    found = _SUFFIX.match(text, stop)
    if found is None or found.end() < start + len(chunk.rstrip(_CLOSING_MARKS)):  # no suffix, so it is text
        return "word", chunk, 1.0
    word, boost = text[start:stop], _boost(found, hints)
    if found[1] is not None:
        if int(found[1][:9] or 0) > FUZZY_DISTANCE:
            hints.add("fuzzy-distance", start, end, word=word, limit=FUZZY_DISTANCE)
        return "fuzzy", word, boost
    if _PATTERN.search(word) and (pattern := _bounded(word, start, hints)):
        return "pattern", pattern, boost
    return "word", word, boost


_SPECIAL: Final = lazy(r"[~^*?]")


def _boost(found: re.Match[str], hints: HintCollector) -> float:
    boost = float((found[2] or "1")[:9].replace(",", "."))
    if boost > MAX_BOOST:
        hints.add("boost-limit", *found.span(2), value=found[2], limit=int(MAX_BOOST))
    return min(boost, MAX_BOOST)


def _bounded(word: str, start: int, hints: HintCollector) -> str | None:
    """Return a pattern within the limits; None for one that would match too many words."""
    first = next(at for at, sign in enumerate(word) if sign in "*?")
    end = start + len(word)
    if sum(sign.isalnum() for sign in word[:first]) < MIN_PREFIX_LETTERS:
        hints.add("short-prefix", start, end, word=word, limit=MIN_PREFIX_LETTERS)
        return None
    if word.count("*") > MAX_WILDCARDS:
        hints.add("many-wildcards", start, end, word=word, limit=MAX_WILDCARDS)
        return "*".join(word.split("*")[:MAX_WILDCARDS]) + "*"
    return word
