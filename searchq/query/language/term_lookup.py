"""Looks up the terms of words and the values of facets, each once per query.

The engine knows the terms of every word in its documents. Any other word is analysed with those words as the
dictionary, so a search never loads the real dictionary.
"""

from collections.abc import Iterator
from typing import Final

from searchq.analysis.folding import fold
from searchq.analysis.stop_words import Language, is_stop_word
from searchq.analysis.terms import WeightedTerm
from searchq.query.terms import Terms, TermSource
from searchq.query.values import ValueTable
from searchq.query.zones import LANGUAGES, TEXT

__all__ = ["TermLookup"]


class TermLookup:
    """Cached lookups in an index for one query."""

    def __init__(self, index: TermSource, language: Language = "nl") -> None:
        """`language` is that of the query; it tells which words are stop words."""
        self._index = index
        self._language = language
        self._seen: dict[tuple[str, str], Terms | None] = {}
        self._terms: dict[tuple[str, str], Terms] = {}

    def terms(self, word: str, language: str = "nl") -> Terms:
        """Return the terms of a word; a guess for a word that is in no document."""
        key = (word, language)
        if key not in self._terms:
            found = self._analyzed(word, language)
            self._terms[key] = self._guessed(word, language) if found is None else found
        return self._terms[key]

    def is_stop_word(self, word: str) -> bool:
        """Return whether a word is a stop word in the language of the query."""
        return is_stop_word(word, self._language)

    def has_seen(self, word: str) -> bool:
        """Return whether any document contains this exact word."""
        return any(self._analyzed(word, language) is not None for language in LANGUAGES)

    def is_known(self, word: str) -> bool:
        """Return whether any document contains this word, another form of it, or a part."""
        return self.has_seen(word) or any(self.documents(term.term) for term in self.terms(word))

    def stem(self, word: str) -> str:
        """Return the first term of a word, or the word itself if it is not in the index."""
        return self._stem(word) or word

    def documents(self, term: str, field: str = TEXT) -> int:
        """Count the documents that contain a term."""
        return self._index.document_frequency(field, term)

    def value_table(self, facet: str) -> ValueTable:
        """The values of a facet."""
        return self._index.value_table(facet)

    def blob(self, name: str) -> bytes:
        """Return the bytes the indexing run stored under a name; empty if there are none."""
        return self._index.blob(name) or b""

    def _analyzed(self, word: str, language: str) -> Terms | None:
        key = (word, language)
        if key not in self._seen:
            self._seen[key] = self._index.analyze(word, language)
        return self._seen[key]

    def _guessed(self, word: str, language: str) -> Terms:
        """Guess the terms of a word without documents in this language; none if it has some in another language."""
        if self.has_seen(word):
            return ()
        if len(word) > _MAX_GUESSED:
            return (WeightedTerm(fold(word), 1.0, "unchanged"),) if language == "nl" else ()
        if language == "nl" and (marked := next((form for form in _marked(word) if self._analyzed(form, "nl")), None)):
            return self.terms(marked)
        # Imported here since it costs 5 ms, and most searches are for words the index knows.
        from searchq.analysis import dutch, french
        from searchq.analysis.lexicon import KnownWords

        if language == "nl":
            return dutch.analyze_query_word(word, KnownWords(self._stem)).terms
        return tuple(term for term in french.analyze_word(word).terms if self.documents(term.term, "french"))

    def _stem(self, word: str) -> str | None:
        terms = self._analyzed(word, "nl")
        return terms[0].term if terms else None


_MAX_GUESSED: Final = 64  # letters; anything longer is not a word, and slow to split
_MARKS: Final = {"e": "ëéèê", "i": "ïî", "o": "öóô", "u": "üû", "a": "äàáâ", "c": "ç"}  # the most frequent first
_MAX_MARKED: Final = 24  # letters


def _marked(word: str) -> Iterator[str]:
    """Yield the word with a diacritic on one of its letters: `officiele` or `prive` may lack one."""
    if not word.isascii() or len(word) > _MAX_MARKED:
        return
    for place, letter in enumerate(word):
        for marked in _MARKS.get(letter, ""):
            yield f"{word[:place]}{marked}{word[place + 1 :]}"
