"""Filters: what a request selects, excludes and limits, as masks over all documents.

A mask is bool[max_doc]. One selection is one mask, cached per snapshot and shared by requests; a request is the
conjunction of its masks. A facet is counted without its own selection, so the masks stay separate:

    party:sp.a ──┐                       total        party & minister & dates
    minister:… ──┼── Filters             for "party"          minister & dates
    dates ───────┘
"""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import reduce
from typing import NamedTuple

import numpy as np

from searchq.engines.embedded.execution.matches import Docs, Places
from searchq.engines.embedded.facet_values import catalog_of, column_of
from searchq.engines.embedded.snapshot_cache import Mask, SnapshotCache
from searchq.engines.embedded.waiting import numbers_of
from searchq.index.schema import MISSING
from searchq.query.facet_table import DELAY_DAYS, FacetName
from searchq.query.hints import Hint
from searchq.query.request import DaysRange, Request, Selection
from searchq.query.resolver import Resolved, resolved
from searchq.query.selections import merged, spans_of

__all__ = ["Chosen", "Filters", "code_of", "filters_of"]


class Chosen(NamedTuple):
    """A selected value: the facet values it resolves to, or a mask for anything else."""

    typed: str
    values: tuple[str, ...]
    mask: Mask | None = None
    excluded: bool = False
    missing: bool = False  # selects the documents without a value


class Filters(NamedTuple):
    """The masks of one request, one per selected facet and range of days; the selected values; hints."""

    facets: Mapping[FacetName, Mask]
    others: tuple[Mask, ...]
    chosen: Mapping[FacetName, tuple[Chosen, ...]]
    hints: tuple[Hint, ...]

    def mask(self, without: FacetName | None = None) -> Mask | None:
        """Return the mask of all filters except that of one facet; None if nothing is filtered."""
        masks = [mask for facet, mask in self.facets.items() if facet != without]
        found = [*masks, *self.others]
        return reduce(np.logical_and, found) if found else None

    def narrow(self, docs: Docs, without: FacetName | None = None) -> tuple[Docs, Places | None]:
        """Return the documents that pass all filters except that of one facet, and their places (None: all)."""
        mask = self.mask(without)
        if mask is None:
            return docs, None
        places = mask[docs].nonzero()[0]
        return docs[places], places

    def places(self, docs: Docs) -> Places | None:
        """Return the places of the documents that pass all filters; None: all do."""
        return self.narrow(docs)[1]


def filters_of(request: Request, view: SnapshotCache) -> Filters:
    """Return the filters of a request; an unknown value matches nothing, and a hint names the nearest one."""
    hints: list[Hint] = []
    selected = merged(request.selections)
    chosen = {facet: tuple(_resolved(selection, request.today, view, hints)) for facet, selection in selected.items()}
    masks = {facet: _selection_mask(selected[facet], found, request.today, view) for facet, found in chosen.items()}
    ranges = tuple(_span_mask(name, span, view) for name, span in spans_of(request, hints).items())
    return Filters(masks, ranges, chosen, tuple(hints))


def _resolved(selection: Selection, today: dt.date | None, view: SnapshotCache, hints: list[Hint]) -> Iterable[Chosen]:
    for typed, excluded, found in resolved(selection, catalog_of(view), today, hints):
        yield _chosen(selection.facet, typed, found, excluded, view)


def _chosen(facet: FacetName, typed: str, found: Resolved, excluded: bool, view: SnapshotCache) -> Chosen:
    if found.missing:
        return Chosen(typed, (), missing_mask(facet, view), excluded, missing=True)
    if found.days is not None:
        return Chosen(typed, (), _span_mask(DELAY_DAYS, DaysRange(found.days.first, found.days.last), view), excluded)
    if found.facet != facet:
        return Chosen(typed, (), _value_mask(found.facet, found.values, view), excluded)
    carried = column_of(facet, view).values
    return Chosen(typed, tuple(value for value in found.values if has_value(carried, value)), None, excluded)


def _selection_mask(
    selection: Selection, chosen: tuple[Chosen, ...], today: dt.date | None, view: SnapshotCache
) -> Mask:
    def made() -> Mask:
        every = np.ones(view.snapshot.max_doc, np.bool_)
        wanted = _any_mask(selection.facet, [each for each in chosen if not each.excluded], view)
        barred = _any_mask(selection.facet, [each for each in chosen if each.excluded], view)
        return (wanted if selection.include else every) & ~barred

    return view.recent.once((selection, today), made)  # today tells what `vorige maand` is


def _any_mask(facet: FacetName, chosen: list[Chosen], view: SnapshotCache) -> Mask:
    mask = _value_mask(facet, tuple(value for each in chosen for value in each.values), view)
    return reduce(np.logical_or, (each.mask for each in chosen if each.mask is not None), mask)


def _value_mask(facet: FacetName, wanted: tuple[str, ...], view: SnapshotCache) -> Mask:
    """Return a mask of the documents with any of these values."""
    column = column_of(facet, view)
    carried = np.zeros(len(column.values) + 1, np.bool_)
    carried[[code_of(column.values, value) for value in wanted]] = True
    held = carried[column.codes]  # code -1, no value, finds the last place
    if column.indptr is None:
        return held
    before = np.concatenate(([0], np.cumsum(held)))[column.indptr]
    return np.diff(before) > 0


def missing_mask(facet: FacetName, view: SnapshotCache) -> Mask:
    """Return a mask of the documents without a value."""
    column = column_of(facet, view)
    return column.codes < 0 if column.indptr is None else np.diff(column.indptr) == 0


def has_value(values: tuple[str, ...], value: str) -> bool:
    """Return whether a value is among the sorted values."""
    code = code_of(values, value)
    return code < len(values) and values[code] == value


def code_of(values: tuple[str, ...], value: str) -> int:
    """Return the code of a value: its place among the sorted values."""
    return bisect_left(values, value)


def _span_mask(name: str, span: DaysRange, view: SnapshotCache) -> Mask:
    def made() -> Mask:
        numbers = numbers_of(name, view)
        mask: Mask = numbers != MISSING
        if span.first is not None:
            mask &= numbers >= span.first
        if span.last is not None:
            mask &= numbers <= span.last
        return mask

    return view.recent.once((name, span), made)
