"""A search as data: JSON, files of every question (`searchq.exports`), Atom for feed readers."""

import datetime as dt
from collections.abc import Iterator
from itertools import chain, islice
from typing import Final
from urllib.parse import parse_qs

from msgspec.structs import replace

from searchq.exports.columns import COLUMN_NAMES, columns_named, without_hit
from searchq.exports.formats import EXPORT_FORMATS, write
from searchq.query.request import Request
from searchq.question import Question
from searchq.results.serialize import page_to_json
from searchq.web import filters, links, shown_texts, texts
from searchq.web.context import Context, PageResponse, json_answer
from searchq.web.houses import houses_in
from searchq.web.parameters import AddressError, Parameters, wrong_choice
from searchq.web.rendering import render
from searchq.web.translations import gettext as _

__all__ = ["as_atom", "as_json", "as_rows", "single", "updated"]

_FEED_ENTRIES: Final = 20


def as_json(context: Context, request: Request) -> PageResponse:
    """One page of hits with facet counts."""
    page = context.index.page(replace(request, facets=filters.side_queries(), histogram=True))
    data = page_to_json(page)
    data.pop("seconds")  # the same URL gives the same bytes
    return json_answer(data, results=page.total)


def as_rows(context: Context, asked: Parameters) -> PageResponse:
    """Stream every question of the search, of one generation, a row each, siblings apart."""
    form = EXPORT_FORMATS[asked.format]
    if not form.is_available:
        raise AddressError(_("{format} staat op deze site niet aan; kies csv of jsonl.").format(format=asked.format))
    if unknown := [name for name in asked.fields if name not in COLUMN_NAMES]:
        raise AddressError(wrong_choice(unknown[0], "fields", COLUMN_NAMES))
    columns = columns_named(asked.fields or form.columns)
    questions = context.index.scan(replace(asked.request, fold=False, page=1, limit=1))
    options = {"dialect": asked.dialect} if asked.format == "csv" else {}
    answer = PageResponse(write(asked.format, map(without_hit, begun(questions)), columns, **options), form.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="schriftelijke-vragen{form.suffix}"'
    return answer


def begun(questions: Iterator[Question]) -> Iterator[Question]:
    """The questions, the first of them read now, so that what the search raises is raised here."""
    first = list(islice(questions, 1))
    return chain(first, questions)


def as_atom(context: Context, request: Request) -> PageResponse:
    """The latest questions and answers: an answered question appears again, with a later date."""
    wanted = replace(request, page=1, limit=_FEED_ENTRIES, fold=False)
    pages = [context.index.page(replace(wanted, sort=sort), snippets=False) for sort in ("newest", "answered")]
    by_number = {hit.question.number: hit.question for page in pages for hit in page.hits}
    latest = sorted(by_number.values(), key=lambda one: (updated(one), one.number), reverse=True)[:_FEED_ENTRIES]
    search = links.search_path(links.on_page(request, 1))
    body = render(
        "feed.xml",
        houses=houses_in(context.index),
        title=_("{site}: {text}").format(site=_(texts.SITE), text=clean(request.text))
        if request.text
        else _(texts.SITE),
        home=context.site + search,
        self_path=context.site + links.search_path(request, format="atom"),
        updated=_timestamp(updated(latest[0]) if latest else dt.date(1970, 1, 1)),
        entries=[_entry(question, context) for question in latest],
    )
    return PageResponse(body, "application/atom+xml; charset=utf-8", results=pages[0].total)


_SITES: Final = {"senate": "senate.be", "chamber": "dekamer.be"}


def _entry(question: Question, context: Context) -> dict[str, str | None]:
    path = context.site + links.question_path(question.number)
    title = shown_texts.title(question)
    return {
        "language": title.language,
        "id": f"tag:{_SITES[question.house]},1995:schriftelijke-vraag/{question.number}",
        "path": path,
        "title": clean(title.text),
        "author": clean(question.author or _("onbekend")),
        "published": _timestamp(question.date) if question.date else None,
        "updated": _timestamp(updated(question)),
        "summary": clean(_summary(question, context.known)),
        "category": clean(question.party) if question.party else None,
    }


def _summary(question: Question, known: dt.date) -> str:
    minister = shown_texts.minister(question)
    return _("{day}, aan {minister}: {status}").format(
        day=texts.date(question.date),
        minister=minister.text if minister else _("onbekend"),
        status=texts.status(question, known),
    )


def updated(question: Question) -> dt.date:
    """The day of the last event of a question."""
    days = [question.date, question.answer_date, *(entry.date for entry in question.chronology)]
    return max((day for day in days if day), default=dt.date(1970, 1, 1))


def _timestamp(day: dt.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


_NOT_XML: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535, *range(55296, 57344)))


def clean(text: str) -> str:
    """Remove the characters that XML 1.0 cannot represent."""
    return text.translate(_NOT_XML)


def single(query: str, name: str) -> str:
    """A parameter outside the request, trimmed and truncated."""
    return parse_qs(query, errors="replace").get(name, [""])[-1].strip()[:100]
