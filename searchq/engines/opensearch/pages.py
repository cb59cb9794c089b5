"""The hits of one page: the heads of groups in order, each with its siblings, read together.

ranked      the best hundred are ranked again; a page beyond them is asked for without their groups
any other   the cluster sorts and collapses
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from searchq.engines.opensearch import stream
from searchq.engines.opensearch.fields import MAX_PAGED
from searchq.engines.opensearch.matches import Asked
from searchq.engines.opensearch.ranking import FIELDS_READ, Ranked, as_typed, ranked_of, sort_of
from searchq.engines.opensearch.records import fields_of, question_of, without_texts
from searchq.engines.opensearch.view import Body
from searchq.query.hits import Hit
from searchq.query.request import Texts
from searchq.query.weights import RERANKED
from searchq.question import Question

__all__ = ["Window", "first_rows", "page_of", "window_of"]

_MOST_SIBLINGS: Final = 10_000  # of one page


class Window(NamedTuple):
    """The first matches in order, and whether they are all."""

    rows: Sequence[Ranked]
    are_all: bool
    partial_follow: bool  # those beyond have most of the words only


def first_rows(asked: Asked) -> Body:
    """Return the part of a search that reads its first matches: for a window, or the page itself."""
    request = asked.request
    body: Body = {
        "sort": sort_of(request.sort, asked.view, asked.is_ranked),
        "track_scores": asked.is_ranked,
        "docvalue_fields": list(FIELDS_READ),
    }
    if asked.is_ranked:
        return body | {"size": RERANKED}
    first = (request.page - 1) * request.limit
    if first + request.limit > MAX_PAGED:
        return body | {"size": 0}
    collapsed = {"collapse": {"field": "group"}} if request.fold else {}
    return body | {"from": first, "size": request.limit, **collapsed}


def window_of(asked: Asked, full: Sequence[Ranked], total: int, partial: Sequence[Ranked], others: int) -> Window:
    """Return the first matches of a ranked search, of which the best are ranked again."""
    rows = [*full, *partial]
    if asked.request.proximity:
        rows = [*as_typed(asked.typed, rows[:RERANKED], asked.view), *rows[RERANKED:]]
    return Window(rows, len(rows) == total + others, bool(others))


def page_of(asked: Asked, window: Window) -> tuple[Hit, ...]:
    """Return the hits of the page that a request asks for."""
    heads = _heads(asked, window)
    if not heads:
        return ()
    return tuple(_hits(asked, heads, {one.name: one for one in window.rows}))


def _heads(asked: Asked, window: Window) -> Sequence[Ranked]:
    """Return the first of each group on the page."""
    request = asked.request
    first = (request.page - 1) * request.limit
    if not asked.is_ranked:
        return window.rows if first + request.limit <= MAX_PAGED else _far_heads(asked, first)
    known = _first_of_groups(window.rows) if request.fold else window.rows
    page = known[first : first + request.limit]
    if window.are_all or len(page) == request.limit:
        return page
    if first + request.limit > MAX_PAGED:
        return _far_heads(asked, first)
    return [*page, *_beyond(asked, window, max(0, first - len(known)), request.limit - len(page))]


def _first_of_groups(rows: Sequence[Ranked]) -> Sequence[Ranked]:
    first: dict[str, Ranked] = {}
    for one in rows:
        first.setdefault(one.group, one)
    return list(first.values())


def _far_heads(asked: Asked, first: int) -> Sequence[Ranked]:
    """Return the heads of a page so far on that the way there is read."""
    if first >= asked.total:
        return ()
    return [ranked for ranked, _ in islice(stream.heads(asked, "none"), first, first + asked.request.limit)]


def _beyond(asked: Asked, window: Window, skipped: int, wanted: int) -> list[Ranked]:
    """Return heads of groups that are not in the window."""
    partly = window.partial_follow
    query = asked.matching(asked.looser, asked.tree) if partly else asked.matching()
    known: Body = {"ids": {"values": [one.name for one in window.rows]}}
    if asked.request.fold:
        known = {"terms": {"group": list({one.group for one in window.rows})}}
    body = first_rows(asked) | {
        "query": {"bool": {"must": [asked.passing(query)], "must_not": [known]}},
        "from": skipped,
        "size": wanted,
        "track_total_hits": False,
    }
    if asked.request.fold:
        body["collapse"] = {"field": "group"}
    return [ranked_of(hit, partly) for hit in asked.view.search(body)["hits"]["hits"]]


def _hits(asked: Asked, heads: Sequence[Ranked], known: Mapping[str, Ranked]) -> Iterator[Hit]:
    """Yield the hits of some heads."""
    groups: dict[str, list[tuple[Ranked, Body]]] = {}
    for row, hit in _members(asked, heads, known):
        groups.setdefault(row.group if asked.request.fold else row.name, []).append((row, hit))
    texts = asked.request.texts
    for head in heads:
        members = groups[head.group if asked.request.fold else head.name]
        (row, own), *others = sorted(members, key=lambda one: one[0].name != head.name)
        score = head.score if asked.is_ranked else 0.0
        yield Hit(question_of(own, texts), score, tuple(_told(hit, texts) for _, hit in others), row.partial)


def _told(hit: Body, texts: Texts) -> Question:
    """Return a sibling, never with its long texts."""
    question = question_of(hit, texts)
    return without_texts(question) if texts == "whole" else question


def _members(asked: Asked, heads: Sequence[Ranked], known: Mapping[str, Ranked]) -> list[tuple[Ranked, Body]]:
    """Return all matches of the groups of some heads in order, as hits of the cluster with their records."""
    wanted: Body = {"ids": {"values": [one.name for one in heads]}}
    if asked.request.fold:
        wanted = {"terms": {"group": [one.group for one in heads]}}
    queries = [asked.matching()]
    if any(one.partial for one in known.values()) or any(one.partial for one in heads):
        queries.append(asked.matching(asked.looser, asked.tree))
    answers = asked.view.searches([_members_body(asked, query, wanted) for query in queries])
    rows = []
    for partial, answer in zip((False, True), answers, strict=False):
        for hit in answer["hits"]["hits"]:
            row = ranked_of(hit, partial)
            rows.append((known.get(row.name, row), hit))
    return sorted(rows, key=lambda one: one[0].key) if asked.is_ranked else rows


def _members_body(asked: Asked, query: Body, wanted: Body) -> Body:
    return {
        "query": {"bool": {"must": [query], "filter": [wanted, asked.filters.query()]}},
        "sort": sort_of(asked.request.sort, asked.view, asked.is_ranked),
        "track_scores": asked.is_ranked,
        "track_total_hits": False,
        "size": _MOST_SIBLINGS,
        "docvalue_fields": [*FIELDS_READ, *fields_of(asked.request.texts)],
    }
