"""Finds a period in running text, and writes it as the query language does.

trein april 2012            2012-04           trains en avril 2012, trein in 2012, trein 12 maart 2012
asiel sinds 2014            >=2014            vanaf, na, voor, tot; depuis, après, avant
tussen 2012 en mei 2013     2012..2013-05     van 2012 tot 2013, entre 2012 et 2013
van maart tot mei 2013      2013-03..2013-05  januari-maart 2013, du 1er au 15 mars 2013
eerste kwartaal van 2013    2013-01..2013-03  2e semester 2013, premier trimestre 2013
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
    points = _outermost(_points(plain, today))
    if points and (begin := _begun_before(points[0], plain)):
        points.insert(0, begin)
    if not points or _LISTED_BEFORE.search(plain, 0, points[0].start):
        return None
    if len(points) == 2:
        return _between(points[0], points[1], plain)
    return _alone(points[0], plain) if len(points) == 1 else None


def _between(begin: _Point, end: _Point, text: str) -> SpokenDate | None:
    """Return the period from one point to another; None where they are not joined, or are two that are listed."""
    joined, start = _JOINED.fullmatch(text, begin.end, end.start), _opened(text, begin.start, _OPENING)
    is_listed = joined and joined["and"] and start == begin.start and begin.last + dt.timedelta(days=1) != end.first
    if not joined or is_listed:
        return None
    return SpokenDate(start, end.end, f"{_written(begin, first=True)}..{_written(end, first=False)}")


def _alone(point: _Point, text: str) -> SpokenDate:
    """Return the period that a point names with the preposition before it."""
    for sign, preposition in _PREPOSITIONS.items():
        if (start := _opened(text, point.start, preposition)) < point.start:
            first = None if not sign else sign in (">=", "<")
            return SpokenDate(start, point.end, f"{sign}{_written(point, first=first)}")
    return SpokenDate(point.start, point.end, _written(point))


def _points(text: str, today: dt.date | None) -> Iterator[_Point]:
    # Few texts name a year or a unit, and compiling both patterns costs 4 ms.
    for found in _DATE.finditer(text) if any(map(str.isdigit, text)) else ():
        if days := ranges.days(found[0]):
            yield _Point(*found.span(), *map(dt.date.fromordinal, days))
    for found in _PART_OF_YEAR.finditer(text) if any(map(str.isdigit, text)) else ():
        if months := _months_of_part(found):
            yield _Point(*found.span(), months[0], _end_of_month(months[1]))
    for found in _RELATIVE.finditer(text) if today and may_name_days(text) else ():
        if today and (days := relative_days(found[0], today)):
            yield _Point(*found.span(), *map(dt.date.fromordinal, days))


def _months_of_part(found: re.Match[str]) -> list[dt.date] | None:
    """Return the first days of the first and last month of a part of a year; None if years have no such part."""
    if found["unit"] is None:
        low, high = (ranges.days(f"{found[end]} {found['year']}") for end in ("low", "high"))
        return sorted(dt.date.fromordinal(days[0]) for days in (low, high) if days)
    size = 3 if found["unit"].lower().startswith(("kwartaal", "trimest")) else 6
    place = next(place for place, names in enumerate(_ORDINALS, 1) if re.fullmatch(names, found["place"].lower()))
    last = size * place
    return [dt.date(int(found["year"]), month, 1) for month in (last - size + 1, last)] if last <= _MONTHS else None


def _outermost(points: Iterator[_Point]) -> list[_Point]:
    """Return the points in order, without those within another: the year of a quarter."""
    found: list[_Point] = []
    for point in sorted(points, key=lambda point: (point.start, -point.end)):
        if not found or point.start >= found[-1].end:
            found.append(point)
    return found


def _begun_before(end: _Point, text: str) -> _Point | None:
    """Return the month or day that opens a range and has its year from the end: van maart tot mei 2013."""
    found = _WITHOUT_YEAR.search(text, 0, end.start)
    if found is None:
        return None
    month = found["month"] or f"{end.first:%Y-%m}-"
    for year in (end.first.year, end.first.year - 1):
        written = f"{found['day'] or ''} {month} {year}" if found["month"] else f"{end.first:%Y-%m}-{found['number']}"
        days = ranges.days(written)
        if days and days[0] <= end.first.toordinal():
            return _Point(found.start("point"), found.end("point"), *map(dt.date.fromordinal, days))
    return None


def _opened(text: str, start: int, preposition: re.Pattern[str]) -> int:
    """Return where a point begins with the preposition before it, if there is one."""
    found = preposition.search(text, 0, start)
    return found.start() if found else start


def _written(point: _Point, *, first: bool | None = None) -> str:
    """Return a year, month or day as the query language writes it, or the `first` or last day of another period."""
    written = _period(point.first, point.last)
    if first is None or ".." not in written:
        return written
    return (point.first if first else point.last).isoformat()


def _period(first: dt.date, last: dt.date) -> str:
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
_MONTHS: Final = 12
_THE: Final = r"(?:(?:het\s+jaar|l'année|l'an|le|la|de|het)\s+)?"
_TO: Final = r"(?:(?P<and>en|et|and)|tot(?:\s+en\s+met)?|t/m|à|au|jusqu'en|jusqu'au|jusqu'à|to|-|–)"
_JOINED: Final = lazy(rf"(?i:\s+{_TO}\s+{_THE})")
_WITHOUT_YEAR: Final = lazy(
    rf"{_EDGE}(?i:(?P<point>(?:(?P<day>{ranges.DAY_OF_MONTH})\s+)?(?P<month>{ranges.MONTH})|(?P<number>[0-9]{{1,2}})"
    rf"(?:er|e|de|ste)?)\s+{_TO}\s+{_THE})\Z"
)
_LISTED_BEFORE: Final = lazy(rf"(?i:\b{ranges.MONTH}\s*,?\s+(?:(?:en|et|and)\s+)?)\Z")  # januari, februari en maart
_ORDINALS: Final = (
    r"1e|1ste|1er|1re|1ère|eerste|premier|première",
    r"2e|2de|tweede|deuxième|second|seconde",
    r"3e|3de|derde|troisième",
    r"4e|4de|vierde|quatrième",
)
_PART_OF_YEAR: Final = lazy(
    rf"{_EDGE}(?i:(?P<place>{'|'.join(_ORDINALS)})\s+(?P<unit>kwartaal|trimester|trimestre|semester|semestre|jaarhelft|helft)"
    rf"(?:\s+(?:van|de|in|du))?|(?P<low>{ranges.MONTH})\s*[-–]\s*(?P<high>{ranges.MONTH}))"
    rf"\s+(?P<year>(?:19|20)[0-9]{{2}})(?![\w/*~^\"]|[-.,:][\w*])"
)
_OPENING: Final = lazy(rf"(?i:\b(?:tussen|van|vanaf|entre|de|du|from|between)\s+{_THE})\Z")
_NAMED: Final = r"(?:(?:het\s+jaar|de\s+maand|l'année|l'an|le\s+mois\s+de|le|la|de|het)\s+)?"
_BARE: Final = r"|(?:het\s+)?jaar\s+|(?:de\s+)?maand\s+|l'année\s+|le\s+|de\s+"  # before a point, and no preposition
_PREPOSITIONS: Final = {
    sign: lazy(rf"(?i:\b(?:(?:{words})\s*{_NAMED}{_BARE if not sign else ''}))\Z")
    for sign, words in {
        ">=": r"sinds|sedert|vanaf|depuis|à\s+partir\s+de|à\s+partir\s+du|dès|since|from",
        "<=": r"tot\s+en\s+met|tot|t/m|jusqu'en|jusqu'à|jusqu'au|until",
        ">": r"na|après|after",
        "<": r"voor|vóór|avant|before",
        "": r"(?:in\s+de\s+)?loop\s+van|(?:in\s+het\s+)?begin(?:\s+van)?|(?:op\s+het\s+)?einde?(?:\s+van)?|medio"
        r"|in|op|uit|van|tijdens|gedurende|début|fin|en|au\s+cours\s+de|pendant|du|de|d'|on|of",
    }.items()
}
_RELATIVE: Final = lazy(rf"{_EDGE}{IN_WORDS}(?![\w'-])")
