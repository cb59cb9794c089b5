"""Ranges of days, numbers of days and question numbers, as a visitor writes them.

    2013   2013-04   2013-04-30   30/4/2013   4/2013       that year, month, day
    april 2013   april-2013   30 avril 2013                 the same in words: Dutch, French or English
    >2013   >=2013-04   <30/4/2013                          after, from, before
    2013-04-01..2013-06-30   2013..   ..2013   2012-2014    from and to, both included
    sinds 2013   depuis lundi   tot 2014                    from, and up to, both included
    gisteren   vorige maand                                 days told from today (`relative_days`)

A reader of points turns one such value into its first and last number; `interval` does the rest.
"""

import calendar
import datetime as dt
from collections.abc import Callable
from typing import Final, NamedTuple, TypeAlias

from searchq import months
from searchq.analysis.folding import fold
from searchq.lazy_regex import lazy
from searchq.numbers import MAX_PART, parse_number
from searchq.query import relative_days
from searchq.query.request import DateRange, DaysRange

__all__ = [
    "AFTER_FIELD",
    "DAY_OF_MONTH",
    "IN_WORDS",
    "MONTH",
    "Day",
    "Interval",
    "Point",
    "days",
    "days_from",
    "days_range",
    "interval",
    "numbers",
    "period",
    "questions",
    "years_from",
]


class Interval(NamedTuple):
    """First and last, both included; None: open. `swapped`: they were typed in reverse order."""

    first: int | None
    last: int | None
    swapped: bool = False


Point: TypeAlias = Callable[[str], tuple[int, int] | None]
Day: TypeAlias = dt.date | str | int  # a date, or what `days` reads as one


def interval(text: str, point: Point) -> Interval | None:
    """Parse a range; None if it cannot be read. Swaps the ends of a reversed range."""
    value = "".join(text.split()).strip(",;").translate(_SIGNS)
    if found := _WORDS.match(value):
        value = _WORD_SIGNS[found[0].lower()] + value[found.end() :]
    if found := _COMPARED.fullmatch(value):
        compared = point(found[2])
        return None if compared is None else _COMPARE[found[1]](*compared)
    if found := _FROM_TO.fullmatch(value):
        return _from_to(found[1], found[2], point)
    if found := _AT_LEAST.fullmatch(value):
        low = point(found[1])
        return None if low is None else Interval(low[0], None)
    whole = point(value)
    if whole is None and (found := _DASHED.fullmatch(value)):
        return _from_to(found[1], found[2], point)
    return whole and Interval(*whole)


_SIGNS: Final = {ord("≤"): "<=", ord("≥"): ">=", ord("…"): "..", ord("–"): "-"}
_WORD_SIGNS: Final = {
    **dict.fromkeys(("sinds", "vanaf", "depuis", "since"), ">="),
    **dict.fromkeys(("totenmet", "tot", "jusqu'en", "jusqu'à", "until"), "<="),
}
_WORDS: Final = lazy(rf"(?i:{'|'.join(sorted(_WORD_SIGNS, key=len, reverse=True))})(?=.)")
_COMPARED: Final = lazy(r"(<=?|>=?)(.+)")
_FROM_TO: Final = lazy(r"([^.]*(?:\.[^.]+)*)\.\.\.?([^.]*(?:\.[^.]+)*)")
_AT_LEAST: Final = lazy(r"([0-9]+)\+")
_DASHED: Final = lazy(r"([0-9]+)-([0-9]+)")
_COMPARE: Final[dict[str, Callable[[int, int], Interval]]] = {
    "<": lambda first, last: Interval(None, first - 1),
    "<=": lambda first, last: Interval(None, last),
    ">": lambda first, last: Interval(last + 1, None),
    ">=": lambda first, last: Interval(first, None),
}


def _from_to(low: str, high: str, point: Point) -> Interval | None:
    """Both ends included; one of them may be missing."""
    first, last = point(low), point(high)
    if (first is None and low) or (last is None and high) or (first is None and last is None):
        return None
    swapped = first is not None and last is not None and first > last
    if swapped:
        first, last = last, first
    return Interval(first and first[0], last and last[1], swapped)


def period(first: Day | None, last: Day | None, today: dt.date | None = None) -> DateRange:
    """Return the days from one to another, swapped if reversed. Raises ValueError for a text that is not a date.

    Without `today` the days told from it (`gisteren`) are no dates.
    """
    point = days_from(today)
    begin, end = _readable(first, point), _readable(last, point)
    if begin and end and begin > end:
        begin, end, swapped = end, begin, True
    else:
        swapped = False
    return DateRange(begin and _date(begin[0]), end and _date(end[1]), swapped)


def _readable(day: Day | None, point: Point) -> tuple[int, int] | None:
    if day is None or day == "":
        return None
    found = (day.toordinal(), day.toordinal()) if isinstance(day, dt.date) else point(str(day))
    if found is None:
        raise ValueError(str(day))
    return found


def _date(ordinal: int) -> dt.date:
    return dt.date.fromordinal(ordinal)


def days_from(today: dt.date | None) -> Point:
    """Return the reader of days, with those told from today where it is known."""
    if today is None:
        return days
    return lambda text: days(text) or relative_days.relative_days(text, today)


def years_from(today: dt.date | None) -> Point:
    """Return the reader of years, with those told from today where it is known: `dit jaar`."""

    def years(text: str) -> tuple[int, int] | None:
        told = relative_days.relative_days(text, today) if today and not text.isdecimal() else None
        return (_date(told[0]).year, _date(told[1]).year) if told else numbers(text)

    return years


def days(text: str) -> tuple[int, int] | None:
    """Parse a year, month or day as its first and last day (`date.toordinal()`)."""
    plain = "".join(fold(text.lower()).split())
    for pattern in _DAYS:
        if found := pattern.fullmatch(plain):
            part = {name: _MONTHS.get(text) or int(text) for name, text in found.groupdict().items()}
            return _span(part["year"], part.get("month"), part.get("day"))
    return None


_MONTHS: Final = {
    spelling: place
    for names in (months.ENGLISH, months.FRENCH, months.DUTCH)
    for place, month in enumerate(names, start=1)
    for name in month
    for spelling in (name, fold(name))
}
_NAMES: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))  # the longest first: "janv" before "jan"
_ORDINAL: Final = "er|e|de|ste"
_DAYS: Final = tuple(
    lazy(pattern)
    for pattern in (
        r"(?P<year>[0-9]{4})",
        r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})",
        r"(?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})",
        r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})",
        r"(?P<day>[0-9]{1,2})[-/.](?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})",
        rf"(?P<month>{_NAMES})\.?[-/]?(?P<year>[0-9]{{4}})",
        rf"(?P<day>[0-9]{{1,2}})(?:{_ORDINAL})?[-/.]?(?P<month>{_NAMES})\.?[-/]?(?P<year>[0-9]{{4}})",
    )
)
MONTH: Final = rf"(?:{_NAMES})\.?"
DAY_OF_MONTH: Final = rf"[0-9]{{1,2}}(?:{_ORDINAL})?"
IN_WORDS: Final = rf"(?i:(?:{DAY_OF_MONTH}\s+)?{MONTH}\s+[0-9]{{4}})"
"""A pattern for a month or a day with its name, blanks and all: for who must know where it ends in a longer text."""

_SINCE: Final = rf"(?i:tot\s+en\s+met|{'|'.join(_WORD_SIGNS)})\s+"
AFTER_FIELD: Final = rf"(?:(?:{_SINCE})?(?:{IN_WORDS}|{relative_days.IN_WORDS})|{_SINCE}[^\s()]+)"
"""The same for what may follow `datum:`, with days told from today, and `sinds` and the like."""


def _span(year: int, month: int | None, day: int | None) -> tuple[int, int] | None:
    try:
        first = dt.date(year, 1 if month is None else month, 1 if day is None else day)
        last_month = 12 if month is None else month
        last = dt.date(year, last_month, calendar.monthrange(year, last_month)[1] if day is None else day)
    except ValueError:  # 30 February, month 13, year 0, day 0
        return None
    return first.toordinal(), last.toordinal()


def days_range(text: str) -> DaysRange:
    """Parse a number or range of days; open for a blank text. Raises ValueError for another text."""
    found = interval(text, numbers) if text.strip() else Interval(None, None)
    if found is None:
        raise ValueError(text)
    return DaysRange(found.first, found.last)


def numbers(text: str) -> tuple[int, int] | None:
    """Parse a whole number of at most nine digits."""
    return (int(text), int(text)) if _NUMBER.fullmatch(text) else None


def questions(text: str) -> tuple[int, int] | None:
    """A question of the Senate as its places among all questions (`number_order`), those of its parts among them."""
    number = parse_number(text)
    if number is None or number.house != "senate":
        return None
    return number.order, number.order if number.part else number.order + MAX_PART


_NUMBER: Final = lazy(r"[0-9]{1,9}")
