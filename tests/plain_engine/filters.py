"""What a request ticks, bars and bounds, as tests of one document at a time."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from searchq.query.facet_table import DELAY_DAYS, WAITED, FacetName
from searchq.query.hints import Hint
from searchq.query.ranges import Interval
from searchq.query.request import DateRange, DaysRange, Request
from searchq.query.resolver import Resolved, hints_of, resolve
from tests.plain_engine.document import Document
from tests.plain_engine.index import PlainIndex

__all__ = ["Chosen", "Filters", "filters_of"]

Test = Callable[[Document], bool]


@dataclass(frozen=True)
class Chosen:
    """A value as it was selected: the values of the facet that it means, if any, and what passes."""

    typed: str
    excluded: bool
    values: tuple[str, ...]
    missing: bool  # it means the questions without a value
    passes: Test


@dataclass(frozen=True)
class Filters:
    chosen: Mapping[FacetName, tuple[Chosen, ...]]
    days: Mapping[str, DateRange]
    waited: DaysRange
    hints: list[Hint] = field(default_factory=list)

    def passes(self, document: Document, without: FacetName | None = None) -> bool:
        """Whether a document passes every filter but that of one facet."""
        facets = [chosen for facet, chosen in self.chosen.items() if facet != without]
        return (
            all(_passes(chosen, document) for chosen in facets)
            and all(_on(document.numbers[name], span) for name, span in self.days.items())
            and (not self.waited or _counts(document.numbers[WAITED], self.waited))
        )


def _passes(chosen: tuple[Chosen, ...], document: Document) -> bool:
    """Any of the included ones, where there are any, and none of the excluded."""
    included = [one for one in chosen if not one.excluded]
    if any(one.passes(document) for one in chosen if one.excluded):
        return False
    return not included or any(one.passes(document) for one in included)


def _on(day: int | None, span: DateRange) -> bool:
    return day is not None and _inside(
        day, span.first.toordinal() if span.first else None, span.last.toordinal() if span.last else None
    )


def _counts(days: int | None, span: DaysRange) -> bool:
    return days is not None and _inside(days, span.first, span.last)


def _inside(number: int, first: int | None, last: int | None) -> bool:
    return (first is None or first <= number) and (last is None or number <= last)


def filters_of(request: Request, index: PlainIndex) -> Filters:
    """The filters of a request, with hints on what was typed."""
    hints: list[Hint] = []
    chosen = {
        facet: tuple(_chosen(facet, *each, request.today, index, hints) for each in typed)
        for facet, typed in _typed(request)
    }
    spans = {"date": request.asked, "answer_date": request.answered}
    days = {name: _in_order(span, hints) for name, span in spans.items() if span}
    return Filters(chosen, days, request.waited, hints)


def _typed(request: Request) -> list[tuple[FacetName, list[tuple[str, bool]]]]:
    """For each facet its selected values, those included first, each once; whether they are excluded."""
    found: dict[FacetName, list[tuple[str, bool]]] = {}
    for excluded in (False, True):
        for selection in request.selections:
            values = selection.exclude if excluded else selection.include
            found.setdefault(selection.facet, []).extend((value, excluded) for value in values)
    facets = dict.fromkeys(selection.facet for selection in request.selections)
    return [(facet, list(dict.fromkeys(found[facet]))) for facet in facets if found[facet]]


def _chosen(
    facet: FacetName, typed: str, excluded: bool, today: dt.date | None, index: PlainIndex, hints: list[Hint]
) -> Chosen:
    found = resolve(facet, typed, index.value_table, today)
    hints += hints_of(typed, found, index.value_table, facet)
    known = index.value_table(facet).labels
    own = tuple(value for value in found.values if value in known) if found.facet == facet else ()
    return Chosen(typed, excluded, own, found.missing, _test(facet, found, index))


def _test(facet: FacetName, found: Resolved, index: PlainIndex) -> Test:
    if found.missing:
        return lambda document: not document.values[facet]
    if found.days is not None:
        return _delayed(found.days)
    return lambda document: bool(set(index.labels(found.facet, document)) & set(found.values))


def _delayed(days: Interval) -> Test:
    def passes(document: Document) -> bool:
        delay = document.numbers[DELAY_DAYS]
        return delay is not None and _inside(delay, days.first, days.last)

    return passes


def _in_order(span: DateRange, hints: list[Hint]) -> DateRange:
    if span.first is not None and span.last is not None and span.first > span.last:
        span = DateRange(span.last, span.first, swapped=True)
    if span.swapped:
        hints.append(Hint("dates-swapped", {"first": str(span.first), "last": str(span.last)}))
    return span
