"""A small vocabulary with the contract of a snapshot, for tests of what stands on it."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

from searchq.analysis.terms import WeightedTerm
from searchq.engines.embedded.highlight import matched_words, quoted_phrases
from searchq.query.facet_table import facet_named
from searchq.query.terms import WordReading
from searchq.query.values import ValueTable
from searchq.query.zones import COMBINED
from searchq.results.highlights import Highlighter

T = TypeVar("T")


class Words:
    """Terms with the surface words found under them; every term is equally rare unless `frequencies` says otherwise."""

    def __init__(self, words: Mapping[str, Iterable[str]], frequencies: Mapping[str, int] | None = None) -> None:
        self._words = {term: tuple(found) for term, found in words.items()}
        self._frequencies = frequencies or {}

    @property
    def doc_count(self) -> int:
        return 1000

    def words_of(self, field: str, term: str) -> tuple[str, ...]:
        return self._words.get(term, ())

    def document_frequency(self, field: str, term: str) -> int:
        return self._frequencies.get(term, 10)


class NoIndex:
    """A source of terms that knows no word and no value."""

    def analyze(self, word: Any, language: str = "nl") -> Any:
        return (WeightedTerm(word, 1.0, "unchanged"),) if language == "nl" else ()

    def holds(self, word: Any, language: str = "nl") -> bool:
        return False

    def held(self, word: str, language: str = "nl") -> WordReading | None:
        return self.analyzed(word, language)._replace(is_held=True) if self.holds(word, language) else None

    def analyzed(self, word: str, language: str = "nl") -> WordReading:
        terms = self.analyze(word, language)
        return WordReading(word, terms, tuple(self.document_frequency(COMBINED[language], one.term) for one in terms))

    def document_frequency(self, field: Any, term: Any) -> int:
        return 0

    def question_count(self) -> int:
        return 1000

    def value_table(self, facet: Any) -> Any:
        return ValueTable(facet_named(facet), ())

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        return make()

    def blob(self, name: Any) -> Any:
        return None


def highlighter(
    terms: Iterable[tuple[str, str]], words: Words, phrases: Iterable[tuple[str, tuple[str, ...]]] = ()
) -> Any:
    """The highlighter of (field, term) pairs and phrases, resolved as the embedded engine does."""
    return Highlighter([*matched_words(frozenset(terms), words), *quoted_phrases(list(phrases), words)])
