"""What a request selects: changes, each of which returns to the first page, and how an engine is to read it."""

from collections.abc import Iterable

from msgspec.structs import replace

from searchq.query.facet_table import WAITED, FacetName
from searchq.query.hints import Hint
from searchq.query.request import DateRange, DaysRange, Request, Selection
from searchq.query.values import same_value

__all__ = ["excluding", "including", "merged", "ordinals", "selecting", "selection_of", "spans_of", "without"]


def including(request: Request, facet: FacetName, value: str) -> Request:
    """Select a value."""
    old = selection_of(request, facet)
    return selecting(
        request, Selection(facet, (*_less(facet, old.include, value), value), _less(facet, old.exclude, value))
    )


def excluding(request: Request, facet: FacetName, value: str) -> Request:
    """Exclude a value."""
    old = selection_of(request, facet)
    return selecting(
        request, Selection(facet, _less(facet, old.include, value), (*_less(facet, old.exclude, value), value))
    )


def without(request: Request, facet: FacetName, value: str) -> Request:
    """Neither select nor exclude the value.

    A value may be selected under another name (`buitenlandse zaken` selects every title with these words); then remove
    the facet's whole selection.
    """
    old = selection_of(request, facet)
    new = Selection(facet, _less(facet, old.include, value), _less(facet, old.exclude, value))
    return selecting(request, new if new != old else Selection(facet))


def selection_of(request: Request, facet: FacetName) -> Selection:
    """Return the selection of a facet, empty if there is none."""
    return next((one for one in request.selections if one.facet == facet), Selection(facet))


def selecting(request: Request, selection: Selection) -> Request:
    """Replace the selection of a facet."""
    others = tuple(one for one in request.selections if one.facet != selection.facet)
    kept = (*others, selection) if selection.include or selection.exclude else others
    return replace(request, selections=kept, page=1)


def merged(selections: Iterable[Selection]) -> dict[FacetName, Selection]:
    """Merge the selections of each facet; none that selects nothing."""
    found: dict[FacetName, Selection] = {}
    for each in selections:
        before = found.get(each.facet, Selection(each.facet))
        include = tuple(dict.fromkeys(before.include + each.include))
        found[each.facet] = Selection(each.facet, include, tuple(dict.fromkeys(before.exclude + each.exclude)))
    return {facet: each for facet, each in found.items() if each.include or each.exclude}


def ordinals(span: DateRange, hints: list[Hint]) -> DaysRange:
    """Return a range as day numbers, its ends in order; add a hint if they were not."""
    if span.first is not None and span.last is not None and span.first > span.last:
        span = DateRange(span.last, span.first, swapped=True)
    if span.swapped:
        hints.append(Hint("dates-swapped", {"first": str(span.first), "last": str(span.last)}))
    first, last = (None if day is None else day.toordinal() for day in (span.first, span.last))
    return DaysRange(first, last)


def spans_of(request: Request, hints: list[Hint]) -> dict[str, DaysRange]:
    """Return the bounds of a request, by the name of what they bound: days as numbers, and days waited."""
    days = {"date": request.asked, "answer_date": request.answered}
    spans = {name: ordinals(span, hints) for name, span in days.items() if span}
    return spans | ({WAITED: request.waited} if request.waited else {})


def _less(facet: FacetName, values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(one for one in values if not same_value(facet, one, value))
