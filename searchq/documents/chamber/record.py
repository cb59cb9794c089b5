"""From a record of the Chamber's service to a question.

The number is the route without its bulletin, so that it survives publication. The day of an answer is not published:
`published` is the day of the Bulletin that printed it, and `answer_date` stays unknown. A record whose question was
cancelled gives none.
"""

import datetime as dt
import re
from typing import Any, Final

from searchq.documents.answer_texts import is_text, joined
from searchq.documents.chamber.keywords import keywords_of
from searchq.documents.chamber.payload import Record
from searchq.documents.chamber.texts import line_of, lines_in, text_of
from searchq.documents.citations import find_citations
from searchq.documents.dates import parse_date
from searchq.documents.mojibake import repair_utf8
from searchq.documents.points import pair_points
from searchq.documents.portfolios import first_understood
from searchq.documents.senate.title_path import chamber_title_path
from searchq.errors import DocumentError, QuestionCancelled
from searchq.numbers import QuestionNumber, parse_number
from searchq.question import Answer, FrenchText, Language, Question, Source, Status

__all__ = ["question_of", "route_of"]

_CANCELLED: Final = frozenset({"canceled", "archivedcanceled", "cancelled", "archivedcancelled"})
_ANSWERED: Final = frozenset({"answerreceived"})
_SENT: Final = frozenset({"transmited", "transmitted"})
_LANGUAGES: Final[dict[str, Language]] = {"N": "nl", "F": "fr", "D": "de", "NL": "nl", "FR": "fr", "DE": "de"}
_ANSWERS: Final = (1, 2, 3, 4)

_DAY: Final = re.compile(r"(?P<year>[0-9]{4})-?(?P<month>[0-9]{2})-?(?P<day>[0-9]{2})(?:[T ][0-9]{2}:.*)?")
_PRINTED: Final = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|(?<![0-9])[12][0-9]{3}-[0-9]{2}-[0-9]{2}(?![0-9])")
_PERSON: Final = re.compile(r"\s*\(\s*([0-9]{1,6})\s*\)")
_SESSION: Final = re.compile(r"(?P<first>[12][0-9]{3})(?P<second>[12][0-9]{3})[0-9]{5}")
_SURROGATES: Final = re.compile("[\ud800-\udfff]+")  # halves of characters, which JSON can spell and UTF-8 cannot


def question_of(record: Record, source: Source) -> Question:
    """The question of a record. Raises DocumentError, with the reason, when it gives none."""
    route = route_of(record)
    if route is None:
        raise DocumentError("it has no route (SDOCNAME)")
    number = parse_number(route)
    if number is None or number.house != "chamber":
        raise DocumentError(f"its route “{route}” cannot be read")
    if (state := _state(record)).lower() in _CANCELLED:
        raise QuestionCancelled(f"the question was cancelled (the Chamber calls it “{state}”)", str(number))
    return _Reading(record).question(route, number, source)


def route_of(record: Record) -> str | None:
    """The route of a question to one minister, as published."""
    return line_of(record.get("SDOCNAME"))


class _Reading:
    """The reading of one record: holds the problems met on the way."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.problems: list[str] = []

    def question(self, route: str, number: QuestionNumber, source: Source) -> Question:
        answers = self._answers()
        dutch, french = self._texts("N", answers), self._texts("F", answers)
        status = self._status(answers)
        author, author_id, party = self._author()
        date, deadline = self._day("DEPOTDAT", "document"), self._day("DELAIDAT", "deadline")
        self._report_missing(author, date, dutch, french)
        here = Source(source.path, source.member, source.address, "chamber")
        return Question(
            number=str(number),
            house="chamber",
            legislature=number.legislature,
            session=_session(number.docname),
            date=date,
            author=author,
            author_id=author_id,
            party=party,
            minister=dutch.minister,
            portfolios=first_understood((dutch.minister, french.minister), self.problems),
            title=dutch.title,
            title_path=chamber_title_path(dutch.title),
            keywords=dutch.keywords,
            language=self._language(),
            deadline=deadline,
            question=dutch.question,
            answer=dutch.answer,
            answers=answers,
            published=answers[0].published if answers else None,
            status=status,
            waiting_since=date if status == "open" else None,
            french=french if french != FrenchText() else None,
            citations=find_citations(str(number), dutch.question, dutch.answer, french),
            points=pair_points(dutch.question, dutch.answer),
            route=route,
            docname=number.docname,
            bulletin=_bulletin(route),
            source=here,
            sources=(here,),
            problems=tuple(self.problems),
        )

    def _line(self, field: str) -> str | None:
        line = line_of(self.record.get(field))
        return _sound(line) if line else None

    def _text(self, field: str) -> str | None:
        text = text_of(self.record.get(field))
        return _sound(text) if text else None

    def _texts(self, language: str, answers: tuple[Answer, ...]) -> FrenchText:
        """All texts in one language, `N` or `F`."""
        return FrenchText(
            question=self._text(f"TEXTQ{language}"),
            title=self._line(f"TIT{language}"),
            keywords=tuple(_sound(keyword) for keyword in keywords_of(self.record, language)),
            answer=joined(answer.text if language == "N" else answer.french for answer in answers),
            minister=self._minister(language),
        )

    def _minister(self, language: str) -> str | None:
        """The minister a route goes to; others that the record names are told in a problem."""
        found = [_sound(one) for one in lines_in(self.record.get(f"DEPT{language}"))]
        if len(found) > 1:
            self.problems.append(f"The question names other ministers, too: {'; '.join(found[1:])}.")
        return found[0] if found else self._line(f"SUBDEPT{language}")

    def _language(self) -> Language | None:
        told = self._line("LANG")
        language = _LANGUAGES.get((told or "").upper())
        if told and language is None:
            self.problems.append(f"The language “{told}” is not known.")
        return language

    def _author(self) -> tuple[str | None, str | None, str | None]:
        """The first author with its number or its party; other authors are named in a problem."""
        people = [_sound(person) for person in lines_in(self.record.get("AUT"))]
        if not people:
            return None, None, None
        if len(people) > 1:
            self.problems.append(f"The question has other authors, too: {'; '.join(people[1:])}.")
        return _person(people[0])

    def _day(self, field: str, place: str) -> dt.date | None:
        text = line_of(self.record.get(field))
        if text is None:
            return None
        day = _date(text)
        if day is None:
            self.problems.append(f"The date “{text}” in the {place} cannot be read or does not exist.")
        return day

    def _answers(self) -> tuple[Answer, ...]:
        """The answers in their order; one without a text counts when it has a kind or was printed."""
        found = map(self._answer, _ANSWERS)
        return tuple(answer for answer in found if answer != Answer())

    def _answer(self, place: int) -> Answer:
        return Answer(
            kind=self._line(f"CASA{place}"),
            published=self._published(place),
            text=self._text(f"TEXTA{place}N"),
            french=self._text(f"TEXTA{place}F"),
        )

    def _published(self, place: int) -> dt.date | None:
        """The day of the Bulletin that printed an answer."""
        found = _PRINTED.search(line_of(self.record.get(f"PUBLICA{place}")) or "")
        day = _date(found[0]) if found else None
        if found and day is None:
            self.problems.append(f"The date “{found[0]}” in the Bulletin cannot be read or does not exist.")
        return day

    def _status(self, answers: tuple[Answer, ...]) -> Status:
        """The first that fits; what cannot be known is not guessed."""
        texts = [text for answer in answers for text in (answer.text, answer.french) if text]
        state = _state(self.record)
        is_answered = bool(texts or state.lower() in _ANSWERED or any(answer.published for answer in answers))
        if is_answered and (not answers or any(not (answer.text or answer.french) for answer in answers)):
            self.problems.append("The text of the answer is missing here.")
        if is_answered:
            return "answered-without-text" if texts and not any(map(is_text, texts)) else "answered"
        if state.lower() in _SENT:
            return "open"
        reason = f"the Chamber calls it “{state}”" if state else "the record tells no state"
        self.problems.append(f"Whether the question was answered is not known: {reason}.")
        return "unknown"

    def _report_missing(self, author: Any, date: Any, dutch: FrenchText, french: FrenchText) -> None:
        found = {
            "author": author,
            "date": date,
            "minister": dutch.minister or french.minister,
            "title": dutch.title or french.title,
            "text of the question": dutch.question or french.question,
        }
        self.problems.extend(f"The {part} was not found." for part, value in found.items() if not value)


def _date(text: str) -> dt.date | None:
    """The day that `20140718`, `2014-07-18T00:00:00` or `18/07/2014` stands for."""
    found = _DAY.fullmatch(text)
    try:
        return dt.date(*map(int, found.groups())) if found else parse_date(text)
    except ValueError:
        return None


def _state(record: Record) -> str:
    return line_of(record.get("STATUSQ")) or ""


def _sound(text: str) -> str:
    """A text without what is no character, and without UTF-8 that was read as windows-1252."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        text = _SURROGATES.sub("\ufffd", text)
    return repair_utf8(text)


def _person(text: str) -> tuple[str | None, str | None, str | None]:
    """Name, number and party of `Tine Gielis (07772)` or `Nahima Lanjri, CD&V`."""
    identity = _PERSON.search(text)
    *names, party = (part.strip() for part in _PERSON.sub("", text).split(","))
    if not names:
        names, party = [party], ""
    return " ".join(filter(None, names)) or None, identity[1] if identity else None, party or None


def _session(docname: str) -> str | None:
    """The parliamentary year that the name of a question begins with: `2025202606531`."""
    found = _SESSION.fullmatch(docname)
    if found is None or int(found["second"]) != int(found["first"]) + 1:
        return None
    return f"{found['first']}-{found['second']}"


def _bulletin(route: str) -> str | None:
    """`B045` of a route that was published."""
    found = re.search(r"[Bb][0-9]+", route)
    return found[0].upper() if found else None
