"""Counts matching documents by the day they were asked: bars of years, quarters, months or days, without gaps."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from searchq.engines.embedded.execution.matches import Docs
from searchq.engines.embedded.snapshot_cache import SnapshotCache, per_snapshot
from searchq.index.schema import MISSING
from searchq.limits import MAX_HISTOGRAM_BARS
from searchq.query.hits import Histogram, HistogramBar
from searchq.query.request import Interval

__all__ = ["histogram"]

Periods = npt.NDArray[np.intp]

_COARSER: Final[Mapping[Interval, Interval]] = {"day": "month", "month": "quarter", "quarter": "year"}
# The finest readable interval for a span of so many days.
_SPANS: Final[tuple[tuple[int, Interval], ...]] = ((31, "day"), (2 * 366, "month"), (6 * 366, "quarter"))
_MONTHS: Final[Mapping[Interval, int]] = {"month": 1, "quarter": 3, "year": 12}  # in one bar
_EPOCH: Final = dt.date(1970, 1, 1).toordinal()


def histogram(docs: Docs, interval: Interval | None, view: SnapshotCache) -> Histogram:
    """Count documents by `interval`, or one that suits their span; coarser if there are too many bars."""
    days = view.snapshot.integers("date")[docs]
    dated = days != MISSING
    undated = len(docs) - int(np.count_nonzero(dated))
    if not dated.any():
        return Histogram(interval or "year", (), undated)
    docs, days = docs[dated], days[dated]
    first, last = int(days.min()), int(days.max())
    chosen = _bounded(interval or _fitting(last - first + 1), first, last)
    periods = days.astype(np.intp) if chosen == "day" else _months(view)[docs] // _MONTHS[chosen]
    start = int(periods.min())
    counts = np.bincount(periods - start).tolist()
    bounds = _day_bounds if chosen == "day" else _month_bounds(_MONTHS[chosen])
    bars = tuple(HistogramBar(*bounds(start + place), count) for place, count in enumerate(counts))
    return Histogram(chosen, bars, undated)


def _fitting(days: int) -> Interval:
    return next((interval for most, interval in _SPANS if days <= most), "year")


def _bounded(interval: Interval, first: int, last: int) -> Interval:
    lengths = {"day": 1, "month": 28, "quarter": 90, "year": 365}  # days in a bar, at least
    while interval in _COARSER and (last - first) // lengths[interval] >= MAX_HISTOGRAM_BARS:
        interval = _COARSER[interval]
    return interval


@per_snapshot
def _months(view: SnapshotCache) -> Periods:
    """Return the months since year 0 of the days documents were asked: intp[max_doc], meaningless if undated."""
    days = view.snapshot.integers("date").astype(np.int64) - _EPOCH
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.intp) + 1970 * 12


def _day_bounds(ordinal: int) -> tuple[dt.date, dt.date]:
    day = dt.date.fromordinal(ordinal)
    return day, day


def _month_bounds(months: int) -> Callable[[int], tuple[dt.date, dt.date]]:
    """Return a function to the first and last day of the n-th period of `months` months since year 0."""

    def bounds(period: int) -> tuple[dt.date, dt.date]:
        after = (period + 1) * months
        end = dt.date.max if after >= 10_000 * 12 else _first_of(after) - dt.timedelta(days=1)
        return _first_of(period * months), end

    return bounds


def _first_of(month: int) -> dt.date:
    return dt.date(month // 12, month % 12 + 1, 1)
