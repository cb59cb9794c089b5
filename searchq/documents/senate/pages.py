"""The one-language pages of the site, in Dutch and French: nl-print, nl-web, fr-print, fr-web.

Both versions give the same blocks in the same order; rules of eight underscores part them in print, blank lines on
the web. A page is recognised by its top line, and its blocks are told by what they hold, not by counting from
the front: underscores and blank lines may stand in a title, a rule may be missing in a cut-off page.

    (session, date)          print only, before the top line
    top                      SENAAT Schriftelijke vraag nr. 5-8902  |  Schriftelijke vraag nr. 5-8902
    author / minister        de … (…)  |  van … (…) d.d. …   /   aan de …
    title / keywords
    chronology / references  lines that begin with a date / `label : type number`
    heading                  [SENAAT Schriftelijke] vraag nr. 5-8902 d.d. … : (Vraag gesteld in het …)
    question
    answer heading, answer   Antwoord ontvangen op … :
"""

import re
from typing import Final

from searchq.documents.dates import parse_date
from searchq.documents.mojibake import repair
from searchq.documents.senate.cuts import (
    ENDS_OPEN,
    IN_ANSWER_HEADING,
    NO_HEADING,
    drop_begun_heading,
    drop_open_line,
    ends_open,
)
from searchq.documents.senate.draft import Draft, DraftAnswer, Texts, block, lines_of, one_line
from searchq.documents.senate.labels import DUTCH, FRENCH, Labels
from searchq.question import Layout

__all__ = ["EVENT_LINE", "REFERENCE_LINE", "part_title", "read_page"]

EVENT_LINE: Final = re.compile(r"[ \t]*[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}")
REFERENCE_LINE: Final = re.compile(r"[^:\n]{3,40} ?: ?[^:\n0-9]{3,40} [0-9]{1,2}-[0-9]")

_RULE: Final = re.compile(r"^_{8}[ \t]*(?:\n|\Z)", re.MULTILINE)
_OFFICE: Final = re.compile(
    r"(?:vice-?(?:eerste|premi)|eerste|premi|minist|staatssecr|secr.{1,2}taire d)", re.IGNORECASE
)
_SESSION: Final = re.compile(r"^(?:Zitting|Session) ([0-9]{4}-[0-9]{4})[ \t]*$", re.MULTILINE)
_CHRONOLOGY: Final = re.compile(r"^Chronologie[ \t]*$", re.MULTILINE)
_BLANK_LINES: Final = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_LAYOUTS: Final[dict[tuple[str, bool], Layout]] = {
    ("nl", True): "nl-print",
    ("nl", False): "nl-web",
    ("fr", True): "fr-print",
    ("fr", False): "fr-web",
}


def read_page(text: str) -> Draft | None:
    """The question on a one-language page; None when the text is no such page."""
    top, labels = _top(text)
    if top is None:
        return None
    draft = Draft(_LAYOUTS[labels.language, bool(top["print"])], top["number"])
    texts = draft.dutch if labels.language == "nl" else draft.french
    heading = _heading(text, top, labels)
    _read_before(text[: top.start()], draft)
    header = text[top.end() : heading.start()] if heading else _header(text, top.end(), draft, labels)
    if draft.layout.endswith("print") and _RULE.search(header):
        _read_ruled(header, draft, texts, labels)
    else:
        _read_spaced(header, draft, texts, labels)
    if heading is not None:
        draft.dates.append(heading["date"])
        draft.spoken = heading["spoken"]
        _read_bodies(text[heading.end() :], draft, texts, labels)
        _tell_another(text[heading.end() :], draft, labels)
    return draft


def _tell_another(body: str, draft: Draft, labels: Labels) -> None:
    """A page that begins within the text of another, as where files were joined."""
    other = next((top for top in labels.top.finditer(body) if top["number"] != draft.number), None)
    if other and labels.near_heading.search(body, other.end()):
        draft.report(f"Another heading of this page cannot be read: “{other[0].strip()}”.")


def _header(text: str, start: int, draft: Draft, labels: Labels) -> str:
    """The header of a page whose heading cannot be read, or is not there: the page is cut off."""
    if near := labels.near_heading.search(text, start):
        draft.report_cut("The heading of the question cannot be read, so its text is not known.")
        return text[start : near.start()]
    draft.report_cut(NO_HEADING)
    return drop_open_line(text[start:])


def _top(text: str) -> tuple[re.Match[str] | None, Labels]:
    """The first top line, and the labels of its language."""
    dutch = DUTCH.top.search(text)
    french = FRENCH.top.search(text, 0, dutch.start() if dutch else len(text))
    return (french, FRENCH) if french else (dutch, DUTCH)


def _heading(text: str, top: re.Match[str], labels: Labels) -> re.Match[str] | None:
    """The heading that repeats the number of the top line: others may be quoted in a title."""
    headings = labels.heading.finditer(text, top.end())
    return next((heading for heading in headings if heading["number"] == top["number"]), None)


def _read_before(text: str, draft: Draft) -> None:
    if session := _SESSION.search(text):
        draft.session = session[1]
    if draft.layout.endswith("print"):
        draft.dates.extend(line for line in text.split("\n") if line[:1].isdigit() and parse_date(line))


def _read_ruled(header: str, draft: Draft, texts: Texts, labels: Labels) -> None:
    """The header of a print version: pieces between rules.

    The chronology is the last piece that begins with a date; the keywords stand before it, and whatever else is between
    the minister and them is the title. A whole header ends with a rule of its own.
    """
    head, *pieces = _RULE.split(header)
    if pieces and not pieces[-1].strip():
        pieces.pop()
    _read_people(_BLANK_LINES.split(head.strip("\n")), draft, texts, labels)
    dated = [i for i, piece in enumerate(pieces) if i > 0 and EVENT_LINE.match(piece.lstrip("\n"))]
    chronology = dated[-1] if dated else min(2, len(pieces))
    title_end = max(1, chronology - 1)
    texts.title = one_line("________\n".join(pieces[:title_end]))
    texts.keywords = lines_of("\n".join(pieces[title_end:chronology]))
    draft.events = lines_of("\n".join(pieces[chronology : chronology + 1]))
    draft.references = lines_of("\n".join(pieces[chronology + 1 :]))


def _read_spaced(header: str, draft: Draft, texts: Texts, labels: Labels) -> None:
    """The header of a web page: blocks between blank lines, the chronology under its own title."""
    marks = list(_CHRONOLOGY.finditer(header))
    upper, lower = (header[: marks[-1].start()], header[marks[-1].end() :]) if marks else _cut_at_events(header)
    blocks = [part for part in _BLANK_LINES.split(upper.strip("\n \t")) if part]
    if len(blocks) == 1:  # an extraction without blank lines: a line a block, then the keywords
        lines = blocks[0].split("\n")
        blocks = [*lines[:3], *(["\n".join(lines[3:])] if lines[3:] else [])]
    rest = _read_people(blocks, draft, texts, labels)
    title, keywords = part_title(rest)
    texts.title = one_line("\n".join(title))
    texts.keywords = lines_of("\n".join(keywords))
    for line in lines_of(lower):
        (draft.references if not EVENT_LINE.match(line) and REFERENCE_LINE.match(line) else draft.events).append(line)


def _cut_at_events(header: str) -> tuple[str, str]:
    lines = header.split("\n")
    cut = next((i for i, line in enumerate(lines) if EVENT_LINE.match(line)), len(lines))
    return "\n".join(lines[:cut]), "\n".join(lines[cut:])


def part_title(blocks: list[str]) -> tuple[list[str], list[str]]:
    """The blocks that are the title, and those that are keywords.

    The keywords stand together at the end, except where an extraction parted them by blank lines too: then the
    title is the first line, and those that go on with capitals.
    """
    if len(blocks) < 2:
        return blocks, []
    if len(blocks) == 2 or "\n" in blocks[-1]:
        return blocks[:-1], blocks[-1:]
    end = 1
    while end < len(blocks) - 1 and (blocks[end].startswith("- ") or blocks[end - 1].endswith(" -")):
        end += 1
    return blocks[:end], blocks[end:]


def _read_people(blocks: list[str], draft: Draft, texts: Texts, labels: Labels) -> list[str]:
    """Takes author and minister off the front; returns the blocks after them."""
    rest = [line for part in blocks[:1] for line in part.split("\n") if line.strip()] + blocks[1:]
    if not rest:
        return rest
    if author := labels.author.fullmatch(rest[0].strip()):
        draft.author, draft.party = author["author"], author["party"]
        if author["date"]:
            draft.dates.append(author["date"])
        rest.pop(0)
    elif rest[1:] and labels.minister.match(rest[1]):
        rest.pop(0)  # an author who cannot be read
    if rest and (labels.minister.match(rest[0]) or _OFFICE.match(rest[0])):
        texts.minister = one_line(rest.pop(0))
    return rest


def _read_bodies(body: str, draft: Draft, texts: Texts, labels: Labels) -> None:
    whole = body
    body = drop_begun_heading(body, labels.begun)
    if body != whole:
        draft.report_cut(IN_ANSWER_HEADING)
    elif ends_open(body):
        draft.report_cut(ENDS_OPEN)
    headings = _answers(body, draft, labels)
    ends = [*(heading.start() for heading in headings), len(body)]
    texts.question = block(body[: ends[0]]) or None
    for heading, end in zip(headings, ends[1:], strict=True):
        text = block(body[heading.end() : end]) or None
        dutch, french = (text, None) if labels.language == "nl" else (None, text)
        draft.answers.append(DraftAnswer(heading["kind"], heading["date"] or None, dutch, french))


def _answers(body: str, draft: Draft, labels: Labels) -> list[re.Match[str]]:
    """The headings of the answers: those dated as the chronology says, should a text quote others."""
    found = list(labels.answer.finditer(body))
    if len(found) < 2:
        return found
    days = {parse_date(day[0].strip()) for event in draft.events if (day := EVENT_LINE.match(event))}
    dates = [parse_date(repair(heading["date"])) for heading in found]
    same = [(heading, date) for heading, date in zip(found, dates, strict=True) if heading["kind"] == found[0]["kind"]]
    first = next((heading for heading, date in same if date is None or date in days), found[0])
    later = (heading for heading in found if heading.start() > first.start() and heading["kind"] != first["kind"])
    return [first, *later]
