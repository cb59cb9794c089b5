"""Ways out of an empty result: each filter and each word tried without, and what that would give.

Only one thing is dropped at a time, so that every way keeps as much of the question as it can.
"""

import datetime as dt
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from searchq.limits import MAX_QUERY_CHARACTERS
from searchq.patterns import late
from searchq.query.hits import Hits
from searchq.query.request import DateRange, Request, Selection
from searchq.results.page import Relaxation

__all__ = ["relaxations"]

_MOST_TRIED: Final = 12
_MOST_SHOWN: Final = 5


def relaxations(request: Request, search: Callable[[Request], Hits], until: float = math.inf) -> tuple[Relaxation, ...]:
    """At most five ways that find something: filters first, then what gives most.

    No search is begun after `until` (processor time of this thread).
    """
    found = []
    for dropped, kind, less in islice(_ways(request), _MOST_TRIED):
        if time.thread_time() > until:
            break
        probe = replace(less, facets=(), histogram=False, limit=1, texts="none")
        answer = search(probe)
        if answer.total and not any(hint.code == "most-words" for hint in answer.hints):
            found.append(Relaxation(dropped, kind, less, answer.total))  # type: ignore[arg-type]
    found.sort(key=lambda way: (way.kind == "word", -way.total))
    return tuple(found[:_MOST_SHOWN])


def _ways(request: Request) -> Iterator[tuple[str, str, Request]]:
    """What to drop, what kind of thing it is, and the request without it."""
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
    pieces = list(_PIECE.finditer(request.text)) if len(request.text) <= MAX_QUERY_CHARACTERS else []
    if len(pieces) > 1:
        for piece in pieces:
            if not _OPERATORS.fullmatch(piece[0]):
                text = f"{request.text[: piece.start()].rstrip()} {request.text[piece.end() :].lstrip()}".strip()
                yield piece[0], "word", replace(request, text=text)


# What stands between blanks, a quotation or a field with its value kept whole; left-over operators are the parser's
# to mend.
_PIECE: Final = late(r"""[-+]?(?:[^\W\d]\w*:)?(?:["“”„][^"“”„]*["“”„](?:[~^][\d.]+)*|[^\s()"“”„]+)""")
_OPERATORS: Final = late(r"(?:AND|OR|NOT|EN|OF|NIET|ET|OU|SAUF|(?:NEAR|NABIJ)(?:/\d+)?|[-+&|!]+)")


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else "…"
