"""No-break blanks in the labels of a page, as ordinary ones; those in its title and texts stay as published.

`Vraag nr.&nbsp;5-12 d.d. 3&nbsp;mei 2012&nbsp;:` is the same heading.
"""

import re
from typing import Final

__all__ = ["with_plain_labels"]

_HARD: Final = "\xa0"
_START: Final = r"(?:^|(?<=[\x01-\x03|]))[ \t\xa0]*+"
_HEADING: Final = re.compile(  # up to a number, or a date and a colon
    rf"{_START}(?:- )?(?:(?:SENAAT|S.{{1,2}}NAT)[ \xa0])?"
    r"(?:Schriftelijke|Vraag|Question|Antwoord|Aanvullend|R.{1,2}ponse)[ \xa0]"
    r"[^\x01-\x03|]{0,200}?(?:[0-9]|:|\))[ \t\xa0]*(?=$|[\x01-\x03|])",
    re.IGNORECASE,
)
_PERSON: Final = re.compile(rf"{_START}(?:van|de|aan|aux?|à)[ \xa0][^\x01-\x03|]*")
_FIRST: Final = re.compile(  # the heading with its date: what stands above it is the header
    r"[\x01-\x03| \t\xa0]*(?:- )?(?:(?:SENAAT|S.{1,2}NAT) )?(?:Schriftelijke vraag|Question .{1,2}crite|Vraag|Question)"
    r" n.{1,3} ?[0-9][0-9/-]* (?:d\.d|du |van |de )"
)
_MAX_LENGTH: Final = 1000  # characters of a line of labels


def with_plain_labels(text: str) -> str:
    """The text with ordinary blanks in its headings, and in the lines above them that name people."""
    if _HARD not in text:
        return text
    lines = text.split("\n")
    first = next((at for at, line in enumerate(lines) if _FIRST.match(line.replace(_HARD, " "))), 0)
    for at, line in enumerate(lines):
        if _HARD in line and len(line) <= _MAX_LENGTH:
            line = _HEADING.sub(_plain, line)
            lines[at] = _PERSON.sub(_plain, line) if at < first else line
    return "\n".join(lines)


def _plain(found: re.Match[str]) -> str:
    return found[0].replace(_HARD, " ")
