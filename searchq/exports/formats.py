"""The formats of an export, one row each, and the one way to write any of them.

A format's module is imported when it is written: those of the extras may be absent.
"""

import importlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any, Final

from msgspec import Struct

from searchq.errors import RequestError
from searchq.exports.columns import COLUMN_NAMES, HIT_NAMES, RECORD_NAMES, Column
from searchq.results.page import ResultHit

__all__ = ["EXPORT_FORMATS", "ExportFormat", "write"]

_HEAD: Final = ("number", "date", "title", "author", "party", "minister", "portfolios", "keywords", "status")
_TABLE: Final = (*_HEAD, "answer_date", "delay_days", "address")
_SHORT: Final = ("number", "date", "minister", "title")
_LINES: Final = "application/jsonl; charset=utf-8"
_MARKDOWN: Final = "text/markdown; charset=utf-8"
_STRUCTURES: Final = ("french", "source")  # columns of their own hold what they hold


class ExportFormat(Struct, frozen=True):
    """One format: the function that writes it, its media type and file ending, the columns it has unless told."""

    module: str
    function: str
    media_type: str
    suffix: str
    columns: Sequence[str]
    needs: str | None = None  # a package that an extra brings
    extra: str | None = None
    is_text: bool = True

    @property
    def is_available(self) -> bool:
        """Whether the package that this format needs is installed."""
        return self.needs is None or _is_installed(self.needs)


@cache
def _is_installed(package: str) -> bool:
    """Whether a package can be imported; every page of results asks, and looking through the path takes 0.2 ms."""
    return find_spec(package) is not None


_FLAT: Final = tuple(name for name in COLUMN_NAMES if name not in (*HIT_NAMES, *_STRUCTURES))

EXPORT_FORMATS: Final[Mapping[str, ExportFormat]] = {
    "csv": ExportFormat("csv_format", "write_csv", "text/csv; charset=utf-8; header=present", ".csv", _TABLE),
    "jsonl": ExportFormat("json_format", "write_json_lines", _LINES, ".jsonl", RECORD_NAMES),
    "json": ExportFormat("json_format", "write_json", "application/json; charset=utf-8", ".json", RECORD_NAMES),
    "markdown": ExportFormat("markdown_format", "write_markdown", _MARKDOWN, ".md", _SHORT),
    "xlsx": ExportFormat(
        "xlsx_format",
        "write_xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".xlsx",
        _TABLE,
        "xlsxwriter",
        "xlsx",
        is_text=False,
    ),
    "parquet": ExportFormat(
        "parquet_format",
        "write_parquet",
        "application/vnd.apache.parquet",
        ".parquet",
        _FLAT,
        "pyarrow",
        "parquet",
        is_text=False,
    ),
}  # fmt: skip


def write(name: str, hits: Iterable[ResultHit], columns: Sequence[Column], **options: Any) -> Iterator[bytes]:
    """The hits in a format, in pieces. Raises RequestError, which names the extra, where its package is missing."""
    form = EXPORT_FORMATS[name]
    if not form.is_available:
        raise RequestError(f"{name} needs {form.needs}: pip install 'searchq[{form.extra}]'.")
    module = importlib.import_module(f"searchq.exports.{form.module}")
    written: Iterator[bytes] = getattr(module, form.function)(hits, columns, **options)
    return written
