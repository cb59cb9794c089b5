"""Pages that lost their number, author, minister and headings: what is left is title, keywords, chronology and texts.

The number then stands only in the address of the page (`…&LEG=4&NR=6596&LANG=fr`), which may be known from an archive,
be the first line, or be the name of the file. Whatever layout the page had before, its blocks are still in order:

    (house, session, date) / title / keywords / chronology / references / question and answer

Without the heading of the answer the two texts stand together. Where the numbering of points starts again (`1.` after
`3.`), the answer is taken to begin.
"""

import re
from html import unescape
from itertools import pairwise
from typing import Final
from urllib.parse import unquote

from msgspec import Struct

from searchq.documents.dates import parse_date
from searchq.documents.language_guess import dutchness
from searchq.documents.senate import bilingual
from searchq.documents.senate.cuts import ENDS_OPEN, drop_open_line, ends_open
from searchq.documents.senate.draft import Draft, DraftAnswer, block, lines_of, one_line
from searchq.documents.senate.labels import DUTCH, FRENCH, KINDS
from searchq.documents.senate.pages import EVENT_LINE, REFERENCE_LINE, part_title
from searchq.question import Source

__all__ = ["number_in_address", "read_stripped"]

_LEGISLATURE: Final = re.compile(r"(?<![A-Za-z])LEG=([0-9]{1,2})(?![0-9])")
_SERIAL: Final = re.compile(r"(?<![A-Za-z])NR=([0-9]{1,6})(?![0-9])")
_LANGUAGE: Final = re.compile(r"(?<![A-Za-z])LANG=(nl|fr)", re.IGNORECASE)
_PAGE: Final = re.compile(r"MIval=[^&]*", re.IGNORECASE)
_QUESTION_PAGE: Final = re.compile(r"vrag|SV|question", re.IGNORECASE)

_RULE: Final = re.compile(r"^[ \t]*(_{16}|_{8} _{8}|_{8})[ \t]*(?:\n|\Z)", re.MULTILINE)
_FRAME: Final = re.compile(
    r"(?:BELGISCHE SENAAT|S.{1,2}NAT DE BELGIQUE|Zitting|Session|Tweetalige printerversie|Version . imprimer"
    r"|Eentalige printerversie|Chronologie$).*"
)
_SESSION: Final = re.compile(r"\b([0-9]{4}-[0-9]{4})$")
_BLANK_LINES: Final = re.compile(r"\n[ \t]*\n\s*")
_POINT: Final = re.compile(r"^[ \t]*([0-9]{1,2})(?:[.)]|(?:, [0-9]+)* (?:en|et) [0-9]+[.)])", re.MULTILINE)
_MAX_ADDRESS: Final = 4096  # characters; a longer first line is text, and may spell out numbers without end
_PARTED: Final = "The heading of the answer is lost; the answer is taken to begin where the numbering starts again."
_SHORT_LINE: Final = 12  # characters of the beginning of an event
_LONG_LINE: Final = 120  # characters; no keyword is as long


class _Parts(Struct, frozen=True):
    """The blocks of a stripped page as text."""

    title: str
    keywords: str
    events: list[str]
    references: list[str]
    body: str


def read_stripped(text: str, source: Source) -> Draft | None:
    """The question of a page that kept only its address; None when no address tells a number or nothing is left."""
    first, _, rest = text.lstrip("\n").partition("\n")
    for address, body in ((source.address, text), (first, rest), (source.member, text), (source.path, text)):
        if address and len(address) <= _MAX_ADDRESS and (number := number_in_address(unquote(unescape(address)))):
            return _read(number, unquote(unescape(address)), body)
    return None


def number_in_address(address: str) -> str | None:
    """The number of the question whose page an address names; None where it names none."""
    legislature, serial, page = _LEGISLATURE.search(address), _SERIAL.search(address), _PAGE.search(address)
    if legislature is None or serial is None or (page and not _QUESTION_PAGE.search(page[0])):
        return None
    return f"{int(legislature[1])}-{int(serial[1])}"


def _read(number: str, address: str, text: str) -> Draft | None:
    draft = Draft("stripped", number)
    rules = {rule[1] for rule in _RULE.finditer(text)}
    text = _take_frame(text, draft)
    split = _ruled if rules else _spaced
    parts = split(text)
    if not text.endswith("\n") and _is_begun(parts.body):
        parts = split(drop_open_line(text))
    if not parts.title or not (parts.events or parts.body.strip()):
        return None
    if not parts.body.strip() or ends_open(parts.body):
        draft.report_cut(ENDS_OPEN)
    draft.references = parts.references
    if rules - {"_" * 8}:
        _fill_bilingual(parts, draft)
    else:
        language = _LANGUAGE.search(address)
        _fill(parts, draft, is_french=language[1].lower() == "fr" if language else dutchness(text) < 0)
    return draft


def _take_frame(text: str, draft: Draft) -> str:
    """The text without the lines of the house, the session and the date, which are noted."""
    lines = text.split("\n")
    kept: list[str] = []
    for at, line in enumerate(lines):
        if EVENT_LINE.match(line):
            return "\n".join(kept + lines[at:])
        days = [day for day in (line.strip(), " ".join(line.split()[-3:])) if parse_date(day)]
        if days:
            draft.dates.append(days[0])
        elif _FRAME.fullmatch(line.strip()):
            if session := _SESSION.search(line.strip()):
                draft.session = session[1]
        else:
            kept.append(line)
    return "\n".join(kept)


def _ruled(text: str) -> _Parts:
    """A print version: the chronology is the piece that begins with a date, keywords and title stand before it."""
    pieces = [piece.strip("\n") for piece in _RULE.sub("\0", text).split("\0")]
    while pieces and not pieces[0].strip():
        pieces.pop(0)
    dated = next((i for i, piece in enumerate(pieces) if i > 0 and EVENT_LINE.match(piece)), None)
    at = dated if dated is not None else min(2, len(pieces))
    after = at + (dated is not None)
    references: list[str] = []
    while after < len(pieces) - 1 and (not pieces[after].strip() or _is_references(pieces[after])):
        references += lines_of(pieces[after])
        after += 1
    body = "\n________\n".join(pieces[after:])
    events = lines_of(pieces[dated]) if dated is not None else []
    return _Parts("\n".join(pieces[: max(1, at - 1)]), "\n".join(pieces[max(1, at - 1) : at]), events, references, body)


def _spaced(text: str) -> _Parts:
    """A web page: title and keywords before the first event; without events the first long line begins the text."""
    lines = text.split("\n")
    title = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    events = [i for i, line in enumerate(lines) if EVENT_LINE.match(line)]
    long = (i for i, line in enumerate(lines) if i > title and len(line) > _LONG_LINE)
    cut = events[0] if events else next(long, len(lines))
    head = [part for part in _BLANK_LINES.split("\n".join(lines[:cut]).strip()) if part]
    titles, keywords = part_title(head)
    told: list[str] = []
    while cut < len(lines) and (not lines[cut].strip() or _is_chronicle(lines[cut])):
        told += lines_of(lines[cut])
        cut += 1
    is_event = [EVENT_LINE.match(line) is not None or line.startswith("(") for line in told]
    return _Parts(
        "\n".join(titles),
        "\n".join(keywords),
        [line for line, event in zip(told, is_event, strict=True) if event],
        [line for line, event in zip(told, is_event, strict=True) if not event],
        "\n".join(lines[cut:]),
    )


def _is_begun(body: str) -> bool:
    """Whether a page ends before its texts: in its chronology, or a line that begins a reference."""
    line = body.strip().lower()
    labels = (kind.startswith(line) or line.startswith((f"{kind} :", f"{kind}:")) for kind in KINDS)
    is_event = line.startswith("(") or (line[:1].isdigit() and len(line) < _SHORT_LINE)
    return "\n" not in line and (is_event or any(labels))


def _is_references(piece: str) -> bool:
    return all(REFERENCE_LINE.match(line) for line in lines_of(piece))


def _is_chronicle(line: str) -> bool:
    return EVENT_LINE.match(line) is not None or REFERENCE_LINE.match(line) is not None or line.startswith("(Einde")


def _fill(parts: _Parts, draft: Draft, is_french: bool) -> None:
    texts, labels = (draft.french, FRENCH) if is_french else (draft.dutch, DUTCH)
    texts.title, texts.keywords = one_line(parts.title), lines_of(parts.keywords)
    draft.events = parts.events
    kind, date = "Réponse" if is_french else "Antwoord", None
    if heading := labels.answer.search(parts.body):
        kind, date = heading["kind"], heading["date"] or None
        texts.question, answer = _around(parts.body, heading.start(), heading.end())
    else:
        texts.question, answer = _part_answer(parts.body, draft)
    if heading or answer:
        dutch, french = (None, answer) if is_french else (answer, None)
        draft.answers.append(DraftAnswer(kind, date, dutch, french))


def _fill_bilingual(parts: _Parts, draft: Draft) -> None:
    bilingual.read_titles(one_line(parts.title) or "", draft)
    bilingual.read_keywords(lines_of(parts.keywords), draft)
    draft.events = bilingual.halve(parts.events)
    french, dutch = bilingual.part_body(parts.body)
    draft.french.question, french_answer = _part_answer(french or "", draft)
    draft.dutch.question, dutch_answer = _part_answer(dutch or "", draft)
    if french_answer or dutch_answer:
        draft.answers.append(DraftAnswer("Antwoord", None, dutch_answer, french_answer))


def _part_answer(body: str, draft: Draft) -> tuple[str | None, str | None]:
    """Question and answer, where the numbering of points starts again; else all of it, as the question."""
    points = list(_POINT.finditer(body))
    again = [point for before, point in pairwise(points) if point[1] == "1" != before[1]]
    if len(again) == 1 and (point := again[0]).start():
        draft.report(_PARTED)
        return _around(body, point.start(), point.start())
    draft.report("The headings are lost: if there is an answer, it stands at the end of the question.")
    draft.unparted = True
    return block(body) or None, None


def _around(body: str, start: int, end: int) -> tuple[str | None, str | None]:
    """What stands before a place of the body and what after it."""
    return block(body[:start]) or None, block(body[end:]) or None
