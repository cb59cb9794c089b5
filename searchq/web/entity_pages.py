"""A page for a person, a portfolio and a keyword: counts, years, delays, parties, the newest questions, a feed.

    /indiener/anneleen-dumoulin-sels   /portefeuille/justitie   /trefwoord/sociale-media

The last part of the address is the value in small letters; whatever the resolver reads as one value leads to its page.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from searchq.query.facet_table import FacetName, Language, facet_named
from searchq.query.hits import FacetCounts
from searchq.query.request import FacetQuery, Request, Selection
from searchq.web import links, texts
from searchq.web.context import Context, NotHere, PageResponse, html, redirect
from searchq.web.houses import houses_in
from searchq.web.links import ENTITIES, entity_path, slug
from searchq.web.results import results
from searchq.web.shown_texts import foreign
from searchq.web.timeline import timeline
from searchq.web.translations import gettext as _

__all__ = ["Offer", "entity", "offered"]

_NEWEST: Final = 10
_BESIDE: Final = ("party", "portfolio", "author", "keyword")  # what is counted of its questions
_LISTED: Final = 10  # values of each


class Offer(NamedTuple):
    """A page that a typed text names."""

    kind: str
    label: str
    path: str


def entity(context: Context) -> PageResponse:
    """`/indiener/<name>` and its like: everything about the questions with one value of a facet."""
    path, _slash, typed = context.argument.partition("/")
    name = ENTITIES[path]
    request = Request(selections=(Selection(name, (typed.replace("-", " "),)),), sort="newest", limit=_NEWEST)
    found = _chosen(context, name, request)
    if not found:
        raise NotHere(_("Van die naam zijn hier geen vragen."))
    if len(found) > 1:
        return redirect(links.search_path(request))
    if slug(found[0]) != typed:
        return redirect(entity_path(name, found[0]) or "")
    return _page(context, name, found[0])


def _chosen(context: Context, name: FacetName, request: Request) -> list[str]:
    """The values of a facet that a request selects, of those that questions have."""
    (counts,) = context.index.facets(request, [FacetQuery(name, 1)])
    return [value.value for value in counts.values if value.selected and value.count]


def _page(context: Context, name: FacetName, value: str) -> PageResponse:
    chosen = links.including(Request(sort="newest", limit=_NEWEST), name, value)
    counted = tuple(FacetQuery(beside, _LISTED) for beside in _BESIDE if beside != name)
    page = context.index.page(replace(chosen, facets=counted, histogram=True))
    years = context.index.statistics("year", chosen)
    plain = links.including(Request(), name, value)
    return html(
        "entity.html",
        houses=houses_in(context.index, context.generation),
        kind=texts.facet_label(name),
        value=texts.value_label(name, value),
        value_language=foreign(facet_named(name).values_language),
        canonical=context.site + (entity_path(name, value) or ""),
        total=years.total,
        hits=results(page, context.known),
        timeline=timeline(page.histogram, plain),
        beside=_beside([*page.facets, *_related(context, name, value)], name, value, plain),
        years=[row for row in years.rows if row.value],
        year_paths={
            row.value: links.search_path(links.including(plain, "year", row.value)) for row in years.rows if row.value
        },
        all_path=links.search_path(replace(plain, sort="newest")),
        slowest_path=links.search_path(replace(plain, sort="longest-delay")),
        open_path=links.search_path(links.including(plain, "status", "open")),
        feed=links.search_path(replace(plain, sort="newest"), format="atom"),
        request=Request(),
        hidden=[],
    )


def _beside(
    found: Sequence[FacetCounts], name: FacetName, value: str, request: Request
) -> list[tuple[str, list[tuple[str, int, str, Language | None]]]]:
    """The values that its questions have in other facets, and related values of its own, with their pages."""
    lists = [(_heading(counts, name), _linked(counts, value, request)) for counts in found]
    return [(heading, values) for heading, values in lists if values]


def _heading(counts: FacetCounts, name: FacetName) -> str:
    if counts.name != name:
        return texts.facet_label(counts.name)
    return _("Verwante trefwoorden") if name == "keyword" else _("Samen met")


def _related(context: Context, name: FacetName, value: str) -> Sequence[FacetCounts]:
    """The other values of its own facet that its questions have, for a facet of several values.

    Asked for by text, since a facet is counted without its own selection.
    """
    facet = facet_named(name)
    if not facet.several:
        return ()
    text = f'{facet.aliases[0]}:"{value.replace(chr(34), " ")}"'
    return context.index.facets(Request(text=text), [FacetQuery(name, _LISTED + 1)])


def _linked(counts: FacetCounts, value: str, request: Request) -> list[tuple[str, int, str, Language | None]]:
    return [
        (
            texts.value_label(counts.name, one.value),
            one.count,
            entity_path(counts.name, one.value) or links.search_path(links.including(request, counts.name, one.value)),
            foreign(facet_named(counts.name).values_language),
        )
        for one in counts.values
        if one.value != value and one.count
    ]


def offered(text: str, facets: Iterable[FacetCounts]) -> Offer | None:
    """The page that a typed text names, among the most frequent values of what it finds.

    A person is named by any part of the name, the others by the whole value.
    """
    words = set(slug(text).split("-"))
    for counts in (one for one in facets if one.name in ENTITIES.values()):
        values = {one.value: slug(one.value) for one in counts.values}
        whole = [value for value, named in values.items() if named == slug(text)]
        partly = [value for value, named in values.items() if words <= set(named.split("-"))]
        meant = whole or (partly if counts.name == "author" else [])
        if len(meant) == 1 and slug(text):
            label = texts.value_label(counts.name, meant[0])
            return Offer(texts.facet_label(counts.name), label, entity_path(counts.name, meant[0]) or "")
    return None
