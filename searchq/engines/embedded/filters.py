"""Filters: what a request ticks, bars and bounds, as masks over all documents.

A mask is bool[max_doc]. One selection is one mask, kept with the view and shared by all requests that ask the same;
a request is the conjunction of its masks. A facet is counted without its own selection, so the masks stay apart:

    party:sp.a ──┐                       total        party & minister & dates
    minister:… ──┼── Filters             for "party"          minister & dates
    dates ───────┘
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from searchq.engines.embedded.snapshot_cache import Mask, View
from searchq.index.schema import MISSING
from searchq.query import values as looks
from searchq.query.hints import Hint
from searchq.query.request import DateRange, FacetName, Request, Selection

__all__ = ["Chosen", "Filters", "code_of", "filters_of"]


class Chosen(NamedTuple):
    """A value as it was selected: the published values it stands for, and its mask when it is none of this facet's."""

    typed: str
    values: tuple[str, ...]
    mask: Mask | None = None
    excluded: bool = False


class Filters(NamedTuple):
    """The masks of one request: one a facet with a selection, one a range of days; what was chosen; hints."""

    facets: Mapping[FacetName, Mask]
    others: tuple[Mask, ...]
    chosen: Mapping[FacetName, tuple[Chosen, ...]]
    hints: tuple[Hint, ...]

    def mask(self, without: FacetName | None = None) -> Mask | None:
        """What passes every filter but that of one facet; None when nothing is filtered."""
        masks = [mask for facet, mask in self.facets.items() if facet != without]
        found = [*masks, *self.others]
        return reduce(np.logical_and, found) if found else None


def filters_of(request: Request, view: View) -> Filters:
    """The filters of a request; a value nobody carries lets nothing through, and a hint names the nearest."""
    hints: list[Hint] = []
    merged = _by_facet(request.selections)
    chosen = {facet: tuple(_resolved(selection, view, hints)) for facet, selection in merged.items()}
    masks = {facet: _selection_mask(merged[facet], found, view) for facet, found in chosen.items()}
    days = (("date", request.asked), ("answer_date", request.answered))
    ranges = tuple(_days_mask(name, _ordered(span, hints), view) for name, span in days if span)
    return Filters(masks, ranges, chosen, tuple(hints))


def _by_facet(selections: Iterable[Selection]) -> dict[FacetName, Selection]:
    """All that is selected in a facet as one selection."""
    merged: dict[FacetName, Selection] = {}
    for each in selections:
        before = merged.get(each.facet, Selection(each.facet))
        include = tuple(dict.fromkeys(before.include + each.include))
        merged[each.facet] = Selection(each.facet, include, tuple(dict.fromkeys(before.exclude + each.exclude)))
    return {facet: each for facet, each in merged.items() if each.include or each.exclude}


def _resolved(selection: Selection, view: View, hints: list[Hint]) -> Iterable[Chosen]:
    for typed, excluded in [*((v, False) for v in selection.include), *((v, True) for v in selection.exclude)]:
        found = _values_of(selection.facet, typed, view)
        if not found.values and found.mask is None:
            hints.append(_unknown(selection.facet, typed, view))
        yield Chosen(found.typed, found.values, found.mask, excluded)


def _values_of(facet: FacetName, typed: str, view: View) -> Chosen:
    """The values a typed one stands for: itself but for case and accents, or what the facet tries besides."""
    values = view.snapshot.facet(facet).values
    for find in _FINDERS.get(facet, (_exact,)):
        found = find(typed, values, view)
        if found is not None:
            return found
    return Chosen(typed, ())


def _exact(typed: str, values: tuple[str, ...], view: View) -> Chosen | None:
    found = looks.exact(values, typed)
    return Chosen(typed, found) if found else None


def _named(facet: FacetName) -> "_Finder":
    """Values that go by another name: `beantwoord` for `answered`."""

    def find(typed: str, values: tuple[str, ...], view: View) -> Chosen | None:
        found = tuple(value for value in looks.known_as(facet, typed) if value in values)
        return Chosen(typed, found) if found else None

    return find


def _as_portfolio(typed: str, values: tuple[str, ...], view: View) -> Chosen | None:
    """Questions to whoever held a portfolio of that name."""
    portfolios = looks.exact(view.snapshot.facet("portfolio").values, typed)
    return Chosen(typed, (), _value_mask("portfolio", portfolios, view)) if portfolios else None


def _all_words(typed: str, values: tuple[str, ...], view: View) -> Chosen | None:
    found = looks.holding(values, typed)
    return Chosen(typed, found) if found else None


_Finder: TypeAlias = Callable[[str, tuple[str, ...], View], Chosen | None]
_FINDERS: Final[Mapping[FacetName, tuple[_Finder, ...]]] = {
    "minister": (_exact, _as_portfolio, _all_words),
    "status": (_exact, _named("status")),
    "language": (_exact, _named("language")),
}


def _selection_mask(selection: Selection, chosen: tuple[Chosen, ...], view: View) -> Mask:
    def made() -> Mask:
        every = np.ones(view.snapshot.max_doc, np.bool_)
        wanted = _any_mask(selection.facet, [each for each in chosen if not each.excluded], view)
        barred = _any_mask(selection.facet, [each for each in chosen if each.excluded], view)
        return (wanted if selection.include else every) & ~barred

    return view.recent(selection, made)


def _any_mask(facet: FacetName, chosen: list[Chosen], view: View) -> Mask:
    mask = _value_mask(facet, tuple(value for each in chosen for value in each.values), view)
    return reduce(np.logical_or, (each.mask for each in chosen if each.mask is not None), mask)


def _value_mask(facet: FacetName, wanted: tuple[str, ...], view: View) -> Mask:
    """Documents that carry any of some published values."""
    column = view.snapshot.facet(facet)
    carried = np.zeros(len(column.values) + 1, np.bool_)
    carried[[code_of(column.values, value) for value in wanted]] = True
    held = carried[column.codes]  # code -1, no value, finds the last place
    if column.indptr is None:
        return held
    before = np.concatenate(([0], np.cumsum(held)))[column.indptr]
    return np.diff(before) > 0


def code_of(values: tuple[str, ...], value: str) -> int:
    """The code of a published value: its place among the sorted values."""
    return bisect_left(values, value)


def _days_mask(name: str, span: DateRange, view: View) -> Mask:
    def made() -> Mask:
        days = view.snapshot.integers(name)
        mask: Mask = days != MISSING
        if span.first is not None:
            mask &= days >= span.first.toordinal()
        if span.last is not None:
            mask &= days <= span.last.toordinal()
        return mask

    return view.recent((name, span), made)


def _ordered(span: DateRange, hints: list[Hint]) -> DateRange:
    if span.first is None or span.last is None or span.first <= span.last:
        return span
    hints.append(Hint("dates-swapped", {"first": span.last.isoformat(), "last": span.first.isoformat()}))
    return DateRange(span.last, span.first)


def _unknown(facet: FacetName, typed: str, view: View) -> Hint:
    return Hint(*looks.unknown(facet, typed, [view.snapshot.facet(facet).values]))
