"""What machines ask: suggestions, the search box of a browser, robots, the map of the site, health."""

from itertools import islice
from typing import Final

from searchq.limits import MAX_SUGGESTIONS
from searchq.query.facet_table import FACET_NAMES
from searchq.query.request import Request
from searchq.web import links, texts
from searchq.web.answer import Answer, Call, NotHere, json_answer
from searchq.web.formats import single
from searchq.web.rendering import render

__all__ = ["health", "opensearch", "robots", "sitemap", "sitemap_part", "suggestions"]

SITEMAP_ENTRIES: Final = 10_000  # a part; the protocol allows 50,000
XML: Final = "application/xml; charset=utf-8"


def suggestions(call: Call) -> Answer:
    """`/suggesties?q=soc`: the OpenSearch form, `[typed, [texts], [descriptions], [addresses]]`."""
    typed = single(call.query, "q")
    found = call.index.suggest(typed, MAX_SUGGESTIONS) if typed else ()
    data = [
        typed,
        [one.text for one in found],
        [texts.suggestion(one.kind, one.count) for one in found],
        [call.site + _suggested_path(one.kind, one.text) for one in found],
    ]
    return json_answer(data, type="application/x-suggestions+json; charset=utf-8")


def _suggested_path(kind: str, text: str) -> str:
    """Where a suggestion leads: a question to its page, a filter to its questions, words to a search."""
    if kind == "number":
        return links.question_path(text)
    return links.search_path(links.including(Request(), kind, text) if kind in FACET_NAMES else Request(text=text))


def opensearch(call: Call) -> Answer:
    """`/opensearch.xml`: lets a browser keep this site among its search engines."""
    return Answer(render("opensearch.xml", home=call.site), "application/opensearchdescription+xml; charset=utf-8")


def robots(call: Call) -> Answer:
    """`/robots.txt`: questions are for all to find; endless combinations of filters are not."""
    rules = ["User-agent: *", *(f"Disallow: {path}" for path in ("/?", "/filter/", "/suggesties", "/statistiek?"))]
    return Answer("\n".join([*rules, "", f"Sitemap: {call.site}/sitemap.xml", ""]), "text/plain; charset=utf-8")


def sitemap(call: Call) -> Answer:
    """`/sitemap.xml`: the parts of the map."""
    total = call.index.page(Request(limit=1, fold=False), snippets=False).total
    parts = range(1, max(-(-total // SITEMAP_ENTRIES), 1) + 1)
    return Answer(render("sitemap.xml", site=call.site, parts=parts), XML)


def sitemap_part(call: Call) -> Answer:
    """`/sitemap-1.xml`: the addresses of ten thousand questions."""
    first = (int(call.argument) - 1) * SITEMAP_ENTRIES
    numbers = list(islice(call.index.numbers(), max(first, 0), max(first, 0) + SITEMAP_ENTRIES))
    if first < 0 or (first and not numbers):
        raise NotHere("Zover loopt de kaart van deze site niet.")
    return Answer(render("sitemap-part.xml", site=call.site, numbers=numbers), XML)


def health(call: Call) -> Answer:
    """`/gezondheid`: whether questions can be answered; where not, this address gives 503."""
    total = call.index.page(Request(limit=1, fold=False), snippets=False).total
    return json_answer({"status": "goed", "generation": call.index.generation, "questions": total})
