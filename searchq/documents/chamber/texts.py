"""The texts of a record, however they nest: flattened to lines, nothing of them lost.

    {"br": ["Een.", "Twee.", {"a": {"href": "…", "#text": "drie"}}, "vier"]}     Een. ⏎ Twee.drievier

Lines lie side by side in a list, with a line break between them; before and after a link, or another mark within a
line, there is none. An XML element is the same: its `<br/>` are breaks, and one that touches a link is none.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct

__all__ = ["BREAK", "JOIN", "Markup", "line_of", "lines_in", "text_of"]

BREAK: Final = "\x00"  # a line ends here
JOIN: Final = "\x01"  # nothing stands between the two sides; texts themselves hold no control characters


class Markup(list[str]):
    """The content of an XML element that has others within: texts, BREAK and JOIN, in their order."""


class _Inline(Struct, frozen=True):
    """A mark within a line, such as a link."""

    value: Any


_INLINE: Final = frozenset({"a", "b", "em", "font", "i", "span", "strong", "sub", "sup", "u"})
_ATTRIBUTES: Final = frozenset({"class", "href", "id", "lang", "name", "rel", "style", "target", "title"})

_JOINED: Final = re.compile(rf"{JOIN}(\s*){BREAK}?")
_JOINING: Final = re.compile(rf"{BREAK}(\s*)(?={JOIN})")
_WRAPPED: Final = re.compile(r"\n[ \t]{3,}")  # a line of the file, not of the text
_BLANKS: Final = re.compile(r"[ \t\r]{2,}|[\t\r]")
_EMPTY_LINES: Final = re.compile(r"\n[ \n]*\n")
_AROUND: Final = re.compile(r" \n ?|\n ")


def text_of(value: Any) -> str | None:
    """The text of a value, in lines; None where there is none."""
    if not value:
        return None
    text = value if isinstance(value, str) else "".join(_pieces(value))
    if JOIN in text:
        text = _JOINED.sub(r"\1", _JOINING.sub(r"\1", text))
    if "\n" in text:
        text = _WRAPPED.sub(" ", text)
    text = text.replace(BREAK, "\n")
    if "  " in text or "\t" in text or "\r" in text:
        text = _BLANKS.sub(" ", text)
    if "\n" in text:
        text = _EMPTY_LINES.sub("\n\n", _AROUND.sub("\n", text))
    return text.strip() or None


def line_of(value: Any) -> str | None:
    """The text of a value on one line; None where there is none."""
    text = str(value) if isinstance(value, int) else text_of(value)
    return " ".join(text.split()) if text else None


def lines_in(value: Any) -> list[str]:
    """The values of a field that may have several, each on one line."""
    several = value if isinstance(value, list) and not isinstance(value, Markup) else [value]
    return [line for one in several if (line := line_of(one))]


def _pieces(value: Any) -> Iterator[str]:
    """The texts and marks of a value, in their order; a stack, since values may nest deeper than calls may."""
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, Markup):
            yield from one
        elif isinstance(one, list):
            stack.extend(_apart(one))
        elif isinstance(one, _Inline):
            stack.extend((JOIN, one.value, JOIN))
        elif isinstance(one, dict):
            stack.extend(_apart(list(_parts(one))))
        elif isinstance(one, int | float):
            yield str(one)


def _apart(values: list[Any]) -> Iterator[Any]:
    """The values from the last to the first, a break between two."""
    for place, value in enumerate(reversed(values)):
        if place:
            yield BREAK
        yield value


def _parts(content: dict[str, Any]) -> Iterator[Any]:
    """What an object adds to the text; of its attributes only the address of a link that has no text."""
    texts = [key for key in content if not key.startswith("@") and key not in _ATTRIBUTES]
    for key in texts or [key for key in ("href", "@href") if key in content]:
        value = content[key]
        if key in _INLINE:
            yield from map(_Inline, value if isinstance(value, list) else [value])
        else:
            yield value
