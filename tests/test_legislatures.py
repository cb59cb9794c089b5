"""The legislatures of both houses."""

import datetime as dt

import pytest

from searchq.legislatures import house_of, last_day, legislature_label, legislature_of, legislature_years


@pytest.mark.parametrize(
    ("day", "senate"),
    [
        ("1995-05-20", None),
        ("1995-05-21", 1),
        ("1995-09-28", 1),
        ("1999-06-12", 1),
        ("1999-06-13", 2),
        ("2003-05-17", 2),
        ("2010-05-06", 4),
        ("2010-05-07", None),
        ("2010-06-13", 5),
        ("2014-05-24", 5),
        ("2019-05-24", None),
        ("2024-06-08", 7),
        ("2026-11-27", 8),
    ],
)
def test_a_day_tells_the_legislature_of_either_house(day: str, senate: int | None) -> None:
    asked = dt.date.fromisoformat(day)
    assert legislature_of("senate", asked) == senate
    assert legislature_of("chamber", asked) == (None if senate is None else senate + 48)


@pytest.mark.parametrize(
    ("legislature", "last"),
    [(1, "1999-06-12"), (2, "2003-05-17"), (3, "2007-06-09"), (4, "2010-05-06"), (6, "2019-05-23"), (7, "2024-06-08")],
)
def test_a_legislature_ends_on_its_last_day_or_before_the_next_election(legislature: int, last: str) -> None:
    assert last_day("senate", legislature) == last_day("chamber", legislature + 48) == dt.date.fromisoformat(last)


def test_the_legislature_that_sits_has_no_last_day_nor_has_one_of_which_nothing_is_known() -> None:
    assert [last_day("senate", 8), last_day("chamber", 56), last_day("chamber", 48), last_day("senate", 9)] == [
        None
    ] * 4


def test_labels_add_the_years() -> None:
    labels = [legislature_label(number) for number in (1, 5, 8, 53, 56, 48, 9)]
    assert labels == ["1 (1995-1999)", "5 (2010-2014)", "8 (2024-)", "53 (2010-2014)", "56 (2024-)", "48", "9"]
    assert legislature_years("senate", 8) == (2024, None)


def test_a_number_of_a_legislature_tells_its_house() -> None:
    assert [house_of(number) for number in (1, 8, 48, 56)] == ["senate", "senate", "chamber", "chamber"]
