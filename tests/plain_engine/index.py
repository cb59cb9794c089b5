"""All documents of one generation, and what the query language asks of them."""

import datetime as dt
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from msgspec.structs import replace

from searchq.first_seen import FirstSeen
from searchq.query.facet_table import FACETS, facet_named
from searchq.query.people import Seat
from searchq.query.terms import Terms, WordReading
from searchq.query.values import ValueTable, group_spellings
from searchq.query.zones import COMBINED, ZONES, exact
from searchq.question import Entry, Question
from searchq.waiting import waiting_days
from tests.plain_engine.document import SCORED, Document, make_document, meaning

__all__ = ["PlainIndex"]

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class PlainIndex:
    """One generation; never changed."""

    generation: int
    built: dt.datetime
    entries: Mapping[str, Entry]
    states: Mapping[str, bytes]
    first_seen: Mapping[str, FirstSeen]  # of every number that was ever held
    rounded: Callable[[float], float]

    @cached_property
    def documents(self) -> list[Document]:
        """In the order in which they were put; the days each waited for its answer, or has waited so far, with them."""
        found = [make_document(self._told(entry.question), self.rounded) for entry in self.entries.values()]
        for one in found:
            waits = waiting_days(one.question, self.known_day) if self.known_day else None
            one.numbers["waited"] = waits if one.question.delay_days is None else one.question.delay_days
        return found

    def _told(self, question: Question) -> Question:
        """A record with what the index keeps of it."""
        seen = self.first_seen[question.number]
        return replace(question, first_seen=seen.question, answer_first_seen=seen.answer)

    @cached_property
    def known_day(self) -> dt.date | None:
        """The last day on which something was asked, answered or seen."""
        questions = [entry.question for entry in self.entries.values()]
        days = [day for one in questions for day in (one.date, one.answer_date, one.last_seen) if day]
        return max(days, default=None)

    @cached_property
    def by_number(self) -> dict[str, Document]:
        return {document.number: document for document in self.documents}

    def analyze(self, word: str, language: str = "nl") -> Terms:
        """The terms of a word, held or not."""
        return meaning(word, language)

    def holds(self, word: str, language: str = "nl") -> bool:
        """Whether any question holds exactly this word."""
        return word in self.words[language]

    def held(self, word: str, language: str = "nl") -> WordReading | None:
        return self.analyzed(word, language)._replace(is_held=True) if self.holds(word, language) else None

    def analyzed(self, word: str, language: str = "nl") -> WordReading:
        terms = self.analyze(word, language)
        return WordReading(word, terms, tuple(self.document_frequency(COMBINED[language], one.term) for one in terms))

    def document_frequency(self, field: str, term: str) -> int:
        """How many questions hold a term of a field."""
        return self._frequencies.get(field, {}).get(term, 0)

    def question_count(self) -> int:
        """How many questions there are."""
        return len(self.documents)

    def value_table(self, facet: str) -> ValueTable:
        """The values of a facet."""
        return self._tables[facet]

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` makes."""
        return make()

    def blob(self, name: str) -> bytes | None:
        """What the indexing run kept."""
        return self.states.get(name)

    @cached_property
    def words(self) -> dict[str, set[str]]:
        """The words of each language."""
        found: dict[str, set[str]] = {zone.language: set() for zone in ZONES}
        for zone in ZONES:
            found[zone.language].update(self.terms(exact(zone.name)))
        return found

    def terms(self, field: str) -> list[str]:
        """The terms of a field, in order."""
        return sorted(self._frequencies.get(field, {}))

    def words_of(self, field: str, term: str) -> tuple[str, ...]:
        """The words that stand for a term of a zone, or of all zones of a language."""
        combined = {name: language for language, name in COMBINED.items()}
        language = next((zone.language for zone in ZONES if zone.name == field), combined.get(field, "nl"))
        words = sorted(self.words[language])
        return tuple(word for word in words if term in [one.term for one in meaning(word, language)])

    @cached_property
    def average_lengths(self) -> dict[str, float]:
        """The mean length of each field; 1 where all are empty."""
        total = len(self.documents)
        return {field: sum(one.lengths[field] for one in self.documents) / total or 1.0 for field in SCORED}

    def labels(self, facet: str, document: Document) -> tuple[str, ...]:
        """The values of a facet that a question has: of spellings of one value, the usual one."""
        others = self._others[facet]
        return tuple(dict.fromkeys(others.get(value, value) for value in document.values[facet]))

    def days(self, name: str) -> list[int]:
        """The known numbers of a field."""
        return [number for document in self.documents if (number := document.numbers[name]) is not None]

    @cached_property
    def _frequencies(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for document in self.documents:
            for field, term in document.weights:
                counts = found.setdefault(field, {})
                counts[term] = counts.get(term, 0) + 1
        return found

    @cached_property
    def _others(self) -> dict[str, dict[str, str]]:
        """For each facet the spellings that are no label, with their labels; of parties first, then of people."""
        found: dict[str, dict[str, str]] = {}
        for facet in sorted(FACETS, key=lambda one: one.kind == "person"):
            counts = {value: self.document_frequency(facet.name, value) for value in self.terms(facet.name)}
            found[facet.name] = group_spellings(facet, counts, lambda: self._seats(found["party"]))
        return found

    def _seats(self, parties: Mapping[str, str]) -> dict[str, set[Seat]]:
        """The parties and legislatures that each author is found with."""
        seats: dict[str, set[Seat]] = {}
        for document in self.documents:
            for author in document.values["author"]:
                for party in document.values["party"]:
                    for legislature in document.values["legislature"]:
                        seats.setdefault(author, set()).add((parties.get(party, party), legislature))
        return seats

    @cached_property
    def _tables(self) -> dict[str, ValueTable]:
        found = {}
        for name, others in self._others.items():
            labels = [value for value in self.terms(name) if value not in others]
            found[name] = ValueTable(facet_named(name), labels, others)
        return found
