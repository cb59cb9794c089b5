"""What of a query to mark in texts: the terms that matched as the words they stand for, and quotations whole.

The index knows which surface words stand for a term (`communicatie`: communicatie, communicaties,
communicatiebeleid …), so nobody above the engine analyses a text again.
"""

import math
from collections.abc import Iterator
from typing import Final, Protocol, TypeAlias

from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.engines.embedded.text_matches import TextMatches
from searchq.engines.embedded.vocabulary import vocabulary_of
from searchq.query.hits import HighlightTerm
from searchq.query.request import Texts
from searchq.query.tree import ParsedQuery, Term, leaves, quotations

__all__ = ["highlight_terms", "matched_words", "quoted_phrases"]

FieldTerm: TypeAlias = tuple[str, str]

_MAX_WEIGHED: Final = 40  # terms told apart by how rare they are


class Words(Protocol):
    """What is asked of a `Vocabulary`."""

    @property
    def doc_count(self) -> int: ...
    def words_of(self, field: str, term: str) -> tuple[str, ...]: ...
    def document_frequency(self, field: str, term: str) -> int: ...


def highlight_terms(texts: Texts, found: TextMatches, view: SnapshotCache) -> tuple[HighlightTerm, ...]:
    """What to mark in the texts of the hits, where they come with any."""
    if texts != "whole" or found.query is None:
        return ()
    return _marked(found.query, found.terms, vocabulary_of(view))


def _marked(query: ParsedQuery, terms: frozenset[FieldTerm], vocabulary: Words) -> tuple[HighlightTerm, ...]:
    """What to mark for a query of which (field, term) matched.

    The words of a quotation count only together, unless they stand in the query by themselves too.
    """
    phrases = [(phrase.field, phrase.words) for phrase in quotations(query.tree)]
    quoted: set[FieldTerm] = set()
    if phrases:
        alone = {(leaf.field, leaf.text) for leaf in leaves(query.tree) if isinstance(leaf, Term)}
        quoted = {(field, word) for field, words in phrases for word in words} - alone
    return (*matched_words(terms - quoted, vocabulary), *quoted_phrases(phrases, vocabulary))


def matched_words(terms: frozenset[FieldTerm], vocabulary: Words) -> Iterator[HighlightTerm]:
    """The terms as the words that stand for them."""
    alike = len(terms) > _MAX_WEIGHED  # a prefix: looking each of its words up would cost more than it tells
    for field, term in sorted(terms):
        words = (term,) if field.endswith("_exact") else vocabulary.words_of(field, term)
        yield HighlightTerm(field, term, words, 1.0 if alike else _rarity(vocabulary, field, term))


def quoted_phrases(phrases: list[tuple[str, tuple[str, ...]]], vocabulary: Words) -> Iterator[HighlightTerm]:
    """The quotations, each a phrase of surface words."""
    for field, words in phrases:
        weight = sum(_rarity(vocabulary, field, word) for word in words)
        yield HighlightTerm(field, " ".join(words), words, weight, phrase=True)


def _rarity(vocabulary: Words, field: str, term: str) -> float:
    """Inverse document frequency, always above zero."""
    return math.log(1 + vocabulary.doc_count / (vocabulary.document_frequency(field, term) + 1))
