"""How long an open question waits."""

import datetime as dt
from typing import Any

import pytest

from searchq.question import Question
from searchq.waiting import waiting_days, waiting_since, waiting_until

KNOWN = dt.date(2026, 9, 1)


def asked(number: Any, day: Any, status: str = "open", **told: Any) -> Any:
    legislature = int(number.partition("-")[0])
    since = dt.date.fromisoformat(day)
    return Question(number, legislature=legislature, date=since, waiting_since=since, status=status, **told)  # type: ignore[arg-type]


def test_a_question_of_an_ended_legislature_waits_to_its_last_day() -> None:
    question = asked("4-12", "2010-04-06", last_seen=dt.date(2013, 5, 12))
    assert waiting_until(question) == dt.date(2010, 5, 6)
    assert waiting_days(question, KNOWN) == 30


def test_a_question_of_the_legislature_that_sits_waits_to_the_day_it_was_seen_else_to_the_last_known_day() -> None:
    assert waiting_days(asked("8-12", "2025-01-01", last_seen=dt.date(2025, 1, 31)), KNOWN) == 30
    assert waiting_days(asked("8-12", "2026-08-02"), KNOWN) == 30


@pytest.mark.parametrize("status", ["unknown", "answered", "closed", "requalified", "end-of-legislature", None])
def test_every_other_question_waits_for_nothing(status: str | None) -> None:
    question = asked("8-12", "2026-08-02", status=status)  # type: ignore[arg-type]
    assert (waiting_since(question), waiting_days(question, KNOWN)) == (None, None)


def test_of_a_legislature_of_which_nothing_is_known_and_of_a_day_after_the_end_no_waiting_is_told() -> None:
    assert waiting_days(asked("48-12", "1994-01-01", house="chamber"), KNOWN) is None
    assert waiting_days(asked("4-12", "2011-04-06"), KNOWN) is None


def test_the_chamber_ends_when_the_senate_does() -> None:
    assert waiting_days(asked("54-12", "2019-04-23", house="chamber"), KNOWN) == 30
