"""What to highlight for a query: the surface words of the terms that matched, and whole quotations.

The index maps a term to its surface words (`communicatie`: communicatie, communicaties, communicatiebeleid …), so no
code above the engine analyses a text again.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, Protocol

from searchq.engines.embedded.execution.matches import FieldTerm
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.engines.embedded.vocabulary import vocabulary_of
from searchq.query.hits import HighlightTerm
from searchq.query.parsed import ParsedQuery
from searchq.query.request import Texts
from searchq.query.tree import Node, Phrase, Term
from searchq.query.tree_contents import leaves
from searchq.query.zones import TEXT

__all__ = ["highlight_terms", "marked", "matched_words", "quoted_phrases"]

_MAX_WEIGHED: Final = 40  # terms weighted by their rarity; more all weigh the same


class Words(Protocol):
    """The part of `Vocabulary` that highlighting uses."""

    @property
    def doc_count(self) -> int: ...
    def words_of(self, field: str, term: str) -> tuple[str, ...]: ...
    def document_frequency(self, field: str, term: str) -> int: ...


def highlight_terms(
    texts: Texts, query: ParsedQuery | None, terms: Collection[FieldTerm], view: SnapshotCache
) -> tuple[HighlightTerm, ...]:
    """Return what to highlight in the texts of the hits, if they have texts, which match a query by these terms."""
    if texts != "whole" or query is None:
        return ()
    return marked(query, terms, vocabulary_of(view))


def marked(query: ParsedQuery, terms: Collection[FieldTerm], vocabulary: Words) -> tuple[HighlightTerm, ...]:
    """Return what to highlight for a query of which these (field, term) matched.

    The words of a quotation, or of another name of what was typed, are highlighted only together, unless they also
    occur in the query on their own.
    """
    trees = [query.tree, *([query.relaxed] if query.relaxed is not None else [])]
    phrases = [(phrase.field, phrase.words) for phrase in query.contents.quotations]
    aliases = [(alias.origin.words, _terms_of(alias)) for alias in query.contents.aliases if alias.origin]
    together = {(field, word) for field, words in phrases for word in words}.union(*(pairs for _, pairs in aliases))
    if together:
        together -= {pair for tree in trees for leaf in leaves(tree, aliases=False) for pair in _alone(leaf)}
    return (
        *matched_words([term for term in terms if term not in together] if together else terms, vocabulary),
        *quoted_phrases(phrases, vocabulary),
        *_names(dict(one for one in aliases if one[1].issubset(terms)), vocabulary),
    )


def _alone(leaf: Node) -> Iterator[FieldTerm]:
    if isinstance(leaf, Term):
        yield leaf.field, leaf.text


def _terms_of(alias: Node) -> frozenset[FieldTerm]:
    """Return the terms of another name."""
    if isinstance(alias, Phrase):
        return frozenset((alias.field, word) for word in alias.words)
    return frozenset(pair for leaf in leaves(alias) for pair in _alone(leaf))


def _names(aliases: Mapping[tuple[str, ...], frozenset[FieldTerm]], vocabulary: Words) -> Iterator[HighlightTerm]:
    """Yield other names, each a phrase of surface words in any text."""
    for words, pairs in aliases.items():
        weight = sum(_rarity(vocabulary, field, term) for field, term in sorted(pairs))
        yield HighlightTerm(TEXT, " ".join(words), words, weight, phrase=True)


def matched_words(terms: Iterable[FieldTerm], vocabulary: Words) -> Iterator[HighlightTerm]:
    """Yield the terms, each once, with their surface words."""
    ordered = sorted(dict.fromkeys(terms))  # hundreds of a prefix come in a few runs in order: no set, which mixes them
    alike = len(ordered) > _MAX_WEIGHED  # looking up each word of a prefix costs more than it is worth
    for field, term in ordered:
        weight = 1.0 if alike else _rarity(vocabulary, field, term)
        words = (term,) if field.endswith("_exact") else vocabulary.words_of(field, term)
        yield HighlightTerm(field, term, words, weight)


def quoted_phrases(phrases: list[tuple[str, tuple[str, ...]]], vocabulary: Words) -> Iterator[HighlightTerm]:
    """Yield the quotations, each a phrase of surface words."""
    for field, words in phrases:
        weight = sum(_rarity(vocabulary, field, word) for word in words)
        yield HighlightTerm(field, " ".join(words), words, weight, phrase=True)


def _rarity(vocabulary: Words, field: str, term: str) -> float:
    """Return the inverse document frequency, always above zero."""
    return math.log(1 + vocabulary.doc_count / (vocabulary.document_frequency(field, term) + 1))
