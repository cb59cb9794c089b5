"""Hits and records as JSON, JSON lines, CSV and Markdown; and the table of `--fields`.

A CSV cell that a spreadsheet would run as a formula starts with an apostrophe; JSON values are unchanged.
"""

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TextIO

from searchq.atomic_file import replaced
from searchq.cli.bars import facet_lines
from searchq.cli.terminal import columns, page_lines, width
from searchq.lazy_regex import lazy
from searchq.question import Question
from searchq.results.page import ResultHit, ResultPage
from searchq.results.serialize import csv_text, hit_to_json, page_to_json

__all__ = ["FIELDS", "FORMATS", "ROW_FORMATS", "USUAL_FIELDS", "csv_line", "json_text", "output_file", "render_page"]

Row = Mapping[str, Any]

OF_HITS: Final = ("score", "snippet", "snippets", "siblings")  # fields of a hit that are not in its record
FIELDS: Final = (*Question.__dataclass_fields__, *OF_HITS)

_HEAD: Final = ("number", "date", "title", "minister", "author", "party", "status")
USUAL_FIELDS: Final[Mapping[str, Sequence[str]]] = {
    "jsonl": (*_HEAD, "score", "snippets"),
    "csv": (*_HEAD, "delay_days", "keywords", "score", "snippet"),
    "markdown": ("number", "date", "minister", "title", "snippet"),
}


def render_page(page: ResultPage, form: str, fields: Sequence[str] = ()) -> Iterator[str]:
    """The page in one of FORMATS, line by line; `fields` selects and orders the columns (empty: the default ones)."""
    if form in _WHOLE_FORMATS:
        return _WHOLE_FORMATS[form](page, fields)
    chosen = fields or USUAL_FIELDS[form]
    return ROW_FORMATS[form]([_row(hit, chosen) for hit in page.hits], chosen)


def json_text(data: Any) -> str:
    """Data as indented JSON."""
    return json.dumps(data, ensure_ascii=False, indent=2)


def csv_line(values: Iterable[Any]) -> str:
    """One CSV line (RFC 4180 quoting), without its line end; lists are joined by `; `."""
    line = io.StringIO()
    csv.writer(line, lineterminator=_LINE_END).writerow([_csv_cell(value) for value in values])
    return line.getvalue().removesuffix(_LINE_END)


_LINE_END: Final = "\r\n"  # the writer puts quotation marks around cells that hold either of these


@contextmanager
def output_file(path: Path) -> Iterator[TextIO]:
    """Write a text file that replaces `path` on success; write to a device directly."""
    path = path.resolve()
    path.parent.stat()  # an error names the folder if it does not exist
    is_device = path.exists() and not path.is_file()
    with path.open("wb") if is_device else replaced(path) as file, io.TextIOWrapper(file, "utf-8") as text:
        yield text


def _as_table(page: ResultPage, fields: Sequence[str]) -> Iterator[str]:
    if fields and page.hits:
        cells = [[_flat(value) for value in _row(hit, fields).values()] for hit in page.hits]
        yield from columns([fields, *cells], width() if sys.stdout.isatty() else None)
    elif not fields:
        yield from page_lines(page)
    for facet in page.facets:
        yield ""
        yield from facet_lines(facet)


def _as_json(page: ResultPage, fields: Sequence[str]) -> Iterator[str]:
    document = page_to_json(page)
    if fields:
        document["hits"] = [_row(hit, fields) for hit in page.hits]
    yield json_text(document)


def _json_lines(rows: Iterable[Row], fields: Sequence[str]) -> Iterator[str]:
    return (json.dumps({field: row[field] for field in fields}, ensure_ascii=False) for row in rows)


def _csv_lines(rows: Iterable[Row], fields: Sequence[str]) -> Iterator[str]:
    yield csv_line(fields)
    for row in rows:
        yield csv_line(row[field] for field in fields)


def _markdown_lines(rows: Iterable[Row], fields: Sequence[str]) -> Iterator[str]:
    yield f"| {' | '.join(fields)} |"
    yield "|" + " --- |" * len(fields)
    for row in rows:
        cells = (_MARKDOWN_SIGNS.sub(r"\\\g<0>", _flat(row[field])) for field in fields)
        yield f"| {' | '.join(cells)} |"


_MARKDOWN_SIGNS: Final = lazy(r"[\\`*_\[\]<>|~]")  # characters with a meaning in Markdown


def _row(hit: ResultHit, fields: Sequence[str]) -> dict[str, Any]:
    record = hit_to_json(hit, full=True)
    record["snippet"] = hit.snippets[0].text if hit.snippets else None
    return {field: record[field] for field in fields}


def _csv_cell(value: Any) -> Any:
    cell = _cell(value)
    return csv_text(cell) if isinstance(cell, str) else cell


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(item if isinstance(item, str) else json.dumps(item, ensure_ascii=False) for item in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else value


def _flat(value: Any) -> str:
    return " ".join(str(_cell(value)).split())


_WHOLE_FORMATS: Final[Mapping[str, Callable[[ResultPage, Sequence[str]], Iterator[str]]]] = {
    "table": _as_table,
    "json": _as_json,
}
ROW_FORMATS: Final[Mapping[str, Callable[[Iterable[Row], Sequence[str]], Iterator[str]]]] = {
    "jsonl": _json_lines,
    "csv": _csv_lines,
    "markdown": _markdown_lines,
}
FORMATS: Final = (*_WHOLE_FORMATS, *ROW_FORMATS)
