"""Hits and records written as text for people, or as JSON, JSON lines, CSV and Markdown for what comes next.

Colour and width follow the terminal; in a pipe the text is plain and the lines are whole.
"""

import csv
import io
import json
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

import click

from searchq.question import Question
from searchq.results.exchange import hit_to_json, page_to_json
from searchq.results.page import ResultHit, ResultPage, Snippet

__all__ = ["FORMATS", "HIT_FIELDS", "csv_line", "describe_status", "highlighted", "render_page", "width", "write_rows"]

HIT_FIELDS: Final = ("number", "date", "title", "minister", "author", "party", "status", "score", "snippets")
CSV_FIELDS: Final = (
    "number", "date", "title", "minister", "author", "party", "status", "delay_days", "keywords", "score", "snippet"
)  # fmt: skip

_ZONE_NAMES: Final = {"title": "title", "question": "question", "answer": "answer", "french": "French text"}
_WIDEST: Final = 110  # columns; longer lines tire the eye


def width() -> int:
    """Columns to write in: the terminal's, at most 110; in a pipe 110."""
    return min(shutil.get_terminal_size((_WIDEST, 24)).columns, _WIDEST)


def render_page(page: ResultPage, form: str, fields: Sequence[str]) -> Iterator[str]:
    """The page in one of FORMATS, line by line; `fields` (empty: the usual ones) choose and order the columns."""
    return FORMATS[form](page, fields)


def write_rows(form: str, rows: Iterable[dict[str, Any]], fields: Sequence[str]) -> Iterator[str]:
    """Rows of plain values as JSON lines, CSV or a Markdown table, one at a time."""
    return _ROW_FORMATS[form](rows, fields)


def highlighted(text: str, ranges: Sequence[tuple[int, int]]) -> str:
    """The text with its ranges in bold yellow where colour is wanted."""
    parts, last = [], 0
    for start, end in ranges:
        parts += [text[last:start], click.style(text[start:end], fg="yellow", bold=True)]
        last = end
    return "".join([*parts, text[last:]])


def describe_status(question: Question) -> str:
    """The state of a question in a few English words."""
    if question.status in {"answered", "answered-without-text"}:
        days = f" in {question.delay_days} days" if question.delay_days is not None else ""
        return f"answered{days}" + ("" if question.answer or question.status == "answered" else ", text not published")
    if question.status == "open":
        return f"waiting since {question.waiting_since}" if question.waiting_since else "unanswered"
    return (question.status or "status unknown").replace("-", " ")


def csv_line(values: Iterable[Any]) -> str:
    """One CSV line (RFC 4180 quoting), without its line end; lists are joined by `; `."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([_cell(value) for value in values])
    return line.getvalue()


def _as_text(page: ResultPage, fields: Sequence[str]) -> Iterator[str]:
    if fields:
        yield from _as_columns([_row(hit, fields) for hit in page.hits], fields)
    else:
        first = (page.request.page - 1) * page.request.limit + 1
        for place, hit in enumerate(page.hits, first):
            yield from _hit_text(place, hit)
            yield ""
        yield _totals(page)
    yield from _facet_text(page)


def _hit_text(place: int, hit: ResultHit) -> Iterator[str]:
    question = hit.question
    asked = f"{question.author or '?'}" + (f" ({question.party})" if question.party else "")
    head = f"{place:>3}. {click.style(question.number, fg='cyan', bold=True)}  {question.date or 'undated'}  {asked}"
    yield f"{head} · {describe_status(question)}"
    title = question.title or (question.french.title if question.french else None) or "(no title)"
    yield "     " + click.style(highlighted(title, hit.title_highlights), bold=True)
    minister = question.minister or (question.french.minister if question.french else None)
    if minister:
        yield "     " + click.style(textwrap.shorten(f"to {minister}", width() - 5, placeholder=" …"), dim=True)
    for snippet in hit.snippets:
        yield from _snippet_text(snippet)
    if hit.siblings:
        numbers = ", ".join(sibling.number for sibling in hit.siblings)
        yield from textwrap.wrap(
            f"+ {len(hit.siblings)} asked to other ministers: {numbers}", width(), initial_indent="     ",
            subsequent_indent="       ",
        )  # fmt: skip


def _snippet_text(snippet: Snippet) -> Iterator[str]:
    """The fragment wrapped by hand, since colour codes must not count as columns."""
    head = "" if snippet.starts_text else "… "
    tail = "" if snippet.ends_text else " …"
    room = width() - 7
    marks = [False] * len(snippet.text)
    for start, end in snippet.highlights:
        marks[start:end] = [True] * (end - start)
    line, place, prefix = head, 0, f"{_ZONE_NAMES[snippet.zone]}: "
    used = len(prefix) + len(head)
    for word in snippet.text.split():
        start = snippet.text.index(word, place)
        place = start + len(word)
        if used + len(word) + 1 > room and line:
            yield "     " + click.style(prefix, dim=True) + line.rstrip()
            line, used, prefix = "", 0, "  "
        line += _marked(word, marks[start:place]) + " "
        used += len(word) + 1
    yield "     " + click.style(prefix, dim=True) + line.rstrip() + tail


def _marked(word: str, marks: Sequence[bool]) -> str:
    if not any(marks):
        return word
    first = marks.index(True)
    last = len(marks) - list(reversed(marks)).index(True)
    return highlighted(word, [(first, last)])


def _totals(page: ResultPage) -> str:
    if not page.total:
        return "Nothing found."
    first = (page.request.page - 1) * page.request.limit + 1
    folded = f" ({page.groups} with siblings folded)" if page.groups != page.total else ""
    shown = f"{first}-{first + len(page.hits) - 1} of " if page.hits else ""
    plural = "" if page.total == 1 else "s"
    return click.style(f"{shown}{page.total} question{plural}{folded}, {page.seconds * 1000:.0f} ms", dim=True)


def _facet_text(page: ResultPage) -> Iterator[str]:
    from searchq.cli.bars import facet_lines  # most searches print no facets

    for facet in page.facets:
        yield ""
        yield from facet_lines(facet)


def _as_columns(rows: Sequence[dict[str, Any]], fields: Sequence[str]) -> Iterator[str]:
    """An aligned table of the chosen fields; the last column takes what room is left."""
    cells = [[_flat(row[field]) for field in fields] for row in rows]
    widths = [max([len(field), *(min(len(line[i]), 40) for line in cells)]) for i, field in enumerate(fields)]
    for line in [list(fields), *cells]:
        padded = [
            textwrap.shorten(cell, size, placeholder="…").ljust(size) if sys.stdout.isatty() else cell.ljust(size)
            for cell, size in zip(line, widths, strict=True)
        ]
        yield "  ".join(padded).rstrip()


def _as_json(page: ResultPage, fields: Sequence[str]) -> Iterator[str]:
    document = page_to_json(page)
    if fields:
        document["hits"] = [_row(hit, fields) for hit in page.hits]
    yield json.dumps(document, ensure_ascii=False, indent=2)


def _rows_as(form: str, usual: Sequence[str]) -> Callable[[ResultPage, Sequence[str]], Iterator[str]]:
    def render(page: ResultPage, fields: Sequence[str]) -> Iterator[str]:
        chosen = fields or usual
        return write_rows(form, (_row(hit, chosen) for hit in page.hits), chosen)

    return render


def _json_lines(rows: Iterable[dict[str, Any]], fields: Sequence[str]) -> Iterator[str]:
    for row in rows:
        yield json.dumps({field: row[field] for field in fields}, ensure_ascii=False)


def _csv_lines(rows: Iterable[dict[str, Any]], fields: Sequence[str]) -> Iterator[str]:
    yield csv_line(fields)
    for row in rows:
        yield csv_line(row[field] for field in fields)


def _markdown_lines(rows: Iterable[dict[str, Any]], fields: Sequence[str]) -> Iterator[str]:
    yield "| " + " | ".join(fields) + " |"
    yield "|" + " --- |" * len(fields)
    for row in rows:
        cells = (_flat(row[field]).replace("\\", "\\\\").replace("|", "\\|") for field in fields)
        yield "| " + " | ".join(cells) + " |"


def _row(hit: ResultHit, fields: Sequence[str]) -> dict[str, Any]:
    record = hit_to_json(hit, full=True)
    record["snippet"] = next((snippet["text"] for snippet in record.get("snippets", ())), None)
    return {field: record.get(field) for field in fields}


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(item if isinstance(item, str) else json.dumps(item, ensure_ascii=False) for item in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else value


def _flat(value: Any) -> str:
    return " ".join(str(_cell(value)).split())


FORMATS: Final[dict[str, Callable[[ResultPage, Sequence[str]], Iterator[str]]]] = {
    "table": _as_text,
    "json": _as_json,
    "jsonl": _rows_as("jsonl", HIT_FIELDS),
    "csv": _rows_as("csv", CSV_FIELDS),
    "markdown": _rows_as("markdown", ("number", "date", "minister", "title", "snippet")),
}
_ROW_FORMATS: Final[dict[str, Callable[[Iterable[dict[str, Any]], Sequence[str]], Iterator[str]]]] = {
    "jsonl": _json_lines,
    "csv": _csv_lines,
    "markdown": _markdown_lines,
}
