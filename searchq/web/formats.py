"""A search as data: the JSON of the command line, CSV for spreadsheets, Atom for feed readers."""

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final
from urllib.parse import parse_qs

from searchq.query.request import Request
from searchq.question import Question
from searchq.results.serialize import csv_text, page_to_json
from searchq.web import filters, links, texts
from searchq.web.context import Context, PageResponse, json_answer
from searchq.web.rendering import render

__all__ = ["as_atom", "as_csv", "as_json", "single", "updated"]

CSV_ROWS: Final = 5_000  # `searchq export` writes everything
CSV_FIELDS: Final = ("number", "date", "title", "author", "party", "minister", "status", "answer_date", "delay_days")
_CSV_CHUNK: Final = 200  # rows per chunk
_FEED_ENTRIES: Final = 20


def as_json(context: Context, request: Request) -> PageResponse:
    """One page of hits with facet counts."""
    page = context.index.page(replace(request, facets=filters.side_queries(), histogram=True))
    data = page_to_json(page)
    data.pop("seconds")  # the same URL gives the same bytes
    return json_answer(data, results=page.total)


def as_csv(context: Context, request: Request) -> PageResponse:
    """Stream all hits, up to CSV_ROWS, one row per question, siblings apart."""
    wanted = replace(request, fold=False, page=1, limit=1)
    total = context.index.page(wanted, snippets=False).total
    answer = PageResponse(
        _csv_rows(context.index.scan(wanted)), "text/csv; charset=utf-8; header=present", results=total
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="schriftelijke-vragen.csv"'
    return answer


def _csv_rows(questions: Iterator[Question]) -> Iterator[bytes]:
    yield _csv([CSV_FIELDS])
    limited = islice(questions, CSV_ROWS)
    while some := list(islice(limited, _CSV_CHUNK)):
        yield _csv([[_cell(question, name) for name in CSV_FIELDS] for question in some])


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _cell(question: Question, name: str) -> str:
    value = getattr(question, name)
    return csv_text("" if value is None else str(value))


def as_atom(context: Context, request: Request) -> PageResponse:
    """The latest questions and answers: an answered question appears again, with a later date."""
    wanted = replace(request, page=1, limit=_FEED_ENTRIES, fold=False)
    pages = [context.index.page(replace(wanted, sort=sort), snippets=False) for sort in ("newest", "answered")]
    by_number = {hit.question.number: hit.question for page in pages for hit in page.hits}
    latest = sorted(by_number.values(), key=lambda one: (updated(one), one.number), reverse=True)[:_FEED_ENTRIES]
    search = links.search_path(links.on_page(request, 1))
    body = render(
        "feed.xml",
        title=f"{texts.SITE}: {clean(request.text)}" if request.text else texts.SITE,
        home=context.site + search,
        self_path=context.site + links.search_path(request, format="atom"),
        updated=_timestamp(updated(latest[0]) if latest else dt.date(1970, 1, 1)),
        entries=[_entry(question, context) for question in latest],
    )
    return PageResponse(body, "application/atom+xml; charset=utf-8", results=pages[0].total)


def _entry(question: Question, context: Context) -> dict[str, str | None]:
    path = context.site + links.question_path(question.number)
    return {
        "id": f"tag:senate.be,1995:schriftelijke-vraag/{question.number}",
        "path": path,
        "title": clean(texts.short_title(question)),
        "author": clean(question.author or "onbekend"),
        "published": _timestamp(question.date) if question.date else None,
        "updated": _timestamp(updated(question)),
        "summary": clean(_summary(question, context.known)),
        "category": clean(question.party) if question.party else None,
    }


def _summary(question: Question, known: dt.date) -> str:
    return f"{texts.date(question.date)}, aan {question.minister or 'onbekend'}: {texts.status(question, known)}"


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
