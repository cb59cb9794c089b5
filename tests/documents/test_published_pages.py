"""Pages in real layouts beside the checkout, with the values that a careful reader gives them."""

import json
from pathlib import Path
from typing import Any

import pytest

from searchq.question import Question
from tests.documents.written import read_one

IN_FRENCH = ("title", "keywords", "question", "answer", "minister")


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, dict[str, Any]]:
    pages: dict[str, dict[str, Any]] = json.loads((shared / "pages" / "expected.json").read_text(encoding="utf-8"))
    return pages


def value(question: Question, field: str) -> Any:
    """What a record says of a field, in the shape of the expected values: white space squashed, "" for nothing."""
    record: Any = question
    if field == "title_fr" or (field in IN_FRENCH and not question.title):
        record, field = question.french, field.removesuffix("_fr")
    elif field == "layout":
        record = question.source
    elif field == "chronology":
        return [[str(entry.date), entry.label] for entry in question.chronology]
    found = getattr(record, field)
    if isinstance(found, tuple):
        return list(found)
    return " ".join(str(found or "").split())


def squashed(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def test_each_published_page_gives_the_values_a_careful_reader_gives_it(expected: Any, shared: Any) -> None:
    for name, fields in expected.items():
        question = read_one((shared / "pages" / name).read_bytes(), name)
        found = {field: value(question, field) for field in fields}
        assert found == {field: squashed(right) for field, right in fields.items()}, name


def test_pages_cut_off_or_without_chronology_name_a_problem(expected: Any, shared: Any) -> None:
    for name in expected:
        question = read_one((shared / "pages" / name).read_bytes(), name)
        assert question.problems or question.status == "answered", name
        assert (question.waiting_since is None) == (question.status != "open")
