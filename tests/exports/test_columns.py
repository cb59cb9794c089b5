"""The columns of exports follow the record."""

import pytest

from searchq.errors import RequestError
from searchq.exports.columns import COLUMN_NAMES, RECORD_NAMES, columns_named, without_hit
from searchq.question import Question
from searchq.record_json import to_json


def test_every_key_of_the_record_is_a_column() -> None:
    assert tuple(to_json(Question("5-1"))) == RECORD_NAMES
    assert [column.name for column in columns_named(COLUMN_NAMES)] == list(COLUMN_NAMES)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("number", "text"),
        ("house", "text"),
        ("status", "text"),
        ("legislature", "integer"),
        ("reminders", "integer"),
        ("date", "date"),
        ("last_seen", "date"),
        ("first_seen", "time"),
        ("keywords", "texts"),
        ("french_keywords", "texts"),
        ("french_answer", "text"),
        ("chronology", "data"),
        ("source", "data"),
        ("points", "data"),
        ("score", "number"),
    ],
)
def test_the_kind_of_a_column_is_that_of_the_record(name: str, kind: str) -> None:
    (column,) = columns_named([name])
    assert column.kind == kind


def test_a_column_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(RequestError, match="unknown field 'titel'; choose from number, house"):
        columns_named(["number", "titel"])


def test_a_question_that_no_search_ranked_has_no_score() -> None:
    values = {column.name: column.value(without_hit(Question("5-1"))) for column in columns_named(COLUMN_NAMES)}
    assert values["score"] is None and values["snippet"] is None and values["french_title"] is None
    assert values["address"].endswith("LEG=5&NR=1&LANG=nl")
