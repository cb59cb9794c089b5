"""Records read back: a line of our own export is a question again."""

import json
import re
from dataclasses import replace
from typing import Final

from searchq.documents.labels import NUMBER
from searchq.errors import DocumentError
from searchq.question import Question, Source, from_json

__all__ = ["read_record"]

_NUMBER: Final = re.compile(NUMBER)


def read_record(line: str, source: Source) -> Question:
    """The question of one exported line. Raises DocumentError when it is none, naming what is wrong."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"it is no JSON: {error}") from error
    if not isinstance(record, dict) or not {"number", "source"} <= record.keys():
        raise DocumentError("it is no exported record: it lacks the key “number” or “source”")
    try:
        question = from_json(record)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DocumentError(f"it is no exported record: {error}") from error
    return replace(question, source=Source(source.path, source.member, question.source.address, "record"))
