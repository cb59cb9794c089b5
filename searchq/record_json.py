"""The record as JSON, read and written by msgspec from the types of `searchq.question`; nothing else knows its shape.

Its keys are the field names, days are ISO 8601, `null` stands where nothing is known. JSON in UTF-8 has no half
characters (lone surrogates), which file names may have: where msgspec refuses them, `json` writes and reads them.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

import msgspec

from searchq.question import Question

__all__ = [
    "check_counts",
    "decode_json",
    "decode_question",
    "encode_json",
    "from_json",
    "record_schema",
    "to_json",
]

decode_question: Final = msgspec.json.Decoder(Question).decode  # a tenth of the time that JSON and `from_json` take
_ENCODE: Final = msgspec.json.Encoder().encode
_DECODE: Final = msgspec.json.Decoder().decode


def to_json(question: Question) -> dict[str, Any]:
    """The record as JSON-ready data, its keys in the order of the fields."""
    return cast("dict[str, Any]", decode_json(encode_json(question)))


def from_json(record: Mapping[str, Any]) -> Question:
    """The question of a record; the inverse of `to_json`.

    Ignores unknown keys; absent ones and those that are null take their default, so older exports stay readable.
    Raises ValueError, naming the place, where a value has the wrong shape or `number` is missing.
    """
    return msgspec.convert({key: value for key, value in record.items() if value is not None}, Question)


def check_counts(question: Question) -> None:
    """Raise ValueError, naming the field, where a count is negative: encoding accepts what decoding refuses."""
    for name in _COUNTS:
        value = getattr(question, name)
        if value is not None and value < 0:
            raise ValueError(f"{question.number}: {name} is {value}, expected 0 or more")
    for name, start, end in _ranges(question):
        if min(start, end) < 0:
            raise ValueError(f"{question.number}: {name} has a range {start} to {end}, expected 0 or more")


def _ranges(question: Question) -> Iterator[tuple[str, int, int]]:
    for citation in question.citations:
        yield "citations", citation.start, citation.end
    for point in question.points:
        yield "points", *point.question
        yield "points", *point.answer


_COUNTS: Final = ("legislature", "delay_days", "reminders")


def record_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record."""
    (reference,), definitions = msgspec.json.schema_components([Question], ref_template="#/$defs/{name}")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **reference, "$defs": definitions}


def encode_json(value: Any) -> bytes:
    """Plain data, or a question and its parts, as JSON without blanks."""
    try:
        return _ENCODE(value)
    except UnicodeError:
        plain = msgspec.to_builtins(value)
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")


def decode_json(data: bytes) -> Any:
    """The value of a piece of JSON; the inverse of `encode_json`."""
    try:
        return _DECODE(data)
    except UnicodeError:
        return json.loads(data.decode(errors="surrogatepass"))
