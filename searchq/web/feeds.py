"""Feeds for readers (Atom, RFC 4287, in pages by RFC 5005): what came into the index, the newest first.

    /?q=treinen&party=MR&format=atom&page=2     of a search; limit=20 for fewer entries a page
    /vraag/5-8902.atom                          of one question: that it came, and its answer

An entry is a question or its answer, with the moment at which this index first held it. Its id never changes, so that a
reader shows each once, in whatever order documents are read.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from searchq.limits import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE
from searchq.query.request import Request
from searchq.question import House, Question
from searchq.results.news import NewsEntry, NewsPage
from searchq.web import links, shown_texts, texts
from searchq.web.context import Context, NotHere, PageResponse
from searchq.web.filters import active_filters
from searchq.web.formats import single
from searchq.web.houses import houses_in
from searchq.web.http_validators import changed
from searchq.web.rendering import render
from searchq.web.results import SnippetView, snippet_view
from searchq.web.shown_texts import Shown
from searchq.web.translations import gettext as _

__all__ = ["of_question", "of_search", "updated"]

_ENTRIES: Final = MAX_PAGE_SIZE
_TYPE: Final = "application/atom+xml; charset=utf-8"
_SITES: Final[Mapping[House, str]] = {"senate": "senate.be", "chamber": "dekamer.be"}


class Entry(Struct, frozen=True):
    """An entry, ready to print."""

    id: str
    path: str
    title: Shown
    author: str
    published: str | None
    updated: str
    party: str | None
    facts: str
    extracts: list[SnippetView]


def of_search(context: Context, request: Request) -> PageResponse:
    """`/?…&format=atom`: what is new of a search, whatever its order."""
    limit = request.limit if single(context.query, "limit") else _ENTRIES
    news = context.index.news(request, page=request.page, limit=limit)
    if request.page > max(news.pages, 1):
        pages = texts.count(news.pages, "pagina", "pagina’s")
        raise NotHere(_("Deze zoekvraag vult {pages}; een latere is er niet.").format(pages=pages))
    home = links.search_path(links.on_page(request, 1))
    return _feed(context, news, _title(request), home, dict(_steps(request, limit, news.pages)))


def of_question(context: Context) -> PageResponse:
    """`/vraag/5-8902.atom`: a question and its answer, as they came."""
    found = context.index.question(context.argument)
    news = context.index.news(f'nummer:"{found.number}"', limit=MAX_PAGE_SIZE)
    own = replace(news, entries=tuple(one for one in news.entries if one.question.number == found.number))
    home = links.question_path(found.number)
    title = _("Vraag {number}: {title}").format(number=found.number, title=shown_texts.title(found).text)
    return _feed(context, own, title, home, {"self": f"{home}.atom"})


def _feed(context: Context, news: NewsPage, title: str, home: str, steps: Mapping[str, str]) -> PageResponse:
    entries = [_entry(one, context) for one in news.entries]
    body = render(
        "feed.xml",
        houses=houses_in(context.index, context.generation),
        id=context.site + steps.get("first", steps["self"]),
        title=title,
        home=context.site + home,
        steps={rel: context.site + path for rel, path in steps.items()},
        updated=max((one.updated for one in entries), default=_timestamp(changed(context.index, context.generation))),
        entries=entries,
    )
    return PageResponse(_clean(body), _TYPE, results=news.total)


def _title(request: Request) -> str:
    """The site, the text of the search and its filters."""
    told = [request.text] if request.text else []
    for one in active_filters(request):
        value = _("niet {value}").format(value=one.label) if one.excluded else one.label
        told.append(f"{one.kind} {value}")
    site = _(texts.SITE)
    return _("{site}: {text}").format(site=site, text=", ".join(told)) if told else site


def _steps(request: Request, limit: int, pages: int) -> Iterator[tuple[str, str]]:
    """The addresses of this page and those around it, without what a feed does not heed."""
    search = replace(request, sort="relevance", fold=True, limit=DEFAULT_PAGE_SIZE)
    bound = {} if limit == _ENTRIES else {"limit": str(limit)}
    around = {"first": 1, "previous": request.page - 1, "self": request.page, "next": request.page + 1, "last": pages}
    for rel, page in around.items():
        if 1 <= page <= max(pages, 1):
            yield rel, links.search_path(links.on_page(search, page), format="atom", **bound)


def _entry(one: NewsEntry, context: Context) -> Entry:
    question, is_answer = one.question, "new" not in one.kinds
    title = shown_texts.title(question)
    base = f"tag:{_SITES[question.house]},1995:schriftelijke-vraag/{question.number}"
    day = (question.answer_date or question.published) if is_answer else question.date
    return Entry(
        id=f"{base}/antwoord" if is_answer else base,
        path=context.site + links.question_path(question.number) + ("#antwoord" if is_answer else ""),
        title=Shown(_("Antwoord: {title}").format(title=title.text), title.language) if is_answer else title,
        author=question.author or _("onbekend"),
        published=_timestamp(day) if day else None,
        updated=_timestamp(one.moment or updated(question)),
        party=question.party,
        facts=_facts(question, context.known),
        extracts=[snippet_view(snippet) for snippet in one.snippets],
    )


def _facts(question: Question, known: dt.date) -> str:
    minister = shown_texts.minister(question)
    return _("{day}, aan {minister}: {status}").format(
        day=texts.date(question.date),
        minister=minister.text if minister else _("onbekend"),
        status=texts.status(question, known),
    )


def updated(question: Question) -> dt.date:
    """The day of the last event of a question: where nobody knows when the index first held it."""
    days = [question.date, question.answer_date, *(entry.date for entry in question.chronology)]
    return max((day for day in days if day), default=dt.date(1970, 1, 1))


def _timestamp(at: dt.date) -> str:
    if isinstance(at, dt.datetime):
        return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"{at.isoformat()}T00:00:00Z"


_NOT_XML: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535, *range(55296, 57344)))


def _clean(text: str) -> str:
    """Remove the characters that XML 1.0 cannot represent."""
    return text.translate(_NOT_XML)
