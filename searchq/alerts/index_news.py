"""The news of an index, with fragments, for subscriptions."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Final

from msgspec.structs import replace

from searchq.alerts.news import Found, News, Place
from searchq.alerts.subscription import Subscription
from searchq.api import Index
from searchq.first_seen import EventKind
from searchq.limits import MAX_PAGE_SIZE
from searchq.query.request import Request
from searchq.results.news import NewsPage
from searchq.results.page import ResultHit

__all__ = ["IndexNews", "request_of"]


class IndexNews:
    """What came into an index; `today` is what days such as `gisteren` are told from."""

    def __init__(self, index: Index, today: Callable[[], dt.date] = dt.date.today) -> None:
        self._index = index
        self._today = today

    def place(self) -> Place:
        """How far the index is."""
        return Place(self._index.origin, self._index.generation)

    def news(self, subscription: Subscription) -> Found:
        """What matches a subscription after its cursor, newest first. Raises OutOfTime."""
        request = replace(request_of(subscription), today=self._today())
        while True:
            pages = list(self._pages(request, subscription.cursor))
            if len({page.generation for page in pages}) == 1:  # a commit between two pages moves what they hold
                return Found(list(_merged(pages, subscription.kinds)), pages[0].generation)

    def _pages(self, request: Request, after: int) -> Iterator[NewsPage]:
        number, held = 1, 0
        while True:
            page = self._index.news(request, after=after, page=number, limit=MAX_PAGE_SIZE)
            yield page
            number, held = number + 1, held + len(page.entries)
            if held >= page.total or not page.entries:
                return


def request_of(subscription: Subscription) -> Request:
    """The search of a subscription: only questions with all words, each by itself."""
    if subscription.number:
        return replace(_WHOLE, text=f'nummer:"{subscription.number}"')
    return replace(subscription.search or Request(), all_words=True, fold=False)


_WHOLE: Final = Request(all_words=True, fold=False)


def _merged(pages: list[NewsPage], wanted: tuple[EventKind, ...]) -> Iterator[News]:
    """Each question once, with all that happened to it."""
    found: dict[str, News] = {}
    for entry in (entry for page in pages for entry in page.entries):
        number = entry.question.number
        hit = ResultHit(entry.question, 0.0, entry.snippets, entry.title_highlights)
        hit, before = found.get(number, News(hit, ()))
        if kinds := tuple(kind for kind in wanted if kind in (*entry.kinds, *before)):
            found[number] = News(hit, kinds)
    return iter(found.values())
