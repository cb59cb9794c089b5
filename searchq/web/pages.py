"""The search pages: start page, results, and the list of all values of a facet."""

from collections.abc import Callable, Mapping
from typing import Final

from msgspec.structs import replace

from searchq.analysis.stop_words import language_of
from searchq.analysis.tokenizer import words
from searchq.exports.formats import EXPORT_FORMATS
from searchq.limits import MAX_FACET_VALUES
from searchq.query.facet_table import FACET_NAMES, WAITED, facet_named
from searchq.query.hints import OTHER_LABEL_HINTS, Hint
from searchq.query.hits import Histogram
from searchq.query.request import FacetQuery, Request
from searchq.results.page import ResultPage
from searchq.web import feeds, filters, formats, links, texts
from searchq.web.context import Context, NotHere, PageResponse, html, redirect
from searchq.web.coverage_pages import coverage_line
from searchq.web.entity_pages import offered
from searchq.web.examples import LEARNT, TRIES, examples
from searchq.web.follow import follow_path
from searchq.web.houses import houses_in
from searchq.web.mount import url
from searchq.web.parameters import EXPORTED, Parameters, parse, query_string
from searchq.web.refusals import count_deadline
from searchq.web.results import pagination, results
from searchq.web.timeline import timeline
from searchq.web.translations import gettext as _

__all__ = ["all_values", "search"]

_START_FACETS: Final = (FacetQuery("portfolio", 12), FacetQuery("party", 12), FacetQuery("status", 6))
_FIELDS_SHOWN: Final = ("from", "to", "answered_from", "answered_to", WAITED)  # as fields beside the results
_NEWEST: Final = 5  # questions on the start page


def search(context: Context) -> PageResponse:
    """`/`: the start page, or the results of a search in the requested format."""
    asked = parse(context.query, context.today)
    if not asked.tidy:
        return redirect(links.search_path(asked.request, **_told(asked)))
    if asked.format in EXPORTED:
        return formats.as_rows(context, asked)
    return _FORMATS[asked.format](context, asked.request)


def _told(asked: Parameters) -> dict[str, str]:
    """The parameters of the format, without defaults."""
    told = {"format": asked.format, "fields": ",".join(asked.fields), "dialect": asked.dialect}
    return {name: value for name, value in told.items() if value not in ("html", "", "plain")}


def _page(context: Context, request: Request) -> PageResponse:
    if links.is_everything(request):
        return _start(context)
    wanted = replace(request, facets=filters.side_queries(), histogram=True)
    page = context.index.page(wanted)
    count_deadline(page.hints)
    if page.jump and request.page == 1:
        return redirect(links.question_path(page.jump))
    if request.page > max(page.pages, 1):
        pages = texts.count(page.pages, "pagina", "pagina’s")
        raise NotHere(_("Deze zoekvraag vult {pages}; een latere is er niet.").format(pages=pages))
    return _results(context, page)


def _results(context: Context, page: ResultPage) -> PageResponse:
    request = page.request
    return html(
        "results.html",
        houses=houses_in(context.index, context.generation),
        results=page.total,
        request=request,
        page=page,
        hits=results(page, context.known),
        pagination=pagination(page),
        facets=filters.facets(page.facets, request),
        more_facets=filters.more_facets(request),
        active=filters.active_filters(request),
        clear_path=links.search_path(links.fresh(request)),
        hidden=filters.hidden_fields(request, without=_FIELDS_SHOWN),
        timeline=timeline(page.histogram, request),
        sorts=_sorts(request),
        formats=_format_paths(request),
        statistics_path=_statistics_path(request),
        follow_path=follow_path(request),
        downloads=_downloads(request),
        all_words_path=links.search_path(replace(request, all_words=not request.all_words, page=1)),
        fold_path=links.search_path(replace(request, fold=not request.fold, page=1)),
        translate_path=links.search_path(replace(request, translate=not request.translate, page=1)),
        translated_language="fr" if language_of(words(request.text)) == "nl" else "nl",
        relaxations=[(way, links.search_path(way.request)) for way in page.relaxations],
        meant_path=links.search_path(replace(request, text=page.did_you_mean, page=1)) if page.did_you_mean else None,
        hints=[(texts.hint(hint), _offered(hint, request)) for hint in page.hints],
        named=offered(request.text, page.facets) if request.page == 1 else None,
        coverage=coverage_line(context),
    )


def _offered(hint: Hint, request: Request) -> tuple[str, str] | None:
    """What a hint offers, and its address: questions of a number or a period, or the other label of a chosen party."""
    if hint.code == "date-in-words":
        return _("Toon ze"), links.search_path(replace(request, text=str(hint.values["query"]), page=1))
    if hint.code == "numbered-so":
        return _("Toon ze"), links.search_path(
            Request(text=f"nummer:{hint.values['serial']}", sort="number", fold=False)
        )
    if hint.code not in OTHER_LABEL_HINTS or hint.start is not None:
        return None
    barred = any(hint.values["value"] in one.exclude for one in request.selections if one.facet == "party")
    add = links.excluding if barred else links.including
    return _("Neem dat erbij"), links.search_path(add(request, "party", str(hint.values["other"])))


def _start(context: Context) -> PageResponse:
    page = context.index.page(Request(sort="newest", limit=_NEWEST, facets=_START_FACETS, histogram=True))
    everything = Request()
    by_name = {facet.name: facet for facet in filters.facets(page.facets, everything)}
    return html(
        "start.html",
        houses=houses_in(context.index, context.generation),
        total=page.total,
        coverage=coverage_line(context),
        hits=results(page, context.known),
        facets=by_name,
        all_path=links.search_path(Request(sort="newest")),
        timeline=timeline(page.histogram, everything),
        span=_years(page.histogram),
        number=page.hits[0].question.number if page.hits else None,
        tries=examples(context, TRIES),
        examples=examples(context, LEARNT),
    )


def _years(histogram: Histogram | None) -> tuple[int, int] | None:
    """The first and last year of the collection."""
    return (histogram.bars[0].first.year, histogram.bars[-1].last.year) if histogram and histogram.bars else None


def all_values(context: Context) -> PageResponse:
    """`/filter/<name>`: every value of a facet for this search, with a box to filter the list."""
    name = context.argument
    if name not in FACET_NAMES:
        raise NotHere(_("Zo’n filter is er niet."))
    request = links.on_page(parse(context.query, context.today).request, 1)
    contains = formats.single(context.query, "bevat")
    order: Final = "value" if facet_named(name).by_value else "count"
    query = FacetQuery(name, MAX_FACET_VALUES if contains else _LISTED, contains or None, order)
    page = context.index.page(replace(request, facets=(query,), limit=1, sort="newest"), snippets=False)
    return html(
        "facet.html",
        houses=houses_in(context.index, context.generation),
        name=name,
        label=texts.facet_label(name),
        facet=filters.facet(replace(page.facets[0], missing=0) if contains else page.facets[0], request),
        contains=contains,
        total=page.total,
        active=filters.active_filters(request),
        back_path=links.search_path(Request(sort="newest") if links.is_everything(request) else request),
        request=request,
        hidden=filters.hidden_fields(request),
        list_path=url(f"/filter/{name}"),
    )


_LISTED: Final = 200  # values listed at once; the box filters them


def _sorts(request: Request) -> list[tuple[str, str, bool]]:
    """The sort orders: label, URL, whether it is the current one."""
    present = request.sort if request.text or request.sort != "relevance" else "newest"
    return [
        (_(label), links.search_path(replace(request, sort=sort, page=1)), sort == present)
        for sort, label in texts.SORTS.items()
        if request.text or sort != "relevance"
    ]


def _format_paths(request: Request) -> dict[str, str]:
    return {name: links.search_path(request, format=name) for name in ("json", "atom")}


def _statistics_path(request: Request) -> str:
    query = query_string(links.on_page(request, 1))
    return url(f"/statistiek{query and '?'}{query}")


def _downloads(request: Request) -> list[tuple[str, str]]:
    """Every question of a search as a file: what to call it, and its address."""
    return [
        (_(label), links.search_path(request, **told))
        for label, told in texts.DOWNLOADS
        if EXPORT_FORMATS[told["format"]].is_available
    ]


_FORMATS: Final[Mapping[str, Callable[[Context, Request], PageResponse]]] = {
    "html": _page,
    "json": formats.as_json,
    "atom": feeds.of_search,
}
