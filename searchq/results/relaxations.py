"""Relaxations of an empty result: the request without each filter and each word, one at a time."""

import datetime as dt
import math
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from msgspec.structs import replace

from searchq.limits import MAX_QUERY_CHARACTERS
from searchq.query.hits import Hits
from searchq.query.parsed import ParsedQuery
from searchq.query.request import DateRange, DaysRange, Request, Selection
from searchq.results.page import Relaxation

__all__ = ["relaxations"]

_MAX_TRIED: Final = 12
_MAX_SHOWN: Final = 5


def relaxations(
    request: Request, query: ParsedQuery | None, search: Callable[[Request], Hits], until: float = math.inf
) -> tuple[Relaxation, ...]:
    """At most five relaxations with hits: filters first, then by number of hits.

    `query` is the parsed text of the request. No search starts after `until` (CPU time of this thread).
    """
    found = []
    for dropped, kind, less in islice(_ways(request, query), _MAX_TRIED):
        if time.thread_time() > until:
            break
        probe = replace(less, facets=(), histogram=False, limit=1, texts="none", all_words=True)
        answer = search(probe)
        if answer.total:
            found.append(Relaxation(dropped, kind, less, answer.total))  # type: ignore[arg-type]
    found.sort(key=lambda way: (way.kind == "word", -way.total))
    return tuple(found[:_MAX_SHOWN])


def _ways(request: Request, query: ParsedQuery | None) -> Iterator[tuple[str, str, Request]]:
    """What to drop, its kind, and the request without it."""
    request = replace(request, page=1)
    for selection in request.selections:
        rest = tuple(other for other in request.selections if other is not selection)
        if selection.include and selection.exclude:
            kept = Selection(selection.facet, selection.include)
            yield ", ".join(selection.exclude), "filter", replace(request, selections=(*rest, kept))
            kept = Selection(selection.facet, (), selection.exclude)
            yield ", ".join(selection.include), "filter", replace(request, selections=(*rest, kept))
        else:
            yield ", ".join(selection.include or selection.exclude), "filter", replace(request, selections=rest)
    for name in ("asked", "answered"):
        span: DateRange = getattr(request, name)
        if span:
            less = replace(request, asked=DateRange()) if name == "asked" else replace(request, answered=DateRange())
            yield f"{_day(span.first)} – {_day(span.last)}", "dates", less
    if request.waited:
        yield str(request.waited), "days", replace(request, waited=DaysRange())
    yield from _without_each_word(request, query)


def _without_each_word(request: Request, query: ParsedQuery | None) -> Iterator[tuple[str, str, Request]]:
    """The request without each word, phrase, or field with its value; the parser ignores stray operators."""
    if query is None or len(request.text) > MAX_QUERY_CHARACTERS:
        return
    places = dict.fromkeys(origin.whole for origin in query.contents.origins)
    for start, end in places if len(places) > 1 else ():
        text = f"{request.text[:start].rstrip()} {request.text[end:].lstrip()}".strip()
        yield request.text[start:end], "word", replace(request, text=text)


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else "…"
