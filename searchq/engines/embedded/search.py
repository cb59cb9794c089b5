"""Searches: answers a request with `Hits` from one snapshot: match, filter, score, sort, collapse, count.

text ── match_text ──> matches ──┐
filters ──────────────> mask ────┴─> full matches ─ and, where few, partial ones ─> scores ─> order ─> groups ─> page
                         └ without the facet's own ──────────> counts of each facet, of full matches only
"""

import time
from collections.abc import Iterator

from searchq.engines.embedded.execution.matches import Docs, nothing
from searchq.engines.embedded.facets import count_facets
from searchq.engines.embedded.filters import filters_of
from searchq.engines.embedded.highlight import highlight_terms
from searchq.engines.embedded.histogram import histogram
from searchq.engines.embedded.hit_reader import read_all, read_page
from searchq.engines.embedded.partial_matches import partial_matches
from searchq.engines.embedded.ranked_docs import rank
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.engines.embedded.text_matches import match_text, match_whole_text
from searchq.engines.embedded.translations import translations_of
from searchq.engines.embedded.waiting import delay_hints
from searchq.errors import RequestError
from searchq.limits import MAX_PAGE_SIZE, QUERY_DEADLINE_SECONDS
from searchq.query.hints import OUT_OF_TIME
from searchq.query.hits import Hits
from searchq.query.request import Request
from searchq.question import Question

__all__ = ["all_numbers", "answer", "check_bounds", "matching", "walk"]


def answer(request: Request, view: SnapshotCache, seconds: float = QUERY_DEADLINE_SECONDS) -> Hits:
    """Return the hits of a request. Raises RequestError for a page or a limit out of bounds."""
    started = time.perf_counter()
    check_bounds(request)
    found = match_text(
        request.text, view, seconds, all_words=request.all_words, today=request.today, translate=request.translate
    )
    filters = filters_of(request, view)
    full = found.matches.at(filters.places(found.matches.docs))
    partial = partial_matches(request, found, full, filters)
    ranked = rank(request, found.query, full, partial, view)
    groups = ranked.group_count(full.docs)
    page = ranked.page(request.page, request.limit)
    late = (OUT_OF_TIME,) if ranked.scores is None and found.query and request.sort == "relevance" else ()
    return Hits(
        request=request,
        total=len(full.docs),
        groups=groups,
        hits=read_page(page, request.texts, view.snapshot),
        partial_total=len(ranked.docs) - len(full.docs),
        partial_groups=ranked.group_count(ranked.docs) - groups,
        facets=count_facets(request, found.matches.docs, filters, full.docs, view),
        histogram=histogram(full.docs, request.interval, view) if request.histogram else None,
        hints=(*found.hints, *late, *filters.hints, *delay_hints(request, found.matches.docs, view)),
        highlight=highlight_terms(request.texts, found.query, found.matches.terms + partial.terms, view),
        translations=translations_of([hit.doc for hit in page], found),
        query=found.query,
        jump=found.jump,
        generation=view.snapshot.generation,
        seconds=time.perf_counter() - started,
    )


def walk(request: Request, view: SnapshotCache, seconds: float = QUERY_DEADLINE_SECONDS) -> Iterator[Question]:
    """Stream every matching question in request order, ignoring page and limit. Raises OutOfTime before the first."""
    found = match_whole_text(
        request.text, view, seconds, all_words=request.all_words, today=request.today, translate=request.translate
    )
    matches = found.matches.at(filters_of(request, view).places(found.matches.docs))
    ranked = rank(request, found.query, matches, nothing(), view)
    return read_all(ranked.all_hits(), request.texts, view.snapshot)


def all_numbers(view: SnapshotCache) -> list[str]:
    """Every question number, in order."""
    request = Request(sort="number", fold=False, texts="none")
    found = match_whole_text(request.text, view, QUERY_DEADLINE_SECONDS)
    matches = found.matches.at(filters_of(request, view).places(found.matches.docs))
    numbers = view.snapshot.numbers()
    return [numbers[doc] for doc in rank(request, found.query, matches, nothing(), view).all_hits()]


def matching(request: Request, view: SnapshotCache, seconds: float = QUERY_DEADLINE_SECONDS) -> Docs:
    """Return the documents of a request, ascending, without sort, page or collapsing. Raises OutOfTime."""
    found = match_whole_text(
        request.text, view, seconds, all_words=request.all_words, today=request.today, translate=request.translate
    )
    return filters_of(request, view).narrow(found.matches.docs)[0]


def check_bounds(request: Request) -> None:
    if request.page < 1:
        raise RequestError(f"There is no page {request.page}; pages are numbered from 1.")
    if not 1 <= request.limit <= MAX_PAGE_SIZE:
        raise RequestError(f"A page cannot hold {request.limit} questions; ask for 1 to {MAX_PAGE_SIZE}.")
