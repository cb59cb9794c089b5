"""Statistics as rows for other programs: one table, or one for each year."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from searchq.exports.csv_format import table_lines
from searchq.exports.dialects import Dialect
from searchq.query.statistics import Statistics, StatisticsRow

__all__ = ["STATISTICS_COLUMNS", "statistics_csv", "statistics_record", "yearly_csv", "yearly_record"]

STATISTICS_COLUMNS: Final[Mapping[str, Callable[[StatisticsRow], Any]]] = {
    "questions": lambda row: row.questions,
    "answered": lambda row: row.answered,
    "without_text": lambda row: row.without_text,
    "unanswered": lambda row: row.unanswered,
    "open": lambda row: row.open,
    "closed": lambda row: row.closed,
    "end_of_legislature": lambda row: row.end_of_legislature,
    "requalified": lambda row: row.requalified,
    "unknown": lambda row: row.unknown,
    "median_days": lambda row: row.median_days,
    "p90_days": lambda row: row.p90_days,
    "median_days_at_most": lambda row: row.median_days_at_most,
    "p90_days_at_most": lambda row: row.p90_days_at_most,
}


def statistics_csv(table: Statistics, dialect: Dialect = "plain") -> Iterator[bytes]:
    """A table as CSV, without its total."""
    rows = ([row.value, *_figures(row)] for row in table.rows)
    return table_lines([table.by, *STATISTICS_COLUMNS], rows, dialect)


def statistics_record(table: Statistics) -> dict[str, Any]:
    """A table as JSON-ready data."""
    return {"by": table.by, "rows": [_record(row) for row in table.rows], "total": _record(table.total)}


def yearly_csv(tables: Mapping[str, Statistics], dialect: Dialect = "plain") -> Iterator[bytes]:
    """The tables of some years as one CSV: a row a value and year."""
    by = next((table.by for table in tables.values()), "value")
    rows = ([row.value, year, *_figures(row)] for year, table in tables.items() for row in table.rows)
    return table_lines([by, "asked_in", *STATISTICS_COLUMNS], rows, dialect)


def yearly_record(tables: Mapping[str, Statistics]) -> dict[str, Any]:
    """The tables of some years as JSON-ready data."""
    return {"years": {year: statistics_record(table) for year, table in tables.items()}}


def _figures(row: StatisticsRow) -> Sequence[Any]:
    return [column(row) for column in STATISTICS_COLUMNS.values()]


def _record(row: StatisticsRow) -> dict[str, Any]:
    return {"value": row.value, **{name: column(row) for name, column in STATISTICS_COLUMNS.items()}}
