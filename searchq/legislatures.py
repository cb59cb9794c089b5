"""The legislatures of both houses: elections begin them, and the Chamber's 49 is the Senate's 1.

A legislature whose last day is not known ends before the next election.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Final, NamedTuple

from searchq.question import House

__all__ = [
    "NEWEST",
    "has_ended",
    "house_of",
    "in_senate",
    "last_day",
    "legislature_label",
    "legislature_of",
    "legislature_years",
]

_CHAMBER_AHEAD: Final = 48  # legislatures the Chamber counted before the Senate's first
_FIRST_DAYS: Final[Mapping[int, str]] = {
    1: "1995-05-21",
    2: "1999-06-13",
    3: "2003-05-18",
    4: "2007-06-10",
    5: "2010-06-13",
    6: "2014-05-25",
    7: "2019-05-26",
    8: "2024-06-09",
}
NEWEST: Final = max(_FIRST_DAYS)  # as the Senate counts them
_LAST_DAYS: Final[Mapping[int, str]] = {4: "2010-05-06", 6: "2019-05-23"}


class _Span(NamedTuple):
    first: dt.date
    last: dt.date | None  # None: it sits


def _spans() -> Mapping[int, _Span]:
    first = {number: dt.date.fromisoformat(day) for number, day in _FIRST_DAYS.items()}
    ends = {number - 1: day - dt.timedelta(days=1) for number, day in first.items()}
    ends |= {number: dt.date.fromisoformat(day) for number, day in _LAST_DAYS.items()}
    return {number: _Span(day, ends.get(number)) for number, day in first.items()}


_SPANS: Final = _spans()


def legislature_of(house: House, day: dt.date) -> int | None:
    """The house's own number of the legislature that sat on a day; None before the first, and between two."""
    found = (number for number, span in _SPANS.items() if span.first <= day <= (span.last or dt.date.max))
    number = next(found, None)
    return None if number is None else number + _ahead(house)


def last_day(house: House, legislature: int) -> dt.date | None:
    """The last day of a legislature; None of the one that sits, and of one that nothing is known of."""
    span = _SPANS.get(legislature - _ahead(house))
    return None if span is None else span.last


def has_ended(legislature: int) -> bool:
    """Whether a legislature, by its house's own number, is known to have ended: what is open there waits no more."""
    return last_day(house_of(legislature), legislature) is not None


def legislature_years(house: House, legislature: int) -> tuple[int, int | None] | None:
    """The years it began and ended in, None as the end of the one that sits; None where nothing is known of it."""
    span = _SPANS.get(legislature - _ahead(house))
    return None if span is None else (span.first.year, span.last.year if span.last else None)


def legislature_label(legislature: int) -> str:
    """A legislature with its years: `5 (2010-2014)`, `56 (2024-)`; just the number where they are not known."""
    years = legislature_years(house_of(legislature), legislature)
    return str(legislature) if years is None else f"{legislature} ({years[0]}-{years[1] or ''})"


def house_of(legislature: int) -> House:
    """The house whose legislatures have such numbers: the Senate counts from 1, the Chamber went on from 48."""
    return "chamber" if legislature >= _CHAMBER_AHEAD else "senate"


def in_senate(legislature: int) -> int:
    """A legislature of either house as the Senate counts it."""
    return legislature - _ahead(house_of(legislature))


def _ahead(house: House) -> int:
    return _CHAMBER_AHEAD if house == "chamber" else 0
