"""The filters of a page: facets with counts and bars, and the active ones as a list to take away.

Every entry carries the address of the search one click away, so a template only prints. Filters that are chosen stay in
sight at zero; a choice that a facet does not list (a part of a minister's title, say) still has its entry to remove.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Literal, NamedTuple

from searchq.query.hits import FacetCounts, FacetValue
from searchq.query.request import FACETS, DateRange, FacetName, FacetQuery, Request
from searchq.web import links, texts
from searchq.web.parameters import state

__all__ = [
    "Active",
    "Facet",
    "Value",
    "active_filters",
    "facet",
    "facet_path",
    "facets",
    "hidden_fields",
    "more_facets",
    "side_queries",
]


class Value(NamedTuple):
    """A value of a facet: where choosing it leads, and how it stands to the most frequent one."""

    label: str
    questions: int
    path: str
    share: float  # of the facet's largest count, 0 to 100
    selected: bool
    excluded: bool


class Facet(NamedTuple):
    """A facet as a block of links; `all_path` leads to every value where not all are shown."""

    name: FacetName
    label: str
    values: list[Value]
    distinct: int
    all_path: str | None


class Active(NamedTuple):
    """A filter in force; `flip_path` turns choosing into barring and back, where that can be."""

    kind: str
    label: str
    excluded: bool
    remove_path: str
    flip_path: str | None


def side_queries(shown: Mapping[FacetName, int] = texts.SIDE_FACETS) -> tuple[FacetQuery, ...]:
    """What to ask the engine to count for the side of the page."""
    return tuple(FacetQuery(name, limit) for name, limit in shown.items())


def facets(counts: tuple[FacetCounts, ...], request: Request) -> list[Facet]:
    """Facets as blocks of links; those without any value are left out."""
    return [facet(one, request) for one in counts if one.values]


def facet(counts: FacetCounts, request: Request) -> Facet:
    """One facet as a block of links."""
    most = max((value.count for value in counts.values), default=0) or 1
    listed = sorted(counts.values, key=_first_day) if counts.name == "delay" else counts.values
    including = links.including_paths(request, counts.name)
    values = [_value(counts.name, value, most, request, including) for value in listed]
    all_path = facet_path(counts.name, request) if counts.distinct > len(values) else None
    return Facet(counts.name, texts.FACETS_DUTCH[counts.name], values, counts.distinct, all_path)


def _first_day(value: FacetValue) -> int:
    """The first day of a band of delays: 31 of "31-60"."""
    days = re.match(r"[0-9]{1,6}", value.value)
    return int(days[0]) if days else 0


def facet_path(name: FacetName, request: Request) -> str:
    """The page that lists every value of a facet under this search."""
    return f"/filter/{name}{links.search_path(links.on_page(request, 1)).removeprefix('/')}"


def more_facets(request: Request) -> list[tuple[str, str]]:
    """Facets not counted beside the results: label and page."""
    return [(texts.FACETS_DUTCH[name], facet_path(name, request)) for name in texts.MORE_FACETS]


def active_filters(request: Request) -> list[Active]:
    """Every filter in force, in the order of the address."""
    return [*_chosen(request), *_dates(request)]


def _value(name: FacetName, value: FacetValue, most: int, request: Request, including: Callable[[str], str]) -> Value:
    chosen = value.selected or value.excluded
    path = links.search_path(links.without(request, name, value.value)) if chosen else including(value.value)
    label = texts.value_label(name, value.value)
    return Value(label, value.count, path, round(100 * value.count / most, 1), value.selected, value.excluded)


def _chosen(request: Request) -> Iterator[Active]:
    by_name = {selection.facet: selection for selection in request.selections}
    for name in (name for name in FACETS if name in by_name):
        kind, selection = texts.FACETS_DUTCH[name], by_name[name]
        for value in selection.include + selection.exclude:
            excluded = value in selection.exclude
            flip = links.including if excluded else links.excluding
            yield Active(
                kind,
                texts.value_label(name, value),
                excluded,
                links.search_path(links.without(request, name, value)),
                links.search_path(flip(request, name, value)),
            )


def _dates(request: Request) -> Iterator[Active]:
    spans: tuple[tuple[str, DateRange, Literal["asked", "answered"]], ...] = (
        ("Gevraagd", request.asked, "asked"),
        ("Beantwoord", request.answered, "answered"),
    )
    for kind, span, field in spans:
        if span:
            rest = links.undated(request, field)
            yield Active(kind, texts.period(span.first, span.last), False, links.search_path(rest), None)


def hidden_fields(request: Request, *, without: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Names and values a form must carry so that no filter is lost."""
    return [(name, value) for name, value in state(request) if name not in without]
