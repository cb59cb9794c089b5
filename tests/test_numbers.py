"""Question numbers of both houses."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.numbers import (
    NUMBER,
    SENATE,
    QuestionNumber,
    is_beginning,
    is_number,
    number_of,
    number_order,
    parse_number,
    sibling_order,
)

SENATE_NUMBERS = st.builds(
    lambda legislature, serial, part: QuestionNumber("senate", legislature, serial, part=part),
    st.integers(1, 99),
    st.integers(0, 999_999),
    st.integers(0, 999),
)
CHAMBER_NUMBERS = st.builds(
    lambda legislature, serial, rank, docname: QuestionNumber(
        "chamber", legislature, serial, rank=rank, docname=f"{docname:013}"
    ),
    st.integers(10, 99),
    st.integers(0, 999_999),
    st.integers(0, 999),
    st.integers(0, 10**13 - 1),
)
NUMBERS = SENATE_NUMBERS | CHAMBER_NUMBERS


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5-8902", "5-8902"),
        ("1-1535/1", "1-1535/1"),
        (" 5 – 08902 ", "5-8902"),
        ("56-7-0930-2025202606531", "56-7-0930-2025202606531"),
        ("56--7-0930-2025202606531", "56-7-0930-2025202606531"),
        ("56-B045-7-0930-2025202606531", "56-7-0930-2025202606531"),
        ("54-b001-3-0001-0000201400004", "54-3-0001-0000201400004"),
        ("56--8-0953-2025202606531", "56-8-0953-2025202606531"),
    ],
)
def test_every_spelling_of_a_number_is_one_number(text: str, number: str) -> None:
    assert number_of(text) == number
    assert is_number(number)


@pytest.mark.parametrize(
    "text", ["", "?", "1535", "5-", "-5", "0-5", "5-1234567", "56-7-0930", "5-12/", "a5-12", "5-12b"]
)
def test_other_texts_are_no_number(text: str) -> None:
    assert (parse_number(text), number_of(text), number_order(text), sibling_order(text)) == (None,) * 4
    assert not is_number(text)


@given(NUMBERS)
def test_a_number_reads_back_as_written(number: Any) -> None:
    assert parse_number(str(number)) == number
    assert re.fullmatch(NUMBER, str(number))
    assert bool(re.fullmatch(SENATE, str(number))) == (number.house == "senate")


@given(st.lists(NUMBERS, max_size=20))
def test_numbers_stand_by_house_legislature_and_serial_or_docname_and_rank(numbers: Any) -> None:
    def as_the_record_says(number: Any) -> Any:
        within = (number.docname, number.rank) if number.house == "chamber" else (number.serial, number.part)
        return (number.house == "chamber", number.legislature, within)

    assert [as_the_record_says(number) for number in sorted(numbers, key=lambda number: number.order)] == sorted(
        map(as_the_record_says, numbers)
    )
    assert all(0 < number.order < 2**63 for number in numbers)


@given(CHAMBER_NUMBERS, st.integers(0, 999), st.integers(0, 9999))
def test_the_routes_of_one_docname_are_siblings(number: Any, rank: Any, serial: Any) -> None:
    assert sibling_order(str(number)) == sibling_order(str(number._replace(rank=rank, serial=serial)))
    assert sibling_order(str(number)) != sibling_order(str(number._replace(legislature=number.legislature ^ 1)))


def test_a_number_of_the_senate_tells_no_siblings() -> None:
    assert sibling_order("5-8902") is None


@given(NUMBERS, st.integers(1, 30))
def test_whatever_a_number_begins_with_is_a_beginning(number: Any, length: Any) -> None:
    assert is_beginning(str(number)[:length])


@pytest.mark.parametrize("text", ["", "telewerk", "5 8902", "2013/4", "5-8902-", "-"])
def test_other_texts_are_no_beginning(text: str) -> None:
    assert is_beginning(text) == (text == "5-8902-")
