"""The two-language print version where its columns are still apart: piped, and saved HTML.

Each row of the page is a pair of cells, French and Dutch, so nothing has to be told apart by language:

    piped        Question écrite n° 6-1 | Schriftelijke vraag nr. 6-1 | ||||||||     rows end in eight bars
    HTML         ROW Question écrite … COLUMN Schriftelijke vraag … COLUMN END       marks left by `html_to_text`

The piped extraction joined the keywords of a language on one line, and lost the chronology.
"""

import re
from typing import Final

from searchq.documents.bilingual import BOTH_ANSWERS, BOTH_HEADINGS, BOTH_TOPS, REFERENCE
from searchq.documents.draft import Draft, block, lines_of, one_line
from searchq.documents.html import COLUMN, END, ROW
from searchq.documents.labels import DUTCH
from searchq.documents.pages import EVENT_LINE
from searchq.documents.tongues import best_cut
from searchq.question import Layout

__all__ = ["read_columns", "read_piped"]

Row = tuple[str, str]  # the French cell and the Dutch one

_ROW_END: Final = re.compile(r"\|{8}[ \t]*(?:\n|\Z)")
_RULE: Final = re.compile(r"_{8,}(?: _{8,})*")
_SESSION: Final = re.compile(r"Zitting (?P<session>[0-9]{4}-[0-9]{4})")
_ONE_KEYWORD: Final = 3  # words; a line of more is several descriptors run together


def read_piped(text: str) -> Draft | None:
    """The question on a piped page; None when the text is no such page."""
    if "||||||||" not in text or BOTH_TOPS.search(text) is None:
        return None
    rows = [_piped_row(row) for row in _ROW_END.split(text) if row.strip()]
    draft = _read_rows(rows, "piped")
    if draft is not None:
        for texts in (draft.french, draft.dutch):
            texts.keywords = [keyword for keyword in [" ".join(texts.keywords)] if keyword]
        if any(len(keyword.split()) > _ONE_KEYWORD for keyword in draft.dutch.keywords):
            draft.problems.append("The keywords stand on one line without a mark between them, and are kept together.")
    return draft


def read_columns(text: str) -> Draft | None:
    """The question in the table of a saved two-language page; None when the text holds no such table."""
    if ROW not in text:
        return None
    rows: list[Row] = []
    for part in re.split(f"({ROW}[^{ROW}{END}]*{END})", text):
        if part.startswith(ROW):
            rows.append(_pair(part.strip(ROW + END).split(COLUMN)[:-1]))
        elif part.strip():
            rows.append((part.strip(), part.strip()))
    return _read_rows(rows, "nlfr-print")


def _piped_row(row: str) -> Row:
    return _pair([cell.strip() for cell in re.split(r"\|(?:[ \t]|\n|$)", row.strip("\n"))])


def _pair(cells: list[str]) -> Row:
    """Two cells of however many: bars within a text make more of them."""
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) <= 2:
        return (cells[0] if cells else ""), (cells[1] if len(cells) > 1 else "")
    cut = best_cut(cells)
    return " | ".join(cells[:cut]), " | ".join(cells[cut:])


def _read_rows(rows: list[Row], layout: Layout) -> Draft | None:
    lines = [" ".join(" | ".join(row).split("\n")) for row in rows]
    start, top = _find(lines, BOTH_TOPS, 0)
    if top is None:
        return None
    draft = Draft(layout, top["number"])
    for _, dutch in rows[:start]:
        if session := _SESSION.search(dutch):
            draft.session = session["session"]
        elif dutch[:1].isdigit():
            draft.dates.append(dutch)
    end, heading = _find(lines, BOTH_HEADINGS, start)
    groups = _groups(rows[start + 1 : end])
    _read_people(groups[0], draft)
    _read_groups(groups[1:], draft)
    if heading is None:
        draft.problems.append("The heading of the question is missing, so its text is not known.")
        return draft
    draft.dates.append(heading["date"])
    draft.spoken = heading["spoken"] or heading["french"]
    _read_bodies(rows[end + 1 :], lines[end + 1 :], draft)
    return draft


def _find(lines: list[str], pattern: re.Pattern[str], start: int) -> tuple[int, re.Match[str] | None]:
    for at in range(start, len(lines)):
        if found := pattern.match(lines[at]):
            return at, found
    return len(lines), None


def _groups(rows: list[Row]) -> list[list[Row]]:
    """The rows between rules; the first group stands before the first rule."""
    groups: list[list[Row]] = [[]]
    for row in rows:
        if _RULE.fullmatch(row[1] or row[0]):
            groups.append([])
        else:
            groups[-1].append(row)
    return groups


def _read_people(rows: list[Row], draft: Draft) -> None:
    for french, dutch in rows:
        if DUTCH.minister.match(dutch):
            draft.french.minister, draft.dutch.minister = one_line(french), one_line(dutch)
        elif author := DUTCH.author.fullmatch(one_line(dutch) or ""):
            draft.author, draft.party = author["author"], author["party"]


def _read_groups(groups: list[list[Row]], draft: Draft) -> None:
    """Title, keywords, chronology and references, in this order; a chronology may be empty, references absent."""
    title, keywords, *others = [*groups, [], []] if len(groups) < 2 else groups
    for texts, side in ((draft.french, 0), (draft.dutch, 1)):
        texts.title = one_line("\n".join(row[side] for row in title))
        texts.keywords = lines_of("\n".join(row[side] for row in keywords))
    rest = "\n".join(row[1] or row[0] for group in others for row in group)
    draft.events = [line for line in lines_of(rest) if EVENT_LINE.match(line) or line.startswith("(")]
    draft.references = [found["whole"].strip() for found in REFERENCE.finditer(rest)]


def _read_bodies(rows: list[Row], lines: list[str], draft: Draft) -> None:
    at, answer = _find(lines, BOTH_ANSWERS, 0)
    draft.french.question, draft.dutch.question = _bodies(rows[:at])
    if answer is not None:
        draft.answered = True
        draft.answer_date = answer["date"] or None
        draft.french.answer, draft.dutch.answer = _bodies(rows[at + 1 :])


def _bodies(rows: list[Row]) -> tuple[str | None, str | None]:
    french, dutch = (
        "\n\n".join(cell for cell in cells if cell) for cells in (zip(*rows, strict=True) if rows else ((), ()))
    )
    return block(french) or None, block(dutch) or None
