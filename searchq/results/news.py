"""Build a page of news: each entry with its snippets, of the question or of the answer, whichever is new."""

from collections.abc import Iterator

from msgspec.structs import replace

from searchq.query.news import News, NewsItem
from searchq.question import Question
from searchq.results.highlights import Highlighter
from searchq.results.page import NewsEntry, NewsPage
from searchq.results.snippets import shown, texts

__all__ = ["build_news"]


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
