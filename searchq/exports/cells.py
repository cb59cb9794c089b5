"""Values as the cells of a table, as they are or made safe for a spreadsheet.

A spreadsheet runs a cell that begins as a formula, reads `5-1` as a day, and keeps MAX_CELL_CHARACTERS of a cell. The
cells for it are changed accordingly; a column of its own names the columns that were cut.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Final

from searchq.lazy_regex import lazy
from searchq.months import DUTCH, ENGLISH, FRENCH
from searchq.record_json import encode_json

__all__ = ["CUT", "MAX_CELL_CHARACTERS", "cut", "harmless", "is_too_long", "plain", "spreadsheet"]

MAX_CELL_CHARACTERS: Final = 32_767  # of a cell in Excel, in UTF-16
CUT: Final = "cut"  # the column that names the columns cut in its row
_SEPARATOR: Final = "; "


def plain(value: Any) -> str:
    """A value as text, unaltered: days in ISO 8601, lists joined by `; `, structures as JSON, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, dt.date):  # a datetime as well
        return value.isoformat()
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return _SEPARATOR.join(value)
    return encode_json(value).decode(errors="replace")


def spreadsheet(value: Any) -> str:
    """A value as a CSV cell that a spreadsheet shows as it is: no formula, no day, no number."""
    text = plain(value)
    if not isinstance(value, str | tuple | list):
        return text
    if len(text) <= _MAX_CONVERTIBLE and _CONVERTIBLE.fullmatch(text):
        return f'="{text}"'
    return harmless(cut(text))


def harmless(text: str) -> str:
    """A text with an apostrophe before what a spreadsheet would run as a formula (OWASP, CSV injection)."""
    first = next((char for char in text if char in _CONTROLS or not _is_invisible(char)), "")
    return f"'{text}" if unicodedata.normalize("NFKC", first) in _FORMULA else text


def _is_invisible(char: str) -> bool:
    """Whether a spreadsheet may pass over a character at the beginning: blanks, and what shows nothing."""
    return char.isspace() or not char.isprintable() or unicodedata.category(char) == "Mn"


def is_too_long(text: str) -> bool:
    """Whether a spreadsheet cannot hold this text in one cell."""
    return len(text) > MAX_CELL_CHARACTERS // 2 and len(text.encode("utf-16-le", "replace")) // 2 > MAX_CELL_CHARACTERS


def cut(text: str) -> str:
    """The beginning of a text that fits into a cell, and how long the whole is: `… [cut, of 40,120 characters]`."""
    if not is_too_long(text):
        return text
    told = f"… [cut, of {len(text):,} characters]"
    room = 2 * (MAX_CELL_CHARACTERS - len(_APOSTROPHE) - len(told))
    return text.encode("utf-16-le", "replace")[:room].decode("utf-16-le", "ignore") + told


_APOSTROPHE: Final = "'"  # that `harmless` may put before it
_CONTROLS: Final = "\t\r\n"
_FORMULA: Final = frozenset("=+-@\N{MINUS SIGN}" + _CONTROLS)  # the first character of a formula, in its plain form

_MONTH: Final = "|".join(name for names in (*DUTCH, *FRENCH, *ENGLISH) for name in names)
_CONVERTIBLE: Final = lazy(
    rf"\s*(?:[€$£]?\s*\d[\d\s.,:/eE%€$£+-]*|(?:\d{{1,4}}[\s./-]*)?(?:{_MONTH})\.?[\s./-]*\d{{1,4}}|\d{{1,4}}[\s./-]*(?:{_MONTH})\.?)\s*",
    re.IGNORECASE,
)
"""Digits and marks, or a month's name with a day or a year: what a spreadsheet turns into a number or a day."""
_MAX_CONVERTIBLE: Final = 40  # characters; a number or a day is shorter


def names_cut(names: Sequence[str], texts: Sequence[str]) -> str:
    """The names of the columns whose texts do not fit into a cell, joined by `; `."""
    return _SEPARATOR.join(name for name, text in zip(names, texts, strict=True) if is_too_long(text))
