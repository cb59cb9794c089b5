"""The documents that match text and filters: scored, sorted, siblings collapsed.

Every sort ends in date (newest first), question number and document number, so that no two matches are equal and pages
never overlap. What a sort looks at and a question lacks puts that question last, whichever way the sort runs.

    keys of "relevance"    partial     -score     later date     number
    asked for 20           keys are compared one by one: the second only among those equal in the first, …
"""

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from searchq.engines.embedded.as_typed import as_typed
from searchq.engines.embedded.collapse import Groups, count_groups, groups_of
from searchq.engines.embedded.execution.matches import Docs, Matches, Places, RankedMatches, Scores
from searchq.engines.embedded.ranking import recency
from searchq.engines.embedded.snapshot_cache import Mask, SnapshotCache
from searchq.engines.embedded.waiting import numbers_of
from searchq.errors import OutOfTime
from searchq.index.schema import MISSING
from searchq.query.facet_table import WAITED
from searchq.query.request import Request, Sort
from searchq.query.tree import ParsedQuery
from searchq.query.typed_words import TypedWords
from searchq.query.weights import RERANKED

__all__ = ["Key", "RankedDocs", "RankedHit", "keys_for", "rank", "top_k"]

Keys = npt.NDArray[np.generic]
Key = Callable[[Places], Keys]  # the keys of matches at some places; the least is first

_SPARE: Final = 16  # hits ranked beyond a page, for those that collapse into others
_STRIDE: Final = 16  # one in so many values is a sample of them
_MARGIN: Final = 8  # of the sample: if the best are many in it by chance
# The integer column a sort begins with, and whether its greatest value comes first.
_COLUMNS: Final[dict[Sort, tuple[str, bool]]] = {
    "newest": ("date", True),
    "oldest": ("date", False),
    "answered": ("answer_date", True),
    "longest-delay": (WAITED, True),
    "shortest-delay": ("delay_days", False),
    "number": ("number_order", False),
    "first-seen": ("first_seen", True),
}


class RankedHit(NamedTuple):
    """A document, its score, its siblings among the matches, best first, and whether it has most of the words only."""

    doc: int
    score: float
    siblings: tuple[int, ...]
    partial: bool


class RankedDocs(NamedTuple):
    """Documents that match text and filters, with their scores, sort keys and groups."""

    docs: Docs
    scores: Scores | None  # None: all alike
    keys: Sequence[Key]
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
        each = zip(places.tolist(), self.docs[places].tolist(), scores.tolist(), partial.tolist(), strict=True)
        return [RankedHit(doc, score, self._siblings(place), part) for place, doc, score, part in each]

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
            return _sorted(self.keys, self.best)[:wanted]
        return top_k(self.keys, len(self.docs), wanted)

    def _siblings(self, place: int) -> tuple[int, ...]:
        """Return the other matches of a group, best first."""
        members = () if self.groups is None else self.groups.of(int(self.docs[place]))
        if len(members) < 2:
            return ()
        at = np.minimum(self.docs.searchsorted(members), len(self.docs) - 1)
        matching = at[self.docs[at] == members]
        return tuple(self.docs[_sorted(self.keys, matching[matching != place])].tolist())


def rank(request: Request, query: ParsedQuery | None, found: RankedMatches, view: SnapshotCache) -> RankedDocs:
    """Rank the matches of a request in its order; partial ones follow the others."""
    docs = found.matches.docs
    scores = _scores(request, query, found.matches, view)
    keys = keys_for(request.sort, view, docs, scores, found.partial)
    best = None
    if scores is not None and query is not None and request.proximity:
        best = np.sort(top_k(keys, len(docs), min(RERANKED, len(docs))))
        scores[best] *= as_typed(TypedWords.of(query, request.text), docs[best], view)  # they stay ahead of all others
    groups = groups_of(view) if request.fold else None
    return RankedDocs(docs, scores, keys, groups, found.partial, best)


def _scores(request: Request, query: ParsedQuery | None, matches: Matches, view: SnapshotCache) -> Scores | None:
    """Return the scores a request needs; None if all are equal, the sort does not use them, or time is up."""
    if query is None or request.sort != "relevance":
        return None
    try:
        scores = matches.score(None)
    except OutOfTime:
        return None
    return scores * recency(view)[matches.docs] if request.recency else scores.copy()


def keys_for(
    sort: Sort, view: SnapshotCache, docs: Docs, scores: Scores | None, partial: Mask | None = None
) -> list[Key]:
    """Return the keys of a sort for these matches; only relevance uses `scores` and puts `partial` ones last."""
    ties = [_column(view, docs, "date", True), _column(view, docs, "number_order", False)]
    if sort == "relevance":
        best = [] if scores is None else [lambda places: -scores[places]]
        full = [] if partial is None else [lambda places: partial[places]]
        return [*full, *best, *ties]
    name, greatest_first = _COLUMNS[sort]
    return [_column(view, docs, name, greatest_first), *ties]


def _column(view: SnapshotCache, docs: Docs, name: str, greatest_first: bool) -> Key:
    """Return the key of an integer column; MISSING, the least integer, is last either way."""
    column = numbers_of(name, view)
    last = np.iinfo(column.dtype).max

    def key(places: Places) -> Keys:
        values = column[docs[places]]
        return ~values if greatest_first else np.where(values == MISSING, last, values)

    return key


def top_k(keys: Sequence[Key], count: int, wanted: int) -> Places:
    """Return the places of the `wanted` best of `count` matches, best first; ties go to the earlier document."""
    rest = np.arange(count)
    if wanted < 1:
        return rest[:0]
    chosen: list[Places] = []
    for key in keys:
        if len(rest) <= wanted:
            break
        values = key(rest)
        limit = _kth(values, wanted)
        better = rest[values < limit]
        chosen.append(better)
        wanted -= len(better)
        rest = rest[values == limit]
    return _sorted(keys, np.concatenate([*chosen, rest[:wanted]]))


def _kth(values: Keys, wanted: int) -> Any:
    """Return the value at place `wanted` of sorted values, from 1.

    A sample tells a bound that is nearly always above it, and few values are below: ten times as fast as all of them.
    """
    sample = values[::_STRIDE]
    rank = 2 * (wanted // _STRIDE) + _MARGIN
    if rank < len(sample):
        near = values[values <= np.partition(sample, rank)[rank]]
        values = near if len(near) >= wanted else values
    return np.partition(values, wanted - 1)[wanted - 1]


def _sorted(keys: Sequence[Key], places: Places) -> Places:
    """Sort these places, best first."""
    return places[np.lexsort([places, *(key(places) for key in reversed(keys))])]
