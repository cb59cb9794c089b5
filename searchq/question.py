"""A written question with everything its document tells: the vocabulary of the whole project.

`Question` is what parsers make, the index stores and every face shows. It is plain, frozen data, whose JSON
(`searchq.record_json`) follows from these types. They are msgspec Structs, compared, hashed and shown as dataclasses
are; `msgspec.structs` has their `replace`, `asdict` and `fields`.
"""

import datetime as dt
from typing import Annotated, Literal, NamedTuple, TypeAlias

from msgspec import Meta, Struct

__all__ = [
    "Answer",
    "ChronologyEntry",
    "Citation",
    "CitationKind",
    "CitedText",
    "Entry",
    "Event",
    "FrenchText",
    "House",
    "Language",
    "Layout",
    "Point",
    "Question",
    "Reference",
    "ReferenceKind",
    "ReferenceType",
    "Source",
    "Status",
]

Count: TypeAlias = Annotated[int, Meta(ge=0)]
Range: TypeAlias = tuple[Count, Count]  # code points from and to, the last not included

House = Literal["senate", "chamber"]
Event = Literal[
    "sent",
    "reminder",
    "answered",
    "supplementary-answer",
    "closed",
    "not-published",
    "end-of-legislature",
    "requalified",
    "other",
]
Status = Literal["answered", "answered-without-text", "open", "closed", "end-of-legislature", "requalified", "unknown"]
Language = Literal["nl", "fr", "de"]
ReferenceKind = Literal["also-asked-to", "reintroduced-as", "reintroduction-of", "requalification-of", "requalified-as"]
ReferenceType = Literal["written-question", "request-for-explanation"]
Layout = Literal[
    "nl-print", "nl-web", "fr-print", "fr-web", "nlfr-print", "piped", "stripped", "bulletin", "chamber", "record"
]
CitedText = Literal["question", "answer", "french.question", "french.answer"]
CitationKind = Literal["written-question", "oral-question", "law", "address"]


class ChronologyEntry(Struct, frozen=True, gc=False):
    """One event in the life of a question; `label` is the event as published."""

    date: dt.date | None
    event: Event
    label: str


class Reference(Struct, frozen=True, gc=False):
    """A link to another question; requests for explanation are numbered in a series of their own."""

    kind: ReferenceKind
    type: ReferenceType
    number: str


class FrenchText(Struct, frozen=True, gc=False):
    """The French twin of a question's texts, where the document holds French."""

    title: str | None = None
    keywords: tuple[str, ...] = ()
    question: str | None = None
    answer: str | None = None
    minister: str | None = None


class Answer(Struct, frozen=True, gc=False):
    """One answer of possibly several, in their order; `kind` as published, `published` the day of its Bulletin."""

    kind: str | None = None
    date: dt.date | None = None
    published: dt.date | None = None
    text: str | None = None
    french: str | None = None


class Citation(Struct, frozen=True, gc=False):
    """What the running text names, at the code points `start` to `end` of `text`.

    `house` and `number` where it names a question, `url` where it names a web address.
    """

    text: CitedText
    start: Count
    end: Count
    kind: CitationKind
    house: House | None = None
    number: str | None = None
    url: str | None = None


class Point(Struct, frozen=True, gc=False):
    """A numbered point of the question with its answer: code point ranges of `question` and `answer`."""

    label: str
    question: Range
    answer: Range


class Source(Struct, frozen=True, gc=False):
    """Where a question was read: the file, the member of an archive, the web address, the layout."""

    path: str | None = None
    member: str | None = None
    address: str | None = None
    layout: Layout | None = None


class Question(Struct, frozen=True, gc=False):
    """One written question, as much as its document tells; `problems` names what could not be read."""

    number: str
    house: House = "senate"
    legislature: Count | None = None
    session: str | None = None
    date: dt.date | None = None
    author: str | None = None
    author_id: str | None = None
    party: str | None = None
    minister: str | None = None
    portfolios: tuple[str, ...] = ()
    title: str | None = None
    title_path: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    language: Language | None = None
    chronology: tuple[ChronologyEntry, ...] = ()
    deadline: dt.date | None = None
    references: tuple[Reference, ...] = ()
    question: str | None = None
    answer: str | None = None
    answers: tuple[Answer, ...] = ()
    answer_date: dt.date | None = None
    published: dt.date | None = None
    status: Status | None = None
    delay_days: Count | None = None
    reminders: Count = 0
    waiting_since: dt.date | None = None
    french: FrenchText | None = None
    citations: tuple[Citation, ...] = ()
    points: tuple[Point, ...] = ()
    route: str | None = None
    docname: str | None = None
    bulletin: str | None = None
    first_seen: dt.datetime | None = None
    answer_first_seen: dt.datetime | None = None
    last_seen: dt.date | None = None
    source: Source = Source()
    sources: tuple[Source, ...] = ()
    problems: tuple[str, ...] = ()


class Entry(NamedTuple):
    """What an index holds of a number: the record, and the pages it was made of; of one page the record is that."""

    question: Question
    pages: tuple[Question, ...]
