"""Dates as the documents write them: `30 april 2013`, `1 aôut 2016`, `30/4/2013`.

python-dateutil reads them, with the names of Dutch and French. It guesses where we must not: it fills up what is
missing and swaps a day with an impossible month. So the shape is checked before, the day and the year after.
"""

import datetime as dt
import re
from functools import lru_cache
from typing import Final

from dateutil.parser import parser, parserinfo

from searchq import months

__all__ = ["DutchDates", "FrenchDates", "parse_date"]


class DutchDates(parserinfo):
    """The months in Dutch, and day before month."""

    MONTHS = [*months.DUTCH]  # type: ignore[list-item]  # noqa: RUF012  # dateutil's own attribute, typed too narrowly

    def __init__(self) -> None:
        super().__init__(dayfirst=True)


class FrenchDates(parserinfo):
    """The months in French, with `aôut` as the site spells August; day before month."""

    MONTHS = [*months.FRENCH]  # type: ignore[list-item]  # noqa: RUF012  # dateutil's own attribute, typed too narrowly

    def __init__(self) -> None:
        super().__init__(dayfirst=True)


_SHAPE: Final = re.compile(r"([0-9]{1,2})(?: +[^\W\d_]+\.? +|([/.-])([0-9]{1,2})\2)([0-9]{4})")
_IN_WORDS: Final = re.compile(
    r"([0-9]{1,2})(?:(?:er|ste|de|e)(?= ))?\.? ?([^\W\d_]+\.?) ?([0-9]{4})"
)  # 1er avril, 3juni2006
_MAX_LENGTH: Final = 40  # characters of a date, with generous blanks; nothing longer is remembered
_LANGUAGES: Final = (parser(DutchDates()), parser(FrenchDates()))


def parse_date(text: str) -> dt.date | None:
    """The date a text stands for; None where it is no date, or one that does not exist (`31 april 2013`)."""
    return _parse(text) if len(text) <= _MAX_LENGTH else None


@lru_cache(maxsize=16384)
def _parse(text: str) -> dt.date | None:
    text = " ".join(text.split()).lower()
    if words := _IN_WORDS.fullmatch(text):
        text = " ".join(words.groups())
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        return None
    day, _, month, year = shape.groups()
    for language in _LANGUAGES:
        try:
            found = language.parse(text).date()
        except (ValueError, OverflowError):
            continue
        if found.day == int(day) and found.year == int(year) and month in (None, str(found.month), f"{found.month:02}"):
            return found
    return None
