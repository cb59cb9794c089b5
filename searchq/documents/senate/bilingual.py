"""The two-language print version, nlfr-print: two columns of a page, French on the left, merged line by line.

SÉNAT DE BELGIQUE BELGISCHE SENAAT     house, session, date, top, headings: both on one line
________________                       a rule in the header; from the chronology on: ________ ________
de … (…) / van … (…)                   author, then minister: French block, Dutch block
titre FR titel NL                      one line, no mark between: told apart by parts and by language
keywords                               all French ones, then all Dutch ones, as many
chronology                             the whole list twice
references                             twice, on one line or one list after the other
question, answer                       all French, a line holding only a blank, all Dutch
"""

import re
from typing import Final

from searchq.documents.language_guess import best_cut, dutchness
from searchq.documents.senate.cuts import (
    ENDS_OPEN,
    IN_ANSWER_HEADING,
    NO_DUTCH,
    NO_HEADING,
    drop_begun_heading,
    drop_open_line,
    ends_open,
)
from searchq.documents.senate.draft import Draft, DraftAnswer, block, lines_of, one_line
from searchq.documents.senate.keyword_split import split_cut_keywords, split_keywords
from searchq.documents.senate.labels import DUTCH, FRENCH, ORDINAL
from searchq.documents.senate.pages import EVENT_LINE
from searchq.documents.senate.title_split import split_title
from searchq.numbers import SENATE

__all__ = [
    "BOTH_ANSWERS",
    "BOTH_HEADINGS",
    "BOTH_TOPS",
    "REFERENCE",
    "halve",
    "part_body",
    "read_bilingual",
    "read_keywords",
    "read_titles",
]

_GAP: Final = r"[ \t\xa0|]+"
_SPOKEN: Final = r"(?: ?\((?P<{}>[^)\n|]*)\))?"
BOTH_TOPS: Final = re.compile(
    rf"^[ \t]*Question .{{1,2}}crite {ORDINAL}(?P<number>{SENATE}){_GAP}"
    r"Schriftelijke vraag nr\. ?(?P=number)[ \t]*\n",
    re.MULTILINE,
)
BOTH_HEADINGS: Final = re.compile(
    rf"^[ \t]*Question {ORDINAL}(?P<number>{SENATE}) du (?P<french_date>[^:\n|]*?) ?:{_SPOKEN.format('french')}{_GAP}"
    rf"Vraag nr\. ?(?P=number) d\.d\. (?P<date>[^:\n|]*?) ?:{_SPOKEN.format('spoken')}[ \t|]*$",
    re.MULTILINE,
)
BOTH_ANSWERS: Final = re.compile(
    r"^[ \t]*R.{1,2}ponse(?: [^\s:]{5,20})? re.{1,2}ue le [^:\n|]*?:[ \t\xa0|]+"
    r"(?P<kind>Antwoord|Aanvullend antwoord) ontvangen op (?P<date>[^:\n|]*?) ?:[ \t|]*$",
    re.MULTILINE,
)
_HALF_HEADING: Final = re.compile(r"\n[ \t]*R.{1,2}ponse(?: [^\s:]{5,20})? re.{1,2}ue le [^:\n]{6,30}:\s*\Z")
NEAR_HEADING: Final = re.compile(rf"^[ \t]*Question {ORDINAL}{SENATE} ", re.MULTILINE)
REFERENCE: Final = re.compile(
    r"(?P<whole>[^\W\d][^:\n|]{2,40}? ?: ?(?:question .{1,2}crite|schriftelijke vraag|demande d.explications?"
    rf"|vraag om uitleg) {SENATE})",
    re.IGNORECASE,
)
_RULE: Final = re.compile(r"^[ \t]*(?:_{16}|_{8} _{8})[ \t]*(?:\n|\Z)", re.MULTILINE)
_SESSION: Final = re.compile(r"^Session [0-9]{4}-[0-9]{4} Zitting (?P<session>[0-9]{4}-[0-9]{4})[ \t]*$", re.MULTILINE)
_DATES: Final = re.compile(r"^[0-9]{1,2}\S* \S+ [0-9]{4} (?P<date>[0-9]{1,2} \S+ [0-9]{4})[ \t]*$", re.MULTILINE)
_BLANK_LINES: Final = re.compile(r"\n\s*\n")
_TWO_AUTHORS: Final = re.compile(  # de Jan Maes (Indépendant) van Jan Maes (Onafhankelijke)
    r"de (?P<author>[^()0-9]{1,100}?)(?: \([^()]*\))? van (?P=author)(?: \((?P<party>[^()]*)\))?"
)
_TWO_MINISTERS: Final = re.compile(
    r"(?P<french>(?:au|aux|.{1,2} l).*?) (?P<dutch>aan (?:(?:de|het) |(?=(?:vice|eerste|minister|staatss))).*)",
    re.DOTALL | re.IGNORECASE,
)

_SURE_TEXT: Final = 4.0  # of dutchness, what tells the language of a text for sure
_MAX_EVENT_LENGTH: Final = 300  # characters of a line that may say its event twice


def read_bilingual(text: str) -> Draft | None:
    """The question on a merged two-language page; None when the text is no such page."""
    top = BOTH_TOPS.search(text)
    if top is None:
        return None
    draft = Draft("nlfr-print", top["number"])
    before = text[: top.start()]
    if session := _SESSION.search(before):
        draft.session = session["session"]
    draft.dates.extend(found["date"] for found in _DATES.finditer(before))
    heading = next((h for h in BOTH_HEADINGS.finditer(text, top.end()) if h["number"] == top["number"]), None)
    _read_header(text[top.end() : heading.start()] if heading else _header(text, top.end(), draft), draft)
    if heading is None:
        return draft
    draft.dates.append(heading["date"])
    draft.spoken = heading["spoken"] or heading["french"]
    _read_bodies(text[heading.end() :], draft)
    return draft


def _header(text: str, start: int, draft: Draft) -> str:
    """The header of a page whose heading cannot be read, or is not there: the page is cut off."""
    draft.report_cut(NO_HEADING)
    if near := NEAR_HEADING.search(text, start):
        return text[start : near.start()]
    header = drop_open_line(text[start:])
    if len(_RULE.findall(header)) == 1 and _RULE.split(header)[1].strip() == "":
        _read_cut_title(text[start + len(header) :], draft)
    return header


def _read_cut_title(line: str, draft: Draft) -> None:
    """The French title of a line that ends within the Dutch one."""
    split = split_title(line)
    if split.sure and split.dutch:
        draft.french.title = split.french


def _read_header(header: str, draft: Draft) -> None:
    """Author, minister, title, keywords, chronology and references."""
    people, *pieces = _RULE.split(header)
    _read_people(people, draft)
    dated = [i for i, piece in enumerate(pieces) if i > 0 and EVENT_LINE.match(piece.lstrip("\n"))]
    chronology = dated[-1] if dated else min(2, len(pieces))
    title_end = max(1, chronology - 1)
    if title := one_line("\n".join(pieces[:title_end])):
        read_titles(title, draft)
    keywords = lines_of("\n".join(pieces[title_end:chronology]))
    if chronology < len(pieces) or not draft.cut:
        read_keywords(keywords, draft)
    else:
        draft.french.keywords, draft.dutch.keywords, _ = split_cut_keywords(keywords)
    draft.events = halve(lines_of("\n".join(pieces[chronology : chronology + 1])))
    draft.references = [found["whole"].strip() for found in REFERENCE.finditer("\n".join(pieces[chronology + 1 :]))]


def _read_people(text: str, draft: Draft) -> None:
    """Author and minister, each French and Dutch: in blocks of their own, or two in one line."""
    for part in _BLANK_LINES.split(text.strip("\n")):
        line = one_line(part)
        if not line:
            continue
        if both := _TWO_AUTHORS.fullmatch(line):
            line = f"van {both['author']} ({both['party']})" if both["party"] else f"van {both['author']}"
        if both := _TWO_MINISTERS.fullmatch(line):
            draft.french.minister, draft.dutch.minister = both["french"], both["dutch"]
        elif DUTCH.minister.match(line):
            draft.dutch.minister = line
        elif FRENCH.minister.match(line):
            draft.french.minister = draft.french.minister or line
        elif author := DUTCH.author.fullmatch(line):  # the French line first; the Dutch one has the last word
            draft.author = author["author"]
            draft.party = None if draft.cut and line.startswith("de ") else author["party"]


def read_titles(line: str, draft: Draft) -> None:
    """Both titles out of one line; a problem where one is absent or the split is in doubt."""
    split = split_title(line)
    draft.french.title, draft.dutch.title = split.french, split.dutch
    if not split.sure:
        draft.problems.append("The French and the Dutch title stand on one line and may be split at the wrong word.")
    for language, title in (("French", split.french), ("Dutch", split.dutch)):
        if title is None and (split.french or split.dutch):
            draft.problems.append(f"The {language} title was not found.")


def read_keywords(lines: list[str], draft: Draft) -> None:
    """Keywords of both languages out of one list; a problem where halves of it are none."""
    split = split_keywords(lines)
    draft.french.keywords, draft.dutch.keywords = split.french, split.dutch
    if not split.sure:
        draft.report("The French and the Dutch keywords are not equal in number and may be split at the wrong one.")


def _read_bodies(body: str, draft: Draft) -> None:
    whole, body = body, drop_begun_heading(_HALF_HEADING.sub("\n", body), FRENCH.begun + DUTCH.begun)
    if body != whole:
        draft.report_cut(IN_ANSWER_HEADING)
    elif ends_open(body):
        draft.report_cut(ENDS_OPEN)
    headings = list(BOTH_ANSWERS.finditer(body))
    ends = [*(heading.start() for heading in headings), len(body)]
    draft.french.question, draft.dutch.question = _part(body[: ends[0]], draft)
    for heading, end in zip(headings, ends[1:], strict=True):
        french, dutch = _part(body[heading.end() : end], draft)
        draft.answers.append(DraftAnswer(heading["kind"], heading["date"] or None, dutch, french))


def _part(body: str, draft: Draft) -> tuple[str | None, str | None]:
    """French text and Dutch text; a page that shows but the one ends before the other."""
    french, dutch = part_body(body)
    if french and not dutch:
        draft.report_cut(NO_DUTCH)
    elif dutch and not french:
        draft.report("The text stands there in Dutch only.")
    return french, dutch


def part_body(body: str) -> tuple[str | None, str | None]:
    """French text and Dutch text: parted by a line of blanks; by language where there is none, or more than one."""
    lines = body.strip("\n").split("\n")
    marks = [i for i, line in enumerate(lines) if line and not line.strip()]
    if len(marks) != 1:
        cuts = marks or [i for i, line in enumerate(lines) if not line]
        pieces = ["\n".join(lines[a:b]) for a, b in zip([0, *cuts], [*cuts, len(lines)], strict=True)]
        marks = [cuts[best_cut(pieces) - 1]] if cuts else []
    elif marks[0] < len(lines) - 1:
        return _in_order(block("\n".join(lines[: marks[0]])) or None, block("\n".join(lines[marks[0] :])) or None)
    at = marks[0] if marks else 0
    before, after = block("\n".join(lines[:at])) or None, block("\n".join(lines[at:])) or None
    if dutchness(after or "") <= 0:
        return block(body) or None, None
    if before and dutchness(before) >= 0:
        return None, block(body) or None
    return before, after


def _in_order(before: str | None, after: str | None) -> tuple[str | None, str | None]:
    """French text and Dutch text, which a page may show in the other order."""
    is_swapped = dutchness(before or "") >= _SURE_TEXT and dutchness(after or "") <= -_SURE_TEXT
    return (after, before) if is_swapped else (before, after)


def halve(lines: list[str]) -> list[str]:
    """A list that may stand there twice, once; on one line or one list after the other, the other perhaps cut."""
    lines = [_TWICE.sub(r"\1", line) if len(line) <= _MAX_EVENT_LENGTH else line for line in lines]
    for end in range((len(lines) + 1) // 2, len(lines)):
        if lines[end:] == lines[: len(lines) - end]:
            return lines[:end]
    return lines


_TWICE: Final = re.compile(r"^(.{8,}?)\s+\1$")
