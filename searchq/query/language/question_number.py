"""Recognises a query that is only the number of a question, so the page can open that question."""

import re
from typing import Final

from searchq.lazy_regex import lazy
from searchq.numbers import number_of

__all__ = ["jump_number"]

_JUMP: Final = lazy(
    r"(?:(?:schriftelijke\s+)?vraag\s+|question\s+(?:écrite\s+)?)?(?:(?:nr|no|n°|nº|nummer|number|numéro)\.?\s*)?"
    r"(?P<number>[1-9][^.]*)\.?",
    re.IGNORECASE,
)


def jump_number(text: str) -> str | None:
    """Return the question number that a text consists of (5-8902, 2-1535/1); None for any other text."""
    found = _JUMP.fullmatch(text.strip())
    return number_of(found["number"]) if found else None
