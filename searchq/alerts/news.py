"""What there is to tell a subscription: questions that came, or whose answer came, since it was last looked at."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from searchq.alerts.letter import Letter
from searchq.alerts.subscription import Subscription
from searchq.first_seen import EventKind
from searchq.results.page import ResultHit

__all__ = ["Found", "News", "NewsSource", "Place", "Writer"]


class Place(NamedTuple):
    """How far an index has come: which index, and its newest generation."""

    origin: str
    generation: int


class News(NamedTuple):
    """One question with what happened to it; both where it came with its answer."""

    hit: ResultHit
    kinds: tuple[EventKind, ...]


class Found(NamedTuple):
    """All that a subscription has not been looked at for, and up to which generation that is."""

    news: Sequence[News]  # in the order it came
    generation: int


class NewsSource(Protocol):
    """Where news comes from: an index, whose events are numbered by the generation they came in."""

    def place(self) -> Place:
        """How far the index is."""

    def news(self, subscription: Subscription) -> Found:
        """What matches a subscription after its cursor. Raises OutOfTime."""


class Writer(Protocol):
    """Who writes the letters."""

    def __call__(self, subscription: Subscription, news: Sequence[News]) -> Letter: ...
