"""A shelf of some eighty small questions with everything a request can ask about, and plain recounts of them."""

import datetime as dt
import random
from itertools import chain, count, takewhile
from typing import Any

from msgspec.structs import replace

from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.index.schema import FACETS, INTEGERS, MISSING
from searchq.limits import MAX_PAGE_SIZE
from searchq.query.value_keys import plain_words
from searchq.question import Question, Reference
from tests.writes import add, delete

MINISTERS = (
    "minister van Justitie",
    "minister van Buitenlandse Zaken en Europese Zaken",
    "staatssecretaris voor Mobiliteit, toegevoegd aan de eerste minister",
    None,
)
PORTFOLIOS = {0: ("Justitie",), 1: ("Buitenlandse Zaken", "Europa"), 2: ("Mobiliteit",), 3: ()}
PARTIES = ("N-VA", "Ecolo", "Open Vld", None)
AUTHORS = ("Inès Daoud", "Bram Claes", "Chloé Wouters")
KEYWORDS = ("sociale media", "overlegorgaan", "spoorverkeer", "ambtenaar", "Österreich")
WORDS = ("de", "trein", "treinen", "station", "facebook", "bericht", "persbericht", "vertraging", "overheid", "één")


def make(serial: int, chance: random.Random) -> Question:
    minister = chance.randrange(4)
    asked = dt.date(2011, 1, 1) + dt.timedelta(days=chance.randrange(900)) if chance.random() < 0.9 else None
    delay = chance.choice((None, 5, 31, 45, 400))
    answered = asked + dt.timedelta(days=delay) if asked and delay else None
    siblings = [f"5-{one}" for one in range(serial // 5 * 5, serial // 5 * 5 + 3) if one != serial and one > 0]
    asked_to = siblings if serial % 5 < 3 else []
    return Question(
        f"5-{serial}",
        legislature=chance.choice((4, 5, None)),
        session=chance.choice(("2011-2012", "2012-2013", None)),
        date=asked,
        author=chance.choice(AUTHORS),
        party=chance.choice(PARTIES),
        minister=MINISTERS[minister],
        portfolios=PORTFOLIOS[minister],
        title=" ".join(chance.choices(WORDS, k=3)),
        title_path=tuple(chance.sample(("Spoor", "Stations", "Pers"), chance.randrange(3))),
        keywords=tuple(chance.sample(KEYWORDS, chance.randrange(4))),
        language=chance.choice(("nl", "fr")),
        references=tuple(Reference("also-asked-to", "written-question", number) for number in asked_to),
        question=" ".join(chance.choices(WORDS, k=chance.randrange(1, 30))),
        answer=" ".join(chance.choices(WORDS, k=20)) if answered else None,
        answer_date=answered,
        status="answered" if answered else (left := chance.choice(("open", "open", "open", "unknown"))),
        waiting_since=asked if not answered and left == "open" else None,
        last_seen=asked + dt.timedelta(days=chance.randrange(90)) if asked and chance.random() < 0.3 else None,
        delay_days=(answered - asked).days if answered and asked else None,
        reminders=chance.randrange(3),
    )


def shelve(folder: Any, size: int = 80, seed: int = 5) -> tuple[EmbeddedEngine, dict[str, Question]]:
    """An engine of several segments with deleted and replaced questions, and the questions it should hold."""
    chance = random.Random(seed)
    engine, held = EmbeddedEngine(folder), {}  # type: ignore[var-annotated]
    for first in range(1, size, 30):
        batch = [make(serial, chance) for serial in range(first, min(first + 30, size + 1))]
        add(engine, batch)
        held |= {question.number: question for question in batch}
    renewed = [make(serial, chance) for serial in range(3, size, 11)]
    add(engine, renewed)
    held |= {question.number: question for question in renewed}
    gone = [f"5-{serial}" for serial in range(7, size, 13)]
    assert delete(engine, [*gone, "9-9"]) == len(gone)
    return engine, {number: question for number, question in held.items() if number not in gone}


def walked(engine: Any, request: Any) -> Any:
    """All hits of a request in order, page by page."""
    pages = (engine.search(replace(request, page=page, limit=MAX_PAGE_SIZE, texts="header")).hits for page in count(1))
    return list(chain.from_iterable(takewhile(bool, pages)))


def values_of(question: Question, facet: str) -> tuple[str, ...]:
    """The values of a facet, each once."""
    return tuple(dict.fromkeys(FACETS[facet][1](question)))


def integer_of(question: Question, name: str) -> int | None:
    value = INTEGERS[name](question)
    return None if value == MISSING else value


def alike(left: str, right: str) -> bool:
    return "".join(plain_words(left)) == "".join(plain_words(right))


def stands_for(typed: str, question: Question, facet: str, questions: Any) -> bool:
    """Whether a question has a value that a typed one stands for."""
    if any(alike(typed, value) for each in questions for value in values_of(each, facet)):
        return any(alike(typed, value) for value in values_of(question, facet))
    if facet == "minister" and any(alike(typed, value) for each in questions for value in each.portfolios):
        return any(alike(typed, value) for value in question.portfolios)
    return any(set(plain_words(typed)) <= set(plain_words(value)) for value in values_of(question, facet))


def passes(question: Question, request: Any, questions: Any, without: str | None = None) -> bool:
    """Whether a question passes the filters of a request, those of one facet left out."""
    merged = {}  # type: ignore[var-annotated]
    for selection in request.selections:
        include, exclude = merged.setdefault(selection.facet, ([], []))
        include.extend(selection.include)
        exclude.extend(selection.exclude)
    for facet, (include, exclude) in merged.items():
        if facet == without:
            continue
        if include and not any(stands_for(typed, question, facet, questions) for typed in include):
            return False
        if any(stands_for(typed, question, facet, questions) for typed in exclude):
            return False
    return _within(question.date, request.asked) and _within(question.answer_date, request.answered)


def _within(day: Any, span: Any) -> bool:
    if not span:
        return True
    first, last = span.first, span.last
    if first and last and first > last:
        first, last = last, first
    return day is not None and (first is None or day >= first) and (last is None or day <= last)
