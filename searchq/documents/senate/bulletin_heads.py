"""The headings of a Bulletin that stand before a question: section, minister, competence, and the frame of the page.

They stand at the end of what comes before, so a text is read from its end: line by line, for a page may have no blank
lines, and several lines together, for a heading may be broken over them.

    Vragen waarop niet werd geantwoord binnen de tijd bepaald door het reglement     section
    (Art. 66 van het reglement van de Senaat)                                        frame
    Minister van Mobiliteit en Vervoer                                               minister
    (Vervoer)  |  Vervoer                                                            competence
"""

import re
from typing import Final, Literal, NamedTuple

from searchq.documents.portfolios import read_portfolios
from searchq.documents.senate.draft import one_line

__all__ = ["Heads", "Trailer", "is_unanswered"]

Kind = Literal["frame", "section", "minister", "brackets", "bare"]

_MINISTER: Final = re.compile(
    r"(?:vice-?(?:eerste|premi.{1,2}re?|premier)?[ -]?)?(?:eerste[ -]?|premi.{1,2}re? |premier )?"
    r"(?:minister|ministre|staatssecretaris|secr.{1,2}taire d.{1,2}tat)\b.{0,300}",
    re.IGNORECASE,
)
_SECTION: Final = re.compile(
    r"(?:Vragen|VRAGEN|Questions|QUESTIONS) (?i:van|waarop|des|auxquelles|pos.{1,2}es)\b.{0,300}"
)
_FRAME: Final = re.compile(
    r"\((?:N|Fr?|D)\.\) ?:.*|\(Art\..*\)|Vragen en Antwoorden|Questions et R.{1,2}ponses"
    r"|BELGISCHE SENAAT|S.{1,2}NAT DE BELGIQUE|Bulletin .*|(?:ZITTING|SESSION) .*|[| ]+",
    re.IGNORECASE,
)
_BRACKETS: Final = re.compile(r"\([^()]{2,200}\)")
_BARE: Final = re.compile(r"[A-ZÀ-Ý][^.:;?!()0-9]{2,120}")
_GOES_ON: Final = re.compile(r"(?:,| (?:en|et|van|voor|de|du|des|der|la|le|les|l'|à|met))$", re.IGNORECASE)
_DOUBLED: Final = re.compile(r"(.*?(?<!\w)(\S.{3,}))\s+\2", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W_]+")
_ARTICLE: Final = re.compile(r" ?\(Art\..*")
_MAX_LINES: Final = 4  # of one heading
_MAX_LENGTH: Final = 400  # characters of a heading


class Trailer(NamedTuple):
    """A text without the headings at its end, and what they say of what follows."""

    text: str
    minister: str | None = None
    section: str | None = None


def is_unanswered(section: str) -> bool:
    """Whether a section holds the questions that got no answer in time."""
    return " waarop " in section.lower() or " auxquelles " in section.lower()


class Heads:
    """Cuts headings off the ends of the texts of one page, whose ministers are all known."""

    def __init__(self, page: str) -> None:
        lines = (line.strip() for line in page.split("\n"))
        ministers = " | ".join(line for line in lines if _kind(line) == "minister")
        self._ministers = _words(ministers)

    def cut(self, text: str) -> Trailer:
        """The text without its trailing headings."""
        lines = text.rstrip().split("\n")
        minister = section = pending = None
        while found := _last_heading(lines):
            size, kind, line = found
            if kind in ("bare", "brackets") and not self._belongs(lines, size, line):
                break
            del lines[len(lines) - size :]
            if kind in ("bare", "brackets"):
                pending = line
                continue
            if kind == "minister" and minister is None:
                minister, pending = _with_competence(line, pending), None
            elif kind == "section":
                section = _ARTICLE.sub("", line) or section
        return Trailer("\n".join(lines), minister, section)

    def _belongs(self, lines: list[str], size: int, competence: str) -> bool:
        """Whether a line is a competence: its minister stands above it or has it in his title, or it is known."""
        above = _last_heading(lines[: len(lines) - size])
        if above is not None and above[1] == "minister":
            return True
        is_apart = len(lines) > size and not lines[len(lines) - size - 1].strip()
        known = _words(competence) in self._ministers or (is_apart and _names_portfolios(competence))
        return known and not competence.startswith("(")


def _names_portfolios(line: str) -> bool:
    """Whether a line is nothing but portfolios that the table knows: `Gelijkekansenbeleid`."""
    found = read_portfolios(line)
    return bool(found.names) and not found.unknown


def _words(text: str) -> str:
    """The words of a text between blanks, so that whole words are found in it."""
    return " ".join(["", *_WORD.findall(text.casefold()), ""])


def _last_heading(lines: list[str]) -> tuple[int, Kind, str] | None:
    """The heading that the lines end in: how many of them, blank ones included, its kind, its text on one line."""
    end = len(lines)
    while end and not lines[end - 1].strip(" \t|"):
        end -= 1
    for start in range(end - 1, max(-1, end - 1 - _MAX_LINES), -1):
        if not lines[start].strip():
            break
        line = one_line("\n".join(lines[start:end])) or ""
        if len(line) <= _MAX_LENGTH and (kind := _kind(line)):
            return len(lines) - start, kind, line
    return None


def _kind(line: str) -> Kind | None:
    if _FRAME.fullmatch(line):
        return "frame"
    if _SECTION.fullmatch(line):
        return "section"
    if _MINISTER.fullmatch(line) and not line.endswith((".", ":", "?", ";")):
        return "minister"
    if _BRACKETS.fullmatch(line):
        return "brackets"
    return "bare" if _BARE.fullmatch(line) else None


def _with_competence(minister: str, competence: str | None) -> str:
    """The minister as published: on, where his title goes on in the next line, with a competence in brackets."""
    if competence and (competence.startswith("(") or _GOES_ON.search(minister)):
        minister = f"{minister} {competence}"
    doubled = _DOUBLED.fullmatch(minister)
    return doubled[1] if doubled else minister
