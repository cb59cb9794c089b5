"""How long an open question waits: to the end of its legislature, else to the last day on which it is known to be open.

open, of a legislature that ended     to its last day
open, seen on a day (`last_seen`)     to that day
open                                  to the last day that the index knows of
any other status                      for nothing: `unknown`, too
"""

import datetime as dt

from searchq.legislatures import house_of, last_day, legislature_years
from searchq.question import Question

__all__ = ["waiting_days", "waiting_since", "waiting_until"]


def waiting_since(question: Question) -> dt.date | None:
    """The day from which an open question waits; None where it waits for nothing, or nobody knows how long."""
    return question.waiting_since if question.status == "open" and _is_dated(question) else None


def waiting_until(question: Question) -> dt.date | None:
    """The day up to which a question is known to wait; None where only the index knows a last day."""
    if question.legislature is None:
        return question.last_seen
    return last_day(question.house, question.legislature) or question.last_seen


def waiting_days(question: Question, known: dt.date) -> int | None:
    """How many days an open question waits; `known` is the last day the index knows."""
    since = waiting_since(question)
    days = ((waiting_until(question) or known) - since).days if since else -1
    return days if days >= 0 else None


def _is_dated(question: Question) -> bool:
    """Whether it is known when its legislature ended, or that it sits."""
    number = question.legislature
    return number is None or legislature_years(house_of(number), number) is not None
