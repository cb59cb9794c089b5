"""Words as they are written, in the exact fields of the zones: quoted, with letters left open, or a letter off."""

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from whoosh.query import FuzzyTerm, Or, Phrase, Prefix, Term, Wildcard

from searchq.index.schema import ZONES
from searchq.limits import FUZZY_DISTANCE

__all__ = ["EXACT_ZONES", "FRENCH_WEIGHT", "Query", "any_of", "pattern", "phrase", "similar", "surface"]

Query: TypeAlias = Any  # a node of whoosh.query, which has no types

FRENCH_WEIGHT: Final = 0.5  # of a word found in the French twin of a text
EXACT_ZONES: Final = tuple(zone.name for zone in ZONES)
_WEIGHTS: Final = {zone.name: zone.weight or FRENCH_WEIGHT for zone in ZONES}
_LONGEST_FUZZY: Final = 40  # letters
_FIRST_FUZZY: Final = 1  # letters at the beginning that must agree


def any_of(queries: Sequence[Query]) -> Query:
    """Any of these, scores added."""
    return queries[0] if len(queries) == 1 else Or(list(queries))


def surface(word: str, boost: float, zones: Sequence[str] = EXACT_ZONES) -> Query:
    """A word."""
    return any_of([Term(f"{zone}_exact", word, boost=_weight(zone, zones) * boost) for zone in zones])


def phrase(words: Sequence[str], slop: int, boost: float, zones: Sequence[str] = EXACT_ZONES) -> Query:
    """Words in this order, each at most `slop` places after the one before."""
    if len(words) == 1:
        return surface(words[0], boost, zones)
    return any_of(
        [Phrase(f"{zone}_exact", list(words), slop=slop, boost=_weight(zone, zones) * boost) for zone in zones]
    )


def pattern(glob: str, boost: float, zones: Sequence[str] = EXACT_ZONES) -> Query:
    """Words of which some letters are open: * for any number, ? for one."""
    start = glob.rstrip("*")
    kind, text = (Wildcard, glob) if "*" in start or "?" in start else (Prefix, start)
    return any_of([kind(f"{zone}_exact", text, boost=_weight(zone, zones) * boost) for zone in zones])


def similar(word: str, boost: float, zones: Sequence[str] = EXACT_ZONES) -> Query:
    """Words that differ by one letter, not the first."""
    if len(word) > _LONGEST_FUZZY:
        return surface(word, boost, zones)
    edits = {"maxdist": FUZZY_DISTANCE, "prefixlength": _FIRST_FUZZY}
    return any_of([FuzzyTerm(f"{zone}_exact", word, boost=_weight(zone, zones) * boost, **edits) for zone in zones])


def _weight(zone: str, zones: Sequence[str]) -> float:
    """Zones are weighed against each other, never a single one against the rest of the query."""
    return _WEIGHTS[zone] if len(zones) > 1 else 1.0
