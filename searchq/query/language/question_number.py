"""Recognises a query that is only the number of a question, so the page can open that question."""

import re
from typing import Final

from searchq.called import called, number_of_page
from searchq.lazy_regex import lazy
from searchq.numbers import number_of

__all__ = ["called_name", "jump_number"]

_JUMP: Final = lazy(
    r"(?:(?:schriftelijke\s+)?vraag\s+|question\s+(?:écrite\s+)?)?(?:(?:nr|no|n°|nº|nummer|number|numéro)\.?\s*)?"
    r"(?P<number>[1-9][^.]*)\.?",
    re.IGNORECASE,
)


def jump_number(text: str) -> str | None:
    """Return the number or page address that a text consists of, as a number (5-8902, 2-1535/1); None otherwise."""
    found = _JUMP.fullmatch(text.strip())
    if found is None:
        return number_of_page(text)
    return None if called(found["number"]) else number_of(found["number"])


def called_name(text: str) -> str | None:
    """What a text calls one or several questions of the Chamber (56-0930, B045, a DOCNAME); None for any other."""
    found = _JUMP.fullmatch(text.strip())
    return called(found["number"] if found else text) or called(number_of_page(text) or "")
