"""Queries for words as written, in the exact fields of the zones: phrases, wildcards and fuzzy words."""

from collections.abc import Sequence
from typing import Final

from searchq.analysis.folding import spellings_of_beginning
from searchq.query.tree import Fuzzy, Node, Phrase, Prefix, Term, Wildcard, any_of
from searchq.query.zones import ZONES, exact

__all__ = ["EXACT_ZONES", "FRENCH_WEIGHT", "pattern", "phrase", "similar", "surface"]

FRENCH_WEIGHT: Final = 0.5  # of a word found in the French text
EXACT_ZONES: Final = tuple(zone.name for zone in ZONES)
_WEIGHTS: Final = {zone.name: zone.weight * (FRENCH_WEIGHT if zone.language == "fr" else 1.0) for zone in ZONES}
_MAX_FUZZY_LETTERS: Final = 40


def surface(word: str, boost: float, zones: Sequence[str] = EXACT_ZONES) -> Node:
    """A word."""
    return any_of([Term(exact(zone), word, _weight(zone, zones) * boost) for zone in zones])


def phrase(words: Sequence[str], slop: int, boost: float, zones: Sequence[str] = EXACT_ZONES) -> Node:
    """Words in this order, each at most `slop` places after the previous one."""
    if len(words) == 1:
        return surface(words[0], boost, zones)
    return any_of([Phrase(exact(zone), tuple(words), slop, _weight(zone, zones) * boost) for zone in zones])


def pattern(glob: str, boost: float, zones: Sequence[str] = EXACT_ZONES) -> Node:
    """Match words by a pattern: * is any letters, ? is one."""
    start = glob.rstrip("*")
    kind, text = (Wildcard, glob) if "*" in start or "?" in start else (Prefix, start)
    spellings = spellings_of_beginning(text)
    return any_of([kind(exact(zone), own, _weight(zone, zones) * boost) for zone in zones for own in spellings])


def similar(word: str, boost: float, zones: Sequence[str] = EXACT_ZONES) -> Node:
    """Match words that differ by one letter, not the first."""
    if len(word) > _MAX_FUZZY_LETTERS:
        return surface(word, boost, zones)
    return any_of([Fuzzy(exact(zone), word, _weight(zone, zones) * boost) for zone in zones])


def _weight(zone: str, zones: Sequence[str]) -> float:
    """Return the weight of a zone relative to all others; the zones of a field have weight 1."""
    return _WEIGHTS[zone] if zones is EXACT_ZONES else 1.0
