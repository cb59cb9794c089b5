"""Counts of questions along the days they were asked on, in bars without gaps.

The cluster counts months, of which quarters and years are made; days only where a bar is a day.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from searchq.engines.opensearch.view import Body
from searchq.limits import MAX_HISTOGRAM_BARS
from searchq.query.hits import Histogram, HistogramBar
from searchq.query.request import Interval

__all__ = ["days_aggregation", "histogram", "histogram_aggregations", "interval_of"]

_COARSER: Final[Mapping[Interval, Interval]] = {"day": "month", "month": "quarter", "quarter": "year"}
_SPANS: Final[tuple[tuple[int, Interval], ...]] = ((31, "day"), (2 * 366, "month"), (6 * 366, "quarter"))
_SHORTEST: Final[Mapping[Interval, int]] = {
    "day": 1,
    "month": 28,
    "quarter": 90,
    "year": 365,
}  # days in a bar, at least
_MONTHS: Final[Mapping[Interval, int]] = {"month": 1, "quarter": 3, "year": 12}  # in one bar
_MOST_MONTHS: Final = 20_000


def histogram_aggregations() -> Body:
    """Return what tells the span of the days, and counts months."""
    return {
        "days": {"stats": {"field": "date"}},
        "months": {"terms": {"field": "month", "size": _MOST_MONTHS}},
        "undated": {"missing": {"field": "date"}},
    }


def days_aggregation() -> Body:
    """Return what counts days."""
    return {"terms": {"field": "date", "size": _MOST_MONTHS}}


def interval_of(counted: Body, asked: Interval | None) -> Interval:
    """Return the interval asked for, or the finest that is readable; coarser where bars are too many."""
    if not counted["days"]["count"]:
        return asked or "year"
    span = int(counted["days"]["max"] - counted["days"]["min"])
    readable: Iterator[Interval] = (one for most, one in _SPANS if span < most)
    chosen: Interval = next(readable, "year") if asked is None else asked
    while chosen in _COARSER and span // _SHORTEST[chosen] >= MAX_HISTOGRAM_BARS:
        chosen = _COARSER[chosen]
    return chosen


def histogram(interval: Interval, counted: Body, days: Body | None) -> Histogram:
    """Return the bars; `days` are the counts of each day, where a bar is a day."""
    undated = counted["undated"]["doc_count"]
    if not counted["days"]["count"]:
        return Histogram(interval, (), undated)
    if interval == "day":
        assert days is not None
        found = Counter({int(bucket["key"]): bucket["doc_count"] for bucket in days["buckets"]})
        return Histogram(interval, _bars(found, _day), undated)
    length, found = _MONTHS[interval], Counter[int]()
    for bucket in counted["months"]["buckets"]:
        year, month = map(int, bucket["key"].split("-"))
        found[(year * 12 + month - 1) // length] += bucket["doc_count"]
    return Histogram(interval, _bars(found, lambda place: _months(place, length)), undated)


def _bars(found: Counter[int], bounds: Callable[[int], tuple[dt.date, dt.date]]) -> tuple[HistogramBar, ...]:
    return tuple(HistogramBar(*bounds(place), found[place]) for place in range(min(found), max(found) + 1))


def _day(place: int) -> tuple[dt.date, dt.date]:
    day = dt.date.fromordinal(place)
    return day, day


def _months(place: int, length: int) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a bar of so many months."""
    after = (place + 1) * length
    end = dt.date.max if after >= 10_000 * 12 else _first_of(after) - dt.timedelta(days=1)
    return _first_of(place * length), end


def _first_of(month: int) -> dt.date:
    return dt.date(month // 12, month % 12 + 1, 1)
