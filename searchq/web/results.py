"""The list of results: hits with snippets and siblings, and the pagination."""

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final, NamedTuple

from searchq.query.facet_table import Language, facet_named
from searchq.query.request import Request
from searchq.question import Question
from searchq.results.page import ResultHit, ResultPage, Snippet
from searchq.results.sentences import first_sentence
from searchq.web import links, shown_texts, texts
from searchq.web.marks import Ranges, Stretch, split_at
from searchq.web.parameters import query_string
from searchq.web.question_links import siblings_named
from searchq.web.shown_texts import Shown, foreign
from searchq.web.translations import gettext as _

__all__ = [
    "Pagination",
    "Result",
    "Sibling",
    "SnippetView",
    "Subject",
    "pagination",
    "results",
    "sibling",
    "snippet_view",
    "status_color",
    "title_pieces",
]

NEIGHBOURS: Final = 2  # pages shown on either side of the current one


class SnippetView(NamedTuple):
    """A snippet, the text it comes from, and where it was truncated."""

    zone: str
    label: str
    stretch: Stretch
    cut_before: bool
    cut_after: bool
    language: Language | None


class Sibling(NamedTuple):
    """The same question to another minister."""

    number: str
    path: str
    minister: str
    status: str
    status_color: str
    language: Language | None  # of the minister's title


class Subject(NamedTuple):
    """A part of a title or a keyword, and the questions about it."""

    label: str
    path: str
    language: Language | None


class Result(NamedTuple):
    """One hit as shown; the title is split before its last, most specific part."""

    question: Question
    path: str
    broad: Stretch | None
    narrow: Stretch
    title_language: Language | None
    minister: Shown | None
    date: str
    status: str
    status_color: str
    asked: str | None  # the first sentence of the question, where its answer alone is shown
    extracts: list[SnippetView]
    siblings: list[Sibling]  # matching siblings
    asked_others: int  # other ministers asked, whether or not their question matches or is in the index
    subjects: list[Subject]  # of its title and its keywords
    partial: bool = False  # most of the words only


class Pagination(NamedTuple):
    """ "Resultaten 1-20 van 312" and the page links; None is a gap."""

    first: int
    last: int
    total: int
    page: int
    pages: int
    previous: str | None
    next: str | None
    steps: list[tuple[int, str] | None]


STATUS_COLORS: Final = {
    "answered": "done",
    "answered-without-text": "done",
    "open": "waiting",
}


def results(page: ResultPage, known: dt.date) -> list[Result]:
    """The hits of a page; each link carries the search, so that the question is highlighted."""
    search = query_string(links.on_page(page.request, 1))
    first = (page.request.page - 1) * page.request.limit + 1
    folded = page.request.fold
    about = links.including_paths(Request(), "title_part")
    return [_result(hit, search, place, known, folded, about) for place, hit in enumerate(page.hits, first)]


def _result(
    hit: ResultHit, search: str, place: int, known: dt.date, folded: bool, about: Callable[[str], str]
) -> Result:
    question = hit.question
    title = shown_texts.title(question)
    highlights = hit.title_highlights if title.text == question.title else ()
    broad, narrow = title_pieces(title.text, highlights)
    return Result(
        question,
        f"{links.question_path(question.number)}?{search + '&' if search else ''}hit={place}",
        broad,
        narrow,
        title.language,
        shown_texts.minister(question),
        texts.date(question.date),
        texts.status(question, known),
        status_color(question),
        first_sentence(question.question) if question.question and _is_answer(hit) else None,
        [snippet_view(snippet) for snippet in hit.snippets if snippet.zone != "title"],
        [sibling(one, search, known) for one in hit.siblings],
        len({*siblings_named(question), *(one.number for one in hit.siblings)}) if folded else 0,
        list(islice(_subjects(question, about), _MAX_SUBJECTS)),
        hit.partial,
    )


def _subjects(question: Question, about: Callable[[str], str]) -> Iterator[Subject]:
    """The first parts of the title, then keywords, each once; `about` is the address of a part."""
    parts = question.title_path[:-1][:_MAX_PARTS]
    yield from (Subject(part, about(part), foreign("nl")) for part in parts)
    spoken = foreign("nl" if question.keywords else "fr")
    for keyword in facet_named("keyword").values(question):
        if keyword not in parts and (path := links.entity_path("keyword", keyword)):
            yield Subject(keyword, path, spoken)


_MAX_PARTS: Final = 1  # of a title
_MAX_SUBJECTS: Final = 2  # a page of results stays below 60 kB


def _is_answer(hit: ResultHit) -> bool:
    """Whether a hit shows something of the answer, and nothing of the question."""
    zones = {snippet.zone for snippet in hit.snippets}
    return "answer" in zones and "question" not in zones


def status_color(question: Question) -> str:
    """The CSS class of a status: done, waiting or ended."""
    return STATUS_COLORS.get(question.status or "", "ended")


def sibling(question: Question, search: str, known: dt.date) -> Sibling:
    """A sibling on one line."""
    path = links.question_path(question.number) + (f"?{search}" if search else "")
    minister = shown_texts.minister(question) or Shown(_("onbekende minister"))
    status = texts.status(question, known)
    return Sibling(question.number, path, minister.text, status, status_color(question), minister.language)


def title_pieces(title: str, highlights: Ranges) -> tuple[Stretch | None, Stretch]:
    """Split a title at its last spaced hyphen: broad parts, and the most specific one. No line begins with a hyphen."""
    cut = title.rfind(" - ") + 3 if " - " in title else 0
    return split_at(title.replace(" - ", "\u00a0- "), highlights, cut)


def snippet_view(snippet: Snippet) -> SnippetView:
    """A snippet as shown."""
    is_french = snippet.zone == "french"
    return SnippetView(
        snippet.zone,
        _(texts.FRENCH_ANSWER if is_french and snippet.is_answer else texts.ZONES[snippet.zone]),
        Stretch(snippet.text, snippet.highlights, 0, len(snippet.text)),
        not snippet.starts_text,
        not snippet.ends_text,
        foreign("fr" if is_french else "nl"),
    )


def pagination(page: ResultPage) -> Pagination:
    """The page links around the current page."""
    request, pages = page.request, page.pages
    first = (request.page - 1) * request.limit + 1
    return Pagination(
        first,
        first + len(page.hits) - 1,
        page.groups + page.partial_groups,
        request.page,
        pages,
        _page_path(request, request.page - 1) if request.page > 1 else None,
        _page_path(request, request.page + 1) if request.page < pages else None,
        list(_steps(request, pages)) if pages > 1 else [],
    )


def _page_path(request: Request, page: int) -> str:
    return links.search_path(links.on_page(request, page))


def _steps(request: Request, pages: int) -> Iterator[tuple[int, str] | None]:
    near = range(request.page - NEIGHBOURS, request.page + NEIGHBOURS + 1)
    shown = sorted({1, pages} | {page for page in near if 1 <= page <= pages})
    before = 0
    for page in shown:
        if page > before + 1:
            yield None
        yield page, _page_path(request, page)
        before = page
