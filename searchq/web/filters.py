"""The filters of a page: facets with counts and bars, and the active filters with links that remove them.

Every entry has the URL it leads to, so the template only prints. Selected values are listed even at zero; a selection
that is not a facet value (such as part of a minister's title) still has an entry that removes it.
"""

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from searchq.limits import MAX_URL_CHARACTERS
from searchq.query.facet_table import FACET_NAMES, FACETS, MISSING_VALUE, FacetName, Language, facet_named
from searchq.query.facet_table import Facet as Row
from searchq.query.hits import FacetCounts, FacetValue
from searchq.query.request import DateRange, FacetQuery, Request
from searchq.web import links, texts
from searchq.web.mount import url
from searchq.web.parameters import MAX_VALUE_CHARACTERS, query_string, state
from searchq.web.shown_texts import foreign
from searchq.web.translations import gettext as _

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
    """A facet value, the URL that selects it, and its share of the largest count."""

    label: str
    questions: int
    path: str | None  # None if too long for a URL
    share: float  # of the facet's largest count, 0 to 100
    selected: bool
    excluded: bool
    language: Language | None = None  # of the label; None if it is that of the page


class Facet(NamedTuple):
    """A facet as a block of links; `all_path` lists every value if not all are shown.

    `shown` counts the listed values out of `distinct`, without the entry for missing values.
    """

    name: FacetName
    label: str
    values: list[Value]
    shown: int
    distinct: int
    all_path: str | None
    left_out: str | None = None  # what it does not count, as a sentence


class Active(NamedTuple):
    """An active filter; `flip_path` switches between selecting and excluding, if possible."""

    kind: str
    label: str
    excluded: bool
    remove_path: str
    flip_path: str | None
    language: Language | None = None  # of the label; None if it is that of the page


def side_queries() -> tuple[FacetQuery, ...]:
    """The facets to count for the side of the page."""
    shown = sorted((facet for facet in FACETS if facet.beside), key=lambda facet: facet.place)
    return tuple(FacetQuery(facet.name, facet.beside, order=_order(facet)) for facet in shown)


def _order(facet: Row) -> Literal["count", "value"]:
    return "value" if facet.by_value else "count"


def facets(counts: tuple[FacetCounts, ...], request: Request) -> list[Facet]:
    """Facets as blocks of links; omits facets with a single value."""
    query = _query(request)
    listed = (one for one in counts if one.values or one.missing_selected or one.missing_excluded)
    return [_facet(one, request, query) for one in listed]


def facet(counts: FacetCounts, request: Request) -> Facet:
    """One facet as a block of links."""
    return _facet(counts, request, _query(request))


def _query(request: Request) -> str:
    """The query string of a request's first page."""
    return query_string(links.on_page(request, 1))


def _facet(counts: FacetCounts, request: Request, query: str) -> Facet:
    most = max((value.count for value in counts.values), default=0) or 1
    including = links.including_paths(request, counts.name)
    spoken = foreign(facet_named(counts.name).values_language)
    every = (*counts.values, *_without(counts))
    values = [_value(counts.name, value, most, request, including, spoken) for value in every]
    all_path = _facet_path(counts.name, query) if counts.distinct > len(counts.values) else None
    return Facet(
        counts.name,
        texts.facet_label(counts.name),
        values,
        len(counts.values),
        counts.distinct,
        all_path,
        _left_out(counts),
    )


def _left_out(counts: FacetCounts) -> str | None:
    if not counts.undated:
        return None
    answers = texts.count(counts.undated, "antwoord", "antwoorden")
    return _("{answers} van de Kamer niet meegeteld: zij publiceert de dag ervan niet.").format(answers=answers)


def _without(counts: FacetCounts) -> Iterator[FacetValue]:
    """The entry for missing values, if there are any or it is selected."""
    if counts.missing or counts.missing_selected or counts.missing_excluded:
        yield FacetValue(MISSING_VALUE, counts.missing, counts.missing_selected, counts.missing_excluded)


def facet_path(name: FacetName, request: Request) -> str:
    """The URL of the page that lists every value of a facet for this search."""
    return _facet_path(name, _query(request))


def _facet_path(name: FacetName, query: str) -> str:
    return url(f"/filter/{name}{query and '?'}{query}")


def more_facets(request: Request) -> list[tuple[str, str]]:
    """Facets not shown beside the results: label and URL."""
    more = (facet for facet in FACETS if facet.listed and not facet.beside)
    query = _query(request)
    return [(texts.facet_label(facet.name), _facet_path(facet.name, query)) for facet in more]


def active_filters(request: Request) -> list[Active]:
    """Every active filter, in URL order."""
    return [*_chosen(request), *_dates(request), *_waited(request)]


def _value(
    name: FacetName,
    value: FacetValue,
    most: int,
    request: Request,
    including: Callable[[str], str],
    spoken: Language | None,
) -> Value:
    chosen = value.selected or value.excluded
    path = links.search_path(links.without(request, name, value.value)) if chosen else including(value.value)
    fits = len(value.value) <= MAX_VALUE_CHARACTERS and len(path) <= MAX_URL_CHARACTERS
    share = round(min(100 * value.count / most, 100), 1)
    label = texts.value_label(name, value.value)
    own = None if value.value == MISSING_VALUE else spoken
    return Value(label, value.count, path if fits else None, share, value.selected, value.excluded, own)


def _language(name: FacetName, value: str) -> Language | None:
    """The language to mark the label of a value with."""
    return None if value == MISSING_VALUE else foreign(facet_named(name).values_language)


def _chosen(request: Request) -> Iterator[Active]:
    by_name = {selection.facet: selection for selection in request.selections}
    for name in (name for name in FACET_NAMES if name in by_name):
        kind, selection = texts.facet_label(name), by_name[name]
        for value in selection.include + selection.exclude:
            excluded = value in selection.exclude
            flip = links.including if excluded else links.excluding
            yield Active(
                kind,
                texts.value_label(name, value),
                excluded,
                links.search_path(links.without(request, name, value)),
                links.search_path(flip(request, name, value)),
                _language(name, value),
            )


def _dates(request: Request) -> Iterator[Active]:
    spans: tuple[tuple[str, DateRange, Literal["asked", "answered"]], ...] = (
        (_("Gevraagd"), request.asked, "asked"),
        (_("Beantwoord"), request.answered, "answered"),
    )
    for kind, span, field in spans:
        if span:
            rest = links.undated(request, field)
            yield Active(kind, texts.period(span.first, span.last), False, links.search_path(rest), None)


def _waited(request: Request) -> Iterator[Active]:
    if days := request.waited:
        label = texts.days_between(days.first, days.last)
        yield Active(_("Wachttijd"), label, False, links.search_path(links.unwaited(request)), None)


def hidden_fields(request: Request, *, without: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Names and values of the hidden form fields that preserve the filters."""
    return [(name, value) for name, value in state(request) if name not in without]
