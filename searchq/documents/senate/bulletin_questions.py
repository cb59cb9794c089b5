"""The headings of questions in a Bulletin, as they were typed over ten years.

    Vraag nr. 1535/1 van mevrouw Surname d.d. 3 mei 2002 (N.) :
    - Question nº 5 de M. Surname du 28 septembre 1995 (Fr.) :
    VRAAG NR.1535 VAN DE HEER SURNAME D.D.3 MEI 2002 (N.)          all capitals, no blanks, no colon
    Vraagnr. 1535 de heer Surname van 3.5.2002 :                   letters or words lost

What begins like a heading, or ends like one, and cannot be read as one is a heading all the same: it ends the text
before it, and its author and date are not known.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from searchq.documents.senate.draft import one_line
from searchq.numbers import LEGISLATURE, SERIAL

__all__ = ["Heading", "find_headings"]


class Heading(NamedTuple):
    """The heading of a question: where it stands, and what could be read of it; without a serial no number can."""

    start: int
    end: int
    is_dutch: bool
    serial: str | None = None
    legislature: str | None = None
    author: str | None = None
    date: str | None = None
    spoken: str | None = None


_GAP: Final = r"(?:(?:[ \t\xa0]+\n?|\n)[ \t\xa0]*)"  # blanks, or one line end
_BLANK: Final = r"[ \t\xa0]*"
_NUMBER: Final = rf"(?:(?P<legislature>{LEGISLATURE})-)?(?P<serial>{SERIAL})"
_MARK: Final = r"\((?P<spoken>N|Fr?|D)\.?\)"
_DATE: Final = (
    r"(?P<date>[0-9]{1,2}(?:er|ste|de|e)?\.?[ \xa0]*[^\s\d:,]{3,12}[ \xa0]*[0-9]{4}"
    r"|[0-9]{1,2}(?P<sign>[/.-])[0-9]{1,2}(?P=sign)[0-9]{4})"
)
_TITLE: Final = (
    r"(?i:de heren|de dames|de heer|de hr\.|dhr\.|de h\.|heer|mevrouw|mevr\.?|mw\.?|mejuffrouw|juffrouw|(?:de )?senator"
    r"|MM\.?|M\.|M(?= )|Mmes\.?|Mme\.?|Mlles?\.?|Messieurs|Monsieur|Mesdames|Madame)"
).replace(" ", _GAP)
_OF: Final = r"(?i:van|de|du)"
_BULLET: Final = rf"^[ \t]*(?:[-–—•*]{_BLANK})?"
_DUTCH: Final = rf"(?:(?i:Schriftelijke){_GAP})?V(?i:[rag]{{3,5}})"
_DUTCH_SIGN: Final = r"(?:(?i:nrs?)[^\w\s]*|(?i:n)[^\w\s]+)"
_FRENCH: Final = rf"Q(?i:[uestion]{{6,9}})(?:{_GAP}.{{1,2}}(?i:crite))?"
_FRENCH_SIGN: Final = r"(?i:n)[^\s0-9]{0,3}"
_BEGUN: Final = rf"{_BULLET}(?:{_DUTCH}{_GAP}?(?:{_DUTCH_SIGN})?|{_FRENCH}{_GAP}?(?:{_FRENCH_SIGN})?){_GAP}?"
_SIGNED: Final = rf"{_BULLET}(?:{_DUTCH}{_GAP}?{_DUTCH_SIGN}|{_FRENCH}{_GAP}?{_FRENCH_SIGN}){_GAP}?"
_HEADING: Final = re.compile(
    rf"{_BEGUN}{_NUMBER}{_GAP}(?:(?:{_OF}{_GAP})?{_TITLE}(?:{_GAP}|(?<=\.))|{_OF}{_GAP})(?P<author>[^\n():0-9]{{2,60}}?)"
    rf"{_BLANK},?{_GAP}(?i:d\.?d\.?|van|du|le|en{_GAP}date{_GAP}du){_GAP}?{_DATE}"
    rf"(?:{_GAP}?{_MARK}(?:{_BLANK}[:.;]|(?={_BLANK}(?:\n|\Z)))|{_BLANK}:)[ \t]*",
    re.MULTILINE,
)
_ANY_NUMBER: Final = r"[^\s:]{1,20}(?:[ \xa0][0-9]{1,9})?"
_LIKE: Final = re.compile(
    rf"{_SIGNED}(?P<number>{_ANY_NUMBER})(?={_GAP}(?:(?i:van|de|du|en|et)\b|{_TITLE}{_GAP}))", re.MULTILINE
)
_LIKE_END: Final = re.compile(  # it names somebody and ends in a colon, or it ends in a language or a year
    rf"(?:(?:{_GAP}{_OF})?{_GAP}{_TITLE}\b[^\n]*(?:\n[^\n]+)?:|[^\n]*(?:\n[^\n]+)??(?:{_MARK}|[0-9]{{4}})[^\n\w]*)"
    r"[ \t]*(?:\n|\Z)"
)
_ENDED: Final = re.compile(
    rf"^[^\n0-9]{{3,30}}(?P<number>{_ANY_NUMBER})[^\n]{{5,150}}[0-9]{{4}}{_BLANK}{_MARK}{_BLANK}:[ \t]*$", re.MULTILINE
)
_ONLY_NUMBER: Final = re.compile(_NUMBER)


def find_headings(text: str) -> list[Heading]:
    """What begins a question, in order: the headings, and what must be one but cannot be read."""
    found: list[Heading] = []
    for heading in sorted([*_whole(text), *_odd(text)], key=lambda one: (one.start, one.date is None)):
        if not found or heading.start >= found[-1].end:
            found.append(heading)
    return found


def _whole(text: str) -> Iterator[Heading]:
    for found in _HEADING.finditer(text):
        number, author = (found["serial"], found["legislature"]), one_line(found["author"])
        yield Heading(found.start(), found.end(), _is_dutch(found), *number, author, found["date"], found["spoken"])


def _odd(text: str) -> Iterator[Heading]:
    """What begins or ends like a heading; its number counts only where all of it can be read."""
    like = ((found, _LIKE_END.match(text, found.end())) for found in _LIKE.finditer(text))
    ended = ((found, found) for found in _ENDED.finditer(text))
    for found, end in (*like, *ended):
        if end:
            number = _ONLY_NUMBER.fullmatch(found["number"])
            told = (number["serial"], number["legislature"]) if number else (None, None)
            yield Heading(found.start(), end.end(), _is_dutch(found), *told)


def _is_dutch(found: re.Match[str]) -> bool:
    return found[0].lstrip(" \t\xa0-–—•*")[:1].upper() in "SV"
