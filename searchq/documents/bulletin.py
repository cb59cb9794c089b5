"""The old Bulletin of questions and answers (legislatures 1 to 3): several questions on a page, under their ministers.

Bulletin 2-49 / ZITTING 2001-2002
Vragen waarop niet werd geantwoord …                           a section, until the next one
Minister van Justitie (competence)                             holds until the next minister
Vraag nr. 1535/1 van mevrouw Surname d.d. 3 mei 2002 (N.) :    the number may lack its legislature
Title. — Subtitle.
question
Antwoord : answer                                              inline, undated; missing in the unanswered section
"""

import re
from dataclasses import dataclass
from typing import Final

from searchq.documents.draft import Draft, Texts, block, one_line
from searchq.errors import DocumentError
from searchq.numbers import LEGISLATURE, SERIAL

__all__ = ["read_bulletin"]

_ISSUE: Final = re.compile(r"^Bulletin (?P<legislature>[0-9]{1,2})-[0-9]+[ \t]*$", re.MULTILINE)
_SESSION: Final = re.compile(r"^(?:ZITTING|SESSION) (?P<session>[0-9]{4}-[0-9]{4})", re.MULTILINE)
_SPOKEN: Final = {"N": "Nederlands", "Fr": "Frans", "F": "Frans", "D": "Duits"}


@dataclass(frozen=True, slots=True)
class _Labels:
    heading: re.Pattern[str]
    answer: re.Pattern[str]


_NUMBER: Final = rf"(?:(?P<legislature>{LEGISLATURE})-)?(?P<serial>{SERIAL})"
_TAIL: Final = r"(?P<date>[0-9]{1,2}(?:er)? \S+ [0-9]{4})(?: ?\((?P<spoken>N|Fr?|D)\.\))? ?:[ \t]*"
_DUTCH: Final = _Labels(
    re.compile(
        rf"^Vraag nr\. ?{_NUMBER} van (?:de heer|de h\.|mevrouw|mevr\.|juffrouw) (?P<author>[^\n]+?) d\.d\. {_TAIL}",
        re.M,
    ),
    re.compile(r"^Antwoord ?:[ \t]*", re.M),
)
_FRENCH: Final = _Labels(
    re.compile(rf"^Question n.{{1,3}} ?{_NUMBER} de (?:M\.|Mme|Mlle) (?P<author>[^\n]+?) du {_TAIL}", re.M),
    re.compile(r"^R.{1,2}ponse ?:[ \t]*", re.M),
)
_MINISTER: Final = re.compile(
    r"(?:vice-?(?:eerste|premi.{1,2}re?)[ -]?)?(?:eerste[ -]?|premi.{1,2}re? )?"
    r"(?:minister|ministre|staatssecretaris|secr.{1,2}taire d.{1,2}tat)\b.{0,300}",
    re.IGNORECASE | re.DOTALL,
)
_SECTION: Final = re.compile(r"(?:Vragen|Questions) (?:van|waarop|des|auxquelles)\b.{0,300}", re.DOTALL)
_COMPETENCE: Final = re.compile(r"\([^()]{2,200}\)", re.DOTALL)
_BLANK_LINES: Final = re.compile(r"\n[ \t]*\n\s*")


def read_bulletin(text: str) -> list[Draft]:
    """The questions of a Bulletin page, in order; none when the text is no such page.

    Raises DocumentError when a number lacks its legislature and the page does not tell it.
    """
    for labels in (_DUTCH, _FRENCH):
        if headings := list(labels.heading.finditer(text)):
            return _read_questions(text, headings, labels)
    return []


def _read_questions(text: str, headings: list[re.Match[str]], labels: _Labels) -> list[Draft]:
    issue, session = _ISSUE.search(text), _SESSION.search(text)
    drafts: list[Draft] = []
    _, minister = _cut_minister(text[: headings[0].start()])
    for heading, end in zip(headings, [*(h.start() for h in headings[1:]), len(text)], strict=True):
        legislature = heading["legislature"] or (issue["legislature"] if issue else None)
        if legislature is None:
            raise DocumentError(f"question {heading['serial']} of a Bulletin page that does not name its legislature")
        draft = Draft("bulletin", f"{legislature}-{heading['serial']}", session["session"] if session else None)
        body, next_minister = _cut_minister(text[heading.end() : end])
        draft.author = heading["author"]
        draft.dates.append(heading["date"])
        draft.spoken = _SPOKEN.get(heading["spoken"] or "")
        texts = draft.dutch if labels is _DUTCH else draft.french
        texts.minister = minister
        _read_text(body, draft, texts, labels)
        drafts.append(draft)
        minister = next_minister or minister
    return drafts


def _read_text(body: str, draft: Draft, texts: Texts, labels: _Labels) -> None:
    answer = labels.answer.search(body)
    if answer:
        draft.answered = True
        texts.answer = block(body[answer.end() :]) or None
        body = body[: answer.start()]
    title, _, question = body.strip("\n").partition("\n\n")
    texts.title = one_line(title)
    texts.question = block(question) or None


def _cut_minister(text: str) -> tuple[str, str | None]:
    """A text without the headings at its end that belong to what follows, and the minister they name.

    A minister may have his competence in brackets, on the same line or on the next.
    """
    blocks = _BLANK_LINES.split(text.rstrip())
    minister: str | None = None
    competence = ""
    while blocks:
        last = blocks[-1].strip()
        if _SECTION.fullmatch(last) or _FRAME.fullmatch(last):
            blocks.pop()
        elif minister is None and _COMPETENCE.fullmatch(last) and len(blocks) > 1 and _is_minister(blocks[-2]):
            competence = " " + last
            blocks.pop()
        elif minister is None and _is_minister(last):
            minister = one_line(last + competence)
            blocks.pop()
        else:
            break
    return "\n\n".join(blocks), minister


def _is_minister(text: str) -> bool:
    return _MINISTER.fullmatch(text.strip()) is not None and not text.rstrip().endswith((".", ":", "?"))


_FRAME: Final = re.compile(
    r"\(N\.\) ?:.*|Vragen en Antwoorden|Questions et R.{1,2}ponses|BELGISCHE SENAAT|S.{1,2}NAT DE BELGIQUE"
    r"|Bulletin [0-9]+-[0-9]+|(?:ZITTING|SESSION) .*",
    re.DOTALL,
)
