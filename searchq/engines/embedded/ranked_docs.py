"""The documents that match text and filters, scored and sorted."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from searchq.engines.embedded.as_typed import RERANKED, TypedWords, as_typed
from searchq.engines.embedded.collapse import Groups, count_groups, groups_of
from searchq.engines.embedded.execution.matches import Docs, Matches, Places, Scores
from searchq.engines.embedded.ranking import recency
from searchq.engines.embedded.snapshot_cache import Mask, SnapshotCache
from searchq.engines.embedded.sorting import Key, keys_for, ordered, top_k
from searchq.errors import OutOfTime
from searchq.query.request import Request
from searchq.query.tree import ParsedQuery

__all__ = ["RankedDocs", "as_typed_first", "rank"]


class RankedDocs(NamedTuple):
    """Documents that match text and filters, with their scores, sort keys and groups."""

    view: SnapshotCache
    docs: Docs
    scores: Scores | None  # None: all alike
    keys: Sequence[Key]
    groups: Groups | None  # None: nothing is collapsed
    partial: Mask | None = None  # which have most of the words only; None: all have all
    best: Places | None = None  # places of the first ones, ascending; None: not known yet

    def first(self, wanted: int) -> Places:
        """Return the places of the first `wanted` documents in order."""
        if self.best is not None and wanted <= len(self.best):
            return ordered(self.keys, self.best)[:wanted]
        return top_k(self.keys, len(self.docs), wanted)

    def group_count(self, docs: Docs) -> int:
        """Count the hits that some of these documents make."""
        return len(docs) if self.groups is None else count_groups(docs, self.groups)


def rank(
    request: Request, query: ParsedQuery | None, matches: Matches, partial: Mask | None, view: SnapshotCache
) -> RankedDocs:
    """Rank the matches of a request in its order; those marked `partial` follow the others."""
    scores, best = _scores(request, query, matches, view), None
    if scores is not None and query is not None and request.proximity:
        scores, best = as_typed_first(scores, TypedWords.of(query, request.text), matches.docs, partial, view)
    keys = keys_for(request.sort, view, matches.docs, scores, partial)
    groups = groups_of(view) if request.fold else None
    return RankedDocs(view, matches.docs, scores, keys, groups, partial, best)


def _scores(request: Request, query: ParsedQuery | None, matches: Matches, view: SnapshotCache) -> Scores | None:
    """Return the scores a request needs; None if all are equal, the sort does not use them, or time is up."""
    if query is None or request.sort != "relevance":
        return None
    try:
        scores = matches.score(None)
    except OutOfTime:
        return None
    return scores * recency(view)[matches.docs] if request.recency else scores


def as_typed_first(
    scores: Scores, typed: TypedWords, docs: Docs, partial: Mask | None, view: SnapshotCache
) -> tuple[Scores, Places]:
    """Multiply the scores of the best matches by the factors for words as they were typed.

    Also return the places of these matches, ascending: they stay ahead of all others.
    """
    keys = keys_for("relevance", view, docs, scores, partial)
    best: Places = np.sort(top_k(keys, len(docs), min(RERANKED, len(docs))))
    if typed.telling and len(docs) > 1:
        scores = scores.copy()
        scores[best] *= as_typed(typed, docs[best], view)
    return scores, best
