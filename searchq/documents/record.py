"""Records read back: a line of our own export is a question again.

A record comes from outside like any document, so its shape is checked in full here; what passes can be indexed. Keys of
later versions are ignored, absent ones are unknown. `number` and `source` must be there: they tell an export from other
JSON.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any, Final, get_args

from searchq.documents.charset import composed, without_controls
from searchq.errors import DocumentError
from searchq.numbers import is_number
from searchq.question import (
    Answer,
    CitationKind,
    CitedText,
    Event,
    FrenchText,
    House,
    Language,
    Layout,
    Question,
    ReferenceKind,
    ReferenceType,
    Source,
    Status,
    from_json,
)

__all__ = ["read_record"]

Check = Callable[[Any], bool]

_REQUIRED: Final = ("number", "source")
_ESCAPED: Final = re.compile(r"\\[ubf]")  # decomposed letters, control characters
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")  # JSON can spell half a character, UTF-8 cannot


def read_record(line: str, source: Source) -> Question:
    """The question of one exported line. Raises DocumentError when it is none, naming what is wrong.

    Its address stays; path and member tell where the record was read.
    """
    try:
        record = json.loads(line)
        if _ESCAPED.search(line):  # escapes can hide what the decoded line no longer shows
            record = _plain(record)
        wrong = _fault(record)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"it is no JSON: {error}") from error
    if wrong:
        raise DocumentError(f"it is no exported record: {wrong}")
    try:
        question = from_json(record)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DocumentError(f"it is no exported record: {error}") from error
    own = Source(source.path, source.member, question.source.address, "record")
    pages = (page for page in question.sources if page.layout != "record")
    return replace(question, source=own, sources=(own, *pages))


def _plain(value: Any) -> Any:
    """JSON with its texts in NFC and without control characters."""
    if isinstance(value, str):
        return without_controls(composed(value))
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return {_plain(key): _plain(item) for key, item in value.items()} if isinstance(value, dict) else value


def _fault(record: Any) -> str | None:
    """What is wrong with a record, as a clause; None for a sound one."""
    if not isinstance(record, dict):
        return "it is no object"
    for key in _REQUIRED:
        if record.get(key) is None:
            return f"it lacks “{key}”"
    return next((f"“{key}” cannot be {json.dumps(record[key])[:80]}" for key, fits in _SHAPE.items()
                 if not (record.get(key) is None or fits(record[key]))), None)  # fmt: skip


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and _LONE_SURROGATE.search(value) is None


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _one_of(literal: Any) -> Check:
    values = frozenset(get_args(literal))
    return lambda value: isinstance(value, str) and value in values


def _object(shape: Mapping[str, Check], required: tuple[str, ...] = ()) -> Check:
    """An object of just these keys, each fitting or null; the required ones there."""
    return lambda value: (
        isinstance(value, dict)
        and value.keys() <= shape.keys()
        and all(value.get(key) is not None for key in required)
        and all(item is None or shape[key](item) for key, item in value.items())
    )


def _list_of(check: Check) -> Check:
    return lambda value: isinstance(value, list) and all(map(check, value))


def _is_range(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_count, value))


_SOURCE: Final = _object(
    {field.name: _one_of(Layout) if field.name == "layout" else _is_text for field in fields(Source)}
)
_SHAPE: Final[dict[str, Check]] = {
    **{field.name: _is_text for field in fields(Question)},  # those that are not said below
    "number": lambda value: isinstance(value, str) and is_number(value),
    "keywords": _is_texts,
    "portfolios": _is_texts,
    "title_path": _is_texts,
    "problems": _is_texts,
    "legislature": _is_count,
    "delay_days": _is_count,
    "reminders": _is_count,
    "language": _one_of(Language),
    "status": _one_of(Status),
    "chronology": _list_of(
        _object({"date": _is_text, "event": _one_of(Event), "label": _is_text}, required=("event", "label"))
    ),
    "references": _list_of(
        _object(
            {"kind": _one_of(ReferenceKind), "type": _one_of(ReferenceType), "number": _is_text},
            required=("kind", "type", "number"),
        )
    ),
    "french": _object(
        {field.name: _is_texts if field.name == "keywords" else _is_text for field in fields(FrenchText)}
    ),
    "house": _one_of(House),
    "answers": _list_of(_object({field.name: _is_text for field in fields(Answer)})),
    "citations": _list_of(
        _object(
            {
                "text": _one_of(CitedText),
                "start": _is_count,
                "end": _is_count,
                "kind": _one_of(CitationKind),
                "house": _one_of(House),
                "number": _is_text,
                "url": _is_text,
            },
            required=("text", "start", "end", "kind"),
        )
    ),
    "points": _list_of(
        _object(
            {"label": _is_text, "question": _is_range, "answer": _is_range}, required=("label", "question", "answer")
        )
    ),
    "source": _SOURCE,
    "sources": _list_of(_SOURCE),
}
