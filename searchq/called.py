"""What people call a question when they do not write its number: its short number, its bulletin, an address.

56-0930          Chamber: the number under which a minister got it; names up to twenty routes
B045, 56-B045    Chamber: the Bulletin that published it
2025202606531    Chamber: the question, whatever its routes
8902             either house, any legislature
https://…        a page of either house
"""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from searchq.lazy_regex import lazy
from searchq.legislatures import house_of
from searchq.numbers import number_of, parse_number
from searchq.question import Question

__all__ = ["bare_serial", "called", "called_name", "is_name", "jump_number", "names_of", "number_of_page"]

_DIGIT: Final = lazy(r"[0-9]")  # every name has one; most texts that are asked for have none
_SHORT: Final = lazy(r"([4-9][0-9]) *[-‐‑‒–] *0*([1-9][0-9]{0,5})")
_BULLETIN: Final = lazy(r"(?:([4-9][0-9]) *[-‐‑‒–] *)?[Bb] ?0*([1-9][0-9]{0,3})")
_DOCNAME: Final = lazy(r"[0-9]{13}")
_SERIAL: Final = lazy(r"0*+([1-9][0-9]{0,5})")

_ADDRESS: Final = lazy(r"(?:https?://)?[\w.-]*\b(?:senate|senat|senaat|dekamer|lachambre)\.be\b\S*", 2)  # IGNORECASE
_ROUTE: Final = lazy(r"(?<![0-9])[1-9][0-9]-(?:[Bb][0-9]{0,4})?-[0-9]{1,3}-[0-9]{4,6}-[0-9]{13}(?![0-9])")
_DOSSIER: Final = lazy(r"\bdossier(?:id)?=([0-9]{13})(?![0-9])", 2)
_JUMP: Final = lazy(  # what a text may say around a number
    r"(?:(?:schriftelijke\s+)?vraag\s+|question\s+(?:écrite\s+)?)?(?:(?:nr|no|n°|nº|nummer|number|numéro)\.?\s*)?"
    r"(?P<number>[1-9][^.]*)\.?",
    re.IGNORECASE,
)
_SENATE: Final = (lazy(r"\bLEG=([0-9]{1,2})(?![0-9])", 2), lazy(r"\bNR=([0-9]{1,6})(?![0-9])", 2))


def names_of(question: Question) -> Iterator[str]:
    """What a question of the Chamber is called; those of the Senate are found by their number."""
    number = parse_number(question.number)
    if number is None or number.house != "chamber":
        return
    yield from (f"{number.legislature}-{number.serial}", str(number.serial), number.docname)
    if question.bulletin and (found := called(question.bulletin)):
        yield from (found, f"{number.legislature}-{found}")


def called(text: str) -> str | None:
    """The name, as `names_of` gives it, that a text is; None for any other text, bare serials among them."""
    text = text.strip()
    if found := _SHORT.fullmatch(text):
        is_chamber = house_of(int(found[1])) == "chamber"
        return f"{found[1]}-{found[2]}" if is_chamber else None
    if found := _BULLETIN.fullmatch(text):
        bulletin = f"B{int(found[2]):03}"
        return f"{found[1]}-{bulletin}" if found[1] else bulletin
    return text if _DOCNAME.fullmatch(text) else None


def is_name(text: str) -> bool:
    """Whether a text names questions in one of these ways, or is a number."""
    return bool(called(text) or bare_serial(text) or number_of_page(text) or number_of(text))


def bare_serial(text: str) -> str | None:
    """The serial that a text is, without its legislature; None for any other text."""
    found = _SERIAL.fullmatch(text.strip())
    return found[1] if found else None


def number_of_page(text: str) -> str | None:
    """The number, or the name, of the question whose page an address shows; None for any other text."""
    if not _ADDRESS.fullmatch(text.strip()):
        return None
    address = unquote(text)
    if found := _ROUTE.search(address):
        return number_of(found[0])
    if found := _DOSSIER.search(address):
        return found[1]
    legislature, serial = (pattern.search(address) for pattern in _SENATE)
    return f"{int(legislature[1])}-{int(serial[1])}" if legislature and serial else None


def jump_number(text: str) -> str | None:
    """Return the number or page address that a text consists of, as a number (5-8902, 2-1535/1); None otherwise."""
    if not _DIGIT.search(text):
        return None
    found = _JUMP.fullmatch(text.strip())
    if found is None:
        return number_of_page(text)
    return None if called(found["number"]) else number_of(found["number"])


def called_name(text: str) -> str | None:
    """What a text calls one or several questions of the Chamber (56-0930, B045, a DOCNAME); None for any other."""
    if not _DIGIT.search(text):
        return None
    found = _JUMP.fullmatch(text.strip())
    return called(found["number"] if found else text) or called(number_of_page(text) or "")
