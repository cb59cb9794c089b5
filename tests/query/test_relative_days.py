"""Days told from today, against counting day by day."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.query import ranges
from searchq.query.relative_days import IN_WORDS, may_name_days, relative_days

ONE = dt.timedelta(days=1)
days = st.dates(dt.date(1996, 1, 1), dt.date(2030, 1, 1))


def span(text: Any, today: Any) -> Any:
    found = relative_days(text, today)
    return found and tuple(map(dt.date.fromordinal, found))


def around(day: Any, same: Any) -> Any:
    """The days around one that are the same in something, walked one by one."""
    first = last = day
    while same(first - ONE) == same(day):
        first -= ONE
    while same(last + ONE) == same(day):
        last += ONE
    return first, last


UNITS = {
    ("deze week", "cette semaine", "this week"): lambda day: day.isocalendar()[:2],
    ("deze maand", "ce mois", "Ce mois-ci", "this month"): lambda day: (day.year, day.month),
    ("dit jaar", "cette année", "this year"): lambda day: day.year,
}
LAST = {
    "week": ("vorige week", "la semaine dernière", "semaine passée", "last week"),
    "maand": ("Vorige maand", "le mois dernier", "last month"),
    "jaar": ("vorig jaar", "l’année dernière", "l'an dernier", "last year"),
}


@settings(max_examples=50)
@given(st.from_regex(IN_WORDS, fullmatch=True))
def test_a_text_in_which_such_days_occur_may_name_them(text: str) -> None:
    assert may_name_days(f"asiel {text}")
    assert not may_name_days("de trein van Gent, en sociale media")


@settings(max_examples=20)
@given(days)
def test_a_week_a_month_and_a_year_are_whole(today: Any) -> None:
    for (names, same), last in zip(UNITS.items(), LAST.values(), strict=True):
        this = around(today, same)
        assert {span(name, today) for name in names} == {this}
        assert {span(name, today) for name in last} == {around(this[0] - ONE, same)}


@settings(max_examples=20)
@given(days, st.integers(0, 3000))
def test_so_many_days_ago_is_one_day(today: Any, count: Any) -> None:
    day = today - count * ONE
    forms = (f"{count} dagen geleden", f"il y a {count} jours", f"{count} days ago")
    assert {span(form, today) for form in forms} == {(day, day)}
    past = span(f"afgelopen {count} dagen", today)
    assert past == ((day + ONE, today) if count else None)


@settings(max_examples=20)
@given(days, st.integers(0, 6))
def test_a_day_of_the_week_is_its_last_one(today: Any, weekday: Any) -> None:
    name = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")[weekday]
    wanted = next(day for day in (today - at * ONE for at in range(7)) if day.weekday() == weekday)
    assert span(name, today) == (wanted, wanted)
    before = wanted if wanted < today else wanted - 7 * ONE
    assert span(f"vorige {name}", today) == (before, before)


@pytest.mark.parametrize(
    ("text", "day"),
    [("een maand geleden", "2013-02-28"), ("1 jaar geleden", "2012-03-31"), ("drie weken geleden", "2013-03-10")],
)
def test_a_shorter_month_gives_its_last_day(text: str, day: str) -> None:
    assert span(text, dt.date(2013, 3, 31)) == (dt.date.fromisoformat(day),) * 2


@pytest.mark.parametrize(
    "text", ["ooit", "hier soir", "9999 jaar geleden", "dagen geleden", "week", "vorige", "2013 jaar"]
)
def test_what_tells_no_day_is_none(text: str) -> None:
    assert span(text, dt.date(2013, 3, 31)) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("sinds maandag", "2013-05-13", None),
        ("depuis le mois dernier", "2013-04-01", None),
        ("tot en met gisteren", None, "2013-05-14"),
        (">= vorige week", "2013-05-06", None),
        ("vorige maand..vandaag", "2013-04-01", "2013-05-15"),
        ("gisteren..vorige maand", "2013-04-01", "2013-05-14"),
    ],
)
def test_days_told_from_today_are_ends_of_ranges(text: str, first: str | None, last: str | None) -> None:
    found = ranges.interval(text, ranges.days_from(dt.date(2013, 5, 15)))
    assert [end and dt.date.fromordinal(end).isoformat() for end in found[:2]] == [first, last]  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("dit jaar", (2013, 2013)),
        ("vorig jaar..dit jaar", (2012, 2013)),
        (">vorig jaar", (2013, None)),
        ("2 jaar geleden", (2011, 2011)),
        ("2012", (2012, 2012)),
        ("2012-2014", (2012, 2014)),
        ("ooit", None),
    ],
)
def test_years_are_told_from_today(text: str, years: tuple[int, int | None] | None) -> None:
    found = ranges.interval(text, ranges.years_from(dt.date(2013, 5, 15)))
    assert (found and found[:2]) == years
    assert ranges.interval("dit jaar", ranges.years_from(None)) is None


def test_a_range_of_days_waited_reads_as_numbers_do() -> None:
    assert [str(ranges.days_range(text)) for text in (">100", "31..60", "60..31", "45", "<=30", " ")] == [
        "101..", "31..60", "31..60", "45", "..30", "..",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="lang"):
        ranges.days_range("lang")
