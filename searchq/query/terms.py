"""What the query language asks of an engine: the terms of words, how many questions hold one, the values of facets."""

from typing import Protocol, TypeAlias

from searchq.analysis.terms import WeightedTerm
from searchq.query.values import ValueTable

__all__ = ["TermSource", "Terms"]

Terms: TypeAlias = tuple[WeightedTerm, ...]  # of a word: the whole first, then its parts; none of a stop word


class TermSource(Protocol):
    """The words and values of one generation of an index."""

    def analyze(self, word: str, language: str = "nl") -> Terms | None:
        """The terms of a word; None for one that no question holds."""

    def document_frequency(self, field: str, term: str) -> int:
        """How many questions hold a term of a field."""

    def value_table(self, facet: str) -> ValueTable:
        """The values of a facet."""

    def blob(self, name: str) -> bytes | None:
        """What the indexing run stored under a name (`acronyms.LEARNED`); None when nothing."""
