"""Pages that lost their number, author, minister and headings: what is left is title, keywords, chronology and text.

The number then stands only in the address of the page (`…&LEG=4&NR=6596&LANG=fr`), which may be known from an archive,
be the first line, or be the name of the file. Without the heading of the answer, question and answer stand together.
"""

import re
from html import unescape
from typing import Final
from urllib.parse import unquote

from searchq.documents.draft import Draft, block, one_line
from searchq.documents.labels import DUTCH, FRENCH
from searchq.documents.pages import EVENT_LINE, REFERENCE_LINE, part_title
from searchq.documents.tongues import dutchness
from searchq.question import Source

__all__ = ["read_stripped"]

_LEGISLATURE: Final = re.compile(r"(?<![A-Za-z])LEG=([0-9]{1,2})(?![0-9])")
_SERIAL: Final = re.compile(r"(?<![A-Za-z])NR=([0-9]{1,6})(?![0-9])")
_LANGUAGE: Final = re.compile(r"(?<![A-Za-z])LANG=(nl|fr)", re.IGNORECASE)
_OTHER_PAGE: Final = re.compile(r"MIval=[^&]*", re.IGNORECASE)
_QUESTION_PAGE: Final = re.compile(r"vrag|SV|question", re.IGNORECASE)
_NOISE: Final = re.compile(
    r"^(?:Tweetalige printerversie.*|Version . imprimer.*|.{0,3}Eentalige printerversie|Chronologie|_{8,}(?: _{8,})*)[ \t]*$\n?",
    re.MULTILINE,
)
_BLANK_LINES: Final = re.compile(r"\n[ \t]*\n\s*")
_LONG_LINE: Final = 120  # characters; no keyword is as long


def read_stripped(text: str, source: Source) -> Draft | None:
    """The question of a page that kept only its address; None when no address tells a number or nothing is left."""
    first, _, rest = text.lstrip("\n").partition("\n")
    for address, body in ((source.address, text), (first, rest), (source.member, text), (source.path, text)):
        if address and (number := _number(address)):
            return _read(number, address, body)
    return None


def _number(address: str) -> str | None:
    address = unquote(unescape(address))
    legislature, serial = _LEGISLATURE.search(address), _SERIAL.search(address)
    page = _OTHER_PAGE.search(address)
    if legislature is None or serial is None or (page and not _QUESTION_PAGE.search(page[0])):
        return None
    return f"{int(legislature[1])}-{int(serial[1])}"


def _read(number: str, address: str, text: str) -> Draft | None:
    lines = _NOISE.sub("", text).split("\n")
    events = [i for i, line in enumerate(lines) if EVENT_LINE.match(line)]
    head, tail = (lines[: events[0]], lines[events[0] :]) if events else _cut_head(lines)
    blocks = [part for part in _BLANK_LINES.split("\n".join(head).strip()) if part]
    if not blocks or not "".join(tail).strip():
        return None
    draft = Draft("stripped", number)
    language = _LANGUAGE.search(unquote(unescape(address)))
    is_french = language[1].lower() == "fr" if language else dutchness(text) < 0
    texts, labels = (draft.french, FRENCH) if is_french else (draft.dutch, DUTCH)
    title, keywords = part_title(blocks)
    texts.title = one_line("\n".join(title))
    texts.keywords = [line.strip() for part in keywords for line in part.split("\n") if line.strip()]
    while tail and (not tail[0].strip() or EVENT_LINE.match(tail[0]) or REFERENCE_LINE.match(tail[0])):
        line = tail.pop(0).strip()
        if line:
            (draft.events if EVENT_LINE.match(line) else draft.references).append(line)
    body = "\n".join(tail)
    if answer := labels.answer.search(body):
        draft.answered, draft.answer_date = True, answer["date"] or None
        texts.answer = block(body[answer.end() :]) or None
        body = body[: answer.start()]
    else:
        draft.problems.append("The headings are lost: if there is an answer, it stands at the end of the question.")
    texts.question = block(body) or None
    return draft


def _cut_head(lines: list[str]) -> tuple[list[str], list[str]]:
    """Title and keywords, and the text, where no chronology stands between: the first long line begins the text."""
    title = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    long = (i for i, line in enumerate(lines) if i > title and len(line) > _LONG_LINE)
    cut = next(long, len(lines))
    return lines[:cut], lines[cut:]
