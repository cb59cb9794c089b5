"""The documents that match text and filters: scored, sorted (see `ranked_order`), siblings collapsed."""

from itertools import repeat
from typing import Final, NamedTuple

import numpy as np
from msgspec import Struct

from searchq.engines.embedded.array_steps import weighted
from searchq.engines.embedded.as_typed import as_typed
from searchq.engines.embedded.collapse import Groups, count_groups, groups_of
from searchq.engines.embedded.execution.matches import Docs, Matches, Places, Scores
from searchq.engines.embedded.ranked_order import Order, order_of
from searchq.engines.embedded.ranking import recency
from searchq.engines.embedded.snapshot_cache import Mask, SnapshotCache
from searchq.errors import OutOfTime
from searchq.query.parsed import ParsedQuery
from searchq.query.request import Request
from searchq.query.weights import RERANKED

__all__ = ["RankedDocs", "RankedHit", "rank"]

_SPARE: Final = 16  # hits ranked beyond a page, for those that collapse into others


class RankedHit(Struct, frozen=True, gc=False):
    """A document, its score, its siblings among the matches, best first, and whether it has most of the words only."""

    doc: int
    score: float
    siblings: tuple[int, ...]
    partial: bool


class RankedDocs(NamedTuple):
    """Documents that match text and filters, with their scores, order and groups."""

    docs: Docs
    scores: Scores | None  # None: all alike
    order: Order
    groups: Groups | None  # None: nothing is collapsed
    partial: Mask | None = None  # which have most of the words only; None: all have all
    best: Places | None = None  # places of the first ones, ascending; None: not known yet

    def group_count(self, docs: Docs) -> int:
        """Count the hits that some of these documents make."""
        return len(docs) if self.groups is None else count_groups(docs, self.groups)

    def page(self, page: int, limit: int) -> list[RankedHit]:
        """Return the hits of a page, numbered from 1."""
        first = (page - 1) * limit
        places = self._best_of_groups(first + limit)[first:]
        scores = np.zeros(len(places)) if self.scores is None else self.scores[places]
        partial = np.zeros(len(places), np.bool_) if self.partial is None else self.partial[places]
        siblings = repeat(()) if self.groups is None else map(self._siblings, places.tolist())
        return list(map(RankedHit, self.docs[places].tolist(), scores.tolist(), siblings, partial.tolist()))

    def all_hits(self) -> list[int]:
        """Return the documents of all hits in order, without siblings."""
        docs: list[int] = self.docs[self._best_of_groups(len(self.docs))].tolist()
        return docs

    def _best_of_groups(self, wanted: int) -> Places:
        """Return the places of the first `wanted` hits in order."""
        total = len(self.docs)
        if self.groups is None:
            return self._first(min(wanted, total))
        reach = min(wanted + _SPARE, total)
        while True:
            places = self._first(reach)
            _, first = np.unique(self.groups.codes[self.docs[places]], return_index=True)
            if len(first) >= wanted or reach == total:
                return places[np.sort(first)][:wanted]
            reach = min(2 * reach, total)

    def _first(self, wanted: int) -> Places:
        """Return the places of the first `wanted` documents in order."""
        if self.best is not None and wanted <= len(self.best):
            return self.order.best_of(self.best, wanted)
        return self.order.first(wanted)

    def _siblings(self, place: int) -> tuple[int, ...]:
        """Return the other matches of a group, best first."""
        members = () if self.groups is None else self.groups.of(int(self.docs[place]))
        if len(members) < 2:
            return ()
        at = np.minimum(self.docs.searchsorted(members), len(self.docs) - 1)
        matching = at[self.docs[at] == members]
        others = matching[matching != place]
        return tuple(self.docs[self.order.best_of(others, len(others))].tolist())


def rank(
    request: Request, query: ParsedQuery | None, full: Matches, partial: Matches, view: SnapshotCache
) -> RankedDocs:
    """Rank the matches of a request in its order; the partial ones, which are others, follow the full ones."""
    matches, is_partial = _full_then_partial(full, partial) if len(partial.docs) else (full, None)
    docs = matches.docs
    scores = _scores(request, query, matches, view)
    order = order_of(request.sort, view, docs, scores, is_partial)
    best = None
    if scores is not None and query is not None and request.proximity:
        best = np.sort(order.first(min(RERANKED, len(docs))))
        typed = query.typed
        if typed.telling and len(best) > 1:  # they stay ahead of all others
            scores[best] *= as_typed(typed, docs[best], view)
    groups = groups_of(view) if request.fold else None
    return RankedDocs(docs, scores, order, groups, is_partial, best)


def _full_then_partial(full: Matches, partial: Matches) -> tuple[Matches, Mask]:
    """Return both sorts of matches as one, and which are partial; they share no document, and the full ones are few."""
    at = partial.docs.searchsorted(full.docs) + np.arange(len(full.docs))
    is_partial = np.ones(len(partial.docs) + len(full.docs), np.bool_)
    is_partial[at] = False
    docs = np.empty(len(is_partial), np.intp)
    docs[is_partial], docs[at] = partial.docs, full.docs

    def score(places: Places | None) -> Scores:
        scores = np.empty(len(is_partial), np.float32)
        scores[is_partial], scores[at] = partial.score(None), full.score(None)
        return scores if places is None else scores[places]

    return Matches(docs, score), is_partial


def _scores(request: Request, query: ParsedQuery | None, matches: Matches, view: SnapshotCache) -> Scores | None:
    """Return the scores a request needs; None if all are equal, the sort does not use them, or time is up."""
    if query is None or request.sort != "relevance":
        return None
    try:
        scores = matches.score(None)
    except OutOfTime:
        return None
    return weighted(matches.docs, scores, recency(view)) if request.recency else scores.copy()
