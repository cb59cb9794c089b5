"""One word to a search for it: its terms in the index, and whatever else says the same.

    asiel               text:asiel
    école               french:ecol
    FOD                 text:fod, or the phrase federale overheidsdienst
    zorgonderwijs       text:zorgonderwijs, or, as it is rare, zorg and onderwijs near each other in one text

A question that holds several of these counts once, by the best of them.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from whoosh.query import And, ConstantScoreQuery, DisjunctionMax, Phrase, Term
from whoosh.query.spans import SpanNear2

from searchq.analysis.terms import QUERY_PART_WEIGHT, WeightedTerm
from searchq.index.schema import TEXT, ZONES
from searchq.numbers import is_number
from searchq.query.language.exact_queries import FRENCH_WEIGHT, Query, any_of, surface
from searchq.query.language.synonyms import Alias
from searchq.query.language.term_lookup import Lookup

__all__ = ["TEXTS", "loose_word", "text_word", "zone_word"]

PARTS_DISTANCE: Final = 5  # words that the parts of a compound may be apart
# Documents: a compound found in more needs no help from its parts. That help is dear: 6 ms among 12,000 questions,
# where the compound itself takes 0.05.
FEW: Final = 5

_LANGUAGES: Final = {zone.name: zone.language for zone in ZONES}
_DUTCH_TEXTS: Final = ("title", "keywords", "question", "answer")
TEXTS: Final = (*_DUTCH_TEXTS, "french")  # where words stand near each other


def text_word(word: str, boost: float, index: Lookup, aliases: Sequence[Alias] = ()) -> Query:
    """A word anywhere in a question."""
    if index.is_stop_word(word):
        return surface(word, boost)
    return _best_of(_meanings(word, boost, index, aliases))


def loose_word(word: str, boost: float, index: Lookup, aliases: Sequence[Alias] = ()) -> Query | None:
    """The same with the parts of a compound anywhere in a question; None for a word without parts."""
    parts = _parts(word, index)
    if len(parts) < 2:
        return None
    apart = And([Term(TEXT, part, boost=boost * QUERY_PART_WEIGHT) for part in parts])
    return _best_of([*_meanings(word, boost, index, aliases, near=False), apart])


def zone_word(word: str, zone: str, boost: float, index: Lookup) -> Query:
    """A word in one text of a question."""
    terms = index.terms(word, _LANGUAGES[zone])
    if not terms:
        return surface(word, boost, (zone,))
    return any_of([Term(zone, term.term, boost=boost) for term in _whole(terms)])


def _meanings(word: str, boost: float, index: Lookup, aliases: Sequence[Alias], near: bool = True) -> list[Query]:
    found = [ConstantScoreQuery(Term("number", word))] if is_number(word) else []
    found += [Term(TEXT, term.term, boost=boost) for term in _whole(index.terms(word))]
    for alias in aliases:
        found += [query for query in _alias(alias, boost * alias.weight, index) if query not in found]
    parts = _parts(word, index)
    if near and len(parts) > 1 and index.documents(index.stem(word)) <= FEW:
        found += [_near(parts, zone, boost * QUERY_PART_WEIGHT) for zone in _DUTCH_TEXTS]
    found += [Term("french", term.term, boost=boost * FRENCH_WEIGHT) for term in _whole(index.terms(word, "fr"))]
    return found


def _best_of(queries: Sequence[Query]) -> Query:
    """Any of these, scored by the best."""
    return queries[0] if len(queries) == 1 else DisjunctionMax(list(queries))


def _whole(terms: Sequence[WeightedTerm]) -> Iterator[WeightedTerm]:
    """The terms that stand for the word itself, not for a part of it."""
    return (term for term in terms if term.why != "compound")


def _parts(word: str, index: Lookup) -> list[str]:
    """The terms of the smallest parts of a compound: of gezondheidszorgbeleid gezondheid, zorg and beleid."""
    parts = list(dict.fromkeys(term.term for term in index.terms(word) if term.why == "compound"))
    return [part for part in parts if not any(term.why == "compound" for term in index.terms(part))]


def _near(parts: Sequence[str], zone: str, boost: float) -> Query:
    """The parts of a compound near each other in one text; two may come from one word."""
    terms = [Term(zone, part, boost=boost) for part in parts]
    return SpanNear2(terms, slop=PARTS_DISTANCE, ordered=False, mindist=0)


def _alias(alias: Alias, boost: float, index: Lookup) -> list[Query]:
    """Another name: its term, or its words; nothing where no document can hold it.

    Two words are looked for as a phrase. Of more, or with stop words between, all in one question will do: that is as
    good as certain, and a tenth of the work.
    """
    telling = [index.stem(word) for word in alias.words if not index.is_stop_word(word)]
    if not telling or not all(index.documents(term) for term in telling):
        return []
    if len(telling) == 1:
        return [Term(TEXT, telling[0], boost=boost)]
    if len(alias.words) == 2:
        return [Phrase(f"{zone}_exact", list(alias.words), boost=boost) for zone in _DUTCH_TEXTS]
    return [And([Term(TEXT, term, boost=boost) for term in telling])]
