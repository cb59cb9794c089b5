"""One word to a search for it: its terms in the index, and whatever else says the same.

    asiel               text:asiel
    école               french:ecol
    FOD                 text:fod, or the phrase federale overheidsdienst
    zorgonderwijs       text:zorgonderwijs, or, as it is rare, zorg and onderwijs near each other in one text

A question that holds several of these counts once, by the best of them.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from searchq.analysis.terms import QUERY_PART_WEIGHT, WeightedTerm
from searchq.numbers import is_number
from searchq.query.language.exact_queries import FRENCH_WEIGHT, surface
from searchq.query.language.synonyms import Synonym
from searchq.query.language.term_lookup import TermLookup
from searchq.query.tree import AllOf, BestOf, Filter, Near, Node, Phrase, Term, any_of
from searchq.query.zones import TEXT, ZONES, exact

__all__ = ["TEXTS", "loose_word", "text_word", "zone_word"]

PARTS_DISTANCE: Final = 5  # words that the parts of a compound may be apart
# Documents: a compound found in more needs no help from its parts. That help is dear: 6 ms among 12,000 questions,
# where the compound itself takes 0.05.
FEW: Final = 5

_LANGUAGES: Final = {zone.name: zone.language for zone in ZONES}
_DUTCH_TEXTS: Final = ("title", "keywords", "question", "answer")
TEXTS: Final = (*_DUTCH_TEXTS, "french")  # where words stand near each other


def text_word(word: str, boost: float, index: TermLookup, synonyms: Sequence[Synonym] = ()) -> Node:
    """A word anywhere in a question."""
    if index.is_stop_word(word):
        return surface(word, boost)
    return _best_of(_meanings(word, boost, index, synonyms))


def loose_word(word: str, boost: float, index: TermLookup, synonyms: Sequence[Synonym] = ()) -> Node | None:
    """The same with the parts of a compound anywhere in a question; None for a word without parts."""
    parts = _parts(word, index)
    if len(parts) < 2:
        return None
    apart = AllOf(tuple(Term(TEXT, part, boost * QUERY_PART_WEIGHT) for part in parts))
    return _best_of([*_meanings(word, boost, index, synonyms, near=False), apart])


def zone_word(word: str, zone: str, boost: float, index: TermLookup) -> Node:
    """A word in one text of a question."""
    terms = index.terms(word, _LANGUAGES[zone])
    if not terms:
        return surface(word, boost, (zone,))
    return any_of([Term(zone, term.term, boost) for term in _whole(terms)])


def _meanings(word: str, boost: float, index: TermLookup, synonyms: Sequence[Synonym], near: bool = True) -> list[Node]:
    found: list[Node] = [Filter(Term("number", word))] if is_number(word) else []
    found += [Term(TEXT, term.term, boost) for term in _whole(index.terms(word))]
    for synonym in synonyms:
        found += [query for query in _synonym(synonym, boost * synonym.weight, index) if query not in found]
    parts = _parts(word, index)
    if near and len(parts) > 1 and index.documents(index.stem(word)) <= FEW:
        found += [_near(parts, zone, boost * QUERY_PART_WEIGHT) for zone in _DUTCH_TEXTS]
    found += [Term("french", term.term, boost * FRENCH_WEIGHT) for term in _whole(index.terms(word, "fr"))]
    return found


def _best_of(queries: Sequence[Node]) -> Node:
    """Any of these, scored by the best."""
    return queries[0] if len(queries) == 1 else BestOf(tuple(queries))


def _whole(terms: Sequence[WeightedTerm]) -> Iterator[WeightedTerm]:
    """The terms that stand for the word itself, not for a part of it."""
    return (term for term in terms if term.why != "compound")


def _parts(word: str, index: TermLookup) -> list[str]:
    """The terms of the smallest parts of a compound: of gezondheidszorgbeleid gezondheid, zorg and beleid."""
    parts = list(dict.fromkeys(term.term for term in index.terms(word) if term.why == "compound"))
    return [part for part in parts if not any(term.why == "compound" for term in index.terms(part))]


def _near(parts: Sequence[str], zone: str, boost: float) -> Node:
    """The parts of a compound near each other in one text; two may come from one word."""
    return Near(tuple(Term(zone, part, boost) for part in parts), PARTS_DISTANCE, least=0)


def _synonym(synonym: Synonym, boost: float, index: TermLookup) -> list[Node]:
    """Another name: its term, or its words; nothing where no document can hold it.

    Two words are looked for as a phrase. Of more, or with stop words between, all in one question will do: that is as
    good as certain, and a tenth of the work.
    """
    telling = [index.stem(word) for word in synonym.words if not index.is_stop_word(word)]
    if not telling or not all(index.documents(term) for term in telling):
        return []
    if len(telling) == 1:
        return [Term(TEXT, telling[0], boost)]
    if len(synonym.words) == 2:
        return [Phrase(exact(zone), synonym.words, boost=boost) for zone in _DUTCH_TEXTS]
    return [AllOf(tuple(Term(TEXT, term, boost) for term in telling))]
