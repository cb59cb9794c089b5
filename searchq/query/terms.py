"""The lookups the query language needs of an engine: terms of words, document frequencies, facet values."""

from collections.abc import Callable, Hashable
from typing import NamedTuple, Protocol, TypeAlias, TypeVar

from searchq.analysis.terms import WeightedTerm
from searchq.query.values import ValueTable

__all__ = ["TermSource", "Terms", "WordReading"]

T = TypeVar("T")
Terms: TypeAlias = tuple[WeightedTerm, ...]  # of a word: the whole first, then its parts; none of a stop word


class WordReading(NamedTuple):
    """A word read in one language: its terms, and how many questions hold each in the words of that language."""

    word: str
    terms: Terms = ()
    counts: tuple[int, ...] = ()
    is_held: bool = False  # some question holds exactly this word

    @property
    def stem(self) -> str:
        """The first term, or the word itself if it is a stop word."""
        return self.terms[0].term if self.terms else self.word


class TermSource(Protocol):
    """The words and values of one generation of an index."""

    def held(self, word: str, language: str = "nl") -> WordReading | None:
        """Return a word that some question holds; None if none holds exactly this word."""

    def analyzed(self, word: str, language: str = "nl") -> WordReading:
        """Return a word that no question holds, analysed as if one did."""

    def document_frequency(self, field: str, term: str) -> int:
        """Count the questions that contain a term of a field."""

    def question_count(self) -> int:
        """Count the questions."""

    def value_table(self, facet: str) -> ValueTable:
        """The values of a facet."""

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` returns of this index alone; it may be kept by key, for the next query."""

    def blob(self, name: str) -> bytes | None:
        """Return the bytes the indexing run stored under a name (`acronyms.LEARNED`); None if there are none."""
