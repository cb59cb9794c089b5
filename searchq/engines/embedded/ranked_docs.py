"""The documents that match text and filters, scored and sorted."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from searchq.engines.embedded.collapse import Groups, count_groups, groups_of
from searchq.engines.embedded.execution.matches import Docs, Places, Scores
from searchq.engines.embedded.proximity import RERANKED, proximity
from searchq.engines.embedded.ranking import recency
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.engines.embedded.sorting import Key, keys_for, top_k
from searchq.engines.embedded.text_matches import TextMatches
from searchq.errors import OutOfTime
from searchq.query.request import Request
from searchq.query.tree import plain_words

__all__ = ["RankedDocs", "nearer_first", "rank"]


class RankedDocs(NamedTuple):
    """Documents that match text and filters, with their scores, sort keys and groups."""

    view: SnapshotCache
    docs: Docs
    scores: Scores | None  # None: all alike
    keys: Sequence[Key]
    groups: Groups | None  # None: nothing is collapsed

    @property
    def group_count(self) -> int:
        return len(self.docs) if self.groups is None else count_groups(self.docs, self.groups)


def rank(request: Request, found: TextMatches, docs: Docs, places: Places | None, view: SnapshotCache) -> RankedDocs:
    """Rank the documents of a text, or those at some places, in the order of the request."""
    scores = _scores(request, found, docs, places, view)
    keys = keys_for(request.sort, view, docs, scores)
    return RankedDocs(view, docs, scores, keys, groups_of(view) if request.fold else None)


def _scores(
    request: Request, found: TextMatches, docs: Docs, places: Places | None, view: SnapshotCache
) -> Scores | None:
    """Return the scores a request needs; None if all are equal, the sort does not use them, or time is up."""
    if found.query is None or request.sort != "relevance":
        return None
    try:
        scores = found.matches.score(places)
    except OutOfTime:
        return None
    if request.recency:
        scores = scores * recency(view)[docs]
    return nearer_first(scores, plain_words(found.query.tree), docs, view) if request.proximity else scores


def nearer_first(scores: Scores, words: Sequence[str], docs: Docs, view: SnapshotCache) -> Scores:
    """Multiply the scores of the best matches by their proximity factors."""
    if len(words) < 2 or len(docs) < 2:
        return scores
    top = np.sort(top_k(keys_for("relevance", view, docs, scores), len(docs), min(RERANKED, len(docs))))
    raised = scores.copy()
    raised[top] *= proximity(words, docs[top], view)
    return raised
