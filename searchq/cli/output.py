"""Hits on standard output: a page as a table or JSON for people, rows in the formats of `searchq.exports`."""

import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, TextIO

import click

from searchq.atomic_file import replaced
from searchq.cli.bars import facet_lines, histogram_lines
from searchq.cli.say import say, say_bytes
from searchq.cli.terminal import columns, page_lines, width
from searchq.cli.texts import gettext, translated
from searchq.exports.dialects import Dialect
from searchq.results.page import ResultHit, ResultPage
from searchq.results.serialize import page_to_json

__all__ = [
    "FORMATS",
    "ROW_FORMATS",
    "field_names",
    "json_text",
    "output_file",
    "page_text",
    "write_page",
    "write_rows",
]

ROW_FORMATS: Final = ("jsonl", "csv", "markdown", "xlsx", "parquet")  # a row a question; a test holds them to exports
FORMATS: Final = ("table", "json", *ROW_FORMATS)

_HEAD: Final = ("number", "date", "title", "minister", "author", "party", "status")
_USUAL_OF_PAGE: Final[Mapping[str, Sequence[str]]] = {  # columns of one page of hits; those of --all are the export's
    "jsonl": (*_HEAD, "score", "snippets"),
    "csv": (*_HEAD, "delay_days", "keywords", "score", "snippet"),
    "markdown": ("number", "date", "minister", "title", "snippet"),
}


def field_names(fields: str) -> list[str]:
    """The columns named in `--fields`. Raises UsageError for an unknown one."""
    names = [name.strip().replace("-", "_") for name in fields.split(",") if name.strip()]
    if names:
        from searchq.errors import RequestError
        from searchq.exports.columns import columns_named

        try:
            columns_named(names)
        except RequestError as error:
            raise click.UsageError(f"--fields: {translated(str(error))}") from error
    return names


def write_page(page: ResultPage, form: str, fields: Sequence[str] = (), *, dialect: Dialect = "plain") -> None:
    """Write a page in one of FORMATS; `fields` selects and orders the columns (empty: the usual ones)."""
    if form in _WHOLE_FORMATS:
        if lines := list(_WHOLE_FORMATS[form](page, fields)):
            say("\n".join(lines))  # at once: a write a line costs a tenth of a millisecond
    else:
        write_rows(page.hits, form, fields or _USUAL_OF_PAGE.get(form, ()), dialect=dialect)


def page_text(page: ResultPage, form: str, fields: Sequence[str] = ()) -> Iterator[str]:
    """A page as lines of text, for a pager."""
    if form in _WHOLE_FORMATS:
        yield from _WHOLE_FORMATS[form](page, fields)
    else:
        for piece in _pieces(page.hits, form, fields or _USUAL_OF_PAGE.get(form, ()), "plain"):
            yield from piece.decode().splitlines()


def write_rows(hits: Iterable[ResultHit], form: str, fields: Sequence[str] = (), *, dialect: Dialect = "plain") -> None:
    """Stream hits in one of ROW_FORMATS or as one JSON array; `fields` selects the columns (empty: the export's)."""
    say_bytes(_pieces(hits, form, fields, dialect))


def _pieces(hits: Iterable[ResultHit], form: str, fields: Sequence[str], dialect: Dialect) -> Iterator[bytes]:
    from searchq.exports.columns import columns_named
    from searchq.exports.formats import EXPORT_FORMATS, write

    if not EXPORT_FORMATS[form].is_text and sys.stdout.isatty():
        no_text = gettext("{format} is no text for a terminal; write it to a file: > questions.{format}")
        raise click.UsageError(no_text.format(format=form))
    options: dict[str, Any] = {"dialect": dialect} if form == "csv" else {}
    return write(form, hits, columns_named(fields or EXPORT_FORMATS[form].columns), **options)


def json_text(data: Any) -> str:
    """Data as indented JSON."""
    return json.dumps(data, ensure_ascii=False, indent=2)


@contextmanager
def output_file(path: Path) -> Iterator[TextIO]:
    """Write a text file that replaces `path` on success; write to a device directly."""
    path = path.resolve()
    path.parent.stat()  # an error names the folder if it does not exist
    is_device = path.exists() and not path.is_file()
    with _open_device(path) if is_device else replaced(path) as file:
        text = io.TextIOWrapper(file, "utf-8")
        yield text
        text.detach()


def _open_device(path: Path) -> BinaryIO:
    """Open a device or a pipe to write; a pipe that nobody reads is an error, and not waited for."""
    descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    os.set_blocking(descriptor, True)
    return os.fdopen(descriptor, "wb")


def _as_table(page: ResultPage, fields: Sequence[str]) -> Iterator[str]:
    if fields and page.hits:
        yield from columns([fields, *_rows(page, fields)], width() if sys.stdout.isatty() else None)
    elif not fields:
        yield from page_lines(page)
    for facet in page.facets:
        yield ""
        yield from facet_lines(facet)
    if page.histogram:
        yield ""
        yield from histogram_lines(page.histogram)


def _rows(page: ResultPage, fields: Sequence[str]) -> Iterator[list[str]]:
    from searchq.exports.cells import plain
    from searchq.exports.columns import columns_named

    chosen = columns_named(fields)
    for hit in page.hits:
        yield [" ".join(plain(column.value(hit)).split()) for column in chosen]


def _as_json(page: ResultPage, fields: Sequence[str]) -> Iterator[str]:
    document = page_to_json(page)
    if fields:
        from searchq.exports.columns import columns_named
        from searchq.exports.json_format import json_row

        chosen = columns_named(fields)
        document["hits"] = [json_row(hit, chosen) for hit in page.hits]
    yield json_text(document)


_WHOLE_FORMATS: Final[Mapping[str, Callable[[ResultPage, Sequence[str]], Iterator[str]]]] = {
    "table": _as_table,
    "json": _as_json,
}
