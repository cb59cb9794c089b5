"""What of a query to mark in texts: the terms that matched as the words they stand for, and quotations whole.

The index knows which surface words stand for a term (`communicatie`: communicatie, communicaties,
communicatiebeleid …), so nobody above the engine analyses a text again.
"""

import math
from collections.abc import Iterator
from typing import Final, Protocol

from searchq.engines.embedded.vocabulary import Vocabulary
from searchq.query.hits import HighlightTerm

__all__ = ["highlight_terms", "matched_words", "quoted_phrases"]

_MOST_WEIGHED: Final = 40  # terms told apart by how rare they are
_QUOTES: Final = "\"“”„«»'‘’"


class Words(Protocol):
    """What is asked of a `Vocabulary`."""

    @property
    def doc_count(self) -> int: ...
    def words_of(self, field: str, term: str) -> tuple[str, ...]: ...
    def document_frequency(self, field: str, term: str) -> int: ...


def highlight_terms(text: str, terms: frozenset[tuple[str, str]], vocabulary: Vocabulary) -> tuple[HighlightTerm, ...]:
    """What to mark for a query `text` of which (field, term) matched.

    The words of a quotation count only together, unless they stand in the query by themselves too.
    """
    phrases: list[tuple[str, tuple[str, ...]]] = []
    if any(quote in text for quote in _QUOTES):
        from searchq.engines.embedded.quotations import quotations

        phrases, quoted = quotations(text, vocabulary.snapshot)
        terms = terms - quoted
    return (*matched_words(terms, vocabulary), *quoted_phrases(phrases, vocabulary))


def matched_words(terms: frozenset[tuple[str, str]], vocabulary: Words) -> Iterator[HighlightTerm]:
    """The terms as the words that stand for them."""
    alike = len(terms) > _MOST_WEIGHED  # a prefix: looking each of its words up would cost more than it tells
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
