"""Compounds written apart, and words run together: what of a query may be written otherwise.

kinder bijslag       kinderbijslag: half of what was typed is rarer than the compound, and they never stand so
openbaarvervoer      openbaar vervoer, as documents have it
"""

from collections.abc import Callable, Sequence
from typing import Final

from searchq.query.suggestion import KnownWord

__all__ = ["Count", "Know", "compound_of", "words_within"]

Know = Callable[[Sequence[str]], "list[KnownWord | None]"]
Count = Callable[[str], int]  # the questions that a text finds

_MIN_HALF: Final = 3  # letters
_OFTEN: Final = 10  # times as many questions hold the one spelling as the other
_MAX_CUTS: Final = 3  # tried
_LONG: Final = 18  # letters; a shorter compound that nobody wrote may yet be one


def compound_of(left: str, right: str, know: Know, count: Count) -> str | None:
    """Return the compound that two neighbours were meant for; None where they may well stand on their own."""
    if min(len(left), len(right)) < _MIN_HALF:
        return None
    (joined,) = know([left + right])
    if joined is None or not joined.frequency:
        return None
    halves = [0 if half is None else half.frequency for half in know([left, right])]
    found = count(joined.word)
    is_meant = min(halves) < joined.frequency or 2 * found >= count(f"{left} {right}")
    return joined.word if is_meant and found >= _OFTEN * count(f'"{left} {right}"') else None


def words_within(word: str, frequency: int, found: int, know: Know, count: Count) -> list[str]:
    """Return the pairs of words that a word may have been run together from.

    They stand so in documents more often than the word, of that `frequency`, does; or, of a long word that finds
    nothing, anywhere.
    """
    cuts = range(_MIN_HALF, len(word) - _MIN_HALF + 1)
    left, right = know([word[:cut] for cut in cuts]), know([word[cut:] for cut in cuts])
    pairs = [(one, other) for one, other in zip(left, right, strict=True) if _is_free(one) and _is_free(other)]
    pairs.sort(key=lambda pair: -min(one.frequency for one in pair if one))
    texts = [f"{one.word} {other.word}" for one, other in pairs[:_MAX_CUTS] if one and other]
    return [text for text in texts if count(f'"{text}"') >= _OFTEN * max(frequency, 1)] or (
        texts if not found and len(word) >= _LONG else []
    )


def _is_free(word: KnownWord | None) -> bool:
    return word is not None and word.is_listed and word.frequency > 0
