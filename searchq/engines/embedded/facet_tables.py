"""Facets as tables with a row of codes per document, and how many of some documents have each code.

A count is one `bincount` over the rows of the documents; of most documents, it is that of all less that of the others.
"""

from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from searchq.engines.embedded.array_steps import count_rows
from searchq.engines.embedded.execution.matches import Docs, among
from searchq.engines.embedded.facet_values import column_of
from searchq.engines.embedded.snapshot_cache import SnapshotCache, per_snapshot
from searchq.index.format.encoding import Ints, narrowest
from searchq.query.facet_table import FacetName, facet_named

__all__ = ["Counts", "FacetTable", "Matching", "count_values", "ranks_of", "rows_of", "totals_of"]

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


class FacetTable(Struct, frozen=True, eq=False):
    """A facet with a row per document, wide enough for nearly all documents.

        rows      value 3   value 7   size + 2      two values; the last place is empty
                  size      size + 1  size + 2      no value: all places are empty

    `rows` are uint8 to uint32[max_doc, width]. Codes that do not fit are `others`, intp[r], of documents `owners`,
    intp[r] ascending. Empty places have their own codes (the first marks a document without values), so they are
    counted too and need no mask. `order` are the codes in the facet's own order.
    """

    rows: Ints
    owners: Docs
    others: Counts
    order: Counts
    values: tuple[str, ...]

    @property
    def size(self) -> int:
        return len(self.values)

    @property
    def width(self) -> int:
        return int(self.rows.shape[1])


@per_snapshot
def rows_of(view: SnapshotCache, name: FacetName) -> FacetTable:
    """Return the table of a facet."""
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
    others = column.codes[rest].astype(np.intp)
    return FacetTable(narrowest(rows), owners[rest], others, _in_own_order(name, column.values), column.values)


def _in_own_order(name: FacetName, values: tuple[str, ...]) -> Counts:
    """Return the codes of sorted values in the order of their facet."""
    facet = facet_named(name)
    if not facet.is_counted:
        return np.arange(len(values))
    return np.array(sorted(range(len(values)), key=lambda code: facet.rank(values[code])), np.intp)


@per_snapshot
def ranks_of(view: SnapshotCache, name: FacetName) -> Counts:
    """Return the rank of each value in the facet's own order."""
    order = rows_of(view, name).order
    ranks = np.empty_like(order)
    ranks[order] = np.arange(len(order))
    return ranks


def count_values(name: FacetName, matching: Matching, view: SnapshotCache) -> Counts:
    """Count the documents with each value, and, last, without any."""
    if matching.others is None:
        return _counted(name, matching.docs, view)
    return totals_of(view, name) - _counted(name, matching.others, view)


@per_snapshot
def totals_of(view: SnapshotCache, name: FacetName) -> Counts:
    """Count all documents with each value, and, last, without any."""
    return _counted(name, view.live_docs, view)


def _counted(name: FacetName, docs: Docs, view: SnapshotCache) -> Counts:
    """Count these documents with each value, and, last, without any, directly."""
    table = rows_of(view, name)
    counts = count_rows(table.rows, docs, table.size + table.width)
    if len(table.owners):
        counts += np.bincount(table.others[among(table.owners, docs, view.snapshot.max_doc)], minlength=len(counts))
    return counts[: table.size + 1]
