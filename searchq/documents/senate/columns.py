"""The two-language print version where its columns are still apart: piped, and saved HTML.

Each row of the page is a pair of cells, French and Dutch, so nothing has to be told apart by language:

    piped        Question écrite n° 6-1 | Schriftelijke vraag nr. 6-1 | ||||||||     rows end in bars, 1 to hundreds
                 de … |                                                             or have a line a cell,
                 van … |                                                            and a line of bars
                 ||||||||
    HTML         ROW Question écrite … COLUMN Schriftelijke vraag … COLUMN END       marks left by `html_to_text`

The piped extraction joined the keywords of a language on one line, and lost the chronology. Its rows may begin with a
bar, and any cell may be empty.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from searchq.documents.language_guess import best_cut, dutchness
from searchq.documents.senate.bilingual import REFERENCE
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
from searchq.documents.senate.labels import DUTCH, FRENCH, ORDINAL
from searchq.documents.senate.pages import EVENT_LINE
from searchq.documents.table_rows import COLUMN, END, ROW
from searchq.numbers import SENATE
from searchq.question import Layout

__all__ = ["read_columns", "read_piped"]


class Row(NamedTuple):
    """Two cells side by side."""

    french: str = ""
    dutch: str = ""


_TOP: Final = re.compile(
    rf"^[ \t|]*(?:Question .{{1,2}}crite {ORDINAL}|Schriftelijke vraag nr\. ?){SENATE}[ \t]*\|", re.MULTILINE
)
_WHOLE_ROW: Final = re.compile(r"\|[ \t]*\|+[ \t]*$")  # a line that ends a row, too
_BARS: Final = re.compile(r"[ \t]*\|[ \t|]*")
_CELL_END: Final = re.compile(r"\|(?:[ \t]|\n|$)")
_RULE: Final = re.compile(r"_{8,}(?: _{8,})*")
_SESSION: Final = re.compile(r"(?:Zitting|Session) (?P<session>[0-9]{4}-[0-9]{4})")
_ONE_KEYWORD: Final = 3  # words; a line of more is several descriptors run together


def read_piped(text: str) -> Draft | None:
    """The question on a piped page; None when the text is no such page."""
    top = _TOP.search(text)
    if top is None:
        return None
    rows = [row for row in map(_piped_row, _piped_rows(text, top[0].lstrip().startswith("|"))) if any(row)]
    draft = _read_rows(rows, "piped", cut=not text.rstrip().endswith("|"))
    if draft is not None:
        for texts in (draft.french, draft.dutch):
            texts.keywords = [keyword for keyword in [" ".join(texts.keywords)] if keyword]
        if any(len(keyword.split()) > _ONE_KEYWORD for keyword in draft.dutch.keywords):
            draft.problems.append("The keywords stand on one line without a mark between them, and are kept together.")
    return draft


def _piped_rows(text: str, leading: bool) -> Iterator[str]:
    """The rows as text. A line of bars alone ends one; a single bar is an empty cell until there are two cells."""
    row: list[str] = []
    for line in text.split("\n"):
        is_whole = _WHOLE_ROW.search(line) is not None
        is_bars = _BARS.fullmatch(line) is not None
        if leading and not is_bars:
            line = line.lstrip().removeprefix("|")
        if not is_bars or (line.count("|") == 1 and sum(_ends_cell(part) for part in row) < 2):
            row.append(line)
            is_bars = False
        if is_whole or is_bars:
            yield "\n".join(row)
            row = []
    yield "\n".join(row)


def _ends_cell(line: str) -> bool:
    return line.rstrip().endswith("|")


def read_columns(text: str) -> Draft | None:
    """The question in the table of a saved two-language page; None when the text holds no such table."""
    if ROW not in text:
        return None
    rows: list[Row] = []
    for part in re.split(f"({ROW}[^{ROW}{END}]*{END})", text):
        if part.startswith(ROW):
            rows.append(_pair(part.strip(ROW + END).split(COLUMN)[:-1]))
        elif part.strip():
            rows.append(Row(part.strip(), part.strip()))
    if not any(map(_names_one_question, rows)):  # a table within a text of one language
        return None
    return _read_rows(rows, "nlfr-print", cut=not text.endswith("\n"))


def _names_one_question(row: Row) -> bool:
    """Whether the row is the top of a question, or its heading, in French and in Dutch."""
    tops = FRENCH.top.match(row.french + "\n"), DUTCH.top.match(row.dutch + "\n")
    headings = FRENCH.heading.match(row.french), DUTCH.heading.match(row.dutch)
    return any(french and dutch and french["number"] == dutch["number"] for french, dutch in (tops, headings))


def _piped_row(row: str) -> Row:
    return _pair([cell.strip() for cell in _CELL_END.split(row.strip("\n").rstrip("| \t\n"))])


def _pair(cells: list[str]) -> Row:
    """Two cells of however many: empty ones, and bars within a text, make more of them."""
    full = [cell for cell in cells if cell]
    if len(full) < 2:
        is_dutch = cells[:1] == [""] and dutchness("".join(full)) >= 0
        return Row("", *full) if is_dutch else Row(*full)
    cut = best_cut(full) if len(full) > 2 else 1
    return Row(" | ".join(full[:cut]), " | ".join(full[cut:]))


def _read_rows(rows: list[Row], layout: Layout, cut: bool) -> Draft | None:
    sure = [*rows[:-1], _drop_open_cell(rows[-1])] if cut and rows else rows
    start, number = next(((at, number) for at, row in enumerate(sure) if (number := _number(row))), (0, None))
    if number is None:
        return None
    draft = Draft(layout, number)
    _read_before(sure[:start], draft)
    end = next((at for at in range(start, len(sure)) if _read_heading(sure[at], draft)), len(rows))
    groups = _groups(sure[start + 1 : end])
    if end == len(rows):
        draft.report_cut(NO_HEADING)
    _read_people(groups[0], draft)
    _read_groups(groups[1:], draft)
    if end < len(rows):
        _read_bodies(rows[end + 1 :], draft, cut)
    return draft


def _drop_open_cell(row: Row) -> Row:
    """The row without the line that the page ends in, at the end of its last cell."""
    french, dutch = row
    if dutch and dutch != french:
        return Row(french, drop_open_line(dutch).rstrip())
    return Row(drop_open_line(french).rstrip())


def _number(row: Row) -> str | None:
    """The number in the top row, the same in both cells unless one is empty."""
    found = {top["number"] for labels, cell in ((FRENCH, row.french), (DUTCH, row.dutch), (DUTCH, row.french))
             if (top := labels.top.match(cell + "\n"))}  # fmt: skip
    return found.pop() if len(found) == 1 else None


def _read_before(rows: list[Row], draft: Draft) -> None:
    for row in rows:
        for cell in dict.fromkeys((row.dutch, row.french)):
            if session := _SESSION.match(cell):
                draft.session = session["session"]
            elif cell[:1].isdigit():
                draft.dates.append(cell)


def _read_heading(row: Row, draft: Draft) -> bool:
    """Whether the row is the heading of the question; its date and its language label are noted."""
    for labels, cell in ((DUTCH, row.dutch), (DUTCH, row.french), (FRENCH, row.french)):
        heading = labels.heading.match(cell)
        if heading and heading["number"] == draft.number:
            draft.dates.append(heading["date"])
            draft.spoken = heading["spoken"]
            return True
    return False


def _groups(rows: list[Row]) -> list[list[Row]]:
    """The rows between rules; the first group stands before the first rule."""
    groups: list[list[Row]] = [[]]
    for row in rows:
        if _RULE.fullmatch(row.dutch or row.french):
            groups.append([])
        else:
            groups[-1].append(row)
    return groups


def _read_people(rows: list[Row], draft: Draft) -> None:
    for line in filter(None, (one_line(cell) for row in rows for cell in row)):
        if DUTCH.minister.match(line):
            draft.dutch.minister = line
        elif FRENCH.minister.match(line):
            draft.french.minister = line
        elif author := DUTCH.author.fullmatch(line):  # the French cell first; the Dutch one has the last word
            draft.author = author["author"]
            draft.party = None if draft.cut and line.startswith("de ") else author["party"]


def _read_groups(groups: list[list[Row]], draft: Draft) -> None:
    """Title, keywords, chronology and references, in this order; a chronology may be empty, references absent."""
    title, keywords, *others = [*groups, [], []] if len(groups) < 2 else groups
    for texts, side in ((draft.french, 0), (draft.dutch, 1)):
        texts.title = one_line("\n".join(row[side] for row in title))
        texts.keywords = lines_of("\n".join(row[side] for row in keywords))
    rest = "\n".join(row.dutch or row.french for group in others for row in group)
    draft.events = [line for line in lines_of(rest) if EVENT_LINE.match(line) or line.startswith("(")]
    draft.references = [found["whole"].strip() for found in REFERENCE.finditer(rest)]


def _read_bodies(rows: list[Row], draft: Draft, cut: bool) -> None:
    """Question and answers: each its heading, then rows of texts."""
    if cut and rows:
        rows = [*rows[:-1], _drop_begun(rows[-1], draft)]
    headings = [(at, answer) for at, row in enumerate(rows) if (answer := _answer(row))]
    ends = [*(at for at, _ in headings), len(rows)]
    draft.french.question, draft.dutch.question = _bodies(rows[: ends[0]])
    sides = [(draft.french.question, draft.dutch.question)]
    for (start, answer), end in zip(headings, ends[1:], strict=True):
        answer.french, answer.dutch = _bodies(rows[start + 1 : end])
        draft.answers.append(answer)
        sides.append((answer.french, answer.dutch))
    if any(french and not dutch for french, dutch in sides):
        draft.report_cut(NO_DUTCH)


def _drop_begun(row: Row, draft: Draft) -> Row:
    """The last row of a cut page without the heading it may end within."""
    french, dutch = (drop_begun_heading("\n\n" + cell, FRENCH.begun + DUTCH.begun).strip("\n") for cell in row)
    if Row(french, dutch) != row:
        draft.report_cut(IN_ANSWER_HEADING)
    elif draft.layout == "piped" or ends_open(row.dutch or row.french):
        draft.report_cut(ENDS_OPEN)
    return Row(french, dutch)


def _answer(row: Row) -> DraftAnswer | None:
    """The heading of an answer that a row is."""
    for labels, cell in ((DUTCH, row.dutch), (DUTCH, row.french), (FRENCH, row.french)):
        if heading := labels.answer.fullmatch(cell):
            return DraftAnswer(heading["kind"], heading["date"] or None)
    return None


def _bodies(rows: list[Row]) -> tuple[str | None, str | None]:
    french, dutch = ("\n\n".join(row[side] for row in rows if row[side]) for side in (0, 1))
    return block(french) or None, block(dutch) or None
