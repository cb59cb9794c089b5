"""Services for programs: suggestions, OpenSearch, robots.txt, sitemap, health."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final

from werkzeug.wsgi import FileWrapper

from searchq.limits import MAX_SUGGESTIONS
from searchq.query.facet_table import FACET_NAMES, FacetName
from searchq.query.request import Request
from searchq.query.suggestion import Suggestion, chosen
from searchq.record_json import record_schema as schema_of_question
from searchq.web import links, texts
from searchq.web.context import Context, NotHere, PageResponse, json_answer
from searchq.web.formats import single
from searchq.web.houses import houses_in
from searchq.web.mount import LANGUAGES, url, url_in
from searchq.web.parameters import parse
from searchq.web.rendering import render
from searchq.web.translations import gettext as _
from searchq.web.translations import gettext_noop

__all__ = ["bulk", "health", "opensearch", "record_schema", "robots", "sitemap", "sitemap_part", "suggestions"]

SITEMAP_ENTRIES: Final = 10_000  # per part; the protocol allows 50,000
XML: Final = "application/xml; charset=utf-8"


def suggestions(context: Context) -> PageResponse:
    """`/suggesties?q=soc&party=MR`: the OpenSearch form, `[typed, [texts], [descriptions], [addresses]]`.

    The filters of the address are kept in those of the suggestions. A fifth list, which OpenSearch ignores, has the
    pages of the people, portfolios and keywords among them: `[text, description, address]`.
    """
    typed = single(context.query, "q")
    within = parse(context.query, context.today).request
    found = context.index.suggest(typed, MAX_SUGGESTIONS, within=within) if typed else ()
    data = [
        typed,
        [_suggested_text(one) for one in found],
        [texts.suggestion(one.kind, one.count) for one in found],
        [context.site + _suggested_path(one, within) for one in found],
        list(islice(_pages(found, context.site), _MAX_PAGES)),
    ]
    return json_answer(data, type="application/x-suggestions+json; charset=utf-8")


def _pages(found: Iterable[Suggestion], site: str) -> Iterator[tuple[str, str, str]]:
    """The pages of what is suggested: a name for each, what it is, and its address."""
    for one in found:
        if one.kind in FACET_NAMES and (path := links.entity_path(one.kind, one.text)):
            yield _suggested_text(one), _(_ABOUT[one.kind]), site + path


_MAX_PAGES: Final = 3
_ABOUT: Final[Mapping[FacetName, str]] = {
    "author": gettext_noop("alles over deze indiener"),
    "portfolio": gettext_noop("alles over deze bevoegdheid"),
    "keyword": gettext_noop("alles over dit trefwoord"),
}


def _suggested_text(one: Suggestion) -> str:
    """A suggestion as it is called in the language of the page."""
    return texts.value_label(one.kind, one.text) if one.kind in FACET_NAMES else one.text


def _suggested_path(one: Suggestion, within: Request) -> str:
    """The URL of a suggestion: the page of a question, or a search."""
    return links.question_path(one.text) if one.kind == "number" else links.search_path(chosen(one, within))


def opensearch(context: Context) -> PageResponse:
    """`/opensearch.xml`: lets a browser add this site to its search engines."""
    return PageResponse(
        render("opensearch.xml", home=context.site + url(""), houses=houses_in(context.index, context.generation)),
        "application/opensearchdescription+xml; charset=utf-8",
    )


def robots(context: Context) -> PageResponse:
    """`/robots.txt`: allow question pages, disallow combinations of filters."""
    barred = ("/?", "/filter/", "/suggesties", "/statistiek?", "/volgen")
    rules = [f"Disallow: {url_in(language, path)}" for language in LANGUAGES for path in barred]
    maps = [f"Sitemap: {context.site}{url_in(language, '/sitemap.xml')}" for language in LANGUAGES]
    return PageResponse("\n".join(["User-agent: *", *rules, "", *maps, ""]), "text/plain; charset=utf-8")


def sitemap(context: Context) -> PageResponse:
    """`/sitemap.xml`: the index of sitemap parts."""
    total = context.index.page(Request(limit=1, fold=False), snippets=False).total
    parts = range(1, max(-(-total // SITEMAP_ENTRIES), 1) + 1)
    return PageResponse(render("sitemap.xml", site=context.site, parts=parts), XML)


def sitemap_part(context: Context) -> PageResponse:
    """`/sitemap-1.xml`: the URLs of ten thousand questions."""
    first = (int(context.argument) - 1) * SITEMAP_ENTRIES
    numbers = list(islice(context.index.numbers(), max(first, 0), max(first, 0) + SITEMAP_ENTRIES))
    if first < 0 or (first and not numbers):
        raise NotHere(_("Zover loopt de kaart van deze site niet."))
    return PageResponse(render("sitemap-part.xml", site=context.site, numbers=numbers), XML)


def bulk(context: Context) -> PageResponse:
    """`/export.jsonl.gz`: every record of this generation, the same bytes each time, also in ranges."""
    context.export_slot.take()
    path = context.index.bulk()
    answer = PageResponse(FileWrapper(path.open("rb")), "application/gzip")
    answer.direct_passthrough = True
    answer.file_bytes = answer.content_length = path.stat().st_size
    answer.headers["Content-Disposition"] = 'attachment; filename="schriftelijke-vragen.jsonl.gz"'
    return answer


def record_schema(context: Context) -> PageResponse:
    """`/record.schema.json`: the JSON Schema of a record."""
    return json_answer(schema_of_question(), type="application/schema+json; charset=utf-8")


def health(context: Context) -> PageResponse:
    """`/gezondheid`: whether searches work; 503 if not."""
    total = context.index.page(Request(limit=1, fold=False), snippets=False).total
    return json_answer({"status": "goed", "generation": context.index.generation, "questions": total})
