"""What a view is given and what it gives back."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from werkzeug.wrappers import Response

from searchq.errors import RequestError
from searchq.web.port import Index
from searchq.web.rendering import render

__all__ = ["Context", "NotHere", "PageResponse", "html", "json_answer", "redirect"]


@dataclass(frozen=True, slots=True)
class Context:
    """One request, taken apart: the index it is about, the rest of its path, its query string."""

    index: Index
    argument: str  # what the route's pattern caught: a question's number, a facet's name
    query: str
    site: str  # "https://vragen.example", for the few addresses that must be absolute
    known: dt.date  # the last day that the index knows of, up to which open questions wait


class PageResponse(Response):
    """A response that also knows how many results it shows, for the log."""

    results: int | None = None
    autocorrect_location_header = False

    def __init__(self, body: str | bytes | Iterable[bytes], type: str, status: int = 200, results: int | None = None):
        super().__init__(body, status=status, content_type=type)
        self.results = results


class NotHere(RequestError):
    """There is nothing at this address; the sentence says what there is instead."""


HTML: Final = "text/html; charset=utf-8"
JSON: Final = "application/json; charset=utf-8"


def html(template: str, /, code: int = 200, results: int | None = None, **values: object) -> PageResponse:
    """A page."""
    return PageResponse(render(template, **values), HTML, code, results)


def json_answer(data: Any, status: int = 200, results: int | None = None, type: str = JSON) -> PageResponse:
    """Data. Escaped to ASCII, so that nothing in it can be taken for anything but text."""
    return PageResponse(json.dumps(data, separators=(",", ":")), type, status, results)


def redirect(path: str) -> PageResponse:
    """The same thing at its proper address on this site."""
    answer = PageResponse(b"", HTML, 302)
    answer.headers["Location"] = path
    return answer
