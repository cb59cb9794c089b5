"""Telling apart the French and the Dutch keywords of a two-language page: one list, all French ones first.

The languages have as many each, so a half of the list belongs to each. Where their words say plainly that this is not
so, the split is where the words turn, and not sure.
"""

from typing import Final, NamedTuple

from searchq.documents.senate.language_words import evidence_of

__all__ = ["KeywordSplit", "split_cut_keywords", "split_keywords"]

_SURE: Final = 4.0  # nats; what the words of a keyword must tell of its language to stand at the seam of two lists


class KeywordSplit(NamedTuple):
    """Keywords in French and in Dutch; not `sure` where only their words tell which are which."""

    french: list[str]
    dutch: list[str]
    sure: bool = True


def split_keywords(lines: list[str]) -> KeywordSplit:
    """The keywords of a whole list."""
    weights = _weights(lines)
    middle, seam = len(lines) // 2, _best_seam(weights)
    if len(lines) % 2 == 0 and _score(weights, seam) - _score(weights, middle) < 2 * _SURE:
        return KeywordSplit(lines[:middle], lines[middle:])
    return KeywordSplit(lines[:seam], lines[seam:], sure=False)


def split_cut_keywords(lines: list[str]) -> KeywordSplit:
    """The keywords of a list that may be cut: those of a language only where they are all there."""
    weights = _weights(lines)
    seam = next((at for at, weight in enumerate(weights) if weight > 0), 0)
    is_seam = 0 < seam < len(lines) <= 2 * seam and weights[seam - 1] <= -_SURE and weights[seam] >= _SURE
    if not is_seam or min(weights[seam:]) < 0:
        return KeywordSplit([], [], sure=False)
    return KeywordSplit(lines[:seam], lines[seam:] if len(lines) == 2 * seam else [])


def _weights(lines: list[str]) -> list[float]:
    """How much the words of each keyword speak for Dutch."""
    return [sum(evidence_of(word).dutch for word in line.split()) for line in lines]


def _best_seam(weights: list[float]) -> int:
    """Where the words turn best, with a keyword on each side where there are two."""
    seams = range(1, len(weights)) if len(weights) > 1 else range(len(weights) + 1)
    return max(seams, key=lambda seam: _score(weights, seam))


def _score(weights: list[float], seam: int) -> float:
    return sum(weights[seam:]) - sum(weights[:seam])
