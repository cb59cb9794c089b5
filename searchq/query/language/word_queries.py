"""Queries for one word: its terms in the index, its synonyms, and its translations.

    asiel               text:asiel
    école               french:ecol
    FOD                 text:fod, or the phrase federale overheidsdienst
    zorgonderwijs       text:zorgonderwijs, or, as it is rare, zorg and onderwijs near each other in one text
    pension             text:pension^0.3, french:pension, or text:pensioen^0.58 where a question has no French text

A question that matches several of these scores once, by the best. One in both languages is found by its words in the
language of the query, so that a translation adds none there.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from searchq.analysis.names import is_also_name, is_only_name
from searchq.analysis.stop_words import is_stop_word, language_of
from searchq.analysis.terms import QUERY_PART_WEIGHT, WeightedTerm
from searchq.query.language.exact_queries import FRENCH_WEIGHT, surface
from searchq.query.language.synonyms import Synonym
from searchq.query.language.term_lookup import FIELD_OF, TermLookup, TranslatedTerms, Word
from searchq.query.tree import (
    UNTYPED,
    AllOf,
    BestOf,
    Filter,
    Near,
    Node,
    Origin,
    Phrase,
    Term,
    Without,
    any_of,
)
from searchq.query.zones import FRENCH, TEXT, ZONES, exact, twin_of

__all__ = ["TEXTS", "loose_word", "text_word", "zone_word"]

PARTS_DISTANCE: Final = 5  # maximum distance in words between the parts of a compound
# Documents: a compound in more of them is searched without its parts, which are slow: 6 ms in 12,000 questions, against
# 0.05 for the compound itself.
NAME_BOOST: Final = 4.0  # of questions that hold a word as a name, over those that hold it as a word: Boom, not bomen
FEW: Final = 5
FOREIGN_WEIGHT: Final = (
    0.3  # of a French word that has a translation, and is no name, read as a Dutch one (see docs/dutch.md)
)

_LANGUAGES: Final = {zone.name: zone.language for zone in ZONES}
_DUTCH_TEXTS: Final = ("title", "keywords", "question", "answer")
TEXTS: Final = (
    *_DUTCH_TEXTS,
    *(twin_of(zone, "fr") for zone in _DUTCH_TEXTS),
)  # searched for words near each other


def text_word(
    word: Word, boost: float, index: TermLookup, synonyms: Sequence[Synonym] = (), *, capital: bool = False
) -> Node:
    """Match a word anywhere, by its translations, too; with a capital rather as a name."""
    if synonyms:
        return _text_word(word, boost, index, synonyms, capital=capital)
    key = ("text", word.text, boost, capital)
    return index.once(key, lambda: _text_word(word, boost, index, (), capital=capital))


def _text_word(word: Word, boost: float, index: TermLookup, synonyms: Sequence[Synonym], *, capital: bool) -> Node:
    if is_stop_word(word.text, index.language):
        return surface(word.text, boost)
    found = _meanings(word, boost, index, synonyms, capital=capital)
    return _best_of(found) if found else surface(word.text, boost)


def loose_word(word: Word, boost: float, index: TermLookup, synonyms: Sequence[Synonym] = ()) -> Node | None:
    """Like `text_word`, or any part of a compound anywhere; None for a word without parts."""
    if synonyms:
        return _loose_word(word, boost, index, synonyms)
    return index.once(("loose", word.text, boost), lambda: _loose_word(word, boost, index, ()))


def _loose_word(word: Word, boost: float, index: TermLookup, synonyms: Sequence[Synonym]) -> Node | None:
    parts = _parts(word, index)
    if len(parts) < 2:
        return None
    apart = any_of([Term(TEXT, part, boost * QUERY_PART_WEIGHT) for part in parts])
    return _best_of([*_meanings(word, boost, index, synonyms, near=False), apart])


def zone_word(word: str, zones: Sequence[str], boost: float, index: TermLookup) -> Node:
    """Match a word in one text of a question, in either language; a stop word of the query's as it is written."""
    if is_stop_word(word, index.language):
        return surface(word, boost, zones)
    meant = [(zone, list(_whole(index.reading(word, _LANGUAGES[zone]).terms))) for zone in zones]
    found = [any_of([Term(zone, term.term, boost) for term in terms]) for zone, terms in meant if terms]
    return _best_of(found) if found else surface(word, boost, zones)


def _meanings(
    word: Word,
    boost: float,
    index: TermLookup,
    synonyms: Sequence[Synonym],
    *,
    near: bool = True,
    capital: bool = False,
) -> list[Node]:
    text = word.text
    found: list[Node] = [Filter(Term("number", text))] if word.is_number else []
    translation = _translated(word, boost, index)
    is_foreign = translation and index.language == "fr" and not is_only_name(text)
    dutch = boost * (FOREIGN_WEIGHT if is_foreign else 1.0)
    if word.is_author:  # a name, and no word that the dictionary knows: never stemmed
        found.append(surface(text, boost))
    else:
        found += [Term(TEXT, term.term, dutch) for term in _whole(word.terms)]
    if capital and is_also_name(text):
        found.append(AllOf((Term(TEXT, word.stem, boost * NAME_BOOST), Filter(Term("names", text)))))
    if is_stop_word(text, "nl"):  # and none of the query's language: van in "affaire Van Damme"
        found.append(surface(text, boost))
    for synonym in synonyms:
        found += [query for query in _synonym(synonym, boost * synonym.weight, index) if query not in found]
    parts = _parts(word, index)
    if near and len(parts) > 1 and index.documents(word.stem) <= FEW and all(map(index.documents, parts)):
        found += [_near(parts, zone, boost * QUERY_PART_WEIGHT) for zone in _DUTCH_TEXTS]
    french = boost * (1.0 if index.language == "fr" else FRENCH_WEIGHT)
    found += [Term(FRENCH, term.term, french) for term in _whole(word.french)]
    return found if translation is None else [*found, translation]


def _translated(word: Word, boost: float, index: TermLookup) -> Node | None:
    """Match the translations of a word where a question is not told in its language; None if it has none."""
    found = [_all_of(one, boost, FIELD_OF[index.other_language]) for one in word.translated]
    if not found:
        return None
    node = found[0] if len(found) == 1 else BestOf(tuple(found))
    told = Term("told_in", index.language)
    return Without(node, Filter(told)) if index.documents(told.text, told.field) else node


def _all_of(translation: TranslatedTerms, boost: float, field: str) -> Node:
    """Match all words of a translation; together they weigh as much as one."""
    share = boost * translation.probability / len(translation.terms)
    parts = tuple(Term(field, term, share) for term in translation.terms)
    origin = Origin("translation", translation.words, UNTYPED, UNTYPED)
    return (parts[0] if len(parts) == 1 else AllOf(parts)).typed_as(origin)


def _best_of(queries: Sequence[Node]) -> Node:
    """Any of these, scored by the best."""
    return queries[0] if len(queries) == 1 else BestOf(tuple(queries))


def _whole(terms: Sequence[WeightedTerm]) -> Iterator[WeightedTerm]:
    """Yield the terms of the word itself, not of its parts."""
    return (term for term in terms if term.why != "compound")


def _parts(word: Word, index: TermLookup) -> list[str]:
    """Return the terms of the smallest parts of a compound: gezondheidszorgbeleid has gezondheid, zorg and beleid."""
    parts = list(dict.fromkeys(term.term for term in word.terms if term.why == "compound"))
    return [part for part in parts if not any(term.why == "compound" for term in index.reading(part).terms)]


def _near(parts: Sequence[str], zone: str, boost: float) -> Node:
    """Match the parts of a compound near each other in one text; two may come from one word."""
    return Near(tuple(Term(zone, part, boost) for part in parts), PARTS_DISTANCE, least=0)


def _synonym(synonym: Synonym, boost: float, index: TermLookup) -> list[Node]:
    """Match another name: its term, or its words; nothing if no document can contain it.

    Two words are a phrase. More words, or words around stop words, are only all required in one question: nearly as
    precise, at a tenth of the cost.
    """
    language = language_of(synonym.words)
    telling = [index.reading(word).stem for word in synonym.words if not is_stop_word(word, language)]
    if not telling or not all(index.documents(term) for term in telling):
        return []
    if len(telling) == 1:
        return [Term(TEXT, telling[0], boost)]
    if len(synonym.words) == 2:
        found: list[Phrase | AllOf] = [Phrase(exact(zone), synonym.words, boost=boost) for zone in _DUTCH_TEXTS]
    else:
        found = [AllOf(tuple(Term(TEXT, term, boost) for term in telling))]
    return [node.typed_as(Origin("alias", synonym.words, UNTYPED, UNTYPED)) for node in found]
