"""Counts the matching documents per value of a facet.

Every count is exact. Facets of which the first values are wanted are counted together, in C where it was built
(searchq/kernel/facets.c), else one by one, as are those with a selection or a part of a value to look for. Values are
sorted, so ordering by code is ordering by value.
"""

from collections.abc import Callable, Sequence
from types import ModuleType

import numpy as np
import numpy.typing as npt

from searchq.engines.embedded.execution.matches import Docs
from searchq.engines.embedded.facet_tables import Counts, Matching, count_values, ranks_of, rows_of, totals_of
from searchq.engines.embedded.facet_values import column_of, labels_containing
from searchq.engines.embedded.filters import Chosen, Filters, code_of
from searchq.engines.embedded.snapshot_cache import SnapshotCache, per_snapshot
from searchq.kernel import built
from searchq.limits import MAX_FACET_VALUES
from searchq.query.facet_table import facet_named
from searchq.query.hits import FacetCounts, FacetValue
from searchq.query.request import FacetQuery, Request
from searchq.query.value_names import ANSWERED

__all__ = ["count_facet", "count_facets"]

in_c: ModuleType | None = built("facets")


def count_facets(
    request: Request, matched: Docs, filters: Filters, docs: Docs, view: SnapshotCache
) -> tuple[FacetCounts, ...]:
    """Count the facets of a request; `docs` are those of the text's `matched` documents that pass all filters."""
    if not request.facets:
        return ()
    matching = Matching(docs, view)
    together = [query for query in request.facets if _is_plain(query, filters)]
    found = iter(_count_together(together, matching, view))
    return tuple(
        [
            next(found) if _is_plain(query, filters) else _count_apart(query, matched, filters, matching, view)
            for query in request.facets
        ]
    )


def _is_plain(query: FacetQuery, filters: Filters) -> bool:
    """Return whether the first values of a facet are wanted, whatever they are, among all matches."""
    return query.name not in filters.facets and not query.contains


def _count_together(queries: Sequence[FacetQuery], matching: Matching, view: SnapshotCache) -> list[FacetCounts]:
    """Count the first values of some facets among the same matches."""
    if in_c is None:
        return [count_facet(query, matching, (), view) for query in queries]
    docs = matching.docs if matching.others is None else matching.others
    facets = []
    for query in queries:
        table = rows_of(view, query.name)
        totals = None if matching.others is None else totals_of(view, query.name)
        arrays = (table.rows, table.owners, table.others, table.order, totals)
        facets.append((*arrays, table.values, table.width, _limit(query), query.order == "count"))
    counted = []
    for query, found in zip(queries, in_c.first_values(tuple(facets), docs), strict=True):
        values, counts, distinct, missing = found
        shown, undated = tuple(map(FacetValue, values, counts)), _undated(query, matching, view)
        counted.append(FacetCounts(query.name, shown, distinct, missing, undated=undated))
    return counted


def _count_apart(
    query: FacetQuery, matched: Docs, filters: Filters, matching: Matching, view: SnapshotCache
) -> FacetCounts:
    """Count a facet ignoring its own selection."""
    if query.name in filters.facets:
        matching = Matching(filters.narrow(matched, without=query.name)[0], view)
    return count_facet(query, matching, filters.chosen.get(query.name, ()), view)


def count_facet(query: FacetQuery, matching: Matching, chosen: Sequence[Chosen], view: SnapshotCache) -> FacetCounts:
    """Count the requested and all selected values among the matches, ignoring the facet's own selection."""
    counts = count_values(query.name, matching, view)
    counts, missing = counts[:-1], int(counts[-1])
    values, order = column_of(query.name, view).values, _order(query)
    elsewhere = [_elsewhere(each, matching.docs) for each in chosen if not each.values and not each.missing]
    carried = counts.nonzero()[0]
    distinct, top = len(carried), _top(query, carried, counts, view)
    undated = _undated(query, matching, view)
    if not chosen:
        shown = zip(top.tolist(), counts[top].tolist(), strict=True)
        found = [FacetValue(values[code], count) for code, count in shown]
        return FacetCounts(query.name, tuple(found), distinct, missing, undated=undated)
    marked = {code_of(values, value): each.excluded for each in chosen for value in each.values}
    found = [
        FacetValue(values[code], int(counts[code]), marked.get(code) is False, marked.get(code, False))
        for code in dict.fromkeys([*top.tolist(), *marked])
    ]
    found = sorted(found + elsewhere, key=order)
    without = {each.excluded for each in chosen if each.missing}
    return FacetCounts(query.name, tuple(found), distinct, missing, False in without, True in without, undated)


def _undated(query: FacetQuery, matching: Matching, view: SnapshotCache) -> int:
    """Count, for the delay, the answers of the Chamber, which does not publish their days."""
    answers = _chamber_answers(view) if query.name == "delay" else None
    return 0 if answers is None else int(np.count_nonzero(answers[matching.docs]))


@per_snapshot
def _chamber_answers(view: SnapshotCache) -> npt.NDArray[np.bool_] | None:
    """Mark the answers of the Chamber that have no delay; None if there are no documents of the Chamber."""
    houses, statuses = view.snapshot.facet("house"), view.snapshot.facet("status")
    if "chamber" not in houses.values:
        return None
    answered = [code for code, value in enumerate(statuses.values) if value in ANSWERED]
    is_left_out: npt.NDArray[np.bool_] = np.isin(statuses.codes, answered)
    is_left_out &= houses.codes == houses.values.index("chamber")
    is_left_out &= view.snapshot.facet("delay").codes < 0
    return is_left_out


def _order(query: FacetQuery) -> Callable[[FacetValue], tuple[int, int, str]]:
    rank = facet_named(query.name).rank
    return lambda one: (-one.count if query.order == "count" else 0, *rank(one.value))


def _elsewhere(chosen: Chosen, docs: Docs) -> FacetValue:
    """Count a selected value that is not a value of the facet: a portfolio for ministers, or one without documents."""
    count = 0 if chosen.mask is None else int(np.count_nonzero(chosen.mask[docs]))
    return FacetValue(chosen.typed, count, not chosen.excluded, chosen.excluded)


def _top(query: FacetQuery, codes: Counts, counts: Counts, view: SnapshotCache) -> Counts:
    """The codes to return, ordered, filtered by `contains`."""
    limit, ranks = _limit(query), ranks_of(view, query.name)
    if query.contains:
        codes = codes[labels_containing(query.name, query.contains, view)[codes]]
    keys = ranks[codes]
    if query.order == "count":
        keys = keys - counts[codes] * len(counts)  # most frequent first, then in their own order; all distinct
        if 0 < limit < len(keys):
            best = keys.argpartition(limit)[:limit]
            codes, keys = codes[best], keys[best]
    return codes[keys.argsort()][:limit]


def _limit(query: FacetQuery) -> int:
    return min(max(query.limit, 0), MAX_FACET_VALUES)
