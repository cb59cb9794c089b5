"""A written question with everything its document tells: the vocabulary of the whole project.

`Question` is what parsers make, the index stores and every face shows. It is plain, frozen data; its JSON
(`to_json`, `from_json`) has exactly its field names as keys, ISO dates, and `null` where nothing is known.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, Literal, NamedTuple

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
    "from_json",
    "to_json",
]

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


@dataclass(frozen=True, slots=True)
class ChronologyEntry:
    """One event in the life of a question; `label` is the event as published."""

    date: dt.date | None
    event: Event
    label: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A link to another question; requests for explanation are numbered in a series of their own."""

    kind: ReferenceKind
    type: ReferenceType
    number: str


@dataclass(frozen=True, slots=True)
class FrenchText:
    """The French twin of a question's texts, where the document holds French."""

    title: str | None = None
    keywords: tuple[str, ...] = ()
    question: str | None = None
    answer: str | None = None
    minister: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of possibly several, in their order; `kind` as published, `published` the day of its Bulletin."""

    kind: str | None = None
    date: dt.date | None = None
    published: dt.date | None = None
    text: str | None = None
    french: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """What the running text names, at the code points `start` to `end` of `text`.

    `house` and `number` where it names a question, `url` where it names a web address.
    """

    text: CitedText
    start: int
    end: int
    kind: CitationKind
    house: House | None = None
    number: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A numbered point of the question with its answer: code point ranges of `question` and `answer`."""

    label: str
    question: tuple[int, int]
    answer: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a question was read: the file, the member of an archive, the web address, the layout."""

    path: str | None = None
    member: str | None = None
    address: str | None = None
    layout: Layout | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One written question, as much as its document tells; `problems` names what could not be read."""

    number: str
    house: House = "senate"
    legislature: int | None = None
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
    delay_days: int | None = None
    reminders: int = 0
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


def to_json(question: Question) -> dict[str, Any]:
    """The record as JSON-ready data: keys as the field names, in their order; dates in ISO 8601."""
    return {field.name: _plain(getattr(question, field.name)) for field in fields(question)}


def from_json(record: Mapping[str, Any]) -> Question:
    """The question a record describes; the inverse of `to_json`.

    Unknown keys are ignored and absent ones take their default, so that older exports stay readable.
    Raises KeyError without a `number`, ValueError or TypeError where a value has the wrong shape.
    """
    values = {
        key: read(value) if (read := _READ[key]) else value
        for key, value in record.items()
        if value is not None and key in _READ
    }
    return Question(values.pop("number"), **values)


def _entries(entries: Iterable[Mapping[str, Any]]) -> tuple[ChronologyEntry, ...]:
    return tuple([ChronologyEntry(_day(entry["date"]), entry["event"], entry["label"]) for entry in entries])


def _day(day: str | None) -> dt.date | None:
    return dt.date.fromisoformat(day) if day else None


def _references(references: Iterable[Mapping[str, Any]]) -> tuple[Reference, ...]:
    return tuple([Reference(one["kind"], one["type"], one["number"]) for one in references])


def _french(french: Mapping[str, Any]) -> FrenchText:
    return FrenchText(**{**french, "keywords": tuple(french.get("keywords") or ())})


def _source(source: Mapping[str, Any]) -> Source:
    return Source(**source)


def _sources(sources: Iterable[Mapping[str, Any]]) -> tuple[Source, ...]:
    return tuple([Source(**one) for one in sources])


def _answers(answers: Iterable[Mapping[str, Any]]) -> tuple[Answer, ...]:
    return tuple(
        [Answer(**{**one, "date": _day(one.get("date")), "published": _day(one.get("published"))}) for one in answers]
    )


def _citations(citations: Iterable[Mapping[str, Any]]) -> tuple[Citation, ...]:
    return tuple([Citation(**one) for one in citations])


def _points(points: Iterable[Mapping[str, Any]]) -> tuple[Point, ...]:
    return tuple([Point(one["label"], _range(one["question"]), _range(one["answer"])) for one in points])


def _range(ends: Iterable[int]) -> tuple[int, int]:
    start, end = ends
    return start, end


# What makes a value of each field from JSON; None: it is one as it stands. A page reads twenty records at a time.
_READ: Final[Mapping[str, Callable[[Any], Any] | None]] = {
    **dict.fromkeys((field.name for field in fields(Question)), None),
    **dict.fromkeys(
        ("date", "deadline", "answer_date", "published", "waiting_since", "last_seen"), dt.date.fromisoformat
    ),
    **dict.fromkeys(("first_seen", "answer_first_seen"), dt.datetime.fromisoformat),
    **dict.fromkeys(("portfolios", "title_path", "keywords", "problems"), tuple),
    "chronology": _entries,
    "references": _references,
    "french": _french,
    "answers": _answers,
    "citations": _citations,
    "points": _points,
    "source": _source,
    "sources": _sources,
}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):  # a datetime is one, too
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, ChronologyEntry | Reference | FrenchText | Answer | Citation | Point | Source):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value
