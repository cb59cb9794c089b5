"""From a draft to the record: texts repaired, dates read, and all that follows from them derived.

Derived are the session (from the date: sessions turn in October), the portfolios, the parts of the title, the
answer date, status, delay, reminders and waiting time. What cannot be read becomes a sentence in `problems`; it never
stops the record.
"""

import datetime as dt
import re
from typing import Final

from msgspec.structs import replace

from searchq.documents.answer_texts import is_text, joined
from searchq.documents.charset import without_controls
from searchq.documents.citations import find_citations
from searchq.documents.dates import parse_date
from searchq.documents.mojibake import Repair
from searchq.documents.points import pair_points
from searchq.documents.portfolios import first_understood
from searchq.documents.senate.cuts import ends_open
from searchq.documents.senate.date_checks import contradictions
from searchq.documents.senate.draft import Draft, DraftAnswer, Texts
from searchq.documents.senate.labels import DEADLINE, DUTCH, FRENCH, KINDS, LANGUAGES, TYPES, event_of
from searchq.documents.senate.title_path import title_path
from searchq.numbers import SENATE
from searchq.question import Answer, ChronologyEntry, Event, FrenchText, Language, Question, Reference, Source, Status

__all__ = ["assemble"]

_EVENT: Final = re.compile(r"(?P<date>[0-9]{1,2}/[0-9]{1,2}/[0-9]{4})?[ \t]*\|?[ \t]*(?P<label>.*)", re.DOTALL)
_REFERENCE: Final = re.compile(rf"(?P<kind>[^:]+?) ?: ?(?P<type>[^:]+?) (?P<number>{SENATE}) *")
_SPOKEN: Final = re.compile(r"\b(" + "|".join(LANGUAGES) + r")\b", re.IGNORECASE)
_SESSION_TURNS: Final = 10  # October
_ANSWER_EVENTS: Final[tuple[Event, ...]] = ("answered", "supplementary-answer")
_CLOSING: Final[frozenset[Event]] = frozenset({"closed", "not-published"})
_UNDATED: Final = frozenset({"piped", "stripped", "bulletin"})  # layouts that never show a chronology


def assemble(draft: Draft, source: Source) -> Question:
    """The record of a draft. Raises nothing: a draft has a number, and the rest may be missing."""
    return _Assembly(draft).question(source)


class _Assembly:
    """The making of one record: holds the problems met and the mojibake evidence gathered on the way."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.problems = list(draft.problems)
        self.repair = Repair()

    def question(self, source: Source) -> Question:
        draft = self.draft
        answers = [self._answer(answer) for answer in draft.answers]
        dutch, french = self._texts(draft.dutch, DUTCH.minister), self._texts(draft.french, FRENCH.minister)
        chronology, deadline = self._chronology()
        references = self._references()
        date = self._date(chronology)
        answers = self._match_answers(answers, chronology)
        answer_date = next((answer.date for answer in answers if answer.date), None)
        status = self._status(answers, chronology, references)
        author, party = self._text(draft.author), self._text(draft.party)
        answer = joined(each.text for each in answers)
        french = replace(french, answer=joined(answer.french for answer in answers))
        self.problems.extend(contradictions(date, deadline, answers, chronology))
        self._report_missing(author, date, dutch, french, chronology)
        here = Source(source.path, source.member, source.address, draft.layout)
        return Question(
            number=draft.number,
            legislature=int(draft.number.partition("-")[0]),
            session=draft.session or _session(date),
            date=date,
            author=author,
            party=party,
            minister=dutch.minister,
            portfolios=first_understood((dutch.minister, french.minister), self.problems),
            title=dutch.title,
            title_path=title_path(dutch.title, draft.layout == "bulletin"),
            keywords=dutch.keywords,
            language=_language(self._text(draft.spoken)),
            chronology=chronology,
            deadline=deadline,
            references=references,
            question=dutch.question,
            answer=answer,
            answers=tuple(answers),
            answer_date=answer_date,
            status=status,
            delay_days=(answer_date - date).days if date and answer_date and answer_date >= date else None,
            reminders=sum(entry.event == "reminder" for entry in chronology),
            waiting_since=(date or _sent(chronology)) if status == "open" else None,
            french=french if french != FrenchText() else None,
            citations=find_citations(draft.number, dutch.question, answer, french),
            points=pair_points(dutch.question, answer),
            bulletin=draft.bulletin,
            source=here,
            sources=(here,),
            problems=tuple(self.problems),
        )

    def _text(self, text: str | None) -> str | None:
        return self.repair(text) if text else None

    def _body(self, text: str | None) -> str | None:
        """A running text repaired, except the piece of a word that a page may end in: it proves nothing."""
        if text and self.draft.cut and ends_open(text):
            whole, blank, piece = text.rpartition(" ")
            return self.repair(whole) + blank + without_controls(piece)
        return self._text(text)

    def _texts(self, texts: Texts, to: re.Pattern[str]) -> FrenchText:
        """The texts of one language, repaired; the longest first, since it tells most about the character set."""
        question = self._body(texts.question)
        minister = self._text(texts.minister)
        return FrenchText(
            title=self._text(texts.title),
            keywords=tuple(self.repair(keyword) for keyword in texts.keywords),
            question=question,
            minister=to.sub("", minister, count=1) if minister and to.match(minister) else minister,
        )

    def _chronology(self) -> tuple[tuple[ChronologyEntry, ...], dt.date | None]:
        section = self._text(self.draft.section)
        entries = [ChronologyEntry(None, "other", section)] if section else []
        deadline = None
        for line in self.draft.events:
            line = self.repair(line)
            if found := DEADLINE.search(line):
                deadline = deadline or self._read(found["date"], "deadline")
                line = (line[: found.start()] + line[found.end() :]).strip()
                if not line:
                    continue
            event = _EVENT.fullmatch(line)
            assert event is not None  # every part of the pattern is optional
            label = event["label"].strip()
            date = self._read(event["date"], "chronology") if event["date"] else None
            entries.append(ChronologyEntry(date, event_of(label), label))
        return tuple(entries), deadline

    def _references(self) -> tuple[Reference, ...]:
        references: list[Reference] = []
        for line in map(self.repair, self.draft.references):
            found = _REFERENCE.fullmatch(line)
            kind = KINDS.get(found["kind"].strip().lower()) if found else None
            type_ = TYPES.get(found["type"].strip().lower()) if found else None
            if found and kind and type_:
                references.append(Reference(kind, type_, found["number"]))
            else:
                self.problems.append(f"The cross-reference “{line}” is of no known kind.")
        return tuple(dict.fromkeys(references))

    def _read(self, text: str, place: str) -> dt.date | None:
        date = parse_date(text)
        if date is None:
            self.problems.append(f"The date “{text}” in the {place} cannot be read or does not exist.")
        return date

    def _date(self, chronology: tuple[ChronologyEntry, ...]) -> dt.date | None:
        """The date asked: the first place that gives one, at last the day it was sent."""
        texts = dict.fromkeys(filter(None, map(self._text, self.draft.dates)))
        days = list(dict.fromkeys(filter(None, (self._read(text, "document") for text in texts))))
        if len(days) > 1:
            self.problems.append(f"The document dates the question {days[0]} and {days[1]}.")
        return days[0] if days else _sent(chronology)

    def _answer(self, answer: DraftAnswer) -> Answer:
        date = self._text(answer.date)
        return Answer(
            kind=self._text(answer.kind),
            date=self._read(date, "heading of the answer") if date else None,
            text=self._body(answer.dutch),
            french=self._body(answer.french),
        )

    def _match_answers(self, answers: list[Answer], chronology: tuple[ChronologyEntry, ...]) -> list[Answer]:
        """The answers that the page shows, and those that only its chronology tells; each has a date if one is told.

        The chronology may tell an answer twice, so it adds one only where no answer of its kind stands there.
        """
        for event in _ANSWER_EVENTS:
            told = [entry for entry in chronology if entry.event == event]
            mine = [i for i, answer in enumerate(answers) if event_of(answer.kind or "") == event]
            if not told:
                continue
            if not mine:
                answers = [*answers, Answer(kind=told[0].label, date=told[0].date)]
                self._report_untold(event)
            elif answers[mine[0]].date is None:
                answers = [replace(answer, date=told[0].date) if i == mine[0] else answer
                           for i, answer in enumerate(answers)]  # fmt: skip
        return answers

    def _report_untold(self, event: Event) -> None:
        if event == "supplementary-answer":
            self.problems.append("The text of the supplementary answer has no heading of its own here.")

    def _status(
        self, answers: list[Answer], chronology: tuple[ChronologyEntry, ...], references: tuple[Reference, ...]
    ) -> Status:
        """The first that fits; an answer outweighs all, and what cannot be known is not guessed."""
        texts = [text for answer in answers for text in (answer.text, answer.french) if text]
        told = self.draft.answers
        if any(not (one.dutch or one.french) for one in told) or (answers and not told and not self.draft.unparted):
            self.problems.append("The text of the answer is missing here.")
        if answers:
            return "answered-without-text" if texts and not any(map(is_text, texts)) else "answered"
        if end := _ending(chronology, references):
            return end
        if reason := self._unknown(chronology):
            self.problems.append(f"Whether the question was answered is not known: {reason}.")
            return "unknown"
        return "open"

    def _unknown(self, chronology: tuple[ChronologyEntry, ...]) -> str | None:
        """Why a document that shows no answer does not prove that there was none."""
        if self.draft.section:
            return "the Bulletin only says that there was no answer in time"
        if not chronology:
            return "the document has no chronology"
        return "the page ends before an answer could stand there" if self.draft.cut else None

    def _report_missing(
        self,
        author: str | None,
        date: dt.date | None,
        dutch: FrenchText,
        french: FrenchText,
        chronology: tuple[ChronologyEntry, ...],
    ) -> None:
        found = {
            "author": author,
            "date": date,
            "minister": dutch.minister or french.minister,
            "title": dutch.title or french.title,
            "text of the question": dutch.question or french.question,
            "chronology": chronology or self.draft.layout in _UNDATED,
        }
        self.problems.extend(f"The {part} was not found." for part, value in found.items() if not value)


def _ending(chronology: tuple[ChronologyEntry, ...], references: tuple[Reference, ...]) -> Status | None:
    """How a question ended without an answer; one that came from a requalification is not requalified by that event."""
    kinds = {reference.kind for reference in references}
    events = {entry.event for entry in chronology}
    if "requalified-as" in kinds or ("requalified" in events and "requalification-of" not in kinds):
        return "requalified"
    if "end-of-legislature" in events:
        return "end-of-legislature"
    return "closed" if events & _CLOSING or "reintroduced-as" in kinds else None


def _sent(chronology: tuple[ChronologyEntry, ...]) -> dt.date | None:
    return next((entry.date for entry in chronology if entry.event == "sent" and entry.date), None)


def _session(date: dt.date | None) -> str | None:
    """The parliamentary year of a date."""
    if date is None:
        return None
    year = date.year if date.month >= _SESSION_TURNS else date.year - 1
    return f"{year}-{year + 1}"


def _language(spoken: str | None) -> Language | None:
    found = _SPOKEN.search(spoken) if spoken else None
    return LANGUAGES[found[1].lower()] if found else None
