"""Build a result page from hits: snippets, siblings, spelling suggestions, relaxations, offers."""

import math
from collections.abc import Iterator
from typing import Final

from searchq.engine import Engine
from searchq.query.hints import ran_out_of_time
from searchq.query.hits import Hits
from searchq.results.date_offer import date_offers
from searchq.results.didyoumean import did_you_mean
from searchq.results.highlights import Highlighter
from searchq.results.page import ResultHit, ResultPage
from searchq.results.relaxations import relaxations
from searchq.results.snippets import shown

__all__ = ["build_page"]

_MAX_WORDS: Final = "most-words"  # the hint that no question contains all the words


def build_page(hits: Hits, engine: Engine, until: float = math.inf) -> ResultPage:
    """Build the page of an engine's answer; searches again for spellings and relaxations.

    Not after `until`, in CPU time of this thread, so that help depends on the query and not on the load. Nor for a
    search that ran out of time: its result is unknown, and similar searches would run out of time, too.
    """
    all_words = 0 if any(hint.code == _MAX_WORDS for hint in hits.hints) else hits.total
    until = -math.inf if ran_out_of_time(hits.hints) else until
    is_empty = not (hits.jump or hits.hits or hits.total)
    return ResultPage(
        request=hits.request,
        total=hits.total,
        groups=hits.groups,
        hits=tuple(_result_hits(hits)),
        partial_total=hits.partial_total,
        partial_groups=hits.partial_groups,
        facets=hits.facets,
        histogram=hits.histogram,
        hints=(*hits.hints, *(() if hits.jump else date_offers(hits.request, hits.query, engine, until))),
        translations=hits.translations,
        did_you_mean=None if hits.jump else did_you_mean(hits.request, hits.query, all_words, engine, until),
        relaxations=relaxations(hits.request, hits.query, engine.search, until) if is_empty else (),
        jump=hits.jump,
        generation=hits.generation,
        seconds=hits.seconds,
    )


def _result_hits(hits: Hits) -> Iterator[ResultHit]:
    found = shown([hit.question for hit in hits.hits], Highlighter(hits.highlight))
    for hit, (snippets, title_highlights) in zip(hits.hits, found, strict=True):
        yield ResultHit(hit.question, hit.score, snippets, title_highlights, hit.siblings, hit.partial)
