"""`searchq stats`: how long answers take and what stays unanswered, by minister, party, author, year or any facet."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import click

import searchq
from searchq.cli.bars import bar
from searchq.cli.main import EXIT_NOTHING
from searchq.cli.options import filter_options, filters, index_option
from searchq.cli.output import csv_line
from searchq.errors import RequestError
from searchq.query.request import FACETS, FacetName, Request
from searchq.results.statistics import Statistics, StatisticsRow

__all__ = ["command"]

_COLUMNS: Final[dict[str, Callable[[StatisticsRow], Any]]] = {
    "questions": lambda row: row.questions,
    "answered": lambda row: row.answered,
    "without_text": lambda row: row.without_text,
    "unanswered": lambda row: row.unanswered,
    "open": lambda row: row.open,
    "closed": lambda row: row.closed,
    "end_of_legislature": lambda row: row.end_of_legislature,
    "requalified": lambda row: row.requalified,
    "median_days": lambda row: row.median_days,
    "p90_days": lambda row: row.p90_days,
}
_SHOWN: Final = ("questions", "answered", "unanswered", "median_days", "p90_days")
_NAMES: Final = {"median_days": "median days", "p90_days": "90 % within"}
_LABEL_COLUMNS: Final = 48


@click.command(
    "stats",
    epilog="""\b
Examples:
  searchq stats --by portfolio
  searchq stats energiefactuur --by year --format csv
  searchq stats --by party --legislature 5 --plot delays.svg
""",
)
@click.argument("query", nargs=-1)
@index_option
@filter_options
@click.option(
    "--by", type=click.Choice([name.replace("_", "-") for name in FACETS]), default="portfolio", show_default=True
)
@click.option("--rows", type=click.IntRange(1), default=25, show_default=True, help="Rows of the table (CSV has all).")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option(
    "--plot", type=click.Path(dir_okay=False), help="Draw median and 90th percentile to FILE.svg or FILE.png."
)
def command(query: tuple[str, ...], index: str, by: str, rows: int, form: str, plot: str | None, **options: Any) -> int:
    """Count questions and answer delays of those that match QUERY (all without one).

    Delays are days from question to answer: the median, and the days within which nine in ten answers had come.
    Unanswered are open questions, closed ones, and those that lapsed with the legislature.
    """
    name = next(facet for facet in FACETS if facet == by.replace("-", "_"))
    request = Request(text=" ".join(query), **filters(options))
    table = searchq.open(index).statistics(name, request)
    for line in _FORMATS[form](table, rows):
        click.echo(line)
    if plot:
        _plot(table, rows, Path(plot))
    return 0 if table.total.questions else EXIT_NOTHING


def _as_table(table: Statistics, limit: int) -> Iterator[str]:
    shown = table.rows[:limit]
    labels = [_label(table.by, row) for row in shown] + ["all"]
    longest = min(max(len(label) for label in labels), _LABEL_COLUMNS)
    head = "  ".join(f"{_NAMES.get(name, name):>11}" for name in _SHOWN)
    yield click.style(f"{table.by.replace('_', '-'):<{longest}}  {head}", bold=True)
    slowest = max((row.median_days or 0 for row in shown), default=0) or 1
    for label, row in zip(labels, [*shown, table.total], strict=True):
        figures = "  ".join(f"{_figure(_COLUMNS[name](row)):>11}" for name in _SHOWN)
        label = label if len(label) <= longest else label[: longest - 1] + "…"
        drawn = bar(min((row.median_days or 0) / slowest, 1), 16)
        yield f"{label:<{longest}}  {figures}  {click.style(drawn, fg='cyan')}".rstrip()
    if len(table.rows) > limit:
        yield click.style(f"{len(table.rows) - limit} more rows: --rows {len(table.rows)}", dim=True)


def _as_csv(table: Statistics, _limit: int) -> Iterator[str]:
    yield csv_line([table.by, *_COLUMNS])
    for row in table.rows:
        yield csv_line([row.value, *(column(row) for column in _COLUMNS.values())])


def _as_json(table: Statistics, _limit: int) -> Iterator[str]:
    yield json.dumps(
        {"by": table.by, "rows": [_record(row) for row in table.rows], "total": _record(table.total)},
        ensure_ascii=False,
        indent=2,
    )


def _record(row: StatisticsRow) -> dict[str, Any]:
    return {"value": row.value, **{name: column(row) for name, column in _COLUMNS.items()}}


def _label(by: FacetName, row: StatisticsRow) -> str:
    return row.value or f"(no {by.replace('_', ' ')})"


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def _plot(table: Statistics, limit: int, path: Path) -> None:
    """Bars of the medians with the 90th percentiles behind them; the format follows the file's ending."""
    if path.suffix.lower() not in {".svg", ".png"}:
        raise click.UsageError(f"--plot {path}: name a file that ends in .svg or .png.")
    try:
        from matplotlib.figure import Figure  # an extra, and slow to load
    except ImportError as error:
        raise RequestError("drawing needs the extra 'plot': pip install 'searchq[plot]'") from error
    rows = [row for row in table.rows[:limit] if row.median_days is not None][::-1]
    figure = Figure(figsize=(9, 1.2 + 0.3 * len(rows)), layout="constrained")
    axes = figure.subplots()
    labels = [_label(table.by, row)[:_LABEL_COLUMNS] for row in rows]
    axes.barh(labels, [row.p90_days or 0 for row in rows], color="#c9d6e2", label="nine in ten within")
    axes.barh(labels, [row.median_days or 0 for row in rows], color="#1f4e79", label="median", height=0.5)
    axes.set_xlabel("days from question to answer")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, loc="lower right")
    try:
        figure.savefig(path, dpi=150)
    except OSError as error:
        raise RequestError(f"cannot write {path}: {error.strerror}; name another file") from error


_FORMATS: Final[dict[str, Callable[[Statistics, int], Iterator[str]]]] = {
    "table": _as_table,
    "csv": _as_csv,
    "json": _as_json,
}
