"""The list of results: hits with snippets and siblings, and the pagination."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from searchq.query.facet_table import Language, facet_named
from searchq.query.request import Request
from searchq.question import Question
from searchq.results.page import ResultHit, ResultPage, Snippet, Zone
from searchq.results.sentences import first_sentence
from searchq.web import links, shown_texts, texts
from searchq.web.marks import Ranges, Stretch, split_at
from searchq.web.mount import language
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
    place: int  # among all hits, from 1
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
    is_border: bool  # the first with most of the words only, after some with all


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


class _Around(NamedTuple):
    """What the hits of a page share."""

    search: str  # the query string
    known: dt.date
    folded: bool
    subject_path: Callable[[str], str]  # of a part of a title
    dutch: Language | None  # what Dutch texts are marked with
    french: Language | None


def results(page: ResultPage, known: dt.date) -> list[Result]:
    """The hits of a page; each link carries the search, so that the question is highlighted."""
    search = query_string(links.on_page(page.request, 1))
    subject_path = links.including_paths(Request(), "title_part")
    around = _Around(search, known, page.request.fold, subject_path, foreign("nl"), foreign("fr"))
    first = (page.request.page - 1) * page.request.limit + 1
    border = _border(page)
    return [_result(hit, place, around, place - first == border) for place, hit in enumerate(page.hits, first)]


def _border(page: ResultPage) -> int:
    """Where on a page the hits with most of the words begin, after some with all; -1 where they do not."""
    partial = [hit.partial for hit in page.hits]
    return partial.index(True) if True in partial[1:] and not partial[0] else -1


def _result(hit: ResultHit, place: int, around: _Around, is_border: bool) -> Result:
    question = hit.question
    title = shown_texts.title(question)
    highlights = hit.title_highlights if title.text == question.title else ()
    broad, narrow = title_pieces(title.text, highlights)
    search = around.search and f"{around.search}&"
    return Result(
        question,
        place,
        f"{links.question_path(question.number)}?{search}hit={place}",
        broad,
        narrow,
        title.language,
        shown_texts.minister(question),
        texts.date(question.date),
        texts.status(question, around.known),
        status_color(question),
        first_sentence(question.question) if question.question and _is_answer(hit) else None,
        [snippet_view(snippet) for snippet in hit.snippets if snippet.zone != "title"],
        [sibling(one, around.search, around.known) for one in hit.siblings],
        _asked_others(hit) if around.folded else 0,
        _subjects(question, around),
        is_border,
    )


def _asked_others(hit: ResultHit) -> int:
    """How many other ministers were asked."""
    references = hit.question.references
    return (
        len({*siblings_named(hit.question), *(one.number for one in hit.siblings)}) if references or hit.siblings else 0
    )


def _subjects(question: Question, around: _Around) -> list[Subject]:
    """The first parts of the title, then keywords, each once, whatever its case."""
    parts = question.title_path[:-1][:_MAX_PARTS]
    found = [Subject(part, around.subject_path(part), around.dutch) for part in parts]
    named = {part.casefold() for part in parts}
    spoken = around.dutch if question.keywords else around.french
    for keyword in facet_named("keyword").values(question):
        if len(found) == _MAX_SUBJECTS:
            break
        if keyword.casefold() not in named and (path := links.entity_path("keyword", keyword)):
            found.append(Subject(keyword, path, spoken))
    return found


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
    zone, text = snippet.zone, snippet.text
    label, spoken = _zone_label(zone, snippet.is_answer, language())
    stretch = Stretch(text, snippet.highlights, 0, len(text))
    return SnippetView(zone, label, stretch, not snippet.starts_text, not snippet.ends_text, spoken)


@lru_cache(maxsize=64)
def _zone_label(zone: Zone, is_answer: bool, _language: Language) -> tuple[str, Language | None]:
    """What a text is called in the language of the page, and the language to mark it with."""
    if zone == "french":
        return _(texts.FRENCH_ANSWER if is_answer else texts.ZONES[zone]), foreign("fr")
    return _(texts.ZONES[zone]), foreign("nl")


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
