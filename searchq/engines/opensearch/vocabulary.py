"""What the query language asks of an index, and a text read with the answers.

known to a view     a count is asked for once a generation
a text is read      with what is known; what was missing is asked for in one call, and the text is read again
"""

import datetime as dt
from collections.abc import Callable, Hashable, Sequence
from typing import Final, TypeVar

from searchq.analysis.terms import is_listed
from searchq.engines.opensearch.values import table_of
from searchq.engines.opensearch.view import View
from searchq.engines.opensearch.word_lists import PLACE_OF
from searchq.engines.opensearch.words import meaning
from searchq.query.language import parse
from searchq.query.parsed import ParsedQuery
from searchq.query.suggestion import KnownWord
from searchq.query.terms import WordReading
from searchq.query.values import ValueTable
from searchq.query.zones import COMBINED, exact

__all__ = ["QueryVocabulary", "known_words", "read_text"]


T = TypeVar("T")
_ROUNDS: Final = 12  # of reading a text; nearly always two or three are enough


class QueryVocabulary:
    """The lookups that the query language needs of an index; what is unknown is noted, and taken for nothing."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.missing: set[tuple[str, str]] = set()

    def held(self, word: str, language: str = "nl") -> WordReading | None:
        return self._reading(word, language, is_held=True) if self._count(f"holds {language}", word) else None

    def analyzed(self, word: str, language: str = "nl") -> WordReading:
        return self._reading(word, language)

    def document_frequency(self, field: str, term: str) -> int:
        return self._count(field, term)

    def question_count(self) -> int:
        return self._view.generation.questions

    def value_table(self, facet: str) -> ValueTable:
        return table_of(facet, self._view)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        return make()  # what is missing yet was taken for nothing

    def blob(self, name: str) -> bytes | None:
        return self._view.blob(name)

    def _reading(self, word: str, language: str, *, is_held: bool = False) -> WordReading:
        terms = meaning(word, language)
        return WordReading(word, terms, tuple([self._count(COMBINED[language], one.term) for one in terms]), is_held)

    def _count(self, field: str, term: str) -> int:
        found = self._view.known_count((field, term))
        if found is None:
            self.missing.add((field, term))
        return found or 0


def read_text(text: str, view: View, today: dt.date | None, translate: bool) -> ParsedQuery:
    """Parse a text."""
    for _ in range(_ROUNDS):
        vocabulary = QueryVocabulary(view)
        query = parse(text, vocabulary, today, translate=translate)
        if not vocabulary.missing:
            return query
        view.frequencies(vocabulary.missing)
    raise AssertionError("a text asks for ever more words")


def known_words(words: Sequence[str], view: View) -> list[KnownWord | None]:
    """Return what the index knows of each word."""
    held = view.frequencies((f"holds {language}", word) for word in words for language in ("nl", "fr"))
    there = [word for word in words if held["holds nl", word] or held["holds fr", word]]
    counts = view.frequencies((field, word) for word in there for field in PLACE_OF)

    def known(word: str) -> KnownWord | None:
        dutch, french = held["holds nl", word] > 0, held["holds fr", word] > 0
        if not (dutch or french):
            return None
        listed_word = french or is_listed(meaning(word, "nl"))
        is_name = counts[exact("author_words"), word] > 0
        return KnownWord(word, sum(counts[field, word] for field in PLACE_OF), listed_word, is_name)

    return list(map(known, words))
