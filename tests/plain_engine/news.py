"""News, event by event: each question that a request matches, and each answer that came in a later commit."""

from collections.abc import Iterator

from searchq.query.news import News, NewsItem
from searchq.query.request import Request
from searchq.query.tree import Nothing
from tests.plain_engine.document import Document
from tests.plain_engine.index import PlainIndex
from tests.plain_engine.search import Found, check_bounds, highlight_of, matching, read_text, told_of

__all__ = ["news"]


def news(request: Request, after: int, index: PlainIndex) -> News:
    """A page of news, newest first."""
    check_bounds(request)
    items = [(item, one) for one in matching(request, index) for item in _items(one, request, index)]
    items = sorted((one for one in items if one[0].generation > after), key=_order)
    first = (request.page - 1) * request.limit
    found = read_text(request, index)
    return News(
        request=request,
        total=len(items),
        items=tuple(item for item, _ in items[first : first + request.limit]),
        generation=index.generation,
        highlight=highlight_of(request, found, Found(Nothing(), []), index),
    )


def _items(document: Document, request: Request, index: PlainIndex) -> Iterator[NewsItem]:
    seen, question = index.first_seen[document.number], told_of(document.question, request.texts)
    assert seen.new_in is not None
    if seen.answered_in == seen.new_in:
        yield NewsItem(question, ("new", "answered"), seen.new_in, seen.question)
        return
    yield NewsItem(question, ("new",), seen.new_in, seen.question)
    if seen.answered_in is not None:
        yield NewsItem(question, ("answered",), seen.answered_in, seen.answer)


def _order(one: tuple[NewsItem, Document]) -> tuple[object, ...]:
    item, document = one
    moment = item.moment.timestamp() if item.moment else None
    days = (moment, document.numbers["date"], document.numbers["number_order"])
    return -item.generation, *((value is None, -(value or 0)) for value in days)
