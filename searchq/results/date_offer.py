"""Offers a period typed as words as the filter it was perhaps meant as: `trein april 2012`, `trein datum:2012-04`."""

import math
import time
from collections.abc import Iterator

from msgspec.structs import replace

from searchq.engine import Engine
from searchq.query.hints import Hint
from searchq.query.parsed import ParsedQuery
from searchq.query.request import Request
from searchq.query.spoken_dates import SpokenDate, spoken_date

__all__ = ["date_offers"]


def date_offers(request: Request, query: ParsedQuery | None, engine: Engine, until: float = math.inf) -> Iterator[Hint]:
    """Yield the hint for a period among the words of a text, if the filter finds questions.

    `query` is the parsed text. Days are told from today, or, where a request knows none, from the last day that the
    index knows of. No search starts after `until` (CPU time of this thread).
    """
    if query is None or time.thread_time() > until or not any(map(str.isalpha, request.text)):
        return
    found = spoken_date(request.text, request.today or engine.about().known_day)
    if found is None or not _is_plain(found, query):
        return
    text = f"{request.text[: found.start].rstrip()} datum:{found.value} {request.text[found.end :].lstrip()}".strip()
    asked = replace(request, text=text, all_words=True, facets=(), histogram=False, page=1, limit=1, texts="none")
    if count := engine.search(asked).total:
        typed = request.text[found.start : found.end]
        yield Hint("date-in-words", {"typed": typed, "query": text, "count": count}, found.start, found.end)


def _is_plain(found: SpokenDate, query: ParsedQuery) -> bool:
    """Return whether what was typed there was read as plain words: not quoted, nor the value of a field."""
    there = [one for one in query.contents.origins if one.whole.start < found.end and found.start < one.whole.end]
    return bool(there) and all(one.shape == "word" and one.field is None for one in there)
