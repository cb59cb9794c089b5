"""The plain engine behind the port: generations of a dictionary of questions."""

import datetime as dt
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Self

from msgspec.structs import replace

from searchq.engine import About, WriteOptions
from searchq.engines.first_seen import first_seen_after
from searchq.errors import IndexLocked, IndexMissing
from searchq.first_seen import FirstSeen
from searchq.query.explanation import Explanation
from searchq.query.facet_table import FacetName
from searchq.query.hits import Hits
from searchq.query.news import News
from searchq.query.request import Request, Texts
from searchq.query.statistics import Statistics
from searchq.query.suggestion import KnownWord, Suggestion
from searchq.question import Entry, Question
from searchq.record_json import check_counts
from tests.plain_engine.counting import statistics
from tests.plain_engine.document import Document
from tests.plain_engine.index import PlainIndex
from tests.plain_engine.news import news
from tests.plain_engine.search import explain_hit, matching, scan, search, similar_to, without_texts
from tests.plain_engine.words import complete, known, spellings

__all__ = ["PlainEngine"]

_DEFAULTS = WriteOptions()


class PlainEngine:
    """See `searchq.engine.Engine`; everything is in memory, and gone with it."""

    def __init__(
        self,
        questions: Iterable[Question] = (),
        *,
        rounded: Callable[[float], float] = float,
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        """`rounded` is what is left of a weight once stored; another engine's, to compare scores with it."""
        self._rounded, self._clock, self._origin = rounded, clock, secrets.token_hex(8)
        self._writing = threading.Lock()
        self._newest: PlainIndex | None = None
        questions = list(questions)
        if questions:
            with self.update() as update:
                for question in questions:
                    update.put(question)
                update.commit()

    @property
    def index(self) -> PlainIndex:
        """The newest generation."""
        if self._newest is None:
            raise IndexMissing("There is no index in memory yet; run searchq index first.")
        return self._newest

    def about(self) -> About:
        index = self.index
        days = [dt.date.fromordinal(day) for day in index.days("date")]
        first, last = (min(days), max(days)) if days else (None, None)
        return About(
            "memory", index.generation, index.built, len(index.documents), first, last, index.known_day, self._origin
        )

    def search(self, request: Request) -> Hits:
        return search(request, self.index)

    def scan(self, request: Request) -> Iterator[Question]:
        return scan(request, self.index)

    def questions(self, numbers: Sequence[str]) -> list[Question | None]:
        found = self.index.by_number
        return [found[number].question if number in found else None for number in numbers]

    def siblings(self, number: str) -> list[Question]:
        return [document.question for document in _siblings(number, self.index)]

    def cited_by(self, number: str, limit: int) -> list[Question]:
        citing = [document for document in self.index.documents if number in _cited(document.question)]
        return [without_texts(document.question) for document in sorted(citing, key=_by_number)[:limit]]

    def held(self, numbers: Iterable[str]) -> frozenset[str]:
        return frozenset(numbers) & self.index.by_number.keys()

    def numbers(self) -> list[str]:
        return [question.number for question in scan(Request(sort="number", fold=False), self.index)]

    def similar(self, number: str, limit: int, *, texts: Texts = "whole") -> Hits:
        index = self.index
        group = {number, *(document.number for document in _siblings(number, index))}
        return similar_to(number, group, limit, texts, index)

    def statistics(self, by: FacetName, request: Request) -> Statistics:
        index = self.index
        return statistics(by, matching(request, index), index)

    def complete(self, prefix: str, request: Request, limit: int) -> tuple[Suggestion, ...]:
        index = self.index

        def count(asked: Request) -> int:
            hits = search(replace(asked, page=1, limit=1), index)
            return 0 if "most-words" in [hint.code for hint in hits.hints] else hits.total

        return complete(prefix, request, limit, index, count)

    def known_words(self, words: Sequence[str]) -> list[KnownWord | None]:
        return [known(word, self.index) for word in words]

    def spellings(self, word: str) -> tuple[KnownWord, ...]:
        return spellings(word, self.index)

    def explain(
        self,
        text: str,
        number: str,
        *,
        recency: bool = True,
        proximity: bool = True,
        today: dt.date | None = None,
        translate: bool = True,
    ) -> Explanation | None:
        return explain_hit(
            Request(text=text, recency=recency, proximity=proximity, today=today, translate=translate),
            number,
            self.index,
        )

    def verify(self, *, deep: bool = False) -> list[str]:
        return []

    def news(self, request: Request, *, after: int = 0) -> News:
        return news(request, after, self.index)

    def update(
        self, *, rebuild: bool = False, options: WriteOptions = _DEFAULTS, moment: dt.datetime | None = None
    ) -> "PlainUpdate":
        return PlainUpdate(self._newest, rebuild, moment, self._writing, self._publish)

    def state(self, name: str) -> bytes:
        return self.index.states.get(name, b"")

    def close(self) -> None:
        pass

    def _publish(
        self, entries: Mapping[str, Entry], states: Mapping[str, bytes], first_seen: Mapping[str, FirstSeen]
    ) -> int:
        generation = self._newest.generation + 1 if self._newest else 1
        self._newest = PlainIndex(generation, self._clock(), entries, states, first_seen, self._rounded)
        return generation


class PlainUpdate:
    """See `searchq.engine.Update`: copies that take the place of what was there."""

    def __init__(
        self,
        before: PlainIndex | None,
        rebuild: bool,
        moment: dt.datetime | None,
        writing: threading.Lock,
        publish: Callable[[Mapping[str, Entry], Mapping[str, bytes], Mapping[str, FirstSeen]], int],
    ) -> None:
        if not writing.acquire(blocking=False):
            raise IndexLocked("Another update of the index in memory is open; commit or abort it first.")
        kept = None if rebuild else before
        self.generation = before.generation if before else 0
        self._entries = dict(kept.entries) if kept else {}
        self._before = dict(kept.states) if kept else {}
        self._states = dict(self._before)
        self._first_seen, self._moment = (before.first_seen if before else {}), moment
        self._writing, self._publish = writing, publish

    @property
    def count(self) -> int:
        return len(self._entries)

    def entry(self, number: str) -> Entry | None:
        return self._entries.get(number)

    def put(self, question: Question, pages: Sequence[Question] = ()) -> None:
        for page in (question, *pages):
            check_counts(page)
        self._entries.pop(question.number, None)
        self._entries[question.number] = Entry(question, tuple(pages) or (question,))

    def delete(self, number: str) -> bool:
        return self._entries.pop(number, None) is not None

    def state(self, name: str) -> bytes:
        return self._before.get(name, b"")

    def keep(self, name: str, data: bytes) -> None:
        self._states[name] = data

    def commit(self) -> int:
        return self._publish(dict(self._entries), dict(self._states), {**self._first_seen, **self._seen()})

    def _seen(self) -> dict[str, FirstSeen]:
        """When the questions that this update leaves were first seen."""
        return {
            number: first_seen_after(self._first_seen.get(number), entry.question, self.generation + 1, self._moment)
            for number, entry in self._entries.items()
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writing.release()


def _siblings(number: str, index: PlainIndex) -> list[Document]:
    """The documents of the same group, and those that a question names as the same question to others."""
    own = index.by_number.get(number)
    if own is None:
        return []
    named = [
        reference.number
        for reference in own.question.references
        if reference.kind == "also-asked-to" and reference.type == "written-question"
    ]
    group = own.numbers["sibling_group"]
    return sorted(
        (
            document
            for document in index.documents
            if document is own
            or document.number in named
            or (group is not None and document.numbers["sibling_group"] == group)
        ),
        key=_by_number,
    )


def _by_number(document: Document) -> tuple[bool, int]:
    order = document.numbers["number_order"]
    return order is not None, order or 0


def _cited(question: Question) -> list[str]:
    """The numbers of the written questions that the texts of a question cite."""
    return [one.number for one in question.citations if one.number and one.house and one.kind != "oral-question"]
