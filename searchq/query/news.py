"""What came into an index: new questions and answers, as feeds and alerts tell of them.

    generation 4    5-1 new    5-2 new, answered
    generation 7    5-1 answered

A reader who has been told of everything up to a generation asks for what came after it: nothing comes twice, nothing is
lost, whatever the clock says.
"""

import datetime as dt

from msgspec import Struct

from searchq.first_seen import EventKind
from searchq.query.hits import HighlightTerm
from searchq.query.request import Request
from searchq.question import Question

__all__ = ["News", "NewsItem"]


class NewsItem(Struct, frozen=True):
    """What happened to a question in one commit: it came, its answer came, or both."""

    question: Question  # as it is now, with the texts that the request asks for
    kinds: tuple[EventKind, ...]
    generation: int
    moment: dt.datetime | None  # None where it is not known


class News(Struct, frozen=True):
    """The answer to one request for news, all from one generation of the index."""

    request: Request
    total: int  # items, of all pages
    items: tuple[NewsItem, ...]
    generation: int  # of the index: what came later is asked for with this as `after`
    highlight: tuple[HighlightTerm, ...] = ()
