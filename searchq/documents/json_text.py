"""JSON as documents hold it: read whole, its texts as clean as any other text."""

import json
import re
from typing import Any, Final

from searchq.documents.charset import composed, without_controls

__all__ = ["cleaned", "json_fault", "load_json"]

_ESCAPED: Final = re.compile(r"\\[ubf]")  # decomposed letters, control characters


def load_json(text: str) -> Any:
    """What JSON says, its texts in NFC and without control characters. Raises ValueError or RecursionError."""
    return cleaned(json.loads(text), text)


def cleaned(value: Any, text: str) -> Any:
    """What a JSON text was decoded to, its strings cleaned: escapes can hide what the text no longer shows."""
    return _plain(value) if _ESCAPED.search(text) else value


def json_fault(error: ValueError | RecursionError) -> str:
    """Where a text stops being JSON, as a clause in our own words."""
    if isinstance(error, json.JSONDecodeError):
        return f"it is no JSON from line {error.lineno}, column {error.colno} on"
    why = "it is nested too deeply" if isinstance(error, RecursionError) else "a number in it is too long"
    return f"it is no JSON: {why}"


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return without_controls(composed(value))
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return {_plain(key): _plain(item) for key, item in value.items()} if isinstance(value, dict) else value
