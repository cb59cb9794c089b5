"""Build a page of news: each entry with its snippets, of the answer where the answer is what is new."""

from collections.abc import Iterator

from msgspec.structs import replace

from searchq.query.news import News, NewsItem
from searchq.question import Question
from searchq.results.highlights import Highlighter
from searchq.results.page import NewsEntry, NewsPage
from searchq.results.snippets import shown

__all__ = ["build_news"]


def build_news(news: News) -> NewsPage:
    """Build the page of an engine's news."""
    return NewsPage(news.request, news.total, tuple(_entries(news)), news.generation)


def _entries(news: News) -> Iterator[NewsEntry]:
    found = shown([_excerpted(item) for item in news.items], Highlighter(news.highlight))
    for item, (snippets, title_highlights) in zip(news.items, found, strict=True):
        yield NewsEntry(item.question, item.kinds, item.generation, item.moment, snippets, title_highlights)


def _excerpted(item: NewsItem) -> Question:
    """The question with the texts that an excerpt is taken from: those of the answer where only that is new."""
    question = item.question
    french = question.french and replace(question.french, question=None)
    if "new" in item.kinds or not (question.answer or (french and french.answer)):
        return question
    return replace(question, question=None, french=french)
