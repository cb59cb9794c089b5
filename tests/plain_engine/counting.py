"""Counts of documents: by the values of a facet, along time, and in tables of statistics."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, takewhile
from statistics import median

from searchq.legislatures import has_ended
from searchq.limits import MAX_FACET_VALUES, MAX_HISTOGRAM_BARS
from searchq.query.facet_table import FacetName, facet_named
from searchq.query.hits import FacetCounts, FacetValue, Histogram, HistogramBar
from searchq.query.request import FacetQuery, Interval
from searchq.query.statistics import Statistics, StatisticsRow
from searchq.query.value_keys import plain_words
from searchq.question import Question
from tests.plain_engine.document import Document
from tests.plain_engine.filters import Chosen
from tests.plain_engine.index import PlainIndex

__all__ = ["count_facet", "histogram", "statistics"]

MONTHS: dict[Interval, int] = {"month": 1, "quarter": 3, "year": 12}
SHORTEST: dict[Interval, int] = {"day": 1, "month": 28, "quarter": 90, "year": 365}  # days in a bar, at least
READABLE: tuple[tuple[int, Interval], ...] = ((31, "day"), (2 * 366, "month"), (6 * 366, "quarter"))  # days of a span
COARSER: dict[Interval, Interval] = {"day": "month", "month": "quarter", "quarter": "year"}


def count_facet(
    query: FacetQuery, documents: Sequence[Document], chosen: Sequence[Chosen], index: PlainIndex
) -> FacetCounts:
    """The values asked for, and all that were chosen."""
    counts = Counter(label for document in documents for label in index.labels(query.name, document))
    marked = {value: one.excluded for one in chosen for value in one.values}
    values = [
        FacetValue(value, counts[value], marked.get(value) is False, marked.get(value) is True)
        for value in dict.fromkeys([*_shown(query, counts, index), *marked])
    ]
    for one in chosen:
        if not one.values and not one.missing:  # no value of this facet: a range, a portfolio, or nothing
            carried = sum(one.passes(document) for document in documents)
            values.append(FacetValue(one.typed, carried, not one.excluded, one.excluded))
    values.sort(key=lambda value: _order(query, value.value, value.count))
    missing = sum(not document.values[query.name] for document in documents)
    without = {one.excluded for one in chosen if one.missing}
    undated = sum(map(_is_undated_answer, documents)) if query.name == "delay" else 0
    return FacetCounts(query.name, tuple(values), len(counts), missing, False in without, True in without, undated)


def _is_undated_answer(document: Document) -> bool:
    """Whether it is an answer of the Chamber, which does not publish their days."""
    question = document.question
    is_answered = question.status in ("answered", "answered-without-text")
    return question.house == "chamber" and is_answered and question.delay_days is None


def _shown(query: FacetQuery, counts: Mapping[str, int], index: PlainIndex) -> list[str]:
    """The first values that hold the text asked for."""
    wanted, spellings = " ".join(plain_words(query.contains or "")), index.value_table(query.name).spellings
    held = [value for value in counts if any(wanted in " ".join(plain_words(one)) for one in spellings(value))]
    held.sort(key=lambda value: _order(query, value, counts[value]))
    return held[: min(max(query.limit, 0), MAX_FACET_VALUES)]


def _order(query: FacetQuery, value: str, count: int) -> tuple[int, int, str]:
    return (-count if query.order == "count" else 0, *facet_named(query.name).rank(value))


def histogram(documents: Sequence[Document], asked: Interval | None) -> Histogram:
    """Documents along the days they were asked on, in bars without gaps."""
    days = sorted(document.question.date for document in documents if document.question.date)
    undated = len(documents) - len(days)
    if not days:
        return Histogram(asked or "year", (), undated)
    interval = _interval(asked, (days[-1] - days[0]).days)
    starts = takewhile(lambda bounds: bounds[0] <= days[-1], (_bar(interval, days[0], n) for n in count()))
    bars = [HistogramBar(first, last, sum(first <= day <= last for day in days)) for first, last in starts]
    return Histogram(interval, tuple(bars), undated)


def _interval(asked: Interval | None, span: int) -> Interval:
    """The interval asked for, or the finest that is readable; coarser where bars are too many."""
    readable: Iterator[Interval] = (interval for most, interval in READABLE if span < most)
    interval: Interval = next(readable, "year") if asked is None else asked
    while interval in COARSER and span // SHORTEST[interval] >= MAX_HISTOGRAM_BARS:
        interval = COARSER[interval]
    return interval


def _bar(interval: Interval, start: dt.date, place: int) -> tuple[dt.date, dt.date]:
    """The first and last day of the n-th bar, the first of which holds a day."""
    if interval == "day":
        return start + dt.timedelta(place), start + dt.timedelta(place)
    length = MONTHS[interval]
    month = ((start.year * 12 + start.month - 1) // length + place) * length
    return _first_day(month), _first_day(month + length) - dt.timedelta(days=1)


def _first_day(month: int) -> dt.date:
    return dt.date(month // 12, month % 12 + 1, 1)


def statistics(by: FacetName, documents: Sequence[Document], index: PlainIndex) -> Statistics:
    """One row per value, one for questions without any, and the total."""
    groups: dict[str | None, list[Document]] = {}
    for document in documents:
        for label in index.labels(by, document) or (None,):
            groups.setdefault(label, []).append(document)
    facet = facet_named(by)
    rows = [_statistics_row(value, members) for value, members in groups.items()]
    rows.sort(
        key=lambda row: (row.value is None, 0 if facet.by_value else -row.questions, *facet.rank(row.value or ""))
    )
    return Statistics(by, tuple(rows), _statistics_row(None, documents))


def _statistics_row(value: str | None, documents: Sequence[Document]) -> StatisticsRow:
    status = Counter(_status(document.question) for document in documents)
    answered = [one.question for one in documents if one.question.status in ("answered", "answered-without-text")]
    exact = [one.delay_days for one in answered if one.delay_days is not None]
    at_most = [days for one in answered if one.delay_days is None and (days := _days_to_publication(one)) is not None]
    return StatisticsRow(
        value,
        questions=len(documents),
        answered=len(answered),
        without_text=status["answered-without-text"],
        open=status["open"],
        closed=status["closed"],
        end_of_legislature=status["end-of-legislature"],
        requalified=status["requalified"],
        unknown=status["unknown"] + status[None],
        median_days=median(exact) if exact else None,
        p90_days=_p90(exact),
        median_days_at_most=median(at_most) if at_most else None,
        p90_days_at_most=_p90(at_most),
    )


def _status(question: Question) -> str | None:
    """The status; what is open of a legislature that ended has lapsed with it."""
    ended = question.legislature is not None and has_ended(question.legislature)
    return "end-of-legislature" if question.status == "open" and ended else question.status


def _days_to_publication(question: Question) -> int | None:
    """The days within which an answer had come, as it was published then."""
    if question.date is None or question.published is None or question.published < question.date:
        return None
    return (question.published - question.date).days


def _p90(days: Sequence[int]) -> int | None:
    """The least number of days within which nine in ten had come."""
    return sorted(days)[-(-9 * len(days) // 10) - 1] if days else None
