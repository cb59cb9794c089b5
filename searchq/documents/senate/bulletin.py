"""The old Bulletin of questions and answers (legislatures 1 to 3): several questions on a page, under their ministers.

Bulletin 2-49 / ZITTING 2001-2002
Vragen waarop niet werd geantwoord …                           a section, until the next one
Minister van Justitie (competence)                             holds until the next minister
Vraag nr. 1535/1 van mevrouw Surname d.d. 3 mei 2002 (N.) :    the number may lack its legislature
Title. — Subtitle.
question
Antwoord : answer                                              inline, undated; missing in the unanswered section

Where no `Bulletin 2-49` tells the legislature, the date does. What begins like a heading and cannot be read as one ends
the text before it all the same.
"""

import re
from typing import Final

from searchq.documents.dates import parse_date
from searchq.documents.mojibake import repair
from searchq.documents.senate.bulletin_heads import Heads, is_unanswered
from searchq.documents.senate.bulletin_questions import Heading, find_headings
from searchq.documents.senate.cuts import ENDS_OPEN, drop_begun_heading, ends_open
from searchq.documents.senate.draft import Draft, DraftAnswer, Texts, block, one_line
from searchq.errors import DocumentError
from searchq.legislatures import legislature_of
from searchq.numbers import LEGISLATURE

__all__ = ["read_bulletin"]

_ISSUE: Final = re.compile(
    rf"^[ \t]*Bulletin (?:n\S+ )?(?P<issue>(?P<legislature>{LEGISLATURE})-[0-9]+)[ \t]*$", re.MULTILINE | re.IGNORECASE
)
_SESSION: Final = re.compile(r"^(?:ZITTING|SESSION)(?: DE)? (?P<session>[0-9]{4}-[0-9]{4})", re.MULTILINE | re.I)
_SPOKEN: Final = {"N": "Nederlands", "Fr": "Frans", "F": "Frans", "D": "Duits"}

_ANSWER: Final = re.compile(
    r"^[ \t]*(?P<kind>A(?i:ntwoord)|A(?i:anvullend antwoord)|R(?i:.{1,2}ponse(?: (?:compl|suppl).{1,2}mentaire)?))"
    r"[ \xa0]?:[ \t]*",
    re.MULTILINE,
)
_BEGUN: Final = (
    *("Antwoord :", "Réponse :", "Aanvullend antwoord :", "Réponse complémentaire :"),
    *("Vraag nr. ", "- Vraag nr. ", "Question nº ", "- Question nº "),
    *("Minister van ", "Ministre de", "Ministre du", "Staatssecretaris v", "Secrétaire d'"),
    *("Vice-eerste ", "Vice-Eerste ", "Vice-premier", "Vice-Premier", "Eerste minister", "Premier ministre"),
    *("Vragen waarop niet", "Vragen van de ", "Questions auxquelles", "Questions posées"),
)
_DUTCH_MINISTER: Final = re.compile(r"\b(?:minister|staatssecretaris)\b", re.IGNORECASE)
_MAX_TITLE_LENGTH: Final = 400  # characters


def read_bulletin(text: str) -> list[Draft]:
    """The questions of a Bulletin page, in order; none when the text is no such page.

    Raises DocumentError when no number can be read in full.
    """
    headings = find_headings(text)
    return _Reader(text).read(headings) if headings else []


class _Reader:
    """Reads a page from its first heading to its last; knows the minister and the section that hold."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.issue = _ISSUE.search(text)
        self.session = _SESSION.search(text)
        self.heads = Heads(text)
        self.minister: str | None = None
        self.section: str | None = None
        self.drafts: list[Draft] = []
        self.unread: list[str] = []

    def read(self, headings: list[Heading]) -> list[Draft]:
        self._take(self.text[: headings[0].start])
        for heading, end in zip(headings, [*(h.start for h in headings[1:]), len(self.text)], strict=True):
            draft = self._draft(heading)
            texts = draft.dutch if heading.is_dutch else draft.french
            draft.section = self.section
            (draft.dutch if _DUTCH_MINISTER.search(self.minister or "") else draft.french).minister = self.minister
            body = self.text[heading.end : end]
            kept = self._take(_drop_cut(body, draft) if end == len(self.text) else body)
            if kept == body.rstrip() and ends_open(body):
                draft.report_cut(ENDS_OPEN)
            _read_text(kept, draft, texts)
        if not self.drafts:
            raise DocumentError(f"the heading “{self.unread[0]}” of a Bulletin page cannot be read in full")
        for unread in self.unread:
            self.drafts[0].report(f"Another heading of this page cannot be read: “{unread}”.")
        return self.drafts

    def _take(self, text: str) -> str:
        """The text without the headings at its end, which hold for what follows."""
        trailer = self.heads.cut(text)
        self.minister = trailer.minister or self.minister
        if trailer.section:
            self.section = trailer.section if is_unanswered(trailer.section) else None
        return trailer.text

    def _draft(self, heading: Heading) -> Draft:
        """The draft of a heading, kept if its number can be read in full."""
        draft = Draft("bulletin", "", self.session["session"] if self.session else None)
        draft.bulletin = self.issue["issue"] if self.issue else None
        line = repair(one_line(self.text[heading.start : heading.end]) or "")
        if heading.date:
            draft.author, draft.spoken = heading.author, _SPOKEN.get(heading.spoken or "")
            draft.dates.append(heading.date)
        else:
            draft.report(f"The heading “{line}” cannot be read in full.")
        if heading.serial and (legislature := self._legislature(heading, draft)):
            draft.number = f"{legislature}-{heading.serial}"
            self.drafts.append(draft)
        else:
            self.unread.append(line)
        return draft

    def _legislature(self, heading: Heading, draft: Draft) -> int | None:
        """The legislature in the number, else of the Bulletin, else of the day."""
        day = parse_date(repair(draft.dates[0])) if draft.dates else None
        by_day = legislature_of("senate", day) if day else None
        told = heading.legislature or (self.issue["legislature"] if self.issue else None)
        if told and by_day and int(told) != by_day:
            draft.report(f"The question is numbered in legislature {told} and dated in legislature {by_day}.")
        return int(told) if told else by_day


def _drop_cut(body: str, draft: Draft) -> str:
    """The last body of a page without the label that the page may end within."""
    kept = drop_begun_heading(body, _BEGUN)
    if kept != body:
        draft.report_cut("The page ends within a heading.")
    return kept


def _read_text(body: str, draft: Draft, texts: Texts) -> None:
    found = list(_ANSWER.finditer(body))
    headings = found[:1] + [heading for heading in found[1:] if heading["kind"] != found[0]["kind"]]
    ends = [*(heading.start() for heading in headings), len(body)]
    for heading, end in zip(headings, ends[1:], strict=True):
        text = block(body[heading.end() : end]) or None
        dutch, french = (text, None) if texts is draft.dutch else (None, text)
        draft.answers.append(DraftAnswer(heading["kind"], None, dutch, french))
    title, question = _part_title(body[: ends[0]].strip("\n"))
    texts.title = (one_line(title) or "").removeprefix("- ") or None
    texts.question = block(question) or None


def _part_title(text: str) -> tuple[str, str]:
    """The title: the first block, or where no blank line follows it its lines up to a full stop."""
    first, blank, rest = text.partition("\n\n")
    if blank and len(first) <= _MAX_TITLE_LENGTH:
        return first, rest
    lines = text.split("\n")
    end = next((at for at, line in enumerate(lines, 1) if line.rstrip().endswith(".")), 1)
    return "\n".join(lines[:end]), "\n".join(lines[end:])
