"""News of an index that is a list: each generation, and what happened in it."""

from msgspec.structs import replace as changed

from searchq.alerts.news import Found, News, Place
from searchq.alerts.subscription import Subscription
from searchq.first_seen import EventKind
from searchq.question import Question
from searchq.results.page import ResultHit, Snippet

__all__ = ["MadeNews", "made_question", "subscribed"]


def made_question(number: str) -> Question:
    return Question(
        number,
        title=f"Treinen - Stiptheid {number}",
        author="Martha Peeters",
        party="Groen",
        minister="minister van Mobiliteit",
        question="Hoe stipt rijden de treinen?",
        status="open",
    )


class MadeNews:
    """An index to which generations are added; it holds no search: every subscription is told of everything."""

    def __init__(self) -> None:
        self.origin = "first"
        self.generations: list[list[tuple[str, EventKind]]] = []

    def commit(self, *events: tuple[str, EventKind]) -> None:
        self.generations.append(list(events))

    def place(self) -> Place:
        return Place(self.origin, len(self.generations))

    def news(self, subscription: Subscription) -> Found:
        events = [event for commit in self.generations[subscription.cursor :] for event in commit]
        return Found(
            [News(_hit(number), (kind,)) for number, kind in events if kind in subscription.kinds],
            len(self.generations),
        )


def _hit(number: str) -> ResultHit:
    snippet = Snippet("question", "Hoe stipt rijden de treinen?", ((4, 9),), True, True)
    return ResultHit(made_question(number), 1.0, (snippet,), ((0, 7),))


def subscribed(target: str = "lezer@post.example", **values: object) -> Subscription:
    """An alert by mail for everything, from the first generation on."""
    asked = Subscription(channel="mail", target=target, origin="first", created="2026-03-01T00:00:00+00:00")
    return changed(asked, **values)
