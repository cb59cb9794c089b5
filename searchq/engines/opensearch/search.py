"""Searches: answers a request with `Hits`.

text      read in rounds ──> tree ──> query ──┐
filters ──────────────────────────────────────┴─> one search: totals, groups, facets, months, the first rows
few full matches ──> a second one for those with most of the words
the best again, the page beyond them, its siblings and records, the words to highlight
"""

import time
from typing import Any

from searchq.engines.opensearch.facets import facet_aggregations, facets_of
from searchq.engines.opensearch.found_by import translations_of
from searchq.engines.opensearch.groups import GROUPS, TOLD, groups_of
from searchq.engines.opensearch.highlight import highlight_terms
from searchq.engines.opensearch.histogram import days_aggregation, histogram, histogram_aggregations, interval_of
from searchq.engines.opensearch.matches import Asked, parsed, settled
from searchq.engines.opensearch.pages import Window, first_rows, page_of, window_of
from searchq.engines.opensearch.ranking import Ranked, ranked_of
from searchq.engines.opensearch.translate import scored_terms
from searchq.engines.opensearch.view import Body, View, term_query
from searchq.engines.opensearch.word_forms import forms_bodies, keep_forms, unknown_forms, with_forms
from searchq.errors import OutOfTime, RequestError
from searchq.limits import ENOUGH_FULL_MATCHES, MAX_PAGE_SIZE
from searchq.query.hints import OUT_OF_TIME, Hint
from searchq.query.hits import Histogram, Hits
from searchq.query.request import Request
from searchq.query.tree import Node

__all__ = ["answer", "check_page", "matched_rows"]


def answer(request: Request, view: View) -> Hits:
    """Return the hits of a request; none, and a hint, where the cluster takes too long. Raises RequestError."""
    check_page(request)
    try:
        return _answer(request, view)
    except OutOfTime:
        return Hits(request, 0, 0, (), hints=(OUT_OF_TIME,), generation=view.generation.number)


def _answer(request: Request, view: View) -> Hits:
    started = time.perf_counter()
    asked, found = _asked(request, view)
    total, counted = found["hits"]["total"]["value"], found["aggregations"]
    groups = _groups(asked, total, counted["all"])
    full = [ranked_of(hit) for hit in found["hits"]["hits"]]
    partial, others, other_groups = _partial(asked, total, full)
    window = Window(full, are_all=False, partial_follow=False)
    if asked.is_ranked:
        window = window_of(asked, full, total, partial, others)
    hits = page_of(asked, window)
    return Hits(
        request=request,
        total=total,
        groups=groups,
        hits=hits,
        partial_total=others,
        partial_groups=other_groups,
        facets=tuple(facets_of(request, counted, asked.filters, view)),
        histogram=_histogram(asked, counted["all"]) if request.histogram else None,
        hints=(*asked.hints, *asked.filters.hints, *_without_delays(request, counted)),
        highlight=highlight_terms(request.texts, asked.query, _matched(asked, total, others), view),
        translations=translations_of(hits, asked.query, view),
        query=asked.query,
        jump=_jump(asked),
        generation=view.generation.number,
        seconds=time.perf_counter() - started,
    )


def _asked(request: Request, view: View) -> tuple[Asked, Body]:
    """Read a request and ask the cluster; again where its text matches nothing, but its looser form may."""
    strict = parsed(request, view)
    found = _found(strict)
    asked = settled(strict, found["aggregations"]["text"]["doc_count"])
    return asked, found if asked.tree is strict.tree else _found(asked)


def _found(asked: Asked) -> Body:
    """Ask the cluster, and in the same call for the words that will be highlighted."""
    view, body = asked.view, _body(asked)
    terms = scored_terms(asked.tree) if asked.request.texts == "whole" else ()
    wanted = unknown_forms(with_forms(terms), view)
    if not wanted:
        return view.search(body, TOLD)
    found, *forms = view.searches([body, *forms_bodies(wanted)], f"{TOLD},aggregations.of.buckets")
    keep_forms(wanted, forms, view)
    return found


def matched_rows(asked: Asked) -> tuple[list[Ranked], list[Ranked]]:
    """Return the first full matches, and the first partial ones, before any is ranked again."""
    found = asked.view.search(_body(asked), TOLD)
    full = [ranked_of(hit) for hit in found["hits"]["hits"]]
    return full, _partial(asked, found["hits"]["total"]["value"], full)[0]


def check_page(request: Request) -> None:
    """Raise RequestError for a page or a limit out of bounds."""
    if request.page < 1:
        raise RequestError(f"There is no page {request.page}; pages are numbered from 1.")
    if not 1 <= request.limit <= MAX_PAGE_SIZE:
        raise RequestError(f"A page cannot hold {request.limit} questions; ask for 1 to {MAX_PAGE_SIZE}.")


def _body(asked: Asked) -> Body:
    inner: dict[str, Any] = dict(GROUPS) if asked.request.fold else {}
    if asked.request.histogram:
        inner |= histogram_aggregations()
    every: Body = {"filter": asked.filters.query(), **({"aggs": inner} if inner else {})}
    return {
        **first_rows(asked),
        "query": asked.matching(),
        "post_filter": asked.filter_of_hits(asked.filters.query()),
        "track_total_hits": True,
        "aggs": {
            "text": {"filter": {"match_all": {}}},
            "all": every,
            "chamber": {"filter": term_query("house", "chamber")},
            **facet_aggregations(asked.request, asked.filters, asked.view),
        },
    }


def _groups(asked: Asked, total: int, counted: Body) -> int:
    """Return how many hits there are once siblings are one."""
    return groups_of(counted, asked.passing(asked.matching()), asked.view) if asked.request.fold else total


def _looser(asked: Asked, total: int) -> Node | None:
    """Return the looser form of the text where it is wanted; None too where it was matched already."""
    is_wanted = asked.is_ranked and not asked.request.all_words and asked.total and total < ENOUGH_FULL_MATCHES
    return asked.looser if is_wanted else None


def _matched(asked: Asked, total: int, others: int) -> dict[Node, bool]:
    """Return the trees that were matched, each with whether it is known that any question matches it."""
    looser = _looser(asked, total)
    full = {asked.tree: asked.total > 0}
    return full if looser is None else {**full, looser: others > 0}


def _partial(asked: Asked, total: int, full: list[Ranked]) -> tuple[list[Ranked], int, int]:
    """Return the first questions with most of the words, where few have all, and how many they and their groups are."""
    looser = _looser(asked, total)
    if looser is None:
        return [], 0, 0
    known = {"terms": {"group": [one.group for one in full]}}
    new: Body = {"filter": {"bool": {"must_not": [known]}}, "aggs": GROUPS}
    body = first_rows(asked) | {
        "query": asked.passing(asked.matching(looser, asked.tree)),
        "post_filter": asked.filter_of_hits({"match_all": {}}),
        "track_total_hits": True,
        "aggs": {"new": new},
    }
    found = asked.view.search(body, TOLD)
    others = found["hits"]["total"]["value"]
    barred = {"bool": {"must": [body["query"]], "must_not": [known]}}
    groups = groups_of(found["aggregations"]["new"], barred, asked.view) if asked.request.fold else others
    return [ranked_of(hit, partial=True) for hit in found["hits"]["hits"]], others, groups


def _histogram(asked: Asked, counted: Body) -> Histogram:
    interval = interval_of(counted, asked.request.interval)
    days = None
    if interval == "day" and counted["days"]["count"]:
        body = {"size": 0, "query": asked.passing(asked.matching()), "aggs": {"days": days_aggregation()}}
        days = asked.view.search(body)["aggregations"]["days"]
    return histogram(interval, counted, days)


def _without_delays(request: Request, counted: Body) -> tuple[Hint, ...]:
    """Say that a request asks for delays which the Chamber does not publish, where it matches its questions."""
    return (Hint("no-answer-days"),) if request.asks_for_delays and counted["chamber"]["doc_count"] else ()


def _jump(asked: Asked) -> str | None:
    """Return the question that a text names and nothing else."""
    query, view = asked.query, asked.view
    if query is None:
        return None
    if not query.named:
        held = query.jump is not None and view.frequencies([("number", query.jump)])["number", query.jump]
        return query.jump if held else None
    if asked.total != 1:
        return None
    (hit,) = view.search({"size": 1, "query": asked.matching(), "docvalue_fields": ["number"]})["hits"]["hits"]
    return str(hit["fields"]["number"][0])
