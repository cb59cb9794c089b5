"""Looks up the terms of words and the values of facets, each once per query."""

import datetime as dt
from typing import Final

from searchq.analysis.sentences import is_function_word
from searchq.analysis.stop_words import Language, is_stop_word
from searchq.query.terms import Terms, TermSource
from searchq.query.values import ValueTable
from searchq.query.zones import LANGUAGES, TEXT

__all__ = ["TermLookup"]


class TermLookup:
    """Cached lookups in an index for one query."""

    def __init__(self, index: TermSource, language: Language = "nl", today: dt.date | None = None) -> None:
        """`language` is that of the query: it tells which words are stop words. `gisteren` is told from `today`."""
        self.today = today
        self._index = index
        self._language = language
        self._held: dict[tuple[str, str], bool] = {}
        self._terms: dict[tuple[str, str], Terms] = {}

    def terms(self, word: str, language: str = "nl") -> Terms:
        """Return the terms of a word: in Dutch always, in French those that it may be meant by."""
        key = (word, language)
        if key not in self._terms:
            self._terms[key] = self._french(word) if language == "fr" else self._index.analyze(word, language)
        return self._terms[key]

    def is_stop_word(self, word: str) -> bool:
        """Return whether a word is a stop word in the language of the query."""
        return is_stop_word(word, self._language)

    def is_function_word(self, word: str) -> bool:
        """Return whether a word of the query only shapes a sentence."""
        return is_function_word(word, self._language)

    def is_very_frequent(self, word: str) -> bool:
        """Return whether so many questions contain a word that it tells them apart no more."""
        return self.frequency(word) > self._index.question_count() * _VERY_FREQUENT

    def frequency(self, word: str) -> int:
        """Count the questions that contain a word in some form, in the language where they are more."""
        fields = ((TEXT, "nl"), ("french", "fr"))
        counts = (self.documents(term.term, field) for field, lang in fields for term in self.terms(word, lang)[:1])
        return max(counts, default=0)

    def has_seen(self, word: str) -> bool:
        """Return whether any document contains this exact word."""
        return any(self._holds(word, language) for language in LANGUAGES)

    def is_known(self, word: str) -> bool:
        """Return whether any document contains this word, another form of it, or a part."""
        return self.has_seen(word) or any(self.documents(term.term) for term in self.terms(word))

    def stem(self, word: str) -> str:
        """Return the first term of a word, or the word itself if it is a stop word."""
        terms = self.terms(word)
        return terms[0].term if terms else word

    def documents(self, term: str, field: str = TEXT) -> int:
        """Count the documents that contain a term."""
        return self._index.document_frequency(field, term)

    def value_table(self, facet: str) -> ValueTable:
        """The values of a facet."""
        return self._index.value_table(facet)

    def blob(self, name: str) -> bytes:
        """Return the bytes the indexing run stored under a name; empty if there are none."""
        return self._index.blob(name) or b""

    def _french(self, word: str) -> Terms:
        """Return the French terms of a word; none of one that in a Dutch query is a word of Dutch documents alone."""
        if self._holds(word, "fr"):
            return self._index.analyze(word, "fr")
        if self._language == "nl" and self._holds(word, "nl"):
            return ()
        return tuple(term for term in self._index.analyze(word, "fr") if self.documents(term.term, "french"))

    def _holds(self, word: str, language: str) -> bool:
        key = (word, language)
        if key not in self._held:
            self._held[key] = self._index.holds(word, language)
        return self._held[key]


_VERY_FREQUENT: Final = 0.2  # of the questions
