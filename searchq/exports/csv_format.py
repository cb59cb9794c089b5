"""Rows as CSV (RFC 4180): plain, every value unaltered, or in the dialect that Excel opens in Belgium."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from searchq.exports.cells import CUT, names_cut, plain, spreadsheet
from searchq.exports.columns import Column
from searchq.exports.dialects import Dialect
from searchq.results.page import ResultHit

__all__ = ["csv_chunks", "table_lines", "write_csv"]

_CHUNK_ROWS: Final = 200
_LINE_END: Final = "\r\n"  # the writer puts quotation marks around cells that hold either of these
_BYTE_ORDER_MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"  # tells Excel that the text is UTF-8


def write_csv(hits: Iterable[ResultHit], columns: Sequence[Column], dialect: Dialect = "plain") -> Iterator[bytes]:
    """The hits as CSV in UTF-8, in pieces; the first row has the names of the columns.

    "excel": a byte order mark, semicolons, no text that runs as a formula or turns into a day, and a column `cut`
    with the names of the columns that were longer than a cell of Excel.
    """
    names = [column.name for column in columns]
    if dialect == "plain":
        rows = ([plain(column.value(hit)) for column in columns] for hit in hits)
        return csv_chunks(names, rows)
    return csv_chunks([*names, CUT], (_excel_row(names, hit, columns) for hit in hits), dialect)


def _excel_row(names: Sequence[str], hit: ResultHit, columns: Sequence[Column]) -> list[str]:
    values = [column.value(hit) for column in columns]
    return [*map(spreadsheet, values), names_cut(names, [plain(value) for value in values])]


def csv_chunks(head: Sequence[str], rows: Iterable[Sequence[str]], dialect: Dialect = "plain") -> Iterator[bytes]:
    """Rows of text under their names, in UTF-8, some hundred rows a piece."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=_LINE_END, delimiter=";" if dialect == "excel" else ",")
    text.write(_BYTE_ORDER_MARK if dialect == "excel" else "")
    writer.writerow(head)
    for place, row in enumerate(rows, 1):
        writer.writerow(row)
        if place % _CHUNK_ROWS == 0:
            yield _taken(text)
    yield _taken(text)


def _taken(text: io.StringIO) -> bytes:
    written = text.getvalue()
    text.seek(0)
    text.truncate()
    return written.encode(errors="replace")


def table_lines(head: Sequence[str], rows: Iterable[Sequence[Any]], dialect: Dialect = "plain") -> Iterator[bytes]:
    """A table of other values (statistics) as CSV."""
    cell = plain if dialect == "plain" else spreadsheet
    return csv_chunks(head, ([cell(value) for value in row] for row in rows), dialect)
