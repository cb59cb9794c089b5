"""Sorting: the sorts that a request can choose, as keys; the least key is first.

Every sort ends in date (newest first), question number and document number, so that no two matches are equal and pages
never overlap. What a sort looks at and a question lacks puts that question last, whichever way the sort runs.

    keys of "relevance"    -score     later date     number
    asked for 20           keys are compared one by one: the second only among those equal in the first, …
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from searchq.engines.embedded.execution.matches import Docs, Places, Scores
from searchq.engines.embedded.snapshot_cache import Mask, SnapshotCache
from searchq.engines.embedded.waiting import numbers_of
from searchq.index.schema import MISSING
from searchq.query.facet_table import WAITED
from searchq.query.request import Sort

__all__ = ["Key", "keys_for", "ordered", "top_k"]

Keys = npt.NDArray[np.generic]
Key = Callable[[Places], Keys]  # the keys of matches at some places; the least is first

# The integer column a sort begins with, and whether its greatest value comes first.
_COLUMNS: Final[dict[Sort, tuple[str, bool]]] = {
    "newest": ("date", True),
    "oldest": ("date", False),
    "answered": ("answer_date", True),
    "longest-delay": (WAITED, True),
    "shortest-delay": ("delay_days", False),
    "number": ("number_order", False),
}


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
    return ordered(keys, np.concatenate([*chosen, rest[:wanted]]))


def _kth(values: Keys, wanted: int) -> Any:
    """Return the value at place `wanted` of sorted values, from 1.

    A sample tells a bound that is nearly always above it, and few values are below: ten times as fast as all of them.
    """
    sample = values[::_STRIDE]
    rank = 2 * (wanted // _STRIDE) + _SPARE
    if rank < len(sample):
        near = values[values <= np.partition(sample, rank)[rank]]
        values = near if len(near) >= wanted else values
    return np.partition(values, wanted - 1)[wanted - 1]


_STRIDE: Final = 16
_SPARE: Final = 8  # of the sample: if the best are many in it by chance


def ordered(keys: Sequence[Key], places: Places) -> Places:
    """Sort these places, best first."""
    return places[np.lexsort([places, *(key(places) for key in reversed(keys))])]


def _column(view: SnapshotCache, docs: Docs, name: str, greatest_first: bool) -> Key:
    """Return the key of an integer column; MISSING, the least integer, is last either way."""
    column = numbers_of(name, view)
    last = np.iinfo(column.dtype).max

    def key(places: Places) -> Keys:
        values = column[docs[places]]
        return ~values if greatest_first else np.where(values == MISSING, last, values)

    return key
