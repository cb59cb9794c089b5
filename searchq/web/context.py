"""The input and output of a view."""

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any, Final

from msgspec import Struct
from werkzeug.wrappers import Response

from searchq.api import Index
from searchq.errors import RequestError
from searchq.web.export_slots import ExportSlot
from searchq.web.rendering import render

__all__ = ["Context", "NotHere", "PageResponse", "html", "json_answer", "redirect"]


class Context(Struct, frozen=True):
    """One request, parsed: the index, the argument of its path, its query string."""

    index: Index
    argument: str  # matched by the route's pattern: a question number, a facet name
    query: str
    site: str  # "https://vragen.example", for absolute URLs
    known: dt.date  # the last day the index knows; open questions wait until then
    today: dt.date  # what `gisteren` in a search is told from
    generation: int  # of the index, when the request came: asked once, since that looks at a file
    export_slot: ExportSlot = ExportSlot()  # to take before a long export is begun


class PageResponse(Response):
    """A response with its number of results, for the log."""

    results: int | None = None
    file_bytes: int | None = None  # of a whole file, which is sent in ranges where they are asked for
    autocorrect_location_header = False

    def __init__(self, body: str | bytes | Iterable[bytes], type: str, status: int = 200, results: int | None = None):
        super().__init__(body, status=status, content_type=type)
        self.results = results


class NotHere(RequestError):
    """Nothing exists at this address; the sentence says where to go."""


HTML: Final = "text/html; charset=utf-8"
JSON: Final = "application/json; charset=utf-8"


def html(template: str, /, code: int = 200, results: int | None = None, **values: object) -> PageResponse:
    """An HTML response."""
    return PageResponse(render(template, **values), HTML, code, results)


def json_answer(data: Any, status: int = 200, results: int | None = None, type: str = JSON) -> PageResponse:
    """A JSON response, escaped to ASCII."""
    return PageResponse(json.dumps(data, separators=(",", ":")), type, status, results)


def redirect(path: str) -> PageResponse:
    """Redirect to a path on this site."""
    answer = PageResponse(b"", HTML, 302)
    answer.headers["Location"] = path
    return answer
