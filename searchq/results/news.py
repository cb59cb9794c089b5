"""A page of news: each entry with its snippets, of the question or of the answer, whichever is new."""

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from searchq.first_seen import EventKind
from searchq.query.news import News, NewsItem
from searchq.query.request import Request
from searchq.question import Question
from searchq.results.highlights import Highlighter
from searchq.results.page import Snippet
from searchq.results.snippets import shown, texts

__all__ = ["NewsEntry", "NewsPage", "build_news"]


class NewsEntry(Struct, frozen=True):
    """What happened to a question in one commit of the index: it came, its answer came, or both."""

    question: Question  # as it is now
    kinds: tuple[EventKind, ...]
    generation: int
    moment: dt.datetime | None  # None where it is not known
    snippets: tuple[Snippet, ...] = ()
    title_highlights: tuple[tuple[int, int], ...] = ()


class NewsPage(Struct, frozen=True):
    """A page of what is new, newest first."""

    request: Request
    total: int  # entries, of all pages
    entries: tuple[NewsEntry, ...]
    generation: int  # what came later is asked for with this as `after`

    @property
    def pages(self) -> int:
        """The number of pages."""
        return -(-self.total // self.request.limit)


def build_news(news: News) -> NewsPage:
    """Build the page of an engine's news."""
    return NewsPage(news.request, news.total, tuple(_entries(news)), news.generation)


def _entries(news: News) -> Iterator[NewsEntry]:
    found = shown([_excerpted(item) for item in news.items], Highlighter(news.highlight))
    for item, (snippets, title_highlights) in zip(news.items, found, strict=True):
        yield NewsEntry(item.question, item.kinds, item.generation, item.moment, snippets, title_highlights)


def _excerpted(item: NewsItem) -> Question:
    """The question with only the text that is new, where there is one."""
    if len(item.kinds) > 1:
        return item.question
    other = "answer" if item.kinds == ("new",) else "question"
    french = item.question.french
    without = replace(item.question, **{other: None}, french=french and replace(french, **{other: None}))
    return without if next(texts(without), None) else item.question
