"""`searchq stats`: answer delays and unanswered questions, by any facet."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import click

import searchq
from searchq.cli.bars import bar
from searchq.cli.main import EXIT_NOTHING
from searchq.cli.messages import note
from searchq.cli.names import facet_name, missing_name, value_name
from searchq.cli.options import (
    FACET_NAMES,
    QueryCommand,
    dialect_option,
    filter_options,
    format_option,
    index_option,
)
from searchq.cli.output import json_text
from searchq.cli.requests import request_of
from searchq.cli.say import say, say_bytes
from searchq.cli.terminal import fitted, width
from searchq.cli.texts import decimal, gettext, gettext_noop
from searchq.exports.dialects import Dialect
from searchq.exports.statistics_format import (
    STATISTICS_COLUMNS,
    statistics_csv,
    statistics_record,
    yearly_csv,
    yearly_record,
)
from searchq.query.facet_table import FACETS, FacetName
from searchq.query.statistics import Statistics, StatisticsRow

__all__ = ["command"]

_SHOWN: Final = {  # columns of the table, with their headings
    "questions": gettext_noop("questions"),
    "answered": gettext_noop("answered"),
    "unanswered": gettext_noop("unanswered"),
    "median_days": gettext_noop("median days"),
    "p90_days": gettext_noop("90 % within"),
}
_SHOWN_AT_MOST: Final = {  # where there are any
    "median_days_at_most": gettext_noop("median ≤"),
    "p90_days_at_most": gettext_noop("90 % ≤"),
}
_MIN_LABEL: Final = 12  # columns; the longest facet name fits
_BAR_COLUMNS: Final = 8
_ROOM_FOR_BARS: Final = 90  # columns; narrower terminals show no bars


class _PlotFile(click.Path):
    """A file to plot to; its extension is the format."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if Path(value).suffix.lower() not in {".svg", ".png"}:
            self.fail(gettext("{file} ends in neither .svg nor .png.").format(file=value), param, ctx)
        return super().convert(value, param, ctx)


@click.command(
    "stats",
    cls=QueryCommand,
    epilog="""\b
Examples:
  searchq stats --by portfolio
  searchq stats energiefactuur --by year --format csv
  searchq stats --by author --yearly --format csv > years.csv
  searchq stats --by party --legislature 5 --plot delays.svg
""",
)
@click.argument("query", nargs=-1)
@index_option
@filter_options
@click.option(
    "--by",
    type=click.Choice(FACET_NAMES),
    default="portfolio",
    show_default=True,
    metavar="FACET",
    help=f"A row for each value of one of {', '.join(FACET_NAMES)}.",
)
@click.option(
    "--rows", type=click.IntRange(1), default=25, metavar="N", help="Rows of the table (CSV has all of them)."
)
@click.option("--yearly", is_flag=True, help="A row for each value and year, in csv or json.")
@format_option("table", "csv", "json")
@dialect_option
@click.option("--plot", type=_PlotFile(), metavar="FILE", help="Also plot the delays to FILE.svg or FILE.png.")
def command(
    query: tuple[str, ...],
    index: str,
    by: str,
    rows: int,
    yearly: bool,
    form: str,
    dialect: Dialect,
    plot: Path | None,
    **options: Any,
) -> int:
    """Count the questions that match QUERY (all questions without one), and their answer delays.

    Delays are days from question to answer: the median, and the days within which nine in ten answers had come.
    The Chamber publishes no day of an answer: the days to the publication of its answers are told apart, as "at most".
    Unanswered are open questions, closed ones, and those whose legislature ended, whatever their page says.
    """
    name = FACETS[FACET_NAMES.index(by)].name
    opened, request = searchq.open(index), request_of(query, options)
    if yearly:
        return _write_yearly(opened.statistics_by_year(name, request), form, dialect)
    table = opened.statistics(name, request)
    if form == "csv":
        say_bytes(statistics_csv(table, dialect))
    else:
        for line in _FORMATS[form](table, rows):
            say(line)
    if plot:
        from searchq.cli.plot import draw_delays  # imports matplotlib (an extra): half a second

        draw_delays([(_label(table.by, row), row) for row in table.rows[:rows]], plot)
    if not table.total.questions:
        note(gettext("Nothing found."))
    return 0 if table.total.questions else EXIT_NOTHING


def _write_yearly(tables: Mapping[str, Statistics], form: str, dialect: Dialect) -> int:
    if form == "table":
        raise click.UsageError(gettext("--yearly writes csv or json, not table; add --format csv."))
    if form == "csv":
        say_bytes(yearly_csv(tables, dialect))
    else:
        say(json_text(yearly_record(tables)))
    return 0 if tables else EXIT_NOTHING


def _as_table(table: Statistics, limit: int) -> Iterator[str]:
    rows = [*table.rows[:limit], table.total]
    labels = [_label(table.by, row) for row in rows[:-1]] + [gettext("all")]
    has_at_most = table.total.median_days_at_most is not None
    shown = {name: gettext(text) for name, text in {**_SHOWN, **(_SHOWN_AT_MOST if has_at_most else {})}.items()}
    bars = _BAR_COLUMNS if width() >= _ROOM_FOR_BARS else 0
    room = width() - sum(len("  " + heading) for heading in shown.values()) - (bars and bars + len("  "))
    longest = max(_MIN_LABEL, min(max(map(len, labels)), room))
    yield click.style("  ".join([facet_name(table.by).ljust(longest), *shown.values()]), bold=True)
    slowest = max(row.median_days or 0 for row in rows) or 1
    for label, row in zip(labels, rows, strict=True):
        figures = [_figure(STATISTICS_COLUMNS[name](row)).rjust(len(heading)) for name, heading in shown.items()]
        drawn = (
            [click.style(bar((row.median_days or 0) / slowest, bars), fg="cyan")] if bars and row.median_days else []
        )
        yield "  ".join([fitted(label, longest).ljust(longest), *figures, *drawn])
    if has_at_most:
        legend = gettext("≤: days to the publication of the answer, where its own day is not published")
        yield click.style(legend, dim=True)
    if len(table.rows) > limit:
        more = gettext("{hidden} more rows: --rows {all}").format(hidden=len(table.rows) - limit, all=len(table.rows))
        yield click.style(more, dim=True)


def _as_json(table: Statistics, _limit: int) -> Iterator[str]:
    yield json_text(statistics_record(table))


def _label(by: FacetName, row: StatisticsRow) -> str:
    return value_name(by, row.value) if row.value else missing_name()


def _figure(value: float | None) -> str:
    return "-" if value is None else decimal(value, 0 if value == int(value) else 1)


_FORMATS: Final[dict[str, Callable[[Statistics, int], Iterator[str]]]] = {
    "table": _as_table,
    "json": _as_json,
}
