"""Questions of the Chamber that were cancelled after they came here: they stay, and are told as closed.

A record that is cancelled from the first gives no question. One that cancels a question held here is stored as one more
page of it, which says nothing but that; so it counts by its day, and an answer is never lost to it.
"""

import datetime as dt
from collections.abc import Iterable

from searchq.coverage.kept import Refused
from searchq.engine import Update
from searchq.indexing.lessons import Lessons
from searchq.indexing.reconcile import content_of, entry_of
from searchq.numbers import parse_number
from searchq.question import Question, Source

__all__ = ["close_cancelled", "is_cancellation"]


def close_cancelled(cancelled: Iterable[Refused], update: Update, lessons: Lessons) -> tuple[list[str], int]:
    """Close the questions held that a record cancels; returns those that changed, and how many were written."""
    changed: list[str] = []
    written = 0
    for page in filter(None, map(_page, cancelled)):
        held = update.entry(page.number)
        if held is None or (entry := entry_of([*held.pages, page])) == held:
            continue
        lessons.learn(entry.question, held.question)
        update.put(*entry)
        written += 1
        if content_of(entry.question) != content_of(held.question):
            changed.append(page.number)
    return changed, written


def is_cancellation(page: Question) -> bool:
    """Whether a page says only that the question was cancelled."""
    return page.house == "chamber" and page.status == "closed"


def _page(refused: Refused) -> Question | None:
    number = parse_number(refused.number or "")
    if number is None or number.house != "chamber":
        return None
    outer, _, member = refused.document.partition(":")
    source = Source(outer, member or None, None, "chamber")
    return Question(
        str(number),
        house="chamber",
        legislature=number.legislature,
        docname=number.docname,
        status="closed",
        last_seen=dt.date.fromisoformat(refused.day) if refused.day else None,
        source=source,
        sources=(source,),
    )
