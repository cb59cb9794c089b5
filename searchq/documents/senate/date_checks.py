"""Dates of one page that cannot all be right: each stays as published, and a problem says so."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from searchq.documents.senate.labels import event_of
from searchq.question import Answer, ChronologyEntry, Event

__all__ = ["contradictions"]

_AFTER_QUESTION: Final[frozenset[Event]] = frozenset({"sent", "reminder", "supplementary-answer"})


def contradictions(
    date: dt.date | None,
    deadline: dt.date | None,
    answers: Sequence[Answer],
    chronology: Sequence[ChronologyEntry],
) -> Iterator[str]:
    """What is wrong with the dates of a question, in sentences."""
    for answer in answers:
        told = [entry.date for entry in chronology if entry.event == event_of(answer.kind or "") and entry.date]
        if answer.date and told and answer.date not in told:
            yield f"An answer is dated {answer.date} in its heading and {told[0]} in the chronology."
    if date is None:
        return
    first = next((answer.date for answer in answers if answer.date), None)
    if first and first < date:
        yield f"The answer ({first}) is dated before the question ({date})."
    if deadline and deadline < date:
        yield f"The deadline ({deadline}) is dated before the question ({date})."
    for entry in chronology:
        if entry.event in _AFTER_QUESTION and entry.date and entry.date < date:
            yield f"The event “{entry.label}” ({entry.date}) is dated before the question ({date})."
