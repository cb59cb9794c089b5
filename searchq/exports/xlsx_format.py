"""Rows as an Excel workbook, by XlsxWriter (the extra `xlsx`): typed days and numbers, and text cells."""

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import IO, Any, Final

import xlsxwriter

from searchq.exports.cells import CUT, cut, names_cut, plain
from searchq.exports.columns import Column, Kind
from searchq.results.page import ResultHit

__all__ = ["write_xlsx"]

_MAX_SHEET_ROWS: Final = 1_048_576 - 1  # of a sheet of Excel, without the row of names
_FIRST_DAY: Final = dt.date(1900, 3, 1)  # earlier days are other days in Excel, or none
_WIDTHS: Final[dict[Kind, int]] = {"integer": 10, "number": 10, "date": 12, "time": 18}
_TEXT_WIDTH: Final = 30
_CHUNK_BYTES: Final = 1 << 16
_FORMATS: Final = {"text": "@", "date": "yyyy-mm-dd", "time": "yyyy-mm-dd hh:mm:ss"}
_MADE: Final = dt.datetime(2000, 1, 1)  # the same questions give the same bytes


def write_xlsx(hits: Iterable[ResultHit], columns: Sequence[Column]) -> Iterator[bytes]:
    """The hits as a workbook, in pieces once it is whole; the last column, `cut`, names the columns cut in its row.

    A cell of Excel holds 32,767 characters: longer texts are cut, and say so. Beyond 1,048,575 rows a further sheet
    begins. The rows pass through temporary files, not through memory.
    """
    with tempfile.TemporaryFile() as file:
        _write_workbook(file, iter(hits), columns)
        file.seek(0)
        while piece := file.read(_CHUNK_BYTES):
            yield piece


def _write_workbook(file: IO[bytes], hits: Iterator[ResultHit], columns: Sequence[Column]) -> None:
    folder = tempfile.mkdtemp(prefix="searchq-")
    try:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": folder})
        book.set_properties({"created": _MADE})
        formats = {kind: book.add_format({"num_format": form}) for kind, form in _FORMATS.items()}
        formats["text"].set_quote_prefix()  # no formula, even where a user edits the cell
        bold = book.add_format({"bold": True})
        more = True
        while more:
            more = _write_sheet(book.add_worksheet(), islice(hits, _MAX_SHEET_ROWS), columns, formats, bold)
        book.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write_sheet(
    sheet: Any, hits: Iterable[ResultHit], columns: Sequence[Column], formats: dict[str, Any], bold: Any
) -> bool:
    """Write one sheet; return whether it is full, so that another must follow."""
    names = [column.name for column in columns]
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _WIDTHS.get(column.kind, _TEXT_WIDTH))
    sheet.freeze_panes(1, 0)
    for place, name in enumerate([*names, CUT]):
        sheet.write_string(0, place, name, bold)
    row = 0
    for row, hit in enumerate(hits, 1):
        values = [column.value(hit) for column in columns]
        for place, value in enumerate(values):
            _write_cell(sheet, row, place, value, formats)
        if long := names_cut(names, [plain(value) for value in values]):
            sheet.write_string(row, len(names), long, formats["text"])
    return row == _MAX_SHEET_ROWS


def _write_cell(sheet: Any, row: int, place: int, value: Any, formats: dict[str, Any]) -> None:
    if value is None:
        return
    if isinstance(value, int | float):
        sheet.write_number(row, place, value)
    elif isinstance(value, dt.date) and _is_day_of_excel(value):
        naive = value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value
        sheet.write_datetime(row, place, naive, formats["time" if isinstance(value, dt.datetime) else "date"])
    else:
        text = cut(plain(value)).encode(errors="replace").decode()
        sheet.write_string(row, place, text, formats["text"])


def _is_day_of_excel(value: dt.date) -> bool:
    return (value.date() if isinstance(value, dt.datetime) else value) >= _FIRST_DAY
