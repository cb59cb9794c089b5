"""When an index first held a question, and its answer: what feeds and alerts tell of.

    generation 1    5-1, unanswered      5-1 is new in 1
    generation 4    5-1, answered        5-1 is answered in 4
    generation 5    without 5-1          remembered, so that it is not new when it returns

The index keeps it, not the document: it survives a rebuild, an upgrade, and the deletion of the question.
"""

import datetime as dt
from typing import Final, Literal

from msgspec import Struct

__all__ = ["NEVER_SEEN", "EventKind", "FirstSeen"]

EventKind = Literal["new", "answered"]


class FirstSeen(Struct, frozen=True):
    """The generations in which a question and its answer came, and the moments (UTC) where they are known."""

    new_in: int | None = None
    answered_in: int | None = None  # an answer that only says that one will come is none
    question: dt.datetime | None = None
    answer: dt.datetime | None = None


NEVER_SEEN: Final = FirstSeen()
