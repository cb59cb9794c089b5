"""Days told from today, as a visitor writes them: `gisteren`, `7 dagen geleden`, `vorige maand`, `lundi`.

    vandaag   gisteren   eergisteren   maandag      that day; a day of the week is its last one, today included
    vorige maandag                                  the last one before today
    7 dagen geleden   il y a 2 mois                 that one day, so many days, weeks, months or years before today
    deze week   vorige maand   dit jaar             the whole of it; weeks begin on Monday
    afgelopen 30 dagen                              so many days, weeks, months or years up to today

Words are Dutch, French or English. Today comes from whoever reads, never from a clock.
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from searchq.analysis.folding import fold
from searchq.lazy_regex import lazy

__all__ = ["IN_WORDS", "may_name_days", "relative_days"]

_Span: TypeAlias = tuple[dt.date, dt.date]
_Unit: TypeAlias = str  # day, week, month, year

_DAYS_AGO: Final = {
    "vandaag": 0, "aujourd'hui": 0, "today": 0,
    "gisteren": 1, "hier": 1, "yesterday": 1,
    "eergisteren": 2, "avant-hier": 2,
}  # fmt: skip
_WEEKDAYS: Final = {
    name: place
    for names in (
        ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
        ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    )
    for place, name in enumerate(names)
}
_UNITS: Final[Mapping[str, _Unit]] = {
    **dict.fromkeys(("dag", "dagen", "jour", "jours", "day", "days"), "day"),
    **dict.fromkeys(("week", "weken", "semaine", "semaines", "weeks"), "week"),
    **dict.fromkeys(("maand", "maanden", "mois", "month", "months"), "month"),
    **dict.fromkeys(("jaar", "jaren", "an", "ans", "annee", "annees", "year", "years"), "year"),
}
_COUNTS: Final = {
    name: count
    for count, names in enumerate(
        (
            ("een", "un", "une", "a", "one"),
            ("twee", "deux", "two"),
            ("drie", "trois", "three"),
            ("vier", "quatre", "four"),
            ("vijf", "cinq", "five"),
            ("zes", "six"),
            ("zeven", "sept", "seven"),
            ("acht", "huit", "eight"),
            ("negen", "neuf", "nine"),
            ("tien", "dix", "ten"),
        ),
        start=1,
    )
    for name in names
}


def _one_of(names: Mapping[str, object]) -> str:
    """A pattern for any of these words, the longest first."""
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_UNIT: Final = rf"(?P<unit>{_one_of(_UNITS)})"
_COUNT: Final = rf"(?P<count>[0-9]{{1,4}}|{_one_of(_COUNTS)})"
_WEEKDAY: Final = rf"(?P<weekday>{_one_of(_WEEKDAYS)})"
_LAST: Final = r"(?:vorige?|verleden|afgelopen|voorbije|last)"
_FRENCH_LAST: Final = r"(?:derniere?|passee?)"
_SHAPES: Final = {  # what is read, with ` ?` for the blanks that may stand there
    "named": (rf"(?P<named>{_one_of(_DAYS_AGO)})",),
    "weekday": (_WEEKDAY,),
    "last_weekday": (rf"{_LAST} ?{_WEEKDAY}", rf"{_WEEKDAY} ?dernier"),
    "ago": (rf"{_COUNT} ?{_UNIT} ?(?:geleden|ago)", rf"il ?y ?a ?{_COUNT} ?{_UNIT}"),
    "this": (rf"(?:deze|dit|cette|cet|ce|this) ?{_UNIT}(?:-ci)?",),
    "last": (rf"{_LAST} ?{_UNIT}", rf"(?:l[ae]s? ?|l')?{_UNIT} ?{_FRENCH_LAST}"),
    "past": (
        rf"(?:de ?|the ?)?(?:afgelopen|voorbije|laatste|past|last) ?{_COUNT} ?{_UNIT}",
        rf"(?:les ?)?{_COUNT} ?derni[eè]re?s ?{_UNIT}",
    ),
}


def relative_days(text: str, today: dt.date) -> tuple[int, int] | None:
    """Parse days told from today as their first and last (`date.toordinal()`); blanks do not matter."""
    plain = "".join(fold(text.lower().replace("’", "'")).split())
    for name, pattern in _PATTERNS:
        if found := pattern.fullmatch(plain):
            try:
                first, last = _READERS[name](found.groupdict(), today)
            except (ValueError, OverflowError):  # before the year 1
                return None
            return first.toordinal(), last.toordinal()
    return None


_PATTERNS: Final = tuple((name, lazy(shape.replace(" ?", ""))) for name, shapes in _SHAPES.items() for shape in shapes)


def _pattern_in_text() -> str:
    """The shapes of several words as they are typed, with blanks and accents, without names of groups."""
    shapes = [shape for name, shapes in _SHAPES.items() if name not in ("named", "weekday") for shape in shapes]
    pattern = re.sub(r"\(\?P<\w+>", "(?:", "|".join(shapes))
    for plain, typed in _AS_TYPED:
        pattern = pattern.replace(plain, typed)
    return pattern


def may_name_days(text: str) -> bool:
    """Return whether `IN_WORDS` may occur in a text: each of its shapes names a unit or a day of the week."""
    return not _MEASURES.isdisjoint(_WORD.findall(fold(text.lower())))


_MEASURES: Final = frozenset((*_UNITS, *_WEEKDAYS))
_WORD: Final = lazy(r"\w+")
_AS_TYPED: Final = (
    (" ?", r"\s+"), ("annee", "ann[eé]e"), ("derniere", "derni[eè]re"), ("passee", "pass[eé]e"), ("l')", "l['’])"),
)  # fmt: skip
IN_WORDS: Final = rf"(?i:(?:{_pattern_in_text()})(?!\w))"
"""A pattern for such days of several words, blanks and all: for who must know where they end in a longer text."""


def _named(found: Mapping[str, str], today: dt.date) -> _Span:
    day = today - dt.timedelta(days=_DAYS_AGO[found["named"]])
    return day, day


def _weekday(found: Mapping[str, str], today: dt.date) -> _Span:
    day = today - dt.timedelta(days=(today.weekday() - _WEEKDAYS[found["weekday"]]) % 7)
    return day, day


def _last_weekday(found: Mapping[str, str], today: dt.date) -> _Span:
    return _weekday(found, today - dt.timedelta(days=1))


def _ago(found: Mapping[str, str], today: dt.date) -> _Span:
    day = _before(today, _count(found["count"]), _UNITS[found["unit"]])
    return day, day


def _this(found: Mapping[str, str], today: dt.date) -> _Span:
    return _whole(today, _UNITS[found["unit"]])


def _last(found: Mapping[str, str], today: dt.date) -> _Span:
    unit = _UNITS[found["unit"]]
    return _whole(_whole(today, unit)[0] - dt.timedelta(days=1), unit)


def _past(found: Mapping[str, str], today: dt.date) -> _Span:
    count = _count(found["count"])
    if not count:
        raise ValueError("no days at all")
    return _before(today, count, _UNITS[found["unit"]]) + dt.timedelta(days=1), today


_READERS: Final[Mapping[str, Callable[[Mapping[str, str], dt.date], _Span]]] = {
    "named": _named,
    "weekday": _weekday,
    "last_weekday": _last_weekday,
    "ago": _ago,
    "this": _this,
    "last": _last,
    "past": _past,
}


def _count(text: str) -> int:
    return _COUNTS.get(text) or int(text)


def _before(day: dt.date, count: int, unit: _Unit) -> dt.date:
    """The day so many units before; of a shorter month the last day."""
    if unit in ("day", "week"):
        return day - dt.timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 - count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(max(year, 1), month + 1)[1]))


def _whole(day: dt.date, unit: _Unit) -> _Span:
    """The day, week, month or year around a day."""
    if unit == "week":
        first = day - dt.timedelta(days=day.weekday())
        return first, first + dt.timedelta(days=6)
    if unit == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return (dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)) if unit == "year" else (day, day)
