"""The lookups the query language needs of an engine: terms of words, document frequencies, facet values."""

from typing import Protocol, TypeAlias

from searchq.analysis.terms import WeightedTerm
from searchq.query.values import ValueTable

__all__ = ["TermSource", "Terms"]

Terms: TypeAlias = tuple[WeightedTerm, ...]  # of a word: the whole first, then its parts; none of a stop word


class TermSource(Protocol):
    """The words and values of one generation of an index."""

    def analyze(self, word: str, language: str = "nl") -> Terms:
        """Return the terms of a word, the same whether a question holds it or not."""

    def holds(self, word: str, language: str = "nl") -> bool:
        """Return whether any question holds exactly this word."""

    def document_frequency(self, field: str, term: str) -> int:
        """Count the questions that contain a term of a field."""

    def question_count(self) -> int:
        """Count the questions."""

    def value_table(self, facet: str) -> ValueTable:
        """The values of a facet."""

    def blob(self, name: str) -> bytes | None:
        """Return the bytes the indexing run stored under a name (`acronyms.LEARNED`); None if there are none."""
