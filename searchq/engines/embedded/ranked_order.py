"""The order of matches: by the keys of a sort, one after another, or, for relevance, in C where it was built.

Every sort ends in date (newest first), question number and document number, so that no two matches are equal and pages
never overlap. What a sort looks at and a question lacks puts that question last, whichever way the sort runs.

    keys of "relevance"    partial     -score     later date     number
    asked for 20           keys are compared one by one: the second only among those equal in the first, …
"""

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from searchq.engines.embedded.array_steps import in_c
from searchq.engines.embedded.execution.matches import Docs, Places, Scores
from searchq.engines.embedded.snapshot_cache import Mask, SnapshotCache, per_snapshot
from searchq.engines.embedded.waiting import numbers_of
from searchq.index.schema import MISSING
from searchq.query.facet_table import WAITED
from searchq.query.request import Sort

__all__ = ["Key", "Order", "order_of", "top_k"]

Keys = npt.NDArray[np.generic]
Key = Callable[[Places], Keys]  # the keys of matches at some places; the least is first
Column = npt.NDArray[np.signedinteger[Any]]

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


class Order(Protocol):
    """The order of some matches, told by their places."""

    def first(self, wanted: int) -> Places:
        """Return the places of the first matches, at most all, in order."""

    def best_of(self, places: Places, wanted: int) -> Places:
        """Return the first of these places, at most all, in order."""


class _ByKeys(NamedTuple):
    keys: Sequence[Key]
    size: int

    def first(self, wanted: int) -> Places:
        return top_k(self.keys, self.size, wanted)

    def best_of(self, places: Places, wanted: int) -> Places:
        return _sorted(self.keys, places)[:wanted]


class _ByScore(NamedTuple):
    """Relevance in C; the scores may change between two calls."""

    docs: Docs
    scores: Scores
    partial: Mask | None
    columns: tuple[Column, Column]

    def first(self, wanted: int) -> Places:
        return self._best(None, min(wanted, len(self.docs)))

    def best_of(self, places: Places, wanted: int) -> Places:
        return self._best(places, min(wanted, len(places)))

    def _best(self, among: Places | None, wanted: int) -> Places:
        found = np.empty(wanted, np.intp)
        assert in_c is not None
        in_c.first_places(self.docs, self.scores, self.partial, *self.columns, MISSING, among, found)
        return found


def order_of(sort: Sort, view: SnapshotCache, docs: Docs, scores: Scores | None, partial: Mask | None = None) -> Order:
    """Return the order of a sort for these matches; only relevance uses `scores` and puts `partial` ones last."""
    if sort == "relevance" and scores is not None and in_c is not None:
        return _ByScore(docs, scores, partial, _tie_columns(view))
    return _ByKeys(_keys_for(sort, view, docs, scores, partial), len(docs))


@per_snapshot
def _tie_columns(view: SnapshotCache) -> tuple[Column, Column]:
    return np.asarray(view.snapshot.integers("date")), np.asarray(view.snapshot.integers("number_order"))


def _keys_for(sort: Sort, view: SnapshotCache, docs: Docs, scores: Scores | None, partial: Mask | None) -> list[Key]:
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
