"""The texts of the command line: written in English, in Dutch from a catalog.

`SEARCHQ_LANGUAGE` names the language (en or nl), else the locale does. Catalogs are gettext's,
`locale/nl/LC_MESSAGES/*.mo`; `python tests/catalogs.py` updates and compiles them. Data (JSON, CSV …) stays as it is.
"""

import datetime as dt
import gettext as catalogs  # click has imported it already
import os
from functools import cache
from pathlib import Path
from typing import Final, Literal

__all__ = [
    "count",
    "day",
    "decimal",
    "gettext",
    "gettext_noop",
    "language",
    "ngettext",
    "number",
    "translate_click",
    "translated",
]

_LOCALE: Final = Path(__file__).parent / "locale"
_CHOICES: Final = ("SEARCHQ_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set decides
_SEPARATORS: Final = str.maketrans(",.", ".,")  # of thousands and of decimals: 3,811.5 is 3.811,5


def language() -> Literal["en", "nl"]:
    """The language of this process; English unless Dutch is chosen."""
    chosen = next(filter(None, map(os.environ.get, _CHOICES)), "").casefold()
    return "nl" if chosen.replace("-", "_").partition(".")[0].partition("_")[0] == "nl" else "en"


def gettext(text: str) -> str:
    """A text in the language of this process."""
    return text if language() == "en" else catalog("cli").gettext(text)


def gettext_noop(text: str) -> str:
    """Mark a text for the catalog; `gettext` translates it where it is used."""
    return text


def translated(sentence: str) -> str:
    """A sentence of the rooms below, which write in English, in the language of this process."""
    if language() == "en":
        return sentence
    from searchq.cli.sentences import in_dutch  # English needs none of its tables

    return in_dutch(sentence)


def ngettext(one: str, many: str, amount: int) -> str:
    """One of two texts, by a number."""
    return (one if amount == 1 else many) if language() == "en" else catalog("cli").ngettext(one, many, amount)


def count(amount: int, one: str, many: str) -> str:
    """A number with its noun: 1 question, 3,811 questions."""
    return f"{number(amount)} {ngettext(one, many, amount)}"


def number(amount: int) -> str:
    """A whole number with its thousands apart: 3,811."""
    return decimal(amount, 0)


def decimal(value: float, places: int) -> str:
    """A number with so many decimals: 3,811.5."""
    written = f"{value:,.{places}f}"
    return written if language() == "en" else written.translate(_SEPARATORS)


def day(date: dt.date | str | None, unknown: str) -> str:
    """A date, or one as 2013-04-30, as it is written: so, in Dutch 30/04/2013; `unknown` without one."""
    if not date:
        return unknown
    read = dt.date.fromisoformat(date[:10]) if isinstance(date, str) else date
    return read.isoformat() if language() == "en" else read.strftime("%d/%m/%Y")


@cache
def catalog(domain: str) -> catalogs.NullTranslations:
    """The Dutch catalog of a domain."""
    with (_LOCALE / "nl" / "LC_MESSAGES" / f"{domain}.mo").open("rb") as file:
        return catalogs.GNUTranslations(file)


def translate_click() -> None:
    """Have click's own sentences ("No such option") in this language, too: it asks the current domain of gettext."""
    if language() == "en":
        catalogs.textdomain("messages")
        return
    os.environ["LANGUAGE"] = "nl"
    catalogs.bindtextdomain("click", str(_LOCALE))
    catalogs.textdomain("click")
