"""The JSON of the record follows from its types: written, read back, described."""

import datetime as dt
import json
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.documents import Parsed, read
from searchq.documents.record import read_record
from searchq.errors import DocumentError
from searchq.question import Answer, Citation, FrenchText, Point, Question, Source
from searchq.record_json import decode_json, decode_question, encode_json, from_json, record_schema, to_json
from searchq.samples import samples_path

texts = st.none() | st.text(st.characters() | st.just("\ud83d"), max_size=20)
days = st.none() | st.dates()
counts = st.integers(0, 5000)
ranges = st.tuples(counts, counts)
questions = st.builds(
    Question,
    st.text(max_size=6),
    date=days,
    title=texts,
    keywords=st.lists(st.text(max_size=5), max_size=3).map(tuple),
    answers=st.lists(st.builds(Answer, texts, days, days, texts, texts), max_size=2).map(tuple),
    french=st.none() | st.builds(FrenchText, texts),
    citations=st.lists(st.builds(Citation, st.just("question"), counts, counts, st.just("law")), max_size=2).map(tuple),
    points=st.lists(st.builds(Point, st.text(max_size=3), ranges, ranges), max_size=2).map(tuple),
    first_seen=st.none() | st.datetimes() | st.datetimes(timezones=st.just(dt.UTC)),
    source=st.builds(Source, texts),
)
MINIMAL = {"number": "5-1", "source": {"path": "5-1.txt"}}
ELSEWHERE = Source("export.jsonl", "1")


def samples() -> list[Question]:
    return [question for item in read([samples_path()]) if isinstance(item, Parsed) for question in item.questions]


@given(question=questions)
def test_from_json_is_the_inverse_of_to_json(question: Any) -> None:
    record = to_json(question)
    assert from_json(record) == question
    assert json.loads(json.dumps(record)) == record
    assert decode_json(encode_json(question)) == record


def test_the_json_of_a_record_has_its_fields_in_their_order_and_days_as_iso() -> None:
    record = to_json(Question("5-1", date=dt.date(2012, 5, 4), points=(Point("1", (0, 5), (0, 7)),)))
    assert list(record) == list(Question.__struct_fields__)
    assert record["date"] == "2012-05-04"
    assert record["points"] == [{"label": "1", "question": [0, 5], "answer": [0, 7]}]
    assert record["title"] is None


def test_unknown_keys_are_ignored_and_null_is_absent() -> None:
    assert from_json({"number": "5-1", "colour": "red", "keywords": None, "house": None}) == Question("5-1")


def test_every_sample_satisfies_the_schema_of_the_record() -> None:
    schema = jsonschema_rs.validator_for(record_schema())
    for question in samples():
        schema.validate(to_json(question))
    for change in ({"language": "es"}, {"reminders": -1}, {"keywords": "een"}, {"source": {"layout": "lost"}}):
        assert not schema.is_valid(MINIMAL | change)
        with pytest.raises(ValueError):
            from_json(MINIMAL | change)


def test_the_schema_names_every_field_and_requires_the_number() -> None:
    record = record_schema()["$defs"]["Question"]
    assert list(record["properties"]) == list(Question.__struct_fields__)
    assert record["required"] == ["number"]


@pytest.mark.parametrize(
    ("line", "clause"),
    [
        ("[]", "it is no object"),
        ('{"source": {}}', "it lacks “number”"),
        ('{"number": "5-1"}', "it lacks “source”"),
        ('{"number": "vijf", "source": {}}', "“number” cannot be \"vijf\""),
        ('{"number": "5-1", "source": {"layout": "x"}}', "“source” cannot be {\"layout\": \"x\"}"),
        ('{"number": "5-1", "source": {}, "date": "20120504"}', "“date” cannot be \"20120504\""),
        ('{"number": "5-1", "source": {}, "points": [{"label": "1", "question": [0], "answer": [0, 1]}]}',
         "“points” cannot be [{\"label\": \"1\", \"question\": [0], \"answer\": [0, 1]}]"),
        ('{"number": "5-1", "source": {}, "title": "half \\ud800"}',
         "it contains half a character (a lone surrogate) or a number that is not finite"),
        ('{"number": "5-1", "source": {}, "delay_days": NaN}',
         "it contains half a character (a lone surrogate) or a number that is not finite"),
        ("[" * 100_000, "it is nested too deeply"),
        ('{"number": "5-1", "source": {}, "title": ' + "[" * 100_000 + "]" * 100_000 + ', "party": "\\u0041"}',
         "it is nested too deeply"),
        ("{", "it is no JSON from line 1, column 2 on"),
    ],
    ids=range(12),
)  # fmt: skip
def test_what_is_wrong_with_a_record_is_one_clause(line: Any, clause: str) -> None:
    with pytest.raises(DocumentError) as raised:
        read_record(line, ELSEWHERE)
    assert str(raised.value).removeprefix("it is no exported record: ") == clause


def test_a_record_of_the_first_edition_is_read() -> None:
    first = {
        "number": "5-1", "legislature": 5, "session": None, "date": "2012-05-04", "author": "An Vos",
        "keywords": ["spoor"], "chronology": [{"date": None, "event": "sent", "label": "Verzending vraag"}],
        "references": [{"kind": "also-asked-to", "type": "written-question", "number": "5-2"}],
        "french": {"title": None, "keywords": [], "question": "où ?", "answer": None, "minister": None},
        "reminders": 1, "source": {"path": "a.txt", "member": None, "address": None, "layout": "nl-web"},
    }  # fmt: skip
    question = read_record(json.dumps(first), ELSEWHERE)
    assert question.date == dt.date(2012, 5, 4)
    assert question.french == FrenchText(question="où ?")
    assert to_json(question) | {"source": None, "sources": None} == to_json(Question("5-1")) | first | {
        "source": None, "sources": None
    }  # fmt: skip


def test_reading_bytes_is_reading_their_json() -> None:
    for question in samples():
        assert decode_question(encode_json(question)) == question
