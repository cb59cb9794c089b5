"""`/statistiek`: answer delays and unanswered questions; every number links to its questions."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from searchq.exports.statistics_format import statistics_csv, statistics_record, yearly_csv, yearly_record
from searchq.query.facet_table import FACETS, MISSING_VALUE, FacetName
from searchq.query.request import Request, Sort
from searchq.query.statistics import StatisticsRow
from searchq.web import filters, links, texts
from searchq.web.context import Context, PageResponse, html, json_answer
from searchq.web.formats import single
from searchq.web.houses import houses_in
from searchq.web.mount import url
from searchq.web.parameters import Parameters, parse, query_string
from searchq.web.plots import Spread, delay_chart, spreads
from searchq.web.translations import gettext as _

__all__ = ["ORDERS", "statistics"]

_VIEWS: Final[tuple[FacetName, ...]] = tuple(
    facet.name for facet in sorted((facet for facet in FACETS if facet.statistics), key=lambda facet: facet.statistics)
)
_SHOWN: Final = 30  # rows of a table; a link shows the rest

_ANSWERED: Final = ("answered", "answered-without-text")
_UNANSWERED: Final = ("open", "closed", "end-of-legislature")


class Row(NamedTuple):
    """A row of the table with the URLs its numbers link to."""

    label: str
    row: StatisticsRow
    spread: Spread
    share: float  # percentage of unanswered among the questions that could have been answered
    path: str
    answered_path: str
    unanswered_path: str
    slowest_path: str
    unknown_path: str


def statistics(context: Context) -> PageResponse:
    """The table by minister, party, author or year, for any search, under a chart by year."""
    asked = parse(context.query, context.today)
    request = replace(asked.request, page=1, sort="relevance")
    chosen = single(context.query, "per")
    by: FacetName = next((name for name in _VIEWS if name == chosen), "portfolio")
    if asked.format in ("csv", "json"):
        return _as_data(context, request, by, asked)
    whole = single(context.query, "alle") == "1"
    table = context.index.statistics(by, request)
    years = table if by == "year" else context.index.statistics("year", request)
    order = single(context.query, "volgorde")
    rows = _ordered(table.rows, order)
    shown = rows if whole else rows[:_SHOWN]
    return html(
        "statistics.html",
        houses=houses_in(context.index, context.generation),
        results=table.total.questions,
        request=request,
        by=by,
        label=texts.facet_label(by),
        views=[(_view_label(name), _view_path(request, name), name == by) for name in _VIEWS],
        rows=[
            _row(by, row.value or MISSING_VALUE, row, spread, request)
            for row, spread in zip(shown, spreads(shown), strict=True)
        ],
        rest_path=None if len(shown) == len(rows) else _order_path(request, by, order) + "&alle=1",
        plain_path=_view_path(request, by),
        order_paths={name: _order_path(request, by, name) for name in ORDERS},
        order=order if order in ORDERS else "",
        downloads=_downloads(request, by),
        rest=len(rows) - len(shown),
        total=_row(by, None, table.total, Spread(0, 0), request),
        delay_chart=delay_chart(years.rows),
        year_paths={row.value: _path(links.including(request, "year", row.value)) for row in years.rows if row.value},
        active=filters.active_filters(request),
        search_path=links.search_path(Request(sort="newest") if links.is_everything(request) else request),
    )


def _view_label(name: FacetName) -> str:
    return _("Per {facet}").format(facet=texts.facet_label(name).lower())


def _as_data(context: Context, request: Request, by: FacetName, asked: Parameters) -> PageResponse:
    """The whole table as a file, or with `jaren=1` one of each year."""
    if single(context.query, "jaren") == "1":
        tables = context.index.statistics_by_year(by, request)
        data, lines = yearly_record(tables), yearly_csv(tables, asked.dialect)
    else:
        table = context.index.statistics(by, request)
        data, lines = statistics_record(table), statistics_csv(table, asked.dialect)
    if asked.format == "json":
        return json_answer(data)
    answer = PageResponse(b"".join(lines), "text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="statistiek-{by}.csv"'
    return answer


def _downloads(request: Request, by: FacetName) -> list[tuple[str, str]]:
    """The table as a file: what to call it, and its address."""
    path = _view_path(request, by)
    return [
        (_("Rekenblad (CSV voor Excel)"), f"{path}&format=csv&dialect=excel"),
        (_("CSV"), f"{path}&format=csv"),
        (_("JSON"), f"{path}&format=json"),
        (_("CSV door de jaren"), f"{path}&format=csv&jaren=1"),
    ]


ORDERS: Final[Mapping[str, Callable[[StatisticsRow], float | None]]] = {  # the greatest comes first
    "vragen": lambda row: row.questions,
    "helft": lambda row: row.median_days,
    "negen": lambda row: row.p90_days,
    "helft-hoogstens": lambda row: row.median_days_at_most,
    "negen-hoogstens": lambda row: row.p90_days_at_most,
    "zonder-antwoord": lambda row: row.unanswered,
}


def _ordered(rows: Sequence[StatisticsRow], order: str) -> Sequence[StatisticsRow]:
    """Rows by a column, the slowest or greatest first, those without a figure last; else as they are."""
    figure = ORDERS.get(order)
    return (
        rows
        if figure is None
        else sorted(rows, key=lambda row: -1.0 if (it := figure(row)) is None else it, reverse=True)
    )


def _row(by: FacetName, value: str | None, row: StatisticsRow, spread: Spread, request: Request) -> Row:
    """The row of a value; None for all questions."""
    mine = links.including(request, by, value) if value else request
    share = row.answered_share
    return Row(
        texts.value_label(by, value) if value else _("Alle vragen"),
        row,
        spread,
        0.0 if share is None else round(100 * (1 - share), 1),
        _path(mine),
        _path(mine, _ANSWERED, "shortest-delay"),
        _path(mine, _UNANSWERED, "oldest"),
        _path(mine, _ANSWERED, "longest-delay"),
        _path(mine, ("unknown",)),
    )


def _path(request: Request, statuses: tuple[str, ...] = (), sort: Sort = "newest") -> str:
    """The URL of the questions behind a number, siblings unfolded."""
    for status in statuses:
        request = links.including(request, "status", status)
    return links.search_path(replace(request, sort=sort, fold=False))


def _order_path(request: Request, by: FacetName, order: str) -> str:
    return _view_path(request, by) + (f"&volgorde={order}" if order in ORDERS else "")


def _view_path(request: Request, by: FacetName) -> str:
    query = query_string(request)
    return url(f"/statistiek?{query + '&' if query else ''}per={by}")
