"""`/statistiek`: answer delays and unanswered questions; every number links to its questions."""

from typing import Final, NamedTuple

from msgspec.structs import replace

from searchq.query.facet_table import FACETS, MISSING_VALUE, FacetName
from searchq.query.request import Request, Sort
from searchq.query.statistics import StatisticsRow
from searchq.web import filters, links, texts
from searchq.web.context import Context, PageResponse, html
from searchq.web.formats import single
from searchq.web.houses import houses_in
from searchq.web.mount import url
from searchq.web.parameters import parse, query_string
from searchq.web.plots import Spread, delay_chart, spreads
from searchq.web.translations import gettext as _

__all__ = ["statistics"]

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
    request = replace(parse(context.query, context.today).request, page=1, sort="relevance")
    chosen = single(context.query, "per")
    by: FacetName = next((name for name in _VIEWS if name == chosen), "portfolio")
    whole = single(context.query, "alle") == "1"
    table = context.index.statistics(by, request)
    years = table if by == "year" else context.index.statistics("year", request)
    rows = table.rows
    shown = rows if whole else rows[:_SHOWN]
    return html(
        "statistics.html",
        houses=houses_in(context.index),
        results=table.total.questions,
        request=request,
        by=by,
        label=texts.facet_label(by),
        views=[(_view_label(name), _view_path(request, name), name == by) for name in _VIEWS],
        rows=[
            _row(by, row.value or MISSING_VALUE, row, spread, request)
            for row, spread in zip(shown, spreads(shown), strict=True)
        ],
        rest_path=None if len(shown) == len(rows) else _view_path(request, by) + "&alle=1",
        rest=len(rows) - len(shown),
        total=_row(by, None, table.total, Spread(0, 0), request),
        delay_chart=delay_chart(years.rows),
        year_paths={row.value: _path(links.including(request, "year", row.value)) for row in years.rows if row.value},
        active=filters.active_filters(request),
        search_path=links.search_path(Request(sort="newest") if links.is_everything(request) else request),
    )


def _view_label(name: FacetName) -> str:
    return _("Per {facet}").format(facet=texts.facet_label(name).lower())


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


def _view_path(request: Request, by: FacetName) -> str:
    query = query_string(request)
    return url(f"/statistiek?{query + '&' if query else ''}per={by}")
