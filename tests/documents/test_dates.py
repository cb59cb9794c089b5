"""Dates in Dutch and French, worded and in figures."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.documents.dates import parse_date

DUTCH = "januari februari maart april mei juni juli augustus september oktober november december".split()  # noqa: SIM905
FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_every_date_is_read_in_every_writing(day: Any) -> None:
    for months in (DUTCH, FRENCH):
        assert parse_date(f"{day.day} {months[day.month - 1]} {day.year}") == day
    assert parse_date(f"{day.day}/{day.month}/{day.year}") == day
    assert parse_date(f"{day.day:02}/{day.month:02}/{day.year}") == day


@pytest.mark.parametrize("august", ["aôut", "août", "aout", "Aôut", "AOÛT"])
def test_french_august_has_many_spellings(august: str) -> None:
    assert parse_date(f"1 {august} 2016") == dt.date(2016, 8, 1)


def test_the_first_of_a_month_may_be_written_1er() -> None:
    assert parse_date("1er mars 2010") == dt.date(2010, 3, 1)


@pytest.mark.parametrize(
    "text", ["3juni 2006", "3 juni2006", "3de juni 2006", "3e juni 2006", "3. juni 2006", "03.06.2006"]
)
def test_blanks_may_be_lost_and_days_be_ordinals(text: str) -> None:
    assert parse_date(text) == dt.date(2006, 6, 3)


def test_no_break_spaces_are_spaces() -> None:
    assert parse_date("30\xa0april\xa02013") == dt.date(2013, 4, 30)


@pytest.mark.parametrize(
    "text",
    ["31 april 2013", "29/2/2013", "4/13/2013", "0/1/2000", "99/99/9999", "30", "april 2013", "30 april", "30 foo 2013",
     "2013-04-30", "vandaag", "", "30 april 13", "30/4-2013", "٣/٣/٢٠١٣", "1 mei 0000"],
)  # fmt: skip
def test_what_is_no_date_or_does_not_exist_is_none(text: str) -> None:
    assert parse_date(text) is None


@given(st.text())
def test_any_text_is_a_date_or_none(text: Any) -> None:
    assert parse_date(text) is None or isinstance(parse_date(text), dt.date)
