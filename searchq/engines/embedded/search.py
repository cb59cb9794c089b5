"""Searches: a whole request to `Hits`, on one snapshot: match, filter, score, sort, collapse, count.

text ── match_text ──> matches ──┐
filters ──────────────> mask ────┴─> docs, scores ─> order ─> groups ─> page of hits
                         └ without the facet's own ──────────> counts of each facet
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from searchq.engines.embedded.collapse import Groups, count_groups, groups_of
from searchq.engines.embedded.execution.execute import prepare
from searchq.engines.embedded.execution.matches import Docs, Matches, Places, Scores, constant, nothing
from searchq.engines.embedded.facet_values import QueryVocabulary
from searchq.engines.embedded.facets import Matching, count_facet
from searchq.engines.embedded.filters import Filters, filters_of
from searchq.engines.embedded.highlight import highlight_terms
from searchq.engines.embedded.histogram import histogram
from searchq.engines.embedded.proximity import RERANKED, proximity
from searchq.engines.embedded.ranking import recency
from searchq.engines.embedded.snapshot_cache import Mask, View
from searchq.engines.embedded.sorting import Key, best, keys_for, ordered
from searchq.engines.embedded.vocabulary import vocabulary_of
from searchq.errors import OutOfTime, RequestError
from searchq.index.read.snapshot import Snapshot
from searchq.limits import MAX_PAGE_SIZE, QUERY_DEADLINE_SECONDS
from searchq.query.hints import OUT_OF_TIME, Hint, ran_out_of_time
from searchq.query.hits import FacetCounts, HighlightTerm, Hit, Hits
from searchq.query.language import parse
from searchq.query.request import Request, Texts
from searchq.query.tree import ParsedQuery, plain_words
from searchq.question import Question

__all__ = ["answer", "match_text", "matching", "nearer_first", "walk"]

_SPARE = 16  # hits ranked beyond a page, for those that fold into others


@dataclass(frozen=True, slots=True, eq=False)
class TextMatches:
    """What a text matches; `query` is how it was read, None for no text at all, when all matches are alike."""

    matches: Matches
    query: ParsedQuery | None = None
    hints: tuple[Hint, ...] = ()
    terms: frozenset[tuple[str, str]] = frozenset()
    jump: str | None = None


class Ranked(NamedTuple):
    """Documents that match text and filters, how they are scored and sorted, and how they fold."""

    view: View
    docs: Docs
    scores: Scores | None  # None: all alike
    keys: Sequence[Key]
    groups: Groups | None  # None: nothing is folded

    @property
    def group_count(self) -> int:
        return len(self.docs) if self.groups is None else count_groups(self.docs, self.groups)


def answer(request: Request, view: View, seconds: float = QUERY_DEADLINE_SECONDS) -> Hits:
    """The hits of a request. Raises RequestError for a page or a limit out of bounds."""
    started = time.perf_counter()
    _check(request)
    filters = filters_of(request, view)
    found = match_text(request.text, view, seconds)
    ranked = _rank(request, found, filters.mask(), view)
    first = (request.page - 1) * request.limit
    late = (OUT_OF_TIME,) if ranked.scores is None and found.query and request.sort == "relevance" else ()
    return Hits(
        request=request,
        total=len(ranked.docs),
        groups=ranked.group_count,
        hits=tuple(_hits(ranked, _heads(ranked, first + request.limit)[first:], request.texts)),
        facets=_count_facets(request, found, filters, ranked.docs, view),
        histogram=histogram(ranked.docs, request.interval, view) if request.histogram else None,
        hints=(*found.hints, *late, *filters.hints),
        highlight=_highlight(request, found, view),
        query=found.query,
        jump=found.jump,
        generation=view.snapshot.generation,
        seconds=time.perf_counter() - started,
    )


def walk(request: Request, view: View, seconds: float = QUERY_DEADLINE_SECONDS) -> Iterator[Question]:
    """All questions of a request in order, whatever its page and limit. Raises OutOfTime, here and not on the way."""
    found = _understood(request.text, view, seconds)
    ranked = _rank(request, found, filters_of(request, view).mask(), view)
    read = _reader(request.texts, view.snapshot)
    return map(read, ranked.docs[_heads(ranked, len(ranked.docs))].tolist())


def matching(request: Request, view: View, seconds: float = QUERY_DEADLINE_SECONDS) -> Docs:
    """The documents of a request, ascending: no order, no page, no folding. Raises OutOfTime."""
    found = _understood(request.text, view, seconds)
    return _narrow(found.matches.docs, filters_of(request, view).mask())[0]


def _understood(text: str, view: View, seconds: float) -> TextMatches:
    """What a text matches, in full: who exports or counts it has no place for a hint that it was stopped."""
    found = match_text(text, view, seconds)
    if ran_out_of_time(found.hints):
        raise OutOfTime()
    return found


def match_text(text: str, view: View, seconds: float = QUERY_DEADLINE_SECONDS) -> TextMatches:
    """What a text matches: all of it, or most of its words when nothing does; never raises for what the text says."""
    if not text.strip():
        return TextMatches(constant(view.live_docs, 0.0))
    query = parse(text, QueryVocabulary(view))
    jump = query.jump if query.jump is not None and view.snapshot.doc(query.jump) is not None else None
    found = TextMatches(nothing(), query, query.hints, jump=jump)
    context = prepare(view, seconds)
    try:
        matches = context.evaluate(query.tree)
        if not len(matches.docs) and query.relaxed is not None:
            context.terms.clear()
            matches = context.evaluate(query.relaxed)
            if len(matches.docs):
                context.hint(Hint("most-words"))
    except OutOfTime:
        return replace(found, hints=(*found.hints, OUT_OF_TIME))
    return replace(found, matches=matches, hints=(*found.hints, *context.hints), terms=frozenset(context.terms))


def _check(request: Request) -> None:
    if request.page < 1:
        raise RequestError(f"There is no page {request.page}: pages are numbered from 1.")
    if not 1 <= request.limit <= MAX_PAGE_SIZE:
        raise RequestError(f"A page cannot hold {request.limit} questions: ask for 1 to {MAX_PAGE_SIZE}.")


def _rank(request: Request, found: TextMatches, mask: Mask | None, view: View) -> Ranked:
    docs, places = _narrow(found.matches.docs, mask)
    scores = _scores(request, found, docs, places, view)
    keys = keys_for(request.sort, view, docs, scores)
    return Ranked(view, docs, scores, keys, groups_of(view) if request.fold else None)


def _scores(request: Request, found: TextMatches, docs: Docs, places: Places | None, view: View) -> Scores | None:
    """The scores a request needs; None where all are alike, nothing is ranked by them, or time is up."""
    if found.query is None or request.sort != "relevance":
        return None
    try:
        scores = found.matches.score(places)
    except OutOfTime:
        return None
    if request.recency:
        scores = scores * recency(view)[docs]
    return nearer_first(scores, plain_words(found.query.tree), docs, view) if request.proximity else scores


def nearer_first(scores: Scores, words: Sequence[str], docs: Docs, view: View) -> Scores:
    """The scores, those of the best matches raised by how near the words stand to each other."""
    if len(words) < 2 or len(docs) < 2:
        return scores
    top = np.sort(best(keys_for("relevance", view, docs, scores), len(docs), min(RERANKED, len(docs))))
    raised = scores.copy()
    raised[top] *= proximity(words, docs[top], view)
    return raised


def _narrow(docs: Docs, mask: Mask | None) -> tuple[Docs, Places | None]:
    """The documents a mask lets through, and their places; None for all."""
    if mask is None:
        return docs, None
    places = mask[docs].nonzero()[0]
    return docs[places], places


def _heads(ranked: Ranked, wanted: int) -> Places:
    """The places of the first `wanted` hits in order: the best of each group."""
    total = len(ranked.docs)
    if ranked.groups is None:
        return best(ranked.keys, total, min(wanted, total))
    reach = min(wanted + _SPARE, total)
    while True:
        places = best(ranked.keys, total, reach)
        _, first = np.unique(ranked.groups.codes[ranked.docs[places]], return_index=True)
        if len(first) >= wanted or reach == total:
            return places[np.sort(first)][:wanted]
        reach = min(2 * reach, total)


def _hits(ranked: Ranked, places: Places, texts: Texts) -> Iterator[Hit]:
    read = _reader(texts, ranked.view.snapshot)
    read_sibling = _reader("header" if texts == "whole" else texts, ranked.view.snapshot)
    docs = ranked.docs[places].tolist()
    scores = [0.0] * len(docs) if ranked.scores is None else ranked.scores[places].tolist()
    for place, doc, score in zip(places.tolist(), docs, scores, strict=True):
        siblings = tuple([read_sibling(int(ranked.docs[other])) for other in _siblings(ranked, place)])
        yield Hit(read(doc), score, siblings)


def _reader(texts: Texts, snapshot: Snapshot) -> Callable[[int], Question]:
    """What reads as much of a stored question as is asked for."""
    if texts == "none":
        return lambda doc: Question(snapshot.number(doc))
    return snapshot.record if texts == "whole" else snapshot.header


def _highlight(request: Request, found: TextMatches, view: View) -> tuple[HighlightTerm, ...]:
    """What to mark in the texts of the hits, where they come with any."""
    if request.texts != "whole" or found.query is None:
        return ()
    return highlight_terms(found.query, found.terms, vocabulary_of(view))


def _siblings(ranked: Ranked, place: int) -> list[int]:
    """The places of the other matches of a group, best first."""
    if ranked.groups is None:
        return []
    members = ranked.groups.of(int(ranked.docs[place]))
    if len(members) < 2:
        return []
    at = np.minimum(ranked.docs.searchsorted(members), len(ranked.docs) - 1)
    matching = at[ranked.docs[at] == members]
    others: list[int] = ordered(ranked.keys, matching[matching != place]).tolist()
    return others


def _count_facets(
    request: Request, found: TextMatches, filters: Filters, docs: Docs, view: View
) -> tuple[FacetCounts, ...]:
    counted, matching = [], Matching(docs, view)
    for query in request.facets:
        own = matching
        if query.name in filters.facets:
            own = Matching(_narrow(found.matches.docs, filters.mask(without=query.name))[0], view)
        counted.append(count_facet(query, own, filters.chosen.get(query.name, ()), view))
    return tuple(counted)
