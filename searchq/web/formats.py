"""A search as data: JSON, and files of every question (`searchq.exports`)."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import TypeVar
from urllib.parse import parse_qs

from msgspec.structs import replace

from searchq.exports.columns import COLUMN_NAMES, columns_named, without_hit
from searchq.exports.formats import EXPORT_FORMATS, write
from searchq.query.request import Request
from searchq.results.serialize import page_to_json
from searchq.web import filters
from searchq.web.context import Context, PageResponse, json_answer
from searchq.web.parameters import AddressError, Parameters, wrong_choice
from searchq.web.refusals import count_deadline
from searchq.web.translations import gettext as _

_T = TypeVar("_T")

__all__ = ["as_json", "as_rows", "begun", "single"]


def as_json(context: Context, request: Request) -> PageResponse:
    """One page of hits with facet counts."""
    page = context.index.page(replace(request, facets=filters.side_queries(), histogram=True))
    count_deadline(page.hints)
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
    context.export_slot.take()
    columns = columns_named(asked.fields or form.columns)
    questions = context.index.scan(replace(asked.request, fold=False, page=1, limit=1))
    options = {"dialect": asked.dialect} if asked.format == "csv" else {}
    pieces = write(asked.format, map(without_hit, begun(questions)), columns, **options)
    answer = PageResponse(pieces, form.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="schriftelijke-vragen{form.suffix}"'
    return answer


def begun(pieces: Iterator[_T]) -> Iterator[_T]:
    """Questions or pieces of an answer, the first made now, so that what goes wrong so far is raised here."""
    return chain(list(islice(pieces, 1)), pieces)


def single(query: str, name: str) -> str:
    """A parameter outside the request, trimmed and truncated."""
    return parse_qs(query, errors="replace").get(name, [""])[-1].strip()[:100]
