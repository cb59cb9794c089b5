"""Counts the matching documents per value of a facet.

Every count is exact. Matches are document numbers, a facet is a table with one row of codes per document, and a count
is one `bincount` over the rows of the matches. Values are sorted, so ordering by code is ordering by value.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from searchq.engines.embedded.array_steps import count_rows
from searchq.engines.embedded.execution.matches import Docs, among
from searchq.engines.embedded.facet_values import column_of, labels_containing
from searchq.engines.embedded.filters import Chosen, Filters, code_of
from searchq.engines.embedded.snapshot_cache import SnapshotCache, per_snapshot
from searchq.index.format.encoding import Ints, narrowest
from searchq.limits import MAX_FACET_VALUES
from searchq.query.facet_table import FacetName, facet_named
from searchq.query.hits import FacetCounts, FacetValue
from searchq.query.request import FacetQuery, Request
from searchq.query.value_names import ANSWERED

__all__ = ["Matching", "count_facet", "count_facets"]

Counts = npt.NDArray[np.intp]

_FITTING: Final = 0.95  # of the documents have all their values in the table of a facet


class Matching:
    """Documents to count, shared by all facets."""

    def __init__(self, docs: Docs, view: SnapshotCache) -> None:
        self.docs = docs
        self._view = view

    @cached_property
    def others(self) -> Docs | None:
        """Return the live documents that do not match, if they are fewer; else None."""
        snapshot = self._view.snapshot
        if len(self.docs) * 2 <= snapshot.doc_count:
            return None
        others = np.ones(snapshot.max_doc, np.bool_) if snapshot.live is None else snapshot.live.copy()
        others[self.docs] = False
        return others.nonzero()[0]


def count_facets(
    request: Request, matched: Docs, filters: Filters, docs: Docs, view: SnapshotCache
) -> tuple[FacetCounts, ...]:
    """Count the facets of a request; `docs` are those of the text's `matched` documents that pass all filters."""
    counted, matching = [], Matching(docs, view)
    for query in request.facets:
        own = matching
        if query.name in filters.facets:
            own = Matching(filters.narrow(matched, without=query.name)[0], view)
        counted.append(count_facet(query, own, filters.chosen.get(query.name, ()), view))
    return tuple(counted)


def count_facet(query: FacetQuery, matching: Matching, chosen: Sequence[Chosen], view: SnapshotCache) -> FacetCounts:
    """Count the requested and all selected values among the matches, ignoring the facet's own selection."""
    counts, missing = _counts(query.name, matching, view)
    values, order = column_of(query.name, view).values, _order(query)
    elsewhere = [_elsewhere(each, matching.docs) for each in chosen if not each.values and not each.missing]
    carried = counts.nonzero()[0]
    distinct, top = len(carried), _top(query, carried, counts, view)
    undated = _undated_answers(matching.docs, view) if query.name == "delay" else 0
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


def _undated_answers(docs: Docs, view: SnapshotCache) -> int:
    """Count the answers of the Chamber, which does not publish their days."""
    answers = _chamber_answers(view)
    return 0 if answers is None else int(np.count_nonzero(answers[docs]))


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


def _counts(name: FacetName, matching: Matching, view: SnapshotCache) -> tuple[Counts, int]:
    """Count the documents with each value, and without any; for most documents, by subtracting the others."""
    if matching.others is None:
        return _counted(name, matching.docs, view)
    totals, missing = _totals(view, name)
    counts, without = _counted(name, matching.others, view)
    return totals - counts, missing - without


@per_snapshot
def _totals(view: SnapshotCache, name: FacetName) -> tuple[Counts, int]:
    """Count all documents with each value, and without any."""
    return _counted(name, view.live_docs, view)


def _counted(name: FacetName, docs: Docs, view: SnapshotCache) -> tuple[Counts, int]:
    """Count these documents with each value, and without any, directly."""
    table = _table(view, name)
    counts = count_rows(table.rows, docs, table.size + table.rows.shape[1])
    if len(table.owners):
        counts += np.bincount(table.others[among(table.owners, docs, view.snapshot.max_doc)], minlength=len(counts))
    return counts[: table.size], int(counts[table.size])


class _Table(Struct, frozen=True, eq=False):
    """A facet of `size` values with a row per document, wide enough for nearly all documents.

        rows      value 3   value 7   size + 2      two values; the last place is empty
                  size      size + 1  size + 2      no value: all places are empty

    `rows` are uint8 to uint32[max_doc, width]. Codes that do not fit are `others`, intp[r], of documents `owners`,
    intp[r] ascending. Empty places have their own codes (the first marks a document without values), so they are
    counted too and need no mask.
    """

    size: int
    rows: Ints
    owners: Docs
    others: Counts


@per_snapshot
def _table(view: SnapshotCache, name: FacetName) -> _Table:
    column, max_doc = column_of(name, view), view.snapshot.max_doc
    size = len(column.values)
    starts = np.arange(max_doc + 1) if column.indptr is None else column.indptr
    held = np.diff(starts)
    width = max(1, int(np.quantile(held, _FITTING))) if max_doc else 1
    rows = np.tile(np.arange(size, size + width), (max_doc, 1))
    owners, places = np.arange(max_doc).repeat(held), np.arange(len(column.codes)) - starts[:-1].repeat(held)
    fitting = (places < width) & (column.codes >= 0)
    rows[owners[fitting], places[fitting]] = column.codes[fitting]
    rest = (places >= width).nonzero()[0]
    return _Table(size, narrowest(rows), owners[rest], column.codes[rest].astype(np.intp))


def _top(query: FacetQuery, codes: Counts, counts: Counts, view: SnapshotCache) -> Counts:
    """The codes to return, ordered, filtered by `contains`."""
    limit, ranks = min(max(query.limit, 0), MAX_FACET_VALUES), _ranks(view, query.name)
    if query.contains:
        codes = codes[labels_containing(query.name, query.contains, view)[codes]]
    keys = ranks[codes]
    if query.order == "count":
        keys = keys - counts[codes] * len(counts)  # most frequent first, then in their own order; all distinct
        if 0 < limit < len(keys):
            best = keys.argpartition(limit)[:limit]
            codes, keys = codes[best], keys[best]
    return codes[keys.argsort()][:limit]


@per_snapshot
def _ranks(view: SnapshotCache, name: FacetName) -> Counts:
    """Return the rank of each value in the facet's own order."""
    values, facet = column_of(name, view).values, facet_named(name)
    ranks = np.arange(len(values))
    if facet.is_counted:
        ranks[sorted(range(len(values)), key=lambda code: facet.rank(values[code]))] = np.arange(len(values))
    return ranks
