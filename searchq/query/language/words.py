"""One word to a search for it: its terms in the index, and whatever else says the same with less weight.

    gezondheidsbeleid   text:gezondheidsbeleid, or the parts near each other in one text
    wiskunde onderwijs  text:wiskunde and text:onderwijs, each also found in wiskundeonderwijs
    école               french:ecol

The index remembers the terms of every word it has seen, so the dictionary is loaded only for a word that no
document holds.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, Protocol, TypeAlias

from whoosh.query import ConstantScoreQuery, DisjunctionMax, FuzzyTerm, Or, Phrase, Prefix, Term, Wildcard
from whoosh.query.spans import SpanNear2

from searchq.analysis.dutch import WeightedTerm, analyze_word
from searchq.analysis.folding import fold
from searchq.index.schema import LANGUAGES, TEXT, ZONES
from searchq.limits import FUZZY_DISTANCE

__all__ = [
    "EXACT_ZONES",
    "TEXTS",
    "FacetValues",
    "Query",
    "Vocabulary",
    "any_of",
    "best_of",
    "is_known",
    "is_stop_word",
    "joined_terms",
    "pattern",
    "phrase",
    "similar",
    "surface",
    "text_word",
    "zone_word",
]

Query: TypeAlias = Any  # a node of whoosh.query, which has no types


class FacetValues(Protocol):
    """The values of a facet."""

    @property
    def values(self) -> tuple[str, ...]: ...


class Vocabulary(Protocol):
    """What a query must know of an index: the part of a snapshot that the query language asks for."""

    def analyze(self, word: str, language: str = "nl") -> tuple[WeightedTerm, ...] | None: ...

    def statistics(self, field: str, term: str) -> tuple[int, float]: ...

    def facet(self, name: str) -> FacetValues: ...


FRENCH_WEIGHT: Final = 0.5  # of a word found in the French twin of a text
JOINED_WEIGHT: Final = 0.8  # of two words found written as one
PARTS_WEIGHT: Final = 0.4  # of a compound whose parts stand near each other
PARTS_DISTANCE: Final = 5  # words
FEW: Final = 200  # documents: a compound found in more needs no help from its parts
_SHORTEST_JOINED: Final = 3  # letters of a word that may be half of a compound
_LINKS: Final = ("", "s", "-")  # between the halves
_LONGEST_FUZZY: Final = 40  # letters
_FIRST_FUZZY: Final = 1  # letters at the beginning that must agree

_WEIGHTS: Final = {zone.name: zone.weight or FRENCH_WEIGHT for zone in ZONES}
_LANGUAGES: Final = {zone.name: zone.language for zone in ZONES}
_DUTCH_TEXTS: Final = ("title", "keywords", "question", "answer")
TEXTS: Final = (*_DUTCH_TEXTS, "french")  # where words stand near each other
EXACT_ZONES: Final = tuple(zone.name for zone in ZONES)


def best_of(queries: Sequence[Query]) -> Query:
    """Any of these, scored by the best."""
    return queries[0] if len(queries) == 1 else DisjunctionMax(list(queries))


def any_of(queries: Sequence[Query]) -> Query:
    """Any of these, scores added."""
    return queries[0] if len(queries) == 1 else Or(list(queries))


def is_stop_word(word: str, index: Vocabulary) -> bool:
    """Whether the index has seen a word and keeps no term for it."""
    found = [index.analyze(word, language) for language in LANGUAGES]
    return () in found and not any(found)


def is_known(word: str, index: Vocabulary) -> bool:
    """Whether any document holds this word."""
    return any(index.analyze(word, language) is not None for language in LANGUAGES)


def text_word(word: str, boost: float, index: Vocabulary, joined: Iterable[str] = ()) -> Query:
    """A word anywhere in a question; `joined` are terms of compounds that hold it."""
    dutch, french = index.analyze(word), index.analyze(word, "fr")
    if is_stop_word(word, index):
        return surface(word, boost)
    if dutch is None and french is None:
        dutch = _unseen(word)
    found = [ConstantScoreQuery(Term("number", word))] if _QUESTION.fullmatch(word) else []
    found += [Term(TEXT, term.term, boost=boost * term.weight) for term in _whole(dutch or ())]
    found += [Term(TEXT, term, boost=boost * JOINED_WEIGHT) for term in joined]
    found += _by_parts(dutch or (), boost, index)
    found += [Term("french", term.term, boost=boost * FRENCH_WEIGHT) for term in _whole(french or ())]
    return best_of(found)


def zone_word(word: str, zone: str, boost: float, index: Vocabulary) -> Query:
    """A word in one text of a question."""
    language = _LANGUAGES[zone]
    terms = index.analyze(word, language)
    if terms is None:
        terms = _unseen(word) if language == "nl" else (WeightedTerm(fold(word), 1.0, "unchanged"),)
    if not terms:
        return surface(word, boost, (zone,))
    return any_of([Term(zone, term.term, boost=boost * term.weight) for term in _whole(terms)])


def surface(word: str, boost: float, zones: Sequence[str] = EXACT_ZONES) -> Query:
    """A word exactly as it is written."""
    return any_of([Term(f"{zone}_exact", word, boost=_weight(zone, zones) * boost) for zone in zones])


def phrase(words: Sequence[str], slop: int, boost: float, zones: Sequence[str] = EXACT_ZONES) -> Query:
    """Words exactly as they are written, in this order, each at most `slop` places after the one before."""
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
    return any_of(
        [
            FuzzyTerm(
                f"{zone}_exact",
                word,
                boost=_weight(zone, zones) * boost,
                maxdist=FUZZY_DISTANCE,
                prefixlength=_FIRST_FUZZY,
            )
            for zone in zones
        ]
    )


def joined_terms(left: str, right: str, index: Vocabulary) -> list[str]:
    """The terms of the compounds in the index that two neighbouring words make."""
    if not (_may_join(left) and _may_join(right)) or is_stop_word(left, index) or is_stop_word(right, index):
        return []
    analyses = (index.analyze(f"{left}{link}{right}") for link in _LINKS)
    return list(dict.fromkeys(terms[0].term for terms in analyses if terms))


_QUESTION: Final = re.compile(r"[1-9][0-9]?-[0-9]{1,6}(?:/[0-9]{1,4})?")


def _may_join(word: str) -> bool:
    return len(word) >= _SHORTEST_JOINED and word.isalpha()


def _weight(zone: str, zones: Sequence[str]) -> float:
    """Zones are weighed against each other, never a single one against the rest of the query."""
    return _WEIGHTS[zone] if len(zones) > 1 else 1.0


def _unseen(word: str) -> tuple[WeightedTerm, ...]:
    """The terms of a word that no document holds; only letters are worth the half second of the dictionary."""
    if word.isalpha() and (terms := analyze_word(word).terms):
        return terms
    return (WeightedTerm(fold(word), 1.0, "unchanged"),)


def _whole(terms: Sequence[WeightedTerm]) -> Iterator[WeightedTerm]:
    """The terms that stand for the word itself, not for a part of it."""
    return (term for term in terms if term.why != "compound")


def _by_parts(terms: Sequence[WeightedTerm], boost: float, index: Vocabulary) -> list[Query]:
    """The parts of a compound near each other, where the compound itself is rare."""
    parts = list(dict.fromkeys(term.term for term in terms if term.why == "compound"))
    if len(parts) < 2 or index.statistics(TEXT, terms[0].term)[0] > FEW:
        return []
    return [
        SpanNear2([Term(zone, part, boost=boost * PARTS_WEIGHT) for part in parts], slop=PARTS_DISTANCE, ordered=False)
        for zone in _DUTCH_TEXTS
    ]
