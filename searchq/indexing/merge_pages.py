"""Merge all pages of a question into one record: both languages, print and web, captures of several days.

    nl-web ─┐                 facts     the Dutch page's, what it lacks from the others
    fr-web ─┼─> merge_pages   texts     Dutch of the best Dutch page, `french` of the best French one
    nl-web ─┘                 events    all, each once; answers and status follow them

The record depends on the set of pages, not on the order of reading. The best page of a language is one with an answer,
else the later one, else the fuller one.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeVar

from msgspec.structs import astuple, replace

from searchq.documents.document import name_of
from searchq.indexing.merge_problems import disagreements, remaining_problems
from searchq.question import (
    Answer,
    ChronologyEntry,
    Citation,
    CitedText,
    FrenchText,
    Layout,
    Question,
    Source,
    Status,
)

__all__ = ["fullness", "merge_pages", "pages_in_order"]

_T = TypeVar("_T")
Pages = Sequence[Question]


def merge_pages(pages: Iterable[Question]) -> Question:
    """Merge the pages of one number, in any order; a single page is returned unchanged."""
    chiefs = pages_in_order(pages)
    if len(chiefs) == 1:
        return chiefs[0]
    french = sorted(chiefs, key=_french_rank, reverse=True)
    filled = {name: _first(getattr(page, name) for page in chiefs) for name in _FILLED}
    merged = replace(
        chiefs[0],
        **filled,
        chronology=_all_events(chiefs),
        references=tuple(dict.fromkeys(one for page in chiefs for one in page.references)),
        french=_french(french),
        answers=_answers(chiefs, french),
        citations=_citations(chiefs, french),
        points=_points(chiefs),
        first_seen=min((page.first_seen for page in chiefs if page.first_seen), default=None),
        answer_first_seen=min((page.answer_first_seen for page in chiefs if page.answer_first_seen), default=None),
        last_seen=max((page.last_seen for page in chiefs if page.last_seen), default=None),
        sources=_sources(chiefs, french),
    )
    return _derived(merged, chiefs, french)


def pages_in_order(pages: Iterable[Question]) -> list[Question]:
    """The distinct pages, the best Dutch one first, those without Dutch last."""
    return sorted(dict.fromkeys(pages), key=_dutch_rank, reverse=True)


# Which page is better.


def fullness(question: Question) -> int:
    """The completeness of a record: has an answer, then number of filled fields, then fewest problems."""
    answered = 2 if _answered_in(question) else int(question.answer_date is not None)
    filled = sum(_filled(getattr(question, name)) for name in _COUNTED)
    return answered * 10**9 + filled * 10**3 - min(len(question.problems), 999)


def _dutch_rank(page: Question) -> tuple[Any, ...]:
    dutch = 2 if page.title or page.question or page.answer else int(page.french is not None)
    return (dutch, _has_answer(page, page.answer), *_rank(page))


def _french_rank(page: Question) -> tuple[Any, ...]:
    french = page.french or FrenchText()
    return (_filled(french) > 0, _has_answer(page, french.answer), *_rank(page))


def _rank(page: Question) -> tuple[Any, ...]:
    """Rank the later page higher, then the fuller one; the rest only makes the order deterministic."""
    layout = _LAYOUTS.index(page.source.layout) if page.source.layout in _LAYOUTS else len(_LAYOUTS)
    return (
        page.last_seen or dt.date.min,
        fullness(replace(page, french=None)),
        -layout,
        name_of(page.source),
        repr(page),
    )


# Of equally full pages those in one language are read more surely than those in two.
_LAYOUTS: Final[tuple[Layout, ...]] = ("nl-web", "fr-web", "nl-print", "fr-print", "nlfr-print", "piped", "bulletin")


def _has_answer(page: Question, text: str | None) -> bool:
    return bool(text) and page.status != "answered-without-text"


def _answered_in(page: Question) -> bool:
    return _has_answer(page, page.answer) or _has_answer(page, page.french.answer if page.french else None)


def _filled(value: Any) -> int:
    """1 for a value, the length of a list, 0 if absent."""
    if isinstance(value, tuple):
        return len(value)
    if isinstance(value, FrenchText):
        return sum(map(_filled, astuple(value)))
    return int(bool(value))


# What is put together.

_FILLED: Final = (  # from the first page that has it
    *("session", "date", "author", "author_id", "party", "minister", "portfolios", "title", "title_path", "keywords"),
    *("language", "deadline", "question", "answer", "answer_date", "published", "route", "docname", "bulletin"),
)
_UNCOUNTED: Final = frozenset(  # derived, or about the page, not the question
    {"source", "sources", "problems", "delay_days", "waiting_since", "status", "legislature", "house", "last_seen"}
    | {"first_seen", "answer_first_seen", "answers", "citations", "points"}
)
_COUNTED: Final = tuple(name for name in Question.__struct_fields__ if name not in _UNCOUNTED)


def _first(values: Iterable[_T]) -> _T:
    """The first value that is present, else the first of all."""
    listed = list(values)
    return next((value for value in listed if _filled(value)), listed[0])


def _all_events(pages: Pages) -> tuple[ChronologyEntry, ...]:
    """The events of the first page, plus those only on later pages, inserted by date."""
    events = list(pages[0].chronology)
    for page in pages[1:]:
        known = Counter(map(_kind, events))
        met: Counter[object] = Counter()
        for entry in page.chronology:
            met[_kind(entry)] += 1
            if met[_kind(entry)] > known[_kind(entry)]:
                events.insert(_place(entry, events), entry)
    return tuple(events)


def _kind(entry: ChronologyEntry) -> object:
    """The key of an event that is the same in both languages: its kind, or its date if it has none."""
    return entry.date if entry.event == "other" else entry.event


def _place(entry: ChronologyEntry, events: Sequence[ChronologyEntry]) -> int:
    if entry.date is None:
        return len(events)
    before = (place for place, one in enumerate(events, 1) if one.date and one.date <= entry.date)
    return max(before, default=0)


def _french(pages: Pages) -> FrenchText | None:
    texts = [page.french for page in pages if page.french]
    if not texts:
        return None
    return FrenchText(*map(_first, zip(*map(astuple, texts), strict=True)))


def _answers(dutch: Pages, french: Pages) -> tuple[Answer, ...]:
    """The answers of the page whose text is used, each paired with its French version by date, else by position."""
    answers = list(_giving(dutch, "answer").answers)
    for place, twin in enumerate(_giving(french, "french.answer").answers):
        if twin.french is None or any(one.french == twin.french for one in answers):
            continue
        days = [at for at, one in enumerate(answers) if one.date == twin.date and one.french is None]
        if days and (twin.date or place in days):
            at = days[0] if twin.date else place
            answers[at] = replace(answers[at], french=twin.french)
        else:
            answers.append(replace(twin, text=None))
    return tuple(sorted(answers, key=lambda one: one.date or dt.date.max))


def _citations(dutch: Pages, french: Pages) -> tuple[Citation, ...]:
    sides: tuple[tuple[Pages, tuple[CitedText, CitedText]], ...] = (
        (dutch, ("question", "answer")),
        (french, ("french.question", "french.answer")),
    )
    return tuple(
        one for side, texts in sides for text in texts for one in _giving(side, text).citations if one.text == text
    )


def _points(pages: Pages) -> Any:
    """The point pairs of question and answer, if one page has both."""
    page = _giving(pages, "question")
    return page.points if page is _giving(pages, "answer") else ()


def _giving(pages: Pages, text: CitedText) -> Question:
    """The page a text of the record comes from; the first page if none has it."""
    return next((page for page in pages if _text_of(page, text)), pages[0])


def _text_of(page: Question, text: CitedText) -> str | None:
    holder: Question | FrenchText | None = page.french if text.startswith("french.") else page
    value: str | None = getattr(holder, text.removeprefix("french."), None)
    return value


def _sources(dutch: Pages, french: Pages) -> tuple[Source, ...]:
    """Every page, the main one first, then the one with the French texts."""
    ordered = (dutch[0], *(page for page in french[:1] if page.french), *dutch)
    return tuple(dict.fromkeys(source for page in ordered for source in page.sources))


# What follows from all.

# Of pages without the text of an answer: the first of these that a page has.
_STATUSES: Final[tuple[Status, ...]] = (
    *("answered-without-text", "answered", "requalified", "end-of-legislature", "closed", "open", "unknown"),
)


def _derived(merged: Question, dutch: Pages, french: Pages) -> Question:
    status = _status(dutch)
    date = merged.date or next((one.date for one in merged.chronology if one.event == "sent"), None)
    delay = (merged.answer_date - merged.date).days if merged.answer_date and merged.date else -1
    twin = french[0] if _filled(french[0].french) else dutch[0]
    return replace(
        merged,
        source=merged.sources[0],
        status=status,
        delay_days=delay if delay >= 0 else None,
        reminders=sum(one.event == "reminder" for one in merged.chronology),
        waiting_since=date if status == "open" else None,
        problems=(*remaining_problems((dutch[0], twin), merged), *disagreements(dutch[0], twin)),
    )


def _latest(pages: Pages) -> Pages:
    """The pages of the last day; each record of the Chamber tells its status in full."""
    last = max(page.last_seen or dt.date.min for page in pages)
    return [page for page in pages if (page.last_seen or dt.date.min) == last]


def _status(pages: Pages) -> Status | None:
    if any(page.status == "answered" and _answered_in(page) for page in pages):
        return "answered"
    told = {page.status for page in (_latest(pages) if pages[0].house == "chamber" else pages)}
    return next((status for status in _STATUSES if status in told), None)
