"""Finds a period in running text, and writes it as the query language does.

trein april 2012            2012-04           trains en avril 2012, trein in 2012, trein 12 maart 2012
asiel sinds 2014            >=2014            vanaf, na, voor, tot; depuis, après, avant
tussen 2012 en mei 2013     2012..2013-05     van 2012 tot 2013, entre 2012 et 2013
asiel vorig jaar            2016              told from a day that the caller knows
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from searchq.lazy_regex import lazy
from searchq.query import ranges
from searchq.query.relative_days import IN_WORDS, may_name_days, relative_days

__all__ = ["SpokenDate", "spoken_date"]


class SpokenDate(NamedTuple):
    """A period where it stands in a text, with its preposition; `value` is what follows `datum:`."""

    start: int
    end: int
    value: str


class _Point(NamedTuple):
    """A year, month or day in a text."""

    start: int
    end: int
    first: dt.date
    last: dt.date


def spoken_date(text: str, today: dt.date | None) -> SpokenDate | None:
    """Return the only period in a text; None if there is none, or several."""
    plain = text.translate(_APOSTROPHES)
    points = sorted(_points(plain, today))
    if len(points) == 2 and _JOINED.fullmatch(plain, points[0].end, points[1].start):
        begin, end = points
        return SpokenDate(_opened(plain, begin.start, _OPENING), end.end, f"{_written(begin)}..{_written(end)}")
    if len(points) != 1:
        return None
    for sign, preposition in _PREPOSITIONS.items():
        if (start := _opened(plain, points[0].start, preposition)) < points[0].start or not sign:
            return SpokenDate(start, points[0].end, f"{sign}{_written(points[0])}")
    return None


def _points(text: str, today: dt.date | None) -> Iterator[_Point]:
    # Few texts name a year or a unit, and compiling both patterns costs 4 ms.
    for found in _DATE.finditer(text) if any(map(str.isdigit, text)) else ():
        if days := ranges.days(found[0]):
            yield _Point(*found.span(), *map(dt.date.fromordinal, days))
    for found in _RELATIVE.finditer(text) if today and may_name_days(text) else ():
        if today and (days := relative_days(found[0], today)):
            yield _Point(*found.span(), *map(dt.date.fromordinal, days))


def _opened(text: str, start: int, preposition: re.Pattern[str]) -> int:
    """Return where a point begins with the preposition before it, if there is one."""
    found = preposition.search(text, 0, start)
    return found.start() if found else start


def _written(point: _Point) -> str:
    """Return a year, month or day as the query language writes it."""
    first, last = point.first, point.last
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year:04}"
    if first.day == 1 and last == _end_of_month(first):
        return f"{first:%Y-%m}"
    return f"{first.isoformat()}..{last.isoformat()}"


def _end_of_month(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


_APOSTROPHES: Final = {ord("’"): "'"}
_EDGE: Final = r"(?<![\w:.,/\-+\"'^~])"
_NUMERIC: Final = (
    r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}-[0-9]{2}(?:-[0-9]{2})?|(?:19|20)[0-9]{2}"
)
_DATE: Final = lazy(rf"{_EDGE}(?:{ranges.IN_WORDS}|{_NUMERIC})(?![\w/*~^\"]|[-.,:][\w*])")
_JOINED: Final = lazy(r"(?i:\s+(?:en|et|and|tot(?:\s+en\s+met)?|t/m|à|au|jusqu'en|jusqu'à|to|-|–)\s+)")
_OPENING: Final = lazy(r"(?i:\b(?:tussen|van|vanaf|entre|de|du|from|between)\s+)\Z")
_NAMED: Final = r"(?:(?:het\s+jaar|de\s+maand|l'année|l'an|le\s+mois\s+de|le|la|de|het)\s+)?"
_PREPOSITIONS: Final = {
    sign: lazy(rf"(?i:\b(?:{words})\s*{_NAMED})\Z")
    for sign, words in {
        ">=": r"sinds|sedert|vanaf|depuis|à\s+partir\s+de|à\s+partir\s+du|dès|since|from",
        "<=": r"tot\s+en\s+met|tot|t/m|jusqu'en|jusqu'à|jusqu'au|until",
        ">": r"na|après|after",
        "<": r"voor|vóór|avant|before",
        "": r"in|op|uit|van|tijdens|gedurende|en|au\s+cours\s+de|pendant|du|de|d'|on|of",
    }.items()
}
_RELATIVE: Final = lazy(rf"{_EDGE}{IN_WORDS}(?![\w'-])")
