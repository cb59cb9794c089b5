"""Build a `Request` from keyword arguments."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias, get_args

from searchq.errors import RequestError
from searchq.limits import DEFAULT_PAGE_SIZE
from searchq.query import ranges
from searchq.query.facet_table import FACET_NAMES, FacetName, facet_named
from searchq.query.ranges import Day
from searchq.query.request import SORTS, DateRange, DaysRange, FacetQuery, Interval, Request, Selection, Sort

__all__ = ["Day", "Facets", "Values", "facet_queries", "make_request"]

Values: TypeAlias = str | int | Iterable[str | int]  # one value of a filter, or alternatives
Facets: TypeAlias = Iterable[str | FacetQuery]  # facet names; "party:20" counts twenty values

_INTERVALS: Final = frozenset(get_args(Interval))


def make_request(
    text: str = "",
    *,
    include: Mapping[str, Values] | None = None,
    exclude: Mapping[str, Values] | None = None,
    asked_from: Day | None = None,
    asked_to: Day | None = None,
    answered_from: Day | None = None,
    answered_to: Day | None = None,
    waited: str | int | None = None,
    facets: Facets = (),
    sort: Sort | None = None,
    page: int = 1,
    limit: int = DEFAULT_PAGE_SIZE,
    fold: bool = True,
    recency: bool = True,
    all_words: bool = False,
    translate: bool = True,
    histogram: bool = False,
    interval: Interval | None = None,
    today: dt.date | None = None,
) -> Request:
    """Build the request; `include` and `exclude` map facet names to values. Without text the newest come first.

    `waited` is a number or range of days; `today` is what days such as `gisteren` are told from.

    Raises RequestError, naming the value, for an unknown facet, sort, interval or date.
    """
    if sort is not None and sort not in SORTS:
        raise RequestError(f"Unknown sort “{sort}”; choose from {', '.join(SORTS)}.")
    if interval is not None and interval not in _INTERVALS:
        raise RequestError(f"Unknown interval “{interval}”; choose from {', '.join(sorted(_INTERVALS))}.")
    return Request(
        text=text,
        selections=_selections(include or {}, exclude or {}),
        asked=_period(asked_from, asked_to, today),
        answered=_period(answered_from, answered_to, today),
        waited=_waited(waited),
        facets=facet_queries(facets),
        sort=sort or ("relevance" if text.strip() else "newest"),
        page=page,
        limit=limit,
        fold=fold,
        recency=recency,
        all_words=all_words,
        translate=translate,
        histogram=histogram,
        interval=interval,
        today=today,
    )


def facet_queries(facets: Facets) -> tuple[FacetQuery, ...]:
    """Facets to count; years and the like by value, others by count."""
    return tuple(_facet_query(facet) for facet in ([facets] if isinstance(facets, str) else facets))


def _facet_query(facet: str | FacetQuery) -> FacetQuery:
    if isinstance(facet, FacetQuery):
        return facet
    name, _, limit = facet.partition(":")
    known = _facet_name(name)
    if limit and not (limit.isascii() and limit.isdigit()):
        raise RequestError(f"“{facet}” does not give a number of values; write {name}:20.")
    return FacetQuery(known, int(limit or 10), order="value" if facet_named(known).by_value else "count")


def _facet_name(name: str) -> FacetName:
    found = next((facet for facet in FACET_NAMES if facet == name.replace("-", "_")), None)
    if found is None:
        raise RequestError(f"Unknown facet “{name}”; choose from {', '.join(FACET_NAMES)}.")
    return found


def _selections(include: Mapping[str, Values], exclude: Mapping[str, Values]) -> tuple[Selection, ...]:
    wanted = {_facet_name(name): _values(values) for name, values in include.items()}
    barred = {_facet_name(name): _values(values) for name, values in exclude.items()}
    return tuple(
        Selection(name, wanted.get(name, ()), barred.get(name, ()))
        for name in FACET_NAMES
        if wanted.get(name) or barred.get(name)
    )


def _values(values: Any) -> tuple[str, ...]:
    if isinstance(values, str | int):
        return (str(values),)
    return tuple(str(value) for value in values or ())


def _waited(days: str | int | None) -> DaysRange:
    try:
        return ranges.days_range("" if days is None else str(days))
    except ValueError as error:
        raise RequestError(f"Cannot read “{error}” as a number of days; write 100, >100, <=30 or 31..60.") from None


def _period(first: Day | None, last: Day | None, today: dt.date | None) -> DateRange:
    """The days between two dates; a month or year at either end counts whole."""
    try:
        return ranges.period(first, last, today)
    except ValueError as error:
        raise RequestError(
            f"Cannot read “{error}” as a date; write 2013, april 2013, 2013-04-30, gisteren or 30/4/2013."
        ) from None
