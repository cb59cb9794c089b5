"""What a request selects, excludes and bounds, as filters; one a facet, so that a facet is counted without its own."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from searchq.engines.opensearch.translate import between
from searchq.engines.opensearch.values import catalog_of, table_of
from searchq.engines.opensearch.view import Body, View
from searchq.query.facet_table import DELAY_DAYS, FacetName
from searchq.query.hints import Hint
from searchq.query.request import Request, Selection
from searchq.query.resolver import Resolved, resolved
from searchq.query.selections import merged, spans_of

__all__ = ["Chosen", "Filters", "filters_of"]


class Chosen(NamedTuple):
    """A selected value: the facet values it means, if any, and the query for it."""

    typed: str
    excluded: bool
    values: tuple[str, ...]
    missing: bool
    query: Body


class Filters(NamedTuple):
    """The filters of one request, by facet and apart from facets; the selected values; hints."""

    facets: Mapping[FacetName, Body]
    others: tuple[Body, ...]
    chosen: Mapping[FacetName, tuple[Chosen, ...]]
    hints: tuple[Hint, ...]

    def query(self, without: FacetName | None = None) -> Body:
        """Match what passes all filters but that of one facet."""
        found = [query for facet, query in self.facets.items() if facet != without]
        return {"bool": {"filter": [*found, *self.others]}} if found or self.others else {"match_all": {}}


def filters_of(request: Request, view: View) -> Filters:
    """Return the filters of a request; an unknown value matches nothing, and a hint names the nearest one."""
    hints: list[Hint] = []
    selections = merged(request.selections).items()
    chosen = {facet: tuple(_resolved(selection, request.today, view, hints)) for facet, selection in selections}
    bounds = [between(name, span.first, span.last, view) for name, span in spans_of(request, hints).items()]
    return Filters({facet: _query(found) for facet, found in chosen.items()}, tuple(bounds), chosen, tuple(hints))


def _resolved(selection: Selection, today: dt.date | None, view: View, hints: list[Hint]) -> Iterable[Chosen]:
    for typed, excluded, found in resolved(selection, catalog_of(view), today, hints):
        yield _chosen(selection.facet, typed, excluded, found, view)


def _chosen(facet: FacetName, typed: str, excluded: bool, found: Resolved, view: View) -> Chosen:
    if found.missing:
        return Chosen(typed, excluded, (), True, {"bool": {"must_not": [{"exists": {"field": facet}}]}})
    if found.days is not None:
        days = between(DELAY_DAYS, found.days.first, found.days.last, view)
        return Chosen(typed, excluded, (), False, days)
    table = table_of(found.facet, view)
    carried = [value for value in found.values if table.whole(value) == (value,)]
    spellings = [spelling for value in carried for spelling in table.spellings(value)]
    query = {"terms": {found.facet: spellings}}
    return Chosen(typed, excluded, tuple(carried) if found.facet == facet else (), False, query)


def _query(chosen: Sequence[Chosen]) -> Body:
    """Match any of the included ones, where there are any, and none of the excluded."""
    included = [one.query for one in chosen if not one.excluded]
    barred = [one.query for one in chosen if one.excluded]
    wanted = {"should": included, "minimum_should_match": 1} if included else {}
    return {"bool": {**wanted, "must_not": barred}}
