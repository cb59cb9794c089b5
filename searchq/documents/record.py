"""Records read back: a line of our own export is a question again.

A record comes from outside like any document, so its shape is checked in full here; what passes can be indexed. Keys of
later versions are ignored, absent ones are unknown. `number` and `source` must be there: they tell an export from other
JSON.
"""

import json
import re
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from searchq.documents.json_text import cleaned, json_fault
from searchq.errors import DocumentError
from searchq.numbers import is_number
from searchq.question import Question, Source
from searchq.record_json import from_json

__all__ = ["read_record"]

_REQUIRED: Final = ("number", "source")
_KEY: Final = re.compile(r"`\$\.(\w+)")  # the field at fault, in a message of msgspec
_MAX_SHOWN: Final = 80  # characters of a value at fault


def read_record(line: str, source: Source) -> Question:
    """The question of one exported line. Raises DocumentError when it is none, naming what is wrong.

    Its address stays; path and member tell where the record was read.
    """
    try:
        question = _checked(_decoded(line))
    except RecursionError:
        raise DocumentError("it is no exported record: it is nested too deeply") from None
    own = Source(source.path, source.member, question.source.address, "record")
    pages = (page for page in question.sources if page.layout != "record")
    return replace(question, source=own, sources=(own, *pages))


def _decoded(line: str) -> Any:
    try:
        record = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeError):
        raise DocumentError(_syntax_fault(line)) from None
    return cleaned(record, line)


def _syntax_fault(line: str) -> str:
    """What is wrong with a line that JSON in UTF-8 cannot be."""
    try:
        json.loads(line)
    except ValueError as error:
        return json_fault(error)
    return "it is no exported record: it contains half a character (a lone surrogate) or a number that is not finite"


def _checked(record: Any) -> Question:
    """The question of a decoded record."""
    if not isinstance(record, dict):
        raise DocumentError("it is no exported record: it is no object")
    for key in _REQUIRED:
        if record.get(key) is None:
            raise DocumentError(f"it is no exported record: it lacks “{key}”")
    try:
        question = from_json(record)
    except msgspec.ValidationError as error:
        at = _KEY.search(str(error))
        if at:
            raise _misfit(record, at[1]) from error
        raise DocumentError("it is no exported record: it has another shape") from error
    if not is_number(question.number):
        raise _misfit(record, "number")
    return question


def _misfit(record: dict[str, Any], key: str) -> DocumentError:
    shown = json.dumps(record[key])[:_MAX_SHOWN]
    return DocumentError(f"it is no exported record: “{key}” cannot be {shown}")
