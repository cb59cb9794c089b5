"""The user's page about the query language keeps its word: every example in it is typed here."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from searchq import limits
from searchq.called import is_name
from searchq.query.fields import FIELDS
from searchq.query.language import parse
from searchq.query.language.operators import NEAR, OPERATORS
from tests.query.notation import shown
from tests.query.small_index import INDEX

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "query-language.md").read_text(encoding="utf-8")


def rows(first: str, second: str) -> list[tuple[str, str]]:
    """The rows of all tables with these headings."""
    found = []
    for table in re.findall(rf"\| {first} \| {second} \|\n\|---\|---\|\n((?:\|.*\|\n)+)", PAGE):
        found += [tuple(re.split(r" \| ", line.strip("| \n"), maxsplit=1)) for line in table.splitlines()]
    assert found, f"no table {first} | {second}"
    return found  # type: ignore[return-value]


TODAY = dt.date(2013, 5, 15)  # a Wednesday
EXAMPLES = rows("You type", "You find questions[^|]*")
TOLD = rows("You type", "You are told")


@pytest.mark.parametrize(("example", "meaning"), EXAMPLES)
def test_an_example_is_read_as_it_stands(example: Any, meaning: Any) -> None:
    parsed = parse(example.strip("`"), INDEX, TODAY)
    assert {hint.code for hint in parsed.hints} <= {"several-values"}
    for other in re.findall(r"(?:the same as|also|also `[^`]+` and) `([^`]+)`", meaning):
        assert shown(parsed.tree) == shown(parse(other, INDEX, TODAY).tree)


@pytest.mark.parametrize(("example", "sentence"), TOLD)
def test_a_visitor_is_told_what_the_page_says(example: Any, sentence: Any) -> None:
    assert [hint.sentence("en") for hint in parse(example.strip("`"), INDEX).hints] == [sentence]


def test_every_field_stands_on_the_page_with_all_its_names() -> None:
    told = {field: tuple(re.findall("`([^`]+)`", names)) for field, names in rows("Field", "Names")}
    assert told == {field.target: field.names for field in FIELDS}


def test_every_kind_of_field_has_an_example() -> None:
    examples = " ".join(example for example, _ in EXAMPLES)
    for field in FIELDS:
        assert any(f"{name}:" in examples for name in field.names), field.target


def test_numbers_of_questions_go_to_their_question() -> None:
    section = PAGE.split("## Question numbers")[1].split("##")[0]
    for number in re.findall("`([^`]+)`", section):
        assert parse(number, INDEX).jump in ("5-8902", "2-1535/1")


def test_other_names_of_questions_are_names() -> None:
    section = PAGE.split("### Other names of questions")[1].split("##")[0]
    names = re.findall("`([^`]+)`", section)
    assert len(names) == 5
    assert all(map(is_name, names))


def test_quotes_of_every_kind_are_those_of_the_page() -> None:
    (line,) = re.findall(r"angled: (.*?) The", PAGE, re.DOTALL)
    trees = {shown(parse(example, INDEX).tree) for example in re.findall("`([^`]+)`", line)}
    assert trees == {'exact("sociale media")'}


def test_the_operators_of_the_page_are_those_of_the_table() -> None:
    (line,) = re.findall(r"- \*\*Operators\*\* are capitals: (.*?)In small letters", PAGE, re.DOTALL)
    told = {sign.removesuffix("/5") for sign in re.findall("`([^`]+)`", line)}
    assert told == {*OPERATORS, *NEAR, "-"} - {"&", "|", "PRES"}  # other ways to type && || PRÈS


def test_the_limits_are_those_of_the_program() -> None:
    numbers = [int(re.search(r"\d+", most)[0]) for _, most in rows("What", "At most")]  # type: ignore[index]
    assert numbers == [
        limits.MAX_QUERY_CHARACTERS,
        limits.MAX_QUERY_TERMS,
        limits.MAX_QUERY_DEPTH,
        limits.MIN_PREFIX_LETTERS,
        limits.MAX_WILDCARDS,
        limits.MAX_EXPANDED_TERMS,
        limits.FUZZY_DISTANCE,
        limits.MAX_WORD_DISTANCE,
        limits.MAX_BOOST,
    ]


def test_every_status_of_the_page_is_one() -> None:
    (line,) = re.findall(r"Statuses are (.*?)\. A value", PAGE, re.DOTALL)
    for status in re.findall("`([^`]+)`", line):
        hints = {hint.code for hint in parse(f"status:{status}", INDEX).hints}
        assert hints <= {"several-values"}, status
