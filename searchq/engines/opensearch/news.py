"""News: the questions that a request matches, and their answers, by the commit in which they came.

Two searches, one for what is new and one for the answers that came later, are merged; both are asked for all up to the
end of the page.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from searchq.engines.opensearch.fields import MAX_PAGED
from searchq.engines.opensearch.highlight import highlight_terms
from searchq.engines.opensearch.matches import Asked, read
from searchq.engines.opensearch.records import found_by_number
from searchq.engines.opensearch.search import check_page
from searchq.engines.opensearch.view import Body, View
from searchq.first_seen import EventKind
from searchq.index.schema import MISSING, moment_of
from searchq.query.news import News, NewsItem
from searchq.query.request import Request
from searchq.question import Question

__all__ = ["news"]

_FIELDS: Final = ("new_in", "answered_in", "answered_later", "first_seen", "answer_first_seen", "date", "number_order")
_KINDS: Final = (("new_in", "first_seen"), ("answered_later", "answer_first_seen"))  # the generation and the moment


class _Event(NamedTuple):
    """What happened to a question in one commit."""

    number: str
    kinds: tuple[EventKind, ...]
    generation: int
    moment: int
    date: int
    order: int

    @property
    def key(self) -> tuple[int, ...]:
        """The least is first; what is not known is last."""
        return (-self.generation, -self.moment, -self.date, -self.order)


def news(request: Request, after: int, view: View) -> News:
    """Return a page of news, newest first. Raises RequestError."""
    check_page(request)
    asked = read(request, view)
    first = (request.page - 1) * request.limit
    answers = view.searches([_body(asked, *kind, after, first + request.limit) for kind in _KINDS])
    events = sorted((event for one in zip(_KINDS, answers, strict=True) for event in _events(*one)), key=_key)
    page = events[first : first + request.limit]
    questions = found_by_number([event.number for event in page], view, request.texts)
    return News(
        request=request,
        total=sum(one["hits"]["total"]["value"] for one in answers),
        items=tuple(_item(event, questions[event.number]) for event in page),
        generation=view.generation.number,
        highlight=highlight_terms(request.texts, asked.query, {asked.tree: asked.total > 0}, view),
    )


def _key(event: _Event) -> tuple[int, ...]:
    return event.key


def _item(event: _Event, question: Question) -> NewsItem:
    return NewsItem(question, event.kinds, event.generation, moment_of(event.moment))


def _body(asked: Asked, generation: str, moment: str, after: int, wanted: int) -> Body:
    later = {"range": {generation: {"gt": after}}}
    names = (generation, moment, "date", "number_order")
    return {
        "size": min(wanted, MAX_PAGED),
        "query": {"bool": {"must": [asked.passing(asked.matching())], "filter": [later]}},
        "sort": [{name: {"order": "desc", "missing": "_last"}} for name in names],
        "track_total_hits": True,
        "docvalue_fields": [*_FIELDS, "number"],
    }


def _events(kind: tuple[str, str], answer: Body) -> Iterator[_Event]:
    is_new, moment = kind[0] == "new_in", kind[1]
    for hit in answer["hits"]["hits"]:
        told = {name: values[0] for name, values in hit["fields"].items()}
        generation = told[kind[0]]
        kinds: tuple[EventKind, ...] = ("new",) if is_new else ("answered",)
        if is_new and told.get("answered_in") == generation:
            kinds = ("new", "answered")
        known = (told.get(name, MISSING) for name in (moment, "date", "number_order"))
        yield _Event(told["number"], kinds, generation, *known)
