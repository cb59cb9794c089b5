"""Where a saved page was cut off: whole documents end in a line end or a sentence, cut ones often do not.

A page can end anywhere: within a heading, a label, a list, a word. What stands in a line that never ended is not
known to be whole, so a header drops it, and a body keeps it as the beginning that it is.
"""

from typing import Final

__all__ = [
    "ENDS_OPEN",
    "IN_ANSWER_HEADING",
    "NO_DUTCH",
    "NO_HEADING",
    "drop_begun_heading",
    "drop_open_line",
    "ends_open",
]

NO_HEADING: Final = "The heading of the question is missing, so its text is not known."
IN_ANSWER_HEADING: Final = "The page ends within the heading of an answer."
NO_DUTCH: Final = "The page ends within the French text, so the Dutch one is not known."
ENDS_OPEN: Final = "The page ends within a sentence, so the text is cut off."

_OPEN: Final = frozenset("-–,(«“‘'’/&")  # a sentence goes on after these, as after a letter
_SURE: Final = 12  # letters of a heading that are no accident, even where its line ended


def drop_open_line(text: str) -> str:
    """The text up to its last line end; what follows it may be cut."""
    return text[: text.rfind("\n") + 1]


def ends_open(text: str) -> bool:
    """Whether a text ends within a sentence: without a line end, after a letter, a comma, an opening bracket."""
    last = text.rstrip(" \t\xa0")[-1:]
    return last.isalnum() or last in _OPEN


def drop_begun_heading(text: str, headings: tuple[str, ...]) -> str:
    """The text without a last line that begins one of the headings and is not finished; the same text otherwise."""
    whole = text.rstrip()
    before, _, line = whole.rpartition("\n")
    ended = text[len(whole) :].count("\n") > 0
    enough = _SURE if ended or (before and not before.endswith("\n")) else 1
    begun = (heading for heading in headings if _begins(line.strip(), heading))
    return before if len(line.strip()) >= enough and not whole.endswith(":") and any(begun) else text


def _begins(line: str, heading: str) -> bool:
    """Whether a line is a piece of a heading, or more than one that goes on; garbled letters are any letters."""
    if len(line) > len(heading) and heading.endswith(":"):
        return False
    return all(a == b or not (a.isascii() and b.isascii()) for a, b in zip(line, heading, strict=False))
